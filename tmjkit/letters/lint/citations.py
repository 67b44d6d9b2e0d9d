"""Finds citations of law in plain words, and whom each of them governs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from tmjkit.knowledge import ERISA, Regime

_MEDICAID: Final = frozenset({Regime.MEDICAID_MANAGED_CARE, Regime.MEDICAID_FFS})
_MEDICARE: Final = frozenset({Regime.MEDICARE_ADVANTAGE, Regime.PART_D, Regime.ORIGINAL_MEDICARE})
_ACA: Final = ERISA | {Regime.INDIVIDUAL, Regime.GOVERNMENT}
_CFR: Final = r"\s*C\.?\s?F\.?\s?R\.?\s*(?:parts?\s*|\u00a7+\s*|sections?\s*)?"
_USC: Final = r"\s*U\.?\s?S\.?\s?C\.?\s*(?:\u00a7+\s*|sections?\s*)?"


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation that stands in a text.

    Parameters
    ----------
    words, start
        As it is written, and where that begins.
    about
        What it is, such as 'a rule of Medicaid'.
    regimes
        Whom it governs; not looked at for a state's law.
    state
        The state whose law it is; empty for federal law.
    not_grandfathered
        Whether it leaves out grandfathered plans and dental plans that stand alone.
    """

    words: str
    start: int
    about: str
    regimes: frozenset[Regime] = frozenset()
    state: str = ""
    not_grandfathered: bool = False


@dataclass(frozen=True, slots=True)
class _Form:
    pattern: re.Pattern[str]
    about: str
    regimes: frozenset[Regime]
    not_grandfathered: bool = False


def _form(
    pattern: str, about: str, regimes: frozenset[Regime], *, not_grandfathered: bool = False
) -> _Form:
    return _Form(re.compile(pattern, re.IGNORECASE), about, regimes, not_grandfathered)


# Whom each part governs. Sources: 29 USC 1003; 42 CFR 405.900, 422.560, 423.560, 431.200 and
# 438.400 (scope of each subpart); 45 CFR 147.136(a) and (g), 146.145(c) and 148.220 for dental
# plans; 45 CFR 156.20; 42 USC 300gg-21; 5 USC 8902; 32 CFR 199.1; 42 USC 1396, 1395w-21 and -101.
_FEDERAL: Final = (
    _form(
        rf"\b29{_CFR}\S*|\b29{_USC}\S*|\b2560\.503\S*|\bERISA\b|Employee Retirement Income"
        r"|\bnamed fiduciar(?:y|ies)\b|\b502\(\w\)",
        "a rule of ERISA, for private employers' plans",
        ERISA,
    ),
    _form(
        rf"\b42{_CFR}(?:43[0-79]|44\d|45[0-6])\b\S*|\b42{_USC}1396\S*|\bTitle XIX\b"
        r"|\bMedicaid (?:Act|laws?|rules|regulations)\b|\b(?:State )?fair hearings?\b"
        r"|\baid paid pending\b|\baudiencia imparcial\b",
        "a rule of Medicaid",
        _MEDICAID,
    ),
    _form(
        rf"\b42{_CFR}438\b\S*",
        "a rule of Medicaid managed care",
        frozenset({Regime.MEDICAID_MANAGED_CARE}),
    ),
    _form(
        rf"\b42{_CFR}422\b\S*|\b42{_USC}1395w-2\d\S*",
        "a rule of Medicare Advantage",
        frozenset({Regime.MEDICARE_ADVANTAGE}),
    ),
    _form(
        rf"\b42{_CFR}423\b\S*|\b42{_USC}1395w-1\d\d\S*",
        "a rule of Medicare Part D",
        frozenset({Regime.PART_D}),
    ),
    _form(
        rf"\b42{_CFR}405\b\S*|\b42{_USC}1395ff\S*",
        "a rule of Original Medicare",
        frozenset({Regime.ORIGINAL_MEDICARE}),
    ),
    _form(
        rf"\b42{_USC}1395(?!w-[12]|ff)\S*|\bTitle XVIII\b|\bMedicare Act\b",
        "a law on Medicare",
        _MEDICARE,
    ),
    _form(
        rf"\b45{_CFR}147\b\S*",
        "a rule of the Affordable Care Act that leaves out grandfathered plans and dental plans "
        "that stand alone",
        _ACA,
        not_grandfathered=True,
    ),
    _form(
        rf"\b45{_CFR}156\b\S*",
        "a rule on individual and small-group insurance",
        frozenset({Regime.INDIVIDUAL, Regime.ERISA_INSURED}),
    ),
    _form(
        rf"\b42{_USC}300gg\S*",
        "a law on private health plans",
        _ACA | {Regime.CHURCH, Regime.FEHB},
    ),
    _form(
        rf"\b5{_CFR}890\b\S*|\b5{_USC}89\d\d\b\S*|\b48{_CFR}16\d\d\b\S*",
        "a rule of the federal employees' program",
        frozenset({Regime.FEHB}),
    ),
    _form(
        rf"\b32{_CFR}199\b\S*|\b10{_USC}10[79]\d\S*",
        "a rule of TRICARE",
        frozenset({Regime.TRICARE}),
    ),
)

# How each state's statutes and rules are cited (Bluebook, table T1.3), where the name of the
# state does not stand in the citation as it does in 'Texas Insurance Code'.
_SHORT: Final = {
    "AK": r"\bAS \d{2}\.\d",
    "AL": r"\bAla\. (?:Code|Admin)",
    "AR": r"\bArk\. (?:Code|Admin)",
    "AZ": r"\bA\.R\.S\.|\bAriz\. (?:Rev|Admin)",
    "CA": r"\bCal\. (?:Health|Ins|Code|Civ|Gov|Welf)|\bKnox-Keene",
    "CO": r"\bC\.R\.S\.|\bColo\. (?:Rev|Code)",
    "CT": r"\bConn\. (?:Gen|Agencies)",
    "DC": r"\bD\.C\. (?:Code|Mun)",
    "DE": r"\bDel\. (?:Code|Admin)",
    "FL": r"\bFla\. (?:Stat|Admin)|\bF\.S\. \d",
    "GA": r"\bO\.C\.G\.A\.|\bGa\. (?:Code|Comp)",
    "HI": r"\bHaw\. (?:Rev|Code)|\bHRS \d",
    "IA": r"\bIowa Admin",
    "ID": r"\bIdaho Admin",
    "IL": r"\b\d+ ILCS\b|\bIll\. (?:Comp|Admin)",
    "IN": r"\bInd\. (?:Code|Admin)",
    "KS": r"\bK\.S\.A\.|\bKan\. (?:Stat|Admin)",
    "KY": r"\bK\.?R\.?S\.? \d|\b\d+ KAR\b|\bKy\. (?:Rev|Admin)",
    "LA": r"\bLa\. (?:R\.S|Rev|Admin)",
    "MA": r"\bM\.G\.L\.|\bMass\. (?:Gen|Code)|\b\d+ CMR\b",
    "MD": r"\bMd\. (?:Code|Ins)|\bCOMAR\b",
    "ME": r"\bM\.R\.S\.|\bMe\. (?:Rev|Stat)",
    "MI": r"\bMCL \d|\bMich\. (?:Comp|Admin)",
    "MN": r"\bMinn\. (?:Stat|R\.)",
    "MO": r"\bMo\. (?:Rev|Code)|\bRSMo\b",
    "MS": r"\bMiss\. (?:Code|Admin)",
    "MT": r"\bMont\. (?:Code|Admin)",
    "NC": r"\bN\.C\. ?(?:Gen|G\.S|Admin)",
    "ND": r"\bN\.D\.C\.C\.|\bN\.D\. (?:Cent|Admin)",
    "NE": r"\bNeb\. (?:Rev|Admin)",
    "NH": r"\bN\.H\. (?:Rev|Code)|\bRSA \d",
    "NJ": r"\bN\.J\.(?:S\.A|A\.C)\.|\bN\.J\. (?:Stat|Admin|Rev)",
    "NM": r"\bNMSA\b|\bN\.M\. (?:Stat|Code)|\bNMAC\b",
    "NV": r"\bN\.?R\.?S\.? \d|\bNev\. (?:Rev|Admin)|\bN\.?A\.?C\.? \d",
    "NY": r"\bN\.Y\. (?:Ins|Pub|Comp|Soc)|\bNYCRR\b|\bN\.Y\.C\.R\.R\.",
    "OH": r"\bO\.?R\.?C\.? \d|\bOhio (?:Rev|Admin)",
    "OK": r"\bOkla\. (?:Stat|Admin)|\b\d+ O\.S\.",
    "OR": r"\bORS \d|\bOr\. (?:Rev|Admin)|\bOAR \d",
    "PA": r"\bPa\. (?:Cons|Stat|Code)|\bPa\.C\.S\.|\b\d+ P\.S\.",
    "RI": r"\bR\.I\. (?:Gen|Code)",
    "SC": r"\bS\.C\. Code",
    "SD": r"\bSDCL\b|\bS\.D\. (?:Codified|Admin)",
    "TN": r"\bTenn\. (?:Code|Comp)|\bT\.C\.A\.",
    "TX": r"\bTex\. (?:Ins|Admin|Health|Gov)|\b\d+ TAC\b|\b\d+ T\.A\.C\.",
    "UT": r"\bUtah Admin",
    "VA": r"(?<!W\. )\bVa\. (?:Code|Admin)",
    "VT": r"\b\d+ V\.S\.A\.|\bVt\. (?:Stat|Code)",
    "WA": r"\bR\.?C\.?W\.? ?\d|\bW\.?A\.?C\.? ?\d|\bWash\. (?:Rev|Admin)",
    "WI": r"\bWis\. (?:Stat|Admin)",
    "WV": r"\bW\. ?Va\. (?:Code|C\.S\.R)",
    "WY": r"\bWyo\. (?:Stat|Admin)",
}
STATE_NAMES: Final = {
    "Alabama": "AL", "Alaska": "AK", "Arizona": "AZ", "Arkansas": "AR", "California": "CA",
    "Colorado": "CO", "Connecticut": "CT", "Delaware": "DE", "District of Columbia": "DC",
    "Florida": "FL", "Georgia": "GA", "Hawaii": "HI", "Idaho": "ID", "Illinois": "IL",
    "Indiana": "IN", "Iowa": "IA", "Kansas": "KS", "Kentucky": "KY", "Louisiana": "LA",
    "Maine": "ME", "Maryland": "MD", "Massachusetts": "MA", "Michigan": "MI", "Minnesota": "MN",
    "Mississippi": "MS", "Missouri": "MO", "Montana": "MT", "Nebraska": "NE", "Nevada": "NV",
    "New Hampshire": "NH", "New Jersey": "NJ", "New Mexico": "NM", "New York": "NY",
    "North Carolina": "NC", "North Dakota": "ND", "Ohio": "OH", "Oklahoma": "OK", "Oregon": "OR",
    "Pennsylvania": "PA", "Rhode Island": "RI", "South Carolina": "SC", "South Dakota": "SD",
    "Tennessee": "TN", "Texas": "TX", "Utah": "UT", "Vermont": "VT", "West Virginia": "WV",
    "Virginia": "VA", "Washington": "WA", "Wisconsin": "WI", "Wyoming": "WY",
}  # fmt: skip
_KINDS: Final = (
    r"(?:Insurance|Health and Safety|Health & Safety|Civil|Revised|Annotated|Administrative"
    r"|General|Public Health|Compiled|Consolidated|Codified|Century|Official|Labor|Government)"
)
_LAW_OF: Final = re.compile(
    rf"\b(?P<name>{'|'.join(sorted(STATE_NAMES, key=len, reverse=True))})(?:'s|\u2019s)?\s+"
    rf"(?:(?:{_KINDS}\s+){{0,3}}(?:Code|Statutes?|Laws?|Regulations?)"
    r"|(?:also\s+|clearly\s+|now\s+)?(?:requires?|mandates?|obliges?|entitles?|forbids"
    r"|prohibits|compels))\b",
    re.IGNORECASE,
)
_BY_NAME: Final = {name.casefold(): state for name, state in STATE_NAMES.items()}
# Offices that one state alone has.
_OFFICES: Final = (
    (
        re.compile(r"\bDepartment of Managed Health ?Care\b|\bDMHC\b", re.IGNORECASE),
        "California's regulator of health care service plans",
        "CA",
    ),
)
# Nothing is cited without one of these, so that most sentences are looked at once.
_ANY: Final = re.compile(
    r"\d|(?i:erisa|employee retirement|fiduciar|code|statute|laws?\b|regulation|title x|medicaid"
    r"|medicare act|fair hearing|aid paid|audiencia|managed health|dmhc|require|mandate|oblige"
    r"|entitle|forbid|prohibit|compel)|Knox-Keene"
    r"|[A-Z][a-z]{0,4}\. ?[A-Z]|NYCRR|COMAR|RSMo|NMSA|NMAC|SDCL"
)


@cache
def _states() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((state, re.compile(rf"(?:{form})\S*")) for state, form in _SHORT.items())


_SHORT_ANY: Final = re.compile("|".join(_SHORT.values()))


def cited(text: str) -> Iterator[Cited]:
    """Yield the citations in a text: federal law first, then that of states."""
    if not _ANY.search(text):
        return
    for form in _FEDERAL:
        for found in form.pattern.finditer(text):
            words = found[0].rstrip(".,;:)")
            yield Cited(
                words,
                found.start(),
                form.about,
                form.regimes,
                not_grandfathered=form.not_grandfathered,
            )
    for found in _LAW_OF.finditer(text):
        name = " ".join(found["name"].split())
        state = _BY_NAME[name.casefold()]
        yield Cited(found[0], found.start(), f"law of {name}", state=state)
    for pattern, about, state in _OFFICES:
        for found in pattern.finditer(text):
            yield Cited(found[0], found.start(), about, state=state)
    if _SHORT_ANY.search(text):
        for state, pattern in _states():
            for found in pattern.finditer(text):
                words = found[0].rstrip(".,;:)")
                yield Cited(words, found.start(), f"law of {state}", state=state)
