"""The answers to a questionnaire as they are typed item by item, and what they come to.

It stands on the form of the record: the answers become the text of its field `answers`, so that
drafts, saving and merging know them as they know every field.
"""

from traitlets import Instance, Tuple, Unicode

from tmjkit.case import MISSING, PartialDate, Questionnaire, QuestionnaireForm
from tmjkit.dashboards.model import Model
from tmjkit.dashboards.record_form import RecordForm
from tmjkit.rules.instruments import Item, Score, items, score

_ANSWERS, _FORM = "answers", "form"


class InstrumentForm(Model):
    """The items of the questionnaire that the form has chosen.

    Attributes
    ----------
    chosen
        Code of the questionnaire; empty while none is chosen.
    typed
        What stands in each item, in the order of the paper.
    score
        What the answers that hold come to; None while there are none.
    """

    chosen = Unicode()
    typed = Tuple()
    score = Instance(Score, allow_none=True)

    def __init__(self, form: RecordForm) -> None:
        super().__init__()
        self.form = form
        self._version = form.version
        self._written = ""
        self._others: dict[str, tuple[str, ...]] = {}
        self._follow()
        form.observe(self._follow, ["texts", "version"])

    def close(self) -> None:
        """Stop following the record's form."""
        self.form.unobserve(self._follow, ["texts", "version"])

    @property
    def items(self) -> tuple[Item, ...]:
        """The items to ask; none while no questionnaire is chosen."""
        return items(form_of(self.chosen)) if self.chosen else ()

    @property
    def wrong(self) -> dict[int, str]:
        """What is wrong, by the number of the item."""
        found = {
            item.number: item.wrong(text) for item, text in zip(self.items, self.typed, strict=True)
        }
        return {number: why for number, why in found.items() if why}

    @property
    def unanswered(self) -> tuple[int, ...]:
        """Numbers of the items that stand empty."""
        return tuple(
            item.number
            for item, text in zip(self.items, self.typed, strict=True)
            if not _answer(text)
        )

    @property
    def day(self) -> PartialDate | None:
        """The date in the form, where it is one."""
        try:
            return PartialDate.parse(self.form.texts.get("date", ""))
        except ValueError:
            return None

    def answer(self, number: int, text: str) -> None:
        """Take what was typed into an item, counted from 1."""
        typed = list(self.typed)
        typed[number - 1] = text
        self._take(tuple(typed))
        self.form.update(_ANSWERS, _joined(self.typed))

    def _follow(self, _: object = None) -> None:
        chosen = self.form.texts.get(_FORM, "")
        written = self.form.texts.get(_ANSWERS, "")
        elsewhere = self.form.version != self._version or written != self._written
        self._version, self._written = self.form.version, written
        if chosen == self.chosen and (written == _joined(self.typed) or not chosen):
            return
        if chosen == self.chosen or elsewhere or not (self.chosen or self._others):
            self._choose(chosen, _split(written, _count(chosen)))
            return
        # Answers to one questionnaire mean nothing in another; they come back with their own.
        self._others[self.chosen] = self.typed
        self._choose(chosen, self._others.get(chosen, ("",) * _count(chosen)))
        self.form.update(_ANSWERS, _joined(self.typed))

    def _choose(self, chosen: str, typed: tuple[str, ...]) -> None:
        with self.hold_trait_notifications():
            self.chosen = chosen
            self._take(typed)

    def _take(self, typed: tuple[str, ...]) -> None:
        with self.hold_trait_notifications():
            self.typed = typed
            self.score = self._score()

    def _score(self) -> Score | None:
        wrong = self.wrong
        answers = [
            MISSING if item.number in wrong else _answer(text) or MISSING
            for item, text in zip(self.items, self.typed, strict=True)
        ]
        if all(answer == MISSING for answer in answers):
            return None
        form = form_of(self.chosen)
        return score(Questionnaire(form=form, answers=tuple(answers), date=self.day))


def form_of(code: str) -> QuestionnaireForm:
    """Return the questionnaire of a code."""
    return next(one for one in QuestionnaireForm if one.value == code)


def _count(chosen: str) -> int:
    return len(items(form_of(chosen))) if chosen else 0


def _answer(text: str) -> str:
    words = text.strip()
    return "" if words == MISSING else words


def _joined(typed: tuple[str, ...]) -> str:
    """Write the answers as the field has them; nothing where none is there."""
    # A comma would make two answers of one, and the slip has to stay where it was made.
    answers = [_answer(text).replace(",", ";") for text in typed]
    return ", ".join(answer or MISSING for answer in answers) if any(answers) else ""


def _split(written: str, count: int) -> tuple[str, ...]:
    parts = [_answer(part) for part in written.split(",")] if written.strip() else []
    return tuple((parts + [""] * count)[:count])
