"""The cover sheet: to whom, from whom, how many pages, what is enclosed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tmjkit.case import Case, Coverage, PartialDate, Patient, Provider, Record, Representative
from tmjkit.charts.paper import clean

if TYPE_CHECKING:
    from tmjkit.letters import Letter


def cover_data(
    letter: "Letter", case: Case, pages: int, enclosed: Sequence[tuple[str, int, int]]
) -> dict[str, Any]:
    """Return what the cover sheet shows.

    Parameters
    ----------
    letter
        The letter: its sender and recipient stand on the cover too.
    case
        The case; a fax number comes from the very record that the letter is addressed to, and is
        left blank where that has none. A number of anyone else would send a record astray.
    pages
        Number of all pages, the cover's too.
    enclosed
        For each part its name, its number of pages and its first page in the packet.
    """
    return {
        "title": f"{letter.title}: cover sheet",
        "heading": "Cover sheet",
        "to": _party(letter, case, "recipient", ("fax",)),
        "from": _party(letter, case, "sender", ("phone", "fax")),
        "facts": [
            {"term": "Date", "value": PartialDate.of(letter.date).words()},
            {"term": "About", "value": letter.title},
            {"term": "Pages", "value": f"{pages}, with this sheet"},
        ],
        "enclosed": [
            {"name": name, "pages": count, "start": start} for name, count, start in enclosed
        ],
    }


def _party(letter: "Letter", case: Case, role: str, wanted: tuple[str, ...]) -> dict[str, Any]:
    from tmjkit.letters.letter import Address, plain  # noqa: PLC0415 -- Jinja is heavy

    blocks = [item for item in letter.blocks if isinstance(item, Address) and item.role == role]
    lines = [clean(plain(runs)) for block in blocks for runs in block.lines]
    named = [
        name for block in blocks for runs in block.lines for run in runs for name in run.records
    ]
    record = _who(case, named)
    rows = []
    for field in wanted:
        number = getattr(record, field, None) if record is not None else None
        # Not twice, where the letter's own lines tell it.
        if number is None or not any(str(number) in text for text in lines):
            rows.append({"term": f"{field.capitalize()}:", "value": str(number or "")})
    return {"lines": [text for text in lines if text], "rows": rows}


def _who(case: Case, named: Sequence[str]) -> Record | None:
    """Return the first of the named records that has numbers to be reached at."""
    records = {record.id: record for _, record in case.records()}
    kinds = (Coverage, Provider, Representative, Patient)
    return next((records[name] for name in named if isinstance(records.get(name), kinds)), None)
