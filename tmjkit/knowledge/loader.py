"""Reads the knowledge base; what is wrong in a file is named by file, fact and field."""

from collections.abc import Hashable, Iterable, Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

import yaml
from pydantic import ValidationError

from tmjkit.knowledge.schema import Fact
from tmjkit.knowledge.terms import FactKind, Regime


class KnowledgeError(ValueError):
    """A knowledge file that can't be accepted; the text names file, fact and field."""


class _Loader(yaml.SafeLoader):
    """YAML as data only, in which a key that stands twice is an error and not the last one."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 -- PyYAML's signature
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue
            if key.value in seen:
                line = key.start_mark.line + 1
                raise KnowledgeError(f"line {line}: the key '{key.value}' stands twice")
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def read(name: str, text: str) -> tuple[Fact, ...]:
    """Read the facts of one YAML file.

    Parameters
    ----------
    name
        Name of the file, for errors.
    text
        The file: `as_of`, the day up to which its facts were checked, and `facts`, the list.
        A fact may give its own `as_of`.

    Raises
    ------
    KnowledgeError
        When the file is not such a list or a fact in it can't be accepted.
    """
    try:
        content = yaml.load(text, _Loader)  # noqa: S506 -- derived from the safe loader
    except KnowledgeError as error:
        raise KnowledgeError(f"{name}: {error}") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}: " if mark else ""
        raise KnowledgeError(f"{name}: {place}should be YAML") from None
    except (ValueError, RecursionError):  # such as a date that does not exist
        raise KnowledgeError(f"{name}: should be YAML whose values exist") from None
    if not isinstance(content, dict) or not isinstance(content.get("facts"), list):
        raise KnowledgeError(f"{name}: facts: should be a list of facts")
    unknown = sorted(str(key) for key in content.keys() - {"as_of", "facts"})
    if unknown:
        raise KnowledgeError(f"{name}: {unknown[0]}: is not a field of a knowledge file")
    return tuple(_fact(name, place, raw, content) for place, raw in enumerate(content["facts"], 1))


def _fact(name: str, place: int, raw: object, content: dict[str, Any]) -> Fact:
    if not isinstance(raw, dict):
        raise KnowledgeError(f"{name}: fact {place}: should be a mapping of fields")
    shared = {"as_of": content["as_of"]} if "as_of" in content else {}
    try:
        return Fact.model_validate(shared | raw)
    except ValidationError as error:
        who = raw.get("id", f"fact {place}")
        problems = []
        for detail in error.errors(include_url=False):
            field = ".".join(str(step) for step in detail["loc"]) or "fact as a whole"
            message = detail["msg"].removeprefix("Value error, ").replace("Input should", "should")
            problems.append(f"{name}: {who}: {field}: {message}")
        raise KnowledgeError("\n".join(problems)) from None


def collect(files: Iterable[tuple[str, str]]) -> Mapping[str, Fact]:
    """Join the facts of several files, given as name and text, by id.

    Raises
    ------
    KnowledgeError
        When a file can't be accepted or an id stands twice.
    """
    found: dict[str, Fact] = {}
    where: dict[str, str] = {}
    for name, text in files:
        for item in read(name, text):
            if item.id in found:
                raise KnowledgeError(f"{name}: {item.id}: id: stands in {where[item.id]} too")
            found[item.id], where[item.id] = item, name
    return MappingProxyType(found)


@cache
def facts() -> Mapping[str, Fact]:
    """Return every fact that ships with tmjkit, by id. Read once."""
    folder = resources.files("tmjkit.knowledge") / "data"
    files = sorted(
        (item for item in folder.iterdir() if item.name.endswith(".yaml")),
        key=lambda item: item.name,
    )
    return collect((item.name, item.read_text(encoding="utf-8")) for item in files)


def fact(fact_id: str) -> Fact:
    """Return the fact with that id.

    Raises
    ------
    KeyError
        When there is none; the message names the id.
    """
    try:
        return facts()[fact_id]
    except KeyError:
        raise KeyError(f"the knowledge base has no fact '{fact_id}'") from None


def applying(
    kind: FactKind,
    regime: Regime | None,
    *,
    grandfathered: bool | None = None,
    state: str | None = None,
    knowledge: Mapping[str, Fact] | None = None,
) -> tuple[Fact, ...]:
    """Return the facts of a kind that hold for a coverage; see `Fact.applies`."""
    source = facts() if knowledge is None else knowledge
    return tuple(
        item
        for item in source.values()
        if item.kind is kind and item.applies(regime, grandfathered=grandfathered, state=state)
    )
