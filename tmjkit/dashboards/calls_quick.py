"""Log a call while it is held: choose the case, type, save; then the letter and the next script.

`quick_call` makes it for any page; on the case's own page `CallsView` holds one. The page's script
(calls.js) opens it by Alt+Shift+L and by the link "Log a call" of the navigation, puts the cursor
in the first field, goes on with Enter and saves with Ctrl+Enter. Without the script it works by
its buttons.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.case import Case, Contact, Task
from tmjkit.dashboards.begun import Begun
from tmjkit.dashboards.calls_model import ASKED, PLACE, CallForm, CallSaver
from tmjkit.dashboards.calls_offers import LetterOffers, told
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.desk import Desk, box, button, put, set_visible, text
from tmjkit.dashboards.drafts import Draft
from tmjkit.dashboards.form_view import FormView
from tmjkit.dashboards.markup import html
from tmjkit.dashboards.page import Page
from tmjkit.dashboards.papers_model import PapersModel
from tmjkit.dashboards.policy_model import PolicyModel
from tmjkit.dashboards.told_apart import told_apart
from tmjkit.dashboards.worklist_table import STAGES
from tmjkit.store import SummaryRow, WorklistQuery

_FOUND = 8
_KEYS = (
    "Enter: next field. Shift and Enter: new line. Ctrl and Enter: save. Escape: close; what was "
    "typed is kept."
)
Go = Callable[[str], None]
"""Opens a panel of the case's page."""


class QuickCall:
    """A button that opens a short form over the page.

    Parameters
    ----------
    desk
        Where news is shown.
    model
        The case that is called about; without a case in it, one is searched for first.
    now
        The office's clock.
    papers, go
        On the case's page: its letters, and what opens a panel of it. Elsewhere letters are made
        here, as files.
    """

    def __init__(
        self,
        desk: Desk,
        model: CaseModel,
        now: Callable[[], datetime],
        papers: PapersModel | None = None,
        go: Go | None = None,
    ) -> None:
        self._desk = desk
        self._model = model
        self._now = now
        self._papers = papers
        self._go = go
        self._searches = model.case is None
        self._form: FormView | None = None
        self._saver: CallSaver | None = None
        self._place = box((), "tmj-quick")
        set_visible(self._place, visible=False)
        opener = button(
            "Log a call",
            desk.safely(self.open),
            css="tmj-primary tmj-quick-open",
            tooltip="Log a call (Alt+Shift+L)",
        )
        self.widget = box((opener, self._place), "tmj-quick-call")

    def open(self) -> None:
        """Open the form, or the search for the case; what is open already stays."""
        set_visible(self._place, visible=True)
        if self._form is None:
            if self._searches:
                self._show_search()
            else:
                self._show_form(self._new())

    def resume(self) -> None:
        """Open the form of the call that was left on this case, with what was typed."""
        left = self._model.drafts().of(PLACE)
        if left and self._form is None:
            set_visible(self._place, visible=True)
            self._show_form(self._form_of(left[0]))

    def close(self) -> None:
        """Close it; what was typed stays as a draft of the case."""
        set_visible(self._place, visible=False)
        self._let_go()
        put(self._place, ())

    # Which case

    def _show_search(self) -> None:
        field = w.Text(description="Which case? Name, payer or id", continuous_update=False)
        field.style.description_width = "initial"
        found = box((), "tmj-quick-found")
        search = self._desk.safely(lambda: self._search(field.value, found))
        field.observe(search, "value")
        put(
            self._place,
            (
                self._head("Log a call"),
                box((field,), "tmj-field tmj-quick-search"),
                button("Search", search),
                found,
            ),
        )

    def _search(self, words: str, found: w.Box) -> None:
        model = self._model
        page = model.workspace.worklist(WorklistQuery(words=words), model.today, limit=_FOUND)
        if not page.rows:
            put(found, (text("No open case has these words. Look at the spelling."),))
            return
        if len(page.rows) == 1 and words.strip():
            self._choose(page.rows[0])
            return
        same = Counter(map(_label, page.rows))
        made: list[w.Widget] = [self._found(row, same) for row in page.rows]
        if page.after is not None:
            made.append(text("There are more: type one more word to narrow it."))
        put(found, made)

    def _found(self, row: SummaryRow, same: Counter[str]) -> w.Widget:
        label = _label(row)
        if same[label] > 1:  # nothing tells them apart but the id of the case
            label = f"{label} · {row.case_id}"
        return button(label, self._desk.safely(lambda: self._choose(row)), css="tmj-quick-case")

    def _choose(self, row: SummaryRow) -> None:
        self._model.load(row.case_id)
        self._papers = None
        self._show_form(self._new())

    # The form

    def _new(self) -> CallForm:
        return CallForm(self._model.open_case(), self._now())

    def _form_of(self, draft: Draft) -> CallForm:
        form = CallForm(self._model.open_case(), self._now(), draft.record_id)
        form.resume(draft.typed, draft.start)
        return form

    def _show_form(self, form: CallForm) -> None:
        self._let_go()
        self._saver = CallSaver(form, self._model, self._desk.later)
        self._form = FormView(form, self._desk, self._save, self._give_up, self._saver, only=ASKED)
        others = Begun(PLACE, self._desk, self._model.drafts, self._form_of, self._show_form)
        others.show(form)
        put(
            self._place,
            (
                self._head("Log a call", form.case),
                others.widget,
                box((self._form.widget,), "tmj-quick-form"),
                text(html('<p class="tmj-help tmj-quick-keys">{}</p>', _KEYS)),
            ),
        )

    def _head(self, title: str, case: Case | None = None) -> w.Widget:
        close = button(
            "Close", self._desk.safely(self.close), css="tmj-quick-close", tooltip="Close the call"
        )
        if case is None:
            return box((text(html("<h3>{}</h3>", title)), close), "tmj-quick-head")
        summary = case.summary()
        who = html(
            '<h3 dir="auto">{}: {}</h3><p class="tmj-quick-who">{}</p>',
            title,
            summary.name or "New case",
            told_apart(summary),
        )
        return box((text(who), close), "tmj-quick-head")

    def _save(self) -> None:
        if self._form is None or self._saver is None:
            return
        if not self._form.saved():
            if not self._form.form.errors:
                self._desk.warn(self._saver.said)
            return
        call, task = self._saver.contact, self._saver.task
        self._let_go()
        if call is not None:
            self._show_offers(call, task)

    def _give_up(self) -> None:
        if self._saver is not None:
            self._saver.done()
        self.close()

    def _let_go(self) -> None:
        if self._form is not None:
            self._form.close()
        self._form = self._saver = None

    # What comes after it

    def _show_offers(self, call: Contact, task: Task | None) -> None:
        if self._papers is None:
            policy = PolicyModel(self._model)
            self._papers = PapersModel(self._model, lambda: policy.library)
        offers = LetterOffers(call, self._papers, self._desk, self._letters)
        apart = self._go is None
        put(
            self._place,
            (
                self._head("The call is logged", self._model.open_case()),
                text(told(self._model, task, apart=apart)),
                offers.widget,
                button("Log another call", self._desk.safely(self._again)),
            ),
        )
        if apart:
            self._desk.say(self._model.said)

    def _again(self) -> None:
        if self._searches:
            self._show_search()
        else:
            self._show_form(self._new())

    @property
    def _letters(self) -> Callable[[], None] | None:
        """What closes the call and opens the panel of letters; None where there is none."""
        go = self._go
        if go is None:
            return None

        def show() -> None:
            self.close()
            go("letters")

        return show


def _label(row: SummaryRow) -> str:
    stage = STAGES.get(row.stage, row.stage)
    parts = (row.name or "No name", told_apart(row), row.payer, stage)
    return " · ".join(part for part in parts if part)


def quick_call(page: Page, desk: Desk) -> w.Widget:
    """Return what logs a call on a page that shows no single case, such as the worklist.

    It asks which case first, opens that case anew, and saves to it on its newest revision; the
    page that it stands on need not know of cases. Under Voila the navigation opens it, in a
    notebook a button. News comes by `desk`, so the page shows `desk.notice` as always.

    Parameters
    ----------
    page
        The page: its workspace, author and day.
    desk
        Where news is shown.

    Raises
    ------
    StoreError
        When the workspace doesn't open.
    """
    model = CaseModel(page.workspace, page.author, lambda: page.today)
    return box((QuickCall(desk, model, local_now).widget,), "tmj-call-apart")


def local_now() -> datetime:
    """Return the time by the office's clock, with its zone."""
    return datetime.now().astimezone()
