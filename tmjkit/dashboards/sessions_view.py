"""The panel of injections: the muscles of a session, what each session did, and the records."""

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.case import BotulinumSession, Case, PartialDate
from tmjkit.charts import Chart, response_chart
from tmjkit.dashboards.desk import box, button, put, set_visible, text
from tmjkit.dashboards.markup import Markup, html
from tmjkit.dashboards.muscles_doses import Doses, doses_of, typed_doses
from tmjkit.dashboards.muscles_picture import LEGEND, picture, units_table
from tmjkit.dashboards.panel import CaseContext
from tmjkit.dashboards.record_form import RecordForm
from tmjkit.dashboards.section_view import SectionView
from tmjkit.dashboards.sessions_words import sessions_table, sums


class SessionsView:
    """Injections, with a diagram of the session that is chosen.

    Attributes
    ----------
    sections
        The list with its form, by name.
    """

    def __init__(self, context: CaseContext) -> None:
        self._context = context
        self._chosen = w.Dropdown(description="Session shown", options=[("None", "")])
        self._chosen.style.description_width = "initial"
        self._chosen.observe(context.desk.safely(self._draw), "value")
        self._choice = box((self._chosen,), "tmj-field tmj-session-choice")
        self._drawn = text("", "tmj-muscles")
        self._table = text("", "tmj-session-table")
        self._chart = box((), "tmj-response")
        section = SectionView("sessions", context, beside=self._beside)
        self.sections = {"sessions": section}
        # The diagram first: it is what is looked for, and the table is long.
        self._shown = box((self._choice, self._drawn), "tmj-list-of tmj-session-shown")
        course = box((self._table, self._chart), "tmj-list-of")
        records = box((section.widget,), "tmj-list-of")
        self.widget = box((self._shown, course, records), "tmj-lists")

    def refresh(self) -> None:
        """Show the sessions as they are now; an open form stays as it is."""
        case = self._context.model.open_case()
        self.sections["sessions"].refresh()
        self._table.value = html(
            "<h3>What the injections did</h3>{}", sessions_table(case, self._context.assessment())
        )
        options = [(_name(one), one.id) for one in _newest_first(case)]
        kept = self._chosen.value
        if list(self._chosen.options) != options:
            self._chosen.options = options or [("None", "")]
            if kept in [code for _, code in options]:
                self._chosen.value = kept
        set_visible(self._shown, visible=bool(options))
        # Drawn when it is asked for: it takes longer than everything else in the panel.
        draw = button("Draw the response", self._context.desk.safely(self._draw_response))
        put(self._chart, [draw] if options else [])
        self._draw()

    def _draw(self) -> None:
        case = self._context.model.open_case()
        session = next((one for one in case.sessions if one.id == self._chosen.value), None)
        self._drawn.value = self._of(doses_of(session), "recorded") if session else Markup()

    def _draw_response(self) -> None:
        context = self._context
        drawn = response_chart(
            context.model.open_case(),
            today=context.model.today,
            knowledge=context.policy.library.facts,
        )
        put(self._chart, [text(as_picture(drawn))])

    def _of(self, doses: Doses, name: str) -> Markup:
        return muscles(doses, name, sums(doses, self._context.policy.library.facts))

    def _beside(self, form: RecordForm) -> w.Widget:
        """Follow what is typed into the form of a session."""
        drawn = text("", "tmj-muscles tmj-muscles-typed")

        def follow(_: object = None) -> None:
            if drawn.comm is None:  # it went with its form
                form.unobserve(follow, "texts")
                return
            drawn.value = html("<h4>As typed</h4>{}", self._of(typed_doses(form.texts), "typed"))

        form.observe(follow, "texts")
        follow()
        return drawn


def muscles(doses: Doses, name: str, below: Markup) -> Markup:
    """Return the diagram, and the same as a table."""
    return html(
        '<div class="tmj-muscles-grid"><div>{}<p class="tmj-help">{}</p></div>'
        "<div>{}{}</div></div>",
        picture(doses, name),
        LEGEND,
        units_table(doses, f"Units by muscle, as {name}; right and left are the patient's own"),
        below,
    )


def as_picture(drawn: Chart) -> Markup:
    """Return a chart as it stands in a letter; it names and describes itself."""
    return html(
        '<div class="tmj-scroll tmj-chart" tabindex="0" role="region" aria-label="{}">{}</div>',
        drawn.title,
        # The picture is made by matplotlib from texts that it escapes; see `Chart.svg`.
        Markup(drawn.svg()),
    )


def _newest_first(case: Case) -> list[BotulinumSession]:
    return sorted(
        case.sessions, key=lambda one: (one.date or PartialDate(1)).earliest, reverse=True
    )


def _name(session: BotulinumSession) -> str:
    return f"{session.date.words() if session.date else 'No date'}: {session.label}"
