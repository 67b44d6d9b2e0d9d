"""What is wrong with an entry of a knowledge file, in words that say what would be right."""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from tmjkit.knowledge.policy import Policy, field_of
from tmjkit.knowledge.text import shown

_PATTERNS: Final = {
    r"^https?://\S+$": "should be an address that begins with http:// or https://",
    r"^(https?://\S+)?$": "should be an address that begins with http:// or https://",
    r"^[A-Za-z0-9][A-Za-z0-9-]*$": "should be letters, digits and hyphens",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "should be small letters, digits and hyphens",
    r"^[A-Z]{2}$": "should be two capital letters, such as CA",
}
_WORDS: Final = {
    "missing": "is missing",
    "string_type": "should be text; put it in quotation marks",
    "string_too_short": "should not be empty",
    "date_type": "should be a day, such as 2026-11-23",
    "date_parsing": "should be a day, such as 2026-11-23",
    "date_from_datetime_parsing": "should be a day, such as 2026-11-23",
    "date_from_datetime_inexact": "should be a day without a time, such as 2026-11-23",
    "int_parsing": "should be a whole number",
    "int_type": "should be a whole number",
    "int_from_float": "should be a whole number",
    "bool_parsing": "should be true or false",
    "bool_type": "should be true or false",
    "tuple_type": "should be a list",
    "model_type": "should be a mapping of fields",
    "model_attributes_type": "should be a mapping of fields",
}


def problems(error: ValidationError, model: type[BaseModel]) -> Iterator[str]:
    """Yield each thing that is wrong, as field and words; no value of the file is repeated."""
    for detail in error.errors(include_url=False, include_input=False):
        steps = detail["loc"]
        field = _field(steps, model) or f"{model.__name__.lower()} as a whole"
        context = detail.get("ctx", {})
        yield f"{field}: {_words(detail['type'], detail['msg'], context, steps, model)}"


def _field(steps: Sequence[int | str], model: type[BaseModel]) -> str:
    if model is Policy:
        return ".".join(shown(step) for step in field_of(steps).split(".")) if steps else ""
    # Counted from 1, as whoever wrote the list counts.
    return ".".join(str(step + 1) if isinstance(step, int) else shown(step) for step in steps)


def _words(
    kind: str, message: str, context: dict[str, Any], steps: Sequence[int | str], model: type
) -> str:
    if kind == "string_pattern_mismatch" and context.get("pattern") in _PATTERNS:
        return _PATTERNS[context["pattern"]]
    if kind == "extra_forbidden":
        return f"is not a field here{_nearest(steps, model)}"
    if kind in _WORDS:
        return _WORDS[kind]
    return re.sub(r"^(Value error, |\w+ (?=should ))", "", message)


def _nearest(steps: Sequence[int | str], model: type[BaseModel]) -> str:
    if len(steps) != 1:
        return ""
    near = get_close_matches(str(steps[0]), model.model_fields, n=1)
    return f"; is '{near[0]}' meant?" if near else ""
