"""The values of an instrument that a case holds: recorded as scores, or worked out from answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tmjkit.case import (
    SCALES,
    Case,
    Instrument,
    Measurement,
    PartialDate,
    Questionnaire,
    QuestionnaireForm,
)
from tmjkit.rules.criteria.papers import shown
from tmjkit.rules.instruments import score
from tmjkit.rules.instruments.versions import GCPS, gcps_version

# For each form: the instrument whose value it gives, and the part of the score that it is.
_FORMS: Final[dict[QuestionnaireForm, tuple[tuple[Instrument, str], ...]]] = {
    QuestionnaireForm.GCPS_2: ((Instrument.GCPS_GRADE, ""), (Instrument.GCPS_CPI, "cpi")),
    QuestionnaireForm.GCPS_1: ((Instrument.GCPS_GRADE, ""), (Instrument.GCPS_CPI, "cpi")),
    QuestionnaireForm.JFLS_8: ((Instrument.JFLS_8, ""),),
    QuestionnaireForm.JFLS_20: ((Instrument.JFLS_20, ""),),
    QuestionnaireForm.PHQ_4: ((Instrument.PHQ_4, ""),),
    QuestionnaireForm.GAD_7: ((Instrument.GAD_7, ""),),
    QuestionnaireForm.OBC: ((Instrument.OBC, ""),),
}
_VERSIONS: Final = {QuestionnaireForm.GCPS_2: 2, QuestionnaireForm.GCPS_1: 1}


@dataclass(frozen=True, slots=True)
class Value:
    """One value of an instrument.

    Parameters
    ----------
    record
        Id of the measurement or the questionnaire.
    value
        The value, unrounded, in the instrument's unit.
    date
        When it was measured.
    version
        1 or 2 for the Graded Chronic Pain Scale, where it is known.
    shown
        Whether a paper or the clinician's own record shows it.
    words
        The value in words, with its day.
    """

    record: str
    value: float
    date: PartialDate | None
    version: int | None
    shown: bool
    words: str


def values_of(case: Case, instrument: Instrument) -> tuple[Value, ...]:
    """Return the jaw's values of an instrument.

    A score that is recorded and one that is worked out from answers of the same day are one where
    they agree; that they differ is told by the rule `instrument.score-differs`.
    """
    found: dict[tuple[object, ...], Value] = {}
    for value in (*_recorded(case, instrument), *_scored(case, instrument)):
        # Without a day nobody can tell that two are one.
        key = (value.date, value.value, value.version) if value.date else (value.record,)
        if key not in found or (value.shown and not found[key].shown):
            found[key] = value
    return tuple(found.values())


def _recorded(case: Case, instrument: Instrument) -> Iterator[Value]:
    for item in case.jaw_measurements:
        if item.instrument is instrument:
            version = gcps_version(item) if instrument in GCPS else None
            yield _value(item, instrument, item.value, version)


def _scored(case: Case, instrument: Instrument) -> Iterator[Value]:
    for item in case.jaw_questionnaires:
        for gives, part in _FORMS[item.form]:
            if gives is not instrument:
                continue
            result = score(item)
            number = result.part(part).value if part else result.value
            if number is not None:
                yield _value(item, instrument, number, _VERSIONS.get(item.form))


def _value(
    item: Measurement | Questionnaire, instrument: Instrument, number: float, version: int | None
) -> Value:
    unit = SCALES[instrument].unit
    unit = "" if unit == "grade" else f" {unit}"
    day = f" on {item.date.words()}" if item.date else " without a date"
    return Value(item.id, number, item.date, version, shown(item), f"{number:g}{unit}{day}")
