"""The papers of one example case, made with Typst, and the records that describe them."""

import hashlib
import io
from dataclasses import dataclass, field
from pathlib import Path

import matplotlib as mpl
import typst
from pypdf import PdfReader

from tmjkit.case import (
    ClinicianSource,
    ContactSource,
    Document,
    DocumentKind,
    DocumentSource,
    PatientSource,
)

TEMPLATES = Path(__file__).parent / "papers"

# The version that made the committed PDFs. Another one may place the same words differently.
TYPST = "0.15.2"


def compile_paper(template: Path) -> bytes:
    """Make a PDF of a template: the same bytes each time, whatever fonts the machine has."""
    # Typst brings no sans serif; matplotlib, which tmjkit needs anyway, brings DejaVu Sans.
    fonts = Path(mpl.get_data_path()) / "fonts" / "ttf"
    pdf: bytes = typst.compile(
        str(template),
        root=str(TEMPLATES),
        font_paths=[str(fonts)],
        ignore_system_fonts=True,
        pdf_tags=False,
    )
    return pdf


@dataclass
class Papers:
    """The papers of one case, in the folder of that name."""

    folder: str
    made: dict[str, bytes] = field(default_factory=dict)

    def document(self, document_id: str, name: str, kind: DocumentKind, date: str) -> Document:
        """Make the PDF of that id and describe it."""
        pdf = compile_paper(TEMPLATES / self.folder / f"{document_id}.typ")
        self.made[document_id] = pdf
        return Document(
            id=document_id,
            name=name,
            kind=kind,
            date=date,
            pages=len(PdfReader(io.BytesIO(pdf)).pages),
            size=len(pdf),
            sha256=hashlib.sha256(pdf).hexdigest(),
        )


def page(document_id: str, number: int, quote: str) -> DocumentSource:
    """Point to words on a page."""
    return DocumentSource(document_id=document_id, page=number, quote=quote)


def recorded_by(provider_id: str) -> ClinicianSource:
    """Say which clinician recorded it."""
    return ClinicianSource(provider_id=provider_id)


def said_in(contact_id: str) -> ContactSource:
    """Point to the contact in which it was said."""
    return ContactSource(contact_id=contact_id)


BY_PATIENT = PatientSource()
