"""What comes after a call: the task that follows it up, its letter, the script of the next one."""

from collections.abc import Callable
from functools import partial
from typing import Final

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.case import Contact, Task
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.desk import Desk, box, button, text
from tmjkit.dashboards.letter_download import download
from tmjkit.dashboards.letter_paper import Objected
from tmjkit.dashboards.markup import Markup, html, join
from tmjkit.dashboards.papers_model import PapersModel
from tmjkit.letters import MissingFacts

_NEXT: Final = "call-confirmation"
"""What stands out: only a letter makes of words on the phone something that can be shown later."""

_OFFERS: Final = (
    (_NEXT, "Letter that confirms the call"),
    ("call-script", "Script for the next call"),
)


class LetterOffers:
    """The letters of a call that was logged, to look at or as files.

    Parameters
    ----------
    call
        The call.
    papers
        The letters of its case.
    desk
        Where news is shown.
    show
        Opens the panel of letters; None where there is none.
    """

    def __init__(
        self, call: Contact, papers: PapersModel, desk: Desk, show: Callable[[], object] | None
    ) -> None:
        self._call = call
        self._papers = papers
        self._open = show
        self._result = text("", "tmj-result")
        rows = [self._offer(kind, label, desk) for kind, label in _OFFERS]
        self.widget = box((box(rows, "tmj-quick-offers"), self._result))

    def _offer(self, kind: str, label: str, desk: Desk) -> w.Widget:
        """Return a letter's ways out: to look at where there is a panel for it, and as files."""
        offers: list[w.Widget] = []
        if self._open is not None:
            offers.append(button(label, desk.safely(partial(self._show, kind))))
        for name, ending in (("Word", "docx"), ("PDF", "pdf")):
            make = desk.safely(partial(self._make, kind, ending))
            offers.append(button(f"{label}: {name}", make, css="tmj-quick-file" if offers else ""))
        if kind == _NEXT:
            offers[0].add_class("tmj-primary")
        return box(offers, "tmj-quick-offer")

    def _want(self, kind: str) -> None:
        self._papers.want(kind, self._call.id if kind == _NEXT else "")

    def _show(self, kind: str) -> None:
        self._want(kind)
        if self._open is not None:
            self._open()

    def _make(self, kind: str, ending: str) -> None:
        """Make a letter as a file; where it can't be made yet, say what is missing."""
        self._want(kind)
        try:
            paper = self._papers.make(kind, ending, draft=False)
        except MissingFacts as missing:
            lines = join(html("<li>{} ({})</li>", gap.what, gap.where) for gap in missing.gaps)
            self._result.value = html("<p>It can't be made yet. Missing:</p><ul>{}</ul>", lines)
        except Objected as refused:
            lines = join(html("<li>{} {}</li>", one.why, one.instead) for one in refused.objections)
            self._result.value = html("<p>It must not leave as it is:</p><ul>{}</ul>", lines)
        else:
            self._result.value = download(paper)


def told(model: CaseModel, task: Task | None, *, apart: bool) -> Markup:
    """Say what was saved and which task follows; with a link to the case where it is `apart`."""
    number = model.revision.number if model.revision else 0
    if task is None:
        follows = html("<p>Nothing was promised, so there is no task to follow it up.</p>")
    elif task.due is None:
        follows = html(
            '<p>Task: <strong dir="auto">{}</strong>. No day was promised: give the task its day '
            "under Deadlines and tasks.</p>",
            task.title,
        )
    else:
        follows = html('<p>Task: <strong dir="auto">{}</strong>, due {}.</p>', task.title, task.due)
    case = html('<p><a href="case.ipynb?case={}">Open the case</a></p>', model.open_case().id)
    return html("<p>Saved as revision {}.</p>{}{}", number, follows, case if apart else Markup())
