"""Which law governs a coverage.

Who funds the plan decides it. A member card seldom tells a self-funded employer plan from an
insured one, so where the funding is not recorded nothing is guessed: the answer is a question.
"""

from collections.abc import Iterator
from typing import Final

from tmjkit.case import (
    AuthorizationRequest,
    Benefit,
    Case,
    Claim,
    Coverage,
    Determination,
    Funding,
    Product,
)
from tmjkit.knowledge import Regime
from tmjkit.rules.model import RegimeResult

_REGIMES: Final = {
    Funding.SELF_FUNDED_ERISA: Regime.ERISA_SELF_FUNDED,
    Funding.INSURED_GROUP: Regime.ERISA_INSURED,
    Funding.INDIVIDUAL: Regime.INDIVIDUAL,
    Funding.STATE_LOCAL_GOVERNMENT: Regime.GOVERNMENT,
    Funding.CHURCH: Regime.CHURCH,
    Funding.MEDICARE_ADVANTAGE: Regime.MEDICARE_ADVANTAGE,
    Funding.PART_D: Regime.PART_D,
    Funding.ORIGINAL_MEDICARE: Regime.ORIGINAL_MEDICARE,
    Funding.MEDICAID_MANAGED_CARE: Regime.MEDICAID_MANAGED_CARE,
    Funding.MEDICAID_FFS: Regime.MEDICAID_FFS,
    Funding.TRICARE: Regime.TRICARE,
    Funding.FEHB: Regime.FEHB,
}

# 45 CFR 147.140: only these plans can be grandfathered.
_CAN_BE_GRANDFATHERED: Final = frozenset(
    {
        Regime.ERISA_SELF_FUNDED,
        Regime.ERISA_INSURED,
        Regime.INDIVIDUAL,
        Regime.GOVERNMENT,
        Regime.CHURCH,
    }
)
_STATE_LAW: Final = frozenset(
    {
        Regime.ERISA_INSURED,
        Regime.INDIVIDUAL,
        Regime.MEDICAID_MANAGED_CARE,
        Regime.MEDICAID_FFS,
        Regime.GOVERNMENT,
    }
)
# A group plan may ask for one or two appeals, an individual one for one (45 CFR
# 147.136(b)(3)(ii)(G)); a plan that pays itself follows the federal process.
_TWO_LEVELS: Final = frozenset({Regime.ERISA_SELF_FUNDED, Regime.ERISA_INSURED, Regime.GOVERNMENT})
_TWO_PROCESSES: Final = frozenset({Regime.ERISA_INSURED, Regime.INDIVIDUAL, Regime.GOVERNMENT})
# Fee for service steers care through no network: a network product beside it is a slip.
_NO_NETWORK: Final = frozenset({Regime.ORIGINAL_MEDICARE, Regime.MEDICAID_FFS})
_NETWORK: Final = frozenset({Product.HMO, Product.PPO, Product.EPO, Product.POS})

_FACTS: Final = {
    Regime.ERISA_SELF_FUNDED: ("B-ERISA",),
    Regime.ERISA_INSURED: ("B-ERISA", "B-SITUS"),
    Regime.FEHB: ("B-FEHB",),
}

_REACH: Final = {
    Regime.ERISA_SELF_FUNDED: "State insurance law on benefits and outside review does not reach "
    "a plan that the employer pays itself.",
    Regime.ERISA_INSURED: "State insurance law reaches the plan too, through its insurer.",
    Regime.INDIVIDUAL: "State insurance law reaches the plan too.",
    Regime.GOVERNMENT: "Federal rules for private employers' plans do not hold; state insurance "
    "law reaches the plan only where an insurer bears the risk.",
    Regime.CHURCH: "Federal rules for private employers' plans hold only where the plan has "
    "chosen them; state insurance law reaches it only where an insurer bears the risk.",
    Regime.MEDICARE_ADVANTAGE: "Medicare's own rules hold; state laws on benefits do not help.",
    Regime.PART_D: "Medicare's own rules hold; state laws on benefits do not help.",
    Regime.ORIGINAL_MEDICARE: "Medicare's own rules hold; state laws on benefits do not help.",
    Regime.MEDICAID_MANAGED_CARE: "The federal rules on Medicaid and the State's own hold: first "
    "the plan's appeal, then the State's fair hearing.",
    Regime.MEDICAID_FFS: "The federal rules on Medicaid and the State's own hold: the State pays "
    "itself, and the first step is its fair hearing.",
    Regime.TRICARE: "TRICARE's own rules hold; state laws on benefits do not help.",
    Regime.FEHB: "The federal employees' program has its own steps; state laws on benefits do not "
    "help.",
}

_ASK_FUNDING: Final = (
    "Ask the employer's human resources office whether the plan is self-funded or insured, or "
    "read the funding section of the summary plan description. The member card alone does not "
    "tell. For cover that is not from an employer, ask the payer what kind of plan it is."
)
_ASK_EMPLOYER: Final = (
    "Make sure that the employer is private: a church's or a government's plan stands under "
    "another law and is recorded as such."
)
_ASK_GRANDFATHERED: Final = (
    "Ask the payer, or look in the plan booklet, whether the plan is grandfathered: then the "
    "federal rules on appeals and outside review of the Affordable Care Act do not bind it."
)
_ASK_CHURCH: Final = (
    "Ask the plan's office which law and which appeal times it follows. Most church plans stand "
    "outside the federal rules for employer plans; one that has chosen to stand under them is "
    "recorded as an employer plan, self-funded or insured."
)
_ASK_INSURED: Final = (
    "Ask the plan's office whether an insurer bears the risk or the plan pays itself, and enter "
    "it under Insured: state insurance law reaches only insured plans."
)
_ASK_STATE: Final = (
    "Enter the state whose insurance law applies: where the policy was issued, which for a group "
    "may be another state than the patient's. The certificate names it."
)
_ASK_MEDICAID_STATE: Final = "Enter the State whose Medicaid program it is: it sets its own times."
_ASK_BENEFIT: Final = (
    "Ask which benefit pays for it: the medical benefit where the clinic buys and bills the drug, "
    "the pharmacy benefit where a pharmacy sends it, or the dental benefit."
)
_ASK_LEVELS: Final = (
    "Read in the denial notice or the plan document how many internal appeals the plan asks for, "
    "one or two, and enter it under Coverages: its time to decide depends on it."
)
_ASK_PROCESS: Final = (
    "Read in the denial notice which process of outside review it names, the state's or a federal "
    "one, and enter it under Coverages."
)
_ASK_PHARMACY: Final = (
    "Check the coverage: a drug from the pharmacy benefit of a Medicare Advantage plan stands "
    "under the rules of Part D, whose times are shorter. Where it is so, record it as Medicare "
    "Part D."
)
_ASK_NETWORK: Final = (
    "Check the kind of plan: it is recorded with a network product, and {label} has none. It may "
    "be a managed plan instead."
)


_FIELDS: Final = {
    _ASK_FUNDING: "funding",
    _ASK_EMPLOYER: "funding",
    _ASK_CHURCH: "funding",
    _ASK_PHARMACY: "funding",
    _ASK_INSURED: "insured",
    _ASK_GRANDFATHERED: "grandfathered",
    _ASK_STATE: "state",
    _ASK_MEDICAID_STATE: "state",
    _ASK_LEVELS: "internal_levels",
    _ASK_PROCESS: "external_process",
    _ASK_BENEFIT: "benefit",
}


def asked_field(ask: str) -> str:
    """Return the field of a coverage in which the answer to a question of `regime` belongs."""
    # The question about the network names the kind of plan, so it has no fixed words.
    return _FIELDS.get(ask, "product")


def regime(coverage: Coverage) -> RegimeResult:
    """Tell which law governs a coverage, from its funding; never guess.

    Sources: 29 USC 1003(b) for what stands outside ERISA (governmental plans, church plans that
    have not chosen it); 29 USC 1144 and FMC Corp. v. Holliday for state law, which reaches an
    employer's plan only through an insurer (fact B-ERISA); 5 USC 8902(m)(1) for FEHB (B-FEHB);
    45 CFR 147.140 for grandfathered plans, which 45 CFR 147.136 does not reach while
    29 CFR 2560.503-1 still binds those of private employers.
    """
    if coverage.funding is None:
        return RegimeResult(
            regime=None,
            why="The record does not say who funds the plan, and that decides which law governs.",
            asks=(_ASK_FUNDING,),
        )
    found = _REGIMES[coverage.funding]
    insured = _insured(found, coverage)
    state_law = found in _STATE_LAW or (found is Regime.CHURCH and insured)
    return RegimeResult(
        regime=found,
        why=f"The coverage is recorded as: {coverage.funding.label}. {_REACH[found]}",
        asks=tuple(_asks(found, coverage)),
        grandfathered=coverage.grandfathered if found in _CAN_BE_GRANDFATHERED else None,
        state=coverage.state if state_law else None,
        insured=insured,
        facts=_FACTS.get(found, ()),
    )


def _insured(found: Regime, coverage: Coverage) -> bool | None:
    """Tell whether an insurer bears the risk; None where the funding leaves it open."""
    if found in (Regime.GOVERNMENT, Regime.CHURCH):
        return coverage.insured
    return found in (Regime.ERISA_INSURED, Regime.INDIVIDUAL)


def _asks(found: Regime, coverage: Coverage) -> Iterator[str]:
    """Yield what to find out, what changes most first."""
    if found is Regime.ERISA_INSURED:
        yield _ASK_EMPLOYER
    if found is Regime.CHURCH:
        yield _ASK_CHURCH
    if found in (Regime.GOVERNMENT, Regime.CHURCH) and coverage.insured is None:
        yield _ASK_INSURED
    if found in _CAN_BE_GRANDFATHERED and coverage.grandfathered is None:
        yield _ASK_GRANDFATHERED
    insured = found in (Regime.ERISA_INSURED, Regime.INDIVIDUAL) or bool(
        coverage.insured and found in (Regime.GOVERNMENT, Regime.CHURCH)
    )
    if insured and coverage.state is None:
        yield _ASK_STATE
    if found in (Regime.MEDICAID_MANAGED_CARE, Regime.MEDICAID_FFS) and coverage.state is None:
        yield _ASK_MEDICAID_STATE
    if found is Regime.MEDICARE_ADVANTAGE and coverage.benefit is Benefit.PHARMACY:
        yield _ASK_PHARMACY
    if found in _NO_NETWORK and coverage.product in _NETWORK:
        yield _ASK_NETWORK.format(label=found.label)
    if found in _TWO_LEVELS and coverage.internal_levels is None:
        yield _ASK_LEVELS
    if found in _TWO_PROCESSES and coverage.external_process is None:
        yield _ASK_PROCESS
    if coverage.benefit is None:
        yield _ASK_BENEFIT


def coverage_of(
    case: Case, record: Determination | AuthorizationRequest | Claim
) -> Coverage | None:
    """Return the coverage that a record concerns; None where the case does not say which.

    Taken from the record, or from the request, claim or appeal that a determination decides, or
    because the case has only one coverage.
    """
    named = record.coverage_id
    if named is None and isinstance(record, Determination) and record.about_id:
        named = _coverage_id_behind(case, record.about_id)
    if named is not None:
        return next((item for item in case.coverages if item.id == named), None)
    return case.coverages[0] if len(case.coverages) == 1 else None


def _coverage_id_behind(case: Case, about_id: str) -> str | None:
    """Follow what a determination is about to its coverage, through appeals, without circling."""
    seen: set[str] = set()
    target: str | None = about_id
    while target and target not in seen:
        seen.add(target)
        asked: list[AuthorizationRequest | Claim | Determination] = [
            *case.requests,
            *case.claims,
            *case.determinations,
        ]
        for item in asked:
            if item.id == target and item.coverage_id:
                return item.coverage_id
        onward = {item.id: item.about_id for item in case.determinations}
        onward |= {item.id: item.determination_id for item in case.appeals}
        target = onward.get(target)
    return None
