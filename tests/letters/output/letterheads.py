"""Letterheads for the tests: what a clinic makes in Word, and what nobody should be sent."""

import io
import zipfile
from collections.abc import Callable

import docx
from docx.document import Document
from docx.shared import Inches, Pt, RGBColor
from PIL import Image

CLINIC = "Example Orofacial Pain Center"


def data_of(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def picture(color: str = "navy") -> io.BytesIO:
    stream = io.BytesIO()
    Image.new("RGB", (240, 60), color).save(stream, "PNG")
    stream.seek(0)
    return stream


def clinic(*, body: tuple[str, ...] = ("",), first_page: bool = False, size: float = 11) -> bytes:
    """Return a letterhead with a logo, its own font, wide margins and a footer of its own."""
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Georgia", Pt(size)
    document.styles["Heading 2"].font.color.rgb = RGBColor(200, 0, 0)
    section = document.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = Inches(1.25)
    section.top_margin = Inches(1.5)
    section.header.paragraphs[0].add_run().add_picture(picture(), width=Inches(2))
    section.header.add_paragraph(CLINIC)
    section.footer.paragraphs[0].add_run("200 Placeholder Avenue, Exampleton, OH 43000")
    if first_page:
        section.different_first_page_header_footer = True
        section.first_page_header.paragraphs[0].add_run("First page of the clinic")
        section.first_page_footer.paragraphs[0].add_run("First page's foot")
    document.core_properties.author = "Machine of Somebody"
    for words in body:
        document.add_paragraph(words)
    return data_of(document)


def changed_zip(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """Return a .docx with some of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_macro() -> bytes:
    def change(parts: dict[str, bytes]) -> None:
        parts["word/vbaProject.bin"] = b"code"
        types = parts["[Content_Types].xml"]
        parts["[Content_Types].xml"] = types.replace(
            b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            b"application/vnd.ms-word.document.macroEnabled.main+xml",
        )

    return changed_zip(clinic(), change)


def template() -> bytes:
    def change(parts: dict[str, bytes]) -> None:
        types = parts["[Content_Types].xml"]
        parts["[Content_Types].xml"] = types.replace(
            b"wordprocessingml.document.main", b"wordprocessingml.template.main"
        )

    return changed_zip(clinic(), change)


def with_link(kind: str, target: str, part: str = "word/_rels/document.xml.rels") -> bytes:
    """Return a letterhead with a relationship to something outside of it."""

    def change(parts: dict[str, bytes]) -> None:
        link = (
            '<Relationship Id="rId990" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            f'relationships/{kind}" Target="{target}" TargetMode="External"/>'
        ).encode()
        empty = (
            b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            b"</Relationships>"
        )
        parts[part] = parts.get(part, empty).replace(
            b"</Relationships>", link + b"</Relationships>"
        )

    return changed_zip(clinic(), change)


def without(name: str) -> bytes:
    """Return a letterhead that lacks a part."""
    return changed_zip(clinic(), lambda parts: parts.pop(name) and None)


def with_part(name: str, content: bytes) -> bytes:
    return changed_zip(clinic(), lambda parts: parts.update({name: content}))


def several_sections() -> bytes:
    document = docx.Document(io.BytesIO(clinic()))
    document.add_section()
    return data_of(document)


def bare() -> bytes:
    """Return the smallest document there is: no styles, no lists, no settings, no page."""
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    types = (
        f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    links = (
        f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    body = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p/><w:sectPr/></w:body></w:document>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("_rels/.rels", links)
        archive.writestr("word/document.xml", body)
    return stream.getvalue()
