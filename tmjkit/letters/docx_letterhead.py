"""Opens a clinic's own letterhead, a .docx from Word, for a letter to be written on.

Its headers, footers, margins, pictures and styles stay. What could carry code, fetch something
from elsewhere or hide somebody's machine is refused or taken out, and each refusal says what to do.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml.etree import LxmlError  # type: ignore[import-untyped]

from tmjkit.letters.gap import LetterError

MARKER: Final = "[letter]"
"""The line of a letterhead where the letter begins."""

_MB: Final = 1_000_000
_MOST: Final = 20 * _MB
_MOST_UNPACKED: Final = 200 * _MB
_MOST_FILES: Final = 2000
_OLD_WORD: Final = b"\xd0\xcf\x11\xe0"  # an old .doc, or a file that a password protects
_BROKEN_ZIP: Final = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    OSError,
    RuntimeError,
    NotImplementedError,
    EOFError,
)
_CONTENT: Final = frozenset({qn("w:p"), qn("w:tbl"), qn("w:sdt")})
_SHOWN: Final = (qn("w:drawing"), qn("w:pict"), qn("w:object"), qn("w:tbl"))
_OWN_ONLY: Final = (
    RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
    RELATIONSHIP_TYPE.CUSTOM_PROPERTIES,
    RELATIONSHIP_TYPE.THUMBNAIL,
)
_TEMPLATE: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
)
_LINK: Final = RELATIONSHIP_TYPE.HYPERLINK
_SETTINGS_OUT: Final = ("w:attachedTemplate", "w:documentProtection", "w:writeProtection")


def open_letterhead(letterhead: bytes | Path) -> Document:
    """Return the letterhead as a document without its example text.

    What stands before a line `[letter]` is kept, and the letter follows it; the line and what
    stands after it are left out. A letterhead whose page is empty needs no such line.

    Raises
    ------
    LetterError
        When it can't be used; the error says why and what to do.
    """
    try:
        data = letterhead if isinstance(letterhead, bytes) else letterhead.read_bytes()
    except OSError as error:
        raise _unusable(f"it can't be read ({error.strerror})") from None
    _check_file(data)
    try:
        document = docx.Document(io.BytesIO(data))
        sections = len(document.sections)
        body = document.element.body
    except (*_BROKEN_ZIP, OpcError, LxmlError, ValueError, AttributeError, TypeError):
        raise _unusable("it is damaged: open it in Word and save it again") from None
    if sections != 1:
        raise _unusable("it has several sections: take out the section breaks")
    _empty(body)
    forget_machine(document)
    return document


def _unusable(why: str) -> LetterError:
    return LetterError(f"the letterhead can't be used: {why}")


def _check_file(data: bytes) -> None:
    if len(data) > _MOST:
        raise _unusable(
            f"it has {len(data) / _MB:.0f} MB and should have {_MOST // _MB} at most: "
            "make its pictures smaller"
        )
    if data.startswith(_OLD_WORD):
        raise _unusable(
            "it is protected by a password or in Word's old format: save it as .docx, "
            "without a password"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > _MOST_FILES or sum(part.file_size for part in parts) > _MOST_UNPACKED:
                raise _unusable("it unpacks to far more than a letterhead holds")
            names = {part.filename for part in parts}
            types = archive.read("[Content_Types].xml").decode("utf-8", "replace")
            links = {
                name: archive.read(name).decode("utf-8", "replace")
                for name in names
                if name.endswith(".rels")
            }
    except _BROKEN_ZIP:
        raise _unusable("it is not a .docx file, or it is damaged") from None
    _check_parts(names, types, links)


def _check_parts(names: set[str], types: str, links: dict[str, str]) -> None:
    if "macroEnabled" in types or any("vbaProject" in name for name in names):
        raise _unusable("it holds macros: save it in Word as .docx, which has none")
    if "wordprocessingml.template" in types:
        raise _unusable("it is a template (.dotx): save it in Word as .docx")
    if any(name.startswith(("word/embeddings/", "word/activeX/")) for name in names):
        raise _unusable("it holds an embedded file or control: take that out")
    for place, xml in links.items():
        for link in re.findall(r"<\w*:?Relationship\b[^>]*>", xml):
            fetched = 'TargetMode="External"' in link and not any(
                kind in link for kind in (_LINK, _TEMPLATE)
            )
            if fetched:
                part = place.rpartition("/")[2].removesuffix(".rels")
                raise _unusable(
                    f"its part {part} loads something from elsewhere, such as a picture that is "
                    "only linked: put the picture itself in"
                )


def _empty(body: Any) -> None:
    """Take out the letterhead's own page, but for what stands before the marker."""
    content = [child for child in body if child.tag in _CONTENT]
    places = [place for place, child in enumerate(content) if _is_marker(child)]
    if places:
        content = content[places[0] :]
    elif any(_shows(child) for child in content):
        raise _unusable(
            f"there is text or a picture on its page, outside of header and footer: write the line "
            f"{MARKER} where the letter should begin; what stands before it is kept"
        )
    for child in content:
        body.remove(child)


def _is_marker(child: Any) -> bool:
    return child.tag == qn("w:p") and _words(child).strip().lower() == MARKER


def _shows(child: Any) -> bool:
    return bool(_words(child).strip()) or any(
        found is not None for tag in _SHOWN for found in (child.find(f".//{tag}"),)
    )


def _words(child: Any) -> str:
    return "".join(text.text or "" for text in child.iter(qn("w:t")))


def forget_machine(document: Document) -> None:
    """Take out what tells of the machine and the person that the letterhead was made by."""
    package = document.part.package
    for found in _related(package.rels, *_OWN_ONLY):
        del package.rels[found]
    settings = document.settings
    for tag in _SETTINGS_OUT:
        for element in settings.element.findall(qn(tag)):
            settings.element.remove(element)
    part = document.part.part_related_by(RELATIONSHIP_TYPE.SETTINGS)
    for found in _related(part.rels, _TEMPLATE):
        del part.rels[found]


def _related(rels: Any, *kinds: str) -> Iterator[str]:
    yield from [name for name, link in rels.items() if link.reltype in kinds]
