"""Makes the files that packets are tested with, and the letters that cite them."""

import hashlib
import io
from datetime import date

import typst
from pypdf import PdfReader, PdfWriter

from tmjkit.case import Case, Document, PatientSource, Treatment
from tmjkit.letters import Exhibit, Heading, Letter, Paragraph, Run
from tmjkit.packet import Options

TODAY = date(2026, 3, 5)
PLAIN = Options(cover=False)


def pdf(*texts, wide=612, high=792, margin=36):
    """Return a PDF with a page for each text, of so many points."""
    pages = "\n#pagebreak()\n".join(
        f'#text(size: 12pt)[#"{text}"] #place(bottom + right)[corner{number}]'
        for number, text in enumerate(texts, 1)
    )
    setup = f"#set page(width: {wide}pt, height: {high}pt, margin: {margin}pt)\n"
    return typst.compile((setup + pages).encode(), timestamp=0, pdf_tags=False)


def changed(data, change, **options):
    """Return a PDF after `change(writer)`."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    change(writer)
    buffer = io.BytesIO()
    writer.write(buffer, **options)
    return buffer.getvalue()


def document(name, data, **fields):
    """Return the record of a document with these bytes."""
    digest = hashlib.sha256(data).hexdigest()
    return Document(
        id=f"document-{name}",
        name=fields.pop("title", f"Paper {name}"),
        size=len(data),
        sha256=digest,
        **fields,
    )


def packet_input(files, *, treatments=False, draft=False, cited=(), **fields):
    """Return letter, case and store for documents given as name -> bytes or (bytes, fields)."""
    papers, store = [], {}
    for name, given in files.items():
        data, more = given if isinstance(given, tuple) else (given, {})
        papers.append(document(name, data, **more))
        store[papers[-1].sha256] = data
    tried = [Treatment(kind="splint", start="2025-01", end="2025-06-01", sources=[PatientSource()])]
    case = Case(
        id="case-packet",
        patient={"id": "patient-1", "family": "Exampleton", "given": "Ada"},
        treatments=tried if treatments else [],
        documents=papers,
    )
    letter = Letter(
        kind="appeal",
        title="Appeal of a denial",
        date=TODAY,
        blocks=(
            Heading(1, (Run("Appeal of a denial"),)),
            Paragraph((Run("Please decide again."),)),
        ),
        exhibits=tuple(
            Exhibit(chr(65 + place), paper.id, paper.name, cited)
            for place, paper in enumerate(papers)
        ),
        draft=draft,
        **fields,
    )
    return letter, case, store.__getitem__


def read(packet):
    """Return a reader of a packet."""
    return PdfReader(io.BytesIO(packet.pdf), strict=True)


def text_of(packet, number):
    """Return the text of a packet's page, counted from 1."""
    return read(packet).pages[number - 1].extract_text()
