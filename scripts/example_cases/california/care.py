"""What was tried, and the two sessions that helped."""

from example_cases.papers import BY_PATIENT, page, recorded_by
from tmjkit.case import (
    HCPCS,
    Adherence,
    BotulinumSession,
    Muscle,
    MuscleDose,
    Response,
    Side,
    StopReason,
    ToxinProduct,
    Treatment,
    TreatmentKind,
)

_VISIT = "document-visit"
_INJECTIONS = "document-injections"
_CLINIC = "provider-orofacial"

TREATMENTS = (
    Treatment(
        id="treatment-self-care",
        kind=TreatmentKind.SELF_CARE,
        name="Soft diet, heat, no chewing gum",
        start="2024",
        ongoing=True,
        adherence=Adherence.FULL,
        response=Response.PARTIAL,
        response_text="Helps a little",
        sources=(
            page(_VISIT, 1, "Self-care: soft diet, heat, no gum 2024, goes on Helps a little"),
            BY_PATIENT,
        ),
    ),
    Treatment(
        id="treatment-ibuprofen",
        kind=TreatmentKind.NSAID,
        name="Ibuprofen",
        start="2024-11",
        end="2024-11",
        dose="600 mg three times a day for two weeks",
        adherence=Adherence.FULL,
        response=Response.TEMPORARY,
        response_text="Some relief, pain returned when it was stopped",
        stop_reason=StopReason.COMPLETED,
        provider_id="provider-primary-care",
        sources=(page(_VISIT, 1, "Some relief, pain returned when it was stopped"),),
    ),
    Treatment(
        id="treatment-splint",
        kind=TreatmentKind.SPLINT,
        name="Stabilization splint",
        start="2024-12",
        ongoing=True,
        dose="every night",
        adherence=Adherence.FULL,
        response=Response.PARTIAL,
        response_text="Less wear on teeth, pain only a little less",
        provider_id=_CLINIC,
        sources=(page(_VISIT, 1, "Less wear on teeth, pain only a little less"),),
    ),
    Treatment(
        id="treatment-physical-therapy",
        kind=TreatmentKind.PHYSICAL_THERAPY,
        name="Physical therapy with supervised jaw exercise",
        start="2025-01-14",
        end="2025-04-01",
        sessions=8,
        adherence=Adherence.FULL,
        response=Response.PARTIAL,
        response_text="Pain from 8 to 7 out of 10",
        stop_reason=StopReason.COMPLETED,
        provider_id="provider-physical-therapist",
        sources=(
            page(
                _VISIT,
                1,
                "Physical therapy, supervised jaw exercise 01/14/2025 to 04/01/2025, 8 visits "
                "Pain from 8 to 7 out of 10",
            ),
        ),
    ),
    Treatment(
        id="treatment-pain-class",
        kind=TreatmentKind.CBT,
        name="Pain coping class, four group evenings",
        start="2025-05",
        end="2025-05",
        sessions=4,
        adherence=Adherence.FULL,
        response=Response.PARTIAL,
        response_text="Useful for stress, pain the same",
        stop_reason=StopReason.COMPLETED,
        sources=(BY_PATIENT,),
    ),
    # On the old problem list without a date, a dose or a prescriber.
    Treatment(id="treatment-muscle-relaxant", kind=TreatmentKind.MUSCLE_RELAXANT, start="2025"),
)

DOSES = (
    MuscleDose(muscle=Muscle.MASSETER, side=Side.RIGHT, units=25, sites=3),
    MuscleDose(muscle=Muscle.MASSETER, side=Side.LEFT, units=25, sites=3),
    MuscleDose(muscle=Muscle.TEMPORALIS, side=Side.RIGHT, units=10, sites=2),
    MuscleDose(muscle=Muscle.TEMPORALIS, side=Side.LEFT, units=10, sites=2),
)

SESSIONS = (
    BotulinumSession(
        id="session-1",
        date="2025-09-16",
        product=ToxinProduct.ONABOTULINUM,
        hcpcs=HCPCS[ToxinProduct.ONABOTULINUM],
        doses=DOSES,
        units_wasted=30,
        response=Response.GOOD,
        relief_percent=60,
        duration_weeks=14,
        response_text="Average pain from 7 to 3 out of 10, jaw function score from 4.5 to 2",
        adverse_effects="Chewing felt tired for two weeks, then normal.",
        provider_id=_CLINIC,
        sources=(
            page(_INJECTIONS, 1, "Masseter 25 units 25 units 3"),
            page(_INJECTIONS, 1, "Temporalis 10 units 10 units 2"),
            page(_INJECTIONS, 1, "Given: 70 units. Discarded: 30 units."),
            page(_INJECTIONS, 1, "Patient reports 60 percent less pain."),
            page(_INJECTIONS, 1, "effect lasted about 14 weeks"),
            page(
                _VISIT,
                2,
                "Session 1: average pain from 7 to 3, jaw function score from 4.5 to 2, relief "
                "for about 14 weeks.",
            ),
            BY_PATIENT,
            recorded_by(_CLINIC),
        ),
    ),
    BotulinumSession(
        id="session-2",
        date="2026-02-03",
        product=ToxinProduct.ONABOTULINUM,
        hcpcs=HCPCS[ToxinProduct.ONABOTULINUM],
        doses=DOSES,
        units_wasted=30,
        interval_weeks=20,
        response=Response.GOOD,
        relief_percent=65,
        duration_weeks=16,
        response_text="Average pain from 6 to 2 out of 10, jaw function score from 3.75 to 1.75",
        adverse_effects="None",
        provider_id=_CLINIC,
        sources=(
            page(_INJECTIONS, 2, "Masseter 25 units 25 units 3"),
            page(_INJECTIONS, 2, "Temporalis 10 units 10 units 2"),
            page(_INJECTIONS, 2, "Given: 70 units. Discarded: 30 units."),
            page(_INJECTIONS, 2, "Patient reports 65 percent less pain."),
            page(_INJECTIONS, 2, "effect lasted about 16 weeks"),
            page(
                _VISIT,
                2,
                "Session 2: average pain from 6 to 2, jaw function score from 3.75 to 1.75, "
                "relief for about 16 weeks.",
            ),
            BY_PATIENT,
            recorded_by(_CLINIC),
        ),
    ),
)
