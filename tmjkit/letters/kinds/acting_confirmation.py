"""The letter that confirms a phone call.

Source for what it holds: the check-list of a telephone log, F2-PHONE-LOG.
"""

from collections.abc import Mapping
from typing import Any

from tmjkit.case import Contact, DocumentSource, PatientSource
from tmjkit.letters.kinds.acting_picks import payer_of
from tmjkit.letters.kinds.model import FITS, Fit, later
from tmjkit.letters.situation import Situation, Subject, Voice
from tmjkit.letters.view import View, missing, value, view


def confirms(situation: Situation) -> Fit:
    """Tell whether there is a phone call to confirm."""
    call = situation.subject.about
    if not isinstance(call, Contact):
        return later("no phone call is recorded; enter it under Contacts")
    if call.date and call.date.earliest > situation.today:
        return later("the phone call is recorded for a day that is still to come")
    return FITS


def who_called(subject: Subject) -> Voice:
    """Return who confirms a call: the patient where the patient told of it, else the office.

    Who made a call is the one who can say what was said in it.
    """
    sources = subject.about.sources if subject.about else ()
    told = any(isinstance(item, PatientSource) for item in sources)
    return Voice.PATIENT if told else Voice.CLINICIAN


def confirmation(situation: Situation) -> Mapping[str, Any]:
    """Add the call (`call`), with `hour` and `ours`, and whether it was with the plan.

    `shown` is the call as a paper shows it, to cite; None where none does. That somebody of the
    office noted it proves nothing to those who were called.
    """
    case, call = situation.case, situation.subject.about
    if not isinstance(call, Contact):
        gap = missing("Phone call", "Contacts: add the call, with what was said", record="contacts")
        return {"call": gap, "with_plan": True, "shown": None}
    zone = f" ({call.time_zone})" if call.time_zone else ""
    hour = value(f"{call.time:%H:%M}{zone}", call) if call.time else ""
    found = view(call, "contacts", case.contacts.index(call) + 1)
    papers = tuple(item for item in call.sources if isinstance(item, DocumentSource))
    shown = call.model_copy(update={"sources": papers})
    return {
        "call": found.with_fields(hour=hour, ours=call.direction.value == "out"),
        "shown": View("call", found.fields, (shown,)) if papers else None,
        "with_plan": payer_of(case, call) is not None or not call.organization,
    }
