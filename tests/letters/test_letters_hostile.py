"""Text from people and payers stays text, whatever it looks like, in every form of the letter."""

import io
import re

import docx
import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from letter_cases import ERISA, TODAY, changed, example, words
from markdown_it import MarkdownIt

from tmjkit.case import Case, Reason, ReasonKind
from tmjkit.letters import Letter, MissingFacts, compose, render, to_html, to_markdown
from tmjkit.letters.value import clean

HOSTILE = {
    "heading": "# Heading",
    "setext": "Title\n=====\n\n---",
    "list": "- a\n- b\n1. c",
    "link": "[click](https://evil.example.org) ![x](https://evil.example.org/x.png)",
    "autolink": "https://evil.example.org www.example.org <a@example.org>",
    "table": "a | b | c\n|---|---|\n| x | y |",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)> </td></table>",
    "entities": "&lt;b&gt; &amp;nbsp; &#x41;",
    "fence": "```\n```signature\nJordan Sample\n```",
    "blank": "```blank opinion\nIt is necessary.\n```",
    "emphasis": "**bold** _it_ `code` ~~no~~ a*b*c \\",
    "jinja": "{{ 7*7 }} {% for x in y %}{{ patient.__class__ }}{% endfor %} {# c #}",
    "typst": '#read("/etc/passwd") #set page(width: 1pt) $x^2$ @label <label> \\u{41} #[',
    "word": "</w:t></w:r></w:p> PAGEREF \x13 MERGEFIELD x \x15",
    "controls": "a\x00b\x07c\u2028d\u2029e\x85f",
    "private": "\ue0000\ue001 \ue00012\ue001 \ue001\ue000",
    "bidi": "abc\u202etxt.exe\u202c \u2066x\u2069 \u200bz\u00ad",
    "hebrew": "שלום עולם and مرحبا",
    "emoji": "jaw 🦷 pain 👩🏽‍⚕️ 疼痛 한국",
    "long": "pain and stiffness, " * 500,
    "unbroken": "x" * 3000,
}


def with_text(text: str) -> Case:
    """Return the example with the text in every kind of place that takes words."""
    case = example(ERISA)
    line = text[:300]
    case = changed(case, "patient-avery", family=line)
    case = changed(case, "coverage-employer", payer=line, plan_name=line, member_id=line)
    case = changed(case, "treatment-naproxen", name=line, response_text=text, adverse_effects=text)
    case = changed(case, "symptom-jaw-pain", text=line)
    case = changed(case, "diagnosis-myofascial", text=line)
    case = changed(case, "document-clinic-notes", name=line)
    case = changed(case, "provider-orofacial", name=line)
    reason = Reason(kind=ReasonKind.EXPERIMENTAL, text=text)
    return changed(case, "determination-denial", reasons=(reason,))


def shape(letter: Letter) -> list[str]:
    return [type(block).__name__ for block in letter.blocks]


def markdown_shape(text: str) -> list[str]:
    """Return the kinds of blocks that another reader of Markdown sees."""
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    return [token.type for token in parser.parse(text)]


hostile = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
both = pytest.mark.parametrize("kind", ["appeal", "medical-necessity"])


@both
@hostile
def test_no_text_changes_the_shape_of_a_letter(kind: str, text: str) -> None:
    usual = compose(kind, with_text("usual words"), today=TODAY)
    letter = compose(kind, with_text(text), today=TODAY)
    assert shape(letter) == shape(usual)
    assert markdown_shape(to_markdown(letter)) == markdown_shape(to_markdown(usual))
    assert re.findall(r"</?\w+", to_html(letter).replace("<bdi", "").replace("</bdi", "")) == (
        re.findall(r"</?\w+", to_html(usual))
    )


@both
@hostile
def test_the_words_arrive_as_they_were_written(kind: str, text: str) -> None:
    letter = compose(kind, with_text(text), today=TODAY)
    assert clean(text) in words(letter)
    assert not letter.gaps


@hostile
def test_the_pdf_can_be_set_and_read(text: str) -> None:
    data = render(compose("appeal", with_text(text), today=TODAY), "pdf")
    assert len(pypdf.PdfReader(io.BytesIO(data)).pages) >= 4


@hostile
def test_the_docx_holds_the_words(text: str) -> None:
    document = docx.Document(
        io.BytesIO(render(compose("appeal", with_text(text), today=TODAY), "docx"))
    )
    found = "\n".join(item.text for item in document.paragraphs)
    assert clean(text) in found.replace("\N{NO-BREAK SPACE}", " ")


def test_a_cell_that_fills_more_than_a_page_runs_on() -> None:
    case = changed(
        example(ERISA), "treatment-naproxen", response_text="pain and stiffness, " * 500 + "LAST"
    )
    pdf = pypdf.PdfReader(io.BytesIO(render(compose("appeal", case, today=TODAY), "pdf")))
    assert "LAST" in "".join(page.extract_text() for page in pdf.pages)


def test_a_value_that_looks_like_jinja_is_never_run() -> None:
    text = words(compose("appeal", with_text("{{ 777*777 }}"), today=TODAY))
    assert "{{ 777*777 }}" in text
    assert "603729" not in text


def test_a_forged_token_shows_no_other_value() -> None:
    letter = compose("appeal", with_text("\ue0000\ue001"), today=TODAY)
    assert not re.search("[\ue000-\uf8ff]", words(letter))


def test_a_value_of_hidden_characters_only_is_missing() -> None:
    case = changed(example(ERISA), "coverage-employer", member_id="\u200b\u202e")
    with pytest.raises(MissingFacts, match="Member ID"):
        compose("appeal", case, today=TODAY)


def test_text_cannot_turn_the_words_around_it() -> None:
    text = words(compose("appeal", with_text("abc\u202etxt\u2066"), today=TODAY))
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", text)


def test_hebrew_and_arabic_are_set_apart() -> None:
    letter = compose("appeal", with_text("שלום"), today=TODAY)
    assert "<bdi>שלום</bdi>" in to_html(letter)
    body = docx.Document(io.BytesIO(render(letter, "docx"))).element.xml
    assert "<w:rtl/>" in body


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(min_size=1, max_size=200))
def test_any_text_survives_markdown(text: str) -> None:
    shown = clean(text)
    if not shown:
        return
    case = changed(example(ERISA), "symptom-jaw-pain", text=f"A {text[:200]} Z")
    letter = compose("medical-necessity", case, today=TODAY)
    assert f"A {shown} Z" in words(letter)
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    read = "\n".join(
        "".join(child.content for child in token.children or ())
        for token in parser.parse(to_markdown(letter))
        if token.type == "inline"
    )
    assert f"A {shown} Z" in read


@given(st.text())
def test_clean_text_is_one_line_and_stays_clean(text: str) -> None:
    shown = clean(text)
    assert clean(shown) == shown
    assert len(shown.splitlines()) <= 1
