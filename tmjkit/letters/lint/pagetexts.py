"""The text of the case's documents, each read once for one letter."""

from tmjkit.case import Document
from tmjkit.letters.lint.matter import Matter


class Pages:
    """Reads documents page by page, as far as they can be had.

    Attributes
    ----------
    at_hand
        Whether documents can be asked for at all.
    """

    def __init__(self, matter: Matter) -> None:
        self._get = matter.get_document
        self._texts: dict[str, tuple[str, ...]] = {}
        self.at_hand = self._get is not None

    def of(self, document: Document) -> tuple[str, ...]:
        """Return the text of each page; nothing where no page has text that can be read."""
        if document.id not in self._texts:
            self._texts[document.id] = self._read(document)
        texts = self._texts[document.id]
        return texts if any(text.strip() for text in texts) else ()

    def has_blank(self, document: Document) -> bool:
        """Tell whether a page has no text that can be read, such as a scan."""
        return not self.of(document) or not all(text.strip() for text in self.of(document))

    def _read(self, document: Document) -> tuple[str, ...]:
        from tmjkit.reading import page_texts  # noqa: PLC0415 -- readers are heavy

        if self._get is None:
            return ()
        try:
            data = self._get(document.sha256)
        except Exception:  # the rule on citations reports a document that can't be had
            return ()
        texts = page_texts(data, document.media_type) or ()
        if document.media_type.endswith("json"):
            return tuple(text.replace("\\n", " ").replace('\\"', '"') for text in texts)
        return texts
