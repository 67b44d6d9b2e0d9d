"""The course of care, as a letter shows it: findings, treatments, injections, measurements."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from types import MappingProxyType
from typing import Any, Final

from tmjkit.case import (
    SCALES,
    BotulinumSession,
    Case,
    Diagnosis,
    Instrument,
    Measurement,
    MuscleDose,
    PartialDate,
    Record,
    Response,
    Side,
    StopReason,
    Symptom,
    Treatment,
)
from tmjkit.knowledge import facts
from tmjkit.language import translated
from tmjkit.letters.gap import Gap
from tmjkit.letters.value import Value, clean
from tmjkit.letters.view import View, date_words, missing, number_words, value, view
from tmjkit.rules import first_line_care

GUIDELINE = "bmj-2023"
"""The guideline whose strong recommendations count as first-line care."""

_LAST = PartialDate(2199)
_WITHIN: Final = ("dose", "response_text", "adverse_effects")
"""Recorded words of a treatment after which the line of a letter goes on."""


def treatments(case: Case, today: date) -> tuple[View, ...]:
    """Return the treatments that were begun, oldest first, each with `what` and `when`."""
    begun = (item for item in case.jaw_treatments if was_begun(item, today))
    ordered = sorted(begun, key=lambda item: item.start or _LAST)
    return tuple(_treatment(case, item) for item in ordered)


def was_begun(item: Treatment, today: date) -> bool:
    """Tell whether the record says that a treatment took place, as `rules.first_line_care` does.

    One that starts later is planned; one with a count of no sessions was ordered; and one that is
    named without a word on when it was or what it did may be either.
    """
    if item.sessions == 0:
        return False
    if item.start is not None:
        return item.start.earliest <= today
    return bool(item.end or item.ongoing or item.sessions or item.response or item.adherence)


def _treatment(case: Case, item: Treatment) -> View:
    found = view(item, "treatments", case.treatments.index(item) + 1)
    return found.with_fields(
        **{name: unstopped(found.fields[name]) for name in _WITHIN},
        what=unstopped(value(item.name or translated(item.kind.label), item)),
        when=value(_when(item), item),
    )


def unstopped(words: Any) -> Any:
    """Return recorded words without a full stop at their end, where a letter's line goes on.

    That of an abbreviation such as p.r.n. stays, and so does a gap.
    """
    if not isinstance(words, Value) or not words.text.endswith((".", ";")):
        return words
    last = words.text.rsplit(maxsplit=1)[-1][:-1]
    if not last or ("." in last and not last.replace(".", "").isdigit()):
        return words
    return Value(words.text[:-1], words.records, words.facts, words.code, words.number)


def _when(item: Treatment) -> str:
    if item.start is None:
        if item.end is None:
            return translated("not recorded")
        return translated("until {end}, start not recorded").format(end=date_words(item.end))
    start = date_words(item.start)
    if item.ongoing:
        return translated("since {start}").format(start=start)
    if item.end is None:
        return translated("{start}, end not recorded").format(start=start)
    if item.end == item.start:
        return start
    return translated("{start} to {end}").format(start=start, end=date_words(item.end))


def was_tried(item: Treatment) -> bool:
    """Tell whether the record says that a treatment was tried: when, and with what result."""
    return item.start is not None and item.response is not None and item.sessions != 0


def helped_too_little(item: Treatment) -> bool:
    """Tell whether the record says that a treatment was tried and did not help lastingly.

    The result has to say so: no response, a temporary one, a worsening, or that it was stopped
    because it did not help enough. A partial response alone is none.
    """
    failed = item.response in (Response.NONE, Response.TEMPORARY, Response.WORSE)
    return was_tried(item) and (failed or item.stop_reason is StopReason.INEFFECTIVE)


def first_line(case: Case, today: date) -> tuple[View, ...]:
    """Return the kinds of care that the guideline strongly recommends, with what was tried.

    Which treatment is which kind of care is the rules' word (`rules.first_line_care`), so that
    a letter and the findings never differ. Each has `care`, its name; `tried`, the treatments of
    that kind with their dates and results; `failed`, whether one of them helped too little; and
    `recorded`, whether the case holds any treatment of that kind.
    """
    result = []
    for found in first_line_care(case, today, facts()):
        tried = sorted(filter(was_tried, found.treatments), key=lambda item: item.start or _LAST)
        fields = {
            "care": Value(clean(translated(found.care.name)), facts=(GUIDELINE,)),
            "tried": tuple(_treatment(case, item) for item in tried),
            "failed": any(map(helped_too_little, tried)),
            "recorded": bool(found.treatments),
        }
        result.append(View("first-line care", MappingProxyType(fields)))
    return tuple(result)


def sessions(case: Case, today: date) -> tuple[View, ...]:
    """Return the sessions that were given, oldest first; one dated later is still to come."""
    given = [item for item in case.jaw_sessions if item.date is None or item.date.earliest <= today]
    return tuple(
        _session(case, item) for item in sorted(given, key=lambda item: item.date or _LAST)
    )


def doses(found: View, raw: Sequence[MuscleDose], record: Record) -> tuple[View, ...]:
    """Return a record's units by muscle, each with the `label` of muscle and side."""
    return tuple(
        dose.with_fields(label=value(_place(item), record))
        for dose, item in zip(found.fields["doses"], raw, strict=True)
    )


def _session(case: Case, item: BotulinumSession) -> View:
    found = view(item, "sessions", case.sessions.index(item) + 1)
    units = value(item.units, item) if item.doses else None
    return found.with_fields(
        doses=doses(found, item.doses, item),
        documented=item.documented,
        units=units
        or missing(
            "Units of a session",
            f"Botulinum toxin session no. {case.sessions.index(item) + 1}, Doses",
            record=item.id,
            field="doses",
        ),
    )


def diagnoses(case: Case) -> tuple[View, ...] | Gap:
    """Return the diagnoses of the jaw that have not ended."""
    found = [item for item in case.jaw_diagnoses if item.abatement is None]
    coded = any(item.code for item in found)
    return tuple(_diagnosis(case, item, coded=coded) for item in found) or missing(
        "Diagnosis", "Diagnoses: add the diagnosis with its ICD-10-CM code", record="diagnoses"
    )


def _diagnosis(case: Case, item: Diagnosis, *, coded: bool) -> View:
    found = view(item, "diagnoses", case.diagnoses.index(item) + 1)
    words = item.text or (translated(item.dc_tmd.label) if item.dc_tmd else item.label)
    if item.code is None and coded:
        # One code is needed, and a clinician does not code every finding.
        found = found.with_fields(code=Value(translated("not coded")))
    return found.with_fields(name=value(words, item))


def symptoms(case: Case) -> tuple[View, ...]:
    """Return the symptoms of the jaw; `side` is empty where the words of the symptom tell it."""
    return tuple(_symptom(case, item) for item in case.jaw_symptoms)


_SIDES: Final = {
    Side.LEFT: re.compile(r"\bleft\b", re.IGNORECASE),
    Side.RIGHT: re.compile(r"\bright\b", re.IGNORECASE),
    Side.BOTH: re.compile(
        r"\bboth (sides|jaws|joints|temples)\b|\bbilateral|\b(left and right|right and left)\b",
        re.IGNORECASE,
    ),
}
"""How a text tells the side."""


def _symptom(case: Case, item: Symptom) -> View:
    found = view(item, "symptoms", case.symptoms.index(item) + 1)
    found = found.with_fields(text=unstopped(found.fields["text"]))
    told = item.side is not None and _SIDES[item.side].search(item.text)
    return found.with_fields(side="") if told else found


def measurements(case: Case) -> tuple[View, ...]:
    """Return what was measured, one view per instrument with its readings by date.

    Each has `label` with the instrument's range, and `readings`: `date`, `value`, `unit` and
    `documented` of each, oldest first. Nothing is interpreted.
    """
    order = list(Instrument)

    def key(item: Measurement) -> tuple[int, str, str]:
        return order.index(item.instrument), item.label, item.version

    result = []
    for _, group in groupby(sorted(case.jaw_measurements, key=key), key=key):
        items = sorted(group, key=lambda item: item.date or _LAST)
        fields = {
            "label": value(measure_label(items[0]), items[0]),
            "readings": tuple(_reading(item) for item in items),
        }
        result.append(View("measurement", MappingProxyType(fields), tuple(items)))
    return tuple(result)


def measure_label(item: Measurement) -> str:
    """Return the name of what was measured, with its version and the range or unit of its scale."""
    version = translated(", version {number}").format(number=item.version) if item.version else ""
    scale = SCALES.get(item.instrument)
    if scale is None:
        return f"{item.label}{version}" + (f" ({item.unit})" if item.unit else "")
    name = item.name or translated(item.instrument.label)
    if scale.unit == "mm":
        return f"{name}{version} (mm)"
    span = translated("{low} to {high}").format(low=f"{scale.minimum:g}", high=f"{scale.maximum:g}")
    return f"{name}{version} ({span})"


def _place(dose: MuscleDose) -> str:
    muscle = dose.name or translated(dose.muscle.label)
    return f"{muscle}, {translated(dose.side.label).lower()}"


def _reading(item: Measurement) -> View:
    found = view(item, "measurements")
    return found.with_fields(
        value=value(number_words(item.value), item), documented=item.documented
    )
