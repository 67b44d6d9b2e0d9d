"""Puts together what the scores of a case did around everything that was tried."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from tmjkit.case import Case
from tmjkit.knowledge import Fact, facts
from tmjkit.rules.response.episodes import episodes_of
from tmjkit.rules.response.model import CaseResponse, Episode
from tmjkit.rules.response.points import counted, points_of

INTERVAL_FACT: Final = "D-CRIT-4"
WEAR_OFF_FACT: Final = "E-MCID-IMMPACT"


def response(
    case: Case, today: date, *, knowledge: Mapping[str, Fact] | None = None
) -> CaseResponse:
    """Return the scores of a case around each treatment and each injection session.

    Parameters
    ----------
    case
        The case; only what concerns the jaw is used.
    today
        The day to judge by; what is dated later is ignored.
    knowledge
        The facts to rest on; those that ship with tmjkit when left out.

    Returns
    -------
    CaseResponse
        Empty where nothing is recorded. See `tmjkit.rules.response.windows` for which value
        counts as before and after.
    """
    known = facts() if knowledge is None else knowledge
    points, left_out = points_of(case, today)
    # The many facts that say nothing of a change are not looked at again and again.
    sizes = [fact for fact in known.values() if fact.difference]
    episodes = episodes_of(case, points, today, sizes)
    undated = counted(
        ("injection sessions without a date", sum(not item.date for item in case.jaw_sessions)),
        ("treatments without a start", sum(not item.start for item in case.jaw_treatments)),
    )
    used = dict.fromkeys(_facts(episodes))
    return CaseResponse(
        today=today,
        episodes=episodes,
        points=points,
        left_out=(*left_out, *undated),
        facts=tuple(name for name in used if name in known),
    )


def _facts(episodes: tuple[Episode, ...]) -> Iterator[str]:
    for episode in episodes:
        for item in episode.scales:
            for pair in (item.best, item.last):
                yield from (verdict.fact for verdict in (pair.verdicts if pair else ()))
        if episode.since_previous:
            yield INTERVAL_FACT
        if episode.wear_off and episode.wear_off.scale:
            yield WEAR_OFF_FACT
