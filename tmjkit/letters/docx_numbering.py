"""Lists in a Word document: bullets, and numbers that begin with 1 in each list."""

from typing import Any, Final

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.parts.numbering import NumberingPart

from tmjkit.letters.docx_parts import NAMESPACES, full_name, new

_LIST: Final = """
<w:abstractNum {namespaces} w:abstractNumId="{number}">
<w:multiLevelType w:val="singleLevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{mark}"/>
<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="360" w:hanging="360"/></w:pPr></w:lvl>
</w:abstractNum>
"""
_BULLET, _DECIMAL = ("bullet", "\N{BULLET}"), ("decimal", "%1.")


class Numbering:
    """The lists of one document; a letterhead's own lists stay as they are.

    Parameters
    ----------
    document
        The document that gets them.

    Attributes
    ----------
    bullets
        Id of the bullets.
    """

    def __init__(self, document: Document) -> None:
        self._root = _root(document)
        self.bullets = self._use(self._define(*_BULLET))
        self._decimal: int | None = None

    def numbers(self) -> int:
        """Return the id for one more numbered list, which begins with 1."""
        if self._decimal is None:
            self._decimal = self._define(*_DECIMAL)
        number = self._use(self._decimal)
        override = new("w:lvlOverride", ilvl="0")
        override.append(new("w:startOverride", val="1"))
        self._root[-1].append(override)
        return number

    def _define(self, form: str, mark: str) -> int:
        number = self._free("w:abstractNum", "abstractNumId")
        made = parse_xml(_LIST.format(namespaces=NAMESPACES, number=number, form=form, mark=mark))
        # Every definition stands before the first use of one (ECMA-376, part 1, 17.9.17).
        first = self._root.find(full_name("num"))
        if first is None:
            self._root.append(made)
        else:
            first.addprevious(made)
        return number

    def _use(self, definition: int) -> int:
        number = self._free("w:num", "numId")
        made = new("w:num", numId=str(number))
        made.append(new("w:abstractNumId", val=str(definition)))
        self._root.append(made)
        return number

    def _free(self, tag: str, attribute: str) -> int:
        taken = [
            int(found.get(full_name(attribute))) for found in self._root.findall(full_name(tag[2:]))
        ]
        return max(taken, default=0) + 1


def set_number(holder: Any, number: int) -> None:
    """Make a paragraph, or each of a style, an item of a list."""
    properties = holder.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number


def _root(document: Document) -> Any:
    """Return the element that holds the lists; a document without lists gets one."""
    part = document.part
    if not any(one.reltype == RELATIONSHIP_TYPE.NUMBERING for one in part.rels.values()):
        root = parse_xml(f"<w:numbering {NAMESPACES}/>")
        place = PackURI("/word/numbering.xml")
        made = NumberingPart(place, CONTENT_TYPE.WML_NUMBERING, root, part.package)
        part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
    return part.numbering_part._element
