"""The parts of a packet as pages, before they are put together."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from tmjkit.case import Case, Document, DocumentKind
from tmjkit.charts.paper import clean
from tmjkit.letters.typeset import typeset
from tmjkit.packet.citing import Citing, exhibit_key, numbers_words
from tmjkit.packet.documents import Pages
from tmjkit.packet.model import PacketExhibit
from tmjkit.packet.opening import read_pdf
from tmjkit.packet.options import Limits
from tmjkit.packet.plan import PartKind

if TYPE_CHECKING:
    from tmjkit.charts import Chart
    from tmjkit.letters import Exhibit, Letter

WATERMARK: Final = "DRAFT"


@dataclass(frozen=True)
class Part:
    """A part of the packet.

    Parameters
    ----------
    kind
        What it is.
    name
        What its stamps call it, such as 'Exhibit B'.
    bookmark
        What its bookmark says.
    pages
        Its pages, without a slip sheet.
    sha256
        Digest of its source: the document's file, or the pages that were set.
    slip
        The sheet before its pages, or in their place.
    exhibit
        What is told of it, where it is an exhibit.
    about
        The line on its first page that says what it is.
    texts
        The words of its pages, where they are pictures and somebody gave the words.
    """

    kind: PartKind
    name: str
    bookmark: str
    pages: tuple[Pages, ...]
    sha256: str
    slip: Pages | None = None
    exhibit: PacketExhibit | None = None
    about: str = ""
    texts: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What links call it."""
        return exhibit_key(self.exhibit.label) if self.exhibit else self.kind.value

    @property
    def where(self) -> str:
        """What an error calls it: label and opaque id, never a title."""
        return f"{self.name} ({self.exhibit.document_id})" if self.exhibit else self.name

    @property
    def count(self) -> int:
        """Number of its pages, without the slip sheet."""
        return sum(len(pages.reader.pages) for pages in self.pages)

    @property
    def slips(self) -> int:
        """Number of its slip sheets."""
        return len(self.slip.reader.pages) if self.slip else 0

    @property
    def sheets(self) -> int:
        """Number of its pages, with the slip sheet."""
        return self.count + self.slips


def own_part(kind: PartKind, data: bytes, *, bookmark: str = "") -> Part:
    """Return a part of pages that tmjkit set, tagged and with room for the stamp."""
    pages = Pages(read_pdf(data, kind.label, Limits()), own=True)
    return Part(
        kind, kind.label, bookmark or kind.label, (pages,), hashlib.sha256(data).hexdigest()
    )


def table_part(
    kind: PartKind, letter: "Letter", sections: Sequence[dict[str, Any]], note: str = ""
) -> Part:
    """Return a part of tables."""
    data = {
        "title": f"{letter.title}: {kind.label.lower()}",
        "sections": list(sections),
        "note": note,
        "watermark": WATERMARK if letter.draft else None,
    }
    return own_part(kind, typeset("packet-table", data))


def chart_part(kind: PartKind, case: Case, today: date, *, draft: bool) -> Part | None:
    """Return a chart's pages, or None where nothing would stand on it."""
    charts = _charts(kind, case, today)
    if charts[0].table.empty:
        return None
    data = {
        "title": kind.label,
        "charts": [
            {"svg": chart.svg(), "alt": chart.alt, "wide": chart.size[0], "high": chart.size[1]}
            for chart in charts
        ],
        "watermark": WATERMARK if draft else None,
    }
    return own_part(kind, typeset("packet-chart", data))


def _charts(kind: PartKind, case: Case, today: date) -> "tuple[Chart, ...]":
    from tmjkit.charts import response_chart, timeline_pages  # noqa: PLC0415 -- matplotlib is heavy

    if kind is PartKind.RESPONSE:
        return (response_chart(case, today=today, wide=7.5),)
    return timeline_pages(case, today=today)


def exhibit_part(
    exhibit: "Exhibit",
    document: Document,
    pages: Pages | str,
    cited: Sequence[Citing],
    *,
    slip: bool,
    draft: bool,
    texts: tuple[str, ...] = (),
) -> Part:
    """Return an exhibit; `pages` is the reason where it is sent separately."""
    name, title = f"Exhibit {exhibit.label}", clean(exhibit.title)
    reason = pages if isinstance(pages, str) else ""
    found = (pages,) if isinstance(pages, Pages) else ()
    count = sum(len(item.reader.pages) for item in found)
    shown = PacketExhibit(
        label=exhibit.label,
        document_id=document.id,
        title=exhibit.title,
        kind="" if document.kind is DocumentKind.OTHER else document.kind.label,
        date=document.date.words() if document.date else "",
        cited=exhibit.pages,
        pages=count,
        start=0,
        reason=reason,
    )
    sheet = _slip(shown, title, cited, draft=draft) if slip or reason else None
    return Part(
        PartKind.EXHIBIT,
        name,
        f"{name}: {title}",
        found,
        document.sha256,
        slip=sheet,
        exhibit=shown,
        about="" if sheet else _about(shown, title, tuple(cited)),
        texts=texts,
    )


def _about(shown: PacketExhibit, title: str, cited: tuple[Citing, ...]) -> str:
    """Say in a line what an exhibit is, how long, and which sentences cite it."""
    count = "1 page" if shown.pages == 1 else f"{shown.pages} pages"
    numbers = numbers_words(shown.label, cited)
    what = title if len(title) <= _TITLE else f"{title[:_TITLE].rstrip()}…"
    day = "" if shown.date in title else shown.date
    return " · ".join(
        part for part in (what, day, count, f"cited in {numbers}" if numbers else "") if part
    )


_TITLE: Final = 90  # characters of a document's name on the line of its first page


def _slip(shown: PacketExhibit, title: str, cited: Sequence[Citing], *, draft: bool) -> Pages:
    said = [item for item in cited if any(label == shown.label for label, _ in item.where)]
    count = "1 page" if shown.pages == 1 else f"{shown.pages} pages"
    facts = (shown.kind, shown.date, "" if shown.reason else count)
    data = {
        "title": f"Exhibit {shown.label}",
        "label": shown.label,
        "name": title,
        "facts": ", ".join(fact for fact in facts if fact),
        "reason": shown.reason,
        "cited": [
            {
                "number": item.number,
                "text": item.text,
                "pages": ", ".join(
                    str(page)
                    for label, pages in item.where
                    if label == shown.label
                    for page in pages
                ),
            }
            for item in said
        ],
        "watermark": WATERMARK if draft else None,
    }
    where = f"Exhibit {shown.label} ({shown.document_id})"
    return Pages(read_pdf(typeset("packet-slip", data), where, Limits()), own=True)
