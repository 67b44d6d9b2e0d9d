"""Which process of review outside the plan governs, where the request goes, and by which rules.

Source: 45 CFR 147.136(c) and (d): a state's process binds insured plans of that state, a plan that
pays itself follows the federal one. The addresses and what each form asks for are facts A-XR-*.
"""

from dataclasses import dataclass
from typing import Final

from tmjkit.case import Coverage, ExternalProcess, Product
from tmjkit.knowledge import Regime
from tmjkit.letters.gap import Gap
from tmjkit.letters.view import missing
from tmjkit.rules import RegimeResult

FEDERAL: Final = "federal"
HHS: Final = "hhs"
STATE: Final = "state"
"""The process of a state whose form is not on record."""

WITH_FORMS: Final = ("CA", "NY", "TX", "IL", "WA", "MN")
"""States with a process of their own whose form is on record."""

WITHOUT_OWN: Final = ("FL",)
"""States that run none: their insured plans follow a federal one, and the denial says which (A-FL).
"""

DANGERS: Final = "F-URGENT-WORDS-EXT"
"""The dangers for which a federal process is expedited; a state's own rule names its own."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The facts of a process: each holds only where it governs, so a letter asks for those that do.

    Parameters
    ----------
    form, scope, time
        What the form asks for, which denials it reaches, and the time for asking.
    decided, fast
        The reviewer's time, in the usual and in the expedited review.
    rights
        What else holds, such as a decision without deference.
    addresses
        Where the request goes; empty where it goes to the plan; several where the final denial
        says which.
    """

    form: tuple[str, ...]
    scope: tuple[str, ...]
    time: tuple[str, ...]
    decided: tuple[str, ...] = ()
    fast: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


_OF_STATE: Final = ("A-EXT-STATE-FILE",)
RULES: Final = {
    FEDERAL: Rules(
        form=("A-XR-PLAN",),
        scope=("A-EXT-SCOPE",),
        time=("A-EXT-FILE",),
        decided=("A-EXT-DEC",),
        fast=(DANGERS,),
        rights=("A-EXT-DENOVO", "A-EXT-INFO", "A-EXT-COST"),
    ),
    HHS: Rules(
        form=("A-XR-HHS-FORM",),
        scope=("A-EXT-SCOPE",),
        time=("A-EXT-HHS-FILE",),
        decided=("A-EXT-DEC",),
        fast=(DANGERS,),
        rights=("A-EXT-COST",),
        addresses=("A-XR-HHS",),
    ),
    "CA": Rules(
        form=("A-XR-CA-FORM",),
        scope=("A-CA-COVDEC",),
        time=("A-CA-FILE",),
        decided=("A-CA-DEC",),
        fast=("A-CA-EXP",),
        rights=("A-CA",),
        addresses=("A-XR-CA", "A-XR-CA-CDI"),
    ),
    "NY": Rules(
        form=("A-XR-NY-FORM",),
        scope=("A-XR-NY-SCOPE",),
        time=("A-NY",),
        decided=("A-NY-DEC",),
        fast=("A-NY-DEC-EXP",),
        addresses=("A-XR-NY",),
    ),
    "TX": Rules(
        form=("A-XR-TX-FORM",),
        scope=("A-XR-TX-SCOPE",),
        time=_OF_STATE,
        decided=("A-TX-DEC",),
        fast=("A-TX-EXP",),
    ),
    "IL": Rules(
        form=("A-XR-IL-FORM",),
        scope=("A-XR-IL-SCOPE",),
        time=("A-IL",),
        decided=("A-IL-DEC",),
        fast=("A-IL-EXP",),
        addresses=("A-XR-IL",),
    ),
    "WA": Rules(
        form=("A-XR-WA-FORM",),
        scope=("A-XR-WA-SCOPE",),
        time=("A-XR-WA-TIME",),
        decided=("A-WA-DEC",),
        fast=("A-WA-EXP",),
    ),
    "MN": Rules(
        form=("A-XR-MN-FORM",),
        scope=(),
        time=("A-MN",),
        decided=("A-MN-DEC",),
        fast=("A-MN-EXP",),
        addresses=("A-XR-MN-HEALTH", "A-XR-MN-COMMERCE"),
    ),
    STATE: Rules(
        form=(),
        scope=(),
        time=_OF_STATE,
        decided=("A-EXT-STATE-DEC",),
        fast=("A-EXT-STATE-EXP",),
    ),
}

# One department takes HMOs, another one insurers; a product other than an HMO leaves California
# open, where a PPO can stand under either.
_BY_HMO: Final = {
    "CA": {Product.HMO: ("A-XR-CA",)},
    "MN": {
        Product.HMO: ("A-XR-MN-HEALTH",),
        Product.PPO: ("A-XR-MN-COMMERCE",),
        Product.INDEMNITY: ("A-XR-MN-COMMERCE",),
    },
}


def addresses(process: str, coverage: Coverage | None) -> tuple[str, ...]:
    """Return the facts that name where the request goes; several where the denial says which."""
    rules = RULES.get(process)
    if rules is None:
        return ()
    known = _BY_HMO.get(process, {})
    product = coverage.product if coverage else None
    return known.get(product, rules.addresses) if product else rules.addresses


def process_of(coverage: Coverage | None, law: RegimeResult | None) -> str | Gap:
    """Return the process that governs, or what has to be found out first."""
    if coverage is None or law is None or law.regime is None:
        return _gap(coverage, "the funding of the plan decides it", "funding")
    named = _FEDERAL_ONES.get(coverage.external_process) if coverage.external_process else None
    none = law.state in WITHOUT_OWN
    if law.regime is Regime.ERISA_SELF_FUNDED:
        named = FEDERAL
    elif named is None and law.regime is Regime.GOVERNMENT:
        told = coverage.external_process is ExternalProcess.STATE
        named = STATE if told and not none else ""
    elif named is None and (none or law.state is None):
        named = ""
    elif named is None:
        named = law.state if law.state in WITH_FORMS else STATE
    if named:
        return named
    if law.regime is not Regime.GOVERNMENT and law.state is None:
        return _gap(coverage, "enter the state whose insurance law applies", "state")
    if none:
        return _gap(coverage, _NONE_OF_ITS_OWN, "external_process")
    return _gap(coverage, "the final denial names it", "external_process")


def process_name(coverage: Coverage | None, law: RegimeResult | None) -> str:
    """Return the process that governs; empty where that has to be found out first."""
    found = process_of(coverage, law)
    return "" if isinstance(found, Gap) else found


_NONE_OF_ITS_OWN: Final = (
    "Florida runs no process of its own, so its plans follow a federal one: read in the final "
    "denial whether it is the plan's reviewer (federal) or the one that HHS runs, and enter that"
)
_FEDERAL_ONES: Final = {ExternalProcess.FEDERAL: FEDERAL, ExternalProcess.HHS: HHS}


def _gap(coverage: Coverage | None, how: str, field: str) -> Gap:
    return missing(
        "Process of external review",
        f"Insurance coverage: {how}",
        record=coverage.id if coverage else "coverages",
        field=field,
    )
