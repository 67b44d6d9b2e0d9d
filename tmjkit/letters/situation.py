"""What one letter is about: the case, the day, who speaks, and the records that were chosen."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from tmjkit.case import (
    AuthorizationRequest,
    Case,
    Choice,
    Claim,
    Coverage,
    Determination,
    Record,
    Representative,
)
from tmjkit.knowledge import Library, library
from tmjkit.letters.law import Law


class Voice(Choice):
    """Who speaks in a letter and signs it."""

    PATIENT = "patient", "Patient"
    CLINICIAN = "clinician", "Clinician"
    ADVOCATE = "advocate", "Advocate"


@dataclass(frozen=True, slots=True)
class Subject:
    """The records that a letter is about; None where the case leaves one open.

    Parameters
    ----------
    coverage
        The coverage it concerns.
    denial
        The decision that it answers.
    asked
        The request or claim that was decided, or that it makes.
    about
        The record that it is about where that is none of these: a provider, a contact, an appeal.
    """

    coverage: Coverage | None = None
    denial: Determination | None = None
    asked: AuthorizationRequest | Claim | None = None
    about: Record | None = None


Pick = Callable[[Case, dt.date, str | None, str | None], Subject]
"""Chooses the subject from case, day, the id that was asked for and the coverage asked for.

It raises `LetterError` where the id is not in the case or is of another kind of record.
"""


@dataclass(frozen=True)
class Situation:
    """Everything that decides what a letter says."""

    case: Case
    today: dt.date
    voice: Voice
    subject: Subject
    known: Library = field(default_factory=library)

    @property
    def coverage(self) -> Coverage | None:
        """The coverage that it concerns."""
        return self.subject.coverage

    @property
    def denial(self) -> Determination | None:
        """The decision that it answers."""
        return self.subject.denial

    @property
    def request(self) -> AuthorizationRequest | None:
        """The request for authorization that it is about."""
        asked = self.subject.asked
        return asked if isinstance(asked, AuthorizationRequest) else None

    @property
    def claim(self) -> Claim | None:
        """The claim that it is about."""
        asked = self.subject.asked
        return asked if isinstance(asked, Claim) else None

    @cached_property
    def law(self) -> Law:
        """The law that governs the coverage."""
        return Law(self.subject.coverage, self.known.facts)

    @cached_property
    def representative(self) -> Representative | None:
        """Who acts for the patient toward this coverage: the latest appointed, else the latest."""
        coverage = self.subject.coverage
        found = [
            item
            for item in self.case.representatives
            if (item.coverage_id is None or coverage is None or item.coverage_id == coverage.id)
            and (item.until is None or item.until.latest >= self.today)
        ]
        signed = [item for item in found if item.appointed]
        latest = max(signed, key=lambda item: str(item.appointed), default=None)
        return latest or (found[-1] if found else None)
