"""What kind of denial it is, what can be argued, which way is open and how strong it looks."""

from tmjkit.rules.triage.assemble import RULES, triage, unsupported
from tmjkit.rules.triage.findings import open_denials, triage_findings
from tmjkit.rules.triage.model import (
    Cited,
    ClassFound,
    Ground,
    How,
    NextLetter,
    Opening,
    Pull,
    Route,
    Sign,
    Standing,
    StateLaw,
    Triage,
    Way,
)

__all__ = [
    "RULES",
    "Cited",
    "ClassFound",
    "Ground",
    "How",
    "NextLetter",
    "Opening",
    "Pull",
    "Route",
    "Sign",
    "Standing",
    "StateLaw",
    "Triage",
    "Way",
    "open_denials",
    "triage",
    "triage_findings",
    "unsupported",
]
