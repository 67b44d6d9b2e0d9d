"""The documents of a case: added with their bytes, described, and what rests on each."""

from dataclasses import dataclass
from pathlib import PurePath

from tmjkit.case import Case, Document, DocumentSource, Record
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.letter_paper import Paper
from tmjkit.dashboards.upload_check import ENDINGS, UploadedFile, UploadRefused
from tmjkit.reading.adding import known_document, with_document


@dataclass(frozen=True, slots=True)
class Quoted:
    """A record that names a document as its source.

    Parameters
    ----------
    record, section
        The record, and the list it is in.
    source
        The place that it names.
    """

    record: Record
    section: str
    source: DocumentSource


def quoted(case: Case, document_id: str) -> tuple[Quoted, ...]:
    """Return every place of a document that a record of the case rests on."""
    return tuple(
        Quoted(record, section, source)
        for section, record in case.records()
        for source in record.sources
        if isinstance(source, DocumentSource) and source.document_id == document_id
    )


def resting(case: Case, document_id: str) -> int:
    """Return how many records rest on a document."""
    return len({id(one.record) for one in quoted(case, document_id)})


class DocumentsModel:
    """Adds files to the case that a page works on, and gives them out again.

    Parameters
    ----------
    case_model
        The case.
    """

    def __init__(self, case_model: CaseModel) -> None:
        self.case_model = case_model

    def take(self, file: UploadedFile) -> Document:
        """Keep a file's bytes in the workspace, and add it to the case as a document.

        Its title is the file's name and its kind "other", until somebody says better.

        Raises
        ------
        UploadRefused
            When the case has this file already.
        CaseError
            When it can't be kept.
        """
        model = self.case_model
        case = model.open_case()
        known = known_document(case, file.data)
        if known is not None:
            raise UploadRefused(f"this very file is in the case already, as “{known.name}”.")
        name = PurePath(file.name)
        changed, document = with_document(
            case, file.data, ending=name.suffix, name=name.stem[:_TITLE] or "Document"
        )
        model.workspace.put_document(file.data)
        model.replace(changed, f"Added: {document.name}")
        return document

    def data(self, document: Document) -> bytes:
        """Return a document's bytes.

        Raises
        ------
        StoreError
            When the workspace doesn't hold them, or they are damaged.
        """
        return self.case_model.workspace.get_document(document.sha256)

    def paper(self, document: Document) -> Paper:
        """Return a document as a file to be downloaded; its name is the opaque id.

        Raises
        ------
        StoreError
            When the workspace doesn't hold the bytes, or they are damaged.
        """
        endings = ENDINGS.get(document.media_type, (".json",) if _is_json(document) else (".bin",))
        return Paper(f"{document.id}{endings[0]}", document.media_type, self.data(document))


def size_words(count: int) -> str:
    """Write a size as people read it."""
    if count >= _MB:
        return f"{count / _MB:.1f} MB"
    return f"{max(1, round(count / _KB))} KB"


def _is_json(document: Document) -> bool:
    return document.media_type.endswith("json")


_TITLE = 200
_KB, _MB = 1024, 1024 * 1024
