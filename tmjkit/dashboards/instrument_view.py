"""The form of a questionnaire: one input for each item, and beside it what the answers come to."""

from collections.abc import Callable, Iterable
from functools import partial
from itertools import groupby

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.dashboards.desk import Desk, box, put, text
from tmjkit.dashboards.instrument_form import InstrumentForm
from tmjkit.dashboards.markup import Markup, html
from tmjkit.dashboards.typed import Typed
from tmjkit.rules.instruments import Item

_WHOSE_WORDS = (
    "Type the number of each answer from the paper; leave empty what was not answered. The "
    "wording of the items is their publisher's and is not kept here."
)


class InstrumentView:
    """Asks the items of the chosen questionnaire and shows the score as they are typed.

    Parameters
    ----------
    answers
        The model.
    desk
        Where errors go.
    says
        Makes what stands beside the items of the model as it is now.
    typed
        Follows the inputs of the form in which the items stand.
    """

    def __init__(
        self,
        answers: InstrumentForm,
        desk: Desk,
        says: Callable[[InstrumentForm], Markup],
        typed: Typed,
    ) -> None:
        self.answers = answers
        self._typed = typed
        self._desk = desk
        self._says = says
        self._shown: str | None = None
        self._inputs: dict[int, w.Text] = {}
        self._errors: dict[int, w.HTML] = {}
        self._items = box((), "tmj-items")
        self._score = text("", "tmj-score")
        self.widget = box((self._items, self._score), "tmj-instrument tmj-wide")
        answers.observe(self._follow, ["chosen", "typed"])
        answers.form.observe(self._follow, ["texts", "errors"])
        self._follow()

    def close(self) -> None:
        """Stop following the model."""
        self.answers.unobserve(self._follow, ["chosen", "typed"])
        self.answers.form.unobserve(self._follow, ["texts", "errors"])
        self.answers.close()

    def _follow(self, _: object = None) -> None:
        if self.answers.chosen != self._shown:
            self._shown = self.answers.chosen
            self._ask()
        for number, (made, typed) in enumerate(
            zip(self._inputs.values(), self.answers.typed, strict=True), 1
        ):
            if made.value != typed:
                made.value = typed
            self._errors[number].value = _told(self.answers.wrong.get(number, ""))
        self._score.value = self._says(self.answers)

    def _ask(self) -> None:
        self._inputs, self._errors = {}, {}
        found = self.answers.items
        groups = [
            self._group(part, members)
            for part, members in groupby(found, key=lambda item: item.part)
        ]
        lead = html("<h5>Answers</h5><p class='tmj-help'>{}</p>", _WHOSE_WORDS)
        put(self._items, [text(lead), *groups] if found else [text(_choose())])
        self._typed.tell()

    def _group(self, part: str, members: Iterable[Item]) -> w.Box:
        fields = [self._field(item) for item in members]
        head = [text(html("<p class='tmj-item-part'>{}</p>", part))] if part else []
        return box((*head, box(fields, "tmj-item-fields")), "tmj-item-group")

    def _field(self, item: Item) -> w.Box:
        made = w.Text(description=item.label, value=self.answers.typed[item.number - 1])
        made.style.description_width = "initial"
        made.observe(self._desk.safely_with(partial(self._take, item.number)), "value")
        self._typed.follow(made, self.answers.form.key, f"answers.{item.number}")
        self._inputs[item.number] = made
        self._errors[item.number] = text(_told(self.answers.wrong.get(item.number, "")))
        return box((made, self._errors[item.number]), "tmj-field tmj-item")

    def _take(self, number: int, change: dict[str, str]) -> None:
        self.answers.answer(number, change["new"])


def _choose() -> Markup:
    return html("<p class='tmj-help'>Choose the questionnaire above; its items are asked here.</p>")


def _told(why: str) -> Markup:
    return html('<p class="tmj-error" role="alert">{}</p>', why) if why else Markup()
