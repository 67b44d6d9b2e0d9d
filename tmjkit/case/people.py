"""The patient, and the clinicians and facilities around the patient."""

from pydantic import Field

from tmjkit.case.base import Record, id_field
from tmjkit.case.choice import Choice
from tmjkit.case.codes import Email, Npi, Phone, StateCode, TaxId
from tmjkit.case.dates import PartialDate
from tmjkit.case.part import Line, Part, RecordId


class Address(Part):
    """A postal address in the United States."""

    line: Line = Field("", description="Street and number, or post-office box.")
    city: Line = Field("", description="City.")
    state: StateCode | None = Field(None, description="Two letters of the state.")
    postal_code: Line = Field("", description="ZIP code.")

    def lines(self) -> tuple[str, ...]:
        """Return the address as the lines of an envelope, without empty ones."""
        place = " ".join(part for part in (self.state or "", self.postal_code) if part)
        town = ", ".join(part for part in (self.city, place) if part)
        return tuple(line for line in (self.line, town) if line)


class Gender(Choice):
    """FHIR's administrative gender (https://hl7.org/fhir/R4/valueset-administrative-gender.html)."""

    FEMALE = "female", "Female"
    MALE = "male", "Male"
    OTHER = "other", "Other"
    UNKNOWN = "unknown", "Unknown"


class Patient(Record):
    """The person whose care it is."""

    id: RecordId = id_field("patient")
    family: Line = Field("", description="Family name.")
    given: Line = Field("", description="Given names.")
    birth_date: PartialDate | None = Field(None, description="Date of birth.")
    gender: Gender | None = Field(None, description="Administrative gender.")
    address: Address | None = Field(None, description="Home address.")
    phone: Phone | None = Field(None, description="Telephone number.")
    email: Email | None = Field(None, description="E-mail address.")
    language: Line = Field("", description="Preferred language, such as English or Spanish.")

    @property
    def name(self) -> str:
        """Given and family name, or an empty text."""
        return f"{self.given} {self.family}".strip()


class ProviderRole(Choice):
    """What a provider does in the case."""

    TREATING = "treating", "Treating clinician"
    PRESCRIBING = "prescribing", "Prescribing and injecting clinician"
    REFERRING = "referring", "Referring clinician"
    PRIMARY_CARE = "primary-care", "Primary care"
    THERAPIST = "therapist", "Physical or behavioral therapist"
    FACILITY = "facility", "Clinic or facility"
    BILLING = "billing", "Billing provider"
    OTHER = "other", "Other"


class Network(Choice):
    """Whether a provider is in the network of the patient's plan."""

    IN = "in", "In the network"
    OUT = "out", "Out of the network"
    LEFT = "left", "Left the network"


class Provider(Record):
    """A clinician, clinic or facility."""

    id: RecordId = id_field("provider")
    name: Line = Field(min_length=1, description="Name of the person or facility.")
    qualification: Line = Field("", description="Degrees and titles, such as DDS or MD.")
    specialty: Line = Field("", description="Specialty, such as orofacial pain.")
    role: ProviderRole = Field(ProviderRole.TREATING, description="What the provider does here.")
    npi: Npi | None = Field(
        None, title="NPI", description="National Provider Identifier: ten digits."
    )
    tax_id: TaxId | None = Field(
        None, title="Tax ID", description="Employer identification number: 00-0000000."
    )
    license_number: Line = Field("", description="State license number.")
    license_state: StateCode | None = Field(None, description="State of the license.")
    organization: Line = Field("", description="Practice or clinic the person works in.")
    address: Address | None = Field(None, description="Address of the practice.")
    phone: Phone | None = Field(None, description="Telephone number.")
    fax: Phone | None = Field(None, description="Fax number.")
    email: Email | None = Field(None, description="E-mail address.")
    network: Network | None = Field(
        None, description="Whether in the network of the plan; empty where nobody knows."
    )
    network_end: PartialDate | None = Field(
        None, description="Day on which the contract with the plan ended."
    )

    @property
    def title(self) -> str:
        """Name with qualification, such as 'Ada Example, DDS'."""
        return ", ".join(part for part in (self.name, self.qualification) if part)


class RepresentativeKind(Choice):
    """In what capacity somebody acts for the patient."""

    FAMILY = "family", "Family member or friend"
    ADVOCATE = "advocate", "Patient advocate"
    ATTORNEY = "attorney", "Attorney"
    PROVIDER = "provider", "Provider or provider's staff"
    GUARDIAN = "guardian", "Parent of a minor, or guardian"


class Representative(Record):
    """A person who acts for the patient toward the payer."""

    id: RecordId = id_field("representative")
    name: Line = Field(min_length=1, description="Name of the person; a firm alone can't act.")
    kind: RepresentativeKind = Field(
        RepresentativeKind.ADVOCATE, description="In what capacity the person acts."
    )
    organization: Line = Field("", description="Firm or group of the person.")
    address: Address | None = Field(None, description="Postal address.")
    phone: Phone | None = Field(None, description="Telephone number.")
    fax: Phone | None = Field(None, description="Fax number.")
    email: Email | None = Field(None, description="E-mail address.")
    coverage_id: RecordId | None = Field(
        None, description="Id of the coverage toward which the person acts; empty for all."
    )
    appointed: PartialDate | None = Field(
        None, description="Day on which the patient signed the appointment; empty until then."
    )
    until: PartialDate | None = Field(None, description="Day on which the appointment ends.")
