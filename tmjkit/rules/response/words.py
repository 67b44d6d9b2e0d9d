"""A response in plain words, so that command line, page and chart say the same."""

from collections.abc import Iterable

from tmjkit.knowledge import Benefit
from tmjkit.rules.instruments.gcps import roman
from tmjkit.rules.response.model import (
    CaseResponse,
    Change,
    Episode,
    Other,
    Reach,
    Verdict,
    WearOff,
    Weeks,
)
from tmjkit.rules.response.scales import Scale

NONE_CONFIRMED = "No confirmed difference for this scale."


def number(scale: Scale, value: float) -> str:
    """Return a value as people write it: at most two decimals, a grade in Roman numerals."""
    return roman(int(value)) if scale.ordinal else f"{round(value, 2):g}"


def weeks_words(weeks: Weeks) -> str:
    """Return '6 weeks', '1 week' or '4 to 8.4 weeks'."""
    least, most = weeks
    if least == most:
        return "1 week" if least == 1 else f"{least:g} weeks"
    return f"{least:g} to {most:g} weeks"


def change_words(change: Change) -> str:
    """Return a change such as '7 to 3 points (-57%), better, after 6 weeks'."""
    scale = change.before.scale
    share = "" if change.percent is None else f" ({percent_words(change.percent)})"
    before, after = number(scale, change.before.value), number(scale, change.after.value)
    unit = "" if scale.ordinal else f" {scale.unit}"
    return (
        f"{before} to {after}{unit}{share}, {change.direction.label.lower()}, "
        f"after {weeks_words(change.weeks)}"
    )


def percent_words(percent: float) -> str:
    """Return a change in whole percent, such as '+17%', with a real minus sign."""
    whole = f"{percent:+.0f}%"
    return "0%" if whole in ("+0%", "-0%") else whole.replace("-", "\N{MINUS SIGN}")


def verdict_words(change: Change) -> list[str]:
    """Return one line for each kind of benefit: which sources it reaches, which it does not."""
    if not change.verdicts:
        return [NONE_CONFIRMED]
    lines = []
    for benefit in Benefit:
        own = [verdict for verdict in change.verdicts if verdict.benefit is benefit]
        told = [
            f"{reach.label}: {'; '.join(_source(verdict) for verdict in some)}"
            for reach in Reach
            if (some := [verdict for verdict in own if verdict.reach is reach])
        ]
        if told:
            differ = " (sources differ)" if len(told) > 1 else ""
            head = f"{benefit.label[0].upper()}{benefit.label[1:]}{differ}"
            lines.append(f"{head}. {'. '.join(told)}")
    return lines


def verdict_sources(result: CaseResponse, scales: Iterable[Scale]) -> list[str]:
    """Return one line for each scale: the smallest change that patients notice, by source."""
    lines = []
    for scale in scales:
        told = dict.fromkeys(
            _source(verdict)
            for episode in result.sessions
            if (found := episode.on(scale.name)) is not None and found.last is not None
            for verdict in found.last.verdicts
            if verdict.benefit is Benefit.MINIMAL
        )
        if told:
            lines.append(f"{scale.label}, smallest change that patients notice: {'; '.join(told)}.")
    return lines


def _source(verdict: Verdict) -> str:
    limit = f", {verdict.limit}" if verdict.limit else ""
    return f"{verdict.size} ({verdict.title.partition(',')[0]}{limit})"


def wear_off_words(found: WearOff) -> str:
    """Say how long the effect lasted: by the record, and by the scores."""
    told = []
    if found.recorded is not None:
        told.append(f"about {found.recorded:g} weeks by the record")
    if found.scale:
        if found.still is None:
            told.append("no fall of pain by 20% or more was measured, so no end of it either")
        elif found.back is None:
            left = (
                "then came the next session" if found.next_session else "no later score shows less"
            )
            told.append(f"at least {found.still:g} weeks by the pain scores ({left})")
        else:
            told.append(f"between {found.still:g} and {found.back:g} weeks by the pain scores")
    return "; ".join(told)


def interval_words(episode: Episode) -> str:
    """Say how long after the session before it was; empty for the first."""
    if episode.since_previous is None:
        return ""
    held = {
        True: "at least 12 weeks",
        False: "less than 12 weeks",
        None: "the dates leave open whether it was 12",
    }[episode.interval_held]
    return f"{weeks_words(episode.since_previous)} after the session before: {held}"


def other_words(other: Other) -> str:
    """Say what else was begun or ended in between."""
    verb = "was" if other.certain else "may have been"
    return f"{other.label} {verb} {other.what} in between ({other.day.words()})"
