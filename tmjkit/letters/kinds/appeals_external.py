"""The request for a review outside the plan."""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from tmjkit.case import (
    Benefit,
    Case,
    Determination,
    DocumentSource,
    Level,
    ReasonKind,
    Urgency,
)
from tmjkit.knowledge import Regime
from tmjkit.letters import choose
from tmjkit.letters.gap import Gap, LetterError
from tmjkit.letters.kinds.appeals_chain import (
    NEXT_STEP,
    TWO,
    asks_twice,
    chain,
    reasoned,
    subject,
)
from tmjkit.letters.kinds.appeals_clock import OPENS, clocks, day_of, missed, review_clock
from tmjkit.letters.kinds.appeals_context import of_appeal
from tmjkit.letters.kinds.appeals_process import RULES, Rules, addresses, process_of
from tmjkit.letters.kinds.appeals_urgent import certified
from tmjkit.letters.kinds.model import FITS, Fit, later, never
from tmjkit.letters.situation import Situation, Subject
from tmjkit.letters.view import View, missing, view
from tmjkit.rules import Deadline, Status, standing
from tmjkit.rules.deadlines.standing import TO_THE_PAYER, against, dated, sent_first
from tmjkit.rules.triage import open_denials

_LIMITS: Final = ("A-APP-", "A-CA-WAIT", "A-NY-UR")
"""Facts that limit the plan's decision on an appeal."""

_OPEN: Final = (Status.RUNNING, Status.CANNOT_START)
_LEVELS: Final = (Level.INITIAL, *TO_THE_PAYER)
_JUDGED: Final = frozenset(
    {
        ReasonKind.EXPERIMENTAL,
        ReasonKind.NOT_MEDICALLY_NECESSARY,
        ReasonKind.STEP_THERAPY,
        ReasonKind.QUANTITY,
    }
)


def pick(case: Case, today: dt.date, about: str | None, coverage_id: str | None) -> Subject:  # noqa: ARG001
    """Choose the decision of the plan that is reviewed: of the highest level, then the latest.

    Raises
    ------
    LetterError
        When the id is not that of a decision of the plan that denies.
    """
    if about is not None:
        found = choose.record(case, about, Determination)
        if not found.adverse or found.level not in _LEVELS:
            raise LetterError(f"{about} is not a decision of the plan that denies")
        return subject(case, found, coverage_id)
    still = [item for item in open_denials(case) if item.level in _LEVELS]
    known = still or [
        item for item in case.determinations if item.adverse and item.level in _LEVELS
    ]
    levels = list(Level)
    first = dt.date.min
    final = max(
        known,
        key=lambda item: (
            levels.index(item.level) if item.level is not Level.RECONSIDERATION else 1,
            day.earliest if (day := dated(item)) else first,
        ),
        default=None,
    )
    return subject(case, final, coverage_id)


def fits(situation: Situation) -> Fit:
    """Tell whether review outside the plan is open.

    Sources: 45 CFR 147.136(a), (c), (d) and the laws of the states, as `rules.deadlines` counts
    them. Where no clock says that it is open, a plan that decides an appeal too late may open it
    (45 CFR 147.136(b)(2)(ii)(F), (b)(3)(ii)(F)).
    """
    reach = _reach(situation)
    if reach is not None:
        return reach
    case, decision = situation.case, situation.denial
    if decision is None:
        return later("no denial is on record yet")
    why = _over(case, decision, situation.today)
    if why:
        return never(why)
    if situation.law.result is None or situation.law.result.regime is None:
        return FITS
    found = clocks(situation)
    late = missed(found, case, decision) is not None
    return FITS if late else _by_clock(review_clock(found, case, decision))


def _over(case: Case, decision: Determination, today: dt.date) -> str:
    """Say why nothing is left to ask for; empty where something is."""
    settled = standing(case, decision, today).settled
    if settled:
        return f"this decision needs no review: {settled}"
    same = chain(case, decision)
    asked = [
        item
        for one in case.determinations
        if one.id in same
        for item in against(case, one)
        if item.level is Level.EXTERNAL
    ]
    return "a request for external review was sent already" if sent_first(asked, today) else ""


def _reach(situation: Situation) -> Fit | None:
    """Say why external review does not reach the plan; None where it may."""
    coverage, law = situation.coverage, situation.law.result
    governs = law.regime if law else None
    if coverage is None or law is None or governs is None:
        return None
    if governs in NEXT_STEP:
        return never(f"this review does not reach the plan: {NEXT_STEP[governs]}")
    if law.grandfathered:
        return never(
            "the plan is recorded as grandfathered, which external review reaches for surprise "
            "bills only; a State's law may give one, and the notice says so",
            "A-GRAND",
        )
    if coverage.benefit is Benefit.DENTAL:
        return never(
            "a dental benefit that stands alone may be excepted from external review: follow what "
            "the final denial says"
        )
    return None


def _by_clock(clock: Deadline | None) -> Fit:
    if clock is None:
        return later("no decision from which external review counts is on record")
    if clock.status is Status.WAITING:
        return later(clock.because or "something else comes first", *clock.facts)
    if clock.status is Status.MISSED:
        return never(
            "the time for it is over as the dates are recorded; where the notice gives a later "
            "day, enter it under Appeals, as external review with its last day",
            *clock.facts,
        )
    if clock.status in (Status.MET, Status.NOT_NEEDED, Status.UNCLEAR):
        return never(clock.because or "it was asked for already", *clock.facts)
    return FITS


def context(situation: Situation) -> Mapping[str, Any]:
    """Add the process that governs, with its rules, and what is new since the final denial.

    `process` is its name, or a gap; `goes_to` where the request goes, empty where to the plan;
    `form`, `scope`, `time`, `decided`, `fast` and `process_rights` are its rules; `judged` whether
    a reason is one of medical judgment; `in_time` whether the clock runs; `late` the appeal that
    the plan decides too late, with `sent`, `due`, `rules` and `opens`; `final` whether the denial
    is the plan's last, a gap where an appeal comes first; `urgent` whether it is to be expedited;
    `new_documents` what is dated after the final denial.
    """
    coverage, law, decision = situation.coverage, situation.law, situation.denial
    process = process_of(coverage, law.result)
    name = "" if isinstance(process, Gap) else process
    rules = RULES.get(name, Rules((), (), ()))
    found = clocks(situation)
    clock = review_clock(found, situation.case, decision) if decision else None
    reasons = reasoned(situation.case, decision)
    kinds = {item.kind for item in reasons.reasons} if reasons else set()
    asked = situation.request
    medical = ("A-EXT-MEDJ",) if kinds - _JUDGED and name in ("federal", "hhs") else ()
    return {
        **of_appeal(situation),
        "to_reviewer": True,
        "process": process if isinstance(process, Gap) else name,
        "goes_to": law.those(*addresses(name, coverage)),
        "form": law.those(*rules.form),
        "scope": law.those(*rules.scope, *medical),
        "time": law.those(*rules.time),
        "decided": law.those(*rules.decided),
        "fast": law.those(*rules.fast),
        "process_rights": law.those(*rules.rights),
        "attested": law.those("A-NY-EXP")
        if name == "NY" and ReasonKind.EXPERIMENTAL in kinds
        else (),
        "experimental": ReasonKind.EXPERIMENTAL in kinds,
        "judged": bool(kinds & _JUDGED),
        "in_time": clock is not None
        and clock.due is not None
        and situation.today <= clock.due.earliest
        and clock.status in _OPEN,
        "late": _late(situation, found),
        "final": _final(situation, clock),
        "urgent": certified(situation)
        or (asked is not None and asked.urgency is Urgency.EXPEDITED),
        "self_funded": law.result is not None and law.result.regime is Regime.ERISA_SELF_FUNDED,
        "new_documents": _new_documents(situation),
    }


def _final(situation: Situation, clock: Deadline | None) -> bool | Gap:
    """Tell whether a denial is the plan's last word; a gap where that is still to come.

    A first denial is never one. Where the law opens the review from it without an appeal, such as
    in California for an experimental treatment, it is reviewed as what it is.
    """
    coverage, decision = situation.coverage, situation.denial
    if decision is not None:
        twice = coverage is not None and asks_twice(coverage, decision)
        if decision.level is not Level.INITIAL and not twice:
            return True
        own = clock is not None and clock.records[:1] == (decision.id,)
        if own and clock is not None and clock.status in _OPEN:
            return False
    return missing(
        "Final denial",
        "Determinations: add the plan's decision on the appeal, once it has come",
        record="determinations",
    )


def _late(situation: Situation, found: tuple[Deadline, ...]) -> View | bool:
    decision = situation.denial
    there = missed(found, situation.case, decision) if decision else None
    coverage = situation.coverage
    twice = coverage is not None and coverage.internal_levels == TWO
    if there is None or decision is None or not (decision.level is Level.INITIAL or twice):
        return False
    appeal, late, opened = there
    due = late.due
    if due is None:
        return False
    sent = appeal.sent or appeal.received
    fields = {
        "sent": day_of(sent, appeal) if sent else (),
        "due": day_of(due.latest, appeal, facts=late.facts),
        "rules": situation.law.those(*(name for name in late.facts if name.startswith(_LIMITS))),
        "opens": situation.law.those(*(name for name in opened.facts if name in OPENS)),
    }
    return View("late appeal", MappingProxyType(fields), (appeal,))


def _new_documents(situation: Situation) -> tuple[View, ...]:
    """Return the papers that are dated after the final denial; citing one cites the paper."""
    day = dated(situation.denial) if situation.denial else None
    if day is None:
        return ()
    cited = {
        source.document_id
        for item in situation.case.determinations
        for source in item.sources
        if isinstance(source, DocumentSource)
    }
    return tuple(
        View(
            "document",
            view(item, "documents").fields,
            (item.model_copy(update={"sources": (DocumentSource(document_id=item.id),)}),),
        )
        for item in situation.case.documents
        if item.date is not None and item.date.earliest > day.latest and item.id not in cited
    )
