"""Where a line of text itself says that a name or a telephone number is a person's.

A title, the word for a relative, or a label of a form says so; a name alone does not. Whoever
signs with a degree works in health care, and is no third person of that kind.
"""

import re
from collections.abc import Iterator
from typing import Final

_CAPITAL: Final = "[A-Z\u00c0-\u00d6\u00d8-\u00de]"
_WORD: Final = rf"{_CAPITAL}[\w'\u2019-]*\w"
_DEGREE: Final = (
    r",? ?(?:M\.?D|D\.?O|D\.?D\.?S|D\.?M\.?D|Ph\.?D|R\.?N|N\.?P|P\.?A|P\.?T|DPT|LCSW|PharmD"
    r"|J\.?D)\b"
)
# Spanish and Dutch family names have small words inside: 'Ana de la Cruz'.
_NAME: Final = (
    rf"(?P<name>{_WORD}(?:(?!{_DEGREE}),? (?:(?:de|del|la|las|los|van|von|y) ){{0,2}}"
    rf"(?:{_CAPITAL}\.|{_WORD})){{1,3}})"
)
_TITLE: Final = r"(?:(?i:mr|mrs|ms|miss|sr|sra|srta|señora?|señorita)\b\.? )"
_WHOSE: Final = (
    r"patient|member|beneficiary|insured|subscriber|enrollee|dependent|guarantor|policy ?holder|"
    r"paciente|miembro|beneficiari[oa]|asegurad[oa]|titular|suscriptora?|dependiente"
)
_RELATIVE: Final = (
    r"husband|wife|spouse|mother|father|son|daughter|brother|sister|partner|guardian|caregiver|"
    r"esposo|esposa|marido|madre|padre|hijo|hija|hermano|hermana|pareja|tutora?|cuidadora?"
)
_NAMED: Final = (
    # 'Paciente: Ana Lopez', 'Nombre del asegurado: …', 'Patient Name Maria Lopez'
    re.compile(rf"(?i:\b(?:{_WHOSE})(?:'s)?(?: (?:full )?name)?\s*:)\s*{_TITLE}?{_NAME}"),
    re.compile(rf"(?i:\b(?:{_WHOSE})(?:'s)? name)\s+{_TITLE}?{_NAME}"),
    re.compile(
        rf"(?i:\b(?:nombre|nombre completo|nombre y apellidos?)(?: (?:de la|del|de) (?:{_WHOSE}))?"
        rf"\s*:)\s*{_TITLE}?{_NAME}"
    ),
    # 'Name:' counts where no word before it says whose: 'Provider name:' and 'Drug name:' do.
    re.compile(rf"(?:^|[|;,.]\s*)(?i:(?:full |legal )?name\s*:)\s*{_TITLE}?{_NAME}"),
    re.compile(rf"(?<![\w.]){_TITLE}{_NAME}"),
    re.compile(rf"(?i:\b(?:{_RELATIVE})\b)(?:,|:)? {_TITLE}?{_NAME}"),
)
_NUMBER: Final = r"(?P<phone>(?:\+?1[-. ]?)?\(?\d{3}\)?[-. ]{0,2}\d{3}[-. ]\d{4})(?!\d)"
_PHONE: Final = re.compile(
    rf"^(?i:phone|telephone|tel|ph|tel[eé]fono)(?i: (?:no\.?|number|#))?\.?\s*[:#]?\s*{_NUMBER}"
)
_CALLED: Final = re.compile(
    rf"(?i:\b(?:call|reach|text|phone|llam(?:ar|e) a|called)) (?P<who>{_WORD}(?: {_WORD})?)"
    rf" (?i:at|on|al) {_NUMBER}"
)
_TOLL_FREE: Final = frozenset(("800", "833", "844", "855", "866", "877", "888"))
# A number that stands beside these is that of a place of work.
_OFFICE: Final = re.compile(
    r"(?i:\b(?:fax|office|clinic|hospital|center|centre|department|dept|services?|imaging|radiology|"
    r"pharmacy|laboratory|lab|plan|claims?|appeals?|provider|prescriber|facility|suite|practice|"
    r"dr|md|dds|dmd|insurance|insurer|group|company|inc|llc)\b)"
)


def named(line: str) -> Iterator[str]:
    """Yield each name that a line says is a person's; it may belong to the case."""
    seen: set[str] = set()
    for pattern in _NAMED:
        for found in pattern.finditer(line):
            name = found["name"]
            if name not in seen and not re.match(_DEGREE, line[found.end() :]):
                seen.add(name)
                yield name


def called(line: str) -> Iterator[tuple[str, str]]:
    """Yield each telephone number that looks private, and who is called (empty where not said)."""
    if not _OFFICE.search(line):
        for found in _PHONE.finditer(line):
            if not toll_free(found["phone"]):
                yield found["phone"], ""
        for found in _CALLED.finditer(line):
            if not toll_free(found["phone"]):
                yield found["phone"], found["who"]


def toll_free(number: str) -> bool:
    """Tell whether a number is one that is free to call, as only offices have."""
    return re.sub(r"\D", "", number)[-10:][:3] in _TOLL_FREE
