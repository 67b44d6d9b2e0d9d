"""The rules as one office goes by them: its day, and its own facts and payers' policies.

Summaries are kept in lists, so they have to be told apart by what they were made from. Each says
so in its `basis`: a digest of the office's policies where the case is held against one, of its
facts in any other open case. One whose basis is no longer among `Office.bases` is made anew.
"""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final

from tmjkit.case import Case, CaseSummary, Stage
from tmjkit.knowledge import Fact, KnowledgeError, Library, Policy, library
from tmjkit.rules.summary import summarize

_REQUESTING: Final = (Stage.COLLECTING.value, Stage.READY.value)
Signature = tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """The office's knowledge as it was read once."""

    signature: Signature
    library: Library
    trouble: str
    facts: str
    policies: str


class Office:
    """What an office's lists are made by; its files are read anew whenever they changed.

    Parameters
    ----------
    folder
        The office's folder of knowledge; None where it has none.
    today
        Gives the day to judge by.
    """

    def __init__(self, folder: Path | None, today: Callable[[], date]) -> None:
        self._folder = folder
        self._today = today
        self._read: _Read | None = None

    @property
    def has_folder(self) -> bool:
        """Whether it is known where the office keeps its own knowledge, if it keeps any.

        It isn't for a workspace on a server while nothing names the folder. Then lists that others
        made by the office's policies must not be made anew without them.
        """
        return self._folder is not None

    @property
    def library(self) -> Library:
        """Facts and policies; only what ships where the office's own can't be read."""
        return self._now().library

    @property
    def trouble(self) -> str:
        """What is wrong with the office's own files, in words; empty when nothing."""
        return self._now().trouble

    def summarize(self, case: Case) -> CaseSummary:
        """Sum a case up for a list as of today, by what the office knows now."""
        now = self._now()
        made = summarize(case, self._today(), known=now.library)
        if made.stage == Stage.CLOSED.value:
            return made
        held = made.stage in _REQUESTING and any(one.policy for one in case.coverages)
        return replace(made, basis=now.policies if held else now.facts)

    def bases(self) -> frozenset[str]:
        """Return the bases that a summary can be made from now; one with another is out of date."""
        now = self._now()
        return frozenset({"", now.facts, now.policies})

    def _now(self) -> _Read:
        # Looked at before the files are read: what changes in between is read the next time.
        signature = _signature(self._folder)
        if self._read is None or self._read.signature != signature:
            self._read = self._fresh(signature)
        return self._read

    def _fresh(self, signature: Signature) -> _Read:
        try:
            found, trouble = library(self._folder), ""
        except KnowledgeError as error:
            found, trouble = library(), str(error)
        facts = [one for one in found.facts.values() if one.origin]
        policies = [one for one in found.policies.values() if one.origin]
        basis = _digest(facts) if facts else ""
        return _Read(signature, found, trouble, basis, _digest([*facts, *policies]))


def _signature(folder: Path | None) -> Signature:
    """Return what tells, without reading them, whether files of a folder changed."""
    if folder is None:
        return ()
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                about = entry.stat(follow_symlinks=False)
                found.append((entry.name, about.st_mtime_ns, about.st_size, about.st_ino))
    except OSError:
        # It isn't there, or a file went away meanwhile: `library` says what is wrong, if anything.
        return (("", 0, 0, 0),)
    return tuple(sorted(found))


def _digest(entries: Iterable[Fact | Policy]) -> str:
    """Return SHA-256 over what the entries say, whatever files they stand in."""
    whole = sha256()
    texts = (one.model_dump_json(exclude={"origin"}) for one in entries)
    for text in sorted(texts):
        whole.update(sha256(text.encode()).digest())
    return whole.hexdigest()
