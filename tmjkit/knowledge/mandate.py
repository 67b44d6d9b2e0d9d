"""What a state's law says on coverage of TMD, in values that a rule can compare."""

import datetime as dt
from typing import Self

from pydantic import Field, model_validator

from tmjkit.knowledge.part import KnowledgePart, State
from tmjkit.knowledge.terms import Term


class MandateForm(Term):
    """What the law does."""

    MANDATE = "mandate", "requires coverage"
    PARITY = "parity", "requires the same coverage as for other joints or bones"
    NO_EXCLUSION = "no-exclusion", "bars an exclusion"
    OFFER = "offer", "requires only that coverage is offered"
    OPINION = "opinion", "is an opinion of the regulator, not a statute"
    NONE_FOUND = "none-found", "was not found"


class Reach(Term):
    """How far its wording reaches an injection of botulinum toxin into a jaw muscle."""

    STRONG = "strong", "the wording reaches nonsurgical or muscle care"
    GOOD = "good", "the wording is open to nonsurgical care"
    WEAK = "weak", "the wording is narrow"
    SURGICAL = "surgical-only", "the wording speaks of diagnosis and surgery, not of injections"
    OTHER_CARE = "other-care", "it is about other care"
    UNKNOWN = "unknown", "its wording was not read"


class Market(Term):
    """The insurance that a state's law reaches."""

    INDIVIDUAL = "individual", "individual plans"
    GROUP = "group", "group plans"
    LARGE_GROUP = "large-group", "large-group plans"
    LOCAL_GOVERNMENT = "local-government", "self-funded plans of local governments"
    STATE_PLAN = "state-plan", "the plan of the state's own employees"


class Mandate(KnowledgePart):
    """One state law, offer or opinion on coverage of TMD."""

    state: State | None = Field(
        None, description="The state; empty for all that nothing else names."
    )
    form: MandateForm = Field(description="What the law does.")
    reach: Reach = Field(description="How far its wording reaches the injection.")
    markets: tuple[Market, ...] = Field(
        (), description="Insurance that it reaches; empty where the source names no limit."
    )
    markets_words: str = Field("", description="The same in words, where there is more to say.")
    cap: str = Field("", description="Limit in money or kind that it allows.")
    starts: dt.date | None = Field(None, description="Day from which it holds, where one is set.")

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if self.form is MandateForm.NONE_FOUND and self.reach is not Reach.UNKNOWN:
            raise ValueError("a law that was not found should have an unknown reach")
        if self.form is not MandateForm.NONE_FOUND and self.state is None:
            raise ValueError("a law should name its state")
        return self

    @property
    def group_only(self) -> bool:
        """Whether it reaches group plans and no individual one."""
        return bool(self.markets) and Market.INDIVIDUAL not in self.markets
