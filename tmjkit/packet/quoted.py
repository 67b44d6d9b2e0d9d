"""What people have read from the pages of a case's documents: the quotes that its sources hold."""

from collections.abc import Callable, Sequence

from tmjkit.case import Case, DocumentSource


def quoted(case: Case) -> Callable[[str], Sequence[str] | None]:
    """Return what gives the quotes of a document's pages by its digest, None where there are none.

    A picture has no text of its own. What the office copied from it is the best there is until
    somebody reads the whole page.
    """
    pages: dict[str, dict[int, dict[str, None]]] = {}
    digests = {document.id: document.sha256 for document in case.documents}
    for _, record in case.records():
        for source in record.sources:
            if isinstance(source, DocumentSource) and source.quote:
                of = pages.setdefault(digests[source.document_id], {})
                of.setdefault(source.page or 1, {})[source.quote] = None

    def texts(digest: str) -> Sequence[str] | None:
        found = pages.get(digest)
        if found is None:
            return None
        return tuple("\n".join(found.get(page, ())) for page in range(1, max(found) + 1))

    return texts
