"""The insurance: who pays, under which kind of plan, from which benefit."""

from pydantic import Field

from tmjkit.case.base import Record, id_field
from tmjkit.case.choice import Choice
from tmjkit.case.codes import Phone, StateCode
from tmjkit.case.dates import PartialDate
from tmjkit.case.part import Line, Note, RecordId
from tmjkit.case.people import Address, Gender


class Funding(Choice):
    """Who bears the risk and under which law the plan stands.

    It decides the regime, and a member card alone seldom tells self-funded from insured: left
    empty it is unknown, which is asked for instead of guessed.
    """

    SELF_FUNDED_ERISA = "self-funded-erisa", "Employer plan, self-funded (ERISA)"
    INSURED_GROUP = "insured-group", "Employer plan, insured"
    INDIVIDUAL = "individual", "Individual or marketplace plan"
    STATE_LOCAL_GOVERNMENT = "state-local-government", "Plan of a state or local government"
    CHURCH = "church", "Church plan"
    MEDICARE_ADVANTAGE = "medicare-advantage", "Medicare Advantage (Part C)"
    PART_D = "part-d", "Medicare Part D"
    ORIGINAL_MEDICARE = "original-medicare", "Original Medicare (Parts A and B)"
    MEDICAID_MANAGED_CARE = "medicaid-managed-care", "Medicaid managed care"
    MEDICAID_FFS = "medicaid-ffs", "Medicaid, fee for service"
    TRICARE = "tricare", "TRICARE"
    FEHB = "fehb", "Federal employees (FEHB)"


class Product(Choice):
    """How the plan steers care."""

    HMO = "hmo", "HMO"
    PPO = "ppo", "PPO"
    EPO = "epo", "EPO"
    POS = "pos", "Point of service"
    HDHP = "hdhp", "High-deductible plan"
    INDEMNITY = "indemnity", "Indemnity"
    OTHER = "other", "Other"


class Benefit(Choice):
    """The part of the coverage that is asked to pay."""

    MEDICAL = "medical", "Medical"
    DENTAL = "dental", "Dental"
    PHARMACY = "pharmacy", "Pharmacy"


class Relationship(Choice):
    """How the patient is related to the subscriber."""

    SELF = "self", "Self"
    SPOUSE = "spouse", "Spouse"
    CHILD = "child", "Child"
    OTHER = "other", "Other"


class ExternalProcess(Choice):
    """Which process of external review a plan follows (45 CFR 147.136(c) and (d))."""

    STATE = "state", "The state's process"
    FEDERAL = "federal", "The federal process, by an independent review organization"
    HHS = "hhs", "The federal process run for the Department of Health and Human Services"


class Coverage(Record):
    """One insurance coverage of the patient."""

    id: RecordId = id_field("coverage")
    payer: Line = Field(min_length=1, description="Name of the insurer or plan administrator.")
    payer_id: Line = Field("", title="Payer ID", description="Payer id for electronic claims.")
    plan_name: Line = Field("", description="Name of the plan, or of the employer's plan.")
    product: Product | None = Field(None, description="Kind of network product.")
    funding: Funding | None = Field(
        None, description="Who funds the plan; ask the employer where the card does not say."
    )
    grandfathered: bool | None = Field(
        None, description="Whether the plan says it is grandfathered (45 CFR 147.140)."
    )
    state: StateCode | None = Field(
        None, description="State whose insurance law applies: where the policy was issued."
    )
    insured: bool | None = Field(
        None,
        description="For the plan of a government or a church: whether an insurer bears the risk. "
        "State insurance law reaches only insured plans.",
    )
    multiemployer: bool | None = Field(
        None,
        description="Whether it is a union plan of several employers whose board meets each "
        "quarter: it decides appeals at its meetings.",
    )
    internal_levels: int | None = Field(
        None,
        ge=1,
        le=2,
        description="Number of internal appeals that the plan asks for.",
        json_schema_extra={"unit": "appeals"},
    )
    external_process: ExternalProcess | None = Field(
        None, description="Process of external review that the denial notice names."
    )
    excludes_tmd: bool | None = Field(
        None,
        title="Excludes TMD",
        description="Whether the plan document excludes care of the jaw joint or TMD; unknown "
        "until it was read.",
    )
    exclusion: Note = Field("", description="The exclusion exactly as the plan document words it.")
    policy: Line = Field(
        "", description="Id of the payer's coverage policy, as 'tmjkit policy list' shows it."
    )
    claim_days: int | None = Field(
        None,
        ge=1,
        le=1100,
        title="Days to file a claim",
        description="Days after the service within which the payer takes a claim, as its manual "
        "or contract says.",
        json_schema_extra={"unit": "days"},
    )
    member_id: Line = Field("", title="Member ID", description="Member id on the card.")
    group_id: Line = Field("", title="Group ID", description="Group number on the card.")
    benefit: Benefit | None = Field(None, description="Benefit that is asked to pay.")
    relationship: Relationship | None = Field(
        None, description="How the patient is related to the subscriber."
    )
    subscriber: Line = Field("", description="Name of the subscriber where not the patient.")
    subscriber_birth_date: PartialDate | None = Field(
        None, description="The subscriber's date of birth, where not the patient."
    )
    subscriber_gender: Gender | None = Field(
        None, description="The subscriber's administrative gender, where not the patient."
    )
    subscriber_address: Address | None = Field(
        None, description="The subscriber's address, where not the patient's."
    )
    claims_address: Address | None = Field(None, description="Where claims on paper are sent.")
    rank: int = Field(
        1,
        ge=1,
        le=9,
        description="Order of payment: 1 primary, 2 secondary.",
        json_schema_extra={"unit": "in order"},
    )
    start: PartialDate | None = Field(None, description="First day of coverage.")
    end: PartialDate | None = Field(None, description="Last day of coverage.")
    appeals_address: Address | None = Field(None, description="Where appeals are sent.")
    phone: Phone | None = Field(None, description="Telephone number for members or providers.")
    fax: Phone | None = Field(None, description="Fax number for requests and appeals.")
