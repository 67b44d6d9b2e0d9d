"""What a file is, before it is read."""

import json
from typing import Literal

from tmjkit.case import FORMAT, CaseError, Problem
from tmjkit.reading.exchange import EXCHANGE_FORMAT

FileKind = Literal["exchange", "case", "fhir"]


def sniff(data: bytes) -> FileKind:
    """Tell which reader a file is for.

    Returns
    -------
    str
        `exchange` for a case with its documents, `case` for a case alone, `fhir` for what looks
        like a FHIR resource or Bundle.

    Raises
    ------
    CaseError
        When it is none of them; the error says what would be accepted.
    """
    try:
        whole = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        whole = None
    if isinstance(whole, dict):
        if whole.get("format") == EXCHANGE_FORMAT:
            return "exchange"
        if whole.get("format") == FORMAT:
            return "case"
        if isinstance(whole.get("resourceType"), str):
            return "fhir"
    accepted = "should be JSON: a case that tmjkit exported, or a FHIR R4 resource or Bundle"
    raise CaseError([Problem("file", "", accepted)])
