"""What the form of a payer's policy has to ask, read from the models of the knowledge base.

A field that is added to a test there shows up in the form without a word of widget code.
"""

import datetime as dt
import enum
import types
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from tmjkit.case import (
    Choice,
    DcTmd,
    DocumentKind,
    Instrument,
    ProviderRole,
    Response,
    StopReason,
    ToxinProduct,
    TreatmentKind,
)
from tmjkit.case.coverage import Benefit
from tmjkit.knowledge import Policy, casewords
from tmjkit.knowledge.criteria import Duration, Test
from tmjkit.knowledge.policy import TESTS


class Ask(enum.Enum):
    """How a question is asked."""

    LINE = "one line of text"
    NOTE = "free text"
    LIST = "words, separated by commas"
    DAY = "a day"
    NUMBER = "a number"
    FLAG = "yes or no"
    CHOICE = "one of a list"
    CHOICES = "several of a list"
    DURATION = "a number of days, weeks or months"


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the form.

    Parameters
    ----------
    name, label, help
        Name of the field, and what people read.
    ask
        How it is asked.
    required
        Whether there has to be an answer.
    default
        What a new criterion has, as the form writes it.
    options
        Label and code of each choice.
    """

    name: str
    label: str
    help: str
    ask: Ask
    required: bool = False
    default: str = ""
    options: tuple[tuple[str, str], ...] = ()


_CHOICES: Final[dict[tuple[str, ...], type[Choice]]] = {
    casewords.TREATMENT_KINDS: TreatmentKind,
    casewords.DC_TMD: DcTmd,
    casewords.INSTRUMENTS: Instrument,
    casewords.PROVIDER_ROLES: ProviderRole,
    casewords.TOXIN_PRODUCTS: ToxinProduct,
    casewords.DOCUMENT_KINDS: DocumentKind,
    casewords.BENEFITS: Benefit,
}
_LABELS: Final = {
    "at-least": "At least",
    "at-most": "At most",
    "above": "Above",
    "below": "Below",
    "latest": "The latest value",
    "any": "Any of them",
    "last": "The last session",
    "each": "Each session",
    **{one.value: one.label for one in (*Response, *StopReason)},
}
_KINDS: Final = {
    "treatment-failed": "Treatment that failed",
    "treatment-tried": "Treatment that was tried",
    "diagnosis": "Diagnosis",
    "specialist": "Specialty of the prescriber",
    "measurement": "Measured value",
    "dose": "Product and dose asked for",
    "interval": "Weeks between sessions",
    "sessions-limit": "Number of sessions",
    "response": "What earlier sessions did",
    "stop-rule": "When to stop",
    "document": "Paper",
    "duration-of-symptoms": "How long the symptoms have lasted",
    "age": "Age",
    "attestation": "Statement of a clinician",
}
_TITLES: Final = {
    "dc_tmd": "DC/TMD diagnoses",
    "codes": "ICD-10-CM codes begin with",
    "how_many": "How many different kinds",
    "within_months": "Within the last months",
    "within_days": "Not older than days",
    "failed_when": "What counts as failed",
    "max_units": "Most units in a session",
    "max_units_per_muscle": "Most units in one muscle",
    "relief_percent": "Relief in percent",
    "duration_weeks": "Weeks it lasted",
    "words": "Words of the specialty",
    "url": "Address on the web",
    "number": "Number of the policy",
    "effective": "Holds from",
    "retrieved": "Text retrieved on",
    "wording": "The policy's own words",
    "section": "Where it stands there",
    "supervised": "Given by a therapist or clinician",
    "together": "Time of all courses is added up",
    "sessions": "Least number of sessions",
    "comparator": "The value should be",
    "which": "Which of them counts",
    "either": "One of relief and weeks is enough",
    "failures": "Sessions in a row that did not help",
    "weeks": "Least number of weeks",
    "name": "Short name",
    "what": "What the clinician states",
}
# Every payer's policy needs these (see `Policy`), though an example does not.
_NEEDED: Final = frozenset({"payer", "number", "effective", "retrieved"})
_HEAD: Final = (
    *("title", "payer", "number", "effective", "retrieved", "expires"),
    *("url", "benefit", "note"),
)


def kinds() -> tuple[tuple[str, str], ...]:
    """Return label and code of each kind of test."""
    return tuple((_KINDS[code_of(test)], code_of(test)) for test in TESTS)


def code_of(test: type[Test]) -> str:
    """Return the code of a kind of test, such as `treatment-failed`."""
    return str(get_args(test.model_fields["test"].annotation)[0])


def model_of(code: str) -> type[Test]:
    """Return the model of a kind of test."""
    return next(test for test in TESTS if code_of(test) == code)


def head_questions() -> tuple[Question, ...]:
    """Return the questions about the policy as a whole."""
    return _questions(Policy, _HEAD)


@lru_cache(maxsize=32)
def test_questions(code: str) -> tuple[Question, ...]:
    """Return the questions about a test; its title, words and place come last."""
    model = model_of(code)
    own = [name for name in model.model_fields if name not in (*Test.model_fields, "test")]
    return _questions(model, (*own, *Test.model_fields))


def _questions(model: type[BaseModel], names: Sequence[str]) -> tuple[Question, ...]:
    hints = get_type_hints(model, include_extras=True)
    return tuple(_question(model, name, hints[name]) for name in names)


def _question(model: type[BaseModel], name: str, hint: Any) -> Question:
    info = model.model_fields[name]
    ask, options = _ask(hint)
    if name in ("note", "wording", "what"):
        ask = Ask.NOTE
    default = "" if info.is_required() else _text(info.default)
    return Question(
        name=name,
        label=_TITLES.get(name, name.replace("_", " ").capitalize()),
        help=info.description or "",
        ask=ask,
        required=info.is_required() or (model is Policy and name in _NEEDED),
        default="" if ask in (Ask.NUMBER, Ask.LINE) else default,
        options=options,
    )


def _ask(hint: Any) -> tuple[Ask, tuple[tuple[str, str], ...]]:
    bare, beside = _bare(hint)
    if get_origin(bare) is tuple:
        ask, options = _ask(get_args(bare)[0])
        return (Ask.CHOICES, options) if ask is Ask.CHOICE else (Ask.LIST, ())
    if get_origin(bare) is Literal:
        codes = [code for code in get_args(bare) if code]
        return Ask.CHOICE, tuple((_LABELS.get(code, code), code) for code in codes)
    for words in beside:
        if isinstance(words, casewords.Words):
            labels = {one.value: one.label for one in _CHOICES[words.codes]}
            return Ask.CHOICE, tuple((labels[code], code) for code in words.codes)
    plain = {
        Duration: Ask.DURATION,
        dt.date: Ask.DAY,
        int: Ask.NUMBER,
        float: Ask.NUMBER,
        bool: Ask.FLAG,
        str: Ask.LINE,
    }
    return plain[bare], ()


def _bare(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """Take away what stands around a type: Annotated and None."""
    if get_origin(hint) is Annotated:
        inside, *beside = get_args(hint)
        bare, more = _bare(inside)
        return bare, (*beside, *more)
    if get_origin(hint) in (Union, types.UnionType):
        (inside,) = (one for one in get_args(hint) if one is not type(None))
        return _bare(inside)
    return hint, ()


def _text(value: Any) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value)
