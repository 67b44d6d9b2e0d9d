"""What was written: letters that left the case, with what each of them rested on."""

from pydantic import Field

from tmjkit.case.base import Record, id_field
from tmjkit.case.codes import Sha256
from tmjkit.case.dates import Day, PartialDate
from tmjkit.case.insurance import Channel
from tmjkit.case.part import Line, Note, Part, RecordId


class Used(Part):
    """One thing that a letter rests on, as it was when the letter was written.

    Of a record each filled field is kept as a digest of its own, so that a later change can be
    named; of a fact, a template or the letter's law there is one digest without a field.
    """

    name: Line = Field(min_length=1, description="Id of the record or fact, or name of the part.")
    field: Line = Field("", description="Field of the record; empty for the whole.")
    digest: Sha256 = Field(description="SHA-256 digest of what it held, as canonical JSON.")


class ExportedLetter(Record):
    """A letter that was written to a file, and perhaps sent."""

    id: RecordId = id_field("letter")
    kind: Line = Field(min_length=1, description="Kind of letter, as 'tmjkit letter' names it.")
    title: Line = Field("", description="Title of the letter.")
    voice: Line = Field("", description="Who speaks in it: patient, clinician or advocate.")
    language: Line = Field("en", description="Language of the text (BCP 47).")
    date: Day | None = Field(None, description="Date on the letter.")
    # Not named as pointers are: a letter that left keeps no record from being removed.
    about: RecordId | None = Field(
        None, description="Id of the denial, request, claim or other record that it is about."
    )
    coverage: RecordId | None = Field(None, description="Id of the coverage it concerns.")
    form: Line = Field("", description="Form of the file: docx, pdf, html, md or packet.")
    sha256: Sha256 | None = Field(
        None, title="SHA-256", description="SHA-256 digest of the file that was written."
    )
    sent: PartialDate | None = Field(None, description="When it was sent; empty until then.")
    channel: Channel | None = Field(None, description="How it was sent.")
    exhibits: tuple[RecordId, ...] = Field(
        (), description="Ids of the documents that it cites, in the order of their labels."
    )
    used: tuple[Used, ...] = Field((), description="What it rests on, with digests.")


class LintOverride(Record):
    """A decision to send a letter although a rule of the linter objects."""

    id: RecordId = id_field("override")
    kind: Line = Field(min_length=1, description="Kind of letter that it is for.")
    rule: Line = Field(min_length=1, description="Id of the rule that objects.")
    about: RecordId | None = Field(
        None, description="Id of the decision, request or claim that the letter is about."
    )
    why: Note = Field(min_length=1, description="Why the letter is right all the same.")
    date: Day | None = Field(None, description="Day of the decision.")
    by: Line = Field("", description="Who decided.")
    sentences: tuple[Note, ...] = Field(
        (), description="The sentences that the rule named; others are refused as before."
    )
