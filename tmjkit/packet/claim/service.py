"""Boxes 14 to 24: the illness, what is referred to, and the service lines."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from tmjkit.case import (
    BotulinumSession,
    Case,
    Claim,
    PartialDate,
    Provider,
    ProviderRole,
    ServiceLine,
    ToxinProduct,
)
from tmjkit.knowledge import Fact
from tmjkit.packet.claim import writing
from tmjkit.packet.claim.draft import Draft
from tmjkit.packet.claim.slots import MOST_DIAGNOSES, MOST_POINTERS
from tmjkit.rules.approval import approval
from tmjkit.rules.coding import eleven, known_as
from tmjkit.rules.coding.book import drugs

_CLAIM: Final = "Claims"
# Unlisted procedure codes of the code set end so; their shaded half says in words what was done.
_UNLISTED: Final = "99"
_WORDS: Final = "ZZ"
_NDC: Final = "N4"
_MOST_UNITS: Final = 999


def fill_illness(draft: Draft, case: Case, claim: Claim) -> None:
    """Fill boxes 14 to 23."""
    codes = claim.diagnosis_codes
    onsets = [
        item.onset
        for item in case.diagnoses
        if item.code in codes and item.onset and item.onset.exact
    ]
    if onsets:
        draft.fill("14", writing.day(min(onsets)))
        draft.put("14.qualifier", "431")  # onset of current symptoms or illness
    else:
        draft.leave("no exact day of onset is recorded; few payers ask for it", "14")
    _referring(draft, case, claim)
    if not codes:
        draft.lacks("21", "the diagnosis codes", f"Enter them under {_CLAIM}.")
    else:
        draft.put("21.indicator", "0")  # ICD-10-CM
    for letter, code in zip("ABCDEFGHIJKL", codes, strict=False):
        draft.put(f"21.{letter}", writing.number(code))
    if len(codes) > MOST_DIAGNOSES:
        what = f"there are {len(codes)} diagnosis codes, and the form takes {MOST_DIAGNOSES}"
        draft.wrong("21", what, f"Leave out those that no line is for, under {_CLAIM}.")
    _earlier(draft, claim)
    _authorization(draft, case, claim)


def _referring(draft: Draft, case: Case, claim: Claim) -> None:
    providers = {item.id: item for item in case.providers}
    found = providers.get(claim.referring_id or "")
    if found is None:
        by_role = [item for item in case.providers if item.role is ProviderRole.REFERRING]
        found = by_role[0] if len(by_role) == 1 else None
    if found is None:
        draft.leave("no referring provider is recorded", "17", "17b")
        return
    draft.put("17.qualifier", "DN")  # referring provider
    draft.words("17", "17", found.title, keep="-")
    if found.npi:
        draft.put("17b", found.npi)
    else:
        draft.lacks("17b", "the referring provider's NPI", "Enter it under Providers.")


def _earlier(draft: Draft, claim: Claim) -> None:
    """Fill what this claim replaces or cancels."""
    if claim.resubmission is None and not claim.corrects:
        draft.leave("it is a first claim", "22")
        return
    if claim.resubmission is None:
        right = f"Say under {_CLAIM}, Resubmission, whether it replaces or cancels the earlier one."
        draft.wrong("22", "an earlier claim is named, and not what becomes of it", right)
    else:
        draft.put("22.code", claim.resubmission.value)
    if claim.corrects:
        draft.words("22.reference", "22", claim.corrects, keep="-")
    else:
        right = f"Copy the payer's claim number from its notice under {_CLAIM}, Corrects."
        draft.wrong("22", "the number of the earlier claim is not recorded", right)


def _authorization(draft: Draft, case: Case, claim: Claim) -> None:
    found = approval(case, claim)
    if found is None:
        draft.leave("no approved request for these codes is recorded", "23")
        return
    request, decision = found
    number = decision.reference or request.reference
    if number:
        draft.put("23", writing.number(number))
    else:
        right = "Copy it from the approval under Determinations, Reference."
        draft.lacks("23", "the number of the approval", right)


def fill_line(
    draft: Draft,
    place: int,
    line: ServiceLine,
    *,
    case: Case,
    claim: Claim,
    rendering: Provider | None,
    known: Mapping[str, Fact],
) -> None:
    """Fill one service line; `place` is its line on the form, from 1."""
    key = f"24.{place}"
    day = line.date or (claim.start if claim.end in (None, claim.start) else None)
    if day is None or not day.exact:
        what = f"line {place}: the day of service is not recorded"
        draft.wrong("24A", what, f"Enter the whole date of the line under {_CLAIM}.")
    else:
        draft.fill(f"{key}.from", writing.day(day, year=2))
        draft.fill(f"{key}.to", writing.day(day, year=2))
    draft.put(f"{key}.place", claim.place_of_service or "")
    if not claim.place_of_service:
        right = f"Enter the two digits under {_CLAIM}, such as 11 for an office."
        draft.wrong("24B", f"line {place}: the place of service is not recorded", right)
    draft.put(f"{key}.code", line.code)
    for number, modifier in enumerate(line.modifiers, 1):
        draft.put(f"{key}.modifier{number}", modifier)
    draft.put(f"{key}.pointer", _pointer(draft, place, line, claim))
    if line.charge is None:
        draft.wrong("24F", f"line {place} has no charge", f"Enter it under {_CLAIM}.")
    else:
        draft.amount(key, line.charge)
    units = f"{line.units.normalize():f}"
    draft.put(f"{key}.units", units)
    if line.units > _MOST_UNITS or len(units) > len(str(_MOST_UNITS)):
        what = f"line {place}: the form takes three characters of units"
        draft.wrong("24G", what, "Split the units over several lines, as the payer wants it.")
    draft.put(f"{key}.npi", (rendering.npi or "") if rendering else "")
    if rendering is None or not rendering.npi:
        what = f"line {place}: the NPI of who gave the service is not recorded"
        draft.wrong("24J", what, f"Say it under {_CLAIM}, Rendering, or enter it under Providers.")
    draft.put(f"{key}.shaded", _shaded(draft, place, line, _sessions(case, day), known))


def _pointer(draft: Draft, place: int, line: ServiceLine, claim: Claim) -> str:
    codes = claim.diagnosis_codes[:MOST_DIAGNOSES]
    wanted: Sequence[str] = line.diagnosis_codes or codes
    letters = ["ABCDEFGHIJKL"[codes.index(code)] for code in wanted if code in codes]
    if len(letters) < len(wanted):
        what = f"line {place} is for a diagnosis that the claim does not have"
        draft.wrong("24E", what, f"Make the codes of line and claim agree under {_CLAIM}.")
    if len(letters) > MOST_POINTERS:
        what = f"line {place} is for {len(letters)} diagnoses, and the box takes {MOST_POINTERS}"
        right = f"Choose the ones that this line is for, the main one first, under {_CLAIM}."
        draft.wrong("24E", what, right)
    return "".join(letters[:MOST_POINTERS])


def _sessions(case: Case, day: PartialDate | None) -> tuple[BotulinumSession, ...]:
    exact = day is not None and day.exact
    return tuple(item for item in case.sessions if exact and item.date == day)


def _shaded(
    draft: Draft,
    place: int,
    line: ServiceLine,
    sessions: Sequence[BotulinumSession],
    known: Mapping[str, Fact],
) -> str:
    """Return the shaded half of a line: the drug's NDC, or what an unlisted code stands for."""
    drug = drugs(known).get(line.code)
    if drug is None:
        if line.code.endswith(_UNLISTED) and line.code.isdigit():
            words = writing.plain(line.description, "-")
            if not words:
                what = f"line {place}: the code is an unlisted one, and nothing says what was done"
                draft.wrong("24", what, f"Say it in your own words under {_CLAIM}, Description.")
            return f"{_WORDS}{words}" if words else ""
        return ""
    used = [item for item in sessions if item.product is drug.product]
    ndcs = {ndc for ndc in (line.ndc, *(item.ndc for item in used)) if ndc}
    ndc = line.ndc or (next(iter(ndcs)) if len(ndcs) == 1 else None)
    forms = eleven(ndc) if ndc else ()
    if len(forms) != 1 or forms[0].endswith("-"):
        right = f"Copy the NDC with its package from the vial under {_CLAIM} or the session."
        draft.look("24", f"line {place}: no NDC with 11 digits is recorded for the drug", right)
        return ""
    vials = {item.vial_units for item in used if item.vial_units}
    vials |= {entry.vial for _, entry in known_as(forms[0], known) if entry.vial}
    units = line.units * drug.unit
    quantity = _quantity(draft, place, units, product=drug.product, vials=vials)
    return f"{_NDC}{writing.number(forms[0])}{quantity}"


def _quantity(
    draft: Draft,
    place: int,
    units: Decimal,
    *,
    product: ToxinProduct,
    vials: set[int],
) -> str:
    """Return three blanks, the unit and the number of it; nothing where it can't be worked out.

    A vial of powder is counted (UN); a solution is measured in milliliters (ML), which a case does
    not record. The manual's other units do not come up with these drugs.
    """
    if product is ToxinProduct.RIMABOTULINUM or len(vials) != 1:
        right = "Write the unit (UN for vials, ML for a solution) and the number by hand."
        draft.look("24", f"line {place}: the quantity of the NDC can't be worked out", right)
        return ""
    [size] = vials
    share = (units / Decimal(size)).quantize(Decimal("0.001"))
    if share != share.to_integral():
        draft.look(
            "24",
            f"line {place}: the quantity is a part of a vial",
            "Payers differ on parts of a vial: ask whether it wants them, or the whole vial once.",
        )
    return f"   UN{share.normalize():f}"
