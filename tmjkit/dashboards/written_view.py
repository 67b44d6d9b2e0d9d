"""The letters that were written: whether each still matches the case, and whether it was sent."""

from typing import Final

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.case import Channel
from tmjkit.dashboards.days import day_of
from tmjkit.dashboards.desk import box, button, put, text
from tmjkit.dashboards.form_words import day_hint, error_markup, unfinished
from tmjkit.dashboards.markup import Markup, details, html, listing
from tmjkit.dashboards.panel import CaseContext
from tmjkit.dashboards.section_view import SectionView
from tmjkit.dashboards.typed import Typed
from tmjkit.language import ENGLISH, LANGUAGES
from tmjkit.letters import kind_of
from tmjkit.letters.status import LetterState, LetterStatus

_FIRST: Final = 10
_TONES: Final = {
    LetterState.MATCHES: "tmj-tone-good",
    LetterState.CHANGED: "tmj-tone-bad",
    LetterState.REWORDED: "tmj-tone-open",
}
_FORMS: Final = {"docx": "Word", "pdf": "PDF", "html": "HTML", "md": "Markdown", "packet": "packet"}


class WrittenView:
    """What was written, the newest first, and the objections that were set aside for it."""

    def __init__(self, context: CaseContext) -> None:
        self._context = context
        self._model = context.papers
        self._desk = context.desk
        self._all = False
        self._rows = box((), "tmj-rows tmj-written")
        self._more = box((), "tmj-actions")
        aside = SectionView("overrides", context)
        self.sections = {"overrides": aside}
        self.widget = box((self._rows, self._more, aside.widget), "tmj-lists")

    def refresh(self) -> None:
        """Show the letters of the case as it is now."""
        if self._model.case_model.case is None:
            return
        found = self._model.written()
        shown = found if self._all else found[:_FIRST]
        none = [text("No letter was exported yet.")]
        put(self._rows, [self._row(item) for item in shown] or none)
        more = button(f"Show all {len(found)} letters", self._desk.safely(self._show_all))
        put(self._more, [more] if len(found) > len(shown) else [])
        for section in self.sections.values():
            section.refresh()

    def _show_all(self) -> None:
        self._all = True
        self.refresh()

    def _row(self, item: LetterStatus) -> w.Box:
        letter = item.letter
        below = box((), "tmj-below")
        actions: list[w.Widget] = []
        filed = letter.language == ENGLISH and item.state is not LetterState.REPLACED
        if filed and letter.sent is None:
            ask = self._desk.safely(lambda: put(below, [self._sent(item)]))
            actions.append(button("It was sent", ask, tooltip=f"It was sent: {_named(item)}"))
        if item.state in (LetterState.CHANGED, LetterState.REWORDED):
            again = self._desk.safely(lambda: self._again(item))
            actions.append(button("Write it again", again, tooltip=f"Write again: {_named(item)}"))
        words = box((text(_words(item), "tmj-record"), below))
        words.add_class("tmj-record")
        return box((words, box(actions, "tmj-row-actions")), "tmj-row")

    def _again(self, item: LetterStatus) -> None:
        self._model.want(item.letter.kind, item.letter.about or "")
        self._context.go("letters")

    def _sent(self, item: LetterStatus) -> w.Box:
        how = w.Dropdown(
            description="Sent by", options=tuple((one.label, one.value) for one in Channel)
        )
        how.value = Channel.FAX.value
        today = self._model.case_model.today.isoformat()
        day = w.Text(description="Sent on", value=today, placeholder=day_hint())
        typed = Typed()
        for field, name in ((how, "channel"), (day, "day")):
            field.style.description_width = "initial"
            typed.follow(field, f"sent-{item.letter.id}", name)
        wrong = text()

        def mark() -> None:
            sent = day_of(day.value)
            wrong.value = error_markup("" if sent else unfinished())
            if sent is not None:
                self._model.mark_sent(item.letter.id, sent, how.value)

        press = button(
            "Keep that it was sent",
            self._desk.safely(mark),
            css="tmj-primary",
            tooltip=f"Keep that it was sent: {_named(item)}",
        )
        fields = box((box((how,), "tmj-field"), box((day, wrong), "tmj-field")), "tmj-fields")
        return box((fields, typed.widget, box((press,), "tmj-actions")), "tmj-typing")


def _named(item: LetterStatus) -> str:
    letter = item.letter
    return f"{_title(item)}, {letter.date}, {_FORMS.get(letter.form, letter.form)}"


def _title(item: LetterStatus) -> str:
    letter = item.letter
    if letter.language == ENGLISH:
        return letter.title or letter.kind
    return f"{kind_of(letter.kind).title} (copy in {LANGUAGES[letter.language]})"


def _words(item: LetterStatus) -> Markup:
    letter = item.letter
    sent = "Not sent"
    if letter.sent:
        by = f" by {letter.channel.label.lower()}" if letter.channel else ""
        sent = f"Sent {letter.sent.words()}{by}"
    changes = item.changes
    changed = details(f"What changed ({len(changes)})", listing(changes)) if changes else Markup()
    advice = html('<p class="tmj-why">{}</p>', _sentence(item.advice)) if item.advice else Markup()
    return html(
        '<div class="tmj-finding {}"><p class="tmj-record-title">{}</p>'
        '<p><span class="tmj-badge">{}</span> {} \u00b7 written {} as {} \u00b7 signed by: {}</p>'
        "{}{}</div>",
        _TONES.get(item.state, ""),
        _title(item),
        item.state.label,
        sent,
        letter.date.isoformat() if letter.date else "on an unknown day",
        _FORMS.get(letter.form, letter.form),
        letter.voice or "nobody named",
        advice,
        changed,
    )


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."
