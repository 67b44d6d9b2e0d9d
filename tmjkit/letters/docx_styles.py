"""The styles of a letter in Word: US letter paper, serif text, sans-serif headings."""

from typing import Any, Final

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Emu, Inches, Pt, RGBColor

from tmjkit.letters.docx_parts import border, fonts, language, table_style

_EMU_PER_INCH: Final = 914_400
TEXT_WIDTH: Final = int(6.5 * _EMU_PER_INCH)
"""Width between the margins, in English Metric Units."""

_SERIF, _SANS = "Times New Roman", "Arial"
_GRAY = "444444"


def set_styles(document: Document, tag: str) -> None:
    """Set page, fonts and styles of an empty document; `tag` is the language (BCP 47)."""
    _page(document)
    _text(document.styles, "en-US" if tag == "en" else tag)
    _own(document.styles)
    _footer(document.styles["Footer"])


def _page(document: Document) -> None:

    section = document.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = Inches(1)
    section.top_margin, section.bottom_margin = Inches(0.9), Inches(0.95)
    section.footer_distance = Inches(0.5)


def _text(styles: Any, tag: str) -> None:
    normal = styles["Normal"]
    _font(normal, _SERIF, 11)
    language(normal.element, tag)
    _spacing(normal, 0, 7, line=1.1)
    normal.paragraph_format.widow_control = True

    for level, size, before, after in ((1, 17, 14, 8), (2, 12, 14, 5), (3, 11, 10, 4)):
        style = styles[f"Heading {level}"]
        _font(style, _SANS, size, bold=True)
        _spacing(style, before, after)
        style.paragraph_format.keep_with_next = True
    border(styles["Heading 2"].element, "bottom", size=6)
    for name in ("List Bullet", "List Number"):
        _spacing(styles[name], 0, 3, line=1.1)
    quote = styles["Quote"]
    _font(quote, _SERIF, 11, italic=False)
    quote.paragraph_format.left_indent = Inches(0.25)


def _own(styles: Any) -> None:
    def paragraph_style(name: str) -> Any:
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        return style

    sender = paragraph_style("Sender")
    _font(sender, _SANS, 13, bold=True)
    _spacing(sender, 0, 2)
    sender.paragraph_format.keep_with_next = True
    _spacing(paragraph_style("Address"), 0, 14, line=1.1)
    cell = paragraph_style("Cell")
    _font(cell, _SERIF, 9.5)
    _spacing(cell, 2, 2)
    head = paragraph_style("Cell Head")
    _font(head, _SANS, 8.5, bold=True)
    _spacing(head, 3, 3)
    _spacing(paragraph_style("After Table"), 0, 4)
    styles["After Table"].font.size = Pt(4)
    label = paragraph_style("Blank Label")
    _font(label, _SANS, 10, bold=True)
    _spacing(label, 5, 1)
    prompt = paragraph_style("Blank Prompt")
    _font(prompt, _SERIF, 9.5, italic=True, color=_GRAY)
    _spacing(prompt, 0, 2)
    line = paragraph_style("Blank Line")
    _spacing(line, 8, 2)
    border(line.element, "bottom", "between", size=4)
    _spacing(paragraph_style("Signature Room"), 30, 0)
    rule = paragraph_style("Signature Rule")
    _font(rule, _SANS, 8.5)
    _spacing(rule, 0, 8)
    rule.paragraph_format.right_indent = Inches(0.3)
    border(rule.element, "top", size=6)

    for name, lines in (
        ("Letter Table", {"rows": True}),
        ("Letter Blank", {"box": True}),
        ("Letter Reference", {}),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.TABLE)
        style.base_style = styles["Normal Table"]
        table_style(style.element, **lines)


def _footer(footer: Any) -> None:
    _font(footer, _SANS, 8.5, color=_GRAY)
    stops = footer.paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(Emu(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)


def _font(
    style: Any,
    name: str,
    size: float,
    *,
    bold: bool = False,
    italic: bool = False,
    color: str = "111111",
) -> None:

    fonts(style.element, name)
    style.font.size = Pt(size)
    style.font.bold, style.font.italic = bold, italic
    style.font.color.rgb = RGBColor.from_string(color)


def _spacing(style: Any, before: float, after: float, line: float = 1.0) -> None:

    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
    style.paragraph_format.line_spacing = line
