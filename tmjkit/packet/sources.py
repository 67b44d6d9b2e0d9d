"""The pages of policies that the letter cites, and the list of its literature."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from tmjkit.case import Case, DocumentSource
from tmjkit.charts.paper import clean
from tmjkit.knowledge import Fact
from tmjkit.packet.cells import Cell, line, lines, piece, soft
from tmjkit.packet.citing import pages_line
from tmjkit.packet.plan import cited_policies, is_literature

if TYPE_CHECKING:
    from tmjkit.letters import Exhibit, Letter

_OPEN: Final = "\N{LEFT DOUBLE QUOTATION MARK}"
_CLOSE: Final = "\N{RIGHT DOUBLE QUOTATION MARK}"


def sources_data(letter: "Letter", case: Case, facts: Mapping[str, Fact]) -> list[dict[str, Any]]:
    """Return what the page shows: a section on policies, one on literature, as far as cited."""
    policies = [
        row for exhibit in cited_policies(letter, case) for row in _rows(exhibit, letter, case)
    ]
    cited = [facts[name] for name in letter.facts if name in facts and is_literature(facts[name])]
    found = []
    if policies:
        found.append(
            {
                "heading": "Policies and plan documents cited",
                "intro": "The whole documents are exhibits; these are the pages that the letter "
                "rests on.",
                "columns": [
                    {"head": "Document", "width": 1.6},
                    {"head": "Page", "width": 1.0},
                    {"head": "The words there", "width": 3.0},
                ],
                "rows": policies,
            }
        )
    if cited:
        found.append(
            {
                "heading": "Literature and labels cited",
                "intro": "Listed whichever way it points, in the order of the letter.",
                "columns": [
                    {"head": "Source", "width": 2.4},
                    {"head": "Points", "width": 0.9},
                    {"head": "What it says", "width": 2.6},
                ],
                "rows": [_literature(fact) for fact in cited],
            }
        )
    return found


def _rows(exhibit: "Exhibit", letter: "Letter", case: Case) -> list[list[Cell]]:
    quotes = _quotes(exhibit.document_id, letter, case)
    [document] = [item for item in case.documents if item.id == exhibit.document_id]
    day = document.date.words() if document.date else "Undated"
    name = lines(line(clean(exhibit.title), bold=True), soft(day))
    pages = exhibit.pages or (None,)
    return [
        [
            name if place == 0 else [],
            [pages_line(exhibit.label, (page,) if page else ())],
            lines(*(line(text) for text in quotes.get(page, ())))
            or lines(soft("Cited without a quotation")),
        ]
        for place, page in enumerate(pages)
    ]


def _quotes(document_id: str, letter: "Letter", case: Case) -> dict[int | None, dict[str, None]]:
    """Return the words that records which the letter rests on quote from each page."""
    used = set(letter.records)
    found: dict[int | None, dict[str, None]] = {}
    for _, record in case.records():
        for source in record.sources if record.id in used else ():
            if (
                isinstance(source, DocumentSource)
                and source.document_id == document_id
                and source.quote
            ):
                words = f"{_OPEN}{clean(source.quote)}{_CLOSE}"
                found.setdefault(source.page, {})[words] = None
    return found


def _literature(fact: Fact) -> list[Cell]:
    people = f"{fact.participants} people" if fact.participants else ""
    kind = ", ".join(part for part in (fact.design, people) if part)
    points = fact.direction.label if fact.direction else "Product label"
    return [
        lines(
            line(fact.title or fact.citation, bold=True),
            line(fact.citation if fact.title else ""),
            [piece(fact.url, soft=True, url=fact.url)],
        ),
        lines(line(points), soft(kind)),
        lines(line(fact.statement)),
    ]
