"""The tests that a payer's criteria are made of, as data.

What each test means for a case is worked out in `tmjkit.rules.criteria`.
"""

from typing import Annotated, Any, Final, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from tmjkit.knowledge.casewords import (
    DcTmdWord,
    DocumentWord,
    InstrumentWord,
    ProductWord,
    RoleWord,
    TreatmentWord,
)
from tmjkit.knowledge.part import KnowledgePart, Text

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Months = Annotated[int, Field(ge=1, le=240)]
CodePrefix = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, to_upper=True, pattern=r"^[A-TV-Z][0-9][0-9AB](\.[0-9A-Z]{0,4})?$"
    ),
]
Failure = Literal[
    "ineffective", "partial", "temporary", "none", "worse", "adverse-effect", "contraindicated"
]


def _some(items: tuple[Any, ...]) -> tuple[Any, ...]:
    # Not `min_length`, which also counts items that were refused for another reason.
    if not items:
        raise ValueError("should not be empty")
    return items


Some = AfterValidator(_some)
"""What a list that may not be empty is annotated with."""

FAILURES: Final[tuple[Failure, ...]] = (
    "ineffective",
    "none",
    "worse",
    "adverse-effect",
    "contraindicated",
)
"""What counts as failed where a policy does not say: a partial response does not."""


class Duration(KnowledgePart):
    """A length of time in one unit; months are calendar months."""

    days: int | None = Field(None, ge=1, le=3650, description="Days.")
    weeks: int | None = Field(None, ge=1, le=520, description="Weeks.")
    months: Months | None = Field(None, description="Calendar months.")

    @model_validator(mode="after")
    def _one_unit(self) -> Self:
        if sum(part is not None for part in (self.days, self.weeks, self.months)) != 1:
            raise ValueError("should give one of days, weeks and months")
        return self

    @property
    def words(self) -> str:
        """The length in words, such as '3 months'."""
        for number, unit in ((self.days, "day"), (self.weeks, "week"), (self.months, "month")):
            if number is not None:
                return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
        raise AssertionError


class Test(KnowledgePart):
    """What every test of a policy can say about itself."""

    __test__ = False  # so that pytest takes none of these classes for tests of its own

    title: str = Field("", description="Short name; made from the test when left out.")
    wording: str = Field("", description="The criterion as the policy words it.")
    section: str = Field("", description="Where it stands in the policy, such as '3.b' or a page.")


class _Course(Test):
    kinds: Annotated[tuple[TreatmentWord, ...], Some] = Field(
        description="Kinds of treatment that count."
    )
    duration: Duration | None = Field(None, description="How long it has to have gone on.")
    within_months: Months | None = Field(
        None, description="How many months back the treatment counts; all of it when left out."
    )
    sessions: int | None = Field(None, ge=1, le=1000, description="Least number of sessions.")
    supervised: bool = Field(
        default=False, description="Whether a therapist or clinician has to have given it."
    )
    how_many: int = Field(
        1, ge=1, le=20, description="How many different kinds of the list have to pass."
    )
    together: bool = Field(
        default=False,
        description="Whether the time of all courses is added up, days in common counted once.",
    )

    @model_validator(mode="after")
    def _countable(self) -> Self:
        if self.how_many > len(set(self.kinds)):
            raise ValueError("how_many should not be more than the number of kinds")
        if self.together and (self.duration is None or self.how_many > 1):
            raise ValueError("together should stand with a duration and without how_many")
        return self


class TreatmentFailed(_Course):
    """Treatment of a kind, long enough and lately enough, that failed."""

    test: Literal["treatment-failed"] = Field(description="Kind of test.")
    failed_when: Annotated[tuple[Failure, ...], Some] = Field(
        FAILURES,
        description="Responses and reasons for stopping that count as failed. After an adverse "
        "effect or where it is contraindicated, no duration is asked.",
    )


class TreatmentTried(_Course):
    """Treatment of a kind that was given, whatever it did."""

    test: Literal["treatment-tried"] = Field(description="Kind of test.")


class DiagnosisMade(Test):
    """A diagnosis that concerns the jaw, by code or by its DC/TMD name."""

    test: Literal["diagnosis"] = Field(description="Kind of test.")
    codes: tuple[CodePrefix, ...] = Field((), description="How ICD-10-CM codes may begin.")
    dc_tmd: tuple[DcTmdWord, ...] = Field((), description="Names of the DC/TMD that count.")

    @model_validator(mode="after")
    def _names_one(self) -> Self:
        if not (self.codes or self.dc_tmd):
            raise ValueError("should give codes or dc_tmd")
        return self


class Specialist(Test):
    """Who prescribes: a clinician whose specialty the policy names."""

    test: Literal["specialist"] = Field(description="Kind of test.")
    words: Annotated[tuple[Text, ...], Some] = Field(
        description="Words of the specialty, such as 'orofacial pain'."
    )
    roles: Annotated[tuple[RoleWord, ...], Some] = Field(
        ("prescribing", "treating"), description="Roles that count."
    )


class MeasurementTaken(Test):
    """A value of an instrument, compared with a threshold where the policy gives one."""

    test: Literal["measurement"] = Field(description="Kind of test.")
    instrument: InstrumentWord = Field(description="Instrument.")
    version: Literal["", "1.0", "2.0"] = Field(
        "", description="Version; needed for the GCPS, whose versions differ."
    )
    comparator: Literal["at-least", "at-most", "above", "below"] | None = Field(
        None, description="How the value has to lie to the threshold."
    )
    threshold: float | None = Field(
        None, ge=0, le=1000, description="Threshold, in the instrument's own unit."
    )
    within_days: int | None = Field(None, ge=1, le=3650, description="How old it may be.")
    which: Literal["latest", "any"] = Field(
        "latest", description="Whether the latest value decides, or any that is recent enough."
    )

    @model_validator(mode="after")
    def _comparable(self) -> Self:
        if (self.comparator is None) != (self.threshold is None):
            raise ValueError("comparator and threshold should stand together")
        if self.instrument.startswith("gcps") != bool(self.version):
            raise ValueError("version should be given for the GCPS (1.0 or 2.0), and only for it")
        return self


class Dose(Test):
    """Limits on what is asked for: product and units of one session."""

    test: Literal["dose"] = Field(description="Kind of test.")
    products: tuple[ProductWord, ...] = Field((), description="Products that are covered.")
    max_units: float | None = Field(None, gt=0, le=50000, description="Most units in a session.")
    max_units_per_muscle: float | None = Field(
        None, gt=0, le=5000, description="Most units in one muscle of one side."
    )

    @model_validator(mode="after")
    def _limits(self) -> Self:
        if not self.products and self.max_units is None and self.max_units_per_muscle is None:
            raise ValueError("should give products, max_units or max_units_per_muscle")
        if (self.max_units or self.max_units_per_muscle) and len(self.products) != 1:
            # Units of different products can't be compared: fact E-UNITS.
            raise ValueError("a limit in units should name its one product: units differ")
        return self


class Interval(Test):
    """Weeks between sessions: since the last one, and as asked for."""

    test: Literal["interval"] = Field(description="Kind of test.")
    weeks: int = Field(ge=1, le=104, description="Least number of weeks.")


class SessionsLimit(Test):
    """How many sessions there may be, the next one included."""

    test: Literal["sessions-limit"] = Field(description="Kind of test.")
    at_most: int = Field(ge=1, le=200, description="Most sessions, with the one asked for.")
    within_months: Months | None = Field(
        None, description="In how many months; in all when left out."
    )


class SessionResponse(Test):
    """What earlier sessions did, as recorded."""

    test: Literal["response"] = Field(description="Kind of test.")
    relief_percent: int | None = Field(None, ge=1, le=100, description="Least relief in percent.")
    duration_weeks: float | None = Field(None, gt=0, le=104, description="Least weeks it lasted.")
    either: bool = Field(default=False, description="Whether one of relief and duration is enough.")
    which: Literal["last", "any", "each"] = Field(
        "last", description="Which earlier sessions have to show it."
    )

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if self.relief_percent is None and self.duration_weeks is None:
            raise ValueError("should give relief_percent or duration_weeks")
        if self.either and (self.relief_percent is None or self.duration_weeks is None):
            raise ValueError("either should stand with both relief_percent and duration_weeks")
        return self


class StopRule(Test):
    """No further session after so many in a row without enough relief."""

    test: Literal["stop-rule"] = Field(description="Kind of test.")
    failures: int = Field(ge=1, le=20, description="Sessions in a row that end the course.")
    relief_percent: int = Field(
        ge=1, le=100, description="A session with less relief than this failed."
    )


class DocumentPresent(Test):
    """A paper among the documents of the case."""

    test: Literal["document"] = Field(description="Kind of test.")
    kinds: Annotated[tuple[DocumentWord, ...], Some] = Field(description="Kinds that count.")
    within_months: Months | None = Field(None, description="How old it may be.")


class DurationOfSymptoms(Test):
    """How long the jaw's symptoms have gone on."""

    test: Literal["duration-of-symptoms"] = Field(description="Kind of test.")
    duration: Duration = Field(description="Least time.")


class Age(Test):
    """The patient's age in whole years."""

    test: Literal["age"] = Field(description="Kind of test.")
    at_least: int | None = Field(None, ge=0, le=120, description="Youngest age.")
    at_most: int | None = Field(None, ge=0, le=120, description="Oldest age.")

    @model_validator(mode="after")
    def _a_range(self) -> Self:
        if self.at_least is None and self.at_most is None:
            raise ValueError("should give at_least or at_most")
        if None not in (self.at_least, self.at_most) and self.at_least > self.at_most:  # type: ignore[operator]
            raise ValueError("at_least should not be above at_most")
        return self


class Attestation(Test):
    """What only a clinician can state; a document of the case that states it decides."""

    test: Literal["attestation"] = Field(description="Kind of test.")
    name: Slug = Field(
        description="Short name by which a document is marked as stating it: 'no-infection'."
    )
    what: Text = Field(description="What the clinician states, as a sentence.")
