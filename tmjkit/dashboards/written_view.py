"""The letters that were written: whether each still matches the case, and whether it was sent."""

from functools import partial

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.case import Channel
from tmjkit.dashboards.desk import Desk, box, button, put, text
from tmjkit.dashboards.markup import html, listing
from tmjkit.dashboards.papers_model import PapersModel
from tmjkit.letters.status import LetterStatus

_SHOWN = 12


class WrittenView:
    """What was written, the newest first."""

    def __init__(self, model: PapersModel, desk: Desk) -> None:
        self._model = model
        self._desk = desk
        self.widget = box((), "tmj-written")

    def refresh(self) -> None:
        """Show the letters of the case as it is now."""
        found = self._model.written()
        rows: list[w.Widget] = []
        if found:
            rows.append(text(html("<h3>Letters written ({})</h3>", len(found))))
        for item in found[:_SHOWN]:
            rows.append(_row(item))
            if item.letter.sent is None:
                rows.append(self._sent(item))
        if len(found) > _SHOWN:
            rows.append(text(html("<p>Older ones stand under Letters written below.</p>")))
        put(self.widget, rows)

    def _sent(self, item: LetterStatus) -> w.Box:
        how = w.Dropdown(
            description="Sent by", options=tuple((one.label, one.value) for one in Channel)
        )
        how.value = Channel.FAX.value
        name = f"{item.letter.title}, {item.letter.date}"

        def mark(field: w.Dropdown) -> None:
            self._model.mark_sent(item.letter.id, field.value)

        press = button(
            "Was sent today",
            self._desk.safely(partial(mark, how)),
            tooltip=f"Was sent today: {name}",
        )
        return box((how, press), "tmj-fields")


def _row(item: LetterStatus) -> w.HTML:
    letter = item.letter
    sent = f"sent {letter.sent.words()}" if letter.sent else "not sent"
    return text(
        html(
            "<p><strong>{}</strong>, {}, {}, {}: {}{}</p>{}",
            letter.title or letter.kind,
            letter.date.isoformat() if letter.date else "no date",
            letter.form,
            sent,
            item.state.label,
            f" ({item.advice})" if item.advice else "",
            listing(item.changes),
        )
    )
