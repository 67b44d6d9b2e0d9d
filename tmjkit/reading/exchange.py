"""The project's own file: one case with its documents, from one workspace to another.

Canonical JSON: `{"format", "case", "documents"}`, where documents maps the SHA-256 digest of
each file to its bytes in Base64. The same case with the same documents is always the same
bytes, so that a round trip can be checked by comparing files.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from tmjkit.case import Case, CaseError, Problem

EXCHANGE_FORMAT: Final = "tmjkit.exchange/1"
_KEYS = {"format", "case", "documents"}


@dataclass(frozen=True)
class Exchange:
    """A case and the bytes of its documents.

    Parameters
    ----------
    case
        The case.
    documents
        Bytes of each document by their SHA-256 digest.
    """

    case: Case
    documents: Mapping[str, bytes] = field(repr=False)


def to_exchange(case: Case, documents: Mapping[str, bytes]) -> bytes:
    """Write a case with its documents as one file.

    Parameters
    ----------
    case
        The case.
    documents
        Bytes by SHA-256 digest. A document of the case whose bytes are not there travels as a
        record only.

    Raises
    ------
    CaseError
        When bytes don't have the digest under which they are given, or belong to no document
        of the case.
    """
    known = {document.sha256 for document in case.documents}
    for digest, content in documents.items():
        if digest not in known:
            raise _error("documents", "should belong to a document of the case")
        if hashlib.sha256(content).hexdigest() != digest:
            raise _error("documents", "should have the SHA-256 digest under which they are given")
    whole = {
        "format": EXCHANGE_FORMAT,
        "case": json.loads(case.to_json()),
        "documents": {
            digest: base64.b64encode(content).decode() for digest, content in documents.items()
        },
    }
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def from_exchange(data: bytes) -> Exchange:
    """Read a case with its documents.

    Raises
    ------
    CaseError
        When it is not such a file, the case can't be accepted, or bytes were changed on the
        way.
    """
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError):
        raise _error("", "should be a JSON file that tmjkit exported") from None
    if not isinstance(whole, dict) or whole.get("format") != EXCHANGE_FORMAT:
        raise _error("format", f"should be '{EXCHANGE_FORMAT}'")
    if set(whole) != _KEYS:
        raise _error("", "should hold format, case and documents, and nothing else")
    case = Case.from_json(json.dumps(whole["case"]))
    return Exchange(case, MappingProxyType(_documents(whole["documents"], case)))


def _documents(content: Any, case: Case) -> dict[str, bytes]:
    if not isinstance(content, dict):
        raise _error("documents", "should map each SHA-256 digest to its bytes in Base64")
    records = {document.sha256: document for document in case.documents}
    found: dict[str, bytes] = {}
    for digest, text in content.items():
        record = records.get(digest)
        if record is None:
            raise _error("documents", "should belong to a document of the case")
        place = f"documents {record.id}"
        try:
            plain = base64.b64decode(text if isinstance(text, str) else "?", validate=True)
        except (ValueError, binascii.Error):
            raise _error(place, "should be bytes in Base64") from None
        if hashlib.sha256(plain).hexdigest() != digest:
            raise _error(place, "should have the digest that the case has; the file was changed")
        found[digest] = plain
    return found


def _error(place: str, accepted: str) -> CaseError:
    return CaseError([Problem("exchange file", place, accepted)])
