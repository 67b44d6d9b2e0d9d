"""The panel of the history: who saved what and when, two revisions compared, and going back."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.case import Case
from tmjkit.dashboards.desk import box, button, put, text
from tmjkit.dashboards.history_model import Difference, HistoryModel
from tmjkit.dashboards.history_restore import Part
from tmjkit.dashboards.markup import Markup, details, html, join
from tmjkit.dashboards.panel import CaseContext
from tmjkit.dashboards.words import SECTIONS, facts_of, title_of
from tmjkit.store import Revision

_FIRST = 15
_VERBS = {"added": "Added", "removed": "Removed", "changed": "Changed"}


Make = Callable[[int, Callable[[], None]], list[w.Widget]]
"""Makes what a button of a revision opens; gets the number and what closes it again."""


class HistoryView:
    """The revisions of the case; each is opened only when somebody asks for it."""

    def __init__(self, context: CaseContext) -> None:
        self._context = context
        self._model = HistoryModel(context.model)
        self._shown = _FIRST
        self._seen: tuple[int, int] | None = None
        self._compare = box((), "tmj-choose")
        self._rows = box((), "tmj-rows tmj-history")
        self._more = box((), "tmj-below")
        self._result = text("", "tmj-history-result")
        note = html(
            '<p class="tmj-help">Nothing here is ever overwritten: going back saves one more '
            "revision. Calls, documents and letters that left stay in the case, whatever is "
            "brought back.</p>"
        )
        self.widget = box(
            (text(note), self._rows, self._more, self._compare, self._result), "tmj-history-panel"
        )

    def refresh(self) -> None:
        """Show the revisions there are; what is open closes when the case was saved."""
        newest = self._context.model.revision
        seen = (newest.number if newest else 0, self._shown)
        if self._seen == seen:
            return
        self._seen = seen
        found = self._model.revisions()
        put(self._rows, [self._row(one) for one in found[: self._shown]])
        if not found:
            put(self._more, (text("Nothing was saved yet."),))
        elif len(found) > self._shown:
            all_of_them = self._context.desk.safely(self._all)
            put(self._more, (button(f"Show all {len(found)} revisions", all_of_them),))
        else:
            put(self._more, ())
        put(self._compare, self._chooser(found))
        self._result.value = ""

    def _all(self) -> None:
        self._shown = 10**6
        self.refresh()

    # One revision

    def _row(self, revision: Revision) -> w.Widget:
        newest = self._context.model.revision
        is_now = newest is not None and newest.number == revision.number
        place = box((), "tmj-below tmj-opened")
        number = revision.number
        offered: tuple[tuple[str, Make], ...] = (("What changed", self._changes),)
        if not is_now:
            offered += (("Look at it", self._look), ("Go back to it", self._restore))
        opener = _Opener(place)
        acts = [
            button(
                label,
                self._context.desk.safely(partial(opener.toggle, label, partial(make, number))),
                tooltip=f"{label}: revision {number}",
            )
            for label, make in offered
        ]
        words = html(
            '<p class="tmj-record-title">Revision {}{}</p>'
            '<p class="tmj-source"><span dir="auto">{}</span>, {}</p>',
            number,
            html(' <span class="tmj-badge">as it is now</span>') if is_now else "",
            revision.author,
            when(revision.saved_at),
        )
        head = box((text(words, "tmj-record"), box(acts, "tmj-row-actions")), "tmj-row")
        return box((head, place), "tmj-revision")

    def _changes(self, number: int, _: Callable[[], None]) -> list[w.Widget]:
        return [text(changes(self._model.changes(number)))]

    def _look(self, number: int, _: Callable[[], None]) -> list[w.Widget]:
        return [text(as_it_was(self._model.at(number), number))]

    # Going back

    def _restore(self, number: int, close: Callable[[], None]) -> list[w.Widget]:
        restoring = self._model.restoring(number)
        parts = restoring.parts
        if not parts:
            return [text("There is nothing to bring back: all of it is in the case as it was.")]
        boxes = {part.record_id: _checkbox(part) for part in parts}
        stays = (
            html(
                "<p>{} that came since: kept, whatever you choose.</p>",
                _count(restoring.staying, "call, document or letter", "calls, documents, letters"),
            )
            if restoring.staying
            else Markup()
        )
        lead = html(
            "<h3>Go back to revision {}</h3><p>What is marked becomes as it was then. It is saved "
            "as one more revision, and Undo takes it back.</p>{}",
            number,
            stays,
        )

        def go() -> None:
            chosen = frozenset(key for key, one in boxes.items() if one.value)
            if not chosen:
                self._context.desk.warn("Nothing is marked, so nothing was changed.")
                return
            kept = self._model.restore(number, chosen)
            if kept:
                self._context.desk.warn(
                    f"Kept, since other records rest on it: {'; '.join(kept)}. "
                    "The rest is as it was."
                )

        safely = self._context.desk.safely
        yes = button(
            "Yes, go back", safely(go), css="tmj-danger", tooltip=f"Go back to revision {number}"
        )
        keep = button("Leave it", safely(close), tooltip="Leave it as it is now")
        return [text(lead), box(boxes.values(), "tmj-choices"), box((yes, keep), "tmj-actions")]

    # Two of them

    def _chooser(self, found: tuple[Revision, ...]) -> list[w.Widget]:
        if len(found) < 2:  # noqa: PLR2004 -- two are needed to compare
            return []
        options = [
            (f"{one.number}: {one.author}, {when(one.saved_at)}", one.number) for one in found
        ]
        first = _dropdown("Compare revision", options, found[1].number)
        second = _dropdown("with revision", options, found[0].number)

        def compare() -> None:
            made = self._model.compare(first.value, second.value)
            low, high = sorted((first.value, second.value))
            self._result.value = html("<h3>From revision {} to {}</h3>{}", low, high, changes(made))

        act = button("Compare", self._context.desk.safely(compare))
        return [box((first,), "tmj-field"), box((second,), "tmj-field"), act]


class _Opener:
    """Shows one thing at a time below a revision; the button that opened it closes it."""

    def __init__(self, place: w.Box) -> None:
        self._place = place
        self._label = ""

    def toggle(self, label: str, make: Callable[[Callable[[], None]], list[w.Widget]]) -> None:
        if self._label == label:
            self.close()
        else:
            put(self._place, make(self.close))
            self._label = label

    def close(self) -> None:
        self._label = ""
        put(self._place, ())


def when(time: datetime) -> str:
    """Write a time as the office's clock shows it."""
    local = time.astimezone()
    return f"{local:%B} {local.day}, {local:%Y at %H:%M}"


def changes(found: tuple[Difference, ...]) -> Markup:
    """Return what changed, each with what stood there before."""
    if not found:
        return html("<p>Nothing changed.</p>")
    return html('<ul class="tmj-changes">{}</ul>', join(map(_change, found)))


def as_it_was(case: Case, number: int) -> Markup:
    """Return all records of a case as they were."""
    lists: dict[str, list[Markup]] = {}
    for name, record in case.records():
        facts = join(
            html("<div><dt>{}</dt><dd>{}</dd></div>", label, words)
            for label, words in facts_of(record, case)
        )
        lists.setdefault(name, []).append(
            html(
                '<li class="tmj-record"><p class="tmj-record-title" dir="auto">{}</p>'
                '<dl dir="auto">{}</dl></li>',
                title_of(record) or "No name",
                facts,
            )
        )
    parts = join(
        details(
            f"{SECTIONS[name][0]} ({len(items)})",
            html('<ul class="tmj-plain">{}</ul>', join(items)),
        )
        for name, items in lists.items()
    )
    return html("<h3>The case as of revision {}</h3>{}", number, parts)


def _change(one: Difference) -> Markup:
    values = (
        html(
            '<span class="tmj-was"><span class="tmj-hidden">before: </span>{}</span> → '
            '<span class="tmj-now"><span class="tmj-hidden">then: </span>{}</span>',
            one.before,
            one.after,
        )
        if one.kind == "changed"
        else Markup()
    )
    return html(
        '<li class="tmj-change--{}"><span class="tmj-badge">{}</span> <strong dir="auto">{}'
        '</strong> <span dir="auto">{}</span></li>',
        one.kind,
        _VERBS[one.kind],
        one.where,
        values,
    )


def _checkbox(part: Part) -> w.Checkbox:
    made = w.Checkbox(
        description=f"{SECTIONS[part.section][1].capitalize()}: {part.title} ({part.does})",
        value=part.usual,
        indent=False,
    )
    made.style.description_width = "initial"
    return made


def _dropdown(label: str, options: list[tuple[str, int]], value: int) -> w.Dropdown:
    made = w.Dropdown(description=label, options=options, value=value)
    made.style.description_width = "initial"
    return made


def _count(number: int, one: str, more: str) -> str:
    return f"1 {one}" if number == 1 else f"{number} {more}"
