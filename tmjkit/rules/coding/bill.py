"""What is asked for or billed together: a request, or the lines of a claim for one day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tmjkit.case import (
    AuthorizationRequest,
    Benefit,
    BotulinumSession,
    Case,
    Claim,
    MuscleDose,
    PartialDate,
    ServiceLine,
)
from tmjkit.knowledge import Regime
from tmjkit.rules.regime import coverage_of, regime


@dataclass(frozen=True, slots=True)
class Bill:
    """A request, or what one claim bills for one day.

    Parameters
    ----------
    record
        The request or claim.
    day
        The day of service; None for a request, and where the claim does not say it.
    lines
        The lines for that day.
    sessions
        The botulinum toxin sessions of exactly that day, whatever they were for.
    regime
        The regime of its coverage; None where unknown.
    benefit
        The benefit that is asked to pay; None where unknown.
    """

    record: AuthorizationRequest | Claim
    day: PartialDate | None
    lines: tuple[ServiceLine, ...]
    sessions: tuple[BotulinumSession, ...]
    regime: Regime | None
    benefit: Benefit | None

    @property
    def claimed(self) -> bool:
        """Whether the services were given, and not only asked for."""
        return isinstance(self.record, Claim)

    @property
    def name(self) -> str:
        """What it is, at the start of a sentence."""
        if isinstance(self.record, Claim):
            return f"The claim for {self.day.words()}" if self.day else "The claim"
        sent = self.record.sent
        return f"The request of {sent.words()}" if sent else "The request"

    @property
    def place(self) -> str:
        """Where it is entered."""
        return "Claims" if self.claimed else "Requests"

    @property
    def doses(self) -> tuple[MuscleDose, ...]:
        """The doses by muscle that it is about, as far as they are recorded."""
        if isinstance(self.record, AuthorizationRequest):
            return self.record.doses
        return tuple(dose for session in self.sessions for dose in session.doses)

    @property
    def records(self) -> tuple[str, ...]:
        """Its id, and those of the sessions that it bills."""
        return (self.record.id, *(session.id for session in self.sessions))

    def having(self, *codes: str) -> tuple[ServiceLine, ...]:
        """Return the lines with one of these codes."""
        return tuple(line for line in self.lines if line.code in codes)


def bills(case: Case) -> Iterator[Bill]:
    """Yield what is asked for or billed together, requests first."""
    for request in case.requests:
        yield _bill(case, request, None, request.lines)
    for claim in case.claims:
        days: dict[PartialDate | None, list[ServiceLine]] = {}
        whole = claim.start if claim.end in (None, claim.start) else None
        for line in claim.lines:
            days.setdefault(line.date or whole, []).append(line)
        for day, lines in days.items():
            yield _bill(case, claim, day, lines)


def _bill(
    case: Case,
    record: AuthorizationRequest | Claim,
    day: PartialDate | None,
    lines: Iterable[ServiceLine],
) -> Bill:
    coverage = coverage_of(case, record)
    exact = day is not None and day.exact
    return Bill(
        record=record,
        day=day,
        lines=tuple(lines),
        sessions=tuple(item for item in case.sessions if exact and item.date == day),
        regime=regime(coverage).regime if coverage else None,
        benefit=coverage.benefit if coverage else None,
    )
