"""Warns of a third person in the documents of a packet, before they leave the office.

Only the text layer is read: a scan without text can't be checked, and is named as such. A warning
says document, page and line and shows at most initials or the end of a number, so that the warning
itself can be shown and kept.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tmjkit.case import Case, Document
from tmjkit.packet.redaction_known import Identity, identity_of, names_patient
from tmjkit.packet.redaction_signs import Kind, Sign, other_signs, signs
from tmjkit.reading import page_texts

__all__ = ["Identity", "Kind", "Stranger", "Unread", "identity_of", "review", "strangers"]


@dataclass(frozen=True, slots=True)
class Stranger:
    """One place where a third person seems to be named.

    Parameters
    ----------
    document_id
        Id of the document.
    page, line
        Where in its text, both counted from 1.
    kind
        What was found.
    shown
        Initials, or the end of the number; never the whole.
    """

    document_id: str
    page: int
    line: int
    kind: Kind
    shown: str

    @property
    def text(self) -> str:
        """The warning on one line."""
        hint = f" ({self.shown})" if self.shown else ""
        return f"{self.document_id}, page {self.page}, line {self.line}: {self.kind.label}{hint}"


@dataclass(frozen=True, slots=True)
class Unread:
    """A page that has no text to look through; it has to be read by a person."""

    document_id: str
    page: int


def strangers(
    texts: Iterable[str], known: Identity, *, document_id: str, others: Iterable[Identity] = ()
) -> tuple[Stranger, ...]:
    """Return where the pages of one document seem to name a third person.

    Parameters
    ----------
    texts
        The text of each page.
    known
        Who belongs to the case, as `identity_of` gives it.
    document_id
        Id of the document, for the warnings.
    others
        People of other cases, who must not be in this one's papers.
    """
    elsewhere = tuple(others)
    found: dict[tuple[int, int, Kind, str], None] = {}
    pages = tuple(texts)
    numbers = [] if names_patient(pages, known) else [""]
    for page, text in enumerate(pages, 1):
        for line, words in _lines(text):
            for sign in _signs(words, known, elsewhere, numbers):
                found[page, line, sign.kind, sign.shown] = None
    return tuple(Stranger(document_id, *key) for key in found)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield lines with their numbers; one after a label that stands alone has the label before it.

    The text of a form often has label and value on lines of their own.
    """
    label = ""
    for number, line in enumerate(text.splitlines(), 1):
        words = " ".join(line.split())
        yield number, f"{label} {words}".strip()
        label = words if words.endswith(":") else ""


def _signs(
    words: str, known: Identity, others: tuple[Identity, ...], numbers: list[str]
) -> Iterator[Sign]:
    yield from signs(words, known, numbers)
    for other in others:
        yield from other_signs(words, known, other)


def review(
    case: Case,
    get_document: Callable[[str], bytes],
    *,
    only: Iterable[str] | None = None,
    others: Iterable[Identity] = (),
) -> tuple[tuple[Stranger, ...], tuple[Unread, ...]]:
    """Look through the documents of a case.

    Parameters
    ----------
    case
        The case.
    get_document
        Gives the bytes of a document by its SHA-256 digest.
    only
        Ids of the documents to look through, such as those of a packet; all when left out.
    others
        People of other cases.

    Returns
    -------
    strangers, unread
        What was found, and the pages that hold no text. A document that can't be read at all is
        unread from page 1; one that the store does not have is left to whoever assembles it.
    """
    known, elsewhere = identity_of(case), tuple(others)
    wanted = None if only is None else set(only)
    found: list[Stranger] = []
    unread: list[Unread] = []
    for document in case.documents:
        if wanted is not None and document.id not in wanted:
            continue
        texts = _texts(document, get_document)
        if texts is None:
            unread.append(Unread(document.id, 1))
            continue
        found += strangers(texts, known, document_id=document.id, others=elsewhere)
        unread += [
            Unread(document.id, page) for page, text in enumerate(texts, 1) if not text.strip()
        ]
    return tuple(found), tuple(unread)


def _texts(document: Document, get_document: Callable[[str], bytes]) -> tuple[str, ...] | None:
    try:
        data = get_document(document.sha256)
    except Exception:  # whatever a store raises: the packet itself names what is missing
        return None
    return page_texts(data, document.media_type)
