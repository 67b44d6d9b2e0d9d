"""Findings about the payer's decisions: what a notice says that the case does not hold."""

from collections.abc import Iterator

from tmjkit.case import Case, Decision, Determination, Document, DocumentKind, DocumentSource
from tmjkit.rules.model import Finding, Severity


def notice_findings(case: Case) -> Iterator[Finding]:
    """Yield what is not entered of the payer's decisions, and that a dismissal starts no clock.

    The clocks of appeals count from the date on the notice or from its receipt, by regime (see
    `tmjkit.rules.deadlines`), and an appeal answers the reason as it was given.
    """
    for paper in _not_entered(case):
        yield _missing(
            "missing.determination",
            f"A denial letter is attached and not entered as a decision: {paper.name}",
            "The time to appeal counts from the decision; nothing counts it before it is entered.",
            "Add it under Determinations with its dates and reasons, and give the letter as its "
            "source.",
            paper.id,
        )
    for decision in case.determinations:
        if decision.decision is Decision.DISMISSAL:
            yield _dismissal(decision)
        if decision.adverse:
            yield from _denial(decision)


def _not_entered(case: Case) -> Iterator[Document]:
    """Yield denial letters that no decision names as its source."""
    named = {
        source.document_id
        for decision in case.determinations
        for source in decision.sources
        if isinstance(source, DocumentSource)
    }
    # A decision without any source may be what the letter says, so the letter raises no alarm.
    unnamed = sum(1 for decision in case.determinations if not decision.sources)
    letters = [
        paper
        for paper in case.documents
        if paper.kind is DocumentKind.DENIAL and paper.id not in named
    ]
    yield from letters[unnamed:]


def _missing(rule: str, what: str, why: str, where: str, record: str) -> Finding:
    return Finding(rule, Severity.MISSING, what, why, where, records=(record,))


def _dismissal(item: Determination) -> Finding:
    return Finding(
        "note.dismissal",
        Severity.NOTE,
        "A request was dismissed or returned without a decision",
        "No appeal time is computed for it; often something was missing or went elsewhere.",
        "Ask the payer what it needs and whether to send it again, and note the answer.",
        records=(item.id,),
    )


def _denial(item: Determination) -> Iterator[Finding]:
    if item.notice_date is None:
        yield _missing(
            "missing.notice-date",
            "The date on the denial is not recorded",
            "Some times for appeal count from it, and the letter names the denial by it.",
            "Enter it under Determinations; it stands on the notice.",
            item.id,
        )
    if item.received_date is None:
        yield _missing(
            "missing.received-date",
            "The day on which the denial was received is not recorded",
            "Most times for appeal count from it; without it only an earlier, safe date is known.",
            "Enter it under Determinations: the stamp, the postmark, the fax or portal time.",
            item.id,
        )
    if not any(reason.text for reason in item.reasons):
        yield _missing(
            "missing.denial-reason",
            "The denial's reason is not recorded in its own words",
            "The appeal answers the reason as the notice gives it, word for word.",
            "Copy the sentences under Determinations, Reasons; if the notice gives none, ask the "
            "payer for them in writing.",
            item.id,
        )
