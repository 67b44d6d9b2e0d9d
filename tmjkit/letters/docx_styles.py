"""The styles of a letter in Word: on a page of our own, and beside those of a letterhead."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Emu, Inches, Pt, RGBColor

from tmjkit.letters.docx_numbering import Numbering, set_number
from tmjkit.letters.docx_parts import border, fonts, language, outline_level, table_style

_SERIF, _SANS = "Times New Roman", "Arial"
_GRAY = "444444"
_HEADINGS: Final = ((1, 17, 14, 8), (2, 12, 14, 5), (3, 11, 10, 4))
_BUILT_IN: Final = frozenset(
    {"Normal", "Heading 1", "Heading 2", "Heading 3", "List Bullet", "List Number", "Quote"}
    | {"Footer"}
)

Styles = Mapping[str, str]
"""Ids of the styles in a document, by what they are for."""


def set_styles(document: Document, tag: str, numbering: Numbering) -> Styles:
    """Set page, fonts and styles of an empty document; `tag` is the language (BCP 47)."""
    section = document.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = Inches(1)
    section.top_margin, section.bottom_margin = Inches(0.9), Inches(0.95)
    section.footer_distance = Inches(0.5)
    return _Sheet(document, tag, own_page=True).fill(numbering)


def add_styles(document: Document, tag: str, numbering: Numbering) -> Styles:
    """Add the styles of a letter to a letterhead.

    None of its own styles is touched. The letter's take over font and color from the letterhead's
    text, so that both look like one.
    """
    return _Sheet(document, tag, own_page=False).fill(numbering)


def text_width(document: Document) -> int:
    """Return the width between the margins of the last section, in English Metric Units."""
    section = document.sections[-1]
    page = section.page_width or Inches(8.5)
    sides = (section.left_margin, section.right_margin, section.gutter)
    return int(page - sum(side or 0 for side in sides))


class _Sheet:
    """The styles of one document."""

    def __init__(self, document: Document, tag: str, *, own_page: bool) -> None:
        self._document = document
        self._styles = document.styles
        self._tag = {"en": "en-US", "es": "es-US"}.get(tag, tag)
        self._own_page = own_page
        # Looked up once: python-docx searches all styles each time it is given a name.
        self._there = {style.name: style for style in document.styles}
        self._made: dict[str, str] = {}
        self._text: Any = None

    def fill(self, numbering: Numbering) -> Styles:
        """Make every style."""
        self._text = self._style(
            "Normal", _SERIF, 11 if self._own_page else None, after=7, line=1.1
        )
        self._text.paragraph_format.widow_control = True
        language(self._text.element, self._tag)
        for level, size, before, after in _HEADINGS:
            made = self._style(f"Heading {level}", _SANS, size, before, after, bold=True)
            made.paragraph_format.keep_with_next = True
            if not self._own_page:
                outline_level(made.element, level)
            if level == 2:  # noqa: PLR2004 -- the headings of the parts
                border(made.element, "bottom", size=6)
        for name in ("List Bullet", "List Number"):
            made = self._style(name, _SERIF, None, after=3, line=1.1)
            made.paragraph_format.widow_control = True
            if name == "List Bullet":
                set_number(made.element, numbering.bullets)
        quote = self._style("Quote", _SERIF, 11 if self._own_page else None, after=7, line=1.1)
        quote.paragraph_format.left_indent = Inches(0.25)
        self._fields()
        self._room()
        self._tables()
        self._footer()
        return MappingProxyType(self._made)

    def _fields(self) -> None:
        sender = self._style("Sender", _SANS, 13, after=2, bold=True)
        sender.paragraph_format.keep_with_next = True
        self._style("Address", _SERIF, None, after=14, line=1.1)
        self._style("Cell", _SERIF, 9.5, 2, 2)
        self._style("Cell Head", _SANS, 8.5, 3, 3, bold=True)
        self._style("After Table", _SERIF, 4, after=4)

    def _room(self) -> None:
        self._style("Blank Label", _SANS, 10, 5, 1, bold=True)
        self._style("Blank Prompt", _SERIF, 9.5, after=2, italic=True, color=_GRAY)
        line = self._style("Blank Line", _SERIF, None, 8, 2)
        border(line.element, "bottom", "between", size=4)
        self._style("Signature Room", _SERIF, None, 30)
        rule = self._style("Signature Rule", _SANS, 8.5, after=8)
        rule.paragraph_format.right_indent = Inches(0.3)
        border(rule.element, "top", size=6)

    def _tables(self) -> None:
        for name, lines in (
            ("Letter Table", {"rows": True}),
            ("Letter Blank", {"box": True}),
            ("Letter Reference", {}),
            ("Letter Signature", {}),
        ):
            style = self._styles.add_style(self._free(name), WD_STYLE_TYPE.TABLE)
            style.base_style = self._there.get("Normal Table")
            table_style(style.element, **lines)
            self._made[name] = style.style_id

    def _footer(self) -> None:
        footer = self._style("Footer", _SANS, 8.5, color=_GRAY)
        stops = footer.paragraph_format.tab_stops
        stops.clear_all()
        stops.add_tab_stop(Emu(text_width(self._document)), WD_TAB_ALIGNMENT.RIGHT)

    def _style(
        self,
        name: str,
        font: str,
        size: float | None,
        before: float = 0,
        after: float = 0,
        *,
        line: float = 1.0,
        bold: bool = False,
        italic: bool = False,
        color: str = "111111",
    ) -> Any:
        """Make a paragraph style; one that Word has itself is set where the page is our own."""
        if self._own_page and name in _BUILT_IN:
            style: Any = self._there[name]
        else:
            called = name if self._own_page else f"Letter {name}"
            style = self._styles.add_style(self._free(called), WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = self._text or self._styles.default(WD_STYLE_TYPE.PARAGRAPH)
        if self._own_page:
            fonts(style.element, font)
            style.font.color.rgb = RGBColor.from_string(color)
        if size:
            style.font.size = Pt(size)
        style.font.bold, style.font.italic = bold, italic
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.line_spacing = line
        self._made[name] = style.style_id
        return style

    def _free(self, name: str) -> str:
        """Return a name that the document does not use: a letterhead may have been our letter."""
        found, number = name, 1
        while found in self._there:
            number += 1
            found = f"{name} {number}"
        self._there[found] = None
        return found
