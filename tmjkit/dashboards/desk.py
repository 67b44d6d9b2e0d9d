"""What all views of a page share: where news is shown, and what becomes of an error.

A click runs in the kernel, where an exception would end up as text in the page or the log.
`Desk.safely` stands in between: what is meant for people is shown in its own words, anything else
as a number to quote.
"""

import asyncio
import logging
import os
from collections.abc import Callable, Iterable
from typing import Any

import ipywidgets as w  # type: ignore[import-untyped]
from ipywidgets.widgets.widget_string import HTMLStyle  # type: ignore[import-untyped]

from tmjkit.case import CaseError
from tmjkit.dashboards.markup import Markup, html
from tmjkit.dashboards.trouble import report
from tmjkit.letters import LetterError, MissingFacts
from tmjkit.store import StoreError

_LOG = logging.getLogger("tmjkit.dashboards")


class Desk:
    """The notice at the top of a page, and safe callbacks.

    Attributes
    ----------
    notice
        The widget that shows news; the page's script reads it out to who doesn't see it.
    """

    def __init__(self) -> None:
        self.notice = w.HTML()
        self.notice.add_class("tmj-notice-box")
        self._shown = 0

    def say(self, words: str) -> None:
        """Show what happened; nothing takes the notice away."""
        self.notice.value = html('<p class="tmj-notice">{}</p>', words) if words else ""

    def warn(self, words: str) -> None:
        """Show what did not work."""
        self.notice.value = _warning(words)

    def unsay(self, words: str) -> None:
        """Take a warning away whose cause is gone, if it still stands there."""
        if self.notice.value == _warning(words):
            self.notice.value = ""

    def show(self, key: str, *, form: bool = False) -> None:
        """Ask the page's script to bring a panel into view, by its key, or the form in it."""
        # The number tells a second wish for the same panel from the first.
        self._shown += 1
        for name in [name for name in self.notice._dom_classes if name.startswith("tmj-go--")]:
            self.notice.remove_class(name)
        place = "--form" if form else ""
        self.notice.add_class(f"tmj-go--{key}--{self._shown}{place}")

    def safely(self, do: Callable[[], object]) -> Callable[..., None]:
        """Return a callback that runs `do` and lets no exception out."""
        return self.safely_with(lambda *_: do())

    def safely_with(self, do: Callable[..., object]) -> Callable[..., None]:
        """Return the same for a callback that wants to know what happened."""

        def run(*event: object) -> None:
            try:
                do(*event)
            except (StoreError, LetterError, MissingFacts) as error:
                self.warn(str(error))
            except CaseError as error:
                self.warn("; ".join(problem.accepted for problem in error.problems))
            except Exception as error:
                self.warn(trouble(report(error, _LOG)))

        return run

    def later(self, seconds: float, do: Callable[[], object]) -> Callable[[], None]:
        """Run `do` safely after so many seconds; return what cancels it.

        Where no event loop runs, as in a script, nobody waits and nothing is run.
        """
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return lambda: None
        return loop.call_later(seconds, self.safely(do)).cancel

    def every(self, seconds: float, do: Callable[[], object]) -> None:
        """Run `do` safely again and again, as long as the page lives."""

        def again() -> None:
            self.safely(do)()
            self.later(seconds, again)

        self.later(seconds, again)


def _warning(words: str) -> Markup:
    return html('<p class="tmj-notice tmj-wrong">{}</p>', words)


def trouble(reference: str) -> str:
    """Say that something went wrong that nobody foresaw."""
    return (
        f"That did not work, and nothing was changed. If it happens again, report it with the "
        f"number {reference}."
    )


# Layouts and styles that are alike, by the process that made them: a forked kernel makes its own.
_SHARED: dict[tuple[int, type[w.Widget], str], w.Widget] = {}


def _shared(kind: type[w.Widget], display: str = "") -> w.Widget:
    """Return a layout or a style that all widgets of a page share.

    ipywidgets makes one or two for every widget, and the browser asks for each of them by itself:
    a page waited for hundreds of empty ones.
    """
    key = os.getpid(), kind, display
    found = _SHARED.get(key)
    if found is None or found.comm is None:  # closed, as by `Widget.close_all` in a notebook
        found = _SHARED[key] = kind(display=display) if display else kind()
    return found


def set_visible(widget: w.Widget, *, visible: bool) -> None:
    """Show a widget, or hide it from everybody."""
    before, widget.layout = widget.layout, _shared(w.Layout, "" if visible else "none")
    if before not in _SHARED.values():
        before.close()


def button(label: str, do: Callable[..., None], *, css: str = "", tooltip: str = "") -> w.Button:
    """Make a button; the tooltip tells buttons of one label apart."""
    made = w.Button(
        description=label,
        tooltip=tooltip or label,
        layout=_shared(w.Layout),
        style=_shared(w.ButtonStyle),
    )
    made.add_class("tmj-button")
    for name in css.split():
        made.add_class(name)
    made.on_click(do)
    return made


def box(children: Iterable[w.Widget], css: str = "") -> w.Box:
    """Make a box that the style sheet lays out."""
    made = w.Box(children=tuple(children), layout=_shared(w.Layout))
    for name in css.split():
        made.add_class(name)
    return made


def text(value: Markup | str = "", css: str = "") -> w.HTML:
    """Make a piece of markup; a plain text is escaped."""
    shown = value if isinstance(value, Markup) else html("{}", value)
    made = w.HTML(value=shown, layout=_shared(w.Layout), style=_shared(HTMLStyle))
    for name in css.split():
        made.add_class(name)
    return made


def put(place: w.Box, children: Iterable[w.Widget]) -> None:
    """Put children in a box, and let go of those that were there before."""
    old, new = place.children, tuple(children)
    place.children = new
    for widget in old:
        if widget not in new:
            discard(widget)


def discard(widget: w.Widget) -> None:
    """Let go of a widget and of what is in it; the browser forgets them too."""
    for child in getattr(widget, "children", ()):
        discard(child)
    parts: list[Any] = [getattr(widget, "layout", None), getattr(widget, "style", None)]
    widget.close()
    for part in parts:
        if part is not None and part not in _SHARED.values():
            part.close()
