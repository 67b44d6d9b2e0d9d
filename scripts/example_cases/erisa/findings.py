"""What is wrong and how much: diagnoses, symptoms, scores and measurements."""

from example_cases.papers import BY_PATIENT, page, recorded_by
from tmjkit.case import (
    DcTmd,
    Diagnosis,
    Instrument,
    Measurement,
    Questionnaire,
    QuestionnaireForm,
    Side,
    Source,
    Symptom,
)

_NOTES = "document-clinic-notes"
_THERAPY = "document-therapy"
_FIRST, _SECOND = "2026-03-10", "2026-09-22"

DIAGNOSES = (
    Diagnosis(
        id="diagnosis-myofascial",
        code="M79.11",
        text="Myofascial pain with referral, masticatory muscles",
        dc_tmd=DcTmd.MYOFASCIAL_REFERRAL,
        side=Side.BOTH,
        recorded_date=_FIRST,
        onset="2023",
        asserter_id="provider-orofacial",
        sources=(
            page(
                _NOTES,
                2,
                "Myofascial pain with referral, masticatory muscles, both sides (DC/TMD). "
                "ICD-10-CM M79.11.",
            ),
        ),
    ),
    Diagnosis(
        id="diagnosis-headache",
        text="Headache attributed to TMD",
        dc_tmd=DcTmd.HEADACHE,
        recorded_date=_FIRST,
        onset="2024-03",
        asserter_id="provider-orofacial",
        sources=(page(_NOTES, 2, "Headache attributed to TMD (DC/TMD)."),),
    ),
    Diagnosis(
        id="diagnosis-bruxism",
        code="G47.63",
        text="Probable sleep bruxism",
        recorded_date=_FIRST,
        asserter_id="provider-orofacial",
        note="By report of the partner; no sleep study.",
        sources=(page(_NOTES, 2, "Probable sleep bruxism by report, G47.63."),),
    ),
)

SYMPTOMS = (
    Symptom(
        id="symptom-jaw-pain",
        text="Jaw pain, worse with chewing and yawning",
        side=Side.BOTH,
        onset="2023",
        days_per_month=26,
        sources=(
            page(_NOTES, 1, "Jaw pain began in 2023 and has been there on most days since."),
            BY_PATIENT,
        ),
    ),
    Symptom(
        id="symptom-temple-headache",
        text="Temple headache brought on by jaw use",
        side=Side.BOTH,
        onset="2024-03",
        days_per_month=8,
        sources=(page(_NOTES, 1, "Temple headache on about 8 days a month since March 2024"),),
    ),
    Symptom(
        id="symptom-eating",
        text="Cuts food small, avoids meat and raw vegetables",
        onset="2024",
        sources=(page(_NOTES, 2, "Cuts food small, avoids meat and raw vegetables"),),
    ),
    # Nobody wrote down who said this: it is shown as undocumented.
    Symptom(id="symptom-ear-fullness", text="Fullness in the ears", onset="2024"),
)


def _measured(
    key: str,
    instrument: Instrument,
    date: str,
    value: float,
    *sources: Source,
    version: str = "",
    by: str = "provider-orofacial",
) -> Measurement:
    return Measurement(
        id=f"measurement-{key}",
        instrument=instrument,
        version=version,
        date=date,
        value=value,
        performer_id=by,
        sources=sources,
    )


def _opening(season: str, date: str, number: int, words: str, *values: int) -> list[Measurement]:
    """Make the three openings of one examination: pain-free, unassisted, assisted."""
    kinds = (Instrument.MMO_PAIN_FREE, Instrument.MMO_UNASSISTED, Instrument.MMO_ASSISTED)
    return [
        _measured(
            f"{kind.value}-{season}",
            kind,
            date,
            value,
            page(_NOTES, number, words),
            recorded_by("provider-orofacial"),
        )
        for kind, value in zip(kinds, values, strict=True)
    ]


def _questionnaires(season: str, date: str, column: int) -> list[Measurement]:
    """Make the scores of one column of the questionnaire sheet (page 3 of the notes)."""
    rows: list[tuple[Instrument, str, str, tuple[float, float]]] = [
        (Instrument.GCPS_GRADE, "2.0", "Graded Chronic Pain Scale 2.0: grade III III", (3, 3)),
        (
            Instrument.GCPS_CPI,
            "2.0",
            "Graded Chronic Pain Scale 2.0: pain intensity 70 80",
            (70, 80),
        ),
        (Instrument.JFLS_8, "", "Jaw Functional Limitation Scale, 8 items 4.25 4.5", (4.25, 4.5)),
        (Instrument.PHQ_4, "", "PHQ-4 4 3", (4, 3)),
        (Instrument.GAD_7, "", "GAD-7 6 5", (6, 5)),
        (Instrument.OBC, "", "Oral Behaviors Checklist 35 33", (35, 33)),
    ]
    return [
        _measured(
            f"{kind.value}-{season}",
            kind,
            date,
            values[column],
            page(_NOTES, 3, words),
            BY_PATIENT,
            version=version,
        )
        for kind, version, words, values in rows
    ]


MEASUREMENTS = (
    # A number from memory, without a paper or a name behind it.
    Measurement(
        id="measurement-nrs-undocumented",
        instrument=Instrument.NRS_PAIN,
        date="2024",
        value=8,
        note="Entered from a loose sheet without name or date.",
    ),
    _measured(
        "nrs-pt-start",
        Instrument.NRS_PAIN,
        "2025-02-04",
        7,
        page(_THERAPY, 1, "Average jaw pain, past week (0 to 10) 7 6"),
        by="provider-physical-therapist",
    ),
    _measured(
        "mmo-pt-start",
        Instrument.MMO_UNASSISTED,
        "2025-02-04",
        36,
        page(_THERAPY, 1, "Maximum opening, unassisted 36 mm 38 mm"),
        by="provider-physical-therapist",
    ),
    _measured(
        "nrs-pt-end",
        Instrument.NRS_PAIN,
        "2025-05-06",
        6,
        page(_THERAPY, 1, "Average jaw pain, past week (0 to 10) 7 6"),
        by="provider-physical-therapist",
    ),
    _measured(
        "mmo-pt-end",
        Instrument.MMO_UNASSISTED,
        "2025-05-06",
        38,
        page(_THERAPY, 1, "Maximum opening, unassisted 36 mm 38 mm"),
        by="provider-physical-therapist",
    ),
    _measured(
        "nrs-pt-after",
        Instrument.NRS_PAIN,
        "2025-06-17",
        7,
        page(
            _THERAPY,
            1,
            "At a telephone check on June 17, 2025 average pain was again 7 out of 10.",
        ),
        by="provider-physical-therapist",
    ),
    _measured(
        "nrs-cbt-start",
        Instrument.NRS_PAIN,
        "2025-08-12",
        7,
        page(_THERAPY, 3, "Average jaw pain, past week (0 to 10) 7 7"),
        by="provider-psychologist",
    ),
    _measured(
        "gad-7-cbt-start",
        Instrument.GAD_7,
        "2025-08-12",
        9,
        page(_THERAPY, 3, "GAD-7 (0 to 21) 9 6"),
        by="provider-psychologist",
    ),
    _measured(
        "nrs-cbt-end",
        Instrument.NRS_PAIN,
        "2025-10-28",
        7,
        page(_THERAPY, 3, "Average jaw pain, past week (0 to 10) 7 7"),
        by="provider-psychologist",
    ),
    _measured(
        "gad-7-cbt-end",
        Instrument.GAD_7,
        "2025-10-28",
        6,
        page(_THERAPY, 3, "GAD-7 (0 to 21) 9 6"),
        by="provider-psychologist",
    ),
    _measured(
        "nrs-spring",
        Instrument.NRS_PAIN,
        _FIRST,
        7,
        page(_NOTES, 1, "Average jaw pain in the past month 7 out of 10."),
    ),
    *_opening(
        "spring",
        _FIRST,
        1,
        "pain-free 31 mm, maximum unassisted 38 mm, maximum assisted 42 mm",
        *(31, 38, 42),
    ),
    *_questionnaires("spring", _FIRST, 0),
    _measured(
        "nrs-autumn",
        Instrument.NRS_PAIN,
        _SECOND,
        7,
        page(_NOTES, 2, "Average jaw pain in the past month 7 out of 10, worst 9."),
    ),
    *_opening(
        "autumn",
        _SECOND,
        2,
        "pain-free 30 mm, maximum unassisted 37 mm, maximum assisted 42 mm",
        *(30, 37, 42),
    ),
    *_questionnaires("autumn", _SECOND, 1),
    Measurement(
        id="measurement-rescue-days",
        instrument=Instrument.OTHER,
        name="Days with rescue pain medicine",
        date="2026-09",
        value=14,
        unit="days/month",
        sources=(
            page(_NOTES, 2, "Takes rescue pain medicine on about 14 days a month."),
            BY_PATIENT,
        ),
    ),
)


def _answers(
    key: str, form: QuestionnaireForm, date: str, answers: str, *words: str
) -> Questionnaire:
    """Make one questionnaire of the sheet of items (page 3 of the notes)."""
    return Questionnaire(
        id=f"questionnaire-{key}",
        form=form,
        date=date,
        answers=answers.split(),
        performer_id="provider-orofacial",
        sources=(*(page(_NOTES, 3, quote) for quote in words), BY_PATIENT),
    )


_GCPS_WORDS = (
    "Pain right now 6 8",
    "Worst pain 8 9",
    "Average pain 7 7",
    "Days kept from usual activities 4 5",
    "Interference: work 7 6",
)
_JFLS_WORDS = ("Tough food 8 8", "Smiling 2 3")

# The sheet does not ask for the days with pain (item 1 of GCPS 2.0), which are not scored.
QUESTIONNAIRES = (
    _answers("gcps-spring", QuestionnaireForm.GCPS_2, _FIRST, "- 6 8 7 4 6 5 7", *_GCPS_WORDS),
    _answers("gcps-autumn", QuestionnaireForm.GCPS_2, _SECOND, "- 8 9 7 5 6 6 6", *_GCPS_WORDS),
    _answers("jfls-8-spring", QuestionnaireForm.JFLS_8, _FIRST, "8 6 2 3 1 8 4 2", *_JFLS_WORDS),
    _answers("jfls-8-autumn", QuestionnaireForm.JFLS_8, _SECOND, "8 6 2 3 2 8 4 3", *_JFLS_WORDS),
)
