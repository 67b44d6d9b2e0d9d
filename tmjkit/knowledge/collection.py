"""The facts and policies that a workspace goes by: those that ship, and a clinic's own files."""

import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from tmjkit.knowledge.loader import Contents, contents
from tmjkit.knowledge.policy import Policy
from tmjkit.knowledge.schema import Fact
from tmjkit.knowledge.terms import FactKind, Regime
from tmjkit.knowledge.text import KnowledgeError

SUFFIXES: Final = (".yaml", ".yml")
LARGEST: Final = 1_000_000
"""Bytes that a clinic's knowledge file may have."""


@dataclass(frozen=True)
class Library:
    """Everything that rules and letters may rest on, by id.

    Attributes
    ----------
    facts, policies
        By id; those of a clinic's own file say so in `origin`.
    files
        Names of the clinic's files that were read.
    passed_over
        Names in the clinic's folder that are no knowledge files.
    """

    facts: Mapping[str, Fact]
    policies: Mapping[str, Policy]
    files: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()

    def joined(self, files: Iterable[tuple[str, Contents]]) -> "Library":
        """Return this library with the contents of further files, each given with its name.

        Raises
        ------
        KnowledgeError
            When an id stands already, or a policy names a fact that isn't there; one line for
            each.
        """
        facts, policies = dict(self.facts), dict(self.policies)
        where: dict[tuple[type, str], str] = {}
        wrong = []
        named: list[tuple[str, Policy]] = []
        for name, found in files:
            entries: tuple[Fact | Policy, ...] = (*found.facts, *found.policies)
            for entry in entries:
                kept: dict[str, Any] = facts if isinstance(entry, Fact) else policies
                if entry.id in kept:
                    other = where.get((type(entry), entry.id), "what ships with tmjkit")
                    wrong.append(f"{name}: {entry.id}: id: stands in {other} too")
                    continue
                kept[entry.id] = entry
                where[type(entry), entry.id] = name
                if isinstance(entry, Policy):
                    named.append((name, entry))
        wrong += [
            f"{name}: {policy.id}: facts: there is no fact '{fact_id}'"
            for name, policy in named
            for fact_id in policy.facts
            if fact_id not in facts
        ]
        if wrong:
            raise KnowledgeError("\n".join(wrong))
        return replace(self, facts=MappingProxyType(facts), policies=MappingProxyType(policies))


EMPTY: Final = Library(MappingProxyType({}), MappingProxyType({}))
"""A library without anything in it."""


@cache
def shipped() -> Library:
    """Return what ships with tmjkit. Read once."""
    folder = resources.files("tmjkit.knowledge") / "data"
    files = sorted(
        (item for item in folder.iterdir() if item.name.endswith(SUFFIXES)),
        key=lambda item: item.name,
    )
    return EMPTY.joined(
        (item.name, contents(item.name, item.read_text(encoding="utf-8"))) for item in files
    )


def library(folder: Path | None = None) -> Library:
    """Return what ships together with a clinic's own files.

    Parameters
    ----------
    folder
        The clinic's folder of knowledge files, `*.yaml` or `*.yml`, each with `as_of`, `facts` and
        `policies` as in tmjkit's own. None, or a folder that isn't there, adds nothing. What lies
        in folders below it, hidden files and files of other kinds are passed over.

    Raises
    ------
    KnowledgeError
        When a file can't be read or accepted, or uses an id that tmjkit or another file uses; one
        line for each thing that is wrong, with file, id and field.
    """
    if folder is None or not folder.exists():
        return shipped()
    if not folder.is_dir():
        raise KnowledgeError(f"{folder.name}: should be a folder of knowledge files")
    names = sorted(entry.name for entry in folder.iterdir() if not entry.name.startswith("."))
    chosen = [name for name in names if name.lower().endswith(SUFFIXES)]
    wrong: list[str] = [
        f"{name}: its name should end in .yaml"
        for name in names
        if name not in chosen and any(f"{suffix}." in name.lower() for suffix in SUFFIXES)
    ]
    found: list[tuple[str, Contents]] = []
    for name in chosen:
        try:
            found.append((name, contents(name, _text_of(folder / name), origin=name)))
        except KnowledgeError as error:
            wrong.append(str(error))
    if wrong:
        raise KnowledgeError("\n".join(wrong))
    rest = tuple(name for name in names if name not in chosen)
    return replace(shipped().joined(found), files=tuple(chosen), passed_over=rest)


def _text_of(path: Path) -> str:
    name = path.name
    try:
        about = path.lstat()
        if stat.S_ISLNK(about.st_mode):
            raise KnowledgeError(f"{name}: should be the file itself, not a link to one")
        if not stat.S_ISREG(about.st_mode):
            raise KnowledgeError(f"{name}: should be a file")
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else type(error).__name__
        raise KnowledgeError(f"{name}: can't be read: {reason}") from None
    if len(raw) > LARGEST:
        raise KnowledgeError(f"{name}: should have at most {LARGEST // 1000} kB")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise KnowledgeError(f"{name}: should be text in UTF-8; save it so") from None


def collect(files: Iterable[tuple[str, str]]) -> Mapping[str, Fact]:
    """Join the facts of several files, given as name and text, by id.

    Raises
    ------
    KnowledgeError
        When a file can't be accepted or an id stands twice.
    """
    return EMPTY.joined((name, contents(name, text, origin=name)) for name, text in files).facts


def facts() -> Mapping[str, Fact]:
    """Return every fact that ships with tmjkit, by id. Read once."""
    return shipped().facts


def fact(fact_id: str) -> Fact:
    """Return the shipped fact with that id.

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
