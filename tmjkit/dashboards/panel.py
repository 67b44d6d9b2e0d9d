"""A part of the case's page: its title always, its content once somebody opens it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.case import Case
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.desk import Desk, box, button, put, set_visible
from tmjkit.dashboards.papers_model import PapersModel
from tmjkit.dashboards.policy_model import PolicyModel
from tmjkit.knowledge import Library
from tmjkit.rules.assessment import CaseAssessment


class Content(Protocol):
    """What stands in a panel.

    Attributes
    ----------
    widget
        The content; made once.
    """

    widget: w.Widget

    def refresh(self) -> None:
        """Show the case as it is now."""


@dataclass
class CaseContext:
    """What every panel of a case's page may use.

    Attributes
    ----------
    model
        The case, and how it is changed.
    desk
        The notice at the top, and safe callbacks.
    papers, policy
        Letters and packets; facts and policies that this office goes by.
    go
        Opens another panel by its key, and brings the eyes to it.
    edit
        Opens the form of a record, by its list and id, or of a new one where the id is empty.
    """

    model: CaseModel
    desk: Desk
    papers: PapersModel
    policy: PolicyModel
    go: Callable[[str], None] = field(default=lambda _: None)
    edit: Callable[[str, str], None] = field(default=lambda *_: None)
    _found: tuple[Case, Library, date, CaseAssessment] | None = field(default=None, repr=False)

    def assessment(self) -> CaseAssessment:
        """Return what the rules say of the case today; worked out once for all panels."""
        case, known, today = self.model.open_case(), self.policy.library, self.model.today
        had = self._found
        if had is None or had[0] is not case or had[1] is not known or had[2] != today:
            self._found = had = (case, known, today, self.model.assessment(known))
        return had[3]


@dataclass(frozen=True)
class Spec:
    """One panel of the page.

    Parameters
    ----------
    key
        Names it in the address: `letters` in `#letters`.
    title, group
        What it is called, and under which heading of the contents it stands.
    build
        Makes its content, when it is opened for the first time.
    counts
        Lists of the case whose records are counted beside the title.
    lists
        Lists of the case whose forms stand in it, where these are others than the counted ones.
    """

    key: str
    title: str
    group: str
    build: Callable[[CaseContext], Content]
    counts: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()

    @property
    def holds(self) -> tuple[str, ...]:
        """The lists of the case whose forms stand in it."""
        return self.lists or self.counts

    def count(self, case: Case) -> int:
        """Return how many records of the case stand in it."""
        return sum(len(getattr(case, name)) for name in self.counts)


class Panel:
    """One panel: closed, or open with its content."""

    def __init__(self, spec: Spec, context: CaseContext) -> None:
        self.spec = spec
        self._context = context
        self._content: Content | None = None
        self._stale = False
        self.is_open = False
        toggle = context.desk.safely(self.toggle)
        self._button = button(spec.title, toggle, css="tmj-toggle")
        self._place = box((), "tmj-panel-body")
        head = box((self._button,), "tmj-h2")
        self.widget = box((head, self._place), f"tmj-section tmj-panel tmj-panel--{spec.key}")

    @property
    def content(self) -> Content | None:
        """The content, once it was opened."""
        return self._content

    def toggle(self) -> None:
        """Open it, or close it; what was typed inside stays."""
        if self.is_open:
            self.is_open = False
            self._button.remove_class("tmj-open")
            set_visible(self._place, visible=False)
        else:
            self.open()

    def open(self) -> None:
        """Open it; its content is made the first time."""
        if self._content is None:
            self._content = self._context_content()
            put(self._place, [self._content.widget])
        self.is_open = True
        self._button.add_class("tmj-open")
        set_visible(self._place, visible=True)
        if self._stale:
            self.refresh()

    def refresh(self) -> None:
        """Show the case as it is now: the count at once, the content when it is open."""
        case = self._context.model.case
        if case is None:
            return
        count = self.spec.count(case)
        title = f"{self.spec.title} ({count})" if self.spec.counts else self.spec.title
        if self._button.description != title:
            self._button.description = self._button.tooltip = title
        self._stale = not self.is_open
        if self._content is not None and self.is_open:
            self._content.refresh()

    def _context_content(self) -> Content:
        made = self.spec.build(self._context)
        made.refresh()
        self._stale = False
        return made
