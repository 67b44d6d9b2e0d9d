"""A payer's coverage policy as data: a tree of criteria, each a test on the case.

tmjkit ships no payer's policy, because they change every few months: a clinic enters the current
one with its number, its effective date and the day on which it was retrieved.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Final, Self, get_args

from pydantic import Discriminator, Field, StringConstraints, Tag, model_validator

from tmjkit.knowledge.casewords import BenefitWord
from tmjkit.knowledge.criteria import (
    Age,
    Attestation,
    DiagnosisMade,
    DocumentPresent,
    Dose,
    DurationOfSymptoms,
    Interval,
    MeasurementTaken,
    SessionResponse,
    SessionsLimit,
    Slug,
    Some,
    Specialist,
    StopRule,
    Test,
    TreatmentFailed,
    TreatmentTried,
)
from tmjkit.knowledge.part import KnowledgePart, Text

TESTS: Final = (
    TreatmentFailed,
    TreatmentTried,
    DiagnosisMade,
    Specialist,
    MeasurementTaken,
    Dose,
    Interval,
    SessionsLimit,
    SessionResponse,
    StopRule,
    DocumentPresent,
    DurationOfSymptoms,
    Age,
    Attestation,
)
"""Every kind of test."""

_DEEPEST: Final = 12
_GROUPS: Final = {"all_of": "all of", "any_of": "any of", "of": "at least"}


class Group(KnowledgePart):
    """What every group of criteria can say about itself."""

    title: str = Field("", description="Short name of the group.")
    section: str = Field("", description="Where it stands in the policy.")


class AllOf(Group):
    """Every one of the criteria has to be met."""

    all_of: Annotated[tuple["Node", ...], Some] = Field(max_length=60, description="The criteria.")

    @property
    def children(self) -> tuple["Node", ...]:
        """The criteria of the group."""
        return self.all_of

    @property
    def needed(self) -> int:
        """How many of them have to be met."""
        return len(self.all_of)


class AnyOf(Group):
    """One of the criteria has to be met."""

    any_of: Annotated[tuple["Node", ...], Some] = Field(max_length=60, description="The criteria.")

    @property
    def children(self) -> tuple["Node", ...]:
        """The criteria of the group."""
        return self.any_of

    @property
    def needed(self) -> int:
        """How many of them have to be met."""
        return 1


class AtLeast(Group):
    """So many of the criteria have to be met."""

    at_least: int = Field(ge=1, le=60, description="How many.")
    of: Annotated[tuple["Node", ...], Some] = Field(max_length=60, description="The criteria.")

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if self.at_least > len(self.of):
            raise ValueError("at_least should not be more than the number of criteria")
        return self

    @property
    def children(self) -> tuple["Node", ...]:
        """The criteria of the group."""
        return self.of

    @property
    def needed(self) -> int:
        """How many of them have to be met."""
        return self.at_least


def _form(value: Any) -> str | None:
    """Tell which node it is from what is written: the group's key, or the kind of test."""
    if isinstance(value, dict):
        if "test" in value:
            return str(value["test"])
        return next((form for key, form in _GROUPS.items() if key in value), None)
    for group, form in ((AllOf, "all of"), (AnyOf, "any of"), (AtLeast, "at least")):
        if isinstance(value, group):
            return form
    return getattr(value, "test", None)


Criterion = (
    TreatmentFailed
    | TreatmentTried
    | DiagnosisMade
    | Specialist
    | MeasurementTaken
    | Dose
    | Interval
    | SessionsLimit
    | SessionResponse
    | StopRule
    | DocumentPresent
    | DurationOfSymptoms
    | Age
    | Attestation
)
"""One test of a policy."""

Node = Annotated[
    Annotated[AllOf, Tag("all of")]
    | Annotated[AnyOf, Tag("any of")]
    | Annotated[AtLeast, Tag("at least")]
    | Annotated[TreatmentFailed, Tag("treatment-failed")]
    | Annotated[TreatmentTried, Tag("treatment-tried")]
    | Annotated[DiagnosisMade, Tag("diagnosis")]
    | Annotated[Specialist, Tag("specialist")]
    | Annotated[MeasurementTaken, Tag("measurement")]
    | Annotated[Dose, Tag("dose")]
    | Annotated[Interval, Tag("interval")]
    | Annotated[SessionsLimit, Tag("sessions-limit")]
    | Annotated[SessionResponse, Tag("response")]
    | Annotated[StopRule, Tag("stop-rule")]
    | Annotated[DocumentPresent, Tag("document")]
    | Annotated[DurationOfSymptoms, Tag("duration-of-symptoms")]
    | Annotated[Age, Tag("age")]
    | Annotated[Attestation, Tag("attestation")],
    Discriminator(
        _form,
        custom_error_type="criterion",
        custom_error_message="should be a group (all_of, any_of, or at_least with of) or a test "
        "with one of the kinds that 'tmjkit policy template' lists",
    ),
]
"""A group of criteria or one test."""


class Policy(KnowledgePart):
    """One coverage policy.

    A payer's policy needs its number, its effective date and the day on which it was retrieved;
    an example stands for no payer and has none of them.
    """

    id: Slug = Field(description="Stable id; a coverage names its policy by it.")
    title: Text = Field(description="Title of the policy.")
    payer: str = Field("", description="The payer that publishes it.")
    number: str = Field("", description="Its number; 'none' where it has none.")
    effective: dt.date | None = Field(None, description="Day from which it holds.")
    retrieved: dt.date | None = Field(None, description="Day on which this text was retrieved.")
    expires: dt.date | None = Field(None, description="Last day on which it holds, where it says.")
    url: Annotated[str, StringConstraints(pattern=r"^(https?://\S+)?$")] = Field(
        "", description="Where it can be read."
    )
    example: bool = Field(
        default=False, description="Whether it is an example that is no payer's policy."
    )
    origin: str = Field("", description="File that it came from; empty for one that ships.")
    benefit: BenefitWord | None = Field(None, description="Benefit that it is about.")
    note: str = Field("", description="Anything that its reader should know.")
    facts: tuple[Text, ...] = Field((), description="Ids of the facts that an example rests on.")
    criteria: Node = Field(description="The tree of criteria.")

    @model_validator(mode="after")
    def _is_someones(self) -> Self:
        absent = [
            name
            for name in ("payer", "number", "effective", "retrieved")
            if not getattr(self, name)
        ]
        if absent and not self.example:
            raise ValueError(
                f"a payer's policy should give {' and '.join(absent)} (an example says "
                "'example: true' instead)"
            )
        if self.effective and self.expires and self.expires < self.effective:
            raise ValueError("expires should not lie before effective")
        return self

    @model_validator(mode="after")
    def _not_too_deep(self) -> Self:
        if depth(self.criteria) > _DEEPEST:
            raise ValueError(f"criteria should not be nested more than {_DEEPEST} deep")
        return self

    @property
    def tests(self) -> tuple[Criterion, ...]:
        """Every test of the tree, in its order."""
        return tuple(_tests(self.criteria))


def depth(node: "Node") -> int:
    """Return how many levels of groups and tests lie below and with a node."""
    if isinstance(node, AllOf | AnyOf | AtLeast):
        return 1 + max(depth(child) for child in node.children)
    return 1


def field_of(steps: Sequence[int | str]) -> str:
    """Return the place of an error in a policy, as whoever wrote the file counts it.

    Pydantic names each kind of group or test on the way, which stands in no file.
    """
    kinds = {*_GROUPS.values(), *(str(get_args(_kind_of(test))[0]) for test in TESTS)}
    kept = (str(step + 1) if isinstance(step, int) else step for step in steps)
    return ".".join(step for step in kept if step not in kinds or step == steps[0])


def _kind_of(test: type[Test]) -> Any:
    return test.model_fields["test"].annotation


def _tests(node: "Node") -> Iterator[Criterion]:
    if isinstance(node, AllOf | AnyOf | AtLeast):
        for child in node.children:
            yield from _tests(child)
    else:
        yield node


for _group in (AllOf, AnyOf, AtLeast):
    _group.model_rebuild()
