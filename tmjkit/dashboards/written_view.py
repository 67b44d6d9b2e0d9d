"""The letters that were written: whether each still matches the case, and whether it was sent."""

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.case import Channel
from tmjkit.dashboards.desk import Desk, box, button, put, text
from tmjkit.dashboards.markup import html, listing
from tmjkit.dashboards.papers_model import PapersModel
from tmjkit.language import ENGLISH, LANGUAGES
from tmjkit.letters import kind_of
from tmjkit.letters.status import LetterState, LetterStatus

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
            filed = item.letter.language == ENGLISH and item.state is not LetterState.REPLACED
            if filed and item.letter.sent is None:
                rows.append(self._sent(item))
        if len(found) > _SHOWN:
            rows.append(text(html("<p>Older ones stand under Letters written below.</p>")))
        put(self.widget, rows)

    def _sent(self, item: LetterStatus) -> w.Box:
        how = w.Dropdown(
            description="Sent by", options=tuple((one.label, one.value) for one in Channel)
        )
        how.value = Channel.FAX.value
        day = w.DatePicker(description="Sent on", value=self._model.case_model.today)
        for field in (how, day):
            field.style.description_width = "initial"

        def mark() -> None:
            if day.value is None:
                self._desk.warn("Give the day on which it was sent.")
                return
            self._model.mark_sent(item.letter.id, day.value, how.value)

        press = button(
            "It was sent",
            self._desk.safely(mark),
            tooltip=f"It was sent: {_title(item)}, {item.letter.date}, {item.letter.form}",
        )
        return box((box((how,), "tmj-field"), box((day,), "tmj-field"), press), "tmj-fields")


def _title(item: LetterStatus) -> str:
    letter = item.letter
    if letter.language == ENGLISH:
        return letter.title or letter.kind
    return f"{kind_of(letter.kind).title} (copy in {LANGUAGES[letter.language]})"


def _row(item: LetterStatus) -> w.HTML:
    letter = item.letter
    sent = f"sent {letter.sent.words()}" if letter.sent else "not sent"
    return text(
        html(
            "<p><strong>{}</strong>, {}, {}, {}: {}{}</p>{}",
            _title(item),
            letter.date.isoformat() if letter.date else "no date",
            letter.form,
            sent,
            item.state.label,
            f" ({item.advice})" if item.advice else "",
            listing(item.changes),
        )
    )
