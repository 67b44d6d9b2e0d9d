"""What was tried before the request."""

from example_cases.papers import BY_PATIENT, page
from tmjkit.case import Adherence, Response, StopReason, Treatment, TreatmentKind

_NOTES = "document-clinic-notes"
_THERAPY = "document-therapy"
_ATTENDED = page(_THERAPY, 1, "12 of 12 visits attended")
_PT_RESULT = page(
    _THERAPY,
    1,
    "Pain went down by 1 point and opening increased by 2 mm. Chewing tolerance is unchanged.",
)

_NOT_KEPT = (
    "Pain from 7 to 6 of 10, opening 2 mm wider, chewing unchanged; "
    "six weeks later pain was 7 again."
)

_SELF_MANAGED = (
    Treatment(
        id="treatment-self-care",
        kind=TreatmentKind.SELF_CARE,
        name="Soft diet, heat, jaw rest",
        start="2024-01",
        ongoing=True,
        adherence=Adherence.FULL,
        response=Response.PARTIAL,
        response_text="Eases flare-ups, no lasting change",
        sources=(
            page(_NOTES, 1, "Self-care: soft diet, heat, jaw rest January 2024, goes on"),
            BY_PATIENT,
        ),
    ),
    Treatment(
        id="treatment-home-exercise",
        kind=TreatmentKind.JAW_EXERCISE,
        name="Home jaw exercise program",
        start="2025-05-06",
        ongoing=True,
        dose="twice a day",
        adherence=Adherence.PARTIAL,
        response=Response.NONE,
        sources=(
            page(_NOTES, 2, "Home jaw exercise program twice a day"),
            page(_NOTES, 2, "Home exercises done on most days for six months."),
            BY_PATIENT,
        ),
    ),
)

_MEDICINES = (
    Treatment(
        id="treatment-naproxen",
        kind=TreatmentKind.NSAID,
        name="Naproxen",
        start="2024-02-05",
        end="2024-03-18",
        dose="500 mg twice a day",
        adherence=Adherence.FULL,
        response=Response.PARTIAL,
        response_text="Some relief",
        stop_reason=StopReason.ADVERSE_EFFECT,
        adverse_effects="Stomach pain after six weeks",
        provider_id="provider-primary-care",
        sources=(
            page(_NOTES, 1, "Some relief, stopped for stomach pain after six weeks"),
            page("document-pharmacy", 1, "02/05/2024 EX10001 NAPROXEN 500 MG TAB"),
            page("document-pharmacy", 1, "03/06/2024 EX10001 NAPROXEN 500 MG TAB"),
        ),
    ),
    Treatment(
        id="treatment-cyclobenzaprine",
        kind=TreatmentKind.MUSCLE_RELAXANT,
        name="Cyclobenzaprine",
        start="2024-09-09",
        end="2024-10-07",
        dose="10 mg at bedtime",
        adherence=Adherence.FULL,
        response=Response.NONE,
        response_text="No relief",
        stop_reason=StopReason.INEFFECTIVE,
        adverse_effects="Drowsy at work",
        provider_id="provider-primary-care",
        sources=(
            page(_NOTES, 1, "No relief, drowsy at work"),
            page("document-pharmacy", 1, "09/09/2024 EX10210 CYCLOBENZAPRINE 10 MG TAB"),
        ),
    ),
    Treatment(
        id="treatment-nortriptyline",
        kind=TreatmentKind.ANTIDEPRESSANT,
        name="Nortriptyline",
        start="2025-11",
        end="2026-01",
        dose="10 mg, later 25 mg at bedtime",
        adherence=Adherence.FULL,
        response=Response.NONE,
        stop_reason=StopReason.ADVERSE_EFFECT,
        adverse_effects="Dry mouth",
        note="From a mail-order pharmacy; no printout yet.",
        sources=(BY_PATIENT,),
    ),
)

_SPLINT = Treatment(
    id="treatment-splint",
    kind=TreatmentKind.SPLINT,
    name="Stabilization splint, upper, hard acrylic",
    start="2024-05-14",
    end="2025-05-20",
    dose="every night",
    sessions=6,
    adherence=Adherence.FULL,
    response=Response.NONE,
    response_text="worn nightly, no lasting relief",
    stop_reason=StopReason.INEFFECTIVE,
    provider_id="provider-dentist",
    sources=(
        page("document-splint", 1, "05/14/2024 Splint delivered and adjusted to even contacts."),
        page(
            "document-splint",
            1,
            "Splint stopped after 12 months: worn nightly, no lasting relief.",
        ),
    ),
)

_THERAPIES = (
    Treatment(
        id="treatment-jaw-exercise",
        kind=TreatmentKind.JAW_EXERCISE,
        name="Supervised jaw exercise and stretching",
        start="2025-02-04",
        end="2025-05-06",
        dose="at every visit, with a home program",
        sessions=12,
        adherence=Adherence.FULL,
        response=Response.TEMPORARY,
        response_text=_NOT_KEPT,
        stop_reason=StopReason.COMPLETED,
        provider_id="provider-physical-therapist",
        sources=(
            page(_THERAPY, 1, "Supervised jaw exercise and stretching at every visit"),
            _ATTENDED,
            _PT_RESULT,
        ),
    ),
    Treatment(
        id="treatment-physical-therapy",
        kind=TreatmentKind.PHYSICAL_THERAPY,
        name="Physical therapy with supervised posture exercise",
        start="2025-02-04",
        end="2025-05-06",
        sessions=12,
        adherence=Adherence.FULL,
        response=Response.TEMPORARY,
        response_text=_NOT_KEPT,
        stop_reason=StopReason.COMPLETED,
        provider_id="provider-physical-therapist",
        sources=(
            page(_THERAPY, 1, "Supervised posture exercise for neck and shoulders at 10 visits."),
            _ATTENDED,
            _PT_RESULT,
        ),
    ),
    Treatment(
        id="treatment-manual-therapy",
        kind=TreatmentKind.MANUAL_THERAPY,
        name="Manual trigger point therapy and jaw mobilization",
        start="2025-02-11",
        end="2025-04-08",
        sessions=8,
        adherence=Adherence.FULL,
        response=Response.TEMPORARY,
        response_text=_NOT_KEPT,
        stop_reason=StopReason.COMPLETED,
        provider_id="provider-physical-therapist",
        sources=(
            page(
                _THERAPY, 1, "Manual trigger point therapy to masseter and temporalis at 8 visits."
            ),
            page(_THERAPY, 1, "Therapist-assisted jaw mobilization at 5 visits."),
            page(_THERAPY, 2, "9 04/08/2025 E, M, J, P"),
        ),
    ),
    Treatment(
        id="treatment-cbt",
        kind=TreatmentKind.CBT,
        name="Cognitive behavioral therapy with relaxation training",
        start="2025-08-12",
        end="2025-10-28",
        sessions=8,
        adherence=Adherence.FULL,
        response=Response.NONE,
        response_text="Coping and sleep improved. Jaw pain intensity did not change.",
        stop_reason=StopReason.COMPLETED,
        provider_id="provider-psychologist",
        sources=(
            page(_THERAPY, 3, "Cognitive behavioral therapy with relaxation training"),
            page(_THERAPY, 3, "8 of 8 sessions attended"),
            page(_THERAPY, 3, "Jaw pain intensity did not change."),
        ),
    ),
)

# Someone wrote it on the intake sheet, and nobody knows where or when it was.
_UNDOCUMENTED = Treatment(
    id="treatment-acupuncture",
    kind=TreatmentKind.ACUPUNCTURE,
    start="2024",
    sessions=4,
    response=Response.NONE,
)

TREATMENTS = (*_SELF_MANAGED, *_MEDICINES, _SPLINT, *_THERAPIES, _UNDOCUMENTED)
