"""Requests for papers: medical records, the claim file, the plan's documents."""

from pydantic import Field

from tmjkit.case.base import Record, id_field
from tmjkit.case.choice import Choice
from tmjkit.case.dates import PartialDate
from tmjkit.case.insurance import Channel
from tmjkit.case.part import Line, RecordId


class PapersKind(Choice):
    """What papers are asked for."""

    MEDICAL_RECORDS = "medical-records", "Medical records, from a provider"
    CLAIM_FILE = "claim-file", "Claim file and the reviewer's credentials"
    PLAN_DOCUMENTS = "plan-documents", "Plan documents"
    CRITERIA = "criteria", "Coverage criteria that were used"
    EXPLANATION = "explanation", "Explanation why a missed rule should not matter"
    OTHER = "other", "Other papers"


class PapersRequest(Record):
    """A request for papers that someone has to answer in time."""

    id: RecordId = id_field("papers")
    kind: PapersKind = Field(description="What is asked for.")
    provider_id: RecordId | None = Field(
        None, title="Asked of provider", description="Id of the provider who is asked."
    )
    coverage_id: RecordId | None = Field(
        None, title="Asked of plan", description="Id of the coverage whose plan is asked."
    )
    determination_id: RecordId | None = Field(
        None, title="About denial", description="Id of the determination that it is about."
    )
    what: Line = Field("", description="Which papers, in words.")
    sent: PartialDate | None = Field(None, description="When it was sent; empty until then.")
    channel: Channel | None = Field(None, description="How it was sent.")
    received: PartialDate | None = Field(
        None, description="Day on which they got it; their time counts from it."
    )
    extension: PartialDate | None = Field(
        None, description="Date of their notice that they need more time."
    )
    answered: PartialDate | None = Field(
        None, description="When the papers came, all of them; empty until then."
    )

    @property
    def label(self) -> str:
        """What is asked for, in words."""
        return self.what or self.kind.label
