"""What the world says: cited facts as data, each with its source and how surely it is known."""

from tmjkit.knowledge.card import card
from tmjkit.knowledge.care import Care
from tmjkit.knowledge.checklist import Checklist
from tmjkit.knowledge.clock import Clock
from tmjkit.knowledge.code import Code, CodeSystem
from tmjkit.knowledge.collection import Library, applying, collect, fact, facts, library
from tmjkit.knowledge.difference import Benefit, Difference
from tmjkit.knowledge.loader import Contents, contents, read
from tmjkit.knowledge.policy import Policy
from tmjkit.knowledge.schema import Fact, cites_erisa
from tmjkit.knowledge.stance import Stance
from tmjkit.knowledge.terms import (
    ERISA,
    Confidence,
    CountedFrom,
    Direction,
    FactKind,
    Matter,
    MonthRule,
    Regime,
    Roll,
    Urgency,
)
from tmjkit.knowledge.text import KnowledgeError

__all__ = [
    "ERISA",
    "Benefit",
    "Care",
    "Checklist",
    "Clock",
    "Code",
    "CodeSystem",
    "Confidence",
    "Contents",
    "CountedFrom",
    "Difference",
    "Direction",
    "Fact",
    "FactKind",
    "KnowledgeError",
    "Library",
    "Matter",
    "MonthRule",
    "Policy",
    "Regime",
    "Roll",
    "Stance",
    "Urgency",
    "applying",
    "card",
    "cites_erisa",
    "collect",
    "contents",
    "fact",
    "facts",
    "library",
    "read",
]
