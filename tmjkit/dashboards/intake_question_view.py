"""One question on the page: what is asked, its inputs, and the way on and back."""

from collections.abc import Callable
from dataclasses import dataclass

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.dashboards.desk import Desk, box, button, text
from tmjkit.dashboards.form_view import FormView
from tmjkit.dashboards.intake_answer import Answer, Either, Tried
from tmjkit.dashboards.intake_questions import COUNT, QUESTIONS
from tmjkit.dashboards.markup import html
from tmjkit.dashboards.record_form import RECORD
from tmjkit.dashboards.typed import Typed
from tmjkit.language import translated


class AnswerForm(FormView):
    """The fields of one question, without the rest of their record's form."""

    def __init__(self, answer: Answer, desk: Desk) -> None:
        self._answer = answer
        super().__init__(answer.form, desk, _no_button, _no_button, only=answer.asked)

    def _render(self) -> w.Box:
        fields = [part for one in self._answer.fields for part in self._field(one)]
        inside = (self._error(RECORD), box(fields, "tmj-fields"), self._state, self.typed.widget)
        return box(inside, "tmj-form")

    def _show_state(self, _: object) -> None:
        kept = translated("What you type is kept.") if self._answer.typed else ""
        self._state.value = html('<p class="tmj-help">{}</p>', kept)


class TriedForm:
    """The kinds of treatment to choose from."""

    def __init__(self, tried: Tried, desk: Desk) -> None:
        self._tried = tried
        self._desk = desk
        self._typed = Typed()
        boxes = [self._box(*one) for one in tried.options]
        self.widget = box((*boxes, self._typed.widget), "tmj-form tmj-tried")

    def close(self) -> None:
        """Nothing is followed."""

    def _box(self, label: str, kind: str) -> w.Widget:
        settled = kind in self._tried.settled
        made = w.Checkbox(
            description=translated(label),
            value=kind in self._tried.chosen,
            indent=False,
            disabled=settled,
        )
        made.observe(
            self._desk.safely_with(lambda change: self._tried.choose(kind, on=bool(change["new"]))),
            "value",
        )
        self._typed.follow(made, "intake-tried", kind)
        return made


@dataclass(frozen=True, slots=True)
class Ways:
    """What the buttons of a question do.

    Parameters
    ----------
    back, forward, unknown
        Go to the question before; save the answer and go on; go on without one.
    """

    back: Callable[[], object]
    forward: Callable[[], object]
    unknown: Callable[[], object]


class QuestionView:
    """A question with its buttons.

    Parameters
    ----------
    answer
        What is typed to it.
    place
        Its number, from 0.
    desk
        Where news is shown.
    ways
        What the buttons do.
    """

    def __init__(self, answer: Either, place: int, desk: Desk, ways: Ways) -> None:
        self._form = (
            TriedForm(answer, desk) if isinstance(answer, Tried) else AnswerForm(answer, desk)
        )
        self._answer = answer
        question = QUESTIONS[place]
        head = html(
            '<p class="tmj-progress-at">{}</p>'
            '<progress class="tmj-progress-bar" max="{}" value="{}" aria-hidden="true"></progress>'
            '<h2 class="tmj-asks">{}</h2><p class="tmj-why">{}</p>',
            translated("{number} of {count}").format(number=place + 1, count=COUNT),
            COUNT,
            place + 1,
            translated(question.asks),
            translated(question.help),
        )
        go = desk.safely
        buttons = [button(translated("Next"), go(ways.forward), css="tmj-primary tmj-next")]
        if place:
            buttons.append(button(_unknown(question.key), go(ways.unknown)))
            buttons.append(button(translated("Back"), go(ways.back), css="tmj-back"))
        self.widget = box(
            (text(head), self._form.widget, box(buttons, "tmj-actions")),
            f"tmj-section tmj-asking tmj-asking--{question.key}",
        )

    def close(self) -> None:
        """Stop following; what was typed stays as a draft."""
        self._form.close()
        self._answer.close()

    def settle(self) -> None:
        """End the draft: somebody decided what is kept of the answer."""
        self._answer.end()


def _unknown(key: str) -> str:
    never = key in ("toxin", "denied", "tried")
    return translated("Not known or never") if never else translated("Not known")


def _no_button() -> None:
    """Do nothing: a question has the interview's own buttons."""
