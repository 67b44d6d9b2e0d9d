"""Where each value stands on the form CMS-1500 (02/12), and how many characters it takes.

The form is printed with 10 characters to the inch across and 6 lines to the inch down, so a place
is a line and a column, both counted from 1. Lengths are the field sizes of the National Uniform
Claim Committee's reference manual for the 02/12 form. Lines and columns are those on which two
independent open billing systems agree (OpenEMR's `Hcfa1500` and FreeMED's REMITT, for the boxes
that the 08/05 and 02/12 forms share), checked against a third that places text in inches. The
committee gives its own print standard to form printers only, so a test page is printed first.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

LINES_A_FORM: Final = 6
"""Service lines that one form takes."""

MOST_DIAGNOSES: Final = 12
MOST_POINTERS: Final = 4


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of the form.

    Parameters
    ----------
    key
        Its name here, such as `5.city` or `24.1.code`; field maps use it.
    number
        Number of its box on the form, such as `5` or `24D`.
    title
        What stands there, in plain words.
    row, column
        Line and column of its first character, from 1.
    length
        Characters that it takes.
    mark
        For a box to be crossed: what the cross says. The value is then `X` or nothing.
    right
        Whether it is set flush right, as amounts are.
    """

    key: str
    number: str
    title: str
    row: int
    column: int
    length: int
    mark: str = ""
    right: bool = False


def _marks(number: str, title: str, row: int, **columns: int) -> Iterator[Slot]:
    for name, column in columns.items():
        key = f"{number}.{name}"
        yield Slot(key, number, title, row, column, 1, mark=name.replace("_", " "))


def _date(key: str, number: str, title: str, row: int, *columns: int, year: int = 4) -> list[Slot]:
    sizes = {"month": 2, "day": 2, "year": year}
    return [
        Slot(f"{key}.{part}", number, f"{title}, {part}", row, column, size)
        for (part, size), column in zip(sizes.items(), columns, strict=True)
    ]


_PAYER = [
    Slot(f"payer.{line}", "payer", f"Payer's name and address, line {line}", line + 1, 41, 38)
    for line in range(1, 5)
]

_INSURED = [
    *_marks(
        "1", "Kind of coverage", 8,
        medicare=1, medicaid=8, tricare=15, champva=24, group=31, feca=39, other=45,
    ),
    Slot("1a", "1a", "Insured's id", 8, 50, 29),
    Slot("2", "2", "Patient's name", 10, 1, 28),
    *_date("3", "3", "Patient's birth date", 10, 31, 34, 37),
    *_marks("3", "Patient's sex", 10, male=42, female=47),
    Slot("4", "4", "Insured's name", 10, 50, 29),
    Slot("5.street", "5", "Patient's street", 12, 1, 28),
    *_marks("6", "Relationship to the insured", 12, self=33, spouse=38, child=42, other=47),
    Slot("7.street", "7", "Insured's street", 12, 50, 29),
    Slot("5.city", "5", "Patient's city", 14, 1, 24),
    Slot("5.state", "5", "Patient's state", 14, 26, 3),
    Slot("7.city", "7", "Insured's city", 14, 50, 23),
    Slot("7.state", "7", "Insured's state", 14, 74, 4),
    Slot("5.zip", "5", "Patient's ZIP code", 16, 1, 12),
    Slot("5.area", "5", "Patient's area code", 16, 15, 3),
    Slot("5.phone", "5", "Patient's telephone", 16, 19, 10),
    Slot("7.zip", "7", "Insured's ZIP code", 16, 50, 12),
    Slot("7.area", "7", "Insured's area code", 16, 65, 3),
    Slot("7.phone", "7", "Insured's telephone", 16, 69, 10),
    Slot("9", "9", "Other insured's name", 18, 1, 28),
    Slot("11", "11", "Insured's policy, group or FECA number", 18, 50, 29),
    Slot("9a", "9a", "Other insured's policy or group number", 20, 1, 28),
    *_marks("10a", "Condition from work", 20, yes=35, no=41),
    *_date("11a", "11a", "Insured's birth date", 20, 53, 56, 59),
    *_marks("11a", "Insured's sex", 20, male=68, female=75),
    *_marks("10b", "Condition from a car accident", 22, yes=35, no=41),
    Slot("10b.state", "10b", "State of the car accident", 22, 45, 2),
    *_marks("10c", "Condition from another accident", 24, yes=35, no=41),
    Slot("11c", "11c", "Plan or program of the insured", 24, 50, 29),
    Slot("9d", "9d", "Plan or program of the other insured", 26, 1, 28),
    *_marks("11d", "Another health benefit plan", 26, yes=52, no=57),
]  # fmt: skip

_ILLNESS = [
    *_date("14", "14", "Onset of the illness", 32, 2, 5, 8),
    Slot("14.qualifier", "14", "What the date of box 14 is", 32, 16, 3),
    Slot("17.qualifier", "17", "What the provider of box 17 did", 34, 1, 2),
    Slot("17", "17", "Referring provider", 34, 4, 24),
    Slot("17b", "17b", "Referring provider's NPI", 34, 33, 10),
    Slot("21.indicator", "21", "Version of the diagnosis codes", 37, 42, 1),
    *(
        Slot(f"21.{letter}", "21", f"Diagnosis {letter}", 38 + place // 4, 3 + 13 * (place % 4), 7)
        for place, letter in enumerate("ABCDEFGHIJKL")
    ),
    Slot("22.code", "22", "Resubmission code", 38, 50, 11),
    Slot("22.reference", "22", "Payer's number of the earlier claim", 38, 62, 18),
    Slot("23", "23", "Prior authorization number", 40, 50, 29),
]


def _service(line: int) -> list[Slot]:
    """Return the places of one service line: the shaded half above, the plain half below."""
    shaded, row, key = 41 + 2 * line, 42 + 2 * line, f"24.{line}"
    begin = _date(f"{key}.from", "24A", f"Line {line}, first day", row, 1, 4, 7, year=2)
    end = _date(f"{key}.to", "24A", f"Line {line}, last day", row, 10, 13, 16, year=2)
    return [
        Slot(f"{key}.shaded", "24", f"Line {line}, drug or description", shaded, 1, 61),
        *begin,
        *end,
        Slot(f"{key}.place", "24B", f"Line {line}, place of service", row, 19, 2),
        Slot(f"{key}.code", "24D", f"Line {line}, procedure code", row, 25, 6),
        *(
            Slot(f"{key}.modifier{n}", "24D", f"Line {line}, modifier {n}", row, 30 + 3 * n, 2)
            for n in range(1, 5)
        ),
        Slot(f"{key}.pointer", "24E", f"Line {line}, diagnosis pointer", row, 45, 4),
        Slot(f"{key}.dollars", "24F", f"Line {line}, charge, dollars", row, 50, 6, right=True),
        Slot(f"{key}.cents", "24F", f"Line {line}, charge, cents", row, 56, 2),
        Slot(f"{key}.units", "24G", f"Line {line}, days or units", row, 59, 3, right=True),
        Slot(f"{key}.npi", "24J", f"Line {line}, rendering provider's NPI", row, 68, 10),
    ]


_BILLING = [
    Slot("25", "25", "Federal tax id", 56, 1, 15),
    *_marks("25", "Kind of tax id", 56, ssn=17, ein=19),
    Slot("26", "26", "Patient's account number", 56, 23, 14),
    *_marks("27", "Assignment accepted", 56, yes=38, no=43),
    Slot("28.dollars", "28", "Total charge, dollars", 56, 51, 7, right=True),
    Slot("28.cents", "28", "Total charge, cents", 56, 58, 2),
    Slot("29.dollars", "29", "Amount paid, dollars", 56, 62, 6, right=True),
    Slot("29.cents", "29", "Amount paid, cents", 56, 68, 2),
    Slot("33.area", "33", "Billing provider's area code", 57, 66, 3),
    Slot("33.phone", "33", "Billing provider's telephone", 57, 70, 9),
    *(Slot(f"32.{n}", "32", f"Place of service, line {n}", 57 + n, 23, 26) for n in (1, 2, 3)),
    *(Slot(f"33.{n}", "33", f"Billing provider, line {n}", 57 + n, 50, 29) for n in (1, 2, 3)),
    Slot("32a", "32a", "Place of service, NPI", 61, 23, 10),
    Slot("33a", "33a", "Billing provider's NPI", 61, 50, 10),
]

SLOTS: Final = (
    *_PAYER,
    *_INSURED,
    *_ILLNESS,
    *(slot for line in range(1, LINES_A_FORM + 1) for slot in _service(line)),
    *_BILLING,
)
"""Every place that can hold a value; boxes 12, 13 and 31 are signatures and have none."""

BY_KEY: Final = {slot.key: slot for slot in SLOTS}

TITLES: Final = {
    "payer": "Payer's address, upper right",
    "1": "Kind of coverage", "1a": "Insured's id", "2": "Patient's name",
    "3": "Patient's birth date and sex", "4": "Insured's name", "5": "Patient's address",
    "6": "Patient's relationship to the insured", "7": "Insured's address",
    "8": "Reserved", "9": "Other insured's name", "9a": "Other insured's policy or group",
    "9b": "Reserved", "9c": "Reserved", "9d": "Other insured's plan",
    "10a": "Condition from work", "10b": "Condition from a car accident",
    "10c": "Condition from another accident", "10d": "Claim codes",
    "11": "Insured's policy or group", "11a": "Insured's birth date and sex",
    "11b": "Other claim id", "11c": "Insured's plan", "11d": "Another health benefit plan",
    "12": "Patient's signature", "13": "Insured's signature", "14": "Onset of the illness",
    "15": "Other date", "16": "Dates unable to work", "17": "Referring provider",
    "17a": "Referring provider, other id", "17b": "Referring provider, NPI",
    "18": "Dates in hospital", "19": "Additional claim information", "20": "Outside laboratory",
    "21": "Diagnoses", "22": "Resubmission and earlier claim", "23": "Prior authorization",
    "24": "Service line, shaded: drug or description", "24A": "Dates of service",
    "24B": "Place of service", "24C": "Emergency", "24D": "Procedures and modifiers",
    "24E": "Diagnosis pointers", "24F": "Charges", "24G": "Days or units",
    "24H": "EPSDT or family plan", "24I": "Rendering provider, kind of id",
    "24J": "Rendering provider, NPI", "25": "Federal tax id", "26": "Patient's account number",
    "27": "Assignment accepted", "28": "Total charge", "29": "Amount paid", "30": "Reserved",
    "31": "Signature of the physician or supplier", "32": "Place of service",
    "32a": "Place of service, NPI", "32b": "Place of service, other id",
    "33": "Billing provider", "33a": "Billing provider, NPI",
    "33b": "Billing provider, other id",
}  # fmt: skip
"""What stands in each box of the form, in plain words, in the order of the form."""

SIGNATURES: Final = ("12", "13", "31")
"""Boxes that a person signs; nothing is ever put there."""

CUT: Final = frozenset({"payer.1", "payer.2", "9d", "11c", "32.1", "33.1"})
"""Places of names that may be cut to their length, as no id or amount may."""


def printed(values: Mapping[str, str]) -> dict[str, str]:
    """Return what fits its place: names cut to it, anything else that is too long left out."""
    found = {}
    for key, text in values.items():
        length = BY_KEY[key].length
        if len(text) <= length or key in CUT:
            found[key] = text[:length].rstrip()
    return found
