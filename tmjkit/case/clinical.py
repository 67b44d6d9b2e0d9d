"""What is wrong and how much: diagnoses, symptoms and measurements."""

from dataclasses import dataclass
from typing import Self

from pydantic import Field, model_validator

from tmjkit.case.base import Record, id_field
from tmjkit.case.choice import Choice
from tmjkit.case.codes import Icd10Code
from tmjkit.case.dates import PartialDate
from tmjkit.case.part import Line, RecordId
from tmjkit.case.purpose import Purpose, purpose_field


class DcTmd(Choice):
    """Diagnoses of the Diagnostic Criteria for TMD.

    Source: Schiffman E et al., J Oral Facial Pain Headache 2014;28:6-27.
    """

    MYALGIA = "myalgia", "Myalgia"
    LOCAL_MYALGIA = "local-myalgia", "Local myalgia"
    MYOFASCIAL_PAIN = "myofascial-pain", "Myofascial pain"
    MYOFASCIAL_REFERRAL = "myofascial-pain-with-referral", "Myofascial pain with referral"
    ARTHRALGIA = "arthralgia", "Arthralgia"
    HEADACHE = "headache-attributed-to-tmd", "Headache attributed to TMD"
    DD_REDUCTION = "disc-displacement-with-reduction", "Disc displacement with reduction"
    DD_LOCKING = (
        "disc-displacement-with-reduction-with-intermittent-locking",
        "Disc displacement with reduction, with intermittent locking",
    )
    DD_LIMITED = (
        "disc-displacement-without-reduction-with-limited-opening",
        "Disc displacement without reduction, with limited opening",
    )
    DD_NOT_LIMITED = (
        "disc-displacement-without-reduction-without-limited-opening",
        "Disc displacement without reduction, without limited opening",
    )
    DEGENERATIVE = "degenerative-joint-disease", "Degenerative joint disease"
    SUBLUXATION = "subluxation", "Subluxation"


class Side(Choice):
    """Side of the body."""

    LEFT = "left", "Left"
    RIGHT = "right", "Right"
    BOTH = "both", "Both sides"


class Diagnosis(Record):
    """A diagnosis that a clinician made."""

    id: RecordId = id_field("diagnosis")
    code: Icd10Code | None = Field(
        None, title="ICD-10-CM code", description="Code with its dot, such as M79.11."
    )
    text: Line = Field("", description="The diagnosis in the clinician's words.")
    dc_tmd: DcTmd | None = Field(
        None, title="DC/TMD diagnosis", description="Name in the Diagnostic Criteria for TMD."
    )
    purpose: Purpose = purpose_field("Concerns")
    side: Side | None = Field(None, description="Side.")
    recorded_date: PartialDate | None = Field(None, description="When it was made.")
    onset: PartialDate | None = Field(None, description="When the condition began.")
    abatement: PartialDate | None = Field(None, description="When the condition ended.")
    asserter_id: RecordId | None = Field(
        None, title="Made by", description="Id of the provider in this case who made it."
    )

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.code or self.text or self.dc_tmd):
            raise ValueError("a diagnosis needs a code, a DC/TMD name or a text")
        return self

    @property
    def label(self) -> str:
        """The diagnosis in words, with its code where it has one."""
        words = self.text or (self.dc_tmd.label if self.dc_tmd else "")
        return f"{words} ({self.code})" if words and self.code else words or str(self.code)


class Symptom(Record):
    """Something the patient feels or notices."""

    id: RecordId = id_field("symptom")
    text: Line = Field(min_length=1, description="The symptom, such as 'jaw pain on chewing'.")
    purpose: Purpose = purpose_field("Concerns")
    side: Side | None = Field(None, description="Side.")
    onset: PartialDate | None = Field(None, description="When it began.")
    abatement: PartialDate | None = Field(None, description="When it ended.")
    days_per_month: int | None = Field(
        None,
        ge=0,
        le=31,
        description="Days with the symptom in a month.",
        json_schema_extra={"unit": "days/month"},
    )


class Instrument(Choice):
    """What a measurement was taken with."""

    NRS_PAIN = "nrs-pain", "Pain, numeric rating scale"
    MMO_PAIN_FREE = "mmo-pain-free", "Pain-free opening"
    MMO_UNASSISTED = "mmo-unassisted", "Maximal mouth opening, unassisted"
    MMO_ASSISTED = "mmo-assisted", "Maximal mouth opening, assisted"
    GCPS_GRADE = "gcps-grade", "Graded Chronic Pain Scale, grade"
    GCPS_CPI = "gcps-cpi", "Graded Chronic Pain Scale, characteristic pain intensity"
    JFLS_8 = "jfls-8", "Jaw Functional Limitation Scale, 8 items"
    JFLS_20 = "jfls-20", "Jaw Functional Limitation Scale, 20 items"
    PHQ_4 = "phq-4", "PHQ-4"
    PHQ_9 = "phq-9", "PHQ-9"
    GAD_7 = "gad-7", "GAD-7"
    OBC = "obc", "Oral Behaviors Checklist"
    OTHER = "other", "Other measurement"


@dataclass(frozen=True)
class Scale:
    """The values that an instrument can give.

    `source` names the publication that defines the range.
    """

    minimum: float
    maximum: float
    unit: str
    whole: bool
    source: str

    @property
    def accepted(self) -> str:
        """The range in words."""
        kind = "a whole number" if self.whole else "a number"
        unit = f" {self.unit}" if self.unit else ""
        return f"{kind} from {self.minimum:g} to {self.maximum:g}{unit}"


_DC_TMD = "DC/TMD examination protocol, Ohrbach R et al. 2014"

SCALES: dict[Instrument, Scale] = {
    Instrument.NRS_PAIN: Scale(0, 10, "points", whole=False, source="Farrar JT, Pain 2001;94:149"),
    # 100 mm is beyond any recorded human opening, so a larger number is a slip of the pen.
    Instrument.MMO_PAIN_FREE: Scale(0, 100, "mm", whole=False, source=_DC_TMD),
    Instrument.MMO_UNASSISTED: Scale(0, 100, "mm", whole=False, source=_DC_TMD),
    Instrument.MMO_ASSISTED: Scale(0, 100, "mm", whole=False, source=_DC_TMD),
    Instrument.GCPS_GRADE: Scale(0, 4, "grade", whole=True, source="Von Korff M, Pain 1992;50:133"),
    Instrument.GCPS_CPI: Scale(
        0, 100, "points", whole=False, source="Von Korff M, Pain 1992;50:133"
    ),
    Instrument.JFLS_8: Scale(
        0, 10, "points", whole=False, source="Ohrbach R, J Orofac Pain 2008;22:219"
    ),
    Instrument.JFLS_20: Scale(
        0, 10, "points", whole=False, source="Ohrbach R, J Orofac Pain 2008;22:219"
    ),
    Instrument.PHQ_4: Scale(
        0, 12, "points", whole=True, source="Kroenke K, Psychosomatics 2009;50:613"
    ),
    Instrument.PHQ_9: Scale(
        0, 27, "points", whole=True, source="Kroenke K, J Gen Intern Med 2001;16:606"
    ),
    Instrument.GAD_7: Scale(
        0, 21, "points", whole=True, source="Spitzer RL, Arch Intern Med 2006;166:1092"
    ),
    Instrument.OBC: Scale(
        0, 84, "points", whole=True, source="Markiewicz MR, J Oral Rehabil 2006;33:558"
    ),
}


class Measurement(Record):
    """One measured value: a score, a distance, a count."""

    id: RecordId = id_field("measurement")
    instrument: Instrument = Field(description="What it was measured with.")
    name: Line = Field("", description="What was measured, where the instrument is 'other'.")
    purpose: Purpose = purpose_field("Concerns")
    version: Line = Field("", description="Version of the instrument, such as 2.0.")
    date: PartialDate | None = Field(None, description="When it was measured.")
    value: float = Field(
        ge=-100000,
        le=1000000,
        description="The value, within the instrument's own range.",
        json_schema_extra={"unit": "the instrument's unit"},
    )
    unit: Line = Field("", description="Unit, where the instrument is 'other'.")
    performer_id: RecordId | None = Field(
        None, title="Measured by", description="Id of the provider in this case who measured."
    )

    @model_validator(mode="after")
    def _within_the_scale(self) -> Self:
        scale = SCALES.get(self.instrument)
        if scale is None:
            if not self.name:
                raise ValueError("another measurement needs a name that says what was measured")
            return self
        inside = scale.minimum <= self.value <= scale.maximum
        if not inside or (scale.whole and self.value != int(self.value)):
            raise ValueError(f"{self.instrument.label} should be {scale.accepted}")
        return self

    @property
    def label(self) -> str:
        """What was measured, in words."""
        return self.name or self.instrument.label

    @property
    def unit_label(self) -> str:
        """The unit of the value; the instrument's own where it has one."""
        scale = SCALES.get(self.instrument)
        return scale.unit if scale else self.unit
