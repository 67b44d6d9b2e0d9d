"""Words of a page as the source of a record: chosen or typed, compared, given to a record."""

from collections.abc import Callable
from functools import partial

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.case import LISTS, Case, Record
from tmjkit.dashboards.autosave import Autosave
from tmjkit.dashboards.desk import box, button, put, text
from tmjkit.dashboards.documents_model import Quoted, quoted
from tmjkit.dashboards.form_view import FormView
from tmjkit.dashboards.markup import html
from tmjkit.dashboards.pages_model import Pages
from tmjkit.dashboards.panel import CaseContext
from tmjkit.dashboards.quotes_model import (
    NEW,
    Checked,
    Standing,
    check_quote,
    source_for,
    targets,
    with_source,
    without_source,
)
from tmjkit.dashboards.record_form import RecordForm
from tmjkit.dashboards.record_sources import SOURCE, SOURCE_PAGE, SOURCE_QUOTE
from tmjkit.dashboards.typed import Typed
from tmjkit.dashboards.words import SECTIONS, title_of

_TONES = {
    Standing.FOUND: "tmj-quote-found",
    Standing.NOT_FOUND: "tmj-quote-lost",
    Standing.UNCHECKED: "tmj-quote-unchecked",
}


class QuotesView:
    """The quotes of the page that is open, and the form for one more.

    Parameters
    ----------
    context
        The case's page.
    pages
        The document that is open.
    page
        Returns the number of the page that is shown.
    """

    def __init__(self, context: CaseContext, pages: Pages, page: Callable[[], int]) -> None:
        self._context = context
        self._pages = pages
        self._page = page
        self._form: FormView | None = None
        self._saver: Autosave | None = None
        self._words = w.Textarea(description="The words on the page", rows=3)
        self._words.style.description_width = "initial"
        self._words.add_class("tmj-quote-words")
        self._record = w.Dropdown(description="What they prove", options=())
        self._record.style.description_width = "initial"
        self._typed = Typed()
        self._typed.follow(self._words, "quote", "words")
        self._typed.follow(self._record, "quote", "record")
        self._told = text("", "tmj-quote-told")
        self._head = text()
        self._list = box((), "tmj-quotes")
        self._new = box((), "tmj-quote-new")
        safely = context.desk.safely
        self._words.observe(safely(self._clear), "value")
        acts = (
            button("Use as source", safely(self._save), css="tmj-primary"),
            button("Compare with the page", safely(self._compare)),
        )
        note = html(
            '<p class="tmj-help">Select words in the text, or type them exactly as they stand '
            "there. … stands for what you leave out.</p>"
        )
        self.widget = box(
            (
                text(html("<h4>Words as a source</h4>")),
                box(
                    (
                        box((self._words, text(note)), "tmj-field"),
                        box((self._record,), "tmj-field"),
                        self._typed.widget,
                    ),
                    "tmj-typing",
                ),
                self._told,
                box(acts, "tmj-actions"),
                self._new,
                self._head,
                self._list,
            ),
            "tmj-quote-form",
        )

    def refresh(self) -> None:
        """Show the quotes of the page, and the records there are now."""
        case = self._context.model.open_case()
        self._follow(case)
        options = (("Choose a record …", ""), *targets(case))
        if self._record.options != options:
            kept = self._record.value
            self._record.options = options
            self._record.value = kept if kept in dict(options).values() else ""
        number = self._pages.number(self._page())
        here = [
            one
            for one in quoted(case, self._pages.document.id)
            if one.source.page in (None, number) and (one.source.quote or one.source.page)
        ]
        self._head.value = html("<h4>What rests on this page ({})</h4>", len(here))
        put(self._list, [self._row(one) for one in here])

    def _follow(self, case: Case) -> None:
        """Let the open form go on on top of the case as it is now."""
        if self._form is None or self._saver is None or self._saver.busy:
            return
        form = self._form.form
        if form.case is not case and not self._context.model.conflict and form.original:
            now = next((one for _, one in case.records() if one.id == form.id), None)
            form.rebase(now, case)

    def close(self) -> None:
        """Let go of an open form; what was typed stays as a draft."""
        if self._form is not None:
            self._form.close()
        self._form = self._saver = None

    def _row(self, one: Quoted) -> w.Widget:
        title = f"{SECTIONS[one.section][1].capitalize()}: {title_of(one.record)}"
        checked = self._check(one.source.quote) if one.source.quote else None
        lost = checked is not None and checked.standing is not Standing.FOUND
        words = html(
            '<p dir="auto">{}</p><p class="tmj-source" dir="auto">{}{}</p>',
            f"“{one.source.quote}”" if one.source.quote else "The whole page",
            title,
            html(' <span class="tmj-undocumented">{}</span>', _short(checked))
            if checked and lost
            else "",
        )
        out = self._context.desk.safely(partial(self._take_out, one))
        place = box((button("Take out", out, tooltip=f"Take out: {title}"),), "tmj-row-actions")
        return box((text(words, "tmj-record"), place), "tmj-row")

    def _take_out(self, one: Quoted) -> None:
        self._context.model.update(without_source(one.record, one.source))

    # Comparing

    def _check(self, words: str) -> Checked:
        return check_quote(words, self._pages, self._page())

    def _clear(self) -> None:
        self._told.value = ""

    def _compare(self) -> Checked | None:
        if not self._words.value.strip():
            self._say("tmj-quote-lost", "Select the words in the text of the page, or type them.")
            return None
        checked = self._check(self._words.value)
        self._say(_TONES[checked.standing], checked.told)
        return checked

    def _say(self, css: str, words: str) -> None:
        self._told.value = html('<p class="{}" role="alert">{}</p>', css, words)

    # Giving them to a record

    def _save(self) -> None:
        checked = self._compare()
        if checked is None or checked.standing is Standing.NOT_FOUND:
            return
        chosen = self._record.value
        if not chosen:
            self._say("tmj-quote-lost", "Choose the record that these words prove.")
            return
        if chosen.startswith(NEW):
            self._open(LISTS[chosen.removeprefix(NEW)])
            return
        record = self._context.model.open_case().record(chosen)
        changed = with_source(record, source_for(self._words.value, self._pages, self._page()))
        if changed == record:
            self._say("tmj-quote-found", "The record has this source already.")
            return
        self._context.model.update(changed)
        self._done(checked)

    def _done(self, checked: Checked) -> None:
        self._words.value = ""
        self._record.value = ""
        if checked.standing is Standing.UNCHECKED:
            self._say("tmj-quote-unchecked", f"Kept. {checked.told}")

    def _open(self, kind: type[Record]) -> None:
        """Open the form of a new record that has the words as its source already."""
        if self._form is not None and self._form.form.changed:
            self._context.desk.warn("Save or cancel the record that is open below first.")
            return
        self.close()
        model = self._context.model
        form = RecordForm(kind, model.open_case())
        self._saver = Autosave(form, model, model.drafts(), self._context.desk.later)
        source = source_for(self._words.value, self._pages, self._page())
        form.update(SOURCE, source.document_id)
        form.update(SOURCE_PAGE, str(source.page or ""))
        form.update(SOURCE_QUOTE, source.quote)
        desk = self._context.desk
        self._form = FormView(form, desk, self._save_new, self._give_up, self._saver)
        put(self._new, (self._form.widget,))

    def _save_new(self) -> None:
        if self._form is not None and self._form.saved():
            self._shut()
            self._words.value, self._record.value = "", ""

    def _give_up(self) -> None:
        if self._saver is not None:
            self._saver.give_up()
        self._shut()

    def _shut(self) -> None:
        self.close()
        put(self._new, ())
        self.refresh()


def _short(checked: Checked) -> str:
    if checked.standing is Standing.UNCHECKED:
        return "could not be compared: the page has no text"
    return "not found on the page"
