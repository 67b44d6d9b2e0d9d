"""What a person stated in their own words: a clinician's judgment, a patient's account.

Nothing else in tmjkit says why a treatment is necessary, how it is made safe or what pain does to
a day. A letter quotes these words with their source, or leaves room for them.
"""

from pydantic import Field

from tmjkit.case.base import Record, id_field
from tmjkit.case.choice import Choice
from tmjkit.case.dates import PartialDate
from tmjkit.case.part import Note, RecordId


class StatementKind(Choice):
    """What a statement is about."""

    NECESSITY = "necessity", "Why the treatment is necessary"
    EXAMINATION = "examination", "Findings of the examination"
    SAFETY = "safety", "Safety plan and rule for stopping"
    URGENCY = "urgency", "Why waiting is dangerous"
    STEP = "step", "Why a required step can't be taken"
    NOVELTY = "novelty", "Why the treatment is not experimental for this patient"
    IMPACT = "impact", "What the condition does to the patient's life"
    OTHER = "other", "Other"


class Statement(Record):
    """Words of a clinician or of the patient, exactly as they wrote or said them."""

    id: RecordId = id_field("statement")
    kind: StatementKind = Field(description="What it is about.")
    text: Note = Field(min_length=1, description="The words, exactly.")
    provider_id: RecordId | None = Field(
        None, title="Stated by", description="Id of the clinician; empty where the patient speaks."
    )
    date: PartialDate | None = Field(None, description="When it was stated.")
