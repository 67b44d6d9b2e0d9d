"""What is wrong and how much: diagnoses, symptoms, scores before and after each session."""

from example_cases.papers import BY_PATIENT, page, recorded_by
from tmjkit.case import DcTmd, Diagnosis, Instrument, Measurement, Side, Symptom

_VISIT = "document-visit"
_SCORES = "document-scores"
_CLINIC = "provider-orofacial"

DIAGNOSES = (
    Diagnosis(
        id="diagnosis-myofascial",
        code="M79.11",
        text="Myofascial pain of the masticatory muscles",
        dc_tmd=DcTmd.MYOFASCIAL_PAIN,
        side=Side.BOTH,
        recorded_date="2024-11-19",
        onset="2024",
        asserter_id=_CLINIC,
        sources=(
            page(
                _VISIT,
                1,
                "Seen here first on 11/19/2024: myofascial pain of the masticatory muscles and "
                "disc displacement with reduction on the right (DC/TMD).",
            ),
            page("document-injections", 1, "M79.11"),
        ),
    ),
    Diagnosis(
        id="diagnosis-disc",
        code="M26.631",
        text="Disc displacement with reduction, right",
        dc_tmd=DcTmd.DD_REDUCTION,
        side=Side.RIGHT,
        recorded_date="2024-11-19",
        onset="2019",
        asserter_id=_CLINIC,
        note="Not painful; not a reason for the injections.",
        sources=(
            page(_VISIT, 1, "disc displacement with reduction on the right (DC/TMD)"),
            recorded_by(_CLINIC),
        ),
    ),
)

SYMPTOMS = (
    Symptom(
        id="symptom-jaw-pain",
        text="Pain in both jaw muscles, worse with chewing and at the end of the working day",
        side=Side.BOTH,
        onset="2024",
        sources=(page(_VISIT, 1, "Pain in both jaw muscles since spring 2024"), BY_PATIENT),
    ),
    Symptom(
        id="symptom-click",
        text="Right joint clicks, without pain or locking",
        side=Side.RIGHT,
        onset="2019",
        sources=(page(_VISIT, 1, "Right joint clicks since 2019, without pain or locking."),),
    ),
    Symptom(
        id="symptom-eating",
        text="Leaves out steak, apples and bread crust",
        onset="2026-06",
        sources=(page(_VISIT, 1, "He again leaves out steak, apples and bread crust"),),
    ),
)

_DAYS = ("2025-09-16", "2025-10-28", "2026-02-03", "2026-03-17", "2026-05-05", "2026-08-18")
_WHEN = ("before-1", "after-1", "before-2", "after-2", "late-2", "gone")

# The rows of the score sheet: instrument, version, words on the sheet, value at each visit.
_ROWS: tuple[tuple[Instrument, str, str, tuple[float | None, ...]], ...] = (
    (Instrument.NRS_PAIN, "", "Average pain, 0 to 10 7 3 6 2 3 6", (7, 3, 6, 2, 3, 6)),
    (Instrument.JFLS_8, "", "JFLS-8, 0 to 10 4.5 2 3.75 1.75 2 4", (4.5, 2, 3.75, 1.75, 2, 4)),
    (
        Instrument.GCPS_CPI,
        "2.0",
        "GCPS 2.0, pain intensity 70 - - 30 - 60",
        (70, None, None, 30, None, 60),
    ),
    (
        Instrument.GCPS_GRADE,
        "2.0",
        "GCPS 2.0, grade III - - I - II",
        (3, None, None, 1, None, 2),
    ),
    (Instrument.PHQ_4, "", "PHQ-4, 0 to 12 4 - - 2 - 2", (4, None, None, 2, None, 2)),
    (Instrument.GAD_7, "", "GAD-7, 0 to 21 5 - - 3 - 3", (5, None, None, 3, None, 3)),
)


def _from_the_sheet() -> list[Measurement]:
    return [
        Measurement(
            id=f"measurement-{instrument.value}-{when}",
            instrument=instrument,
            version=version,
            date=day,
            value=value,
            performer_id=_CLINIC,
            sources=(page(_SCORES, 1, words), BY_PATIENT),
        )
        for instrument, version, words, values in _ROWS
        for day, when, value in zip(_DAYS, _WHEN, values, strict=True)
        if value is not None
    ]


def _opening(when: str, day: str, kind: Instrument, value: int, place: tuple) -> Measurement:
    document, number, words = place
    return Measurement(
        id=f"measurement-{kind.value}-{when}",
        instrument=kind,
        date=day,
        value=value,
        performer_id=_CLINIC,
        sources=(page(document, number, words), recorded_by(_CLINIC)),
    )


_TODAY = (
    _VISIT,
    2,
    "Opening: pain-free 33 mm, maximum unassisted 37 mm, maximum assisted 43 mm.",
)
_INJECTIONS = "document-injections"
_UNASSISTED = Instrument.MMO_UNASSISTED

MEASUREMENTS = (
    # From before this clinic; nobody knows who wrote it down.
    Measurement(
        id="measurement-nrs-undocumented",
        instrument=Instrument.NRS_PAIN,
        date="2024-11",
        value=8,
    ),
    Measurement(
        id="measurement-nrs-pt-start",
        instrument=Instrument.NRS_PAIN,
        date="2025-01-14",
        value=8,
        performer_id="provider-physical-therapist",
        sources=(page(_VISIT, 1, "Pain from 8 to 7 out of 10"),),
    ),
    Measurement(
        id="measurement-nrs-pt-end",
        instrument=Instrument.NRS_PAIN,
        date="2025-04-01",
        value=7,
        performer_id="provider-physical-therapist",
        sources=(page(_VISIT, 1, "Pain from 8 to 7 out of 10"),),
    ),
    *_from_the_sheet(),
    _opening(
        "before-1",
        _DAYS[0],
        _UNASSISTED,
        37,
        (_INJECTIONS, 1, "Maximum unassisted opening 37 mm."),
    ),
    _opening("after-1", _DAYS[1], _UNASSISTED, 38, (_INJECTIONS, 1, "Opening 38 mm.")),
    Measurement(
        id="measurement-nrs-late-1",
        instrument=Instrument.NRS_PAIN,
        date="2025-12-09",
        value=3,
        performer_id=_CLINIC,
        sources=(page(_INJECTIONS, 1, "Average pain still 3 out of 10."),),
    ),
    _opening(
        "before-2",
        _DAYS[2],
        _UNASSISTED,
        37,
        (_INJECTIONS, 2, "Maximum unassisted opening 37 mm."),
    ),
    _opening("after-2", _DAYS[3], _UNASSISTED, 38, (_INJECTIONS, 2, "Opening 38 mm.")),
    _opening("gone", _DAYS[5], Instrument.MMO_PAIN_FREE, 33, _TODAY),
    _opening("gone", _DAYS[5], _UNASSISTED, 37, _TODAY),
    _opening("gone", _DAYS[5], Instrument.MMO_ASSISTED, 43, _TODAY),
    Measurement(
        id="measurement-ibuprofen-days",
        instrument=Instrument.OTHER,
        name="Days with ibuprofen",
        date="2026-08",
        value=10,
        unit="days/month",
        sources=(page(_VISIT, 1, "takes ibuprofen on 10 days a month"), BY_PATIENT),
    ),
)
