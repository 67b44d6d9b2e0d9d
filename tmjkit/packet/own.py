"""The parts that tmjkit sets itself: the letter, its tables and its charts."""

from datetime import date
from typing import TYPE_CHECKING

from tmjkit.case import Case
from tmjkit.knowledge import Library
from tmjkit.packet.calls import calls_data, calls_of
from tmjkit.packet.parts import Part, chart_part, own_part, table_part
from tmjkit.packet.plan import PartKind
from tmjkit.packet.sources import sources_data
from tmjkit.packet.steps import steps_data

if TYPE_CHECKING:
    from tmjkit.letters import Letter


def made(kind: PartKind, letter: "Letter", case: Case, today: date, known: Library) -> Part | None:
    """Return a part of our own, or None where nothing would stand in it.

    Parameters
    ----------
    kind
        What it is: not an exhibit, and neither cover nor index, which tell page numbers.
    letter, case, today, known
        What it is made of.
    """
    from tmjkit.letters import render  # noqa: PLC0415 -- the letter's renderers are heavy

    match kind:
        case PartKind.LETTER:
            return own_part(kind, render(letter, "pdf"), bookmark=f"Letter: {letter.title}")
        case PartKind.PROVENANCE:
            from tmjkit.letters.trace import trace_letter  # noqa: PLC0415 -- heavy

            return own_part(kind, render(trace_letter(letter, case, known), "pdf"))
        case PartKind.TIMELINE | PartKind.RESPONSE:
            return chart_part(kind, case, today, draft=letter.draft)
        case PartKind.STEPS:
            found = [steps_data(letter, case, today)]
        case PartKind.CALLS:
            found = [calls_data(calls_of(letter, case, today), today)]
        case PartKind.SOURCES:
            found = sources_data(letter, case, known.facts)
        case _:
            raise ValueError(kind.value)
    return table_part(kind, letter, found) if any(part["rows"] for part in found) else None
