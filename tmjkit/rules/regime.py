"""Which law governs a coverage.

Who funds the plan decides it. A member card seldom tells a self-funded employer plan from an
insured one, so where the funding is not recorded nothing is guessed: the answer is a question.
"""

from typing import Final

from tmjkit.case import AuthorizationRequest, Case, Claim, Coverage, Determination, Funding
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
_CAN_BE_GRANDFATHERED: Final = {
    Regime.ERISA_SELF_FUNDED,
    Regime.ERISA_INSURED,
    Regime.INDIVIDUAL,
    Regime.GOVERNMENT,
    Regime.CHURCH,
}
_STATE_LAW: Final = {
    Regime.ERISA_INSURED,
    Regime.INDIVIDUAL,
    Regime.MEDICAID_MANAGED_CARE,
    Regime.MEDICAID_FFS,
    Regime.GOVERNMENT,
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
    "federal rule for appeals does not bind it."
)
_ASK_CHURCH: Final = (
    "Ask the plan's office which law and which appeal times it follows; most church plans stand "
    "outside the federal rules for employer plans, and a few have chosen to stand under them."
)
_ASK_STATE: Final = "Enter the state whose insurance law applies: where the policy was issued."


def regime(coverage: Coverage) -> RegimeResult:
    """Tell which law governs a coverage, from its funding; never guess.

    Sources: 29 USC 1003(b) for what stands outside ERISA (governmental plans, church plans that
    have not chosen it); 45 CFR 147.140 for grandfathered plans, which 45 CFR 147.136 does not
    reach while 29 CFR 2560.503-1 still binds those of private employers.
    """
    if coverage.funding is None:
        return RegimeResult(
            regime=None,
            why="The record does not say who funds the plan, and that decides which law governs.",
            asks=(_ASK_FUNDING,),
        )
    found = _REGIMES[coverage.funding]
    asks = []
    if found is Regime.ERISA_INSURED:
        asks.append(_ASK_EMPLOYER)
    if found is Regime.CHURCH:
        asks.append(_ASK_CHURCH)
    if found in (Regime.INDIVIDUAL, Regime.GOVERNMENT) and coverage.grandfathered is None:
        asks.append(_ASK_GRANDFATHERED)
    if found in (Regime.ERISA_INSURED, Regime.INDIVIDUAL) and coverage.state is None:
        asks.append(_ASK_STATE)
    return RegimeResult(
        regime=found,
        why=f"The coverage is recorded as: {coverage.funding.label}.",
        asks=tuple(asks),
        grandfathered=coverage.grandfathered if found in _CAN_BE_GRANDFATHERED else None,
        state=coverage.state if found in _STATE_LAW else None,
    )


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
