"""The table of what was tried before: with its time, its result and the page that shows it."""

from datetime import date
from typing import TYPE_CHECKING, Any

from tmjkit.case import Case, ClinicianSource, ContactSource, DocumentSource, PatientSource, Record
from tmjkit.charts.paper import clean
from tmjkit.packet.cells import Cell, Line, line, lines, soft
from tmjkit.packet.citing import labels, pages_line
from tmjkit.rules.ledger import LedgerRow, ledger

if TYPE_CHECKING:
    from tmjkit.letters import Exhibit, Letter


def steps_data(letter: "Letter", case: Case, today: date) -> dict[str, Any]:
    """Return what the table shows: every treatment and session for the jaw, oldest first."""
    records = {record.id: record for _, record in case.records()}
    exhibits = labels(letter)
    return {
        "heading": "Treatments tried before",
        "intro": "What is on record, oldest first. What is not recorded is not told.",
        "columns": [
            {"head": "What was tried", "width": 1.7},
            {"head": "When", "width": 1.6},
            {"head": "Result", "width": 1.6},
            {"head": "Where it is written", "width": 1.5},
        ],
        "rows": [
            _row(row, records[row.record], exhibits)
            for row in ledger(case, today).rows
            if row.span.possible is not None  # what has not begun was not tried
        ],
    }


def _row(row: LedgerRow, record: Record, exhibits: "dict[str, Exhibit]") -> list[Cell]:
    count = ""
    if row.sessions:
        count = "1 session" if row.sessions == 1 else f"{row.sessions} sessions"
    told = [count, f"Adherence: {row.adherence.lower()}" if row.adherence else ""]
    result = [line(row.response or "No result recorded")]
    if row.stop_reason:
        result.append(soft(f"Ended: {row.stop_reason.lower()}"))
    days = row.days if row.days not in ("not known", "1 day") else ""
    return [
        lines(line(clean(row.label), bold=True), *(soft(text) for text in told if text)),
        lines(line(_upper(row.period)), soft(days)),
        lines(*result),
        lines(*_sources(record, exhibits)) or lines(soft("No record attached")),
    ]


def _sources(record: Record, exhibits: "dict[str, Exhibit]") -> list[Line]:
    """Return where a record is written: the pages first, else who said it."""
    pages: dict[str, dict[int, None]] = {}
    words: dict[str, None] = {}
    for source in record.sources:
        match source:
            case DocumentSource() if source.document_id in exhibits:
                found = pages.setdefault(exhibits[source.document_id].label, {})
                found.update({source.page: None} if source.page else {})
            case DocumentSource():
                words["In a document that is not enclosed"] = None
            case ContactSource():
                words["In the log of calls"] = None
            case PatientSource():
                words["Reported by the patient"] = None
            case ClinicianSource():
                words["Recorded by the clinician"] = None
    if pages:
        return [pages_line(label, tuple(sorted(found))) for label, found in pages.items()]
    return [soft(text) for text in words]


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
