"""Whether a state's law on coverage of TMD reaches a plan, and how far its words go."""

from collections.abc import Iterator
from typing import Final

from tmjkit.knowledge import Fact, FactKind, Regime
from tmjkit.knowledge.mandate import Mandate, MandateForm, Market, Reach
from tmjkit.rules.triage.context import Context
from tmjkit.rules.triage.model import StateLaw

# Whose plans state insurance law does not reach, and why in words.
_NEVER: Final = {
    Regime.ERISA_SELF_FUNDED: "A state's law on coverage does not help: the employer pays this "
    "plan itself, and such a plan stands outside state insurance law.",
    Regime.FEHB: "A state's law on coverage does not help: federal law takes its place for plans "
    "of federal employees.",
    Regime.TRICARE: "A state's law on coverage does not help: TRICARE has its own rules.",
    Regime.MEDICARE_ADVANTAGE: "A state's law on coverage does not help: Medicare has its own "
    "rules.",
    Regime.PART_D: "A state's law on coverage does not help: Medicare has its own rules.",
    Regime.ORIGINAL_MEDICARE: "A state's law on coverage does not help: Medicare has its own "
    "rules.",
    Regime.MEDICAID_MANAGED_CARE: "A state's law on insurance is not what governs Medicaid: look "
    "in the State's own Medicaid rules for what it covers.",
    Regime.MEDICAID_FFS: "A state's law on insurance is not what governs Medicaid: look in the "
    "State's own Medicaid rules for what it covers.",
}
_WHY_NEVER: Final = {Regime.ERISA_SELF_FUNDED: ("B-ERISA",), Regime.FEHB: ("B-FEHB",)}
_REST: Final = "B-OTHER-STATES"
_LEFT: Final = "necessity and evidence are still to be shown"
_TAKES_AWAY: Final = (
    "Where it reaches the plan, it takes away the argument that the plan excludes the care; "
    f"{_LEFT}."
)
# What a law is good for against an exclusion where it is less than a duty to cover this care.
_BY_FORM: Final = {
    MandateForm.OFFER: "Only where the policy took the offer up does it take away the argument "
    f"that the plan excludes the care; {_LEFT}.",
    MandateForm.OPINION: "It can be argued against an exclusion, and binds nobody as a statute "
    f"does; {_LEFT}.",
}
_BY_REACH: Final = {
    Reach.WEAK: "So narrow a wording does not by itself take away an exclusion of this care.",
    Reach.SURGICAL: "It does not by itself take away an exclusion of an injection into a muscle.",
    Reach.OTHER_CARE: "It does not take away an exclusion of this care.",
    Reach.UNKNOWN: "Whether it takes away an exclusion of this care is open until its text is "
    "read.",
}


def state_law(context: Context) -> tuple[StateLaw, ...]:
    """Return what is on record of the law of the plan's state, and whether it reaches the plan.

    Sources: section B of the facts, one for each state; B-ERISA (29 USC 1144; FMC Corp. v.
    Holliday) for plans that employers pay themselves; B-SITUS for which state's law it is. That
    no law is on record never means that there is none.
    """
    regime, coverage = context.regime, context.coverage
    if regime is None or coverage is None or context.law is None:
        return (StateLaw(None, "Whether a state's law helps depends on who funds the plan."),)
    if regime in _NEVER:
        facts = context.held(*_WHY_NEVER.get(regime, ()))
        return (StateLaw(reaches=False, says=_NEVER[regime], facts=facts),)
    found = tuple(_laws(context))
    if context.law.insured is False and all(law.reaches is False for law in found):
        return (
            StateLaw(
                reaches=False,
                says="A state's law on insurance does not reach this plan: no insurer bears its "
                "risk.",
            ),
        )
    if context.law.insured is None and regime is Regime.CHURCH:
        return (
            StateLaw(
                None,
                "Whether a state's law helps depends on whether an insurer bears the plan's risk: "
                "ask, and enter it under Insured.",
            ),
        )
    if coverage.state is None:
        return (StateLaw(None, "Enter the state in which the policy was issued."),)
    return (*(found or _none(context)), *_situs(context))


def removes_exclusion(context: Context, laws: tuple[StateLaw, ...]) -> tuple[str, ...]:
    """Return the ids of the laws that reach the plan and, by their words, this care."""
    open_ones = (MandateForm.MANDATE, MandateForm.PARITY, MandateForm.NO_EXCLUSION)
    return tuple(
        name
        for law in laws
        if law.reaches is not False
        for name in law.facts
        if (mandate := context.known[name].mandate) is not None
        and (mandate.form in open_ones or mandate.form is MandateForm.OPINION)
        and mandate.reach in (Reach.STRONG, Reach.GOOD)
        and context.known[name].letter_ready
    )


def _laws(context: Context) -> Iterator[StateLaw]:
    state = context.coverage.state if context.coverage else None
    for fact in context.known.values():
        if (
            fact.kind is FactKind.MANDATE
            and fact.mandate is not None
            and fact.mandate.state is not None
            and fact.mandate.state == state
            and context.holds(fact)
        ):
            reaches, why = _reaches(fact.mandate, context)
            says = _words(fact, fact.mandate, reaches=reaches, why=why)
            yield StateLaw(reaches, says, (fact.id,))


def _reaches(mandate: Mandate, context: Context) -> tuple[bool | None, str]:
    """Tell whether a law reaches the plan: by market, by who bears the risk, by its day."""
    if barred := _barred(mandate, context):
        return False, barred
    if doubt := _doubt(mandate, context):
        return None, doubt
    return True, ""


def _barred(mandate: Mandate, context: Context) -> str:
    """Say why a law does not reach the plan; empty where nothing on record bars it."""
    if mandate.starts and mandate.starts > context.today:
        return f"it holds only from {mandate.starts.isoformat()}"
    individual = context.regime is Regime.INDIVIDUAL
    if individual and mandate.group_only:
        return "it reaches group plans and not an individual one"
    if not individual and set(mandate.markets) == {Market.INDIVIDUAL}:
        return "it reaches individual plans and not a group's"
    insured = context.law.insured if context.law else None
    if insured is False and not _names_government(mandate):
        return "no insurer bears the risk of this plan"
    return ""


def _doubt(mandate: Mandate, context: Context) -> str:
    """Say what has to be found out before it is known whether a law reaches the plan."""
    if mandate.form is MandateForm.NONE_FOUND:
        return "no text of a law was found"
    if context.regime is Regime.GOVERNMENT and context.law and context.law.insured is not True:
        if _names_government(mandate):
            return f"it names {mandate.markets_words or 'government plans'}: ask which it is"
        return "it reaches a government's plan only where an insurer bears the risk: ask"
    if mandate.form is MandateForm.OFFER:
        return "insurers only have to offer it: ask whether this policy took it up"
    if set(mandate.markets) == {Market.LARGE_GROUP}:
        return "it reaches large-group plans: ask the employer how large the group is"
    return ""


def _names_government(mandate: Mandate) -> bool:
    return bool({Market.LOCAL_GOVERNMENT, Market.STATE_PLAN} & set(mandate.markets))


def _words(fact: Fact, mandate: Mandate, *, reaches: bool | None, why: str) -> str:
    parts = [
        f"{fact.title} ({fact.citation}; {fact.caveat or fact.confidence.label}):",
        fact.statement,
    ]
    if mandate.form is not MandateForm.NONE_FOUND:
        parts.append(f"It {mandate.form.label}; {mandate.reach.label}.")
    if reaches is False:
        parts.append(f"It does not reach this plan: {why}.")
    elif why:
        parts.append(f"{why[0].upper()}{why[1:]}.")
    if mandate.markets_words and reaches is not False:
        parts.append(f"It names: {mandate.markets_words}.")
    if mandate.cap:
        parts.append(f"Limit: {mandate.cap}.")
    if fact.note:
        parts.append(fact.note)
    if reaches is not False and mandate.form is not MandateForm.NONE_FOUND:
        parts.append(_against_exclusion(mandate))
    return " ".join(parts)


def _against_exclusion(mandate: Mandate) -> str:
    """Say what a law does to an exclusion of this care; it never does more than its words."""
    return _BY_REACH.get(mandate.reach) or _BY_FORM.get(mandate.form, _TAKES_AWAY)


def _none(context: Context) -> tuple[StateLaw, ...]:
    state = context.coverage.state if context.coverage else ""
    return (
        StateLaw(
            None,
            f"No law of {state} on coverage of TMD is on record here; it was not looked for, so "
            "that says nothing. Ask the state's insurance department.",
            context.held(_REST),
        ),
    )


def _situs(context: Context) -> Iterator[StateLaw]:
    """Yield that the law may be that of another state than the patient's."""
    coverage, home = context.coverage, context.case.patient.address
    here = coverage.state if coverage else None
    lives = home.state if home else None
    facts = context.held("B-SITUS")
    if facts and lives and here and lives != here:
        yield StateLaw(
            None,
            f"The patient lives in {lives} and the policy is recorded for {here}. Usually the law "
            "of the state in which a group policy was issued holds; some states reach their own "
            "residents too. Ask which state governs the certificate, and look at both.",
            facts,
        )
