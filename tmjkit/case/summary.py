"""The few words about a case that a list shows, from what the case records."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from tmjkit.case.choice import Choice
from tmjkit.case.dates import PartialDate
from tmjkit.case.handling import closed_by, owner_of
from tmjkit.case.insurance import Decision, Level, Outcome

if TYPE_CHECKING:
    from tmjkit.case.case import Case


class Stage(Choice):
    """How far a case has come."""

    COLLECTING = "collecting", "Collecting"
    READY = "ready", "Ready to request"
    REQUESTED = "requested", "Requested"
    DENIED = "denied", "Denied"
    APPEALING = "appealing", "Appealing"
    EXTERNAL = "external", "In external review"
    APPROVED = "approved", "Approved"
    REAUTHORIZATION = "reauthorization", "Re-authorization due"
    CLOSED = "closed", "Closed"


OUT_OF_DATE: Final = "0001-01-01"
"""The `changes_on` of a summary that knows no day: the rules have to make it anew."""


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """What a list shows of a case, and what tells its patient from another's.

    All are texts, dates as YYYY-MM-DD or empty.

    Parameters
    ----------
    name, payer, stage
        The patient's name, the first payer, and the code of a `Stage`.
    next_duty, next_due
        What is open and due next, and its safe last day.
    birth_date, member_ids
        What a letter is held against; one member id on each line.
    owner
        Who looks after the case; empty for nobody.
    readiness
        How many facts the next step lacks, "0" for ready; empty where that has no meaning.
    payer_due
        Day until which the other side owes its next answer.
    changes_on
        First day on which the summary can change without a save; empty for never.
    next_whose
        Whose duty the next one is: "ours" or "theirs"; empty where there is none.
    basis
        What it was made from besides the case, as a digest; empty for nothing that can change.
    outcomes
        One line for each decision and appeal, as `outcome_lines` writes them.
    """

    name: str
    payer: str
    stage: str
    next_duty: str
    next_due: str
    birth_date: str
    member_ids: str
    owner: str = ""
    readiness: str = ""
    payer_due: str = ""
    changes_on: str = ""
    next_whose: str = ""
    basis: str = ""
    outcomes: str = ""


def summarize(case: "Case") -> CaseSummary:
    """Sum a case up from its records alone.

    The next duty is the earliest open one that is written down: a task, an appeal with its last
    day, a promise. Deadlines that follow from the law are not computed here, nor what depends on
    the day: `changes_on` says that the rules have to look at it.
    """
    first = min(case.coverages, key=lambda coverage: coverage.rank, default=None)
    reached = stage(case)
    duties = sorted(_duties(case)) if reached is not Stage.CLOSED else []
    due, duty, whose = duties[0] if duties else (None, "", "")
    return CaseSummary(
        name=case.patient.name,
        payer=first.payer if first else "",
        stage=reached.value,
        next_duty=duty,
        next_due=due.isoformat() if due else "",
        birth_date=str(case.patient.birth_date or ""),
        member_ids="\n".join(item.member_id for item in case.coverages if item.member_id),
        owner=owner_of(case.handling),
        changes_on=OUT_OF_DATE,
        next_whose=whose,
        outcomes="\n".join(outcome_lines(case)),
    )


SENT: Final = "sent"
NOT_SENT: Final = "not-sent"


def outcome_lines(case: "Case") -> Iterator[str]:
    """Yield a line for each decision and each appeal: what it is, its level, and how it ended.

    The words are codes: "decision" or "appeal", a `Level`, and a `Decision` or an `Outcome`. An
    appeal without an outcome ends in `SENT` or `NOT_SENT`.
    """
    for one in case.determinations:
        yield f"decision {one.level.value} {one.decision.value}"
    for appeal in case.appeals:
        waiting = SENT if appeal.sent else NOT_SENT
        ended = appeal.outcome.value if appeal.outcome is not None else waiting
        yield f"appeal {appeal.level.value} {ended}"


def stage(case: "Case") -> Stage:
    """Tell how far the case has come: what was sent or decided last.

    A closed case stays closed, whatever comes in, until somebody opens it again. Whether a case is
    ready or a re-authorization is due depends on the day; `tmjkit.rules.summarize` tells.
    """
    return Stage.CLOSED if closed_by(case.handling) else progress(case)


def progress(case: "Case") -> Stage:
    """Tell what was sent or decided last, whether the case is closed or not.

    Events without a date count as older than dated ones, in the order they are written down.
    """
    unknown = PartialDate(1880)
    sent = [item.sent for item in case.requests] + [item.sent for item in case.claims]
    events = [(day, Stage.REQUESTED) for day in sent if day]
    for decision in case.determinations:
        day = decision.received_date or decision.notice_date or unknown
        if decision.decision is Decision.APPROVAL:
            events.append((day, Stage.APPROVED))
        elif decision.adverse:
            events.append((day, Stage.DENIED))
    for appeal in case.appeals:
        if appeal.sent:
            outside = appeal.level in (Level.EXTERNAL, Level.FAIR_HEARING)
            events.append((appeal.sent, Stage.EXTERNAL if outside else Stage.APPEALING))
        if appeal.outcome is Outcome.OVERTURNED:
            events.append((appeal.decided or appeal.sent or unknown, Stage.APPROVED))
        elif appeal.outcome in (Outcome.UPHELD, Outcome.PARTLY_OVERTURNED):
            events.append((appeal.decided or appeal.sent or unknown, Stage.DENIED))
    # sorted() is stable, so of events on one day the one written down last counts.
    return sorted(events, key=lambda event: event[0])[-1][1] if events else Stage.COLLECTING


def _duties(case: "Case") -> list[tuple[date, str, str]]:
    tasks = [(task.due, task.title, "ours") for task in case.tasks if task.open and task.due]
    appeals = [
        (appeal.due, f"Send: {appeal.level.label}", "ours")
        for appeal in case.appeals
        if appeal.due and not appeal.sent
    ]
    promises = [
        (contact.promised_by, f"Follow up: {contact.promised or contact.organization}", "theirs")
        for contact in case.contacts
        if contact.promised_by and contact.kept is None
    ]
    return tasks + appeals + promises
