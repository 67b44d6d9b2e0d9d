"""What was tried, in the order of time, as one table; and what the payer's policy asks of it."""

from collections.abc import Iterator, Mapping

from tmjkit.case import Case, Record, Treatment
from tmjkit.dashboards.clinical_opener import opens
from tmjkit.dashboards.markup import Markup, html, join, listing
from tmjkit.rules.assessment import CaseAssessment
from tmjkit.rules.criteria import Assessment, Judged, Mark
from tmjkit.rules.ledger import Ledger, LedgerRow
from tmjkit.rules.model import Finding

_COLUMNS = (
    "When",
    "How long",
    "Dose or sessions",
    "What it did",
    "Why it stopped",
    "Where written",
)
_STEPS = ("criteria.treatment-failed", "criteria.treatment-tried")
_TONES = {Mark.MET: "good", Mark.UNMET: "bad", Mark.UNDOCUMENTED: "open"}
_LEDGER = "criteria.ledger"


def ledger_table(case: Case, found: Ledger, asked: tuple[Assessment, ...]) -> Markup:
    """Return the table: one row for each treatment and injection session for the jaw."""
    if not found.rows:
        return html(
            '<p class="tmj-sub">Nothing is recorded that was tried for the jaw. Most payers ask '
            "for it first: what it was, from when to when, and what it did.</p>"
        )
    records = {record.id: record for _, record in case.records()}
    steps = list(_steps(asked))
    names = (*_COLUMNS, *(("The policy's step",) if steps else ()))
    heads = join(html('<th scope="col">{}</th>', name) for name in ("What was tried", *names))
    rows = join(_row(row, records[row.record], names, steps) for row in found.rows)
    return html(
        '<div class="tmj-scroll" tabindex="0" role="region" aria-label="What was tried, in time">'
        '<table class="tmj-cards tmj-ledger"><caption>What was tried for the jaw, oldest first'
        "</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>",
        heads,
        rows,
    )


def _row(
    row: LedgerRow, record: Record, names: tuple[str, ...], steps: list[tuple[str, Judged]]
) -> Markup:
    own = isinstance(record, Treatment)
    cells = [
        html("{}", row.period),
        html("{}", row.days),
        html("{}", _amount(row, record)),
        html("{}", _effect(row, record)),
        html("{}", row.stop_reason or "\N{EN DASH}"),
        html("{}", row.source)
        if row.documented
        else html('<span class="tmj-undocumented">Undocumented</span>'),
    ]
    if steps:
        cells.append(_used(row, steps))
    return html(
        '<tr><th scope="row"><span dir="auto">{}</span>{}</th>{}</tr>',
        row.label,
        html("<br>{}", opens(record)) if own else Markup(),
        join(
            html('<td data-label="{}" dir="auto">{}</td>', name, cell)
            for name, cell in zip(names, cells, strict=True)
        ),
    )


def _amount(row: LedgerRow, record: Record) -> str:
    dose = record.dose if isinstance(record, Treatment) else ""
    told = [dose, f"{row.sessions} sessions" if row.sessions is not None else "", row.adherence]
    return "; ".join(one for one in told if one) or "\N{EN DASH}"


def _effect(row: LedgerRow, record: Record) -> str:
    said = str(getattr(record, "response_text", ""))
    harm = str(getattr(record, "adverse_effects", ""))
    told = [row.response, said, f"Adverse effects: {harm}" if harm else ""]
    return ". ".join(one.rstrip(".") for one in told if one) or "not recorded"


def _steps(asked: tuple[Assessment, ...]) -> Iterator[tuple[str, Judged]]:
    """Yield each step that a policy asks for, with its number on the page."""
    tests = (test for one in asked for test in one.criteria.tests if test.rule in _STEPS)
    for number, test in enumerate(tests, 1):
        yield f"Step {number}", test


def _used(row: LedgerRow, steps: list[tuple[str, Judged]]) -> Markup:
    told = [
        html('{}: <span class="tmj-mark">{}</span>', name, test.mark.label)
        for name, test in steps
        if row.record in test.records
    ]
    return listing(told, "tmj-plain") if told else html("{}", "\N{EN DASH}")


def steps_asked(case: Case, found: CaseAssessment) -> Markup:
    """Return each step that the payer's policy asks for, with the treatments that decide it."""
    names = {record.id: getattr(record, "label", "") for _, record in case.records()}
    steps = list(_steps(found.criteria))
    if not steps:
        return _nothing(found)
    titles = "; ".join(dict.fromkeys(one.policy.title for one in found.criteria))
    return html(
        '<h4>What the payer\'s policy asks to be tried first</h4><p class="tmj-sub">{}</p>'
        '<ul class="tmj-findings">{}</ul>',
        titles,
        join(_step(name, test, names) for name, test in steps),
    )


def _step(name: str, test: Judged, names: Mapping[str, str]) -> Markup:
    by = [names[record] for record in test.records if names.get(record)]
    lines = [("Why", test.why), ("Decided by", "; ".join(dict.fromkeys(by)))]
    lines += [("To get", need.text) for need in test.needs]
    if test.wording:
        lines.insert(0, ("The policy says", test.wording))
    return html(
        '<li class="tmj-finding tmj-tone-{}"><p><span class="tmj-badge">{}</span> <strong>{}: {}'
        "</strong></p>{}</li>",
        _TONES[test.mark],
        test.mark.label,
        name,
        test.title,
        join(
            html(
                '<p class="tmj-why"><span class="tmj-label">{}:</span> <span dir="auto">{}</span>'
                "</p>",
                label,
                words,
            )
            for label, words in lines
            if words
        ),
    )


def _nothing(found: CaseAssessment) -> Markup:
    words = (
        "The policy that is chosen asks for no treatment to be tried first."
        if found.criteria
        else "No policy of the payer is chosen, so nothing can be held against it."
    )
    return html(
        '<p class="tmj-sub">{}</p><p><a href="#policy">Choose or read the payer\'s policy</a></p>',
        words,
    )


def ledger_doubts(findings: tuple[Finding, ...]) -> Markup:
    """Return what a reviewer would ask about the order and the gaps of what was tried."""
    told = [one for one in findings if one.rule.startswith(_LEDGER)]
    lines = join(
        html(
            '<li class="tmj-finding tmj-{}"><p><span class="tmj-badge">{}</span> '
            '<strong dir="auto">{}</strong></p><p class="tmj-why">{}</p>'
            '<p class="tmj-where">{}</p></li>',
            one.severity.value,
            one.severity.label,
            one.what,
            one.why,
            one.where,
        )
        for one in told
    )
    if not told:
        return Markup()
    return html('<h4>What a reviewer would ask</h4><ul class="tmj-findings">{}</ul>', lines)
