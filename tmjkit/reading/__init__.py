"""What arrives: files from elsewhere, read into a case with a source for every record."""

from tmjkit.reading.exchange import EXCHANGE_FORMAT, Exchange, from_exchange, to_exchange
from tmjkit.reading.fhir import (
    Conflict,
    FhirError,
    Group,
    Import,
    NotImported,
    OtherPatient,
    SeveralPatients,
    Values,
    grouped,
    read_fhir,
)
from tmjkit.reading.pages import page_texts
from tmjkit.reading.sniff import FileKind, sniff

__all__ = [
    "EXCHANGE_FORMAT",
    "Conflict",
    "Exchange",
    "FhirError",
    "FileKind",
    "Group",
    "Import",
    "NotImported",
    "OtherPatient",
    "SeveralPatients",
    "Values",
    "from_exchange",
    "grouped",
    "page_texts",
    "read_fhir",
    "sniff",
    "to_exchange",
]
