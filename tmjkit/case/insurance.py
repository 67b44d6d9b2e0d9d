"""What passed between the case and the payer: requests, claims, determinations, appeals."""

import datetime as dt
from decimal import Decimal
from typing import Any

from pydantic import Field

from tmjkit.case.base import Record, id_field
from tmjkit.case.choice import Choice
from tmjkit.case.codes import Carc, Icd10Code, Modifier, Ndc, ProcedureCode, Rarc, StateCode
from tmjkit.case.dates import Day, PartialDate
from tmjkit.case.moment import TimeZone
from tmjkit.case.part import Line, Note, Part, RecordId
from tmjkit.case.treatment import MuscleDose


class Channel(Choice):
    """The way by which something was sent or said."""

    PHONE = "phone", "Phone"
    FAX = "fax", "Fax"
    MAIL = "mail", "Mail"
    PORTAL = "portal", "Portal"
    EMAIL = "email", "E-mail"
    VISIT = "visit", "Visit"


class ServiceLine(Part):
    """One service that is asked for or billed."""

    code: ProcedureCode = Field(description="Procedure or HCPCS code.")
    modifiers: tuple[Modifier, ...] = Field((), max_length=4, description="Up to four modifiers.")
    units: Decimal = Field(
        Decimal(1),
        gt=0,
        le=99999,
        decimal_places=3,
        description="Number of units of the code.",
        json_schema_extra={"unit": "units"},
    )
    charge: Decimal | None = Field(
        None,
        ge=0,
        le=9_999_999,
        decimal_places=2,
        description="Charge of the line.",
        json_schema_extra={"unit": "USD"},
    )
    ndc: Ndc | None = Field(
        None, title="NDC", description="National Drug Code of the product that is billed."
    )
    description: Line = Field("", description="What it is, in the clinic's own words.")
    date: PartialDate | None = Field(None, description="Date of service.")
    diagnosis_codes: tuple[Icd10Code, ...] = Field(
        (),
        max_length=4,
        description="Those of the claim's ICD-10-CM codes that this line is for, the main one "
        "first; empty where it is for all.",
    )


class Urgency(Choice):
    """How fast a decision is asked for."""

    STANDARD = "standard", "Standard"
    EXPEDITED = "expedited", "Expedited (urgent)"


class Extension(Part):
    """A notice by which the payer takes more time to decide."""

    noticed: PartialDate | None = Field(None, description="Date on the notice of extension.")
    missing_information: bool = Field(
        default=False, description="Whether it is because the payer asks for information."
    )
    asked_for: Note = Field("", description="What the payer asks for.")
    asked_received: PartialDate | None = Field(None, description="Day on which we got the notice.")
    answered: PartialDate | None = Field(
        None, description="Day on which we answered; empty until then."
    )


def _received() -> Any:
    return Field(
        None,
        description="Day on which the payer got it, as the fax report, the portal or the mail "
        "receipt shows: the payer's time counts from it.",
    )


def _received_time() -> Any:
    return Field(None, description="Time of day at which the payer got it, as HH:MM.")


def _zone() -> Any:
    return Field("", description="Time zone of that time, such as America/New_York.")


def _extensions() -> Any:
    return Field((), description="Notices by which the payer took more time.")


class DrugSupply(Choice):
    """Who supplies the drug."""

    BUY_AND_BILL = "buy-and-bill", "The clinic buys and bills it"
    SPECIALTY_PHARMACY = "specialty-pharmacy", "A specialty pharmacy sends it to the clinic"
    PATIENT = "patient", "The patient brings it from a pharmacy"


class AuthorizationRequest(Record):
    """A request for prior authorization."""

    id: RecordId = id_field("request")
    coverage_id: RecordId | None = Field(None, description="Id of the coverage it went to.")
    provider_id: RecordId | None = Field(None, description="Id of the requesting provider.")
    service: Line = Field("", description="What is asked for, in words.")
    lines: tuple[ServiceLine, ...] = Field((), description="Codes and units that are asked for.")
    doses: tuple[MuscleDose, ...] = Field(
        (), description="Units by muscle and side that are asked for, in one session."
    )
    diagnosis_codes: tuple[Icd10Code, ...] = Field((), description="ICD-10-CM codes on it.")
    sessions: int | None = Field(
        None,
        ge=1,
        le=100,
        description="Number of sessions that are asked for.",
        json_schema_extra={"unit": "sessions"},
    )
    interval_weeks: int | None = Field(
        None,
        ge=1,
        le=104,
        description="Weeks between the sessions.",
        json_schema_extra={"unit": "weeks"},
    )
    place_of_service: str | None = Field(
        None, pattern=r"^[0-9]{2}$", description="Place of service, two digits such as 11."
    )
    supply: DrugSupply | None = Field(None, description="Who supplies the drug.")
    pharmacy: Line = Field("", description="Name of the specialty pharmacy that supplies it.")
    urgency: Urgency = Field(Urgency.STANDARD, description="Standard or expedited.")
    continues: bool = Field(
        default=False,
        description="Whether it asks to go on with a course that the payer has approved before.",
    )
    approved_until: PartialDate | None = Field(
        None, description="Last day of the course that is approved already."
    )
    sent: PartialDate | None = Field(None, description="When it was sent; empty until then.")
    channel: Channel | None = Field(None, description="How it was sent.")
    received: PartialDate | None = _received()
    received_time: dt.time | None = _received_time()
    time_zone: TimeZone = _zone()
    extensions: tuple[Extension, ...] = _extensions()
    reference: Line = Field("", description="The payer's reference number.")


class Resubmission(Choice):
    """What a claim does to one that was sent before (NUCC's codes, those of X12 CLM05-3)."""

    REPLACES = "7", "Replaces the earlier claim"
    VOIDS = "8", "Cancels the earlier claim"


class Claim(Record):
    """A claim for services that were given."""

    id: RecordId = id_field("claim")
    coverage_id: RecordId | None = Field(None, description="Id of the coverage it went to.")
    provider_id: RecordId | None = Field(None, description="Id of the billing provider.")
    start: PartialDate | None = Field(None, description="First date of service.")
    end: PartialDate | None = Field(None, description="Last date of service.")
    lines: tuple[ServiceLine, ...] = Field((), description="Lines of the claim.")
    diagnosis_codes: tuple[Icd10Code, ...] = Field((), description="ICD-10-CM codes on it.")
    place_of_service: str | None = Field(
        None, pattern=r"^[0-9]{2}$", description="Place of service, two digits such as 11."
    )
    sent: PartialDate | None = Field(None, description="When it was sent; empty until then.")
    received: PartialDate | None = _received()
    extensions: tuple[Extension, ...] = _extensions()
    reference: Line = Field("", description="The payer's claim number.")
    paid: Decimal | None = Field(
        None,
        ge=0,
        le=9_999_999,
        decimal_places=2,
        description="What the payer paid.",
        json_schema_extra={"unit": "USD"},
    )
    rendering_id: RecordId | None = Field(
        None, description="Id of the provider who gave the services, where another one bills."
    )
    referring_id: RecordId | None = Field(
        None, description="Id of the provider who referred the patient."
    )
    facility_id: RecordId | None = Field(
        None, description="Id of the place of service, where it is not that of who bills."
    )
    account: Line = Field("", description="The office's own number for the patient's account.")
    patient_paid: Decimal | None = Field(
        None,
        ge=0,
        le=9_999_999,
        decimal_places=2,
        description="What the patient paid toward these services.",
        json_schema_extra={"unit": "USD"},
    )
    accept_assignment: bool | None = Field(
        None, description="Whether the provider agreed to take assignment for this claim."
    )
    employment: bool | None = Field(
        None, description="Whether the condition comes from the patient's work."
    )
    auto_accident: bool | None = Field(
        None, description="Whether the condition comes from a car accident."
    )
    accident_state: StateCode | None = Field(
        None, description="State in which the car accident happened."
    )
    other_accident: bool | None = Field(
        None, description="Whether the condition comes from another accident."
    )
    resubmission: Resubmission | None = Field(
        None, description="What it does to an earlier claim; empty for a first claim."
    )
    corrects: Line = Field(
        "", description="The payer's number of the earlier claim that it replaces or cancels."
    )


class Decision(Choice):
    """What was decided."""

    APPROVAL = "approval", "Approved"
    PARTIAL = "partial", "Approved in part"
    DENIAL = "denial", "Denied"
    DISMISSAL = "dismissal", "Dismissed or returned without a decision"


class ReasonKind(Choice):
    """Why a payer denied; more than one can stand in one letter."""

    EXPERIMENTAL = "experimental", "Experimental or investigational"
    NOT_MEDICALLY_NECESSARY = "not-medically-necessary", "Not medically necessary"
    EXCLUDED = "excluded", "Excluded by the plan"
    NO_PRIOR_AUTHORIZATION = "no-prior-authorization", "No prior authorization"
    STEP_THERAPY = "step-therapy", "Other treatment required first"
    MISSING_INFORMATION = "missing-information", "Information missing"
    CODING = "coding", "Coding"
    NETWORK = "network", "Out of network"
    ELIGIBILITY = "eligibility", "Not eligible"
    TIMELINESS = "timeliness", "Sent too late"
    WRONG_BENEFIT = "wrong-benefit", "Other benefit is responsible"
    DUPLICATE = "duplicate", "Duplicate of another claim"
    QUANTITY = "quantity", "Too much or too often"
    OTHER = "other", "Other"


class Reason(Part):
    """One reason of a determination."""

    kind: ReasonKind | None = Field(None, description="Kind of reason.")
    text: Note = Field("", description="The reason exactly as the notice words it.")
    carc: Carc | None = Field(
        None, title="CARC", description="Claim adjustment reason code, such as CO-50."
    )
    rarc: Rarc | None = Field(
        None, title="RARC", description="Remittance advice remark code, such as N115."
    )


class Level(Choice):
    """The level at which something is decided."""

    INITIAL = "initial", "First decision"
    INTERNAL_1 = "internal-1", "Internal appeal, first level"
    INTERNAL_2 = "internal-2", "Internal appeal, second level"
    EXTERNAL = "external", "External or independent review"
    RECONSIDERATION = "reconsideration", "Reconsideration or redetermination"
    FAIR_HEARING = "fair-hearing", "State fair hearing"
    COURT = "court", "Court"


class Determination(Record):
    """A decision of the payer or of a reviewer."""

    id: RecordId = id_field("determination")
    coverage_id: RecordId | None = Field(None, description="Id of the coverage it concerns.")
    about_id: RecordId | None = Field(
        None, description="Id of the request, claim or appeal that it decides."
    )
    decision: Decision = Field(description="What was decided.")
    level: Level = Field(Level.INITIAL, description="Level of the decision.")
    notice_date: PartialDate | None = Field(None, description="Date on the notice.")
    received_date: PartialDate | None = Field(None, description="When the notice was received.")
    reasons: tuple[Reason, ...] = Field((), description="Reasons, in the notice's order.")
    decided_by: Line = Field("", description="Who decided, with credentials as the notice says.")
    reference: Line = Field("", description="Reference number on the notice.")
    approved_units: Decimal | None = Field(
        None,
        ge=0,
        le=99999,
        decimal_places=3,
        description="Units that were approved.",
        json_schema_extra={"unit": "units"},
    )
    approved_until: PartialDate | None = Field(None, description="Last day of an approval.")
    ends_course: bool = Field(
        default=False,
        description="Whether it cuts or ends a course of treatment that had been approved.",
    )
    effective: PartialDate | None = Field(
        None, description="Day on which such a cut or end takes effect, as the notice says."
    )

    @property
    def adverse(self) -> bool:
        """Whether it is an adverse benefit determination, in whole or in part."""
        return self.decision in (Decision.DENIAL, Decision.PARTIAL)


class Outcome(Choice):
    """How an appeal ended."""

    OVERTURNED = "overturned", "Decided for the patient"
    PARTLY_OVERTURNED = "partly-overturned", "Decided for the patient in part"
    UPHELD = "upheld", "Denial upheld"
    DISMISSED = "dismissed", "Dismissed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Appeal(Record):
    """An appeal against a determination."""

    id: RecordId = id_field("appeal")
    determination_id: RecordId | None = Field(
        None, description="Id of the determination it is against."
    )
    level: Level = Field(Level.INTERNAL_1, description="Level of the appeal.")
    urgency: Urgency = Field(Urgency.STANDARD, description="Standard or expedited.")
    due: Day | None = Field(None, description="Last day to send it, as the notice says.")
    sent: PartialDate | None = Field(None, description="When it was sent; empty until then.")
    channel: Channel | None = Field(None, description="How it was sent.")
    received: PartialDate | None = _received()
    received_time: dt.time | None = _received_time()
    time_zone: TimeZone = _zone()
    extensions: tuple[Extension, ...] = _extensions()
    continues_benefits: bool = Field(
        default=False,
        description="Whether it asks that benefits go on until it is decided (Medicaid).",
    )
    reference: Line = Field("", description="The payer's reference number.")
    assigned: PartialDate | None = Field(
        None,
        description="External review: day on which the independent reviewer's notice came that it "
        "has the case; some times count from it.",
    )
    outcome: Outcome | None = Field(None, description="How it ended; empty until decided.")
    decided: PartialDate | None = Field(None, description="When it was decided.")
