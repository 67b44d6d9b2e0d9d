"""The office's work: contacts with their promises, and tasks."""

import datetime as dt

from pydantic import Field

from tmjkit.case.base import Record, id_field
from tmjkit.case.choice import Choice
from tmjkit.case.codes import Phone
from tmjkit.case.dates import Day, PartialDate
from tmjkit.case.insurance import Channel
from tmjkit.case.moment import TimeZone
from tmjkit.case.part import Line, Note, RecordId


class Direction(Choice):
    """Who began it."""

    OUT = "out", "From us"
    IN = "in", "To us"


class Topic(Choice):
    """What a contact was about."""

    BENEFITS = "benefits", "Benefits and plan"
    AUTHORIZATION = "authorization", "Prior authorization"
    CLAIM = "claim", "Claim"
    APPEAL = "appeal", "Appeal"
    PEER_TO_PEER = "peer-to-peer", "Peer-to-peer talk"
    NETWORK = "network", "Search for a clinician in the network"
    RECORDS = "records", "Records"
    OTHER = "other", "Other"


class Contact(Record):
    """A call, fax, letter, portal message or visit."""

    id: RecordId = id_field("contact")
    date: PartialDate | None = Field(None, description="Day of the contact.")
    time: dt.time | None = Field(None, description="Time of day, as HH:MM.")
    time_zone: TimeZone = Field("", description="Time zone, such as America/New_York.")
    channel: Channel = Field(Channel.PHONE, description="How.")
    direction: Direction = Field(Direction.OUT, description="Who began it.")
    topic: Topic | None = Field(None, description="What it was about.")
    about_id: RecordId | None = Field(
        None, description="Id of the request, claim, denial, appeal or provider that it was about."
    )
    who: Line = Field("", description="Who was spoken to or wrote, with the agent's id.")
    organization: Line = Field("", description="For whom that person works.")
    number: Phone | None = Field(None, description="Number that was called or faxed.")
    reference: Line = Field("", description="Reference number of the call or message.")
    said: Note = Field("", description="What was asked and answered.")
    promised: Note = Field("", description="What was promised.")
    promised_by: Day | None = Field(None, description="Day by which it was promised.")
    kept: bool | None = Field(
        None, description="Whether the promise was kept; empty while it is open."
    )


class Task(Record):
    """Something that someone has to do by a day."""

    id: RecordId = id_field("task")
    title: Line = Field(min_length=1, description="What is to be done.")
    owner: Line = Field("", description="Who does it.")
    due: Day | None = Field(None, description="Last day.")
    done: Day | None = Field(None, description="Day on which it was done; empty until then.")
    about_id: RecordId | None = Field(None, description="Id of the record that it is about.")

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.done is None
