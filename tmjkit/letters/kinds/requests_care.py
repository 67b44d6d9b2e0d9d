"""Requests for the treatment itself: necessity, authorization, going on, a talk with a peer."""

from collections.abc import Mapping
from typing import Any, Final

from tmjkit.case import (
    AuthorizationRequest,
    Claim,
    Contact,
    ContactSource,
    DocumentSource,
    Level,
    Provider,
    ReasonKind,
    Topic,
    Urgency,
)
from tmjkit.letters import choose
from tmjkit.letters.gap import Gap
from tmjkit.letters.kinds import requests_picks as picks
from tmjkit.letters.kinds.model import FITS, Fit, Kind, Part, later, never
from tmjkit.letters.kinds.policies_named import policy_named
from tmjkit.letters.kinds.requests_course import courses, given, next_dose, not_before, planned
from tmjkit.letters.kinds.requests_criteria import crosswalk
from tmjkit.letters.situation import Situation, Voice
from tmjkit.letters.value import Value
from tmjkit.letters.view import View, missing, value, view
from tmjkit.rules import standing

_OUTSIDE: Final = frozenset({Level.EXTERNAL, Level.FAIR_HEARING, Level.COURT})
_EVERYONE: Final = (Voice.CLINICIAN, Voice.PATIENT, Voice.ADVOCATE)


def necessity(situation: Situation) -> Mapping[str, Any]:
    """Add the criteria with their marks, and what the scores did around each injection."""
    return {**crosswalk(situation), "courses": courses(situation)}


def _authorizes(situation: Situation) -> Fit:
    """Tell whether there is something to authorize that was not asked for already."""
    request = situation.request
    if request is None or request.sent is None:
        return FITS
    if picks.open_denial_of(situation.case, request):
        return later(
            "the latest request was denied: the way from there is the appeal. To ask anew, enter "
            "a new request without a day of sending"
        )
    return later(
        f"the latest request was sent on {request.sent.words()}. To ask anew, enter a new request "
        "without a day of sending"
    )


def authorization(situation: Situation) -> Mapping[str, Any]:
    """Add who asks, who treats, where, when, how fast, and how many papers go along.

    `urgent` holds only where the request is recorded as expedited and a clinician's statement says
    why waiting is dangerous; where the first is so and not the second, `urgency_gap` asks for it.
    """
    asked, case = situation.subject.asked, situation.case
    says_why = any(
        item.kind.value == "urgency" and item.provider_id is not None for item in case.statements
    )
    expedited = isinstance(asked, AuthorizationRequest) and asked.urgency is Urgency.EXPEDITED
    ahead = planned(situation)
    return {
        "requester": _requester(situation),
        "urgent": expedited and says_why,
        "urgency_gap": missing(
            "Why waiting is dangerous, in the clinician's words",
            "Statements: add what the clinician stated, of the kind 'Why waiting is dangerous'; or "
            "set the request to standard",
            record="statements",
        )
        if expedited and not says_why
        else "",
        "first_date": value(ahead.date, ahead) if ahead and ahead.date else "",
        "place": value(asked.place_of_service, asked) if asked and asked.place_of_service else "",
        "diagnosis_codes": tuple(value(code, asked) for code in asked.diagnosis_codes)
        if asked
        else (),
    }


def _requester(situation: Situation) -> View | Gap:
    """Return the provider who asks; the prescriber where the request names none."""
    case, asked = situation.case, situation.subject.asked
    found: Provider | None = next(
        (item for item in case.providers if asked and item.id == asked.provider_id),
        choose.prescriber(case, asked),
    )
    if found is None:
        return missing(
            "Provider who asks",
            "Authorization request, Provider; and Providers",
            record=asked.id if asked else "requests",
            field="provider_id",
        )
    return view(found, "providers").with_fields(title=value(found.title, found))


def _authorizes_late(situation: Situation) -> Fit:
    """Tell whether a denial says that authorization is missing, and none is on record."""
    denial, asked = situation.denial, situation.subject.asked
    if denial is None or not picks.has_reason(denial, ReasonKind.NO_PRIOR_AUTHORIZATION):
        return later("no denial on record says that authorization is missing")
    settled = standing(situation.case, denial, situation.today).settled
    if settled:
        return never(f"nothing is left to authorize: {settled}")
    if picks.approval_of(situation.case, asked):
        return never(
            "an approval of one of these codes is on record: an appeal shows it, and a second "
            "request would deny that it exists"
        )
    return FITS


def late(situation: Situation) -> Mapping[str, Any]:
    """Add the codes and doses that were given, and the contacts about authorization."""
    asked = situation.subject.asked
    return {
        "asked": view(asked, "claims" if isinstance(asked, Claim) else "requests")
        if asked
        else missing(
            "What was denied",
            "Determination, About: choose the claim or request that it decides",
            record=situation.denial.id if situation.denial else "determinations",
            field="about_id",
        ),
        "calls": contacts(situation, Topic.AUTHORIZATION),
    }


def contacts(situation: Situation, topic: Topic) -> tuple[View, ...]:
    """Return the contacts on a topic up to today, oldest first."""
    found = [
        (place, item)
        for place, item in enumerate(situation.case.contacts, 1)
        if item.topic is topic and (item.date is None or item.date.earliest <= situation.today)
    ]
    ordered = sorted(found, key=lambda pair: _when(pair[1]))
    return tuple(_logged(item, place) for place, item in ordered)


def _logged(item: Contact, place: int) -> View:
    """Return a contact that is cited as itself where no page shows it: the log is its record."""
    found = view(item, "contacts", place)
    if any(isinstance(source, DocumentSource) for source in item.sources):
        return found
    itself = item.model_copy(update={"sources": (ContactSource(contact_id=item.id),)})
    return View(found.name, found.fields, (itself,))


def _when(item: Contact) -> tuple[str, str]:
    return str(item.date or "9999"), str(item.time or "")


def _goes_on(situation: Situation) -> Fit:
    """Tell whether an injection was given after which going on can be asked for."""
    if not given(situation):
        return later(
            "no injection for the jaw is on record: what comes first is the prior-authorization"
        )
    if picks.open_denial_of(situation.case, situation.request):
        return later(
            "the latest request was denied: the way from there is the appeal. To ask anew, enter "
            "a new request without a day of sending"
        )
    return FITS


def going_on(situation: Situation) -> Mapping[str, Any]:
    """Add the last session, when the next can be, the scores around each, and the criteria."""
    sessions = given(situation)
    last = sessions[-1] if sessions else None
    return {
        **necessity(situation),
        "last_session": view(last, "sessions", situation.case.sessions.index(last) + 1)
        if last
        else missing(
            "Last session", "Botulinum toxin sessions: add those that were given", record="sessions"
        ),
        "not_before": not_before(situation),
        "next_dose": next_dose(situation),
    }


def _talks(situation: Situation) -> Fit:
    """Tell whether a decision of the payer is open to a talk with its clinician."""
    denial = situation.denial
    if denial is None:
        return later("no denial is on record that a talk could be about")
    if denial.level in _OUTSIDE:
        return never(
            f"the decision was made outside the payer ({denial.level.label.lower()}): a talk with "
            "the payer's clinician changes nothing about it"
        )
    settled = standing(situation.case, denial, situation.today).settled
    return never(f"nothing is left to talk about: {settled}") if settled else FITS


def talk(situation: Situation) -> Mapping[str, Any]:
    """Add the criteria in dispute, the talks on record, and the payer's last day for the call.

    `policy_named` is whether it is known which policy was applied.
    """
    calls = contacts(situation, Topic.PEER_TO_PEER)
    days = [
        item
        for item in situation.case.contacts
        if item.topic is Topic.PEER_TO_PEER
        and item.promised_by is not None
        and item.kept is None
        and item.promised_by >= situation.today
    ]
    last = max(days, key=lambda item: str(item.promised_by), default=None)
    by: Value | str = ""
    if last is not None and last.promised_by is not None:
        by = value(last.promised_by, last)
    return {
        **crosswalk(situation),
        "calls": calls,
        "talk_by": by,
        "policy_named": policy_named(situation),
    }


KINDS: Final = (
    Kind(
        "medical-necessity",
        "Letter of medical necessity",
        Part.REQUEST,
        (Voice.CLINICIAN,),
        choose.request,
        checklist="F2-LMN",
        context=necessity,
        argues=True,
    ),
    Kind(
        "prior-authorization",
        "Request for prior authorization",
        Part.REQUEST,
        (Voice.CLINICIAN,),
        choose.request,
        checklist="F2-PA",
        fits=_authorizes,
        context=authorization,
    ),
    Kind(
        "re-authorization",
        "Request to go on with the treatment",
        Part.REQUEST,
        (Voice.CLINICIAN,),
        choose.request,
        fits=_goes_on,
        context=going_on,
        argues=True,
    ),
    Kind(
        "late-authorization",
        "Request for authorization after the service",
        Part.REQUEST,
        _EVERYONE,
        picks.without_authorization,
        fits=_authorizes_late,
        context=late,
    ),
    Kind(
        "peer-to-peer",
        "Request for a peer-to-peer talk",
        Part.REQUEST,
        (Voice.CLINICIAN,),
        picks.decision,
        checklist="F2-P2P",
        fits=_talks,
        context=talk,
    ),
    Kind(
        "peer-to-peer-notes",
        "Talking points for a peer-to-peer talk",
        Part.CALL,
        (Voice.CLINICIAN,),
        picks.decision,
        checklist="F2-P2P",
        fits=_talks,
        context=talk,
        argues=True,
        sent=False,
    ),
)
"""Requests for the treatment itself."""
