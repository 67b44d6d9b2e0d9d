"""What the world says: cited facts as data, each with its source and how surely it is known."""

from tmjkit.knowledge.care import Care
from tmjkit.knowledge.clock import Clock
from tmjkit.knowledge.code import Code, CodeSystem
from tmjkit.knowledge.difference import Benefit, Difference
from tmjkit.knowledge.loader import KnowledgeError, applying, collect, fact, facts, read
from tmjkit.knowledge.policy import Policy
from tmjkit.knowledge.schema import Fact, cites_erisa
from tmjkit.knowledge.terms import (
    ERISA,
    Confidence,
    CountedFrom,
    Direction,
    FactKind,
    Regime,
)

__all__ = [
    "ERISA",
    "Benefit",
    "Care",
    "Clock",
    "Code",
    "CodeSystem",
    "Confidence",
    "CountedFrom",
    "Difference",
    "Direction",
    "Fact",
    "FactKind",
    "KnowledgeError",
    "Policy",
    "Regime",
    "applying",
    "cites_erisa",
    "collect",
    "fact",
    "facts",
    "read",
]
