"""Tests on the patient and the condition: diagnosis, specialist, time, age."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from dateutil.relativedelta import relativedelta

from tmjkit.case import Case, Diagnosis, PartialDate, Provider, Record, Symptom
from tmjkit.knowledge.criteria import (
    Age,
    DiagnosisMade,
    DurationOfSymptoms,
    Specialist,
)
from tmjkit.rules.criteria.marks import Mark, all_of, any_of, when
from tmjkit.rules.criteria.model import Need, Result, listed
from tmjkit.rules.criteria.papers import exact, not_shown, shown
from tmjkit.rules.criteria.request import request_of
from tmjkit.rules.spans import certainly_lasts, possibly_lasts

_NOT_TO_FIT: Final = "The clinician makes the diagnosis; it is never chosen to fit a policy."


def judge_diagnosis(case: Case, test: DiagnosisMade, today: date) -> Result:
    """Judge `diagnosis`: one that concerns the jaw and has not ended, by code or DC/TMD name."""
    now = [
        item
        for item in case.jaw_diagnoses
        if item.abatement is None or item.abatement.latest >= today
    ]
    marks = {item.id: _diagnosis(item, test) for item in now}
    mark = any_of(marks.values()) if now else Mark.UNDOCUMENTED
    found = [item for item in now if marks[item.id] is mark]
    ids, labels = _ids(found), listed(tuple(item.label for item in found))
    if mark is Mark.MET:
        return Result(mark, f"{labels}.", ids)
    if mark is Mark.UNMET:
        return Result(
            mark, f"Recorded is {labels}, which the policy does not name. {_NOT_TO_FIT}", ids
        )
    if not now:
        why = "No diagnosis that concerns the jaw is recorded."
    else:
        why = f"{labels}: {_diagnosis_lacks(found, test)}."
    need = Need(
        "Clinical note with the diagnosis as the clinician made it",
        ("the diagnosis with its code, date and DC/TMD name",),
        f"Enter it under Diagnoses. {_NOT_TO_FIT}",
        ids,
    )
    return Result(mark, why, ids, (need,))


def _diagnosis(item: Diagnosis, test: DiagnosisMade) -> Mark:
    return all_of((_named(item, test), Mark.MET if shown(item) else Mark.UNDOCUMENTED))


def _named(item: Diagnosis, test: DiagnosisMade) -> Mark:
    """Tell whether the policy names a diagnosis; what it names by is perhaps not recorded."""
    marks = []
    if test.codes:
        known = item.code is not None
        fits = known and str(item.code).startswith(test.codes)
        marks.append(when(fits, not known))
    if test.dc_tmd:
        known = item.dc_tmd is not None
        fits = known and str(item.dc_tmd.value if item.dc_tmd else "") in test.dc_tmd
        marks.append(when(fits, not known))
    return any_of(marks)


def _diagnosis_lacks(found: Sequence[Diagnosis], test: DiagnosisMade) -> str:
    bare = [item for item in found if _named(item, test) is Mark.MET]
    if bare:
        return not_shown(bare[0])
    lacks = []
    if test.codes and any(item.code is None for item in found):
        lacks.append("the code")
    if test.dc_tmd and any(item.dc_tmd is None for item in found):
        lacks.append("the DC/TMD name")
    return f"{listed(tuple(lacks))} is not recorded"


def judge_specialist(case: Case, test: Specialist, _today: date) -> Result:
    """Judge `specialist`: the specialty of who asks, or else of who treats.

    Who the clinic's own clinicians are needs no paper.
    """
    request = request_of(case)
    asking = [one for one in case.providers if request and one.id == request.provider_id]
    found = asking or [one for one in case.providers if one.role.value in test.roles]
    marks = {one.id: _specialty(one, test.words) for one in found}
    mark = any_of(marks.values()) if found else Mark.UNDOCUMENTED
    decisive = [one for one in found if marks[one.id] is mark]
    names = listed(
        tuple(f"{one.title}: {one.specialty or 'no specialty recorded'}" for one in decisive)
    )
    wanted = listed(test.words, "or")
    if mark is Mark.MET:
        return Result(mark, f"{names}.", _ids(decisive))
    if mark is Mark.UNMET:
        return Result(mark, f"{names}; the policy asks for {wanted}.", _ids(decisive))
    why = f"{names}." if decisive else "Who prescribes is not recorded."
    need = Need(
        "Specialty of the prescribing clinician",
        (),
        "Enter it under Providers, as the license or the board certificate says.",
        _ids(decisive),
    )
    return Result(mark, why, _ids(decisive), (need,))


def _specialty(one: Provider, words: Sequence[str]) -> Mark:
    if not one.specialty:
        return Mark.UNDOCUMENTED
    told = f"{one.specialty} {one.qualification}".casefold()
    return when(any(word.casefold() in told for word in words), possible=False)


def judge_duration(case: Case, test: DurationOfSymptoms, today: date) -> Result:
    """Judge `duration-of-symptoms`: from the first onset that is recorded for the jaw."""
    told_of: list[Diagnosis | Symptom] = [*case.jaw_diagnoses, *case.jaw_symptoms]
    known = [item for item in told_of if item.onset]
    marks: dict[str, Mark] = {}
    for item in known:
        assert item.onset is not None  # noqa: S101 -- chosen so above
        over = item.abatement
        last = (
            min(over.earliest, today) if over else today,
            min(over.latest, today) if over else today,
        )
        certain = [(item.onset.latest, last[0])] if item.onset.latest <= last[0] else []
        possible = [(item.onset.earliest, last[1])] if item.onset.earliest <= last[1] else []
        long_enough = when(
            certainly_lasts(certain, test.duration), possibly_lasts(possible, test.duration)
        )
        marks[item.id] = all_of((long_enough, Mark.MET if shown(item) else Mark.UNDOCUMENTED))
    mark = any_of(marks.values()) if known else Mark.UNDOCUMENTED
    found = [item for item in known if marks[item.id] is mark]
    if mark is Mark.MET:
        found = sorted(found, key=_onset)[:1]
    told = listed(
        tuple(f"{_felt(item)} since {item.onset.words()}" for item in found if item.onset)
    )
    if mark is not Mark.UNDOCUMENTED:
        return Result(mark, f"{told}; {test.duration.words} are needed.", _ids(found))
    why = f"{told}." if found else "When the symptoms began is not recorded."
    asks = tuple(dict.fromkeys(_onset_asks(found))) or ("when the symptoms began",)
    need = Need(
        "Clinical note that tells when the jaw's symptoms began",
        asks,
        "Enter it under Diagnoses or Symptoms, with the note as its source.",
        _ids(found),
    )
    return Result(mark, f"{why} {test.duration.words} are needed.", _ids(found), (need,))


def _felt(item: Diagnosis | Symptom) -> str:
    return item.text if isinstance(item, Symptom) else item.label


def _onset(item: Diagnosis | Symptom) -> date:
    return item.onset.latest if item.onset else date.max


def _onset_asks(found: Sequence[Record]) -> list[str]:
    asks = []
    for item in found:
        onset: PartialDate | None = getattr(item, "onset", None)
        if onset is not None and not onset.exact:
            asks.append(exact("the exact day they began", onset))
        if not shown(item):
            asks.append("a paper that shows it")
    return asks


def judge_age(case: Case, test: Age, today: date) -> Result:
    """Judge `age` in whole years; the patient's own date of birth needs no paper."""
    limits = [
        f"at least {test.at_least}" if test.at_least is not None else "",
        f"at most {test.at_most}" if test.at_most is not None else "",
    ]
    asked = listed(tuple(limit for limit in limits if limit))
    born, records = case.patient.birth_date, (case.patient.id,)
    if born is None:
        need = Need("The patient's date of birth", (), "Enter it under Patient.", records)
        return Result(Mark.UNDOCUMENTED, "The date of birth is not recorded.", records, (need,))
    youngest = relativedelta(today, born.latest).years
    oldest = relativedelta(today, born.earliest).years
    marks = []
    if test.at_least is not None:
        marks.append(when(youngest >= test.at_least, oldest >= test.at_least))
    if test.at_most is not None:
        marks.append(when(oldest <= test.at_most, youngest <= test.at_most))
    age = f"{youngest}" if youngest == oldest else f"{youngest} or {oldest}"
    mark = all_of(marks)
    needs = (
        (
            Need(
                exact("The patient's whole date of birth", born),
                (),
                "Enter it under Patient.",
                records,
            ),
        )
        if mark is Mark.UNDOCUMENTED
        else ()
    )
    return Result(mark, f"{age} years old; {asked} is needed.", records, needs)


def _ids(found: Sequence[Record]) -> tuple[str, ...]:
    return tuple(item.id for item in found)
