"""A clinician's letter on the clinic's own letterhead."""

import contextlib
import io
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from letterheads import (
    CLINIC,
    bare,
    changed_zip,
    clinic,
    data_of,
    picture,
    several_sections,
    template,
    with_link,
    with_macro,
    with_part,
    without,
)
from output_cases import ERISA, MEDICAID, letter

from tmjkit.letters import Letter, LetterError, render
from tmjkit.letters.docx import to_docx
from tmjkit.letters.sentence import sentences


def necessity() -> Letter:
    return letter(ERISA, "medical-necessity")


def opened(data: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(data))


def words(data: bytes) -> str:
    return "".join(text.text or "" for text in opened(data).element.body.iter(qn("w:t")))


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def test_header_footer_margins_and_logo_stay() -> None:
    data = to_docx(necessity(), clinic())
    section = opened(data).sections[0]
    assert section.left_margin is not None
    assert section.left_margin.inches == pytest.approx(1.25)
    assert [one.text for one in section.header.paragraphs] == ["", CLINIC]
    assert section.footer.paragraphs[0].text == "200 Placeholder Avenue, Exampleton, OH 43000"
    images = [link for link in section.header.part.rels.values() if "image" in link.reltype]
    assert images[0].target_part.blob == picture().getvalue()


def test_the_letter_says_the_same_words_with_a_letterhead_and_without() -> None:
    assert words(to_docx(necessity(), clinic())) == words(to_docx(necessity()))


def test_styles_of_the_letterhead_are_left_as_they_are() -> None:
    before, after = opened(clinic()), opened(to_docx(necessity(), clinic()))
    old = {style.style_id: style.element for style in before.styles}
    new = {style.style_id: style.element for style in after.styles}
    for name, element in old.items():
        assert new[name].xml == element.xml
    added = {style.name for style in after.styles if style.style_id not in old}
    assert all(str(name).startswith("Letter ") for name in added)


def test_the_text_takes_over_the_letterheads_font() -> None:
    document = opened(to_docx(necessity(), clinic()))
    style = next(style for style in document.styles if style.name == "Letter Normal")
    assert style.base_style is not None
    assert style.base_style.font.name == "Georgia"
    assert style.font.name is None


def test_headings_are_headings_for_a_screen_reader_too() -> None:
    document = opened(to_docx(necessity(), clinic()))
    styles = {style.name: style.element.xml for style in document.styles}
    for level in (1, 2, 3):
        assert f'<w:outlineLvl w:val="{level - 1}"/>' in styles[f"Letter Heading {level}"]
    used = {one.style.name for one in document.paragraphs if one.style is not None}
    assert {"Letter Heading 1", "Letter Heading 2", "Letter List Bullet"} <= used


def test_tables_are_as_wide_as_the_letterheads_text() -> None:
    document = opened(to_docx(necessity(), clinic()))
    for table in document.tables:
        width = sum(column.width or 0 for column in table.columns)
        assert width / 914400 == pytest.approx(8.5 - 2 * 1.25, abs=0.02)


def test_every_page_says_whose_letter_it_is_and_its_number() -> None:
    section = opened(to_docx(necessity(), clinic(first_page=True))).sections[0]
    for footer in (section.footer, section.first_page_footer):
        assert necessity().footer in footer.paragraphs[-1].text
        assert "NUMPAGES" in footer._element.xml
    assert section.first_page_header.paragraphs[0].text == "First page of the clinic"
    assert section.first_page_footer.paragraphs[0].text == "First page's foot"


def test_a_letterhead_that_numbers_its_pages_keeps_its_own_numbers() -> None:
    own = opened(clinic())
    footer = own.sections[0].footer.add_paragraph()
    for kind in ("begin", "PAGE", "end"):
        run = footer.add_run()
        tag = "w:instrText" if kind == "PAGE" else "w:fldChar"
        element = docx.oxml.OxmlElement(tag)
        if kind == "PAGE":
            element.text = " PAGE "
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)
    xml = opened(to_docx(necessity(), data_of(own))).sections[0].footer._element.xml
    assert xml.count(" PAGE ") == 1
    assert necessity().footer in xml


def test_a_draft_carries_its_watermark_on_the_first_page_too() -> None:
    made = letter(MEDICAID, "medical-necessity")
    assert made.draft
    section = opened(to_docx(made, clinic(first_page=True))).sections[0]
    for header in (section.header, section.first_page_header):
        assert 'string="DRAFT"' in header._element.xml


def test_what_stands_before_the_marker_is_kept_and_the_rest_is_not() -> None:
    data = to_docx(
        necessity(), clinic(body=("Our motto", "", "[Letter]", "Dear Sir or Madam", "[letter]"))
    )
    found = words(data)
    assert found.startswith("Our motto" + sentences(necessity())[0].text)
    assert "Dear Sir" not in found
    assert "[" not in found.split(sentences(necessity())[0].text)[0]


@pytest.mark.parametrize("body", [("Dear Sir or Madam",), ("", "Yours", "")])
def test_text_on_the_page_without_a_marker_is_refused(body: tuple[str, ...]) -> None:
    with pytest.raises(LetterError, match=r"write the line \[letter\]"):
        to_docx(necessity(), clinic(body=body))


def test_a_picture_on_the_page_without_a_marker_is_refused() -> None:
    own = opened(clinic())
    own.add_paragraph().add_run().add_picture(picture())
    with pytest.raises(LetterError, match=r"\[letter\]"):
        to_docx(necessity(), data_of(own))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "not a .docx file"),
        (b"Dear Sir", "not a .docx file"),
        (b"PK\x03\x04broken", "not a .docx file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password"),
        (with_macro(), "macros"),
        (with_part("word/vbaProject.bin", b"x"), "macros"),
        (template(), "template"),
        (with_part("word/embeddings/sheet.xlsx", b"x"), "embedded"),
        (with_link("image", "https://example.com/pixel.png"), "from elsewhere"),
        (with_link("image", "file:///C:/logo.png", "word/_rels/header1.xml.rels"), "header1.xml"),
        (with_link("frame", "https://example.com/"), "from elsewhere"),
        (without("word/document.xml"), "damaged"),
        (with_part("word/document.xml", b"<w:document"), "damaged"),
        (with_part("word/styles.xml", b"not xml"), "damaged"),
        (several_sections(), "section breaks"),
        (clinic() + b"\0" * 20_000_001, "MB"),
        (with_part("word/media/bomb.bin", b"\0" * 210_000_000), "unpacks"),
    ],
)
def test_what_is_no_letterhead_is_refused_with_what_to_do(data: bytes, why: str) -> None:
    with pytest.raises(LetterError, match="the letterhead can't be used") as refused:
        to_docx(necessity(), data)
    assert why in str(refused.value)


def test_a_letterhead_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(LetterError, match="can't be read"):
        to_docx(necessity(), tmp_path / "nowhere.docx")


def test_a_link_to_the_clinics_page_may_stay() -> None:
    to_docx(necessity(), with_link("hyperlink", "https://example.com/"))


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_damage_anywhere_never_ends_in_anything_but_a_clear_error(data: st.DataObject) -> None:
    whole = clinic()
    start = data.draw(st.integers(0, len(whole) - 1))
    cut = data.draw(st.sampled_from(["cut", "zeros"]))
    damaged = whole[:start] if cut == "cut" else whole[:start] + b"\0" * 40 + whole[start + 40 :]
    with contextlib.suppress(LetterError):
        to_docx(necessity(), damaged)


def test_nothing_tells_of_the_machine_that_the_letterhead_came_from() -> None:
    own = with_link(
        "attachedTemplate", "file:///C:/Users/somebody/own.dotm", "word/_rels/settings.xml.rels"
    )
    data = to_docx(necessity(), own)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert not [name for name, content in parts.items() if b"somebody" in content]
    assert not [name for name, content in parts.items() if b"Machine of Somebody" in content]
    assert "docProps/app.xml" not in parts
    properties = opened(data).core_properties
    assert (properties.author, properties.title) == ("", necessity().title)


def test_the_smallest_document_serves_as_a_letterhead() -> None:
    assert words(to_docx(necessity(), bare())) == words(to_docx(necessity()))


def test_a_letter_of_ours_serves_as_a_letterhead_again() -> None:
    own = to_docx(necessity(), clinic(body=("[letter]",)))
    marked = opened(own)
    marked.paragraphs[0].insert_paragraph_before("[letter]")
    assert words(to_docx(necessity(), data_of(marked))) == words(to_docx(necessity()))


def test_only_letters_in_the_clinicians_voice_stand_on_it() -> None:
    appeal = letter(ERISA, "appeal")
    assert appeal.voice == "patient"
    assert render(appeal, "docx", letterhead=clinic()) == render(appeal, "docx")
    on_it = render(necessity(), "docx", letterhead=clinic())
    assert opened(on_it).sections[0].header.paragraphs[1].text == CLINIC


def test_the_same_letter_on_the_same_letterhead_is_the_same_bytes(tmp_path: Path) -> None:
    own = tmp_path / "letterhead.docx"
    own.write_bytes(clinic())
    assert to_docx(necessity(), own) == to_docx(necessity(), own.read_bytes())


def test_lists_of_the_letterhead_keep_their_numbering() -> None:
    before = part(clinic(), "word/numbering.xml")
    after = part(to_docx(necessity(), clinic()), "word/numbering.xml")
    old = re.findall(rb'<w:num w:numId="(\d+)"', before)
    new = re.findall(rb'<w:num w:numId="(\d+)"', after)
    assert new[: len(old)] == old
    assert len(set(new)) == len(new)
    assert after.index(b"<w:num ") > after.rindex(b"<w:abstractNum ")


@pytest.mark.office
def test_a_letter_on_a_letterhead_opens_in_libreoffice(tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        message = "LibreOffice is not installed: no letterhead was opened in it"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    (tmp_path / "letter.docx").write_bytes(to_docx(necessity(), clinic()))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [
            office,
            "--headless",
            profile,
            "--convert-to",
            "pdf",
            "--outdir",
            tmp_path,
            tmp_path / "letter.docx",
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    pages = pypdf.PdfReader(tmp_path / "letter.pdf").pages
    for number, page in enumerate(pages, 1):
        text = page.extract_text()
        assert CLINIC in text
        assert f"Page {number} of {len(pages)}" in text


def test_changing_a_zip_changes_only_what_was_asked_for() -> None:
    """The tests above lean on it."""
    assert changed_zip(clinic(), lambda _: None) != b""
    assert words(changed_zip(clinic(), lambda _: None)) == words(clinic())
