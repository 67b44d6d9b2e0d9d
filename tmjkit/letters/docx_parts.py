"""The parts of WordprocessingML that python-docx has no words for (ECMA-376, part 1)."""

from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office"'
)

_CELL_MARGIN = 80  # in twentieths of a point

# WordArt behind the text, as Word's own watermarks are made; LibreOffice draws it too.
_WATERMARK = """
<w:pict {namespaces}>
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"
 path="m@7,l@8,m@5,21600l@6,21600e">
<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/>
<v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>
<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/>
<v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>
<v:f eqn="sum @6 0 @5"/></v:formulas>
<v:path textpathok="t" o:connecttype="custom"
 o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>
<v:textpath on="t" fitshape="t"/><v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/>
</v:handles><o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>
<v:shape id="PowerPlusWaterMarkObject1" o:spid="_x0000_s2049" type="#_x0000_t136" alt=""
 style="position:absolute;margin-left:0;margin-top:0;width:430pt;height:160pt;rotation:322;
z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;
mso-position-vertical:center;mso-position-vertical-relative:margin"
 o:allowincell="f" fillcolor="#c8c8c8" stroked="f"><v:fill opacity=".5"/>
<v:textpath style="font-family:&quot;Arial&quot;;font-size:1pt;font-weight:bold"
 string="{text}"/></v:shape></w:pict>
"""


def full_name(attribute: str) -> str:
    """Return the full name of a tag or an attribute of WordprocessingML."""
    return qn(f"w:{attribute}")


def new(tag: str, **attributes: str) -> Any:
    """Make an element with attributes."""
    made = OxmlElement(tag)
    for attribute, value in attributes.items():
        made.set(full_name(attribute), value)
    return made


def watermark(paragraph: Paragraph, text: str) -> None:
    """Put a watermark behind every page, from a paragraph of the header."""
    run = paragraph.add_run()
    run._r.append(parse_xml(_WATERMARK.format(namespaces=NAMESPACES, text=text)))


def field(paragraph: Paragraph, code: str) -> None:
    """Add a field that Word works out, such as PAGE; '1' stands there until it does."""
    for kind in ("begin", None, "separate", "text", "end"):
        run = paragraph.add_run()
        if kind is None:
            instruction = new("w:instrText")
            instruction.text = f" {code} "
            run._r.append(instruction)
        elif kind == "text":
            run.text = "1"
        else:
            run._r.append(new("w:fldChar", fldCharType=kind))


def has_field(part: Any, code: str) -> bool:
    """Tell whether a header or footer holds a field, such as PAGE, in either of its forms."""
    codes = [found.text or "" for found in part.iter(full_name("instrText"))]
    codes += [found.get(full_name("instr")) or "" for found in part.iter(full_name("fldSimple"))]
    return any(code in words.split() for words in codes)


def border(element: Any, *sides: str, size: int) -> None:
    """Draw lines at a paragraph, or at those of a style.

    Parameters
    ----------
    element
        The paragraph's or the style's element.
    sides
        Of top, bottom and between, in this order. Neighbours with the same lines count as one
        box, with a line between them only where 'between' asks for it.
    size
        Width of the line in eighths of a point.
    """
    borders = new("w:pBdr")
    for side in sides:
        line = new(f"w:{side}", val="single", sz=str(size), space="4", color="444444")
        borders.append(line)
    element.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr"
    )


def shade(cell: _Cell, color: str) -> None:
    """Fill a cell with a colour, as six hex digits."""
    cell._tc.get_or_add_tcPr().append(new("w:shd", val="clear", color="auto", fill=color))


def table_style(style_element: Any, *, rows: bool = False, box: bool = False) -> None:
    """Set the look of the tables of a style.

    Parameters
    ----------
    style_element
        The style's element.
    rows
        Whether a line stands under each row.
    box
        Whether a box stands around the whole.
    """
    properties = new("w:tblPr")
    # Word sets the text of the first column at the margin; the box of the table belongs there.
    properties.append(new("w:tblInd", w=str(_CELL_MARGIN), type="dxa"))
    borders = new("w:tblBorders")
    sides = ("top", "left", "bottom", "right") if box else ("bottom", "insideH") if rows else ()
    for side in sides:
        size, color = ("8", "444444") if box else ("4", "999999")
        borders.append(new(f"w:{side}", val="single", sz=size, space="0", color=color))
    properties.append(borders)
    margins = new("w:tblCellMar")
    bottom = 2 * _CELL_MARGIN if box else 0
    for side, width in (("left", _CELL_MARGIN), ("bottom", bottom), ("right", _CELL_MARGIN)):
        margins.append(new(f"w:{side}", w=str(width), type="dxa"))
    properties.append(margins)
    style_element.append(properties)


def fonts(style_element: Any, name: str) -> None:
    """Use one font for every script; python-docx sets the Latin one only."""
    found = style_element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        found.attrib.pop(full_name(attribute), None)
    for attribute in ("ascii", "hAnsi", "eastAsia", "cs"):
        found.set(full_name(attribute), name)


def language(style_element: Any, tag: str) -> None:
    """Set the language of the text, for spelling and for screen readers."""
    properties = style_element.get_or_add_rPr()
    properties.append(new("w:lang", val=tag))


def outline_level(style_element: Any, level: int) -> None:
    """Make the paragraphs of a style headings of a level, from 1."""
    found = new("w:outlineLvl", val=str(level - 1))
    style_element.get_or_add_pPr().insert_element_before(found, "w:divId", "w:rPr")


def repeat_head(row: _Row) -> None:
    """Repeat a row at the top of each page that the table runs on to."""
    keep_row(row)
    row._tr.get_or_add_trPr().append(new("w:tblHeader"))


def keep_row(row: _Row) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(new("w:cantSplit"))


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Make a paragraph a place that links can lead to."""
    paragraph._p.insert(1, new("w:bookmarkStart", id=str(number), name=name))
    paragraph._p.append(new("w:bookmarkEnd", id=str(number)))


def link(run: Run, name: str) -> None:
    """Make a run lead to a bookmark of the document."""
    hyperlink = new("w:hyperlink", anchor=name, history="1")
    run._r.addprevious(hyperlink)
    hyperlink.append(run._r)
