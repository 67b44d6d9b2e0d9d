"""The questionnaires of a case; their form asks the items of each and scores them as typed."""

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.dashboards.autosave import Autosave
from tmjkit.dashboards.desk import put
from tmjkit.dashboards.form_view import FormView
from tmjkit.dashboards.instrument_form import InstrumentForm
from tmjkit.dashboards.instrument_view import InstrumentView
from tmjkit.dashboards.instrument_words import beside
from tmjkit.dashboards.markup import Markup
from tmjkit.dashboards.panel import CaseContext
from tmjkit.dashboards.record_form import RecordForm
from tmjkit.dashboards.section_view import SectionView

_FIELDS = ("form", "date", "purpose", "performer_id", "note")
_AFTER = "tmj-fields"


class QuestionnaireSection(SectionView):
    """The list of questionnaires. The items stand in the form in place of the list of answers."""

    def __init__(self, context: CaseContext) -> None:
        super().__init__("questionnaires", context)
        self._context = context
        self._items: InstrumentView | None = None

    def _open(self, form: RecordForm) -> None:
        self._close()
        self._saver = Autosave(form, self._model, self._model.drafts(), self._desk.later)
        self._form = FormView(
            form, self._desk, self._save, self._give_up, self._saver, only=_FIELDS
        )
        self._items = InstrumentView(InstrumentForm(form), self._desk, self._says, self._form.typed)
        _put_in(self._form.widget, self._items.widget)
        put(self._below, [self._form.widget])

    def _close(self) -> None:
        if self._items is not None:
            self._items.close()
            self._items = None
        super()._close()

    def _says(self, answers: InstrumentForm) -> Markup:
        return beside(
            answers, self._context.assessment().response, self._context.policy.library.facts
        )


def _put_in(form: w.Box, items: w.Widget) -> None:
    """Put the items below the other fields, before the source and the buttons."""
    place = next(
        number for number, part in enumerate(form.children, 1) if _AFTER in part._dom_classes
    )
    form.children = (*form.children[:place], items, *form.children[place:])
