"""Requests for papers: the plan's terms, the claim file, the reason of a denial, health records."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from tmjkit.case import (
    BotulinumSession,
    Channel,
    Coverage,
    PartialDate,
    Provider,
    Treatment,
)
from tmjkit.knowledge import Regime
from tmjkit.letters import care
from tmjkit.letters.kinds import requests_picks as picks
from tmjkit.letters.kinds.model import FITS, Fit, Kind, Part, later, never
from tmjkit.letters.situation import Situation, Voice
from tmjkit.letters.value import Value, clean
from tmjkit.letters.view import View, date_words, missing, value, view

FILE_RIGHTS: Final = ("F-FILE", "F-FILE-GRP", "F-FILE-IND", "F-FILE-MCO")
"""What gives a claimant the claim file, one for each law that does."""

_LISTS: Final = ("F2-CLAIM-FILE", "F2-CLAIM-FILE-ACA", "F2-CLAIM-FILE-MCO")
_DAYS: Final = 30  # F2-CLAIM-FILE: what to ask for, as no rule names a number

_PATIENT: Final = (Voice.PATIENT, Voice.ADVOCATE)


def _has_file(situation: Situation) -> Fit:
    """Tell whether a law on record gives the claim file; while the law is unknown it is asked."""
    if situation.denial is None:
        return later("no denial is on record: the claim file is asked for once the plan decided")
    law = situation.law
    regime = law.result.regime if law.result else None
    if regime is None or any(law.holds(name) for name in FILE_RIGHTS):
        return FITS
    return never(
        f"no rule on record gives the claim file under this plan ({_named(regime, situation)}). "
        "Ask the plan for the records that it holds about the patient with records-request, which "
        "reaches plans as it does clinics, and for the reason and its rule with denial-reason",
        "F-HIPAA-ACC",
    )


def _named(regime: Regime, situation: Situation) -> str:
    result = situation.law.result
    return f"{regime.label}, grandfathered" if result and result.grandfathered else regime.label


def claim_file(situation: Situation) -> Mapping[str, Any]:
    """Add the day by which the file is asked for, and the calls on record."""
    day = PartialDate.of(situation.today + dt.timedelta(days=_DAYS))
    listed = tuple(name for name in _LISTS if situation.law.holds(name))[:1]
    return {
        "asked_by": Value(date_words(day), facts=listed),
        "calls": _calls(situation),
    }


def _calls(situation: Situation) -> tuple[View, ...]:
    """Return the calls with the payer up to today that have a number to find them by."""
    coverage = situation.coverage
    if coverage is None:
        return ()
    payer = clean(coverage.payer).casefold()
    return tuple(
        view(item, "contacts", place)
        for place, item in enumerate(situation.case.contacts, 1)
        if item.channel is Channel.PHONE
        and item.reference
        and item.date is not None
        and item.date.earliest <= situation.today
        and clean(item.organization).casefold() == payer
    )


def _denied(situation: Situation) -> Fit:
    if situation.denial is None:
        return later("no denial is on record whose reason could be asked for")
    return FITS


def _keeps_records(situation: Situation) -> Fit:
    if situation.subject.about is None:
        return later("no provider is on record who could be asked for records")
    return FITS


def records(situation: Situation) -> Mapping[str, Any]:
    """Add who holds the records, and the time and care that they are wanted for."""
    found = situation.subject.about
    match found:
        case Provider():
            name = value(found.name, found)
            lines = (
                tuple(value(line, found) for line in found.address.lines())
                if (found.address)
                else ()
            )
            organization: Any = value(found.organization, found) if found.organization else ""
            fax: Any = value(found.fax, found) if found.fax else ""
        case Coverage():
            name, organization = value(found.payer, found), ""
            lines = ()
            fax = value(found.fax, found) if found.fax else ""
        case _:
            gap = missing(
                "Who holds the records",
                "Providers: add the clinician or clinic whose records are wanted",
                record="providers",
            )
            return {"holder": gap, "of_plan": False, "care": (), "since": "", "holder_gap": gap}
    fields = {"name": name, "organization": organization, "lines": lines, "fax": fax}
    given = picks.care_by(situation.case, found) if isinstance(found, Provider) else []
    days = [
        (day, item)
        for item in given
        if (day := getattr(item, "start", None) or getattr(item, "date", None)) is not None
        and day.earliest <= situation.today
    ]
    first = min(days, key=lambda pair: pair[0], default=None)
    start = found.start if isinstance(found, Coverage) else None
    return {
        "holder": View("holder", MappingProxyType(fields), (found,)),
        "of_plan": isinstance(found, Coverage),
        "care": tuple(_care(situation, [item for _, item in days])),
        "since": value(first[0], first[1]) if first else value(start, found) if start else "",
    }


def _care(situation: Situation, given: Sequence[Treatment | BotulinumSession]) -> Iterator[View]:
    """Yield what was given, oldest first: each thing once in `what`, with its days in `when`."""
    case, today, wanted = situation.case, situation.today, {item.id for item in given}
    days: dict[str, list[str]] = {}
    records: dict[str, list[str]] = {}
    shown = [
        (item.fields["what"].text, item.fields["when"].text, item)
        for item in care.treatments(case, today)
    ]
    shown += [
        (record.label, date_words(record.date) if record.date else "", item)
        for item in care.sessions(case, today)
        for record in item.records
        if isinstance(record, BotulinumSession)
    ]
    for what, when, item in shown:
        mine = [record.id for record in item.records if record.id in wanted]
        if not mine:
            continue
        records.setdefault(what, []).extend(mine)
        if when and when not in days.setdefault(what, []):
            days[what].append(when)
    for what, those in records.items():
        ids = tuple(dict.fromkeys(those))
        when = "; ".join(days.get(what, ()))
        fields = {"what": Value(clean(what), ids), "when": Value(when, ids) if when else ""}
        yield View("care", MappingProxyType(fields))


KINDS: Final = (
    Kind(
        "plan-documents",
        "Request for the plan documents and the coverage criteria",
        Part.PREPARE,
        _PATIENT,
        picks.plan,
    ),
    Kind(
        "records-request",
        "Request for health records",
        Part.PREPARE,
        _PATIENT,
        picks.holder,
        checklist="F2-HIPAA",
        fits=_keeps_records,
        context=records,
    ),
    Kind(
        "claim-file",
        "Request for the claim file and the credentials of the reviewers",
        Part.APPEAL,
        _PATIENT,
        picks.decision,
        checklist="F2-CLAIM-FILE",
        fits=_has_file,
        context=claim_file,
    ),
    Kind(
        "denial-reason",
        "Request to state the reason and the rule in writing",
        Part.APPEAL,
        _PATIENT,
        picks.decision,
        fits=_denied,
    ),
)
"""Requests for papers."""
