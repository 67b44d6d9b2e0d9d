"""The form of one cited fact."""

import datetime as dt
import re
from typing import Annotated, Final, Self

from pydantic import Field, StringConstraints, model_validator

from tmjkit.knowledge.care import Care
from tmjkit.knowledge.checklist import Checklist
from tmjkit.knowledge.clock import Clock
from tmjkit.knowledge.code import Code
from tmjkit.knowledge.denial import DenialClass
from tmjkit.knowledge.difference import Difference
from tmjkit.knowledge.mandate import Mandate
from tmjkit.knowledge.part import KnowledgePart, State, Text
from tmjkit.knowledge.stance import Stance
from tmjkit.knowledge.terms import ERISA, Confidence, Direction, FactKind, Regime

_ERISA_CITATION = re.compile(r"\bERISA\b|\b29 (?:C\.?F\.?R\b|U\.?S\.?C\b)|2560\.503", re.IGNORECASE)

_CAVEATS: Final = {
    Confidence.MEMORY: "not confirmed against any source",
    Confidence.CONFLICT: "sources differ; this is the safe choice",
}


def cites_erisa(text: str) -> bool:
    """Tell whether a text names ERISA or its claims rules (29 USC, 29 CFR 2560.503-1)."""
    return _ERISA_CITATION.search(text) is not None


class Fact(KnowledgePart):
    """One thing that the world says, with who says it and how surely that was confirmed."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]*$")] = Field(
        description="Stable id."
    )
    kind: FactKind = Field(description="What it is.")
    title: str = Field("", description="Short name, such as 'Ernberg 2011'.")
    statement: Text = Field(description="What holds, in this project's own words.")
    citation: Text = Field(description="Rule, statute or paper.")
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] = Field(
        description="Where anyone can look it up."
    )
    read_in: str = Field("", description="Where its text was read, if not at the url.")
    confidence: Confidence = Field(description="How it was confirmed.")
    as_of: dt.date = Field(description="Day up to which it was checked.")
    scope: str = Field("", description="Whom or what it is about, in words.")
    regimes: tuple[Regime, ...] = Field((), description="Regimes it holds in; empty for all.")
    reaches_grandfathered: bool = Field(
        default=True, description="Whether it also binds grandfathered plans (45 CFR 147.140)."
    )
    states: tuple[State, ...] = Field((), description="States it is limited to; empty for all.")
    direction: Direction | None = Field(None, description="For evidence: where it points.")
    design: str = Field("", description="For evidence: kind of study.")
    participants: int | None = Field(None, ge=1, description="For evidence: people in the study.")
    note: str = Field("", description="A trap or limit that whoever uses it must know.")
    clock: Clock | None = Field(None, description="For a rule: its values.")
    care: tuple[Care, ...] = Field((), description="For a guideline: care strongly recommended.")
    code: Code | None = Field(None, description="For a code: its set and values.")
    stance: Stance | None = Field(None, description="For a payer's stance: whose, and what.")
    difference: tuple[Difference, ...] = Field(
        (), description="For an instrument: changes in its score that count."
    )
    denial: DenialClass | None = Field(None, description="For a class of denial: its signs.")
    mandate: Mandate | None = Field(None, description="For a state's law: what it reaches.")
    checklist: Checklist | None = Field(None, description="For a letter: what it has to hold.")
    origin: str = Field("", description="File of the clinic that it came from; empty if shipped.")

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if (self.kind is FactKind.EVIDENCE) != (self.direction is not None):
            raise ValueError("a direction should stand with evidence, and only there")
        if (self.kind is FactKind.CODE) != (self.code is not None):
            raise ValueError("a code should stand with what kind 'code' says, and only there")
        if (self.kind is FactKind.STANCE) != (self.stance is not None):
            raise ValueError("a stance should stand with what kind 'stance' says, and only there")
        if (self.kind is FactKind.DENIAL) != (self.denial is not None):
            raise ValueError("signs of a denial should stand with kind 'denial', and only there")
        if (self.kind is FactKind.MANDATE) != (self.mandate is not None):
            raise ValueError("a mandate should stand with what kind 'mandate' says, and only there")
        if (self.kind is FactKind.CONTENT) != (self.checklist is not None):
            raise ValueError("a checklist should stand with kind 'content', and only there")
        if self.difference and self.kind is not FactKind.INSTRUMENT:
            raise ValueError("a difference should stand with an instrument, and only there")
        if self.clock is not None and (
            self.kind is not FactKind.RULE or not (self.regimes or self.clock.anyone)
        ):
            raise ValueError("a clock should stand in a rule that names its regimes")
        listed = (*self.checklist.holds, *self.checklist.practice) if self.checklist else ()
        if cites_erisa(" ".join((self.citation, self.statement, *listed))) and not (
            self.regimes and ERISA.issuperset(self.regimes)
        ):
            raise ValueError(
                "an ERISA citation should stand only in a fact whose regimes are all ERISA's"
            )
        return self

    @property
    def letter_ready(self) -> bool:
        """Whether a letter may state it: what nobody confirmed never reaches one.

        Nor does what a payer's document said when it was last read: a letter answers the payer's
        current policy, which the clinic enters itself.
        """
        return self.confidence is not Confidence.MEMORY and self.kind is not FactKind.STANCE

    @property
    def caveat(self) -> str:
        """What has to be said wherever the fact is shown, or empty where nothing has to be.

        A letter states no fact that nobody confirmed; for everything else these words stand beside
        the statement.
        """
        words = [_CAVEATS[self.confidence]] if self.confidence in _CAVEATS else []
        if self.kind is FactKind.STANCE:
            words.append("policies change: get the payer's current document")
        if self.origin:
            words.append(f"from the office's own file {self.origin}")
        return "; ".join(words)

    def applies(
        self,
        regime: Regime | None,
        *,
        grandfathered: bool | None = None,
        state: str | None = None,
    ) -> bool:
        """Tell whether it holds for a coverage.

        Parameters
        ----------
        regime
            The coverage's regime. With None only facts that hold in every regime apply.
        grandfathered
            Whether the plan says that it is grandfathered. A plan that relies on this must say
            so in its materials (45 CFR 147.140), so None counts as not.
        state
            State whose insurance law applies. With None no fact of a single state applies.
        """
        if self.regimes and regime not in self.regimes:
            return False
        if grandfathered and not self.reaches_grandfathered:
            return False
        return not self.states or state in self.states
