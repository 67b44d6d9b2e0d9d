"""The step-therapy ledger: what was tried for the jaw, in the order of time.

One row for each treatment and injection session, with how long it certainly and possibly lasted,
and what a reviewer would ask about: times without any care, two courses of the same kind at once,
a result that is recorded for what has not begun.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import Any, Final

from tmjkit.case import BotulinumSession, Case, PartialDate, StopReason, Treatment, source_words
from tmjkit.rules.model import Finding, Severity
from tmjkit.rules.spans import Block, Span, day_span, length, merged, span

GAP_DAYS: Final = 90
"""A longer time without care is told. Three months of care are the least that reviewers commonly
ask for (fact D-CRIT-2), so a break as long as that is one that they can see."""

_OVERLAP_DAYS: Final = 1  # the day on which one course ends and the next begins
_SESSION_DAYS: Final = 84  # 12 weeks: the least interval that policies name (fact D-CRIT-4)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One treatment or injection session.

    Parameters
    ----------
    record
        Id of the record.
    kind, label
        Code of the kind of treatment (`botulinum-toxin` for a session), and what it was in words.
    start, end
        First and last day as they are recorded.
    ongoing
        Whether it goes on.
    span
        The days on which it certainly and possibly went on, up to the day of the ledger.
    sessions
        Number of sessions, where recorded.
    adherence, response, stop_reason
        What the record says, in words; empty where it says nothing.
    source
        Where it is written, in words.
    documented
        Whether it has a source at all.
    """

    record: str
    kind: str
    label: str
    start: PartialDate | None
    end: PartialDate | None
    ongoing: bool
    span: Span
    sessions: int | None
    adherence: str
    response: str
    stop_reason: str
    source: str
    documented: bool

    @property
    def period(self) -> str:
        """When it was, in words."""
        return period(self.start, self.end, ongoing=self.ongoing)

    @property
    def days(self) -> str:
        """How long it lasted, in words; as a range where the dates leave it open."""
        certain, possible = self.span.days
        if self.span.possible is None:
            return "not begun"
        if self.start is None or not (self.end or self.ongoing):
            return f"at least {certain} days" if certain else "not known"
        if certain == possible:
            return "1 day" if certain == 1 else f"{certain} days"
        return f"{max(certain, 1)} to {possible} days"

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold."""
        certain, possible = self.span.days
        bounded = self.start is not None
        return {
            "record": self.record,
            "kind": self.kind,
            "label": self.label,
            "period": self.period,
            "start": str(self.start) if self.start else None,
            "end": str(self.end) if self.end else None,
            "ongoing": self.ongoing,
            "days_certain": certain,
            "days_possible": possible if bounded else None,
            "sessions": self.sessions,
            "adherence": self.adherence,
            "response": self.response,
            "stop_reason": self.stop_reason,
            "source": self.source,
            "documented": self.documented,
        }


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every row, oldest first, and what a reviewer would ask about.

    Parameters
    ----------
    rows
        The rows; what has no date comes last.
    gaps
        Times longer than `GAP_DAYS` in which, on every reading of the dates, no care went on.
    overlaps
        Ids of two courses of one kind, with the days on which both certainly went on.
    too_early
        Ids of treatments with a result that have certainly not begun.
    """

    rows: tuple[LedgerRow, ...]
    gaps: tuple[Block, ...]
    overlaps: tuple[tuple[str, str, Block], ...]
    too_early: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold."""
        return {
            "rows": [row.as_json() for row in self.rows],
            "gaps": [_block_json(gap) for gap in self.gaps],
            "overlaps": [
                {"records": [one, other], **_block_json(block)}
                for one, other, block in self.overlaps
            ],
            "too_early": list(self.too_early),
        }


def ledger(case: Case, today: date) -> Ledger:
    """Return what was tried for the jaw up to a day."""
    names = {document.id: document.name for document in case.documents}
    rows = [
        *(_treatment(item, today, names) for item in case.jaw_treatments),
        *(_session(item, today, names) for item in case.jaw_sessions),
    ]
    rows.sort(key=lambda row: (row.start or row.end or PartialDate(9999)).range)
    return Ledger(
        rows=tuple(rows),
        gaps=tuple(_gaps(rows, today)),
        overlaps=tuple(_overlaps(rows)),
        too_early=tuple(
            row.record
            for row in rows
            if (row.response or row.stop_reason)
            and row.stop_reason != StopReason.CONTRAINDICATED.label
            and (row.span.possible is None or row.sessions == 0)
        ),
    )


def ledger_findings(found: Ledger) -> Iterator[Finding]:
    """Yield `criteria.ledger-gap`, `criteria.ledger-overlap` and `criteria.ledger-order`."""
    labels = {row.record: row.label for row in found.rows}
    for first, last in found.gaps:
        yield Finding(
            "criteria.ledger-gap",
            Severity.WEAK,
            f"No care for the jaw is recorded from {_day(first)} to {_day(last)} "
            f"({length((first, last))} days)",
            "A reviewer may ask why nothing was tried then, or say that care did not go on.",
            "If something was tried in that time, also at home, enter it under Treatments. If not, "
            "the clinician says why.",
            facts=("D-CRIT-2",),
        )
    for one, other, (first, last) in found.overlaps:
        yield Finding(
            "criteria.ledger-overlap",
            Severity.WEAK,
            f"Two courses of the same kind at once: {labels[one]} and {labels[other]}, "
            f"{_day(first)} to {_day(last)}",
            "It may be one course that was entered twice. Days in common are counted once.",
            "Look at the sources under Treatments; remove one where both are the same course.",
            records=(one, other),
            facts=("D-CRIT-2",),
        )
    for record in found.too_early:
        yield Finding(
            "criteria.ledger-order",
            Severity.WEAK,
            f"A result is recorded for what has not begun: {labels[record]}",
            "What was not tried yet can't have failed; the dates or the result are wrong.",
            "Look at the source and correct the dates, the number of sessions or the result.",
            records=(record,),
            facts=("D-CRIT-2",),
        )


def period(start: PartialDate | None, end: PartialDate | None, *, ongoing: bool = False) -> str:
    """Return a time in words: 'February 4 to May 6, 2025', 'since May 2024', 'no dates'."""
    if start and ongoing:
        return f"since {start.words()}"
    if start and end:
        if start == end:
            return start.words()
        first, last = start.words(), end.words()
        if start.year == end.year and start.month:
            first = first.removesuffix(f", {start.year}").removesuffix(f" {start.year}")
        return f"{first} to {last}"
    if start:
        return f"from {start.words()}, end not recorded"
    if end:
        return f"until {end.words()}, start not recorded"
    return "goes on, start not recorded" if ongoing else "no dates"


def _treatment(item: Treatment, today: date, names: dict[str, str]) -> LedgerRow:
    return LedgerRow(
        record=item.id,
        kind=item.kind.value,
        label=item.label,
        start=item.start,
        end=item.end,
        ongoing=item.ongoing,
        span=span(item, today),
        sessions=item.sessions,
        adherence=item.adherence.label if item.adherence else "",
        response=item.response.label if item.response else "",
        stop_reason=item.stop_reason.label if item.stop_reason else "",
        source=source_words(item, names),
        documented=item.documented,
    )


def _session(item: BotulinumSession, today: date, names: dict[str, str]) -> LedgerRow:
    return LedgerRow(
        record=item.id,
        kind="botulinum-toxin",
        label=item.label,
        start=item.date,
        end=item.date,
        ongoing=False,
        span=day_span(item.date, 1, today),
        sessions=None,
        adherence="",
        response=item.response.label if item.response else "",
        stop_reason="",
        source=source_words(item, names),
        documented=item.documented,
    )


def _covered(row: LedgerRow, today: date) -> Block | None:
    """Return the days that a row may cover: an injection works on for weeks."""
    if row.kind == "botulinum-toxin":
        return day_span(row.start, _SESSION_DAYS, today).possible
    return row.span.possible


def _gaps(rows: Sequence[LedgerRow], today: date) -> Iterator[Block]:
    day = timedelta(days=1)
    blocks = merged(_covered(row, today) for row in rows)
    if blocks:
        # The last block ends today where nobody recorded an end: nothing certain can be said.
        blocks.append((today + day, today + day))
    for (_, before), (after, _) in pairwise(blocks):
        gap = (before + day, after - day)
        if length(gap) > GAP_DAYS:
            yield gap


def _overlaps(rows: Sequence[LedgerRow]) -> Iterator[tuple[str, str, Block]]:
    for one, other in combinations(rows, 2):
        a, b = one.span.certain, other.span.certain
        if one.kind != other.kind or a is None or b is None or one.kind == "other":
            continue
        both = (max(a[0], b[0]), min(a[1], b[1]))
        if length(both) > _OVERLAP_DAYS:
            yield one.record, other.record, both


def _block_json(block: Block) -> dict[str, str]:
    return {"from": block[0].isoformat(), "to": block[1].isoformat()}


def _day(day: date) -> str:
    return PartialDate.of(day).words()
