"""The appointment of a representative: whether it fits, and what its template can read.

Sources: 29 CFR 2560.503-1(b)(4) and its siblings in the knowledge base for who may act; 42 CFR
405.910, 422.561 and 423.560 for Medicare; 45 CFR 164.508(c) for what an authorization holds.
"""

from collections.abc import Mapping
from typing import Any, Final

from tmjkit.case import Representative, RepresentativeKind
from tmjkit.letters.gap import Gap
from tmjkit.letters.kinds.model import FITS, Fit, later
from tmjkit.letters.situation import Situation
from tmjkit.letters.view import View, missing, value, view

_WHO_ACTS: Final = ("F-AOR", "F-AOR-OM-HOLDS")
_LIKE_THE_FORM: Final = ("F-CMS1696", "F-CMS1696-MA", "F-CMS1696-PTD")
_OTHER_FORMS: Final = ("F2-AOR-CA", "F-AOR-NY")
_NO_SUBSTITUTE: Final = ("F-AOR-RECORDS", "F-AOR-RECORDS-OM")


def appoints(situation: Situation) -> Fit:
    """Tell whether somebody is to be appointed."""
    person = situation.subject.about
    if not isinstance(person, Representative):
        return later(
            "nobody is recorded who is to act for the patient; add the person under Representatives"
        )
    if person.kind is RepresentativeKind.GUARDIAN:
        return later(
            "a parent or guardian is recorded: ask the plan which proof it wants of that, because "
            "an appointment by the patient may not be what it asks for"
        )
    if person.appointed and (person.until is None or person.until.latest >= situation.today):
        return later("the appointment is recorded as signed, and as not ended")
    return FITS


def appointment(situation: Situation) -> Mapping[str, Any]:
    """Add who is appointed (`named`) and what the law of the plan says of appointments."""
    those = situation.law.those
    return {
        "named": _named(situation.subject.about),
        "who_acts": those(*_WHO_ACTS),
        "like_the_form": those(*_LIKE_THE_FORM),
        "other_forms": those(*_OTHER_FORMS),
        "no_substitute": those(*_NO_SUBSTITUTE),
    }


def _named(person: object) -> View | Gap:
    if not isinstance(person, Representative):
        return missing(
            "Representative of the patient",
            "Representatives: add who is to act for the patient",
            record="representatives",
        )
    lines = person.address.lines() if person.address else ()
    return view(person, "representatives").with_fields(
        address_lines=tuple(value(line, person) for line in lines)
    )
