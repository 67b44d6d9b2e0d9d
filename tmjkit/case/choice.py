"""Closed lists of terms, each with the words that people read."""

from enum import StrEnum
from typing import Self


class Choice(StrEnum):
    """A term that is stored as a short code and shown as a label.

    A member is written `NAME = "code", "label"`.
    """

    label: str

    def __new__(cls, code: str, label: str) -> Self:
        """Make a member of the code, and keep the label beside it."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member
