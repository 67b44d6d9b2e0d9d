"""A payer's decision as templates read it: its fields, and each reason with the page it is on."""

from types import MappingProxyType

from tmjkit.case import Determination, DocumentSource
from tmjkit.letters.gap import Gap
from tmjkit.letters.view import View, missing, view


def decision_view(decision: Determination | None) -> View | Gap:
    """Return the view of a decision; each of its reasons has `record`, what to cite for it."""
    if decision is None:
        return missing(
            "Denial",
            "Determinations: add the payer's notice with its date and reasons",
            record="determinations",
        )
    found = view(decision, "determinations")
    reasons = tuple(
        item.with_fields(record=_reason_record(decision, raw.text))
        for item, raw in zip(found.fields["reasons"], decision.reasons, strict=True)
    )
    return found.with_fields(
        reasons=reasons
        or missing(
            "Reason of the denial",
            "Determination, Reasons: copy the reason exactly as the notice words it",
            record=decision.id,
            field="reasons",
        )
    )


def _reason_record(decision: Determination, text: str) -> View:
    """Return what to cite for a reason: the page with its words, where the sources say which."""
    words = " ".join(text.split())
    there = tuple(
        source
        for source in decision.sources
        if isinstance(source, DocumentSource) and words and words in " ".join(source.quote.split())
    )
    record = decision.model_copy(update={"sources": there}) if there else decision
    return View("reason", MappingProxyType({}), (record,))
