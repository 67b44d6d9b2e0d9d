"""The case as a table of events."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from tmjkit.case.base import Record
from tmjkit.case.dates import PartialDate
from tmjkit.case.purpose import Purpose
from tmjkit.case.source import ClinicianSource, ContactSource, DocumentSource, PatientSource

if TYPE_CHECKING:
    import pandas as pd

    from tmjkit.case.case import Case

UNDOCUMENTED = "undocumented"


_MARKS = {Purpose.OTHER: " (for something else)", Purpose.UNKNOWN: " (not stated what for)"}


class Event(NamedTuple):
    """One row of the timeline, before it becomes one."""

    kind: str
    record: Record
    first: PartialDate | None
    last: PartialDate | None
    label: str
    value: float | str | None = None
    unit: str = ""


def timeline(case: "Case") -> "pd.DataFrame":
    """Return one row per event of a case, oldest first; undated events come last.

    Columns
    -------
    start, end
        First and last day that the event can cover, as datetime64 without zone: an event in
        "2024-03" runs from 2024-03-01 to 2024-03-31. `end` is NaT for what goes on, both are
        NaT for an undated event.
    dated
        The dates as they were written down, such as "2024-03 to 2024-06-14".
    kind
        symptom, diagnosis, measurement, treatment, injection, request, claim, determination,
        appeal, papers or contact.
    label, value, unit
        What it was, with a mark where it does not concern the jaw; value is the number measured,
        the response, or the decision.
    source
        How it is known, in words; "undocumented" when nothing says so.
    record
        Id of the record.
    """
    import pandas as pd  # noqa: PLC0415 -- heavy

    names = {document.id: document.name for document in case.documents}
    rows = [
        {
            "start": event.first.earliest if event.first else None,
            "end": event.last.latest if event.last else None,
            "dated": _dated(event),
            "kind": event.kind,
            "label": event.label + _mark(event.record),
            "value": event.value,
            "unit": event.unit,
            "source": source_words(event.record, names),
            "record": event.record.id,
        }
        for event in _events(case)
    ]
    columns = ["start", "end", "dated", "kind", "label", "value", "unit", "source", "record"]
    table = pd.DataFrame(rows, columns=columns)
    for column in ("start", "end"):
        table[column] = pd.to_datetime(table[column]).astype("datetime64[s]")
    table["value"] = table["value"].astype(object)
    return table.sort_values(["start", "end"], kind="stable", na_position="last", ignore_index=True)


def source_words(record: Record, names: dict[str, str]) -> str:
    """Say how a record is known; `names` maps ids of documents to their names."""
    words = []
    for source in record.sources:
        match source:
            case DocumentSource():
                page = f", page {source.page}" if source.page else ""
                place = f", {source.locator}" if source.locator else ""
                words.append(f"{names.get(source.document_id, 'document')}{page}{place}")
            case ContactSource():
                words.append("contact log")
            case PatientSource():
                words.append("reported by the patient")
            case ClinicianSource():
                words.append("recorded by the clinician")
    # Several quotes of one page are one place to look at.
    return "; ".join(dict.fromkeys(words)) or UNDOCUMENTED


def _mark(record: Record) -> str:
    purpose = getattr(record, "purpose", Purpose.JAW)
    return _MARKS.get(purpose, "")


def _dated(event: Event) -> str:
    if event.first is None and event.last is None:
        return ""
    if event.last is None:
        return f"since {event.first}"
    if event.first is None:
        return f"until {event.last}"
    return str(event.first) if event.first == event.last else f"{event.first} to {event.last}"


def _events(case: "Case") -> Iterator[Event]:
    for symptom in case.symptoms:
        yield Event("symptom", symptom, symptom.onset, symptom.abatement, symptom.text)
    for diagnosis in case.diagnoses:
        day = diagnosis.recorded_date or diagnosis.onset
        yield Event("diagnosis", diagnosis, day, day, diagnosis.label, diagnosis.code)
    for item in case.measurements:
        yield Event(
            "measurement", item, item.date, item.date, item.label, item.value, item.unit_label
        )
    for answers in case.questionnaires:
        yield Event("measurement", answers, answers.date, answers.date, answers.label)
    for care in case.treatments:
        # Neither an end nor "goes on" was written down: only the beginning is known.
        last = care.end if care.end or care.ongoing else care.start
        result = care.response.label if care.response else None
        yield Event("treatment", care, care.start, last, care.label, result)
    for session in case.sessions:
        units = float(session.units) if session.doses else None
        day = session.date
        yield Event("injection", session, day, day, session.product.label, units, "units")
    yield from _insurance_events(case)
    for contact in case.contacts:
        label = f"{contact.channel.label}: {contact.organization or contact.who}".rstrip(": ")
        yield Event("contact", contact, contact.date, contact.date, label, contact.reference)


def _insurance_events(case: "Case") -> Iterator[Event]:
    for request in case.requests:
        label = f"Prior authorization requested: {request.service}".rstrip(": ")
        yield Event("request", request, request.sent, request.sent, label, request.reference)
    for claim in case.claims:
        day = claim.sent or claim.end or claim.start
        yield Event("claim", claim, day, day, "Claim", claim.reference)
    for decision in case.determinations:
        # What the notice says counts; the day it came matters for deadlines.
        day = decision.notice_date or decision.received_date
        label = f"{decision.level.label}: {decision.decision.label.lower()}"
        yield Event("determination", decision, day, day, label, decision.decision.value)
    for appeal in case.appeals:
        value = appeal.outcome.label if appeal.outcome else None
        yield Event("appeal", appeal, appeal.sent, appeal.sent, appeal.level.label, value)
    for asked in case.papers:
        yield Event("papers", asked, asked.sent, asked.sent, f"Asked for: {asked.label}")
