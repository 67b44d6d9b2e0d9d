"""A file becomes a document of a case: the same way for the command line and the pages."""

import hashlib

from tmjkit.case import Case, Document
from tmjkit.reading.paper import read_document


def known_document(case: Case, data: bytes) -> Document | None:
    """Return the document of the case that has these very bytes; None where none has."""
    digest = hashlib.sha256(data).hexdigest()
    return next((one for one in case.documents if one.sha256 == digest), None)


def with_document(
    case: Case, data: bytes, *, ending: str, name: str, kind: str = "other", date: str | None = None
) -> tuple[Case, Document]:
    """Return the case with a file as one more document, and the document.

    The bytes are not kept here: give them to the store before the case is saved.

    Parameters
    ----------
    case
        The case, which should not have this file yet; see `known_document`.
    data, ending, name, kind, date
        As in `tmjkit.reading.paper.read_document`.

    Raises
    ------
    CaseError
        When the file is empty, damaged, locked or of a kind that a case doesn't keep; and when a
        value can't be accepted.
    """
    document = read_document(data, ending=ending, name=name, kind=kind, date=date)
    return case.with_record(document), document
