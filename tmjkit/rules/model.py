"""What rules say: findings, deadlines and the regime, as frozen data that everything shows."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from tmjkit.case import Choice, DateRange, PartialDate
from tmjkit.knowledge import Regime


class Severity(Choice):
    """How a finding matters, most urgent first."""

    OVERDUE = "overdue", "Overdue"
    DUE = "due", "Due soon"
    WRONG = "wrong", "To correct"
    MISSING = "missing", "Missing"
    WEAK = "weak", "Weak point"
    UNDOCUMENTED = "undocumented", "No source"
    NOTE = "note", "Good to know"

    @property
    def rank(self) -> int:
        """Place in the order of urgency, from 0."""
        return list(Severity).index(self)


class Whose(Choice):
    """Who has to do it."""

    OURS = "ours", "We"
    THEIRS = "theirs", "The payer"


class Status(Choice):
    """Where a clock stands."""

    RUNNING = "running", "Running"
    MET = "met", "Met"
    MISSED = "missed", "Missed"
    UNCLEAR = "unclear", "Done; the recorded dates do not show whether in time"
    NOT_NEEDED = "not-needed", "No longer needed"
    CANNOT_START = "cannot-start", "Cannot be worked out yet"
    WAITING = "waiting", "Cannot start yet: something else comes first"


_OPEN: Final = (Status.RUNNING, Status.MISSED, Status.CANNOT_START)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that someone should know or do about a case.

    Parameters
    ----------
    rule
        Stable id of the rule that says it, such as `missing.member-id`.
    severity
        How it matters.
    what, why
        What holds, and why it matters, in plain words.
    where
        Where to enter what is missing, or what to do.
    due
        The safe last day, where there is one.
    records
        Ids of the records of the case that it is about.
    facts
        Ids of the facts in the knowledge base that it rests on.
    """

    rule: str
    severity: Severity
    what: str
    why: str
    where: str
    due: date | None = None
    records: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold: dates as YYYY-MM-DD, choices as their codes."""
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "what": self.what,
            "why": self.why,
            "where": self.where,
            "due": _iso(self.due),
            "records": list(self.records),
            "facts": list(self.facts),
        }


@dataclass(frozen=True, slots=True)
class Deadline:
    """One clock that runs, ran, or can't be worked out.

    Parameters
    ----------
    rule
        Stable id of the rule, such as `deadline.internal-appeal`.
    title
        What has to be done.
    trigger
        The event that starts the clock, in words.
    trigger_date
        Its date as it is recorded; None where it is not.
    due
        First and last day that can be the last day. For our duties `due.earliest` is the safe
        one; for theirs it is `due.latest`, after which they certainly are late. With the status
        "cannot-start" it is a safe date to work to meanwhile.
    whose
        Whose duty it is.
    status
        Where the clock stands.
    arithmetic
        How the day was worked out, on one line.
    because
        Why it stands there, in words; empty where the status says it all.
    detail
        What people wrote down about it. It may name the patient, so it stays inside the case.
    spoken
        What has to be done as a person would say it, where the title only tells one of several
        apart. It may name the patient, as `detail` does.
    records
        Ids of the records it rests on; the first is the one that it belongs to.
    facts
        Ids of the facts that it rests on.
    at
        Time of day and zone on the last day, for a limit of hours; empty where not known.
    closed
        Whether nothing is left to do about it though it was missed.
    send_by
        The last day before the safe one on which offices are open, where they are closed on that.
    """

    rule: str
    title: str
    trigger: str
    trigger_date: PartialDate | None
    due: DateRange | None
    whose: Whose
    status: Status
    arithmetic: str
    because: str = ""
    detail: str = ""
    spoken: str = ""
    records: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    at: str = ""
    closed: bool = False
    send_by: date | None = None

    @property
    def open(self) -> bool:
        """Whether something is still to be done about it."""
        return not self.closed and self.status in _OPEN

    @property
    def safe_date(self) -> date | None:
        """The day to work to: the last one, or the one before it on which offices are open."""
        return self.send_by or self.last_day

    @property
    def last_day(self) -> date | None:
        """The last day as the rule counts it, on the safe side.

        For our duties it is the earliest that can be the last. For theirs it is the latest, because
        nobody should call a payer late on a day on which it may still be in time.
        """
        if self.due is None:
            return None
        return self.due.earliest if self.whose is Whose.OURS else self.due.latest

    @property
    def label(self) -> str:
        """What has to be done, with what people wrote down; it may name the patient."""
        if self.spoken:
            return self.spoken
        return f"{self.title}: {self.detail}" if self.detail else self.title

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold: dates as YYYY-MM-DD, choices as their codes."""
        return {
            "rule": self.rule,
            "title": self.title,
            "detail": self.detail,
            "trigger": self.trigger,
            "trigger_date": str(self.trigger_date) if self.trigger_date else None,
            "due": _iso(self.due.earliest) if self.due else None,
            "due_latest": _iso(self.due.latest) if self.due else None,
            "send_by": _iso(self.send_by),
            "at": self.at,
            "whose": self.whose.value,
            "status": self.status.value,
            "open": self.open,
            "because": self.because,
            "arithmetic": self.arithmetic,
            "records": list(self.records),
            "facts": list(self.facts),
        }


@dataclass(frozen=True, slots=True)
class RegimeResult:
    """Which law governs a coverage.

    Parameters
    ----------
    regime
        The regime; None where the record does not say who funds the plan.
    why
        What it was told from.
    asks
        What to find out and from whom, one question each; empty when nothing is open.
    grandfathered
        Whether the plan says that it is grandfathered; None where unknown or without meaning.
    state
        State whose insurance law applies too; None where unknown or where none does.
    insured
        Whether an insurer bears the risk, so that state insurance law on benefits reaches the
        plan; None where unknown.
    facts
        Ids of the facts that say how far state law reaches.
    """

    regime: Regime | None
    why: str
    asks: tuple[str, ...] = ()
    grandfathered: bool | None = None
    state: str | None = None
    insured: bool | None = None
    facts: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold."""
        return {
            "regime": self.regime.value if self.regime else None,
            "label": self.regime.label if self.regime else None,
            "why": self.why,
            "asks": list(self.asks),
            "grandfathered": self.grandfathered,
            "state": self.state,
            "insured": self.insured,
            "facts": list(self.facts),
        }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
