"""Shows a letter as it will be printed, with what is to be said beside its sentences."""

from collections.abc import Callable
from functools import partial

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.dashboards.desk import Desk, box, button, put, text
from tmjkit.dashboards.letter_places import Place
from tmjkit.dashboards.letter_preview import Beside, Piece
from tmjkit.dashboards.letter_reasons import Reasons
from tmjkit.dashboards.markup import html
from tmjkit.dashboards.typed import Typed


class PreviewView:
    """The letter. It follows `show`; what did not change stays, and so does the place read."""

    def __init__(self, desk: Desk, go: Callable[[Place], None], reasons: Reasons) -> None:
        self._desk = desk
        self._go = go
        self._reasons = reasons
        self._letter = ""
        self._shown: list[Piece] = []
        self._slots: list[tuple[w.HTML, w.Box]] = []
        self._paper = box((), "tmj-paper")
        # The page's script tells what this region is; it scrolls by keyboard without it too.
        self.widget = box((self._paper,), "tmj-paper-scroll")
        self.widget.tabbable = True

    def show(self, pieces: tuple[Piece, ...]) -> None:
        """Show a letter that was cut where something is to be said."""
        if self._letter != self._reasons.letter:
            # What is typed beside one letter is not the next one's, though the same rule objects.
            self._letter = self._reasons.letter
            self._shown, self._slots = [], []
        firsts = {one.rule: one for piece in pieces[::-1] for one in piece.beside[::-1]}
        while len(self._slots) < len(pieces):
            self._slots.append((text("", "tmj-paper-text"), box((), "tmj-beside")))
            self._shown.append(Piece(html("")))
        del self._shown[len(pieces) :], self._slots[len(pieces) :]
        for place, piece in enumerate(pieces):
            words, beside = self._slots[place]
            before = self._shown[place]
            if before.markup != piece.markup:
                words.value = piece.markup
            if before.beside != piece.beside:
                put(beside, [self._note(one, firsts[one.rule] is one) for one in piece.beside])
            self._shown[place] = piece
        wanted = [widget for pair in self._slots for widget in pair]
        if list(self._paper.children) != wanted:
            put(self._paper, wanted)

    def _note(self, one: Beside, first: bool) -> w.Widget:  # noqa: FBT001 -- of its rule
        number = f"Sentence {one.sentence}: " if one.sentence else "The whole letter: "
        why = html("<p>{}.</p>", one.why) if one.why else ""
        words = text(
            html(
                '<p class="tmj-beside-title">{}{}</p>{}<p>{}</p>',
                number if one.rule else "",
                one.title,
                why,
                one.instead,
            )
        )
        actions: list[w.Widget] = [
            button(
                f"{'Correct' if one.rule else 'Enter'}: {place.words}",
                self._desk.safely(partial(self._go, place)),
                tooltip=f"Sentence {one.sentence}, {one.title}: go to {place.words}",
            )
            for place in one.places
        ]
        if not one.rule:
            return box((words, box(actions, "tmj-row-actions")), "tmj-note tmj-note-gap")
        below = box((), "tmj-below")
        ask = button(
            "Set aside",
            self._desk.safely(lambda: self._ask(below, one)),
            tooltip=f"Set aside, with a reason: {one.title}, sentence {one.sentence}",
        )
        if first and self._reasons.left(one.rule):
            self._ask(below, one)
        return box((words, box((*actions, ask), "tmj-row-actions"), below), "tmj-note")

    def _ask(self, below: w.Box, one: Beside) -> None:
        why = w.Textarea(
            description="Why the letter is right all the same",
            value=self._reasons.left(one.rule),
            rows=2,
        )
        why.style.description_width = "initial"
        keep_draft = self._desk.safely(lambda: self._reasons.typed(one.rule, why.value))
        why.observe(keep_draft, "value")
        # After the draft: what is told to have come is kept.
        typed = Typed()
        typed.follow(why, f"aside-{self._reasons.letter}", one.rule)

        def keep() -> None:
            if not why.value.strip():
                self._desk.warn("Write why the letter is right all the same.")
                return
            self._reasons.set_aside(one.rule, why.value)

        def give_up() -> None:
            self._reasons.typed(one.rule, "")
            put(below, ())

        actions = (
            button(
                "Keep the reason",
                self._desk.safely(keep),
                css="tmj-primary",
                tooltip=f"Set aside with this reason: {one.title}, sentence {one.sentence}",
            ),
            button(
                "Give it up",
                self._desk.safely(give_up),
                tooltip=f"Do not set aside: {one.title}, sentence {one.sentence}",
            ),
        )
        inside = (box((why,), "tmj-field"), typed.widget, box(actions, "tmj-row-actions"))
        put(below, (box(inside, "tmj-typing"),))
