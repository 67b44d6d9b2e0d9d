"""Findings about questionnaires and recorded scores: incomplete, contradictory, mixed up."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from tmjkit.case import Case, Instrument, Measurement, Questionnaire, QuestionnaireForm
from tmjkit.knowledge import Fact
from tmjkit.rules.instruments.gcps import roman
from tmjkit.rules.instruments.model import Score
from tmjkit.rules.instruments.score import score
from tmjkit.rules.instruments.versions import GCPS, GCPS_FORMS, gcps_version
from tmjkit.rules.model import Finding, Severity

_ENTER: Final = "Compare with the paper and correct it under Questionnaires or Measurements."


def instrument_findings(case: Case, today: date, known: Mapping[str, Fact]) -> Iterator[Finding]:
    """Yield what is wrong with questionnaires and with the scores that were recorded of them.

    Only what concerns the jaw is looked at, and nothing with a day that is still to come.

    Parameters
    ----------
    case
        The case.
    today
        The day to judge by.
    known
        The facts to rest on.
    """
    answered = [item for item in case.jaw_questionnaires if not _ahead(item, today)]
    recorded = [item for item in case.jaw_measurements if not _ahead(item, today)]
    for item in answered:
        result = score(item)
        facts = _known(result.facts, known)
        if result.value is None:
            yield _incomplete(item, result, facts)
        if result.contradictory:
            yield _contradictory(item, result, facts)
        yield from _differences(item, result, recorded, facts)
    yield from _undated(answered)
    yield from _versions(answered, recorded, known)


def _ahead(item: Questionnaire | Measurement, today: date) -> bool:
    return item.date is not None and item.date.earliest > today


def _known(ids: Sequence[str], known: Mapping[str, Fact]) -> tuple[str, ...]:
    return tuple(name for name in ids if name in known)


def _named(item: Questionnaire) -> str:
    return f"{item.label}{f', {item.date.words()}' if item.date else ''}"


def _incomplete(item: Questionnaire, result: Score, facts: tuple[str, ...]) -> Finding:
    """Make `instrument.incomplete`: each scale says how many answers may be missing."""
    # Item 1 of version 2.0 is never scored.
    skipped = 1 if item.form is QuestionnaireForm.GCPS_2 else 0
    gaps = [
        str(place)
        for place, answer in enumerate(item.values, 1)
        if answer is None and place > skipped
    ]
    return Finding(
        "instrument.incomplete",
        Severity.MISSING,
        f"{_named(item)}: no score. {result.because[0].upper()}{result.because[1:]}",
        "What is not answered is not zero, and a total made of the rest would be wrong.",
        f"Ask for the missing answers (item {', '.join(gaps)}), or have it filled in anew, and "
        "enter it under Questionnaires.",
        records=(item.id,),
        facts=facts,
    )


def _contradictory(item: Questionnaire, result: Score, facts: tuple[str, ...]) -> Finding:
    """Make `instrument.contradictory`: no pain, and disability because of pain."""
    points = result.part("points").value or 0
    return Finding(
        "instrument.contradictory",
        Severity.WEAK,
        f"{_named(item)}: the answers contradict each other: no pain at all, and {points:g} "
        "disability points because of pain",
        "By the rule the grade is 0, and a reviewer who reads the answers will ask.",
        f"Ask the patient again. {_ENTER}",
        records=(item.id,),
        facts=facts,
    )


def _differences(
    item: Questionnaire, result: Score, recorded: list[Measurement], facts: tuple[str, ...]
) -> Iterator[Finding]:
    """Yield `instrument.score-differs`: a recorded score that the answers do not come to.

    A recorded number that is the computed one rounded to its own decimals agrees.
    """
    if item.date is None or not item.date.exact:
        return
    for other in recorded:
        if other.date != item.date:
            continue
        computed = _comparable(result, other)
        if computed and not any(_agrees(other.value, value) for value in computed):
            told = " or ".join(_shown(other.instrument, value) for value in computed)
            yield Finding(
                "instrument.score-differs",
                Severity.WEAK,
                f"{other.label}, {item.date.words()}: recorded is "
                f"{_shown(other.instrument, other.value)}, and the answers of that day come to "
                f"{told}",
                "One of the two is wrong. A letter that states a score which its own paper does "
                "not bear out loses credit.",
                _ENTER,
                records=(item.id, other.id),
                facts=facts,
            )


_SAME: Final = {
    Instrument.JFLS_8: QuestionnaireForm.JFLS_8,
    Instrument.JFLS_20: QuestionnaireForm.JFLS_20,
    Instrument.PHQ_4: QuestionnaireForm.PHQ_4,
    Instrument.GAD_7: QuestionnaireForm.GAD_7,
    Instrument.OBC: QuestionnaireForm.OBC,
}


def _comparable(result: Score, other: Measurement) -> list[float]:
    """Return what the recorded number should be one of; nothing where they measure another thing.

    JFLS-20 has two overall scores, and a recorded one does not say which it is.
    """
    if other.instrument in GCPS:
        version = gcps_version(other)
        form = GCPS_FORMS.get(version) if version else None
        if result.form not in GCPS_FORMS.values() or form not in (result.form, None):
            return []
        grade = other.instrument is Instrument.GCPS_GRADE
        values = [result.value if grade else result.part("cpi").value]
    elif _SAME.get(other.instrument) is result.form:
        values = [result.value]
        if result.form is QuestionnaireForm.JFLS_20:
            values.append(result.part("short").value)
    else:
        return []
    return [value for value in values if value is not None]


def _agrees(recorded: float, computed: float) -> bool:
    _, _, decimals = repr(recorded).partition(".")
    places = 0 if decimals == "0" else len(decimals)
    # A hair more, as halves are rounded up by some and down by others.
    return abs(recorded - computed) <= 0.5 * 10.0**-places + 1e-9


def _shown(instrument: Instrument, value: float) -> str:
    if instrument is Instrument.GCPS_GRADE:
        return roman(int(value))
    return f"{round(value, 2):g}"


def _undated(answered: list[Questionnaire]) -> Iterator[Finding]:
    """Yield `instrument.undated`: a score without its day can't show a course."""
    bare = [item for item in answered if item.date is None]
    if bare:
        names = ", ".join(dict.fromkeys(item.label for item in bare))
        yield Finding(
            "instrument.undated",
            Severity.MISSING,
            f"No date is recorded for a questionnaire: {names}",
            "A score without its day can't show a course, and is left out of charts.",
            "Enter the day under Questionnaires.",
            records=tuple(item.id for item in bare),
        )


def _versions(
    answered: list[Questionnaire], recorded: list[Measurement], known: Mapping[str, Fact]
) -> Iterator[Finding]:
    """Yield `instrument.version-unknown` and `instrument.versions-mixed` of the GCPS.

    Version 2.0 asks about one month and 1.0 about six; their grades are not comparable.
    """
    facts = _known(("E-GCPS", "E-GCPS-V1"), known)
    measured = [item for item in recorded if item.instrument in GCPS]
    unknown = [item for item in measured if gcps_version(item) is None]
    if unknown:
        days = [item.date.words() if item.date else "no date" for item in unknown]
        shown = ", ".join(dict.fromkeys(days))
        yield Finding(
            "instrument.version-unknown",
            Severity.MISSING,
            f"Which version of the Graded Chronic Pain Scale is not recorded ({shown})",
            "Version 2.0 asks about one month and 1.0 about six; grades of one are not those of "
            "the other, so the scores are compared with no others.",
            "Enter 2.0 or 1.0 under Measurements, Version; the paper names the period.",
            records=tuple(item.id for item in unknown),
            facts=facts,
        )
    by_version: dict[int, list[str]] = {}
    for number, form in GCPS_FORMS.items():
        found = [item.id for item in answered if item.form is form]
        found += [item.id for item in measured if gcps_version(item) == number]
        if found:
            by_version[number] = found
    if len(by_version) > 1:
        yield Finding(
            "instrument.versions-mixed",
            Severity.WEAK,
            "Both versions of the Graded Chronic Pain Scale are in the case, 2.0 (one month) and "
            "1.0 (six months)",
            "Their scores are not comparable: a change from one to the other shows nothing. They "
            "are kept apart here.",
            "Use one version from now on, and compare in letters only scores of the same one.",
            records=tuple(record for found in by_version.values() for record in found),
            facts=facts,
        )
