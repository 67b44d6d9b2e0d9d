"""A class of denial: by which words and codes it is known, and what can be said against it."""

from typing import Self

from pydantic import Field, model_validator

from tmjkit.knowledge.part import KnowledgePart, Text
from tmjkit.knowledge.phrase import Phrase
from tmjkit.knowledge.terms import Term


class DenialKind(Term):
    """The classes of denial; several can hold of one notice."""

    EXCLUSION = "contract-exclusion", "Excluded by the plan's terms"
    EXPERIMENTAL = "experimental", "Experimental or investigational"
    NOT_NECESSARY = "not-medically-necessary", "Not medically necessary"
    NO_AUTHORIZATION = "no-prior-authorization", "No prior authorization"
    WRONG_BENEFIT = "wrong-benefit", "Another benefit or payer is said to be responsible"
    CODING = "coding-or-information", "Coding, or information missing"
    TIMELY_FILING = "timely-filing", "Filed too late"
    DUPLICATE = "duplicate", "Taken for a duplicate"
    NETWORK = "out-of-network", "Out of network"
    QUANTITY = "quantity-or-interval", "Too much or too often"
    STEP_THERAPY = "step-therapy", "Other treatment asked for first"
    ELIGIBILITY = "not-eligible", "Not eligible on that day"
    OTHER = "other", "Another reason"


class DenialClass(KnowledgePart):
    """How one class of denial is told, and what to do about it whatever the plan."""

    kind: DenialKind = Field(description="The class.")
    recorded: tuple[Text, ...] = Field(
        (), description="Kinds of reason in a case file that are this class."
    )
    words: tuple[Phrase, ...] = Field((), description="Phrases that tell it.")
    faint: tuple[Phrase, ...] = Field(
        (), description="Phrases that tell it only where nothing else tells another class."
    )
    unless: tuple[Phrase, ...] = Field(
        (), description="Phrases around a match that show that something else is meant."
    )
    yields_to: tuple[DenialKind, ...] = Field(
        (),
        description="Classes beside which its phrases in the same sentence are only a "
        "paraphrase, as in 'excluded because it is investigational'.",
    )
    carc: tuple[Text, ...] = Field((), description="Claim adjustment reason codes that tell it.")
    carc_faint: tuple[Text, ...] = Field((), description="Those that can also mean another class.")
    rarc: tuple[Text, ...] = Field((), description="Remark codes that tell it.")
    rarc_faint: tuple[Text, ...] = Field((), description="Those that can mean another class.")
    argue: tuple[Text, ...] = Field(min_length=1, description="What can be argued.")
    barred: tuple[Text, ...] = Field(min_length=1, description="What can't, or does not help.")

    @model_validator(mode="after")
    def _once(self) -> Self:
        for sure, maybe in ((self.carc, self.carc_faint), (self.rarc, self.rarc_faint)):
            if set(sure) & set(maybe):
                raise ValueError("a code should be sure or faint for a class, not both")
        return self
