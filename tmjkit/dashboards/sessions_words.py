"""What the injections did: each session with its units, change, how long it lasted, interval."""

from collections.abc import Iterator, Mapping

from tmjkit.case import Case, PartialDate
from tmjkit.dashboards.assessment_view import entries
from tmjkit.dashboards.markup import Markup, html, join, listing
from tmjkit.dashboards.muscles_doses import Doses
from tmjkit.knowledge import Fact
from tmjkit.rules.assessment import CaseAssessment
from tmjkit.rules.coding.say import number
from tmjkit.rules.response import Direction, Episode, change_words, wear_off_words
from tmjkit.rules.response.words import interval_words, other_words, verdict_words

_COLUMNS = ("Units", "What changed", "Lasted", "Interval", "Beside it")
_CRITERIA = (
    "criteria.dose",
    "criteria.interval",
    "criteria.sessions-limit",
    "criteria.response",
    "criteria.stop-rule",
)


def sessions_table(case: Case, found: CaseAssessment) -> Markup:
    """Return every session as a row, newest first, with what was measured around it."""
    if not case.sessions:
        return html(
            '<p class="tmj-sub">No injections are recorded. That is so in most first requests.</p>'
        )
    episodes = {one.record: one for one in found.response.sessions}
    order = sorted(
        case.sessions, key=lambda one: (one.date or PartialDate(1)).earliest, reverse=True
    )
    heads = join(html('<th scope="col">{}</th>', name) for name in ("Session", *_COLUMNS))
    rows = []
    for one in order:
        units = number(one.units) if one.doses else "not recorded"
        cells = (html("{}", units), *_cells(episodes.get(one.id)))
        rows.append(
            html(
                '<tr><th scope="row">{}<br><small>{}</small></th>{}</tr>',
                one.date.words() if one.date else "No date",
                one.product.label,
                join(
                    html('<td data-label="{}">{}</td>', name, cell)
                    for name, cell in zip(_COLUMNS, cells, strict=True)
                ),
            )
        )
    return html(
        '<div class="tmj-scroll" tabindex="0" role="region" aria-label="What each session did">'
        '<table class="tmj-cards"><caption>What was measured around each session, newest first; '
        "it does not say that the injection caused it</caption><thead><tr>{}</tr></thead>"
        "<tbody>{}</tbody></table></div>{}",
        heads,
        join(rows),
        _asked(found),
    )


def _cells(one: Episode | None) -> Iterator[Markup]:
    if one is None:
        yield html("Nothing to compare: it has no date that has come, or is not for the jaw.")
        yield from (html("{}", "\N{EN DASH}") for _ in range(3))
        return
    yield _changes(one)
    yield html("{}", wear_off_words(one.wear_off) if one.wear_off else "not recorded")
    yield html("{}", interval_words(one) or "the first that is recorded")
    beside = (*(other_words(other) for other in one.others), *one.notes)
    yield html("{}", "; ".join(beside) or "\N{EN DASH}")


def _changes(one: Episode) -> Markup:
    judged = [change for scale in one.scales if (change := one.judged(scale))]
    if not judged:
        after = any(scale.after for scale in one.scales)
        words = "No score before it to compare with" if after else "No score after it"
        return html("{}", words)
    lines = []
    for change in judged:
        worth = verdict_words(change)[:1] if change.direction is Direction.BETTER else []
        lines.append(
            html(
                "<span class='tmj-label'>{}:</span> {}{}",
                change.before.scale.label,
                change_words(change),
                html('<br><span class="tmj-why">{}</span>', worth[0]) if worth else Markup(),
            )
        )
    return listing(lines, "tmj-plain")


def _asked(found: CaseAssessment) -> Markup:
    told = [one for one in found.section("criteria").entries if one.rule in _CRITERIA]
    return html("<h4>What the payer's policy asks</h4>{}", entries(told)) if told else Markup()


def sums(doses: Doses, known: Mapping[str, Fact]) -> Markup:
    """Return what was injected and discarded against the vials, and what is wrong, in words."""
    warnings = join(
        html(
            '<li class="tmj-finding tmj-{}"><p><span class="tmj-badge">{}</span> '
            '<strong>{}</strong></p><p class="tmj-why">{}</p></li>',
            one.severity.value,
            one.severity.label,
            one.what,
            one.why,
        )
        for one in doses.warnings(known)
    )
    return html(
        '<p class="tmj-sums">{}.</p>{}{}',
        doses.vials_say,
        listing(doses.slips),
        html('<ul class="tmj-findings">{}</ul>', warnings) if warnings else Markup(),
    )
