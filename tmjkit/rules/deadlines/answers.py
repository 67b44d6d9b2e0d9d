"""What was decided on a request, a claim or an appeal, and when."""

from collections.abc import Iterable
from dataclasses import dataclass

from tmjkit.case import (
    Appeal,
    AuthorizationRequest,
    Case,
    Claim,
    Decision,
    Determination,
    Level,
    PartialDate,
)
from tmjkit.rules.deadlines.standing import TO_THE_PAYER, dated


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of the other side.

    Parameters
    ----------
    day
        Its day; None where that is not recorded.
    verb
        What they did, such as 'decided'.
    decision
        The decision, where it is recorded as one.
    counts
        Whether it is what was due: a request that came back undecided was not decided in time.
    """

    day: PartialDate | None
    verb: str = "decided"
    decision: Determination | None = None
    counts: bool = True

    @property
    def for_us(self) -> bool:
        """Whether it gives all that was asked for."""
        return self.decision is not None and self.decision.decision is Decision.APPROVAL

    @property
    def denied(self) -> bool:
        """Whether it denies, in whole or in part."""
        return self.decision is not None and self.decision.adverse


def on_request(case: Case, asked: AuthorizationRequest | Claim) -> Answer | None:
    """Return the first decision on a request or claim; None while there is none.

    A first decision that names nothing counts where the case has only one thing that it can be
    about.
    """
    first = [item for item in case.determinations if item.level is Level.INITIAL]
    found = [item for item in first if item.about_id == asked.id]
    if not found and len(case.requests) + len(case.claims) == 1:
        found = [item for item in first if item.about_id is None]
    if found:
        return _first(found)
    if isinstance(asked, Claim) and asked.paid is not None:
        return Answer(None, "paid")
    return None


def on_appeal(case: Case, appeal: Appeal) -> Answer | None:
    """Return the decision on an appeal; None while there is none.

    A decision of the appeal's level on the same request counts where it is not dated before the
    appeal was sent.
    """
    found = [item for item in case.determinations if item.about_id == appeal.id]
    if not found:
        denial = next(
            (item for item in case.determinations if item.id == appeal.determination_id), None
        )
        about = {denial.id, denial.about_id} - {None} if denial else set()
        found = [
            item
            for item in case.determinations
            if item.about_id in about
            and item is not denial
            and item.level is not Level.INITIAL
            and _same(item.level, appeal.level)
            and not _before(item, appeal)
        ]
    if found:
        return _first(found)
    if appeal.outcome is not None or appeal.decided is not None:
        return Answer(appeal.decided)
    return None


def _same(one: Level, other: Level) -> bool:
    """Tell whether two levels can be the same: a first appeal goes by two names."""
    first = TO_THE_PAYER - {Level.INTERNAL_2}
    return one is other or {one, other} <= first


def _before(decision: Determination, appeal: Appeal) -> bool:
    day = dated(decision)
    return bool(day and appeal.sent and day.latest < appeal.sent.earliest)


def _first(found: Iterable[Determination]) -> Answer:
    last = PartialDate(9999)
    one = min(found, key=lambda item: dated(item) or last)
    if one.decision is Decision.DISMISSAL:
        return Answer(dated(one), "returned without a decision", one, counts=False)
    return Answer(dated(one), decision=one)
