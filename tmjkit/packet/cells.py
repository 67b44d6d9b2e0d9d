"""Cells of the packet's tables, as data for `templates/typst/packet-table.typ`."""

from typing import Any

Piece = dict[str, Any]
Line = list[Piece]
Cell = list[Line]


def piece(
    text: str, *, bold: bool = False, soft: bool = False, to: str = "", url: str = ""
) -> Piece:
    """Return some words: `to` is a place in the packet, `url` one outside it."""
    return {"text": text, "bold": bold, "soft": soft, "to": to, "url": url}


def line(text: str, *, bold: bool = False, to: str = "", url: str = "") -> Line:
    """Return a line of one piece."""
    return [piece(text, bold=bold, to=to, url=url)]


def soft(text: str) -> Line:
    """Return a line in small, soft letters."""
    return [piece(text, soft=True)]


def lines(*given: Line) -> Cell:
    """Return a cell of the lines that hold words."""
    return [item for item in given if any(part["text"] for part in item)]


def spot(key: str, page: int = 1) -> str:
    """Return the address of a page of a part, such as 'exhibit-b:2'; merging leads it there."""
    return f"{key}:{page}"
