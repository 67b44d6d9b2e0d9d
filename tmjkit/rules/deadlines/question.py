"""What a payer is asked to decide, as far as its time depends on it, and when it got it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tmjkit.case import (
    Appeal,
    AuthorizationRequest,
    Benefit,
    Channel,
    Claim,
    Coverage,
    PartialDate,
    Urgency,
)
from tmjkit.knowledge import Clock, Fact, Matter
from tmjkit.knowledge import Urgency as Speed
from tmjkit.rules.deadlines.run import Bound

# What comes by these is there on the day on which it is sent.
_AT_ONCE: Final = {
    Channel.FAX: "Faxed",
    Channel.PORTAL: "Sent by portal",
    Channel.EMAIL: "Sent by e-mail",
    Channel.PHONE: "Asked by telephone",
    Channel.VISIT: "Handed over",
}


@dataclass(frozen=True, slots=True)
class Start:
    """When a payer got something.

    Parameters
    ----------
    day
        The day, or the day of sending where receipt is not recorded.
    said
        That in words, as the beginning of the arithmetic.
    at, zone
        Time of day and its IANA zone, where recorded.
    bound
        "earliest" where the day of receipt is not recorded and may be later.
    """

    day: PartialDate
    said: str
    at: dt.time | None = None
    zone: str = ""
    bound: Bound = "exact"


def started(record: AuthorizationRequest | Claim | Appeal, today: dt.date) -> Start | None:
    """Return when a payer got a request, claim or appeal; None while it did not."""
    return start(
        record.sent,
        record.received,
        getattr(record, "channel", None),
        today,
        at=getattr(record, "received_time", None),
        zone=getattr(record, "time_zone", ""),
    )


def start(
    sent: PartialDate | None,
    received: PartialDate | None,
    channel: Channel | None,
    today: dt.date,
    *,
    at: dt.time | None = None,
    zone: str = "",
) -> Start | None:
    """Return when they got what was sent; what is dated later than today is only planned."""
    if received is not None and received.earliest <= today:
        return Start(received, f"Received {received.words()}", at, zone)
    if sent is None or sent.earliest > today:
        return None
    if channel in _AT_ONCE:
        said = f"{_AT_ONCE[channel]} {sent.words()} (taken as received that day)"
        return Start(sent, said)
    said = f"Sent {sent.words()} (receipt not recorded)"
    return Start(sent, said, bound="earliest")


@dataclass(frozen=True, slots=True)
class Question:
    """What decides which limit holds.

    Parameters
    ----------
    matters
        What is to be decided; more than one where the record leaves it open.
    urgent
        Whether an expedited decision is asked for.
    levels
        Number of internal appeals of the plan; None where unknown.
    codes
        Codes of the services.
    channel
        How it was sent; empty where unknown.
    day
        When they got it.
    clinic_drug
        Whether a drug in it would be bought and billed by the clinic: not from the pharmacy
        benefit.
    """

    matters: frozenset[Matter]
    urgent: bool
    day: PartialDate
    levels: int | None = None
    codes: frozenset[str] = frozenset()
    channel: str = ""
    clinic_drug: bool = True

    def fits(self, clock: Clock) -> bool:
        """Tell whether a limit is for such a question; its codes are looked at elsewhere."""
        if clock.about and not self.matters & set(clock.about):
            return False
        if clock.urgency is not None and (clock.urgency is Speed.EXPEDITED) != self.urgent:
            return False
        if clock.levels is not None and self.levels not in (None, clock.levels):
            return False
        if clock.channels and self.channel not in ("", *clock.channels):
            return False
        if clock.since is not None and self.day.latest < clock.since:
            return False
        return clock.before is None or self.day.earliest < clock.before


def about_request(
    request: AuthorizationRequest, coverage: Coverage | None, begun: Start
) -> Question:
    """Ask for a decision before the service."""
    matter = Matter.CONCURRENT if request.continues else Matter.PRE_SERVICE
    return Question(
        matters=frozenset({matter}),
        urgent=request.urgency is Urgency.EXPEDITED,
        day=begun.day,
        codes=frozenset(line.code for line in request.lines),
        channel=request.channel.value if request.channel else "",
        clinic_drug=coverage is None or coverage.benefit is not Benefit.PHARMACY,
    )


def about_appeal(
    appeal: Appeal,
    asked: AuthorizationRequest | Claim | None,
    coverage: Coverage | None,
    begun: Start,
) -> Question:
    """Ask for a decision on an appeal; where it is not recorded of what, all stays open."""
    if isinstance(asked, AuthorizationRequest):
        matters = {Matter.CONCURRENT if asked.continues else Matter.PRE_SERVICE}
    elif asked is not None:
        matters = {Matter.POST_SERVICE}
    else:
        matters = {Matter.PRE_SERVICE, Matter.POST_SERVICE}
    return Question(
        matters=frozenset(matters),
        urgent=appeal.urgency is Urgency.EXPEDITED,
        day=begun.day,
        levels=coverage.internal_levels if coverage else None,
        codes=frozenset(line.code for line in asked.lines) if asked else frozenset(),
        channel=appeal.channel.value if appeal.channel else "",
        clinic_drug=coverage is None or coverage.benefit is not Benefit.PHARMACY,
    )


@dataclass(frozen=True, slots=True)
class Sorted:
    """The limits for a question.

    Parameters
    ----------
    general
        Those for all of it, or for what is no drug of its own.
    drug
        Those for a drug that is decided apart from the rest; empty where none is.
    """

    general: tuple[Fact, ...]
    drug: tuple[Fact, ...] = ()


def sort(rules: Iterable[Fact], question: Question) -> Sorted:
    """Sort the limits that fit: by the codes of a drug that has a time of its own, or not.

    Where the record names no code, or it is open whether the rule for drugs reaches an injection
    in the office, its limit stands beside the general one.
    """
    fitting = [rule for rule in rules if rule.clock and question.fits(rule.clock)]
    general = [rule for rule in fitting if rule.clock and not rule.clock.codes]
    if not question.clinic_drug:
        return Sorted(tuple(general))
    apart = []
    for rule in fitting:
        if rule.clock is None or not rule.clock.codes:
            continue
        if question.codes & set(rule.clock.codes) and not rule.clock.perhaps:
            apart.append(rule)
        elif not question.codes or question.codes & set(rule.clock.codes):
            general.append(rule)
    drugs = {code for rule in apart if rule.clock for code in rule.clock.codes}
    if apart and question.codes <= drugs:
        return Sorted((), tuple(apart))
    return Sorted(tuple(general), tuple(apart))
