"""The shapes of the identifiers and codes that a case holds, and their check digits.

Only the form is checked here: whether a code exists, is valid on a date or fits a treatment
is for the rules, which have the code lists.
"""

import re
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

_NPI_PREFIX = "80840"  # ISO 7812 issuer number of the US health identifiers


def npi_is_valid(npi: str) -> bool:
    """Tell whether ten digits are a National Provider Identifier.

    The last digit is the Luhn check digit over the identifier with the prefix 80840
    (45 CFR 162.406; CMS, "Requirements for National Provider Identifier (NPI) and NPI
    Check Digit").
    """
    if re.fullmatch(r"[12][0-9]{9}", npi) is None:
        return False
    total = 0
    for place, digit in enumerate(reversed(_NPI_PREFIX + npi)):
        number = int(digit) * (2 if place % 2 else 1)
        total += number - 9 if number > 9 else number  # noqa: PLR2004 -- Luhn: sum of digits
    return total % 10 == 0


def _npi(value: str) -> str:
    if not npi_is_valid(value):
        raise ValueError(
            "should be a National Provider Identifier: ten digits that begin with 1 or 2 and "
            "end in the right check digit; look it up in the NPI registry"
        )
    return value


def _pattern(pattern: str, accepted: str) -> AfterValidator:
    compiled = re.compile(pattern)

    def check(value: str) -> str:
        if compiled.fullmatch(value) is None:
            raise ValueError(f"should be {accepted}")
        return value

    return AfterValidator(check)


_Text = StringConstraints(strip_whitespace=True)
_Upper = StringConstraints(strip_whitespace=True, to_upper=True)

_STATES = """
AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ
NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR VI
"""
STATES = frozenset(_STATES.split())


def _state(value: str) -> str:
    if value not in STATES:
        raise ValueError("should be the two letters of a US state or territory, such as CA")
    return value


Npi = Annotated[str, _Text, AfterValidator(_npi)]
StateCode = Annotated[str, _Upper, AfterValidator(_state)]
Icd10Code = Annotated[
    str,
    _Upper,
    _pattern(
        r"[A-TV-Z][0-9][0-9AB](\.[0-9A-Z]{1,4})?", "an ICD-10-CM code with its dot, such as M79.11"
    ),
]
HcpcsCode = Annotated[
    str, _Upper, _pattern(r"[A-V][0-9]{4}", "a HCPCS Level II code such as J0585")
]
ProcedureCode = Annotated[
    str,
    _Upper,
    _pattern(
        r"[0-9]{4}[0-9AFTU]|[A-V][0-9]{4}",
        "a procedure code of five characters, such as 64999, J0585 or D7880",
    ),
]
Modifier = Annotated[str, _Upper, _pattern(r"[0-9A-Z]{2}", "a modifier of two characters")]
Carc = Annotated[
    str,
    _Upper,
    _pattern(
        r"((CO|CR|OA|PI|PR)-?)?([A-W][0-9]{1,2}|[0-9]{1,3})",
        "a claim adjustment reason code such as CO-50 or 50",
    ),
]
Rarc = Annotated[
    str, _Upper, _pattern(r"(M|MA|N)[0-9]{1,4}", "a remittance advice remark code such as N115")
]
Ndc = Annotated[
    str,
    _Text,
    _pattern(
        r"[0-9]{4,5}-[0-9]{3,4}(-[0-9]{1,2})?|[0-9]{11}",
        "a National Drug Code such as 0023-1145-01 or its 11 digits",
    ),
]
TaxId = Annotated[
    str,
    _Text,
    _pattern(r"[0-9]{2}-[0-9]{7}", "an employer identification number such as 00-1234567"),
]
Sha256 = Annotated[str, _Text, _pattern(r"[0-9a-f]{64}", "a SHA-256 digest in lower-case hex")]
Phone = Annotated[
    str, _Text, _pattern(r"[0-9+(). \-xext]{7,40}", "a phone or fax number such as 202-555-0101")
]
Email = Annotated[str, _Text, _pattern(r"[^@\s]+@[^@\s]+\.[^@\s]+", "an e-mail address")]
