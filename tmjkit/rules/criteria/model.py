"""What the criteria come to for a case, as frozen data."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from tmjkit.knowledge.policy import Policy
from tmjkit.rules.criteria.marks import Mark
from tmjkit.rules.ledger import Ledger
from tmjkit.rules.model import Finding


@dataclass(frozen=True, slots=True)
class Need:
    """A paper or a detail that would settle a criterion.

    Parameters
    ----------
    paper
        Which paper, from whom and for when; it may name a provider.
    asks
        What it has to show, one thing each.
    where
        Where to enter it.
    records
        Ids of the records that it would complete.
    """

    paper: str
    asks: tuple[str, ...] = ()
    where: str = ""
    records: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What to get, in one line."""
        return f"{self.paper}: {listed(self.asks)}" if self.asks else self.paper


@dataclass(frozen=True, slots=True)
class Result:
    """What one test comes to.

    Parameters
    ----------
    mark
        Met, not met or not shown.
    why
        Why, in plain words.
    records
        Ids of the records that decide it.
    needs
        What would settle it, where it is not shown.
    """

    mark: Mark
    why: str
    records: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """One node of a policy's tree with its mark.

    Parameters
    ----------
    rule
        Id of the rule that decides a test; empty for a group.
    title
        The criterion in words.
    mark, why, records, needs
        As in `Result`.
    sources
        Where the deciding records are written, in words, one each.
    wording, section
        The criterion as the policy words it, and where it stands there.
    children
        The criteria of a group.
    needed
        How many of the children have to be met.
    """

    rule: str
    title: str
    mark: Mark
    why: str
    records: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    wording: str = ""
    section: str = ""
    children: tuple["Judged", ...] = ()
    needed: int = 0

    @property
    def tests(self) -> Iterator["Judged"]:
        """The tests of the node in their order; the node itself where it is one."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.tests

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold."""
        return {
            "rule": self.rule,
            "title": self.title,
            "mark": self.mark.value,
            "why": self.why,
            "records": list(self.records),
            "sources": list(self.sources),
            "missing": [need.text for need in self.needs],
            "wording": self.wording,
            "section": self.section,
            "needed": self.needed,
            "criteria": [child.as_json() for child in self.children],
        }


@dataclass(frozen=True, slots=True)
class ShoppingItem:
    """One thing to get.

    Parameters
    ----------
    need
        What to get.
    opens
        Titles of the tests that ask for it.
    settles
        How many of the criteria that have to be met, groups and the whole included, would be met
        if it shows what is hoped for.
    choice
        Where not all of a group are needed: what else would do, in words.
    """

    need: Need
    opens: tuple[str, ...]
    settles: int
    choice: str = ""

    @property
    def text(self) -> str:
        """What to get, in one line."""
        return self.need.text

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold."""
        return {
            "get": self.text,
            "where": self.need.where,
            "records": list(self.need.records),
            "opens": list(self.opens),
            "settles": self.settles,
            "choice": self.choice,
        }


@dataclass(frozen=True, slots=True)
class Assessment:
    """How a case stands against a policy.

    Parameters
    ----------
    policy
        The policy.
    day
        The day that it was judged for.
    criteria
        The tree of criteria with their marks.
    shopping
        What to get, most useful first.
    warnings
        What is to know about the policy itself.
    ledger
        What was tried, in the order of time, with gaps and overlaps.
    """

    policy: Policy
    day: date
    criteria: Judged
    shopping: tuple[ShoppingItem, ...]
    warnings: tuple[Finding, ...]
    ledger: Ledger

    @property
    def mark(self) -> Mark:
        """The mark of the whole."""
        return self.criteria.mark

    @property
    def summary(self) -> str:
        """The whole in one sentence."""
        marks = [test.mark for test in self.criteria.tests]
        count = len(marks)
        parts = [
            f"{marks.count(mark)} {words}"
            for mark, words in (
                (Mark.MET, "met"),
                (Mark.UNMET, "not met"),
                (Mark.UNDOCUMENTED, "not shown"),
            )
            if mark in marks
        ]
        whole = {
            Mark.MET: "What is recorded meets the criteria",
            Mark.UNMET: "What is recorded does not meet the criteria",
            Mark.UNDOCUMENTED: "What is recorded does not show yet whether the criteria are met",
        }[self.mark]
        return f"{whole}: of {count} {'test' if count == 1 else 'tests'} {', '.join(parts)}."

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold: dates as YYYY-MM-DD, choices as their codes."""
        return {
            "policy": {
                "id": self.policy.id,
                "title": self.policy.title,
                "payer": self.policy.payer,
                "number": self.policy.number,
                "effective": _iso(self.policy.effective),
                "retrieved": _iso(self.policy.retrieved),
                "expires": _iso(self.policy.expires),
                "url": self.policy.url,
                "example": self.policy.example,
                "origin": self.policy.origin,
            },
            "day": self.day.isoformat(),
            "mark": self.mark.value,
            "summary": self.summary,
            "criteria": self.criteria.as_json(),
            "shopping": [item.as_json() for item in self.shopping],
            "warnings": [finding.as_json() for finding in self.warnings],
            "ledger": self.ledger.as_json(),
        }


def listed(words: tuple[str, ...], last: str = "and") -> str:
    """Return words as a list in a sentence."""
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
