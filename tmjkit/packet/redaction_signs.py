"""What on one line of text points to a person, and whether that person belongs to the case.

A name counts only where the line itself says that it is one of a patient, member or other person:
anything looser would warn on every page, and a warning that is mostly wrong is not read. Toll-free
numbers and those of offices are no private ones.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from tmjkit.case import Choice
from tmjkit.packet.redaction_known import Identity, bare, digits, words_of
from tmjkit.packet.redaction_people import called, named

_LINE: Final = 2000  # characters; a longer line is data, and its start says what it is
_SSN: Final = re.compile(
    r"(?<![\d-])(?!000|666|9\d\d)\d{3}[- ](?!00)\d{2}[- ](?!0000)\d{4}(?![\d-])"
    r"|(?i:\b(?:ssn|social security (?:number|no\.?))\b\W{0,5})(\d{9})\b"
)
_WRITTEN_DATE: Final = (
    r"(?P<m>\d{1,2})[/.-](?P<d>\d{1,2})[/.-](?P<y>\d{4}|\d{2})"
    r"|(?P<iy>\d{4})-(?P<im>\d{2})-(?P<id>\d{2})"
    r"|(?P<name>[A-Z][a-z]{2,8})\.? (?P<nd>\d{1,2}),? (?P<ny>\d{4})"
)
_BORN: Final = re.compile(
    r"(?i:\b(?:dob|d\.o\.b\.|date of birth|birth ?date|born(?: on)?)\b)[\s:.)-]{0,4}"
    rf"(?:{_WRITTEN_DATE})"
)
_PERSON: Final = re.compile(
    r"(?:(?i:\b(?:patient|member|beneficiary|insured|subscriber|enrollee|dependent|guarantor|spouse|"
    r"mother|father|emergency contact|re)(?:'s)?(?: name)?\s*:)\s*|\bDear )"
    r"(?:(?i:mr|mrs|ms)\.? )?"
    r"(?P<name>[A-Z][\w'-]+(?:,? (?:[A-Z]\.|[A-Z][\w'-]+)){1,3})"
)
_MEMBER: Final = re.compile(
    r"(?i:\b(?:member|subscriber|beneficiary|medicare|medicaid|insured(?:'s)?)\s*"
    r"(?:id|i\.d\.|identification|number|no\.?|#)(?:\s*(?:number|no\.?|#|\(mbi\)))?)\s*[:#]?\s*"
    r"(?P<id>[A-Z0-9][A-Z0-9-]{4,19})\b"
)
_RECORD: Final = re.compile(
    r"(?i:\b(?:mrn|medical record (?:number|no\.?|#)))\s*[:#]?\s*(?P<id>[A-Z0-9-]*\d[A-Z0-9-]{3,})"
)
_PRIVATE: Final = re.compile(
    r"(?i:\b(?:home|cell|mobile|emergency|next of kin|spouse|guardian|husband|wife|mother|father)"
    r"\b)[^\d@]{0,25}(?P<phone>(?:\+?1[-. ]?)?\(?\d{3}\)?[-. ]?\d{3}[-. ]\d{4})"
)
_EMAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,24}){1,3}")
_FREE_MAIL: Final = frozenset(
    (
        "gmail.com", "yahoo.com", "hotmail.com", "outlook.com", "aol.com", "icloud.com",
        "live.com", "msn.com", "comcast.net", "proton.me", "protonmail.com", "me.com",
        "verizon.net",
    )
)  # fmt: skip
_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
# Words that stand after 'Re:' or 'Member:' and are nobody's name.
_BUSINESS: Final = frozenset(
    (
        "account", "adverse", "appeal", "appeals", "approval", "authorization", "benefit",
        "benefits", "botox", "botulinum", "care", "case", "claim", "claims", "complaint",
        "correction", "coverage", "date", "decision", "denial", "denied", "department",
        "determination", "diagnosis", "director", "doctor", "madam", "manager", "reviewer", "sir",
        "team", "drug", "effective", "eligibility", "explanation",
        "external", "final", "grievance", "group", "health", "id", "injection", "inquiry",
        "insurance", "letter", "level", "medical", "medication", "member", "message", "name",
        "necessity", "notice", "number", "of", "patient", "payment", "pharmacy", "plan", "policy",
        "prior", "procedure", "program", "provider", "reconsideration", "record", "records",
        "reference", "referral", "request", "resources", "review", "rights", "see", "service",
        "services", "statement", "status", "the", "therapy", "toxin", "treatment", "update",
        "urgent", "visit", "your",
    )
)  # fmt: skip


class Kind(Choice):
    """What was found."""

    SSN = "ssn", "Social Security number"
    MEMBER_ID = "member-id", "Member id that is not of this case"
    BIRTH_DATE = "birth-date", "Birth date that is not of this case"
    NAME = "name", "Name that is not of this case"
    PHONE = "phone", "Private telephone number that is not of this case"
    EMAIL = "email", "Private e-mail address that is not of this case"
    RECORD_NUMBER = "record-number", "Medical record number that may be another person's"
    OTHER_CASE = "other-case", "Person of another case"


@dataclass(frozen=True, slots=True)
class Sign:
    """What points to a third person, and as much of it as may be shown."""

    kind: Kind
    shown: str = ""


def signs(line: str, known: Identity, numbers: list[str]) -> Iterator[Sign]:
    """Yield what on a line points to somebody who does not belong to the case.

    Parameters
    ----------
    line
        The line.
    known
        Who belongs to the case.
    numbers
        The medical record number that the document had so far; filled here. Where it starts with
        an empty one, the document does not name the patient, and no number is taken for theirs.
    """
    line = line[:_LINE]
    yield from _numbers(line, known, numbers)
    for found in _BORN.finditer(line):
        days = _days(found)
        if days and known.birth_dates and not days & known.birth_dates:
            yield Sign(Kind.BIRTH_DATE)
    for name in dict.fromkeys((*(found["name"] for found in _PERSON.finditer(line)), *named(line))):
        if _is_stranger(name, known):
            yield Sign(Kind.NAME, _initials(name))
    for found in _EMAIL.finditer(line):
        address = found[0].casefold()
        if address.rpartition("@")[2] in _FREE_MAIL and address not in known.emails:
            yield Sign(Kind.EMAIL, f"{address[0]}…@{address.rpartition('@')[2]}")


def _numbers(line: str, known: Identity, numbers: list[str]) -> Iterator[Sign]:
    for found in _SSN.finditer(line):
        yield Sign(Kind.SSN, _end(found[0]))
    for found in _MEMBER.finditer(line):
        number = bare(found["id"])
        if any(map(str.isdigit, number)) and number not in known.ids:
            yield Sign(Kind.MEMBER_ID, _end(number))
    for found in _PRIVATE.finditer(line):
        number = digits(found["phone"])
        if number and number not in known.phones:
            yield Sign(Kind.PHONE, _end(number))
    for phone, who in called(line):
        number = digits(phone)
        if number and number not in known.phones and not words_of(who) & _BUSINESS:
            yield Sign(Kind.PHONE, _end(number))
    for found in _RECORD.finditer(line):
        number = bare(found["id"])
        if numbers and number not in numbers:
            yield Sign(Kind.RECORD_NUMBER, _end(number))
        elif not numbers:
            numbers.append(number)


def other_signs(line: str, known: Identity, other: Identity) -> Iterator[Sign]:
    """Yield what on a line belongs to a person of another case, and not to this one's people."""
    line = line[:_LINE]
    present = words_of(line)
    for name in other.names:
        if len(name) > 1 and name not in known.names and name <= present and _near(line, name):
            yield Sign(Kind.OTHER_CASE, "".join(sorted(f"{word[0].upper()}." for word in name)))
    held = bare(line)
    for number in other.ids - known.ids:
        if len(number) > 4 and number in held:  # noqa: PLR2004 -- shorter ones stand in any line
            yield Sign(Kind.OTHER_CASE, _end(number))
    numbers = re.sub(r"\D", "", line)
    for number in other.phones - known.phones:
        if number in numbers:
            yield Sign(Kind.OTHER_CASE, _end(number))
    for address in other.emails - known.emails:
        if address in line.casefold():
            yield Sign(Kind.OTHER_CASE, f"{address[0]}…")


def _near(line: str, name: frozenset[str]) -> bool:
    """Tell whether the words of a name stand together, and not somewhere on the line."""
    words = [word.casefold() for word in re.findall(r"[^\W\d_]+", line)]
    long = [word for word in words if len(word) > 1]
    size = len(name)
    return any(name == frozenset(long[at : at + size]) for at in range(len(long) - size + 1))


def _is_stranger(name: str, known: Identity) -> bool:
    words = words_of(name)
    if len(words) < 2 or words & _BUSINESS:  # noqa: PLR2004 -- a family and a given name
        return False
    # A middle name more or less is the same person; so is a longer name that begins with it.
    return not any(len(words & held) >= min(2, len(held)) for held in known.names)


def _days(found: re.Match[str]) -> frozenset[date]:
    """Return the days that a written date can mean; a year of two digits has a choice of two."""
    part = found.groupdict()
    if part["iy"]:
        wanted = [(part["iy"], part["im"], part["id"])]
    elif part["name"]:
        month = part["name"][:3].casefold()
        place = _MONTHS.index(month) + 1 if month in _MONTHS else 0
        wanted = [(part["ny"], str(place), part["nd"])]
    else:
        short = len(part["y"]) == 2  # noqa: PLR2004 -- digits of a short year
        years = [f"19{part['y']}", f"20{part['y']}"] if short else [part["y"]]
        wanted = [(year, part["m"], part["d"]) for year in years]
    return frozenset(day for day in map(_date, wanted) if day is not None)


def _date(parts: tuple[str, str, str]) -> date | None:
    try:
        return date(*map(int, parts))
    except ValueError:
        return None


def _end(number: str) -> str:
    kept = bare(number)
    return f"ends in {kept[-2:]}" if len(kept) > 4 else ""  # noqa: PLR2004 -- two of four is half


def _initials(name: str) -> str:
    return " ".join(f"{word[0]}." for word in re.findall(r"[^\W\d_]+", name))
