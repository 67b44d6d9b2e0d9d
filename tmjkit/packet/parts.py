"""The parts of a packet, and the index that tells where each begins."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from tmjkit.case import Case, Document, DocumentKind, PartialDate
from tmjkit.charts.paper import clean
from tmjkit.letters.typeset import typeset
from tmjkit.packet.documents import Pages, read_pdf
from tmjkit.packet.model import PacketExhibit

if TYPE_CHECKING:
    from tmjkit.letters import Exhibit, Letter

WATERMARK: Final = "DRAFT"
_TIMELINE: Final = "Treatment timeline"
_INDEX: Final = "Index of exhibits"


@dataclass(frozen=True)
class Part:
    """A part of the packet.

    Parameters
    ----------
    name
        What its stamps call it, such as 'Exhibit B'.
    bookmark
        What its bookmark says.
    pages
        Its pages, without a slip sheet.
    slip
        The sheet before its pages, or in their place.
    alts
        Text alternatives of the pages, where they are pictures.
    where
        What an error calls it: label and opaque id, never a title.
    """

    name: str
    bookmark: str
    pages: tuple[Pages, ...]
    slip: Pages | None = None
    alts: tuple[str, ...] = ()
    where: str = ""

    @property
    def count(self) -> int:
        """Number of its pages, without the slip sheet."""
        return sum(len(pages.reader.pages) for pages in self.pages)

    @property
    def sheets(self) -> int:
        """Number of its pages, with the slip sheet."""
        return self.count + (len(self.slip.reader.pages) if self.slip else 0)


def timeline_part(case: Case, today: date) -> Part | None:
    """Return the treatment timeline, or None where the case has nothing for it."""
    from tmjkit.charts import timeline_pages  # noqa: PLC0415 -- matplotlib is heavy

    charts = timeline_pages(case, today=today)
    if charts[0].table.empty:
        return None
    pages = tuple(Pages(read_pdf(chart.pdf(), _TIMELINE)) for chart in charts)
    return Part(_TIMELINE, _TIMELINE, pages, alts=tuple(chart.alt for chart in charts))


def exhibit_part(
    exhibit: "Exhibit", document: Document, pages: Pages | str, *, slip: bool, draft: bool
) -> Part:
    """Return an exhibit; `pages` is the reason where it is sent separately."""
    name, title = f"Exhibit {exhibit.label}", clean(exhibit.title)
    where = f"{name} ({document.id})"
    reason = pages if isinstance(pages, str) else ""
    sheet = None
    if slip or reason:
        data = {
            "title": name,
            "label": exhibit.label,
            "name": title,
            "facts": ", ".join(fact for fact in (_kind(document), _day(document)) if fact),
            "reason": reason,
            "watermark": WATERMARK if draft else None,
        }
        sheet = Pages(read_pdf(typeset("packet-slip", data), where), own=True)
    found = (pages,) if isinstance(pages, Pages) else ()
    return Part(name, f"{name}: {title}", found, slip=sheet, where=where)


def shown(exhibit: "Exhibit", document: Document, part: Part, reason: str) -> PacketExhibit:
    """Return what the packet tells about an exhibit, before its place is known."""
    return PacketExhibit(
        label=exhibit.label,
        document_id=document.id,
        title=exhibit.title,
        kind=_kind(document),
        date=_day(document),
        cited=exhibit.pages,
        pages=part.count,
        start=0,
        reason=reason,
    )


def index(
    letter: "Letter",
    others: Sequence[Part],
    exhibits: Sequence[tuple[Part, PacketExhibit]],
) -> tuple[Part, tuple[PacketExhibit, ...]]:
    """Set the index of a packet.

    Parameters
    ----------
    letter
        The letter.
    others
        The letter's part, and those that come between the index and the exhibits.
    exhibits
        The exhibits' parts with what is told about them.

    Returns
    -------
    part, exhibits
        The index, and the exhibits with the numbers of their pages in the packet.
    """
    length = 1
    while True:  # until its own length agrees with the numbers in it
        rows, placed = _rows(letter, others, exhibits, length)
        data = {
            "title": f"{letter.title}: index of exhibits",
            "subtitle": f"{letter.title}, {PartialDate.of(letter.date).words()}",
            "rows": rows,
            "watermark": WATERMARK if letter.draft else None,
        }
        pages = Pages(read_pdf(typeset("packet-index", data), _INDEX), own=True)
        part = Part(_INDEX, _INDEX, (pages,))
        # Larger numbers never make it shorter, so this ends.
        if part.count <= length:
            return part, placed
        length = part.count


def _rows(
    letter: "Letter",
    others: Sequence[Part],
    exhibits: Sequence[tuple[Part, PacketExhibit]],
    length: int,
) -> tuple[list[dict[str, Any]], tuple[PacketExhibit, ...]]:
    rows, number = [], 1
    for place, part in enumerate(others):
        day = PartialDate.of(letter.date).words() if place == 0 else ""
        row = {"label": "", "title": part.name, "kind": "", "date": day, "pages": part.count}
        rows.append({**row, "start": number, "cited": [], "reason": ""})
        number += part.sheets + (length if place == 0 else 0)
    placed = []
    for part, item in exhibits:
        # Where it is sent separately, the sheet in its place is where to look.
        slip = part.sheets - part.count if part.count else 0
        put = replace(item, start=number + slip)
        cited = [
            {"page": page, "at": put.start + page - 1} for page in put.cited if page <= put.pages
        ]
        row = {"label": put.label, "title": clean(put.title), "kind": put.kind, "date": put.date}
        told = {"pages": put.pages, "start": put.start, "cited": cited, "reason": put.reason}
        rows.append({**row, **told})
        placed.append(put)
        number += part.sheets
    return rows, tuple(placed)


def _kind(document: Document) -> str:
    return "" if document.kind is DocumentKind.OTHER else document.kind.label


def _day(document: Document) -> str:
    return document.date.words() if document.date else ""
