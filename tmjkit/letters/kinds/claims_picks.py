"""Which claim or session a paper around a claim is about, and what it reads of it."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from tmjkit.case import (
    BotulinumSession,
    Case,
    Claim,
    Coverage,
    Determination,
    PartialDate,
    Record,
    Resubmission,
    ServiceLine,
)
from tmjkit.letters import care, choose
from tmjkit.letters.gap import LetterError
from tmjkit.letters.kinds.claims_decided import of_sending
from tmjkit.letters.situation import Situation, Subject
from tmjkit.letters.value import Value, clean
from tmjkit.letters.view import View, missing, value, view
from tmjkit.rules import deadlines
from tmjkit.rules.approval import approval

_FIRST = PartialDate(1880)


def claim(case: Case, today: dt.date, about: str | None, coverage_id: str | None) -> Subject:  # noqa: ARG001
    """Choose the claim with that id, or that the denial with that id is about, else the latest.

    Raises
    ------
    LetterError
        When the id is neither.
    """
    return _subject(case, _claim(case, about) if about else _latest(case.claims), coverage_id)


def correction(case: Case, today: dt.date, about: str | None, coverage_id: str | None) -> Subject:  # noqa: ARG001
    """Choose the claim that replaces or cancels an earlier one: by id, else the latest.

    Raises
    ------
    LetterError
        When the id is not that of a claim, or of a denial of one.
    """
    if about:
        return _subject(case, _claim(case, about), coverage_id)
    found = [item for item in case.claims if item.resubmission or item.corrects]
    return _subject(case, _latest(found), coverage_id)


def sent(case: Case, today: dt.date, about: str | None, coverage_id: str | None) -> Subject:
    """Choose the claim to ask about: by id, else the latest that was sent.

    Raises
    ------
    LetterError
        When the id is not that of a claim, or of a denial of one.
    """
    if about:
        return _subject(case, _claim(case, about), coverage_id)
    found = [item for item in case.claims if item.sent and item.sent.earliest <= today]
    return _subject(case, _latest(found), coverage_id)


def session(case: Case, today: dt.date, about: str | None, coverage_id: str | None) -> Subject:
    """Choose the session with that id, or that the claim with that id bills, else the latest.

    A claim that is named is what the report is about: another claim for the same day, such as the
    one that it corrects, is another report.

    Raises
    ------
    LetterError
        When the id is neither that of a session nor of a claim.
    """
    done = [item for item in case.sessions if item.id == about]
    billed = _claim(case, about) if about and not done else None
    if not done:
        done = [item for item in case.jaw_sessions if item.date and item.date.earliest <= today]
    if billed is not None:
        done = [item for item in done if item.date == billed.start]
    found = max(done, key=lambda item: item.date or _FIRST, default=None)
    if billed is None and found is not None and found.date is not None:
        billed = next((item for item in case.claims if item.start == found.date), None)
    payer = choose.coverage(case, coverage_id, None, billed)
    named = billed if billed is not None and billed.id == about else found
    return Subject(coverage=payer, asked=billed, about=named if found else None)


def _claim(case: Case, about: str) -> Claim:
    claims = {item.id: item for item in case.claims}
    denied = {item.id: item.about_id for item in case.determinations}
    found = claims.get(denied.get(about) or about)
    if found is None:
        raise LetterError(f"this case has no claim {about}")
    return found


def _latest(claims: Any) -> Claim | None:
    def key(item: Claim) -> tuple[bool, PartialDate]:
        return item.sent is None, item.start or _FIRST

    return max(claims, key=key, default=None)


def _subject(case: Case, found: Claim | None, coverage_id: str | None) -> Subject:
    payer = choose.coverage(case, coverage_id, None, found)
    return Subject(coverage=payer, denial=_denial(case, found), asked=found, about=found)


def _denial(case: Case, found: Claim | None) -> Determination | None:
    about = [item for item in case.determinations if found and item.about_id == found.id]
    adverse = [item for item in about if item.adverse]
    return max(adverse, key=lambda item: item.notice_date or _FIRST, default=None)


def reads(situation: Situation) -> Mapping[str, Any]:
    """Return what the papers around a claim read beside the picture of the case."""
    case, today, found = situation.case, situation.today, situation.claim
    about = situation.subject.about
    held = about if isinstance(about, BotulinumSession) else None
    day = found.start if found else None
    sessions = care.sessions(case, today)
    chosen = tuple(
        item
        for item in sessions
        for record in item.records
        if (held and record.id == held.id)
        or (not held and isinstance(record, BotulinumSession) and day and record.date == day)
    )
    return {
        "biller": _provider(case, found.provider_id if found else None, "Billing provider"),
        "renderer": _provider(case, _giver(found, chosen), "Who gave the treatment"),
        "lines": _lines(found),
        "total": _total(found),
        "patient_paid": _paid(found),
        "service_day": value(day, found) if found and day else None,
        "claim_codes": _codes(case, found),
        "billed_sessions": chosen,
        "sending": _sending(case, found),
        "answered": _answered(case, found),
        "filing": _filing(case, found, today),
        "earlier": _earlier(case, found),
        "approved": _approved(case, found),
        "claims_lines": _claims_lines(situation.coverage),
        "cancels": bool(found and found.resubmission is Resubmission.VOIDS),
        "needs_papers": any(line.code.endswith("99") for line in (found.lines if found else ())),
    }


def _claims_lines(coverage: Coverage | None) -> tuple[Value, ...]:
    address = coverage.claims_address if coverage else None
    return tuple(value(line, coverage) for line in address.lines()) if address else ()


def _giver(found: Claim | None, sessions: tuple[View, ...]) -> str | None:
    if found and found.rendering_id:
        return found.rendering_id
    by = {
        record.provider_id
        for item in sessions
        for record in item.records
        if isinstance(record, BotulinumSession) and record.provider_id
    }
    return by.pop() if len(by) == 1 else (found.provider_id if found else None)


def _provider(case: Case, provider_id: str | None, what: str) -> Any:
    found = next((item for item in case.providers if item.id == provider_id), None)
    if found is None:
        return missing(what, "Claim, Provider: say who bills", record="claims", field="provider_id")
    address = found.address.lines() if found.address else ()
    return view(found, "providers").with_fields(
        title=value(found.title, found), address_lines=tuple(value(line, found) for line in address)
    )


def _lines(found: Claim | None) -> Any:
    if found is None or not found.lines:
        return missing("Service lines", "Claim, Lines", record="claims", field="lines")
    lines = view(found, "claims").fields["lines"]
    return tuple(_line(found, raw, part) for raw, part in zip(found.lines, lines, strict=True))


def _line(found: Claim, raw: ServiceLine, part: View) -> View:
    day = raw.date or found.start
    charge = (
        money(raw.charge, found)
        if raw.charge is not None
        else missing("Charge of a line", "Claim, Lines, Charge", record=found.id, field="lines")
    )
    return part.with_fields(
        day=value(day, found)
        if day
        else missing("Date of service", "Claim, Start", record=found.id, field="start"),
        charge=charge,
    )


def money(amount: Decimal, record: Record) -> Value:
    """Write an amount in dollars and cents."""
    return Value(f"${amount:,.2f}", (record.id,), number=float(amount))


def _total(found: Claim | None) -> Any:
    charges = [line.charge for line in found.lines] if found else []
    if found is None or not charges or None in charges:
        return missing("Total of the charges", "Claim, Lines, Charge", record="claims")
    return money(sum((item for item in charges if item is not None), Decimal(0)), found)


def _paid(found: Claim | None) -> Value | None:
    if found is None or found.patient_paid is None:
        return None
    return money(found.patient_paid, found)


def _codes(case: Case, found: Claim | None) -> tuple[View, ...]:
    """Return the codes of the claim, each with the clinician's words for it and its record."""
    if found is None:
        return ()
    rows = []
    for code in found.diagnosis_codes:
        known = next((item for item in case.jaw_diagnoses if item.code == code), None)
        words = (known.text or (known.dc_tmd.label if known.dc_tmd else "")) if known else ""
        fields = {
            "code": value(code, found),
            "words": value(words, known) if words else None,
            "record": View("diagnosis", MappingProxyType({}), (known,)) if known else None,
        }
        rows.append(View("claim code", MappingProxyType(fields), (found,)))
    return tuple(rows)


def _filing(case: Case, found: Claim | None, today: dt.date) -> View | None:
    """Return the last day on which the payer takes the claim, where its time is known."""
    for item in deadlines(case, today) if found else ():
        if item.rule == "deadline.claim" and found and found.id in item.records and item.due:
            records = (found.id, *((found.coverage_id,) if found.coverage_id else ()))
            last = Value(PartialDate.of(item.due.earliest).words(), records)
            how = Value(clean(item.arithmetic), records)
            return View("filing", MappingProxyType({"last": last, "how": how}))
    return None


def _sending(case: Case, found: Claim | None) -> View | None:
    """Return the claim with those of its sources that show that it was sent; None without one."""
    sources = of_sending(case, found) if found else ()
    if found is None or not sources:
        return None
    return View("claim", MappingProxyType({}), (found.model_copy(update={"sources": sources}),))


def _answered(case: Case, found: Claim | None) -> bool:
    """Tell whether the payer decided the claim, or sent it back."""
    return found is not None and any(item.about_id == found.id for item in case.determinations)


def _earlier(case: Case, found: Claim | None) -> View | None:
    """Return the earlier claim that this one replaces, where the case holds it."""
    if found is None or not found.corrects:
        return None
    for item in case.claims:
        if item.id != found.id and item.reference == found.corrects:
            return view(item, "claims").with_fields(lines=_lines(item))
    return None


def _approved(case: Case, found: Claim | None) -> View | None:
    """Return the number of the approval that covers the services, with the notice that gives it."""
    pair = approval(case, found) if found else None
    if pair is None:
        return None
    request, decision = pair
    if not (decision.reference or request.reference):
        return None
    record: Record = decision if decision.reference else request
    number = value(decision.reference or request.reference, record)
    return View("approval", MappingProxyType({"number": number}), (decision,))
