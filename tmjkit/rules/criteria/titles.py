"""What a criterion asks, in words: for the tests of a policy that carry no title of their own."""

from functools import singledispatch
from typing import Final

from tmjkit.case import DcTmd, ProviderRole
from tmjkit.knowledge.criteria import (
    Age,
    Attestation,
    DiagnosisMade,
    DocumentPresent,
    Dose,
    DurationOfSymptoms,
    Interval,
    MeasurementTaken,
    SessionResponse,
    SessionsLimit,
    Specialist,
    StopRule,
    Test,
    TreatmentFailed,
    TreatmentTried,
)
from tmjkit.knowledge.policy import AllOf, AnyOf, AtLeast
from tmjkit.rules.criteria.document import document_words
from tmjkit.rules.criteria.measurement import comparison, instrument_words
from tmjkit.rules.criteria.model import listed
from tmjkit.rules.criteria.papers import lowered
from tmjkit.rules.criteria.request import products_words
from tmjkit.rules.criteria.session import response_words
from tmjkit.rules.criteria.treatment import kinds_words

_DC_TMD: Final = {one.value: one.label for one in DcTmd}
_ROLES: Final = {one.value: one.label for one in ProviderRole}


def title(node: "Test | AllOf | AnyOf | AtLeast") -> str:
    """Return the title of a node: its own, or one made from what it asks."""
    if node.title:
        return node.title
    if isinstance(node, Test):
        return _asks(node)
    if isinstance(node, AllOf):
        return "All of these"
    return "One of these" if node.needed == 1 else f"At least {node.needed} of these"


@singledispatch
def _asks(test: Test) -> str:
    raise TypeError(f"no title for a {type(test).__name__}")


@_asks.register
def _failed(test: TreatmentFailed) -> str:
    return _course(test, "Failed treatment")


@_asks.register
def _tried(test: TreatmentTried) -> str:
    return _course(test, "Treatment")


def _course(test: TreatmentFailed | TreatmentTried, what: str) -> str:
    supervised = "supervised " if test.supervised else ""
    count = f"{test.how_many} different kinds of " if test.how_many > 1 else ""
    parts = [f"{what} by {count}{supervised}{kinds_words(test.kinds)}"]
    if test.duration is not None:
        added = " in all" if test.together else ""
        parts.append(f"for at least {test.duration.words}{added}")
    if test.sessions is not None:
        parts.append(f"in at least {test.sessions} sessions")
    if test.within_months is not None:
        parts.append(f"within the last {test.within_months} months")
    return ", ".join(parts)


@_asks.register
def _diagnosis(test: DiagnosisMade) -> str:
    names = (*(lowered(_DC_TMD[name]) for name in test.dc_tmd), *test.codes)
    return f"Diagnosis: {listed(names, 'or')}"


@_asks.register
def _specialist(test: Specialist) -> str:
    roles = listed(tuple(lowered(_ROLES[role]) for role in test.roles), "or")
    return f"Specialty of the {roles}: {listed(test.words, 'or')}"


@_asks.register
def _measurement(test: MeasurementTaken) -> str:
    than = comparison(test)
    recent = f", not older than {test.within_days} days" if test.within_days else ""
    value = f"{instrument_words(test)}: {than}" if than else f"{instrument_words(test)} is recorded"
    return value + recent


@_asks.register
def _dose(test: Dose) -> str:
    parts = [products_words(test)] if test.products else []
    if test.max_units is not None:
        parts.append(f"at most {test.max_units:g} units in a session")
    if test.max_units_per_muscle is not None:
        parts.append(f"at most {test.max_units_per_muscle:g} units in one muscle")
    return f"Product and dose: {', '.join(parts)}"


@_asks.register
def _interval(test: Interval) -> str:
    return f"At least {test.weeks} weeks between sessions"


@_asks.register
def _limit(test: SessionsLimit) -> str:
    inside = f" in {test.within_months} months" if test.within_months else ""
    return f"At most {test.at_most} sessions{inside}"


@_asks.register
def _response(test: SessionResponse) -> str:
    which = {"last": "The last session", "any": "An earlier session", "each": "Each session"}
    return f"{which[test.which]} brought {response_words(test)}"


@_asks.register
def _stop(test: StopRule) -> str:
    return f"Not {test.failures} sessions in a row with less than {test.relief_percent}% relief"


@_asks.register
def _document(test: DocumentPresent) -> str:
    recent = f", not older than {test.within_months} months" if test.within_months else ""
    return f"Paper: {document_words(test)}{recent}"


@_asks.register
def _symptoms(test: DurationOfSymptoms) -> str:
    return f"Symptoms for at least {test.duration.words}"


@_asks.register
def _age(test: Age) -> str:
    low = f"at least {test.at_least}" if test.at_least is not None else ""
    high = f"at most {test.at_most}" if test.at_most is not None else ""
    return f"Age: {listed(tuple(part for part in (low, high) if part))}"


@_asks.register
def _attestation(test: Attestation) -> str:
    return f"The clinician states: {test.what}"
