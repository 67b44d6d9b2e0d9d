"""Which paper comes next: a stable name of its kind, and a sentence on what it does.

The names are those of `tmjkit letter`; a test holds the two together. Where the law of the plan has
no letter for a step, such as a denial that the plan itself sends on, the name is empty and the
sentence says what happens. An expedited appeal is never named: that waiting is dangerous is a
clinician's word.
"""

from typing import Final

from tmjkit.case import Level
from tmjkit.knowledge import Regime
from tmjkit.knowledge.denial import DenialKind
from tmjkit.rules.triage.context import Context
from tmjkit.rules.triage.model import NextLetter, Standing

_FOR_KIND: Final = {
    DenialKind.CODING: NextLetter(
        "corrected-claim",
        "A corrected claim, or the paper that is asked for, with a cover letter.",
    ),
    DenialKind.DUPLICATE: NextLetter(
        "claim-inquiry", "A question to the payer about the first claim and what became of it."
    ),
    DenialKind.NO_AUTHORIZATION: NextLetter(
        "late-authorization", "A request for authorization after the service, with the record."
    ),
    DenialKind.WRONG_BENEFIT: NextLetter(
        "other-benefit", "The request or claim to the other benefit, with this notice."
    ),
    DenialKind.NETWORK: NextLetter(
        "network-exception", "A request for an exception for a gap in the network."
    ),
}
_PLAN: Final = NextLetter(
    "plan-documents",
    "A request for the whole plan document and for the clause that the payer relies on.",
)
_SPONSOR: Final = NextLetter(
    "plan-exception", "A request to the employer, who funds the plan, for an exception."
)
_REASON: Final = NextLetter(
    "denial-reason", "A request to the payer to say the reason and the rule in writing."
)
_HEARING: Final = NextLetter("fair-hearing", "The request for the State's fair hearing.")
# The first appeal where it is not the letter 'appeal'.
_FIRST_LETTER: Final = {
    Regime.MEDICARE_ADVANTAGE: "reconsideration",
    Regime.MEDICAID_MANAGED_CARE: "medicaid-appeal",
}
# What follows a lost first appeal where 45 CFR 147.136 gives no external review.
_THEN: Final = {
    Regime.MEDICARE_ADVANTAGE: "the plan itself sends on to the independent review entity what it "
    "upholds",
    Regime.PART_D: "the decision says how to ask the independent review entity",
    Regime.ORIGINAL_MEDICARE: "the decision says how to ask the qualified independent contractor",
    Regime.TRICARE: "the decision says which step is next, a second reconsideration or a hearing",
    Regime.FEHB: "the carrier's answer says how to ask OPM for its review",
    Regime.CHURCH: "the plan's own document says which further appeal it has",
}
_COURT: Final = NextLetter(
    "", "No letter: a lawyer looks at what is left after an outside review, a hearing or a court."
)


def no_reason() -> NextLetter:
    """Return the paper that asks for a reason that is not on record."""
    return _REASON


def next_letter(kind: DenialKind, standing: Standing, context: Context) -> NextLetter:
    """Return the paper that comes next for one class of a denial."""
    if context.denial.level in (Level.EXTERNAL, Level.FAIR_HEARING, Level.COURT):
        return _COURT
    if kind is DenialKind.OTHER:
        return _REASON
    if kind is DenialKind.EXCLUSION:
        if standing is Standing.UNKNOWN:
            return _PLAN
        if standing is Standing.CLOSED and context.regime is Regime.ERISA_SELF_FUNDED:
            return _SPONSOR
    paper = _FOR_KIND.get(kind)
    # An approval on record is shown in an appeal; a second request would deny that it exists.
    if paper and not (kind is DenialKind.NO_AUTHORIZATION and standing is Standing.STRONG):
        return paper
    return appeal(context)


def appeal(context: Context) -> NextLetter:
    """Return the appeal that comes next by regime and level."""
    if context.regime is Regime.MEDICAID_FFS:
        return _HEARING
    if context.denial.level is Level.INITIAL:
        name = _FIRST_LETTER.get(context.regime, "appeal") if context.regime else "appeal"
        return NextLetter(name, f"The first appeal: {_first(context)}.")
    if context.regime is Regime.MEDICAID_MANAGED_CARE:
        return _HEARING
    if (
        context.denial.level is Level.INTERNAL_1
        and context.coverage is not None
        and context.coverage.internal_levels == 2  # noqa: PLR2004 -- first and second appeal
    ):
        return NextLetter("appeal-second", "The second appeal to the plan.")
    if context.regime in _THEN:
        return NextLetter("", f"No letter of its own: {_THEN[context.regime]}.")
    return NextLetter("external-review", "The request for the review outside the plan.")


def _first(context: Context) -> str:
    if context.regime in (Regime.MEDICARE_ADVANTAGE, Regime.TRICARE, Regime.FEHB):
        return "the reconsideration"
    if context.regime in (Regime.PART_D, Regime.ORIGINAL_MEDICARE):
        return "the redetermination"
    return "the appeal to the plan"
