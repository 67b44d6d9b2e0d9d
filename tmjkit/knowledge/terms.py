"""The closed lists of terms in the knowledge base, each with the words that people read."""

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A term that is written as a short code and shown as a label."""

    label: str

    def __new__(cls, code: str, label: str) -> Self:
        """Make a member of the code, and keep the label beside it."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member


class Regime(Term):
    """The body of law that governs a coverage; every citation in the product follows from it."""

    ERISA_SELF_FUNDED = "erisa-self-funded", "Self-funded employer plan (ERISA)"
    ERISA_INSURED = "erisa-insured", "Insured employer plan (ERISA and state insurance law)"
    INDIVIDUAL = "individual", "Individual or marketplace plan (ACA and state insurance law)"
    GOVERNMENT = "government", "Plan of a state or local government"
    CHURCH = "church", "Church plan"
    MEDICARE_ADVANTAGE = "medicare-advantage", "Medicare Advantage"
    PART_D = "part-d", "Medicare Part D"
    ORIGINAL_MEDICARE = "original-medicare", "Original Medicare"
    MEDICAID_MANAGED_CARE = "medicaid-managed-care", "Medicaid managed care"
    MEDICAID_FFS = "medicaid-ffs", "Medicaid, fee for service"
    TRICARE = "tricare", "TRICARE"
    FEHB = "fehb", "Federal employees (FEHB)"


ERISA = frozenset({Regime.ERISA_SELF_FUNDED, Regime.ERISA_INSURED})
"""The regimes that ERISA's claims rules reach; no other regime may be told of them."""


class FactKind(Term):
    """What a fact is."""

    RULE = "rule", "Time limit or duty"
    RIGHT = "right", "Right"
    EVIDENCE = "evidence", "Published evidence"
    LABEL = "label", "Product label"
    PRACTICE = "practice", "What reviewers usually ask for"
    CODE = "code", "Code"
    MANDATE = "mandate", "State law on coverage"
    STANCE = "stance", "Payer's stance"
    DENIAL = "denial", "Class of denial"
    INSTRUMENT = "instrument", "Instrument"
    CONTENT = "content", "Contents of a letter"
    PRIVACY = "privacy", "Privacy"


class Confidence(Term):
    """How a fact was confirmed."""

    OFFICIAL = "confirmed-official", "read on a government page, statute or court text"
    COPY = "confirmed-copy", "the text was read in a third-party copy"
    SECONDARY = "confirmed-secondary", "a guide, abstract or public page states it"
    CONFLICT = "conflict", "sources differ; the safe choice is given"
    MEMORY = "memory", "not confirmed against any source"


class Direction(Term):
    """Which way a piece of evidence points for botulinum toxin in TMD."""

    FOR = "for", "For"
    MIXED = "mixed", "Mixed"
    AGAINST = "against", "Against"
    SAFETY = "safety", "About safety"
    CONTEXT = "context", "Context"


class CountedFrom(Term):
    """The event from which a time limit counts."""

    RECEIPT = "receipt", "receipt of the notice"
    NOTICE_DATE = "notice-date", "the date on the notice"
