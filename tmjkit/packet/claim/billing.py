"""Boxes 25 to 33: who bills, the account, the amounts."""

from collections.abc import Sequence
from decimal import Decimal

from tmjkit.case import Case, Claim, Provider, ProviderRole, ServiceLine
from tmjkit.packet.claim import writing
from tmjkit.packet.claim.draft import Draft

_PLACES = (ProviderRole.FACILITY, ProviderRole.BILLING)


def biller(case: Case, claim: Claim) -> Provider | None:
    """Return who bills."""
    return next((item for item in case.providers if item.id == claim.provider_id), None)


def rendering(case: Case, claim: Claim) -> Provider | None:
    """Return who gave the services: as the claim says, else that day's session, else the biller.

    A clinic can't inject, so one that bills is nobody who did.
    """
    providers = {item.id: item for item in case.providers}
    if claim.rendering_id:
        return providers.get(claim.rendering_id)
    day = claim.start
    by = {
        item.provider_id
        for item in case.sessions
        if day and day.exact and item.date == day and item.provider_id
    }
    if len(by) == 1:
        return providers.get(by.pop())
    found = biller(case, claim)
    return None if found is None or found.role in _PLACES else found


def fill_billing(
    draft: Draft, case: Case, claim: Claim, lines: Sequence[ServiceLine], *, first: bool
) -> None:
    """Fill the foot of a form for its lines; what the patient paid stands on the first only."""
    provider = biller(case, claim)
    _who(draft, provider)
    _where(draft, case, claim, provider)
    draft.put("26", writing.number(claim.account))
    if not claim.account:
        draft.leave("no account number is recorded; the office may use its own", "26")
    if claim.accept_assignment is None:
        right = "Answer yes or no on the claim: it decides who may be paid."
        draft.lacks("27", "whether assignment is accepted", right)
    else:
        draft.mark("27", "yes" if claim.accept_assignment else "no")
    charges = [line.charge for line in lines]
    if not lines or None in charges:
        draft.lacks("28", "the charge of each line", "Enter the charges under Claims, Lines.")
    else:
        draft.amount("28", sum((charge for charge in charges if charge is not None), Decimal(0)))
    if claim.patient_paid is None or not first:
        why = "nothing that the patient paid is recorded" if first else "it is on the first form"
        draft.leave(why, "29")
    else:
        draft.amount("29", claim.patient_paid)


def _who(draft: Draft, provider: Provider | None) -> None:
    if provider is None:
        right = "Say on the claim who bills, under Provider."
        for number in ("25", "33", "33a"):
            draft.lacks(number, "the billing provider", right)
        return
    if provider.tax_id:
        draft.put("25", writing.number(provider.tax_id))
        draft.mark("25", "ein")
    else:
        draft.lacks("25", "the tax id of who bills", "Enter it under Providers.")
    _lines(draft, "33", provider, provider.title)
    draft.phone("33", provider.phone)
    if provider.npi:
        draft.put("33a", provider.npi)
    else:
        draft.lacks("33a", "the NPI of who bills", "Enter it under Providers.")


def _where(draft: Draft, case: Case, claim: Claim, provider: Provider | None) -> None:
    place = next((item for item in case.providers if item.id == claim.facility_id), None)
    if place is not None:
        _lines(draft, "32", place, place.name)
        draft.put("32a", place.npi or "")
        if not place.npi:
            draft.leave("no NPI of the place is recorded", "32a")
    elif provider is not None:
        _lines(draft, "32", provider, provider.organization or provider.title)
        draft.leave("the place is that of who bills", "32a")


def _lines(draft: Draft, number: str, provider: Provider, name: str) -> None:
    draft.words(f"{number}.1", number, name, keep="-")
    if provider.address is None or not provider.address.lines():
        draft.wrong(number, "the address is not recorded", "Enter it under Providers.")
        return
    street, town = writing.place(provider.address)
    draft.put(f"{number}.2", street)
    draft.put(f"{number}.3", town)
