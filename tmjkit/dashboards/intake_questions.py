"""The twelve questions of an interview, in the order in which a new patient is asked.

Each asks some fields of one record of the case. Which fields, and why these come first, is what
the rules need for a first finding; docs/intake.md says it question by question.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from tmjkit.case import Case, Instrument, Record

Preset = Callable[[Case, date], Mapping[str, str]]
"""What a new record has before anything is typed, by field, as the form writes it."""


def _nothing(_case: Case, _today: date) -> Mapping[str, str]:
    return {}


def _pain_today(_case: Case, today: date) -> Mapping[str, str]:
    return {"instrument": Instrument.NRS_PAIN.value, "date": today.isoformat()}


def _first_coverage(case: Case, _today: date) -> Mapping[str, str]:
    first = coverage_of_interview(case)
    return {"coverage_id": first.id} if first else {}


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Parameters
    ----------
    key
        Names it in notes and style sheets.
    section
        The list of the case that the answer goes to; `patient` for the patient.
    fields
        Paths of the fields that are asked.
    asks
        The question.
    help
        How to find the answer, and what it is for.
    preset
        What a new record has beforehand.
    several
        Whether each choice of the one field becomes a record of its own.
    """

    key: str
    section: str
    fields: tuple[str, ...]
    asks: str
    help: str
    preset: Preset = field(default=_nothing)
    several: bool = False


QUESTIONS: Final = (
    Question(
        "name",
        "patient",
        ("given", "family"),
        "What is your name?",
        "As it stands on the member card. The case begins with the name.",
    ),
    Question(
        "birth-date",
        "patient",
        ("birth_date",),
        "When were you born?",
        "The insurance finds its member by name, date of birth and member ID.",
    ),
    Question(
        "language",
        "patient",
        ("language",),
        "Which language do you prefer?",
        "For talks, and for the letters that you read and sign.",
    ),
    Question(
        "payer",
        "coverages",
        ("payer",),
        "Which insurance do you have?",
        "The company or program on the front of the card. With two, the one that pays first.",
    ),
    Question(
        "member-id",
        "coverages",
        ("member_id", "group_id"),
        "What is your member ID?",
        "It stands on the card, often as ID or Member ID; the group number is near it.",
    ),
    Question(
        "funding",
        "coverages",
        ("funding",),
        "How do you have this insurance?",
        "It decides which law holds. Through a job: the card seldom tells whether the employer "
        "pays itself; words such as 'administered by' or 'administrative services only' hint at "
        "it, and the employer's human resources office knows. Bought by yourself or on the "
        "marketplace: individual. Where you are not sure, choose Not known: a wrong guess brings "
        "the wrong law.",
    ),
    Question(
        "state",
        "coverages",
        ("state",),
        "In which State was the insurance issued?",
        "Two letters, such as TX. Usually the State where you live; with insurance through a job "
        "often the State of the employer. For Medicaid, the State whose program it is.",
    ),
    Question(
        "complaint",
        "symptoms",
        ("text", "onset"),
        "What troubles your jaw most, and since when?",
        "In your own words, such as pain on chewing. A year is enough where the month is not "
        "known.",
    ),
    Question(
        "pain",
        "measurements",
        ("value",),
        "How strong is the pain in your jaw now?",
        "A number from 0, no pain, to 10, the worst pain that you can imagine.",
        preset=_pain_today,
    ),
    Question(
        "tried",
        "treatments",
        ("kind",),
        "What has been tried for your jaw?",
        "Choose all that were. When, how long and what it did is asked later.",
        several=True,
    ),
    Question(
        "toxin",
        "sessions",
        ("product", "date"),
        "Have you had botulinum toxin for your jaw before? When was the last time?",
        "If never, choose Not known or never. The name of the product matters: units differ. "
        "Where nobody remembers it, leave this out; the office asks for the record of the "
        "injections.",
    ),
    Question(
        "denied",
        "determinations",
        ("decision", "notice_date", "received_date"),
        "Has the insurance decided about botulinum toxin for your jaw already?",
        "If not, choose Not known or never. The days on and of the notice matter most: they decide "
        "until when it can be appealed. Keep the notice and its envelope.",
        preset=_first_coverage,
    ),
)
"""The questions, in their order."""

COUNT: Final = len(QUESTIONS)
FINDING: Final = COUNT
"""The place after the last question."""
MORE: Final = COUNT + 1
"""The place of the longer part."""


def coverage_of_interview(case: Case) -> Record | None:
    """Return the coverage that the interview is about: the one that pays first."""
    return min(case.coverages, key=lambda one: one.rank, default=None)
