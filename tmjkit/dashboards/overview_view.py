"""The top of a case's page: who and what it is, what to do, and the course of it as a picture."""

from collections.abc import Sequence

from tmjkit.case import Case
from tmjkit.charts import timeline_chart
from tmjkit.dashboards.assessment_view import entries
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.markup import Markup, details, html, join, listing, table
from tmjkit.dashboards.words import SECTIONS
from tmjkit.rules import Finding
from tmjkit.rules.assessment import CaseAssessment


def heading(model: CaseModel) -> Markup:
    """Return who the case is about, and where it stands."""
    case = model.case
    if case is None:
        return Markup()
    summary = case.summary()
    saved = model.revision
    when = saved.saved_at.astimezone() if saved else None
    state = (
        html(
            "Revision {}, saved by {} on {}",
            saved.number,
            saved.author,
            f"{when:%B} {when.day}, {when:%Y at %H:%M}",
        )
        if saved and when
        else html("Not saved yet: begin with the patient")
    )
    return html(
        '<div class="tmj-heading" data-tmj-case="{}"><p class="tmj-stage">{}</p>'
        '<h1 dir="auto">{}</h1><p class="tmj-sub">{}{}</p></div>',
        case.id if saved else "",
        model.stage.label,
        summary.name or "New case",
        html("<span>{}</span>", summary.payer) if summary.payer else "",
        html("<span>{}</span>", state),
    )


def contents(case: Case) -> Markup:
    """Return links to the sections, with how much is in each."""
    links = [html('<a href="#todo">What to do next</a>')]
    links.append(html('<a href="#assessment">What the rules say</a>'))
    links.append(html('<a href="#timeline">Timeline</a>'))
    links.append(html('<a href="#writing">Letters and packet</a>'))
    links.append(html('<a href="#policy">{}</a>', "Payer's policy"))
    for name, (title, _) in SECTIONS.items():
        count = 1 if name == "patient" else len(getattr(case, name))
        number = "" if name == "patient" else html(" <small>{}</small>", count)
        links.append(html('<a href="#{}">{}{}</a>', name, title, number))
    return html('<nav class="tmj-contents" aria-label="On this page">{}</nav>', join(links))


def todo(found: CaseAssessment, stale: Sequence[str] = ()) -> Markup:
    """Return what to do next, and below it everything that was found, most urgent first.

    Parameters
    ----------
    found
        What the rules say.
    stale
        Letters that no longer match the case, each in a sentence.
    """
    steps = found.section("next")
    inside = entries(steps.entries) if steps.entries else html("<p>{}</p>", steps.lead)
    everything = (
        details(
            f"Everything that was found ({len(found.findings)})",
            html('<ul class="tmj-findings">{}</ul>', join(map(_finding, found.findings))),
        )
        if found.findings
        else Markup()
    )
    letters = (
        html(
            '<p><a href="#writing">Letters that no longer match the case</a>:</p>{}', listing(stale)
        )
        if stale
        else Markup()
    )
    return html('<h2 id="todo">What to do next</h2>{}{}{}', inside, letters, everything)


def _finding(finding: Finding) -> Markup:
    return html(
        '<li class="tmj-finding tmj-{}"><p><span class="tmj-badge">{}</span> '
        '<strong dir="auto">{}</strong></p><p class="tmj-why" dir="auto">{}</p>'
        '<p class="tmj-where">{}</p></li>',
        finding.severity.value,
        finding.severity.label,
        finding.what,
        finding.why,
        finding.where,
    )


def timeline(model: CaseModel) -> Markup:
    """Return the timeline as a picture, with what it shows as a table below it."""
    case = model.case
    head = html('<h2 id="timeline">Timeline</h2>')
    if case is None or not any(True for name, _ in case.records() if name != "patient"):
        return html("{}<p>Nothing is recorded yet.</p>", head)
    chart = timeline_chart(case, today=model.today)
    columns = {
        "dated": "Date",
        "kind": "Kind",
        "label": "What",
        "value": "Value",
        "unit": "Unit",
        "source": "Source",
    }
    rows = chart.table[list(columns)].fillna("").astype(str).itertuples(index=False, name=None)
    return html(
        '{}<div class="tmj-scroll tmj-chart" tabindex="0" role="region" aria-label="Timeline">'
        "{}</div>{}",
        head,
        # The picture is made by matplotlib from texts that it escapes; see `Chart.svg`.
        Markup(chart.svg()),
        details("The same as a table", table("Events of the case", list(columns.values()), rows)),
    )
