"""The worklist as a page: the strip of counts, search and filters, the cases, and the pages."""

from collections.abc import Callable, Sequence
from typing import Any, Final

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.dashboards.desk import Desk, box, button, set_visible, text
from tmjkit.dashboards.markup import Markup, html
from tmjkit.dashboards.worklist_choice import Choice
from tmjkit.dashboards.worklist_filters import Filters
from tmjkit.dashboards.worklist_model import MINE, NOBODY, OF, WorklistModel
from tmjkit.dashboards.worklist_saved import SavedView
from tmjkit.dashboards.worklist_table import STAGES, table

_TYPING_SECONDS: Final = 0.35
_LOOK_SECONDS: Final = 60.0
_SLICE: Final = 5
_PAUSE_SECONDS: Final = 0.15

_READINESS: Final = (
    ("Ready or not", ""),
    ("Ready for the next step", "ready"),
    ("Facts are missing", "lacking"),
)
_DUE: Final = (
    ("Any day", ""),
    ("Overdue", "overdue"),
    ("Due this week", "week"),
    ("Payer past its own clock", "waiting"),
)
_SORTS: Final = (
    ("Next duty: earliest first", ("due", False)),
    ("Next duty: latest first", ("due", True)),
    ("Patient: A to Z", ("name", False)),
    ("Patient: Z to A", ("name", True)),
    ("Payer: A to Z", ("payer", False)),
    ("Payer: Z to A", ("payer", True)),
    ("Saved: newest first", ("saved", True)),
    ("Saved: oldest first", ("saved", False)),
)


class WorklistView:
    """The page of the worklist; follows its model."""

    def __init__(self, model: WorklistModel, desk: Desk, filters: Filters) -> None:
        self._model = model
        self._desk = desk
        self._filters = filters
        self._cancel: Callable[[], None] = lambda: None
        self._strip = {
            due: w.ToggleButton(description=due, tooltip=tooltip)
            for due, tooltip in (
                ("overdue", "Show what should have been done before today"),
                ("week", "Show what is due today or in the six days after"),
                ("waiting", "Show where the payer is past the day on which it had to answer"),
            )
        }
        for due, toggle in self._strip.items():
            toggle.add_class("tmj-count")
            toggle.add_class(f"tmj-count--{due}")
            toggle.observe(desk.safely_with(self._toggled(due)), "value")
        self._words = w.Text(
            description="Search",
            placeholder="Name, payer, duty, owner or id",
            tooltip="Press / to come here",
        )
        self._words.observe(desk.safely_with(self._typed), "value")
        self._choices = {
            "stage": self._choice("Stage", "stage"),
            "payer": self._choice("Payer", "payer"),
            "owner": self._choice("Owner", "owner"),
            "readiness": self._choice("Readiness", "readiness"),
            "due": self._choice("Due", "due"),
        }
        self._sort = Choice(desk, "Order", self._sorted)
        self._sort.widget.add_class("tmj-filter-sort")
        self._more = button("Filters", desk.safely(self._fold), css="tmj-filters-toggle")
        self._clear = button("Clear filters", desk.safely(model.clear))
        self._saved = SavedView(model, desk, filters)
        self._folded = box(
            (
                box(
                    [*(one.widget for one in self._choices.values()), self._sort.widget],
                    "tmj-filter-fields",
                ),
                box((self._clear, self._saved.widget), "tmj-filter-actions"),
            ),
            "tmj-filters",
        )
        self._state = text("", "tmj-up-to-date")
        self._table = text()
        self._previous = button("Previous page", desk.safely(model.previous))
        self._next = button("Next page", desk.safely(model.next))
        self.widget = box(
            (
                text(_heading()),
                box((desk.notice,), "tmj-news"),
                box(self._strip.values(), "tmj-strip"),
                box(
                    (
                        box((self._words, self._more), "tmj-worklist-search"),
                        self._folded,
                    ),
                    "tmj-section tmj-find",
                ),
                box(
                    (self._state, self._table, box((self._previous, self._next), "tmj-pages")),
                    "tmj-section tmj-found",
                ),
            ),
            "tmj-page tmj-worklist",
        )
        model.observe(desk.safely(self.refresh), ["page", "number", "counts", "choices", "day"])
        model.observe(desk.safely(self._show_left), "left")

    def refresh(self) -> None:
        """Show what the model shows, and what is asked for."""
        model = self._model
        self._table.value = table(model)
        more = model.page.after is not None
        self._previous.disabled, self._next.disabled = model.number == 1, not more
        paged = more or model.number > 1
        for one in (self._previous, self._next):
            set_visible(one, visible=bool(paged))
        self._show_strip()
        self._show_choices()
        count = model.conditions
        self._more.description = f"Filters ({count})" if count else "Filters"
        set_visible(self._clear, visible=bool(count))

    def begin(self) -> None:
        """Open with what was asked for before, and go on looking."""
        model, desk = self._model, self._desk
        name, state = self._filters.begin(model.today)
        if state:
            model.load_state(state)
        model.open()
        self._saved.refresh(name)
        # Noted only from here on: opening the page asks for nothing new.
        model.observe(desk.safely(self._note), model.trait_names(state=True))
        desk.later(_PAUSE_SECONDS, self._bring_up_to_date)
        desk.every(_LOOK_SECONDS, self._look)

    # What people do

    def _choice(self, label: str, name: str) -> Choice:
        return Choice(self._desk, label, lambda value: self._model.ask(**{name: value}))

    def _toggled(self, due: str) -> Callable[[dict[str, Any]], None]:
        def toggled(event: dict[str, Any]) -> None:
            on = bool(event["new"])
            if on != (self._model.due == due):
                self._model.ask(due=due if on else "")

        return toggled

    def _typed(self, event: dict[str, Any]) -> None:
        # Each letter would ask the store; the last one within a moment is enough.
        self._cancel()
        words = str(event["new"])
        if words != self._model.words:
            self._cancel = self._desk.later(_TYPING_SECONDS, lambda: self._model.ask(words=words))

    def _sorted(self, order: tuple[str, bool]) -> None:
        sort, descending = order
        self._model.ask(sort=sort, descending=descending)

    def _fold(self) -> None:
        if "tmj-open" in self._folded._dom_classes:
            self._folded.remove_class("tmj-open")
            self._more.remove_class("tmj-open")
        else:
            self._folded.add_class("tmj-open")
            self._more.add_class("tmj-open")

    # What goes on by itself

    def _note(self) -> None:
        self._filters.leave(self._model.state(), self._model.today)

    def _look(self) -> None:
        self._bring_up_to_date()
        self._model.reload()

    def _bring_up_to_date(self) -> None:
        """Let a day's changes in by small pieces: between them the page answers."""
        if self._model.bring_up_to_date(_SLICE):
            self._desk.later(_PAUSE_SECONDS, self._bring_up_to_date)
        else:
            self._model.reload()

    # What is shown

    def _show_left(self) -> None:
        left = self._model.left
        words = f"Bringing the list up to date for today: {left} cases to go."
        self._state.value = html('<p class="tmj-quiet">{}</p>', words) if left else ""

    def _show_strip(self) -> None:
        counts = self._model.counts
        for due, count, words in (
            ("overdue", counts.overdue, "overdue"),
            ("week", counts.due_this_week, "due this week"),
            ("waiting", counts.waiting, "waiting on a late payer"),
        ):
            toggle = self._strip[due]
            toggle.description = f"{count} {words}"
            # Nothing to worry about has no colour that says worry.
            (toggle.remove_class if count else toggle.add_class)("tmj-count--none")
            toggle.value = self._model.due == due

    def _show_choices(self) -> None:
        model, choices = self._model, self._model.choices
        owner = model.owner.removeprefix(OF) if model.owner.startswith(OF) else ""
        options: dict[str, Sequence[tuple[str, str]]] = {
            "stage": (("All open", ""), *((label, code) for code, label in STAGES.items())),
            "payer": (("Any", ""), *((one, one) for one in _with(choices.payers, model.payer))),
            "owner": (
                ("Anybody", ""),
                ("Mine", MINE),
                ("Nobody's", NOBODY),
                *((one, f"{OF}{one}") for one in _with(choices.owners, owner)),
            ),
            "readiness": _READINESS,
            "due": _DUE,
        }
        for name, choice in self._choices.items():
            choice.offer(options[name], getattr(model, name))
        self._sort.offer(_SORTS, (model.sort, model.descending))
        if self._words.value != model.words:
            self._words.value = model.words


def _with(known: Sequence[str], chosen: str) -> tuple[str, ...]:
    """Offer what is chosen even when no case has it any more."""
    return tuple(known) if not chosen or chosen in known else (*known, chosen)


def _heading() -> Markup:
    return html(
        '<div class="tmj-heading tmj-heading--actions"><h1>Worklist</h1><p>'
        '<a class="tmj-link-button tmj-primary" href="case.ipynb?case=new">New case</a>'
        '<a class="tmj-link-button" href="intake.ipynb">New patient interview</a></p></div>'
    )
