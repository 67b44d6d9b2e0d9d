"""Papers and files; the bytes are in the store under their digest."""

from pydantic import Field

from tmjkit.case.base import Record, id_field
from tmjkit.case.choice import Choice
from tmjkit.case.codes import Sha256
from tmjkit.case.dates import PartialDate
from tmjkit.case.part import Line, RecordId


class DocumentKind(Choice):
    """What a document is."""

    DENIAL = "denial-letter", "Denial letter"
    APPROVAL = "approval-letter", "Approval letter"
    POLICY = "policy", "Coverage policy or criteria"
    PLAN = "plan-document", "Plan document"
    CARD = "card", "Member card"
    CLINICAL_NOTE = "clinical-note", "Clinical note"
    THERAPY_RECORD = "therapy-record", "Therapy record"
    PRESCRIPTION = "prescription", "Prescription or pharmacy record"
    INJECTION_RECORD = "injection-record", "Injection record"
    IMAGING = "imaging", "Imaging report"
    QUESTIONNAIRE = "questionnaire", "Questionnaire"
    EOB = "explanation-of-benefits", "Explanation of benefits"
    INVOICE = "invoice", "Invoice or superbill"
    CORRESPONDENCE = "correspondence", "Other correspondence"
    ARTICLE = "article", "Published article"
    HEALTH_RECORD = "health-record", "Electronic health record file"
    OTHER = "other", "Other"


class Document(Record):
    """A document of the case."""

    id: RecordId = id_field("document")
    name: Line = Field(min_length=1, description="Name that an index of exhibits can show.")
    kind: DocumentKind = Field(DocumentKind.OTHER, description="What it is.")
    date: PartialDate | None = Field(None, description="Date on the document.")
    media_type: str = Field(
        "application/pdf",
        pattern=r"^[a-z0-9.+-]+/[a-z0-9.+-]+$",
        description="Media type, such as application/pdf.",
    )
    pages: int | None = Field(
        None,
        ge=1,
        le=20000,
        description="Number of pages; empty where the file has none.",
        json_schema_extra={"unit": "pages"},
    )
    size: int = Field(
        ge=0,
        le=2_000_000_000,
        description="Size of the file.",
        json_schema_extra={"unit": "bytes"},
    )
    sha256: Sha256 = Field(
        title="SHA-256", description="SHA-256 digest of the bytes; the store keeps them under it."
    )
    attests: tuple[Line, ...] = Field(
        (),
        description="Names of what a clinician attests in it, as the criteria of a policy name "
        "them, such as 'no-infection'.",
    )
