"""How words, dates and amounts are written on the form.

From the National Uniform Claim Committee's reference manual for the form of 02/12: capitals, no
punctuation but the comma between parts of a name and the hyphen of a double name, no hyphens in
numbers, no dollar sign and no decimal point in amounts.
"""

import re
import unicodedata
from decimal import Decimal

from tmjkit.case import Address, PartialDate

_LETTERS = {"ß": "SS", "Æ": "AE", "Œ": "OE", "Ø": "O", "Ł": "L", "Đ": "D", "Þ": "TH"}
_PHONE = re.compile(r"^(?:\+?1)?([0-9]{3})([0-9]{7})$")


def plain(text: str, keep: str = "") -> str:
    """Write words as the form takes them: capitals without accents and punctuation."""
    wide = "".join(_LETTERS.get(sign.upper(), sign) for sign in text)
    folded = unicodedata.normalize("NFKD", wide.upper())
    kept = "".join(sign for sign in folded if not unicodedata.combining(sign))
    allowed = re.compile(rf"[^A-Z0-9 {re.escape(keep)}]")
    joined = re.sub(r"['\N{RIGHT SINGLE QUOTATION MARK}.]", "", kept)
    return " ".join(allowed.sub(" ", joined).split())


def readable(text: str) -> bool:
    """Tell whether every letter of a text has a form in which the form can be read."""
    folded = unicodedata.normalize("NFKD", "".join(_LETTERS.get(s.upper(), s) for s in text))
    return all(sign.isascii() or not sign.isalnum() for sign in folded)


def person(family: str, given: str) -> str:
    """Write a name: family name, comma, given names; a hyphen stays."""
    return ", ".join(part for part in (plain(family, "-"), plain(given, "-")) if part)


def number(text: str) -> str:
    """Write an id without hyphens and spaces."""
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def place(address: Address) -> tuple[str, str]:
    """Write an address as its street, and its city with state and ZIP code."""
    end = " ".join(part for part in (plain(address.city), address.state or "") if part)
    return plain(address.line, "-#/"), f"{end} {zip_code(address.postal_code)}".strip()


def zip_code(text: str) -> str:
    """Write a ZIP code; the hyphen of nine digits stays."""
    return re.sub(r"[^0-9-]", "", text)


def phone(text: str) -> tuple[str, str] | None:
    """Return area code and the seven digits; None where it is no number of the United States."""
    before = re.split(r"(?i)\s*(?:x|ext)", text)[0]
    found = _PHONE.match(re.sub(r"[^0-9+]", "", before))
    return (found[1], found[2]) if found else None


def day(date: PartialDate, *, year: int = 4) -> dict[str, str]:
    """Write an exact day as month, day and year of four or two digits."""
    if not date.exact or date.month is None or date.day is None:
        return {}
    return {
        "month": f"{date.month:02d}",
        "day": f"{date.day:02d}",
        "year": f"{date.year:04d}"[-year:],
    }


def money(amount: Decimal) -> dict[str, str]:
    """Write an amount as dollars and cents."""
    cents = int(amount * 100)
    return {"dollars": str(cents // 100), "cents": f"{cents % 100:02d}"}
