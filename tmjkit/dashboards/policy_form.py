"""The form of a payer's policy, without its widgets: what was typed, and what is wrong with it.

A policy of the form is a list of criteria. Those of one group stand for each other: one of them, or
so many, are enough. All others are needed. Policies that are nested deeper are written in a file.
"""

import re
import secrets
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, Final

from pydantic import ValidationError
from traitlets import Dict, Instance, List, Unicode

from tmjkit.dashboards.model import Model
from tmjkit.dashboards.policy_clash import (
    ROWS,
    Clash,
    flat,
    merged,
    unflat,
    with_theirs,
    without_row,
)
from tmjkit.dashboards.policy_fields import Ask, head_questions, model_of, test_questions
from tmjkit.dashboards.policy_file import Opened
from tmjkit.dashboards.policy_texts import GROUPS, data_of, new_row, start_of
from tmjkit.knowledge import Policy
from tmjkit.knowledge.policy import AllOf, AnyOf, AtLeast, Criterion, Node
from tmjkit.knowledge.problems import problems

WHOLE: Final = ""
"""In `errors`: the policy as a whole."""
_LONGEST_ID: Final = 60


class PolicyForm(Model):
    """What is typed into the form of a policy, new or written by the form before.

    Attributes
    ----------
    texts
        What stands in each field of the policy, as text; `needed.A` says how many of group A are
        enough.
    rows
        One mapping of texts for each criterion, with `test` (its kind) and `group`.
    errors
        What is wrong, by field: `payer`, `rows.0.kinds`, or `WHOLE`.
    clash
        What somebody else made of the policy meanwhile; None where nobody did.
    key
        What the form is kept under while it is not saved: the policy's id, or one of its own.
    """

    texts = Dict(value_trait=Unicode(), key_trait=Unicode()).tag(state=True)
    rows = List(Dict(value_trait=Unicode(), key_trait=Unicode())).tag(state=True)
    errors = Dict()
    clash = Instance(Clash, allow_none=True)

    def __init__(
        self,
        taken: Collection[str],
        original: Policy | None = None,
        opened: Opened | None = None,
    ) -> None:
        """Begin a new policy, or go on with one.

        Parameters
        ----------
        taken
            Ids that policies have.
        original, opened
            The policy to go on with, and its file as it was before it was read.
        """
        self.original, self.opened = original, opened
        self.taken = frozenset(taken) - {original.id if original else ""}
        self.key = original.id if original else _new_key()
        super().__init__()
        self.reset()

    @property
    def name(self) -> str:
        """What the form is for, in words."""
        return form_name(self.original)

    @property
    def changed(self) -> bool:
        """Whether something was typed that isn't saved."""
        return bool(self.texts != self._start[0] or self.rows != self._start[1])

    def reset(self) -> None:
        """Go back to the policy as it is saved, or to an empty form."""
        texts, rows = self._start = start_of(self.original)
        self.texts, self.rows, self.errors = dict(texts), [dict(row) for row in rows], {}
        self.clash = None
        self._moved = False

    def left(self) -> dict[str, Any]:
        """Return what is needed to go on later: what was typed, and what the form began with."""
        began = self.opened
        return {
            "policy": self.original.id if self.original else "",
            "opened": [began.name, began.digest] if began else [],
            "start": list(self._start),
            "moved": self._moved,
            "state": self.state(),
        }

    def go_on(self, left: Mapping[str, Any]) -> None:
        """Go on with what `left` returned; what the policy was then still counts."""
        if self.original is not None and left.get("opened"):
            self.opened = Opened(*left["opened"])
            texts, rows = left["start"]
            self._start = (texts, rows)
            self._moved = left["moved"]
        self.load_state(left["state"])

    def rebase(self, policy: Policy, opened: Opened) -> None:
        """Go on on top of what somebody else saved; `clash` says what is different."""
        before = flat(*self._start)
        self.original, self.opened, self._start = policy, opened, start_of(policy)
        mine = flat(self.texts, self.rows)
        shown, clash = merged(before, mine, flat(*self._start), moved=self._moved)
        with self.hold_trait_notifications():
            self.texts, self.rows = unflat(shown)
            self.errors, self.clash = {}, clash
        self._moved = self._moved and self.rows != self._start[1]

    def take_theirs(self, path: str) -> None:
        """Take what is saved in a field in place of what was typed.

        Parameters
        ----------
        path
            The field, as one of `clash.both` names it; nothing is done where none does any more.
        """
        both = self.clash.both if self.clash else ()
        found = next((one for one in both if one.path == path), None)
        if self.clash is None or found is None:
            return
        both = tuple(one for one in both if one != found)
        shown = with_theirs(flat(self.texts, self.rows), flat(*self._start), found)
        with self.hold_trait_notifications():
            self.texts, self.rows = unflat(shown)
            self.errors, self.clash = {}, replace(self.clash, both=both)
        self._moved = self._moved and path != ROWS

    def stand_alone(self) -> None:
        """Go on as a new policy, with all that was typed."""
        if self.original is not None:
            self.taken |= {self.original.id}
        self.original = self.opened = self.clash = None
        self._start, self._moved = start_of(None), False
        self.key = _new_key()

    def update(self, path: str, text: str) -> None:
        """Take what was typed into a field: `payer`, `needed.A` or `rows.0.kinds`."""
        if path.startswith("rows."):
            _, place, name = path.split(".", 2)
            rows = [dict(row) for row in self.rows]
            rows[int(place)][name] = text
            self.rows = rows
        else:
            self.texts = {**self.texts, path: text}
        if self.errors:
            gone = {path, WHOLE}
            self.errors = {key: why for key, why in self.errors.items() if key not in gone}

    def add_row(self, test: str) -> None:
        """Ask one more criterion."""
        self.rows = [*self.rows, new_row(test)]

    def remove_row(self, place: int) -> None:
        """Leave out a criterion; those behind it move up."""
        rows = [row for number, row in enumerate(self.rows) if number != place]
        self._moved = True
        with self.hold_trait_notifications():
            self.rows, self.errors = rows, {}
            self.clash = without_row(self.clash, place, rows) if self.clash else None

    def groups(self) -> tuple[str, ...]:
        """Return the groups that criteria stand in."""
        used = {row["group"] for row in self.rows}
        return tuple(group for group in GROUPS if group in used)

    def blockers(self) -> tuple[str, ...]:
        """Return why the policy can't be saved yet."""
        self.policy()
        return tuple(self.errors.values())

    def policy(self) -> Policy | None:
        """Make the policy from what was typed; None when something is wrong, told in `errors`."""
        wrong: dict[str, str] = {}
        data = data_of(head_questions(), self.texts)
        for question in head_questions():
            if question.required and question.name not in data:
                wrong[question.name] = "is missing and is needed"
                # Anything, so that what else is wrong is told at once; it is never saved.
                data[question.name] = "2000-01-01" if question.ask is Ask.DAY else "none"
        data["id"] = self.original.id if self.original else self._new_id(data)
        made = [self._test(place, row, wrong) for place, row in enumerate(self.rows)]
        if not made:
            wrong[WHOLE] = "A policy needs at least one criterion."
        tests = [test for test in made if test is not None]
        found = None
        if tests and len(tests) == len(made):
            data["criteria"] = self._tree(tests, wrong)
            if data["criteria"] is not None:
                found = _validated(Policy, data, "", wrong)
        else:
            # The head is looked at as well, so that one click tells everything.
            _validated(Policy, {**data, "criteria": {"test": "age", "at_least": 0}}, "", wrong)
        self.errors = wrong
        return None if wrong else found

    def _test(self, place: int, row: Mapping[str, str], wrong: dict[str, str]) -> Criterion | None:
        data = {"test": row["test"], **data_of(test_questions(row["test"]), row)}
        made: Criterion | None = _validated(model_of(row["test"]), data, f"rows.{place}.", wrong)
        return made

    def _tree(self, tests: list[Criterion], wrong: dict[str, str]) -> Node | None:
        alone = [
            test for test, row in zip(tests, self.rows, strict=True) if row["group"] not in GROUPS
        ]
        nodes: list[Node] = list(alone)
        for group in self.groups():
            inside = tuple(
                test for test, row in zip(tests, self.rows, strict=True) if row["group"] == group
            )
            path = f"needed.{group}"
            text = self.texts.get(path, "").strip()
            if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= len(inside):
                wrong[path] = f"should be a whole number from 1 to {len(inside)}"
                continue
            nodes.append(
                AnyOf(any_of=inside) if int(text) == 1 else AtLeast(at_least=int(text), of=inside)
            )
        return AllOf(all_of=tuple(nodes)) if nodes else None

    def _new_id(self, data: Mapping[str, Any]) -> str:
        number = data.get("number", "")
        name = f"{data.get('payer', '')} {data.get('title', '') if number == 'none' else number}"
        bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        stem = re.sub(r"[^a-z0-9]+", "-", bare)[:_LONGEST_ID].strip("-") or "policy"
        made, count = stem, 2
        while made in self.taken:
            made, count = f"{stem}-{count}", count + 1
        return made


def form_name(policy: Policy | None) -> str:
    """Return what the form of a policy, or of a new one, is called."""
    return f"Change {policy.title}" if policy else "New policy of a payer"


def _new_key() -> str:
    # No policy's id has a space.
    return f"new {secrets.token_hex(8)}"


def _validated(model: type[Any], data: dict[str, Any], prefix: str, wrong: dict[str, str]) -> Any:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for problem in problems(error, model):
            field, _, why = problem.partition(": ")
            name = field.split(".")[0]
            path = f"{prefix}{name}" if name in model.model_fields else prefix.rstrip(".") or WHOLE
            if name == "criteria":
                path = WHOLE
            wrong.setdefault(path, "is missing and is needed" if why == "is missing" else why)
        return None
