"""What letters of public programs can read beside the picture and what every appeal has.

Sources, as the knowledge base has them: 42 CFR 438.402, 438.408, 438.410 and 438.420; 42 CFR
441.50; 42 CFR 422.582, 422.584, 422.590; 42 CFR 423.578; 42 CFR 431.221, 431.231 and 431.242.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from tmjkit.case import (
    HCPCS,
    Case,
    DocumentKind,
    DocumentSource,
    PartialDate,
    Patient,
    Urgency,
)
from tmjkit.letters.kinds.appeals_context import of_appeal
from tmjkit.letters.kinds.public_fits import overdue
from tmjkit.letters.situation import Situation, Voice
from tmjkit.letters.value import Value
from tmjkit.letters.view import View, date_words, value, view
from tmjkit.rules import Deadline, Status, deadlines
from tmjkit.rules.deadlines.standing import against

_FILING: Final = frozenset(
    {"deadline.internal-appeal", "deadline.next-appeal", "deadline.fair-hearing"}
)
_ADULT: Final = 21
# Books that list uses of drugs; a paper in the case counts as one only by its name.
_COMPENDIA: Final = ("compendi", "drugdex", "micromedex", "ahfs")


def medicaid(situation: Situation) -> Mapping[str, Any]:
    """Add the last day, whether benefits are asked to go on, and what holds for the young."""
    return {**_shared(situation), **_continuing(situation), "young": _young(situation)}


def hearing(situation: Situation) -> Mapping[str, Any]:
    """Add to that the appeal that the plan did not answer in time (`missed`)."""
    late = overdue(situation)
    shared = _shared(situation, late)
    if late:
        shared = {**shared, "time_rules": situation.law.those("A-MCO-FH")}
    return {
        **shared,
        **_continuing(situation),
        "young": _young(situation),
        "missed": _missed(situation, late) if late else (),
        "reinstate": _reinstate(situation),
    }


def medicare(situation: Situation) -> Mapping[str, Any]:
    """Add the last day, the plan's own times, and what the record holds of a compendium."""
    return {
        **_shared(situation),
        "their_time": situation.law.those(_their_time(situation)),
        "compendia": _compendia(situation.case),
    }


def exception(situation: Situation) -> Mapping[str, Any]:
    """Add whether it is urgent, and what the record holds of a compendium."""
    return {"urgent": _urgent(situation), "compendia": _compendia(situation.case)}


def _shared(situation: Situation, opened: Deadline | None = None) -> Mapping[str, Any]:
    """Return what each of these letters has; `opened` is the clock that a late plan began."""
    clock = opened or _filing(situation)
    day = clock.last_day if clock else None
    facts = clock.facts if clock else ()
    return {
        **of_appeal(situation),
        "last_day": _day(day, clock) if clock and day else "",
        "time_rules": situation.law.those(*facts),
        "late": clock is not None and clock.status is Status.MISSED,
        "urgent": _urgent(situation),
    }


def _filing(situation: Situation) -> Deadline | None:
    """Return the clock for sending the letter; None where there is no decision."""
    denial = situation.denial
    if denial is None:
        return None
    found = deadlines(situation.case, situation.today, knowledge=situation.known.facts)
    return next(
        (item for item in found if item.rule in _FILING and item.records[:1] == (denial.id,)), None
    )


def _day(day: dt.date, clock: Deadline) -> Value:
    return Value(date_words(PartialDate.of(day)), clock.records, clock.facts)


def _urgent(situation: Situation) -> bool:
    """Tell whether the request was recorded as expedited; a payment never is."""
    return situation.request is not None and situation.request.urgency is Urgency.EXPEDITED


def _young(situation: Situation) -> tuple[View, ...]:
    """Return what holds for people under 21, where the date of birth says so for sure."""
    if not under_age(situation.case.patient, situation.today):
        return ()
    return situation.law.those("F-EPSDT", "F-MCO-UNDER21")


def under_age(patient: Patient, today: dt.date) -> bool:
    """Tell whether the patient certainly is under 21; an open date counts as the earliest."""
    if patient.birth_date is None:
        return False
    born = patient.birth_date.earliest
    return (today.year - born.year, today.month, today.day) < (_ADULT, born.month, born.day)


def _continuing(situation: Situation) -> Mapping[str, Any]:
    """Say whether it is asked that benefits go on, and until when that can be asked.

    `continuing` is 'asked' where the appeal in the case says so, 'choice' where the patient has
    still to choose, and empty where there is no cut of an approved course, the time for it is over,
    or a provider speaks: the risk of paying back is the member's.
    """
    denial = situation.denial
    nothing: Mapping[str, Any] = {"continuing": "", "continuing_by": "", "continuing_rules": ()}
    if denial is None or not denial.ends_course or situation.voice is Voice.CLINICIAN:
        return nothing
    found = deadlines(situation.case, situation.today, knowledge=situation.known.facts)
    clock = next(
        (
            item
            for item in found
            if item.rule == "deadline.continue-benefits" and item.records[:1] == (denial.id,)
        ),
        None,
    )
    if clock is None or clock.status is not Status.RUNNING or clock.last_day is None:
        return nothing
    asked = any(item.continues_benefits for item in against(situation.case, denial))
    return {
        "continuing": "asked" if asked else "choice",
        "continuing_by": _day(clock.last_day, clock),
        "continuing_rules": situation.law.those("A-MCO-CONT"),
    }


def _reinstate(situation: Situation) -> tuple[View, ...]:
    """Return the rule on restored services under fee for service, within its 10 days only."""
    denial = situation.denial
    if denial is None or not denial.ends_course or denial.effective is None:
        return ()
    if situation.today > denial.effective.earliest + dt.timedelta(days=10):
        return ()
    return situation.law.those("A-FFS-REINSTATE")


def _missed(situation: Situation, late: Deadline) -> tuple[View, ...]:
    appeals = {item.id: item for item in situation.case.appeals}
    found = next((appeals[name] for name in late.records if name in appeals), None)
    if found is None or late.trigger_date is None:
        return ()
    ended = Value(date_words(late.trigger_date), late.records, late.facts)
    expedited = found.urgency is Urgency.EXPEDITED
    rules = situation.law.those("A-MCO-DEC-EXP" if expedited else "A-MCO-DEC", *late.facts)
    place = situation.case.appeals.index(found) + 1
    return (view(found, "appeals", place).with_fields(ended=ended, rules=rules),)


def _their_time(situation: Situation) -> str:
    """Return the fact that gives the plan's own time for this reconsideration."""
    asked = situation.subject.asked
    if situation.claim is not None:
        return "A-MA-DEC-PAY"
    if _urgent(situation):
        return "A-MA-DEC-EXP"
    drug = any(line.code in HCPCS.values() for line in asked.lines) if asked else False
    return "A-MA-DEC-PARTB" if drug else "A-MA-DEC-SERVICE"


def _compendia(case: Case) -> tuple[View, ...]:
    """Return the papers of the case that are pages of a compendium; none is ever supposed."""
    return tuple(
        View(
            "document",
            {"name": value(item.name, item)},
            (item.model_copy(update={"sources": (DocumentSource(document_id=item.id),)}),),
        )
        for item in case.documents
        if item.kind in (DocumentKind.ARTICLE, DocumentKind.OTHER)
        and any(word in item.name.casefold() for word in _COMPENDIA)
    )
