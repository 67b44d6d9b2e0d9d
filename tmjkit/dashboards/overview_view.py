"""The top of a case's page: who and what it is, what to do, and the course of it as a picture."""

from collections.abc import Sequence

from tmjkit.charts import timeline_chart
from tmjkit.dashboards.assessment_view import entries
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.desk import text
from tmjkit.dashboards.markup import Markup, details, html, join, listing, table
from tmjkit.dashboards.panel import CaseContext
from tmjkit.rules import Finding
from tmjkit.rules.assessment import CaseAssessment


class OverviewView:
    """The panel of what to do next."""

    def __init__(self, context: CaseContext) -> None:
        self._context = context
        self.widget = text("", "tmj-todo")

    def refresh(self) -> None:
        """Show what is to be done in the case as it is now."""
        self.widget.value = todo(self._context.assessment(), self._context.papers.stale())


class TimelineView:
    """The panel of the timeline."""

    def __init__(self, context: CaseContext) -> None:
        self._model = context.model
        self.widget = text("", "tmj-timeline")

    def refresh(self) -> None:
        """Draw the timeline anew."""
        self.widget.value = timeline(self._model)


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
        case.id,
        model.stage.label,
        summary.name or "New case",
        html("<span>{}</span>", summary.payer) if summary.payer else "",
        html("<span>{}</span>", state),
    )


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
            '<p><a href="#letters">Letters that no longer match the case</a>:</p>{}', listing(stale)
        )
        if stale
        else Markup()
    )
    return html("{}{}{}", inside, letters, everything)


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
    if case is None or not any(True for name, _ in case.records() if name != "patient"):
        return html("<p>Nothing is recorded yet.</p>")
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
        '<div class="tmj-scroll tmj-chart" tabindex="0" role="region" aria-label="Timeline">'
        "{}</div>{}",
        # The picture is made by matplotlib from texts that it escapes; see `Chart.svg`.
        Markup(chart.svg()),
        details("The same as a table", table("Events of the case", list(columns.values()), rows)),
    )
