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
        The letter: its sender and recipient stand on the cover too. Where its recipient's lines
        print no fax number the cover leaves the number blank: a plan's name in the address of an
        employer comes from the same record as the insurer's number, and that number would send
        the records astray.
    case
        The case, for the numbers of the sender.
    pages
        Number of all pages, the cover's too.
    enclosed
        For each part its name, its number of pages and its first page in the packet.
    """
    return {
        "title": f"{letter.title}: cover sheet",
        "heading": "Cover sheet",
        "to": _recipient(letter, case),
        "from": _sender(letter, case),
        "facts": [
            {"term": "Date", "value": PartialDate.of(letter.date).words()},
            {"term": "About", "value": letter.title},
            {"term": "Pages", "value": f"{pages}, with this sheet"},
        ],
        "enclosed": [
            {"name": name, "pages": count, "start": start} for name, count, start in enclosed
        ],
    }


def _recipient(letter: "Letter", case: Case) -> dict[str, Any]:
    """Return the recipient's own lines, and room for a number where none of them is a fax."""
    lines, named = _lines(letter, "recipient")
    records = {record.id: record for _, record in case.records()}
    numbers = {str(getattr(records.get(name), "fax", None) or "") for name in named} - {""}
    printed = any(number in text for number in numbers for text in lines)
    return {"lines": lines, "rows": [] if printed else [{"term": "Fax:", "value": ""}]}


def _sender(letter: "Letter", case: Case) -> dict[str, Any]:
    """Return the sender's own lines, with the numbers of the record that they come from."""
    lines, named = _lines(letter, "sender")
    record = _who(case, named)
    rows = []
    for field in ("phone", "fax"):
        number = getattr(record, field, None) if record is not None else None
        # Not twice, where the letter's own lines tell it.
        if number is None or not any(str(number) in text for text in lines):
            rows.append({"term": f"{field.capitalize()}:", "value": str(number or "")})
    return {"lines": lines, "rows": rows}


def _lines(letter: "Letter", role: str) -> tuple[list[str], list[str]]:
    """Return the lines of the letter's blocks of that role, and the records they come from."""
    from tmjkit.letters.letter import Address, plain  # noqa: PLC0415 -- Jinja is heavy

    blocks = [item for item in letter.blocks if isinstance(item, Address) and item.role == role]
    lines = [clean(plain(runs)) for block in blocks for runs in block.lines]
    named = [
        name for block in blocks for runs in block.lines for run in runs for name in run.records
    ]
    return [text for text in lines if text], named


def _who(case: Case, named: Sequence[str]) -> Record | None:
    """Return the first of the named records that has numbers to be reached at."""
    records = {record.id: record for _, record in case.records()}
    kinds = (Coverage, Provider, Representative, Patient)
    return next((records[name] for name in named if isinstance(records.get(name), kinds)), None)
