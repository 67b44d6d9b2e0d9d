"""A fact, laid out for whoever looks it up: every field that says something, in words."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from tmjkit.knowledge.part import KnowledgePart
from tmjkit.knowledge.schema import Fact
from tmjkit.knowledge.terms import Term

Row = tuple[str, str]

_NAMES: Final = {
    "clock": "time limit",
    "difference": "change",
    "mandate": "law",
    "checklist": "letter",
}
_SHORT: Final = 40


def card(fact: Fact) -> tuple[Row, ...]:
    """Return the rows of a fact, as label and words, without its id and title."""
    rows = [
        ("kind", fact.kind.label),
        ("says", fact.statement),
        ("caveat", fact.caveat),
        ("source", fact.citation),
        ("look up", fact.url),
        ("read in", fact.read_in),
        ("confirmed", f"{fact.confidence.label} ({fact.confidence.value})"),
        ("as of", fact.as_of.isoformat()),
        ("about", fact.scope),
        ("holds for", _reach(fact)),
        ("states", ", ".join(fact.states)),
        ("direction", fact.direction.label if fact.direction else ""),
        ("study", fact.design),
        ("people", str(fact.participants or "")),
        ("note", fact.note),
        ("in letters", "" if fact.letter_ready else "never stated in a letter"),
    ]
    return (*(row for row in rows if row[1]), *_payloads(fact))


def _reach(fact: Fact) -> str:
    where = "; ".join(regime.label for regime in fact.regimes)
    if not fact.reaches_grandfathered:
        where = f"{where or 'every plan'}; not for grandfathered plans"
    return where


def _payloads(fact: Fact) -> Iterator[Row]:
    for name in type(fact).model_fields:
        content = getattr(fact, name)
        parts = content if isinstance(content, tuple) else (content,)
        for part in parts:
            if isinstance(part, KnowledgePart):
                yield from ((_NAMES.get(name, name), detail) for detail in _details(part))


def _details(part: KnowledgePart) -> Iterator[str]:
    for name, field in type(part).model_fields.items():
        content = getattr(part, name)
        if content in (None, (), "") or (not field.is_required() and content == field.default):
            continue
        label = name.replace("_", " ")
        items = [_words(item) for item in content] if isinstance(content, tuple) else []
        if any("," in item or len(item) > _SHORT for item in items):
            # Sentences, or items that a comma would not keep apart.
            yield from (f"{label}: {item}" for item in items)
        else:
            yield f"{label}: {', '.join(items) or _words(content)}"


def _words(content: Any) -> str:
    match content:
        case bool():
            return "yes" if content else "no"
        case Term():
            return content.label
        case KnowledgePart():
            return "; ".join(_details(content))
        case dt.date():
            return content.isoformat()
    return str(content)
