"""What is known: the records of a case, the case that holds them, its timeline, its JSON."""

from tmjkit.case.base import Record, new_id
from tmjkit.case.case import FORMAT, LISTS, Case
from tmjkit.case.choice import Choice
from tmjkit.case.clinical import (
    SCALES,
    DcTmd,
    Diagnosis,
    Instrument,
    Measurement,
    Scale,
    Side,
    Symptom,
)
from tmjkit.case.codes import npi_is_valid
from tmjkit.case.correspondence import ExportedLetter, LintOverride, Used
from tmjkit.case.coverage import Benefit, Coverage, ExternalProcess, Funding, Product, Relationship
from tmjkit.case.dates import DateRange, PartialDate
from tmjkit.case.document import Document, DocumentKind
from tmjkit.case.errors import CaseError, Problem, check
from tmjkit.case.insurance import (
    Appeal,
    AuthorizationRequest,
    Channel,
    Claim,
    Decision,
    Determination,
    Extension,
    Level,
    Outcome,
    Reason,
    ReasonKind,
    ServiceLine,
    Urgency,
)
from tmjkit.case.papers import PapersKind, PapersRequest
from tmjkit.case.part import Part
from tmjkit.case.people import (
    Address,
    Gender,
    Network,
    Patient,
    Provider,
    ProviderRole,
    Representative,
    RepresentativeKind,
)
from tmjkit.case.purpose import Purpose
from tmjkit.case.questionnaire import ITEMS, MISSING, Questionnaire, QuestionnaireForm
from tmjkit.case.source import (
    ClinicianSource,
    ContactSource,
    DocumentSource,
    PatientSource,
    Source,
)
from tmjkit.case.statement import Statement, StatementKind
from tmjkit.case.summary import CaseSummary, Stage, stage
from tmjkit.case.timeline import UNDOCUMENTED, source_words
from tmjkit.case.treatment import (
    HCPCS,
    Adherence,
    BotulinumSession,
    Guidance,
    Muscle,
    MuscleDose,
    Response,
    StopReason,
    ToxinProduct,
    Treatment,
    TreatmentKind,
)
from tmjkit.case.work import Contact, Direction, Task, Topic

__all__ = [
    "FORMAT",
    "HCPCS",
    "ITEMS",
    "LISTS",
    "MISSING",
    "SCALES",
    "UNDOCUMENTED",
    "Address",
    "Adherence",
    "Appeal",
    "AuthorizationRequest",
    "Benefit",
    "BotulinumSession",
    "Case",
    "CaseError",
    "CaseSummary",
    "Channel",
    "Choice",
    "Claim",
    "ClinicianSource",
    "Contact",
    "ContactSource",
    "Coverage",
    "DateRange",
    "DcTmd",
    "Decision",
    "Determination",
    "Diagnosis",
    "Direction",
    "Document",
    "DocumentKind",
    "DocumentSource",
    "ExportedLetter",
    "Extension",
    "ExternalProcess",
    "Funding",
    "Gender",
    "Guidance",
    "Instrument",
    "Level",
    "LintOverride",
    "Measurement",
    "Muscle",
    "MuscleDose",
    "Network",
    "Outcome",
    "PapersKind",
    "PapersRequest",
    "Part",
    "PartialDate",
    "Patient",
    "PatientSource",
    "Problem",
    "Product",
    "Provider",
    "ProviderRole",
    "Purpose",
    "Questionnaire",
    "QuestionnaireForm",
    "Reason",
    "ReasonKind",
    "Record",
    "Relationship",
    "Representative",
    "RepresentativeKind",
    "Response",
    "Scale",
    "ServiceLine",
    "Side",
    "Source",
    "Stage",
    "Statement",
    "StatementKind",
    "StopReason",
    "Symptom",
    "Task",
    "Topic",
    "ToxinProduct",
    "Treatment",
    "TreatmentKind",
    "Urgency",
    "Used",
    "check",
    "new_id",
    "npi_is_valid",
    "source_words",
    "stage",
]
