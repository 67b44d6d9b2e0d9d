"""How a record is known: the page it stands on, the call it was said in, or who said it."""

from typing import Annotated, Literal

from pydantic import Field

from tmjkit.case.part import Line, Note, Part, RecordId


class DocumentSource(Part):
    """A place in a document of the case."""

    type: Literal["document"] = Field("document", description="What this source is.")
    document_id: RecordId = Field(description="Id of the document in this case.")
    page: int | None = Field(
        None,
        ge=1,
        le=20000,
        description="Page of the document, counted from 1.",
        json_schema_extra={"unit": "page"},
    )
    quote: Note = Field("", description="The words there, exactly as written.")
    locator: Line = Field(
        "",
        description="Place in a file without pages, such as Condition/123 in a FHIR bundle.",
    )


class ContactSource(Part):
    """A call, visit or letter that the case's contact log holds."""

    type: Literal["contact"] = Field("contact", description="What this source is.")
    contact_id: RecordId = Field(description="Id of the contact in this case.")


class PatientSource(Part):
    """Reported by the patient."""

    type: Literal["patient"] = Field("patient", description="What this source is.")


class ClinicianSource(Part):
    """Recorded by the clinician."""

    type: Literal["clinician"] = Field("clinician", description="What this source is.")
    provider_id: RecordId | None = Field(
        None, description="Id of the provider in this case who recorded it."
    )


Source = Annotated[
    DocumentSource | ContactSource | PatientSource | ClinicianSource,
    Field(discriminator="type"),
]
