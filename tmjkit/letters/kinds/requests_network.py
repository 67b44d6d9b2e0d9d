"""Requests about who gives the care and who pays: network, employer, another benefit."""

from collections.abc import Mapping
from typing import Any, Final

from tmjkit.case import (
    Claim,
    Network,
    Product,
    Provider,
    ReasonKind,
    Record,
    Topic,
)
from tmjkit.knowledge import Regime
from tmjkit.letters.gap import Gap
from tmjkit.letters.kinds import requests_picks as picks
from tmjkit.letters.kinds.model import FITS, Fit, Kind, Part, later, never
from tmjkit.letters.kinds.requests_care import contacts
from tmjkit.letters.kinds.requests_course import given, interval_over, next_dose, not_before
from tmjkit.letters.situation import Situation, Voice
from tmjkit.letters.value import Value
from tmjkit.letters.view import View, missing, value, view
from tmjkit.rules import coverage_of, standing

_PATIENT: Final = (Voice.PATIENT, Voice.ADVOCATE)
_ALL: Final = (Voice.PATIENT, Voice.CLINICIAN, Voice.ADVOCATE)
_NO_NETWORK: Final = frozenset({Regime.ORIGINAL_MEDICARE, Regime.MEDICAID_FFS})
_CONTINUITY: Final = "A-NSA-COC"


def _regime(situation: Situation) -> Regime | None:
    return situation.law.result.regime if situation.law.result else None


def _named(situation: Situation) -> str:
    regime = _regime(situation)
    return regime.label if regime else "not recorded"


def _provider(situation: Situation) -> Provider | None:
    about = situation.subject.about
    return about if isinstance(about, Provider) else None


def _outside(situation: Situation) -> Fit:
    """Tell whether a clinician outside the network is to give the treatment."""
    regime, coverage = _regime(situation), situation.coverage
    if regime in _NO_NETWORK or (coverage and coverage.product is Product.INDEMNITY):
        return never("this plan steers care through no network, so there is none to step out of")
    found = _provider(situation)
    if found is None or found.network is None:
        return later(
            "nobody is on record as outside the network: enter with the provider whether they are "
            "in the plan's network"
        )
    if found.network is Network.IN:
        return never("the clinician is recorded as in the network: nothing has to be excepted")
    return FITS


def gap(situation: Situation) -> Mapping[str, Any]:
    """Add the clinician outside the network, and the log of those inside who were asked."""
    found = _provider(situation)
    tried = tuple(_tried(item, situation) for item in contacts(situation, Topic.NETWORK))
    return {
        "clinician": _clinician(found),
        "tried": tried
        or missing(
            "Clinicians of the network who were asked, with date, telephone and answer",
            "Contacts: add each with the topic 'Search for a clinician in the network'",
            record="contacts",
        ),
    }


def _clinician(found: Provider | None) -> View | Gap:
    if found is None:
        return missing(
            "Clinician", "Providers: add the clinician with the network's word", record="providers"
        )
    return view(found, "providers").with_fields(
        title=value(found.title, found),
        address_lines=tuple(value(line, found) for line in found.address.lines())
        if found.address
        else (),
    )


def _tried(item: View, situation: Situation) -> View:
    """Return a contact with the `name` and `telephone` of whom it was with."""
    [record] = item.records
    about = getattr(record, "about_id", None)
    asked = next((one for one in situation.case.providers if one.id == about), None)
    names: list[tuple[str, Record]] = [(asked.title, asked)] if asked else []
    names += [
        (text, record)
        for text in (getattr(record, "who", ""), getattr(record, "organization", ""))
        if text and not (asked and text in (asked.name, asked.title))
    ]
    fields = item.fields
    telephone = fields["number"]
    if not telephone and asked and asked.phone:
        telephone = value(asked.phone, asked)
    # A place without a name can't be checked by the plan: then the contact's own gap stands.
    name: Any = fields["organization"]
    if names:
        words = ", ".join(text for text, _ in names)
        name = value(words, record)
        name = Value(name.text, tuple(dict.fromkeys(one.id for _, one in names)))
    return item.with_fields(name=name, telephone=telephone)


def _left(situation: Situation) -> Fit:
    """Tell whether a clinician left the network while a course was under way."""
    found = _provider(situation)
    if found is None or (found.network is None and found.network_end is None):
        return later("no clinician is on record as having left the network")
    if found.network is not Network.LEFT:
        return never(
            "the clinician is not recorded as having left the network: this right is for that case"
            + (
                "; for one who never was in it, ask with network-exception"
                if found.network is Network.OUT
                else ""
            ),
            _CONTINUITY,
        )
    if _regime(situation) and not situation.law.holds(_CONTINUITY):
        return never(
            f"the right on record is not one of this plan ({_named(situation)}): ask the plan for "
            "its own rules on a change of clinicians, or for an exception with network-exception",
            _CONTINUITY,
        )
    if not _course(situation):
        return later("no course with this clinician is on record as under way")
    return FITS


def _course(situation: Situation) -> bool:
    """Tell whether sessions were given by the clinician, or a course is approved or asked for."""
    found, request = _provider(situation), situation.request
    by = any(found and item.provider_id == found.id for item in given(situation))
    return by or bool(request and (request.continues or request.approved_until))


def continuity(situation: Situation) -> Mapping[str, Any]:
    """Add the clinician who left, and when the next dose is due."""
    found = _provider(situation)
    return {
        "clinician": _clinician(found),
        "next_dose": next_dose(situation),
        "not_before": not_before(situation),
        "interval_over": interval_over(situation),
    }


def _funds(situation: Situation) -> Fit:
    """Tell whether an employer pays for the plan itself."""
    regime, coverage = _regime(situation), situation.coverage
    if regime is None or coverage is None:
        return later("who funds the plan is not on record: plan-documents asks for it")
    own = regime is Regime.ERISA_SELF_FUNDED or (
        regime in (Regime.GOVERNMENT, Regime.CHURCH) and coverage.insured is False
    )
    if regime in (Regime.GOVERNMENT, Regime.CHURCH) and coverage.insured is None:
        return later("whether an insurer bears the risk is not on record: plan-documents asks")
    if not own:
        return never(
            f"no employer pays the claims of this plan itself ({_named(situation)}), so none can "
            "grant an exception: the appeal goes to the payer"
        )
    if situation.denial is None and not coverage.excludes_tmd:
        return later("nothing is denied or excluded yet that an exception could be from")
    settled = (
        standing(situation.case, situation.denial, situation.today).settled
        if situation.denial
        else ""
    )
    return never(f"no exception is needed: {settled}") if settled else FITS


def _elsewhere(situation: Situation) -> Fit:
    """Tell whether a denial says that another benefit is responsible."""
    denial = situation.denial
    if denial is None or not picks.has_reason(denial, ReasonKind.WRONG_BENEFIT):
        return later("no denial on record says that another benefit is responsible")
    settled = standing(situation.case, denial, situation.today).settled
    return never(f"nothing is left to ask elsewhere: {settled}") if settled else FITS


def elsewhere(situation: Situation) -> Mapping[str, Any]:
    """Add who denied, under which benefit, and what was asked there."""
    denial, asked = situation.denial, situation.subject.asked
    first = coverage_of(situation.case, denial) if denial else None
    return {
        "first": view(first, "coverages")
        if first
        else missing(
            "Coverage that denied",
            "Determination, Coverage",
            record=denial.id if denial else "determinations",
            field="coverage_id",
        ),
        "asked": view(asked, "claims" if isinstance(asked, Claim) else "requests")
        if asked
        else missing(
            "What was denied",
            "Determination, About: choose the claim or request that it decides",
            record=denial.id if denial else "determinations",
            field="about_id",
        ),
    }


KINDS: Final = (
    Kind(
        "network-exception",
        "Request for an exception for a gap in the network",
        Part.REQUEST,
        _ALL,
        picks.outside,
        checklist="F2-GAP",
        fits=_outside,
        context=gap,
    ),
    Kind(
        "continuity-of-care",
        "Request for continuity of care",
        Part.REQUEST,
        _ALL,
        picks.left,
        checklist="F2-CONTINUITY",
        fits=_left,
        context=continuity,
    ),
    Kind(
        "plan-exception",
        "Request to the employer for an exception",
        Part.APPEAL,
        _PATIENT,
        picks.plan,
        fits=_funds,
    ),
    Kind(
        "other-benefit",
        "Request to the other benefit",
        Part.REQUEST,
        _ALL,
        picks.other_benefit,
        fits=_elsewhere,
        context=elsewhere,
    ),
)
"""Requests about the network, to the employer, and to another benefit."""
