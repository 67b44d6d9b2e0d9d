"""The packet's structure for people who listen to it (ISO 32000-1, 14.7 and 14.8).

The parts that typst set bring their own structure: headings, tables, links. Of a foreign page
no structure is known, so each is one paragraph.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader, PdfWriter


class Structure:
    """The structure tree of a packet, filled part by part in reading order."""

    def __init__(self, writer: "PdfWriter") -> None:
        from pypdf.generic import ArrayObject, DictionaryObject, NameObject  # noqa: PLC0415

        self._writer = writer
        self._next = 0  # the next free key of the parent tree
        self._parents = ArrayObject()
        self._ids: dict[str, Any] = {}
        self._roles = DictionaryObject()
        self._root = DictionaryObject({NameObject("/Type"): NameObject("/StructTreeRoot")})
        self._root_reference = writer._add_object(self._root)
        self._document = self._element("Document", self._root_reference)
        self._count = 0

    def part(self, title: str, language: str = "") -> Any:
        """Begin a part of the packet; `language` where it isn't that of the whole."""
        from pypdf.generic import NameObject, TextStringObject  # noqa: PLC0415 -- heavy

        part = self._element("Part", self._document)
        part.get_object()[NameObject("/T")] = TextStringObject(title)
        if language:
            part.get_object()[NameObject("/Lang")] = TextStringObject(language)
        self._kids(self._document).append(part)
        return part

    def leaf(self, part: Any, page: "PageObject") -> None:
        """Add a page whose content is one paragraph, marked with the number 0."""
        from pypdf.generic import ArrayObject, NameObject, NumberObject  # noqa: PLC0415 -- heavy

        reference = self._element("P", part)
        element = reference.get_object()
        element[NameObject("/Pg")] = page.indirect_reference
        element[NameObject("/K")] = NumberObject(0)
        self._kids(part).append(reference)
        page[NameObject("/StructParents")] = NumberObject(self._next)
        self._parents.extend([NumberObject(self._next), ArrayObject([reference])])
        self._next += 1

    def adopt(self, part: Any, reader: "PdfReader", pages: Sequence["PageObject"]) -> None:
        """Take over the structure of a file of our own whose pages were added to the packet."""
        from pypdf.generic import ArrayObject, NumberObject  # noqa: PLC0415 -- heavy

        from tmjkit.packet.elements import copied  # noqa: PLC0415 -- heavy

        source = reader.root_object.get("/StructTreeRoot")
        if source is None:
            return
        root: Any = source.get_object()
        numbers = {root.indirect_reference.idnum: part.idnum}
        for old, page in zip(reader.pages, pages, strict=True):
            was, now = [old, *old.get("/Annots", ())], [page, *page.get("/Annots", ())]
            numbers.update({_number(one): _number(two) for one, two in zip(was, now, strict=True)})
            self._place(page, old, "/StructParents")  # pypdf leaves it out when it adds a page
            for note in now[1:]:
                self._place(note.get_object(), note.get_object(), "/StructParent")
        elements, ids = copied(self._writer, reader, numbers, f"{self._count}-")
        self._ids.update(ids)
        last = -1
        for place, value in _entries(root.get("/ParentTree")):
            listed: Any = value.get_object()
            kept = (
                ArrayObject(elements[item.idnum] for item in listed)
                if isinstance(listed, ArrayObject)
                else elements[value.idnum]
            )
            self._parents.extend([NumberObject(place + self._next), kept])
            last = max(last, place)
        self._next += last + 1
        self._roles.update(root.get("/RoleMap", {}))
        kids = root.raw_get("/K")
        for kid in kids if isinstance(kids, list) else [kids]:
            self._kids(part).append(elements[kid.idnum])
        self._count += 1

    def _place(self, mark: Any, was: Any, key: str) -> None:
        """Tell a page or link its place in the parent tree, where this file's entries begin."""
        from pypdf.generic import NameObject, NumberObject  # noqa: PLC0415 -- heavy

        if key in was:
            mark[NameObject(key)] = NumberObject(int(was[key]) + self._next)

    def finish(self, language: str) -> None:
        """Write the tree into the catalog."""
        from pypdf.generic import (  # noqa: PLC0415 -- heavy
            ArrayObject,
            BooleanObject,
            DictionaryObject,
            NameObject,
            NumberObject,
            TextStringObject,
        )

        self._root[NameObject("/K")] = ArrayObject([self._document])
        self._root[NameObject("/ParentTree")] = self._writer._add_object(
            DictionaryObject({NameObject("/Nums"): self._parents})
        )
        self._root[NameObject("/ParentTreeNextKey")] = NumberObject(self._next)
        if self._roles:
            self._root[NameObject("/RoleMap")] = self._roles
        if self._ids:
            names = ArrayObject()
            for name in sorted(self._ids):
                names.extend([TextStringObject(name), self._ids[name]])
            self._root[NameObject("/IDTree")] = self._writer._add_object(
                DictionaryObject({NameObject("/Names"): names})
            )
        catalog = self._writer.root_object
        catalog[NameObject("/StructTreeRoot")] = self._root_reference
        catalog[NameObject("/MarkInfo")] = DictionaryObject(
            {NameObject("/Marked"): BooleanObject(value=True)}
        )
        catalog[NameObject("/Lang")] = TextStringObject(language)

    def _element(self, kind: str, parent: Any) -> Any:
        from pypdf.generic import DictionaryObject, NameObject  # noqa: PLC0415 -- heavy

        element = DictionaryObject(
            {
                NameObject("/S"): NameObject(f"/{kind}"),
                NameObject("/P"): parent,
            }
        )
        return self._writer._add_object(element)

    def _kids(self, element: Any) -> Any:
        from pypdf.generic import ArrayObject, NameObject  # noqa: PLC0415 -- heavy

        return element.get_object().setdefault(NameObject("/K"), ArrayObject())


def _number(item: Any) -> int:
    """Return the number of an object, or of what names it."""
    number: int = getattr(item, "idnum", None) or item.indirect_reference.idnum
    return number


def _entries(tree: Any) -> list[tuple[int, Any]]:
    """Return the entries of a number tree."""
    found: list[tuple[int, Any]] = []
    waiting = [tree] if tree is not None else []
    while waiting:
        node = waiting.pop().get_object()
        numbers = node.get("/Nums", [])
        found.extend(
            (int(numbers[place]), numbers[place + 1]) for place in range(0, len(numbers) - 1, 2)
        )
        waiting.extend(node.get("/Kids", []))
    return sorted(found, key=lambda entry: entry[0])
