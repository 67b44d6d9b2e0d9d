"""Reads knowledge files; what is wrong in one is named by file, entry and field."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple, TypeVar

from pydantic import ValidationError

from tmjkit.knowledge.policy import Policy
from tmjkit.knowledge.problems import problems
from tmjkit.knowledge.schema import Fact
from tmjkit.knowledge.text import KnowledgeError, parse, shown

Entry = TypeVar("Entry", Fact, Policy)

_KEYS: Final = ("as_of", "facts", "policies")


class Contents(NamedTuple):
    """What a knowledge file holds."""

    facts: tuple[Fact, ...] = ()
    policies: tuple[Policy, ...] = ()


def contents(name: str, text: str, *, origin: str = "") -> Contents:
    """Read one YAML file.

    Parameters
    ----------
    name
        Name of the file, for errors.
    text
        The file: `as_of`, the day up to which its facts were checked; `facts`, a list; and
        `policies`, a list. A fact may give its own `as_of`.
    origin
        What the entries are marked with: empty for what ships, the file's name for a clinic's own.

    Raises
    ------
    KnowledgeError
        When the file or an entry in it can't be accepted; one line for each thing that is wrong.
    """
    try:
        raw = parse(text)
    except KnowledgeError as error:
        raise KnowledgeError(f"{name}: {error}") from None
    if not isinstance(raw, dict) or not raw.keys() & {"facts", "policies"}:
        raise KnowledgeError(f"{name}: facts: should be a list of facts, or policies: a list")
    wrong = [
        f"{name}: {shown(key)}: is not a field of a knowledge file, which has: {', '.join(_KEYS)}"
        for key in sorted(raw.keys() - set(_KEYS), key=str)
    ]
    wrong += [
        f"{name}: {key}: should be a list"
        for key in ("facts", "policies")
        if not isinstance(raw.get(key, []), list)
    ]
    if wrong:
        raise KnowledgeError("\n".join(wrong))
    shared = {"as_of": raw["as_of"]} if "as_of" in raw else {}
    facts, wrong_facts = _entries(name, Fact, raw.get("facts", []), shared, origin)
    policies, wrong_policies = _entries(name, Policy, raw.get("policies", []), {}, origin)
    if wrong_facts or wrong_policies:
        raise KnowledgeError("\n".join([*wrong_facts, *wrong_policies]))
    return Contents(facts, policies)


def read(name: str, text: str) -> tuple[Fact, ...]:
    """Return the facts of one file; see `contents`."""
    return contents(name, text).facts


def _entries(
    name: str, model: type[Entry], raw: Sequence[Any], shared: dict[str, Any], origin: str
) -> tuple[tuple[Entry, ...], list[str]]:
    found: list[Entry] = []
    wrong: list[str] = []
    word = model.__name__.lower()
    for place, entry in enumerate(raw, 1):
        who = f"{name}: {word} {place}"
        if not isinstance(entry, dict):
            wrong.append(f"{who}: should be a mapping of fields")
            continue
        if isinstance(entry.get("id"), str) and shown(entry["id"]) == entry["id"]:
            who = f"{name}: {entry['id']}"
        if "origin" in entry:
            wrong.append(f"{who}: origin: should be left out; it is filled in")
            continue
        try:
            found.append(model.model_validate(shared | entry | {"origin": origin}))
        except ValidationError as error:
            wrong += [f"{who}: {problem}" for problem in problems(error, model)]
    return tuple(found), wrong
