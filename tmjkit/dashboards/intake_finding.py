"""The first finding, after twelve questions: which law, what is missing, what is due, what next.

Told in the language of the interview. Where that is not English, the words that the case itself
makes, such as a finding with a name or a day in it, stand in English below, for the office.
"""

from collections.abc import Iterable

from tmjkit.case import Case
from tmjkit.dashboards.markup import Markup, details, html, join, listing
from tmjkit.language import ENGLISH, current, day_words, translated, translated_plural
from tmjkit.rules import Finding, Severity
from tmjkit.rules.assessment import CaseAssessment
from tmjkit.rules.catalog.explain import explanations
from tmjkit.rules.model import Deadline, RegimeResult, Whose
from tmjkit.rules.section import Entry

_STEPS = 3


def first_finding(case: Case, found: CaseAssessment) -> Markup:
    """Return the first finding in the language that is spoken now.

    Parameters
    ----------
    case
        The case after the twelve questions.
    found
        What the rules say of it.
    """
    steps = found.section("next").entries[:_STEPS]
    lacking = [one for one in found.findings if one.severity is Severity.MISSING]
    due = [one for one in found.deadlines if one.open and one.whose is Whose.OURS]
    return html(
        '<h2>{}</h2><p class="tmj-honest">{}</p><h3>{}</h3>{}<h3>{}</h3>{}<h3>{}</h3>{}'
        "<h3>{}</h3>{}",
        translated("The first finding"),
        translated(
            "Botulinum toxin for the jaw joint is off-label: the label does not name it. Insurers "
            "usually say no to it at first. Good papers help; nobody can promise that it will be "
            "paid."
        ),
        translated("Which law holds"),
        _laws(case, found.laws),
        translated("What is due"),
        _due(due),
        translated("The next three steps"),
        _steps(steps),
        translated_plural(
            "{number} thing is missing", "{number} things are missing", len(lacking)
        ).format(number=len(lacking)),
        _lacking(lacking),
    )


def _laws(case: Case, laws: tuple[tuple[str, RegimeResult], ...]) -> Markup:
    if not laws:
        nothing = translated("No insurance is named yet, so nobody can tell which law holds.")
        return html("<p>{}</p>", nothing)
    names = {one.id: one.payer for one in case.coverages}
    return join(_law(names[record], law) for record, law in laws)


def _law(payer: str, law: RegimeResult) -> Markup:
    if law.regime is None:
        said = translated("Not known yet: it depends on who funds the plan.")
        head = html('<strong dir="auto">{}</strong>: {}', payer, said)
    else:
        label = translated(law.regime.label)
        head = html('<strong dir="auto">{}</strong>: {}{}', payer, label, _beside(law.regime.label))
    state = (
        html(
            "<p>{}</p>",
            translated("State whose law holds as well: {state}").format(state=law.state),
        )
        if law.state
        else Markup()
    )
    asks = (
        details(
            translated("Still to find out ({number})").format(number=len(law.asks)),
            listing(translated(one) for one in law.asks),
        )
        if law.asks
        else Markup()
    )
    return html("<p>{}</p>{}{}", head, state, asks)


def _due(clocks: Iterable[Deadline]) -> Markup:
    lines = []
    words = explanations((one.rule for one in clocks), current())
    for one in clocks:
        if one.safe_date is None:
            continue
        day = html("<strong>{}</strong>", day_words(one.safe_date))
        said = html("{}: {}", day, words.get(one.rule, one.label))
        lines.append(html("{}{}", said, _below(one.label)))
    if not lines:
        return html("<p>{}</p>", translated("Nothing is due on what is known so far."))
    return listing(lines, "tmj-finding-list")


def _steps(steps: Iterable[Entry]) -> Markup:
    if not steps:
        return html("<p>{}</p>", translated("Nothing is due, missing or weak so far."))
    words = explanations((one.rule for one in steps), current())
    lines = join(html("<li>{}</li>", _step(one, words)) for one in steps)
    return html('<ol class="tmj-finding-list">{}</ol>', lines)


def _step(entry: Entry, words: dict[str, str]) -> Markup:
    if current() == ENGLISH or entry.rule not in words:
        more = join(html("<p>{}</p>", said) for label, said in entry.more if label == "Do")
        return html('<strong dir="auto">{}</strong>{}', entry.what, more)
    steps = "; ".join(said for label, said in entry.more if label == "Do")
    return html("{}{}", words[entry.rule], _below(f"{entry.what}. {steps}"))


def _lacking(findings: list[Finding]) -> Markup:
    if not findings:
        return Markup()
    words = explanations((one.rule for one in findings), current())
    if current() == ENGLISH:
        lines = [html('<span dir="auto">{}</span>', one.what) for one in findings]
    else:
        lines = [html("{}{}", words.get(one.rule, one.what), _below(one.what)) for one in findings]
    return details(translated("Show them"), listing(lines, "tmj-finding-list"))


def _beside(english: str) -> Markup:
    """Return the English of a term of law after it, where another language is spoken."""
    if current() == ENGLISH:
        return Markup()
    return html(' (<span lang="en">{}</span>)', english)


def _below(english: str) -> Markup:
    """Return the office's own words below, where another language is spoken."""
    if current() == ENGLISH:
        return Markup()
    return html('<p class="tmj-help" lang="en" dir="auto">{}</p>', english)
