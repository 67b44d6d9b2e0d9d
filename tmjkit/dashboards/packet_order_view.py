"""The exhibits of a packet in their order, which is changed by buttons, or by dragging."""

from collections.abc import Callable
from functools import partial

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.dashboards.desk import Desk, box, button, put, text
from tmjkit.dashboards.markup import Markup, html
from tmjkit.dashboards.packet_model import ExhibitRow

_KB = 1024


class _Slot:
    """A place of the order; it shows the exhibit that stands there."""

    def __init__(self, view: "OrderView", desk: Desk, place: int) -> None:
        self.words = text("", "tmj-exhibit-words")
        self.up = button("Move up", desk.safely(lambda: view.step(place, -1)))
        self.down = button("Move down", desk.safely(lambda: view.step(place, 1)))
        self.send = w.Checkbox(description="In the packet", indent=False)
        self.send.observe(desk.safely(partial(view.include, place)), "value")
        actions = box((self.send, self.up, self.down), "tmj-row-actions")
        self.widget = box((self.words, actions), "tmj-row tmj-exhibit")

    def show(self, row: ExhibitRow, *, first: bool, last: bool) -> None:
        """Show an exhibit."""
        label = row.label
        self.words.value = _words(row)
        self.up.description, self.down.description = f"Move {label} up", f"Move {label} down"
        self.up.tooltip = f"Move exhibit {label} up: {row.document.name}"
        self.down.tooltip = f"Move exhibit {label} down: {row.document.name}"
        self.up.disabled, self.down.disabled = first, last
        self.send.description = f"Exhibit {label} is in the packet"
        self.send.value = row.included


class OrderView:
    """The exhibits; `move` and `leave` are told what somebody did."""

    def __init__(
        self,
        desk: Desk,
        move: Callable[[str, int], int],
        include: Callable[[str, bool], None],
    ) -> None:
        self._desk = desk
        self._move = move
        self._include = include
        self._rows: tuple[ExhibitRow, ...] = ()
        self._slots: list[_Slot] = []
        self._filling = False
        self._list = box((), "tmj-rows tmj-exhibits")
        # The page's script writes here what was dragged where: two places, nothing else.
        self._dragged = w.Text(description="Moved by dragging")
        self._dragged.add_class("tmj-dragged")
        self._dragged.observe(desk.safely(self._drop), "value")
        self.widget = box((self._list, self._dragged), "tmj-order")

    def show(self, rows: tuple[ExhibitRow, ...]) -> None:
        """Show the exhibits in this order; the places stay, so that the eyes can follow."""
        self._rows = rows
        self._filling = True
        try:
            if len(self._slots) != len(rows):
                self._slots = [_Slot(self, self._desk, place) for place in range(len(rows))]
                put(self._list, [slot.widget for slot in self._slots])
            for place, (slot, row) in enumerate(zip(self._slots, rows, strict=True)):
                slot.show(row, first=place == 0, last=place == len(rows) - 1)
        finally:
            self._filling = False

    def step(self, place: int, by: int) -> None:
        """Move an exhibit by a place, and let the focus go with it."""
        to = self._put(place, place + by)
        slot = self._slots[to]
        wanted, other = (slot.up, slot.down) if by < 0 else (slot.down, slot.up)
        (other if wanted.disabled else wanted).focus()

    def include(self, place: int) -> None:
        """Take an exhibit into the packet, or leave it out."""
        if not self._filling and place < len(self._rows):
            self._include(self._rows[place].document.id, self._slots[place].send.value)

    def _drop(self) -> None:
        """Take over what the page's script wrote; it comes from outside and may be anything."""
        start, between, end = self._dragged.value.partition(">")
        self._dragged.value = ""
        if between and start.isdecimal() and end.isdecimal() and int(start) < len(self._rows):
            self._put(int(start), int(end))

    def _put(self, place: int, to: int) -> int:
        document = self._rows[place].document
        to = self._move(document.id, to)
        label = self._rows[to].label
        self._desk.say(f"{document.name} is now exhibit {label}, {to + 1} of {len(self._rows)}.")
        return to


def _words(row: ExhibitRow) -> Markup:
    document = row.document
    count = {None: "pages not counted", 1: "1 page"}.get(document.pages, f"{document.pages} pages")
    size = f"{max(1, round(document.size / _KB)):,} KB"
    cited = f"cited: page {', '.join(map(str, row.cited))}" if row.cited else ""
    facts = [document.kind.label, document.date.words() if document.date else "", count, size]
    left = "" if row.included else html(' <span class="tmj-badge">Sent separately</span>')
    return html(
        '<p class="tmj-record-title"><span class="tmj-drag" aria-hidden="true">\u283f</span> '
        'Exhibit {}: {}{}</p><p class="tmj-source">{}</p>',
        row.label,
        document.name,
        left,
        " \u00b7 ".join(fact for fact in (*facts, cited) if fact),
    )
