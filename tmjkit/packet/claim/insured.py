"""Boxes 1 to 13 and the address above them: payer, patient, insured, what else pays."""

from typing import Final

from tmjkit.case import (
    Benefit,
    Case,
    Claim,
    Coverage,
    Funding,
    Gender,
    PartialDate,
    Product,
    Relationship,
)
from tmjkit.packet.claim import writing
from tmjkit.packet.claim.draft import Draft

_KINDS: Final = {
    Funding.ORIGINAL_MEDICARE: "medicare",
    Funding.MEDICAID_MANAGED_CARE: "medicaid",
    Funding.MEDICAID_FFS: "medicaid",
    Funding.TRICARE: "tricare",
    Funding.SELF_FUNDED_ERISA: "group",
    Funding.INSURED_GROUP: "group",
    Funding.STATE_LOCAL_GOVERNMENT: "group",
    Funding.CHURCH: "group",
    Funding.FEHB: "group",
    Funding.INDIVIDUAL: "other",
    Funding.MEDICARE_ADVANTAGE: "other",
    Funding.PART_D: "other",
}
_SEX: Final = {Gender.FEMALE: "female", Gender.MALE: "male"}
_COVERAGE: Final = "Insurance coverages"


def fill_insured(draft: Draft, case: Case, claim: Claim, coverage: Coverage | None) -> None:
    """Fill the upper third of the form."""
    _patient(draft, case)
    _accidents(draft, claim)
    if coverage is None:
        for number in ("payer", "1", "1a", "4", "6", "11"):
            draft.lacks(number, "the coverage", "Say on the claim which coverage it went to.")
        return
    _payer(draft, coverage)
    _kind(draft, coverage)
    _ids(draft, coverage)
    if coverage.relationship is None:
        right = f"Enter it under {_COVERAGE}."
        draft.lacks("6", "how the patient is related to the insured", right)
    else:
        draft.mark("6", coverage.relationship.value)
    if _medicare_first(coverage):
        why = "Original Medicare pays first"
        draft.leave(why, "4", "7", "9", "9a", "9d", "11a", "11c", "11d")
        draft.put("11", "NONE")
        return
    _insured(draft, case, coverage)
    _other(draft, case, claim, coverage)


def _medicare_first(coverage: Coverage) -> bool:
    return coverage.funding is Funding.ORIGINAL_MEDICARE and coverage.rank == 1


def _patient(draft: Draft, case: Case) -> None:
    patient = case.patient
    if not (patient.family and patient.given):
        draft.lacks("2", "the patient's family and given name", "Enter both under Patient.")
    if not writing.readable(patient.name):
        draft.words("2", "2", patient.name)
    draft.put("2", writing.person(patient.family, patient.given))
    draft.date("3", "3", patient.birth_date, "the patient's birth date", "Patient")
    _sex(draft, "3", patient.gender)
    draft.address("5", patient.address, "the patient's address", "Patient")
    draft.phone("5", patient.phone)


def _sex(draft: Draft, number: str, gender: Gender | None) -> None:
    if gender in _SEX:
        draft.mark(number, _SEX[gender])
    else:
        draft.look(
            number,
            "the sex is left open: the form has a box for male and one for female only",
            "Enter what the payer has on file, where it asks for one.",
        )


def _payer(draft: Draft, coverage: Coverage) -> None:
    draft.words("payer.1", "payer", coverage.payer)
    address = coverage.claims_address
    if address is None:
        draft.look(
            "payer",
            "the payer's address for claims is not recorded",
            f"Enter it under {_COVERAGE}, Claims address; that for appeals is another one.",
        )
        return
    street, town = writing.place(address)
    draft.put("payer.2", street)
    draft.put("payer.3", town)


def _kind(draft: Draft, coverage: Coverage) -> None:
    if coverage.funding is None:
        draft.lacks("1", "the kind of coverage", f"Enter the funding under {_COVERAGE}.")
        return
    kind = _KINDS[coverage.funding]
    if kind == "group" and coverage.product is Product.HMO:
        kind = "other"  # The manual counts health maintenance organizations there.
    draft.mark("1", kind)
    if coverage.funding is Funding.MEDICARE_ADVANTAGE:
        draft.look("1", "it is marked as 'other'", "Some Medicare Advantage plans want 'Medicare'.")


def _ids(draft: Draft, coverage: Coverage) -> None:
    if coverage.member_id:
        draft.words("1a", "1a", coverage.member_id, keep="-")
    else:
        draft.lacks("1a", "the member id", f"Copy it from the card under {_COVERAGE}.")
    if not _medicare_first(coverage):
        draft.put("11", writing.number(coverage.group_id))
        if not coverage.group_id:
            draft.leave("no group number is recorded", "11")
        draft.words("11c", "11c", coverage.plan_name)
        if not coverage.plan_name:
            draft.leave("no name of a plan is recorded", "11c")


def _insured(draft: Draft, case: Case, coverage: Coverage) -> None:
    """Fill who the insured is: the patient, or the subscriber."""
    if coverage.relationship is Relationship.SELF:
        patient = case.patient
        draft.put("4", writing.person(patient.family, patient.given))
        if patient.address:
            draft.address("7", patient.address, "the insured's address", "Patient")
        draft.phone("7", patient.phone)
        if patient.birth_date and patient.birth_date.exact:
            draft.fill("11a", writing.day(patient.birth_date))
        if patient.gender in _SEX:
            draft.mark("11a", _SEX[patient.gender])
        return
    where = f"{_COVERAGE}, Subscriber"
    family, comma, given = coverage.subscriber.partition(",")
    if not coverage.subscriber:
        draft.lacks("4", "the insured's name", f"Enter it under {where}, as 'Family, Given'.")
    elif not comma:
        draft.wrong(
            "4",
            "the insured's family name can't be told from the given one",
            f"Enter the name under {where} as 'Family, Given'.",
        )
        draft.leave("family and given name can't be told apart", "4")
    else:
        draft.put("4", writing.person(family, given))
    draft.address("7", coverage.subscriber_address, "the insured's address", f"{where} address")
    day = coverage.subscriber_birth_date
    draft.date("11a", "11a", day, "the insured's birth date", f"{where} birth date")
    _sex(draft, "11a", coverage.subscriber_gender)


def _other(draft: Draft, case: Case, claim: Claim, coverage: Coverage) -> None:
    """Fill what is known of another health plan on the day of service."""
    found = [
        item
        for item in sorted(case.coverages, key=lambda item: item.rank)
        if item.id != coverage.id
        and item.benefit not in (Benefit.PHARMACY, Benefit.DENTAL)
        and _active(item, claim.start)
    ]
    if not found:
        draft.mark("11d", "no")
        draft.leave("no other health plan is recorded for the day of service", "9", "9a", "9d")
        return
    draft.mark("11d", "yes")
    other = found[0]
    family, comma, given = other.subscriber.partition(",")
    if other.relationship is Relationship.SELF:
        draft.put("9", writing.person(case.patient.family, case.patient.given))
    elif comma:
        draft.put("9", writing.person(family, given))
    else:
        right = f"Enter it under {_COVERAGE}, Subscriber, as 'Family, Given'."
        draft.lacks("9", "the other insured's name", right)
    draft.put("9a", writing.number(other.group_id or other.member_id))
    draft.words("9d", "9d", other.plan_name or other.payer)


def _active(coverage: Coverage, day: PartialDate | None) -> bool:
    if day is None:
        return True
    begun = coverage.start is None or coverage.start.earliest <= day.latest
    return begun and (coverage.end is None or coverage.end.latest >= day.earliest)


def _accidents(draft: Draft, claim: Claim) -> None:
    asked = (
        ("10a", claim.employment, "work"),
        ("10b", claim.auto_accident, "a car accident"),
        ("10c", claim.other_accident, "another accident"),
    )
    for number, answer, what in asked:
        if answer is None:
            right = "Ask the patient, and answer yes or no on the claim."
            draft.lacks(number, f"whether the condition comes from {what}", right)
        else:
            draft.mark(number, "yes" if answer else "no")
    if claim.auto_accident:
        if claim.accident_state:
            draft.put("10b.state", claim.accident_state)
        else:
            draft.wrong(
                "10b", "the state of the accident is not recorded", "Enter it on the claim."
            )
