"""The few words about a case that a list shows, from what the case records."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tmjkit.case.choice import Choice
from tmjkit.case.dates import PartialDate
from tmjkit.case.insurance import Decision, Level, Outcome

if TYPE_CHECKING:
    from tmjkit.case.case import Case


class Stage(Choice):
    """How far a case has come."""

    COLLECTING = "collecting", "Collecting"
    REQUESTED = "requested", "Requested"
    DENIED = "denied", "Denied"
    APPEALING = "appealing", "Appealing"
    EXTERNAL = "external", "In external review"
    APPROVED = "approved", "Approved"


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """What a list shows of a case, and what tells its patient from another's.

    All are texts, dates as YYYY-MM-DD or empty; `member_ids` holds one on each line.
    """

    name: str
    payer: str
    stage: str
    next_duty: str
    next_due: str
    birth_date: str
    member_ids: str


def summarize(case: "Case") -> CaseSummary:
    """Sum a case up from its records alone.

    The next duty is the earliest open one that is written down: a task, an appeal with its last
    day, a promise. Deadlines that follow from the law are not computed here.
    """
    first = min(case.coverages, key=lambda coverage: coverage.rank, default=None)
    duties = sorted(_duties(case))
    due, duty = duties[0] if duties else (None, "")
    return CaseSummary(
        name=case.patient.name,
        payer=first.payer if first else "",
        stage=stage(case).value,
        next_duty=duty,
        next_due=due.isoformat() if due else "",
        birth_date=str(case.patient.birth_date or ""),
        member_ids="\n".join(item.member_id for item in case.coverages if item.member_id),
    )


def stage(case: "Case") -> Stage:
    """Tell how far the case has come: what was sent or decided last.

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


def _duties(case: "Case") -> list[tuple[date, str]]:
    tasks = [(task.due, task.title) for task in case.tasks if task.open and task.due]
    appeals = [
        (appeal.due, f"Send: {appeal.level.label}")
        for appeal in case.appeals
        if appeal.due and not appeal.sent
    ]
    promises = [
        (contact.promised_by, f"Follow up: {contact.promised or contact.organization}")
        for contact in case.contacts
        if contact.promised_by and contact.kept is None
    ]
    return tasks + appeals + promises
