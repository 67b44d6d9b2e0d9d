"""What the scores mean and what changed around each treatment and injection, as entries."""

from collections.abc import Iterable, Iterator

from tmjkit.rules.instruments import Score, score_words
from tmjkit.rules.model import Finding, Severity
from tmjkit.rules.response import (
    CaseResponse,
    Change,
    Direction,
    Episode,
    change_words,
    wear_off_words,
)
from tmjkit.rules.response.words import (
    NONE_CONFIRMED,
    interval_words,
    other_words,
    verdict_words,
)
from tmjkit.rules.section import Entry, Section, Tone

_TONES = {Direction.BETTER: Tone.GOOD, Direction.SAME: Tone.OPEN, Direction.WORSE: Tone.BAD}


def course_section(
    scores: Iterable[Score], found: CaseResponse, findings: Iterable[Finding]
) -> Section:
    """Return the scores, then each treatment and session, then what is weak about either."""
    entries = [
        *(_score(one) for one in scores),
        *(_episode(one, found) for one in found.episodes if one.scales or one.session),
        *(_finding(one) for one in findings),
    ]
    left = "; ".join(found.left_out)
    lead = f"Not used: {left}." if left else ""
    if not entries:
        lead = f"No scores, treatments or injections are recorded with a date. {lead}".strip()
    return Section("response", "What the scores show", tuple(entries), lead)


def _score(one: Score) -> Entry:
    when = f" of {one.date.words()}" if one.date else ", without a date"
    return Entry(
        mark="Score",
        what=f"{one.form.label}{when}: {score_words(one)}",
        tone=Tone.OPEN if one.value is None else Tone.PLAIN,
        rule="instrument.score",
        more=tuple(_about_score(one)),
        records=(one.record,),
        facts=one.facts,
    )


def _about_score(one: Score) -> Iterator[tuple[str, str]]:
    for note in one.notes:
        yield "Note", note
    if one.cutoffs:
        yield "Cut-offs", one.cutoffs


def _episode(one: Episode, found: CaseResponse) -> Entry:
    judged = [change for scale in one.scales if (change := one.judged(scale))]
    return Entry(
        mark="Injections" if one.session else "Treatment",
        what=f"{one.label}, {one.start.words()}. {_measured(one, judged)}",
        tone=_TONES[judged[0].direction] if judged else Tone.PLAIN,
        rule="response.change",
        more=tuple(_about(one, judged)),
        records=(one.record,),
        facts=found.facts if judged else (),
    )


def _measured(one: Episode, judged: list[Change]) -> str:
    if judged:
        return f"{judged[0].before.scale.label}: {change_words(judged[0])}"
    after = any(scale.after for scale in one.scales)
    return "No score before it to compare with" if after else "No score after it"


def _about(one: Episode, judged: list[Change]) -> Iterator[tuple[str, str]]:
    for place, change in enumerate(judged):
        if place:
            yield change.before.scale.label, change_words(change)
        # How large a change has to be matters only where there is one for the better.
        if change.direction is Direction.BETTER:
            for line in verdict_words(change) or [NONE_CONFIRMED]:
                yield "Worth", line
    if interval := interval_words(one):
        yield "Interval", interval
    if one.wear_off and (lasted := wear_off_words(one.wear_off)):
        yield "Lasted", lasted
    if one.others:
        yield "Beside it", "; ".join(other_words(other) for other in one.others)
    for note in one.notes:
        yield "Note", note


def _finding(one: Finding) -> Entry:
    return Entry(
        mark=one.severity.label,
        what=one.what,
        tone=Tone.GOOD if one.severity is Severity.NOTE else Tone.OPEN,
        rule=one.rule,
        more=(("Why", one.why), ("Do", one.where)),
        records=one.records,
        facts=one.facts,
    )
