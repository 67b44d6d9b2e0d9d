"""The clinical tables of a case report: diagnoses, symptoms, measurements, care."""

from collections.abc import Callable

from markupsafe import Markup

from tmjkit.case import (
    BotulinumSession,
    Case,
    Diagnosis,
    Measurement,
    PartialDate,
    Purpose,
    Symptom,
    Treatment,
)
from tmjkit.reports.html import Column, Table, headed, lines, span
from tmjkit.reports.sources import COLUMN, Sources

MakeTable = Callable[[Case, Sources], Table]

_LATE = PartialDate(2199)


def diagnoses(case: Case, sources: Sources) -> Table:
    """Return the diagnoses."""
    rows = [
        (
            headed(item.label, _about(item)),
            item.dc_tmd.label if item.dc_tmd else "",
            item.side.label if item.side else "",
            item.recorded_date,
            span(item.onset, item.abatement),
            sources.provider(item.asserter_id),
            sources.of(item),
        )
        for item in case.diagnoses
    ]
    heads = ("Diagnosis", "DC/TMD", "Side", "Made on", "Condition since", "Made by")
    return Table(
        "Diagnoses, as recorded", (*_columns(heads), COLUMN), rows, "No diagnosis is recorded."
    )


def symptoms(case: Case, sources: Sources) -> Table:
    """Return the symptoms."""
    rows = [
        (
            headed(item.text, _about(item)),
            item.side.label if item.side else "",
            span(item.onset, item.abatement),
            item.days_per_month,
            sources.of(item),
        )
        for item in case.symptoms
    ]
    columns = (
        *_columns(("Symptom", "Side", "When")),
        Column("Days per month", "number"),
        COLUMN,
    )
    return Table("Symptoms, as recorded", columns, rows, "No symptom is recorded.")


def measurements(case: Case, sources: Sources) -> Table:
    """Return the measurements, by instrument and date."""
    ordered = sorted(case.measurements, key=lambda item: (item.label, item.date or _LATE))
    rows = [
        (
            headed(item.label, f"version {item.version}" if item.version else "", _about(item)),
            item.date,
            f"{item.value:g} {item.unit_label}".strip(),
            sources.provider(item.performer_id),
            sources.of(item),
        )
        for item in ordered
    ]
    columns = (
        Column("Instrument"),
        Column("Date", "date"),
        Column("Value", "number"),
        Column("Measured by"),
        COLUMN,
    )
    return Table(
        "Measurements, by instrument and date", columns, rows, "No measurement is recorded."
    )


def treatments(case: Case, sources: Sources) -> Table:
    """Return the treatments that were tried, by their beginning."""
    ordered = sorted(case.treatments, key=lambda item: item.start or _LATE)
    rows = [
        (
            headed(item.label, item.kind.label if item.name else "", _given_for(item)),
            _treatment_dates(item),
            lines((item.dose, _sessions(item), item.adherence.label if item.adherence else "")),
            lines((item.response.label if item.response else "", item.response_text)),
            lines((item.stop_reason.label if item.stop_reason else "", item.adverse_effects)),
            sources.of(item),
        )
        for item in ordered
    ]
    columns = (
        Column("Treatment"),
        Column("When", "date"),
        Column("Dose, sessions, adherence"),
        Column("Response", "prose"),
        Column("Why it ended"),
        COLUMN,
    )
    return Table("Treatments, by their beginning", columns, rows, "No treatment is recorded.")


def injections(case: Case, sources: Sources) -> Table:
    """Return the botulinum toxin sessions, by date."""
    ordered = sorted(case.sessions, key=lambda item: item.date or _LATE)
    rows = [
        (
            headed(item.product.label, item.hcpcs, _given_for(item)),
            item.date,
            f"{item.units:f}" if item.doses else "",
            lines(f"{dose.label}: {dose.units:f}" for dose in item.doses),
            f"{item.units_wasted:f}" if item.units_wasted is not None else "",
            _session_response(item),
            lines((sources.provider(item.provider_id), sources.of(item))),
        )
        for item in ordered
    ]
    columns = (
        Column("Product"),
        Column("Date", "date"),
        Column("Units", "number"),
        Column("Units by muscle"),
        Column("Units discarded", "number"),
        Column("Response", "prose"),
        COLUMN,
    )
    return Table("Sessions, by date", columns, rows, "No botulinum toxin session is recorded.")


def _about(item: Diagnosis | Symptom | Measurement) -> Markup:
    """Say of a finding that it is not known to concern the jaw; nothing where it does."""
    return _marked(item.purpose, "about something else", "not stated what it concerns")


def _given_for(item: Treatment | BotulinumSession) -> Markup:
    """Say of care that it is not known to be for the jaw; nothing where it is."""
    return _marked(item.purpose, "for something else", "not stated what for")


def _marked(purpose: Purpose, other: str, unknown: str) -> Markup:
    if purpose is Purpose.JAW:
        return Markup("")
    # Not quiet text: whoever reads the table must not count the row among those for the jaw.
    text = other if purpose is Purpose.OTHER else unknown
    return Markup("<strong>{}</strong>").format(text)


def _session_response(item: BotulinumSession) -> Markup:
    relief = f"{item.relief_percent}% relief of pain" if item.relief_percent is not None else ""
    lasted = f"lasted {item.duration_weeks:f} weeks" if item.duration_weeks is not None else ""
    label = item.response.label if item.response else ""
    return lines((label, relief, lasted, item.response_text, item.adverse_effects))


def _columns(heads: tuple[str, ...]) -> tuple[Column, ...]:
    return tuple(Column(head) for head in heads)


def _treatment_dates(item: Treatment) -> object:
    if item.ongoing:
        return lines((item.start, "to now" if item.start else "goes on"))
    return span(item.start, item.end)


def _sessions(item: Treatment) -> str:
    return f"{item.sessions} sessions" if item.sessions is not None else ""
