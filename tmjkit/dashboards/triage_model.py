"""A denial as it is looked at: its triage, what its notice lacks, the ways with their last days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from tmjkit.case import Case, Determination
from tmjkit.rules import Deadline, Finding, Status
from tmjkit.rules.assessment import CaseAssessment
from tmjkit.rules.triage import Opening, Route, Triage, Way, open_denials

_CLOCKS: Final[dict[Route, tuple[str, ...]]] = {
    Route.CORRECTED_CLAIM: ("deadline.claim",),
    Route.SEND_INFORMATION: ("deadline.cure",),
    Route.INTERNAL: ("deadline.internal-appeal", "deadline.appeal-as-stated"),
    Route.SECOND_INTERNAL: ("deadline.next-appeal",),
    Route.EXTERNAL: ("deadline.external-review",),
    Route.FAIR_HEARING: ("deadline.fair-hearing",),
}
"""The clocks in which the last day of a way stands; other ways have none on record."""

_LACKING: Final = ("missing.", "note.dismissal")


@dataclass(frozen=True, slots=True)
class WayShown:
    """A way against a denial, with its clock where one is on record."""

    way: Way
    clock: Deadline | None


@dataclass(frozen=True, slots=True)
class Denial:
    """One adverse decision with what the rules say of it.

    Parameters
    ----------
    record, found
        The decision and its triage.
    stands
        Whether it still stands: not set right, and not replaced by the decision on its appeal.
    lacking
        What the notice lacks, or what of it is not entered.
    ways
        The ways of all classes, each once, the open ones first.
    letters
        Kinds of letters that come next, with what each does.
    """

    record: Determination
    found: Triage
    stands: bool
    lacking: tuple[Finding, ...]
    ways: tuple[WayShown, ...]
    letters: tuple[tuple[str, str], ...]


def denials(case: Case, assessment: CaseAssessment) -> tuple[Denial, ...]:
    """Return every adverse decision of the case: those that stand first, then in their order."""
    standing = {one.id for one in open_denials(case)}
    triages = {one.determination_id: one for one in assessment.triages}
    found = [
        _denial(record, triages[record.id], assessment, stands=record.id in standing)
        for record in case.determinations
        if record.adverse and record.id in triages
    ]
    return tuple(sorted(found, key=lambda one: not one.stands))


def _denial(
    record: Determination, found: Triage, assessment: CaseAssessment, *, stands: bool
) -> Denial:
    lacking = tuple(
        item
        for item in assessment.findings
        if record.id in item.records and item.rule.startswith(_LACKING)
    )
    letters = {
        one.letter.kind: one.letter.says for one in reversed(found.classes) if one.letter.kind
    }
    return Denial(
        record,
        found,
        stands,
        lacking,
        _ways(found, record, assessment.deadlines),
        tuple(reversed(letters.items())),
    )


def _ways(
    found: Triage, record: Determination, deadlines: Sequence[Deadline]
) -> tuple[WayShown, ...]:
    """Return each way once, as the class says it that holds it for most open."""
    order = list(Opening)
    best: dict[Route, Way] = {}
    for way in (way for one in found.classes for way in one.ways):
        held = best.get(way.route)
        if held is None or order.index(way.opening) < order.index(held.opening):
            best[way.route] = way
    shown = sorted(best.values(), key=lambda way: order.index(way.opening))
    return tuple(WayShown(way, _clock(way.route, record, deadlines)) for way in shown)


def _clock(route: Route, record: Determination, deadlines: Sequence[Deadline]) -> Deadline | None:
    about = {record.id} | ({record.about_id} if record.about_id else set())
    found = [
        item
        for item in deadlines
        if item.rule in _CLOCKS.get(route, ()) and about.intersection(item.records)
    ]
    return min(found, key=lambda item: (not item.open, item.safe_date or date.max), default=None)


def last_day(clock: Deadline | None) -> str:
    """Say until when a way can be gone, as far as a rule on record tells."""
    if clock is None:
        return "No day on record"
    if clock.status is Status.MET:
        return "Done in time"
    if clock.status is Status.WAITING:
        return "Its time has not begun"
    if clock.safe_date is None:
        return "Cannot be worked out yet"
    said = f"{clock.safe_date:%B} {clock.safe_date.day}, {clock.safe_date.year}"
    return f"{said} (missed)" if clock.status is Status.MISSED else said
