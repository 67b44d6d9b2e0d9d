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
    THEIR_RECEIPT = "their-receipt", "the day on which they got it"
    SENT = "sent", "the day on which it was asked for"
    ASSIGNMENT = "assignment", "the reviewer's notice that it has the case"


class Roll(Term):
    """What becomes of a last day that falls on a weekend or holiday."""

    NONE = "none", "nothing: the last day stays"
    NEXT_BUSINESS_DAY = (
        "next-business-day",
        "the next day that is no Saturday, Sunday or federal holiday (5 USC 6103(a))",
    )


class MonthRule(Term):
    """Where months end whose last month has no corresponding day."""

    LAST_DAY = "last-day", "on the month's last day, the earlier and safe reading"
    NEXT_MONTH = "next-month", "on the first day of the month after"


class Matter(Term):
    """What a decision is about, as far as its time depends on it."""

    PRE_SERVICE = "pre-service", "a service that is still to come"
    POST_SERVICE = "post-service", "payment for a service that was given"
    CONCURRENT = "concurrent", "more of a course that is approved already"
    PART_B_DRUG = "part-b-drug", "a drug that the clinic buys and bills"
    DRUG = "drug", "a drug"


class Urgency(Term):
    """How fast a decision is asked for."""

    STANDARD = "standard", "standard"
    EXPEDITED = "expedited", "expedited"
