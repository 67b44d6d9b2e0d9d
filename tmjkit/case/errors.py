"""What is wrong with data that came in, in words that say what would be right.

`str()` of a `CaseError` names the record, the field and what would be accepted, and never the
value: it may be the patient's, and the text of an exception can end in a log. Whoever shows it
to the person who typed the value calls `explain()`, which names the value too.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

_SHOWN = 80
# An id that somebody wrote by hand could be a name; one of ours begins with the record's kind.
_OPAQUE = re.compile(
    "(patient|coverage|provider|diagnosis|symptom|measurement|treatment|session|document|request|"
    "claim|determination|appeal|contact|task)-[a-z0-9-]{1,48}"
)

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Problem:
    """One value that can't be accepted.

    Parameters
    ----------
    record
        The record, such as `treatments[2] treatment-1f`.
    field
        Path of the field in the record; empty when the record as a whole is wrong.
    accepted
        What would be accepted, in words.
    value
        The value as it came in. Never log it.
    """

    record: str
    field: str
    accepted: str
    value: object = None

    def __repr__(self) -> str:
        return f"Problem({self.where!r}, {self.accepted!r})"

    @property
    def where(self) -> str:
        """Record and field in one."""
        return f"{self.record}: {self.field}" if self.field else self.record

    @property
    def value_text(self) -> str:
        """The value, cut to what fits on a line."""
        text = "nothing" if self.value is None else repr(self.value)
        return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


class CaseError(ValueError):
    """Data that a case can't take.

    Attributes
    ----------
    problems
        Every problem that was found, in the order of the data.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.where}: {p.accepted}" for p in self.problems))

    def explain(self) -> str:
        """Say what is wrong, with the values; for the eyes of the person who gave them."""
        return "\n".join(f"{p.where}: {p.accepted} (it is {p.value_text})" for p in self.problems)

    @classmethod
    def from_validation(
        cls, error: ValidationError, model: type[BaseModel], data: object
    ) -> "CaseError":
        """Make it from what pydantic found when it read `data` as `model`."""
        return cls([_problem(detail, model, data) for detail in error.errors(include_url=False)])


def check(model: type[M], data: object) -> M:
    """Read data from outside as a record; the one door through which it comes in.

    Raises
    ------
    CaseError
        When a value can't be accepted.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise CaseError.from_validation(error, model, data) from None


def _problem(detail: ErrorDetails, model: type[BaseModel], data: object) -> Problem:
    record, rest, value = model.__name__.lower(), list(detail["loc"]), data
    holds_records = "sources" not in model.model_fields
    if holds_records and len(rest) > 1:
        record, value = str(rest[0]), _step(value, rest.pop(0))
        if isinstance(value, list | tuple) and isinstance(rest[0], int):
            record, value = f"{record}[{rest[0]}]", _step(value, rest.pop(0))
        if isinstance(value, Mapping) and _OPAQUE.fullmatch(str(value.get("id"))):
            record = f"{record} {value['id']}"
    for step in rest:
        value = _step(value, step)
    missing = detail["type"] == "missing"
    if detail["type"] == "extra_forbidden":
        # The name of a field that we don't know can be anything, a patient's name too.
        value = rest.pop()
    field = ".".join(str(step) for step in rest)
    return Problem(record, field, _accepted(detail), None if missing else value)


def _step(value: object, step: int | str) -> Any:
    if isinstance(value, Mapping):
        return value.get(step, value)
    if isinstance(value, Sequence) and not isinstance(value, str) and isinstance(step, int):
        return value[step] if step < len(value) else None
    return getattr(value, step, value) if isinstance(step, str) else value


def _accepted(detail: ErrorDetails) -> str:
    if detail["type"] == "missing":
        return "is missing and is needed"
    if detail["type"] == "extra_forbidden":
        return "has a field that this record does not know"
    message = detail["msg"].removeprefix("Value error, ")
    return message.replace("Input should", "should").strip()
