"""Which process of external review a plan follows, and which rules limit it.

Source: 45 CFR 147.136(c) and (d). A state's process binds insured plans of that state only; a
self-funded plan of a private employer follows the federal process whatever its state.
"""

from tmjkit.case import Coverage, ExternalProcess
from tmjkit.knowledge import Fact, Regime
from tmjkit.rules.deadlines.setting import Setting
from tmjkit.rules.model import RegimeResult

REVIEWED = frozenset(
    {Regime.ERISA_SELF_FUNDED, Regime.ERISA_INSURED, Regime.INDIVIDUAL, Regime.GOVERNMENT}
)
"""Regimes whose plans the external review of the Affordable Care Act reaches."""

_INSURED = frozenset({Regime.ERISA_INSURED, Regime.INDIVIDUAL})


def follows_state(coverage: Coverage | None, law: RegimeResult | None) -> bool:
    """Tell whether a plan is taken to follow a state's process.

    Insured plans are, unless the notice names a federal process.
    """
    if law is None or law.regime not in _INSURED:
        return False
    named = coverage.external_process if coverage else None
    return named in (None, ExternalProcess.STATE)


def perhaps_state(coverage: Coverage | None, law: RegimeResult | None) -> bool:
    """Tell whether an insurer bears the risk of a government's plan, which no notice placed.

    45 CFR 147.136(c) reaches it through its insurer, while the state rules on record were read for
    other plans only.
    """
    if law is None or law.regime is not Regime.GOVERNMENT or not law.insured:
        return False
    named = coverage.external_process if coverage else None
    return named in (None, ExternalProcess.STATE)


def external_rules(
    setting: Setting, coverage: Coverage | None, law: RegimeResult | None
) -> list[Fact]:
    """Return the rules that limit asking for external review, the one that governs first."""
    if follows_state(coverage, law):
        return _own_first(setting.clocks("external-review-state", law))
    hhs = coverage is not None and coverage.external_process is ExternalProcess.HHS
    # Four months with no roll: no state may give less, so it is safe whichever process holds.
    if hhs or perhaps_state(coverage, law):
        found = setting.clocks("external-review-hhs", law)
        if found:
            return found
    return setting.clocks("external-review", law)


def decision_rules(
    setting: Setting, coverage: Coverage | None, law: RegimeResult | None
) -> list[Fact]:
    """Return the rules that limit the decision of an external review."""
    if not follows_state(coverage, law):
        return setting.clocks("external-decision", law)
    found = setting.clocks("external-decision-state", law)
    return [item for item in found if item.states] or found


def _own_first(rules: list[Fact]) -> list[Fact]:
    """Put a state's own rule before what federal law makes every state allow."""
    return sorted(rules, key=lambda item: not item.states)
