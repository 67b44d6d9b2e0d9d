"""What was tried: treatments with their course, and botulinum toxin sessions by muscle."""

from decimal import Decimal
from typing import Self

from pydantic import Field, model_validator

from tmjkit.case.base import Record, id_field
from tmjkit.case.choice import Choice
from tmjkit.case.clinical import Side
from tmjkit.case.codes import Ndc
from tmjkit.case.dates import PartialDate
from tmjkit.case.part import Line, Note, Part, RecordId
from tmjkit.case.purpose import Purpose, purpose_field


class TreatmentKind(Choice):
    """Kinds of care for TMD, as payers' step-therapy lists name them."""

    SELF_CARE = "self-care", "Self-care and education"
    JAW_EXERCISE = "jaw-exercise", "Jaw exercise and stretching"
    PHYSICAL_THERAPY = "physical-therapy", "Physical therapy"
    MANUAL_THERAPY = "manual-therapy", "Jaw mobilization or manual trigger point therapy"
    CBT = "cbt", "Cognitive behavioral therapy"
    BIOFEEDBACK = "biofeedback", "Biofeedback or relaxation"
    SPLINT = "splint", "Oral splint"
    NSAID = "nsaid", "NSAID"
    ACETAMINOPHEN = "acetaminophen", "Acetaminophen"
    MUSCLE_RELAXANT = "muscle-relaxant", "Muscle relaxant"
    ANTIDEPRESSANT = "antidepressant", "Antidepressant for pain"
    GABAPENTINOID = "gabapentinoid", "Gabapentin or pregabalin"
    OPIOID = "opioid", "Opioid"
    OTHER_MEDICATION = "other-medication", "Other medication"
    ACUPUNCTURE = "acupuncture", "Acupuncture or dry needling"
    TRIGGER_POINT_INJECTION = "trigger-point-injection", "Trigger point injection"
    JOINT_INJECTION = "joint-injection", "Injection into the joint"
    ARTHROCENTESIS = "arthrocentesis", "Arthrocentesis"
    SURGERY = "surgery", "Surgery"
    OTHER = "other", "Other"


class Adherence(Choice):
    """How far the treatment was followed."""

    FULL = "full", "Followed as prescribed"
    PARTIAL = "partial", "Followed in part"
    POOR = "poor", "Hardly followed"


class Response(Choice):
    """What the treatment did."""

    GOOD = "good", "Good response"
    PARTIAL = "partial", "Partial response"
    TEMPORARY = "temporary", "Temporary response"
    NONE = "none", "No response"
    WORSE = "worse", "Worse"


class StopReason(Choice):
    """Why a treatment ended."""

    INEFFECTIVE = "ineffective", "It did not help enough"
    ADVERSE_EFFECT = "adverse-effect", "Adverse effect"
    CONTRAINDICATED = "contraindicated", "Contraindicated"
    COMPLETED = "completed", "Completed"
    NOT_COVERED = "not-covered", "Not covered or not affordable"
    UNAVAILABLE = "unavailable", "Not available"
    PATIENT_CHOICE = "patient-choice", "The patient's choice"
    OTHER = "other", "Other"


class Treatment(Record):
    """One course of treatment."""

    id: RecordId = id_field("treatment")
    kind: TreatmentKind = Field(description="Kind of treatment.")
    name: Line = Field(
        "", description="What exactly, such as 'naproxen' or 'stabilization splint'."
    )
    purpose: Purpose = purpose_field()
    start: PartialDate | None = Field(None, description="When it began.")
    end: PartialDate | None = Field(None, description="When it ended; empty when it goes on.")
    ongoing: bool = Field(default=False, description="Whether it still goes on.")
    dose: Line = Field("", description="Dose and frequency, such as '500 mg twice a day'.")
    sessions: int | None = Field(
        None,
        ge=0,
        le=1000,
        description="Number of sessions or visits.",
        json_schema_extra={"unit": "sessions"},
    )
    adherence: Adherence | None = Field(None, description="How far it was followed.")
    response: Response | None = Field(None, description="What it did.")
    response_text: Note = Field("", description="What it did, as the source says it.")
    stop_reason: StopReason | None = Field(None, description="Why it stopped.")
    adverse_effects: Note = Field("", description="Adverse effects, as the source says them.")
    provider_id: RecordId | None = Field(
        None, title="Given by", description="Id of the provider in this case who gave it."
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        _check_order(self.start, self.end)
        if self.ongoing and self.end is not None:
            raise ValueError("a treatment that goes on has no end date: clear one of the two")
        return self

    @property
    def label(self) -> str:
        """What was done, in words."""
        return self.name or self.kind.label


class ToxinProduct(Choice):
    """Botulinum toxin products; units are not interchangeable between them (their labels)."""

    ONABOTULINUM = "onabotulinumtoxinA", "OnabotulinumtoxinA (Botox)"
    ABOBOTULINUM = "abobotulinumtoxinA", "AbobotulinumtoxinA (Dysport)"
    INCOBOTULINUM = "incobotulinumtoxinA", "IncobotulinumtoxinA (Xeomin)"
    RIMABOTULINUM = "rimabotulinumtoxinB", "RimabotulinumtoxinB (Myobloc)"
    DAXIBOTULINUM = "daxibotulinumtoxinA", "DaxibotulinumtoxinA (Daxxify)"
    OTHER = "other", "Other product"


# HCPCS Level II, CMS (a public code set).
HCPCS: dict[ToxinProduct, str] = {
    ToxinProduct.ONABOTULINUM: "J0585",
    ToxinProduct.ABOBOTULINUM: "J0586",
    ToxinProduct.RIMABOTULINUM: "J0587",
    ToxinProduct.INCOBOTULINUM: "J0588",
    ToxinProduct.DAXIBOTULINUM: "J0589",
}


class Muscle(Choice):
    """Muscles that are injected for TMD."""

    MASSETER = "masseter", "Masseter"
    TEMPORALIS = "temporalis", "Temporalis"
    MEDIAL_PTERYGOID = "medial-pterygoid", "Medial pterygoid"
    LATERAL_PTERYGOID = "lateral-pterygoid", "Lateral pterygoid"
    OTHER = "other", "Other muscle"


class MuscleDose(Part):
    """The dose into one muscle on one side."""

    muscle: Muscle = Field(description="Muscle.")
    name: Line = Field("", description="Name of the muscle, where it is another one.")
    side: Side = Field(description="Side; for both sides the units are those of both together.")
    units: Decimal = Field(
        gt=0,
        le=5000,
        decimal_places=2,
        description="Units of the product that was used.",
        json_schema_extra={"unit": "units"},
    )
    sites: int | None = Field(
        None,
        ge=1,
        le=50,
        description="Number of injection sites.",
        json_schema_extra={"unit": "sites"},
    )

    @property
    def label(self) -> str:
        """Side and muscle in words."""
        return f"{self.name or self.muscle.label}, {self.side.label.lower()}"


class Guidance(Choice):
    """How a needle is guided to the muscle."""

    NONE = "none", "By landmarks only"
    EMG = "emg", "Needle electromyography"
    STIMULATION = "stimulation", "Electrical stimulation"
    ULTRASOUND = "ultrasound", "Ultrasound"


class BotulinumSession(Record):
    """One session of botulinum toxin injections."""

    id: RecordId = id_field("session")
    date: PartialDate | None = Field(None, description="Date of the injections.")
    product: ToxinProduct = Field(description="Product; units differ between products.")
    purpose: Purpose = purpose_field()
    hcpcs: str | None = Field(
        None,
        title="HCPCS code",
        pattern=r"^[A-V][0-9]{4}$",
        description="HCPCS Level II code of the product, such as J0585.",
    )
    ndc: Ndc | None = Field(
        None, title="NDC", description="National Drug Code on the vial, such as 0023-1145-01."
    )
    lot: Line = Field("", description="Lot number on the vial, of several with commas.")
    vial_units: int | None = Field(
        None,
        ge=1,
        le=20000,
        description="Units in one vial.",
        json_schema_extra={"unit": "units"},
    )
    vials: int | None = Field(
        None,
        ge=1,
        le=50,
        description="Number of vials that were opened.",
        json_schema_extra={"unit": "vials"},
    )
    guidance: Guidance | None = Field(
        None, description="How the needle was guided, where the note says so."
    )
    doses: tuple[MuscleDose, ...] = Field((), description="Units by muscle and side.")
    units_wasted: Decimal | None = Field(
        None,
        ge=0,
        le=5000,
        decimal_places=2,
        description="Units of a single-use vial that were discarded.",
        json_schema_extra={"unit": "units"},
    )
    interval_weeks: Decimal | None = Field(
        None,
        ge=0,
        le=520,
        decimal_places=1,
        description="Weeks since the session before.",
        json_schema_extra={"unit": "weeks"},
    )
    response: Response | None = Field(None, description="What it did.")
    relief_percent: int | None = Field(
        None,
        ge=0,
        le=100,
        description="Relief of pain that the patient reported.",
        json_schema_extra={"unit": "%"},
    )
    duration_weeks: Decimal | None = Field(
        None,
        ge=0,
        le=104,
        decimal_places=1,
        description="How long the effect lasted.",
        json_schema_extra={"unit": "weeks"},
    )
    response_text: Note = Field("", description="What it did, as the source says it.")
    adverse_effects: Note = Field("", description="Adverse effects, as the source says them.")
    provider_id: RecordId | None = Field(
        None, title="Given by", description="Id of the provider in this case who injected."
    )

    @model_validator(mode="after")
    def _code_fits_product(self) -> Self:
        expected = HCPCS.get(self.product)
        if self.hcpcs and expected and self.hcpcs != expected:
            raise ValueError(f"the HCPCS code of {self.product.label} should be {expected}")
        return self

    @property
    def units(self) -> Decimal:
        """Units injected, all muscles together."""
        return sum((dose.units for dose in self.doses), Decimal(0))

    @property
    def label(self) -> str:
        """Product and units in words."""
        return f"{self.product.label}, {self.units:f} units" if self.doses else self.product.label


def _check_order(start: PartialDate | None, end: PartialDate | None) -> None:
    """Refuse an end that lies before the start whatever the unknown days are."""
    if start is not None and end is not None and end.latest < start.earliest:
        raise ValueError("the end should not lie before the start")
