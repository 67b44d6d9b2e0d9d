"""How each scale of the case went, in one table: last value, change, and what it means."""

from collections.abc import Iterator, Mapping

from tmjkit.dashboards.assessment_view import entries
from tmjkit.dashboards.clinical_course import (
    Step,
    between,
    change_says,
    noticeable_says,
    picture,
    steps,
    worth_says,
)
from tmjkit.dashboards.markup import Markup, html, join
from tmjkit.knowledge import Fact
from tmjkit.rules.assessment import CaseAssessment
from tmjkit.rules.instruments import grade_nrs, grade_opening
from tmjkit.rules.response import FOLLOWED, Point, number
from tmjkit.rules.response.scales import MEASURED

_SCORE, _CHANGE = "instrument.score", "response.change"
_CRITERIA = ("criteria.measurement", "criteria.response")
_OPENINGS = {name: instrument for instrument, name in MEASURED.items() if name.startswith("mmo-")}
_COLUMNS = ("Scale", "Last value", "Since the one before", "Since the first", "What it means")


def scores(found: CaseAssessment) -> Markup:
    """Return what each questionnaire of the case comes to."""
    told = [one for one in found.section("response").entries if one.rule == _SCORE]
    return html("<h4>Scores of the questionnaires</h4>{}", entries(told)) if told else Markup()


def trend(found: CaseAssessment, known: Mapping[str, Fact]) -> Markup:
    """Return the table of all scales that have a value, and what a reviewer will ask about."""
    series = {name: found.response.series(name) for name in FOLLOWED}
    rows = [_row(points, known) for points in series.values() if points]
    if not rows:
        return html(
            '<p class="tmj-sub">No score or measurement with a date is recorded. Reviewers ask '
            "for pain and function before and after what was tried.</p>"
        )
    heads = join(html('<th scope="col">{}</th>', name) for name in _COLUMNS)
    return html(
        '<div class="tmj-scroll" tabindex="0" role="region" aria-label="How the scores went">'
        '<table class="tmj-cards"><caption>How scores and measurements went; values of one scale '
        "only are compared</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>{}",
        heads,
        join(rows),
        _asked(found),
    )


def _row(points: tuple[Point, ...], known: Mapping[str, Fact]) -> Markup:
    scale, last = points[0].scale, points[-1]
    gone = steps(points, known)
    cells = (
        html(
            "<strong>{}</strong>{}<br>{}{}{}",
            number(scale, last.value),
            "" if scale.ordinal else f" {scale.unit}",
            last.day.words(),
            Markup()
            if last.documented
            else html(' <span class="tmj-undocumented">Undocumented</span>'),
            picture(points),
        ),
        _since(gone[-1]),
        _since(_from_first(points, known)),
        join(html("<p>{}</p>", line) for line in _means(last, known)),
    )
    return html(
        '<tr><th scope="row">{}</th>{}</tr>',
        scale.label,
        join(
            html('<td data-label="{}">{}</td>', name, cell)
            for name, cell in zip(_COLUMNS[1:], cells, strict=True)
        ),
    )


def _from_first(points: tuple[Point, ...], known: Mapping[str, Fact]) -> Step:
    """Return the whole way; nothing where it is the same as the last step."""
    if len(points) <= 2:  # noqa: PLR2004 -- two values have one change
        return Step(points[-1], None)
    sizes = [fact for fact in known.values() if fact.difference]
    return Step(points[-1], between(points[0], points[-1], sizes))


def _since(step: Step) -> Markup:
    change = step.change
    if change is None:
        return html("{}", "\N{EN DASH}")
    scale = change.before.scale
    told = f"{number(scale, change.before.value)} ({change.before.day.words()})"
    worth = worth_says(change)
    return html(
        '{}<br><span class="tmj-why">from {}{}</span>',
        change_says(change),
        told,
        f"; {worth}" if worth else "",
    )


def _means(last: Point, known: Mapping[str, Fact]) -> Iterator[str]:
    """Yield what the last value means, and from what size on a change from it counts."""
    name = last.scale.name
    if name == "nrs-pain":
        yield grade_nrs(last.value).says
    elif name in _OPENINGS:
        yield grade_opening(_OPENINGS[name], last.value).says
    if size := noticeable_says(last, known):
        yield f"Smallest change from here that patients notice: {size}."


def _asked(found: CaseAssessment) -> Markup:
    """Return what is weak about the scores, and the criteria that ask for one."""
    told = [one for one in found.section("response").entries if one.rule not in (_SCORE, _CHANGE)]
    told += [one for one in found.section("criteria").entries if one.rule in _CRITERIA]
    if not told:
        return Markup()
    return html("<h4>What a reviewer will look for</h4>{}", entries(told))
