"""A payer's decision as templates read it: its fields, and each reason with the page it is on."""

from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

from tmjkit.case import Determination, Document, DocumentKind, DocumentSource
from tmjkit.letters.gap import Gap
from tmjkit.letters.view import View, missing, view

NOTICES: Final = frozenset(
    {
        DocumentKind.DENIAL,
        DocumentKind.APPROVAL,
        DocumentKind.CORRESPONDENCE,
        DocumentKind.EOB,
    }
)
"""Papers by which a payer tells a decision."""


def noticed(decision: Determination, documents: Iterable[Document]) -> Determination:
    """Return a decision with the sources that show what was decided, by whom and when.

    A decision can also be recorded with the policy or plan that it rests on. Those show the rule
    and neither the day nor the decision, so they are left out where a notice is on record.
    """
    kinds = {item.id: item.kind for item in documents}
    there = tuple(
        source
        for source in decision.sources
        if isinstance(source, DocumentSource) and kinds.get(source.document_id) in NOTICES
    )
    return decision.model_copy(update={"sources": there}) if there else decision


def decision_view(decision: Determination | None, documents: Iterable[Document] = ()) -> View | Gap:
    """Return the view of a decision; each of its reasons has `record`, what to cite for it.

    Citing the view itself cites the notice, which `documents` tell from other papers.
    """
    if decision is None:
        return missing(
            "Denial",
            "Determinations: add the payer's notice with its date and reasons",
            record="determinations",
        )
    found = view(noticed(decision, documents), "determinations")
    reasons = tuple(
        item.with_fields(record=_reason_record(decision, raw.text, found))
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


def _reason_record(decision: Determination, text: str, notice: View) -> View:
    """Return what to cite for a reason: the page with its words, where the sources say which."""
    words = " ".join(text.split())
    there = tuple(
        source
        for source in decision.sources
        if isinstance(source, DocumentSource) and words and words in " ".join(source.quote.split())
    )
    records = (decision.model_copy(update={"sources": there}),) if there else notice.records
    return View("reason", MappingProxyType({}), records)
