"""The interview with a new patient: what `notebooks/intake.ipynb` shows."""

from collections.abc import Callable
from functools import partial
from typing import Final

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.conflict_view import ConflictView
from tmjkit.dashboards.desk import Desk, box, button, put, text
from tmjkit.dashboards.intake_answer import Either
from tmjkit.dashboards.intake_begun import BegunList
from tmjkit.dashboards.intake_finding import first_finding
from tmjkit.dashboards.intake_model import IntakeModel
from tmjkit.dashboards.intake_more import MoreView
from tmjkit.dashboards.intake_question_view import QuestionView, Ways
from tmjkit.dashboards.intake_questions import COUNT, FINDING, MORE
from tmjkit.dashboards.markup import Markup, html
from tmjkit.dashboards.page import Page
from tmjkit.dashboards.panel import CaseContext
from tmjkit.dashboards.papers_model import PapersModel
from tmjkit.dashboards.policy_model import PolicyModel
from tmjkit.language import LANGUAGES, speaking, translated

_LOOK_SECONDS: Final = 5.0


class SpokenDesk(Desk):
    """A page's desk whose callbacks run in the language of the interview."""

    def __init__(self, desk: Desk, language: Callable[[], str]) -> None:
        super().__init__()
        self.notice = desk.notice
        self._language = language

    def safely_with(self, do: Callable[..., object]) -> Callable[..., None]:
        """Return a callback that runs `do` in that language and lets no exception out."""

        def spoken(*event: object) -> None:
            with speaking(self._language()):
                do(*event)

        return super().safely_with(spoken)


class IntakeView:
    """The page of an interview: its start, a question, the first finding, the longer part."""

    def __init__(self, model: IntakeModel, desk: Desk) -> None:
        self.model = model
        self._desk = SpokenDesk(desk, lambda: model.language)
        self._question: QuestionView | None = None
        self._answer: Either | None = None
        self._shows_finding = False
        self._more: MoreView | None = None
        self._context: CaseContext | None = None
        self._conflict = ConflictView(model.case, self._desk)
        self._head = text()
        self._languages = box((), "tmj-languages")
        self._place = box((), "tmj-intake-place")
        self.widget = box(
            (
                box((self._head, self._languages), "tmj-intake-head"),
                box((desk.notice,), "tmj-news"),
                self._conflict.widget,
                self._place,
            ),
            "tmj-page tmj-intake",
        )
        safely = self._desk.safely
        model.observe(safely(self.show), ["language", "turn"])
        model.case.observe(safely(self._say), "said")
        model.case.observe(safely(self._follow), ["case", "revision", "day"])
        model.case.observe(safely(self._settle), "conflict")

    def show(self) -> None:
        """Show the place that the interview is at, in its language."""
        with speaking(self.model.language):
            self._let_go()
            self._show_head()
            if self.model.case.case is None:
                put(self._place, self._start())
            elif self.model.question is not None:
                put(self._place, self._ask())
            elif self.model.place == FINDING:
                put(self._place, self._finding())
                self._shows_finding = True
            else:
                put(self._place, self._longer())

    def _let_go(self) -> None:
        if self._question is not None:
            self._question.close()
        self._question = self._answer = self._more = None
        self._shows_finding = False

    def watch(self) -> None:
        """Look every few seconds whether somebody else saved the case."""
        self._desk.every(_LOOK_SECONDS, self.model.case.look)

    def _show_head(self) -> None:
        language = self.model.language
        for code in LANGUAGES:
            self.widget.remove_class(f"tmj-lang--{code}")
        self.widget.add_class(f"tmj-lang--{language}")
        case = self.model.case.case
        name = case.summary().name if case else ""
        self._head.value = html(
            '<div class="tmj-heading"{}><h1>{}</h1><p class="tmj-sub" dir="auto">{}</p></div>',
            html(' data-tmj-case="{}"', case.id) if case else Markup(),
            translated("New patient"),
            name,
        )
        buttons = []
        for code, label in LANGUAGES.items():
            speak = self._desk.safely(partial(self._speak, code))
            css = f"tmj-language tmj-language--{code}{' tmj-chosen' if code == language else ''}"
            buttons.append(button(label, speak, css=css))
        put(self._languages, buttons)

    def _speak(self, language: str) -> None:
        self.model.speak(language)

    # The start

    def _start(self) -> list[w.Widget]:
        words = html(
            "<p>{}</p><p>{}</p>",
            translated(
                "Twelve questions lead to a first finding: which law holds, what is missing, and "
                "what comes next. It takes about ten minutes."
            ),
            translated(
                "Have the member card at hand, and any letter from the insurance. Whatever nobody "
                "knows can stay open. You can stop at any time and go on later."
            ),
        )
        first = button(
            translated("Begin an interview"), self._desk.safely(self.model.begin), css="tmj-primary"
        )
        parts: list[w.Widget] = [box((text(words), first), "tmj-section tmj-intake-start")]
        left = BegunList(self.model, self._desk)
        if left.count:
            parts.append(left.widget)
        return parts

    # The questions

    def _ask(self) -> list[w.Widget]:
        model = self.model
        answer = model.answer()
        ways = Ways(
            back=lambda: model.go(model.place - 1),
            forward=lambda: self._go_on(partial(model.next, answer)),
            unknown=lambda: self._go_on(partial(model.unknown, answer)),
        )
        self._question, self._answer = QuestionView(answer, model.place, self._desk, ways), answer
        return [self._question.widget]

    def _go_on(self, step: Callable[[], object]) -> None:
        self._desk.say("")
        step()

    # After the questions

    def _finding(self) -> list[w.Widget]:
        case = self.model.case.open_case()
        found = text(first_finding(case, self._case().assessment()), "tmj-first-finding")
        link = text(
            html(
                '<p><a href="case.ipynb?case={}">{}</a></p>',
                case.id,
                translated("Open the case"),
            )
        )
        go = self._desk.safely
        ways = (
            button(
                translated("Go on with the longer part"),
                go(lambda: self.model.go(MORE)),
                css="tmj-primary",
            ),
            button(translated("Back"), go(lambda: self.model.go(COUNT - 1)), css="tmj-back"),
            button(translated("Finish the interview"), go(self._finish)),
        )
        return [box((found, link, box(ways, "tmj-actions")), "tmj-section")]

    def _longer(self) -> list[w.Widget]:
        self._more = MoreView(self.model, self._case())
        words = html(
            "<h2>{}</h2><p>{}</p>",
            translated("The longer part"),
            translated(
                "The same forms as on the page of the case, in the order of the talk. Begin with "
                "what was tried: each needs its dates and what it did."
            ),
        )
        go = self._desk.safely
        ways = (
            button(
                translated("The first finding"),
                go(lambda: self.model.go(FINDING)),
                css="tmj-primary",
            ),
            button(translated("Finish the interview"), go(self._finish)),
        )
        return [text(words), self._more.widget, box(ways, "tmj-actions")]

    def _case(self) -> CaseContext:
        if self._context is None or self._context.model.case is None:
            case = self.model.case
            policy = PolicyModel(case)
            papers = PapersModel(case, lambda: policy.library)
            self._context = CaseContext(case, self._desk, papers, policy, self._open)
        return self._context

    def _open(self, key: str) -> None:
        if self._more is not None:
            self._more.open(key)

    def _finish(self) -> None:
        case = self.model.case.open_case()
        self.model.finish()
        self._let_go()
        words = html(
            '<h2>{}</h2><p>{}</p><p><a href="case.ipynb?case={}">{}</a></p>'
            '<p><a href="intake.ipynb">{}</a></p>',
            translated("The interview is finished"),
            translated("Everything that was said is saved in the case."),
            case.id,
            translated("Open the case"),
            translated("Begin an interview"),
        )
        put(self._place, [box((text(words),), "tmj-section")])

    # Following the case

    def _say(self) -> None:
        if self.model.case.said:
            self._desk.say(self.model.case.said)

    def _settle(self) -> None:
        """Show both sides of a save that came too late; once decided, ask on top of that."""
        self._conflict.refresh()
        if self.model.case.conflict is None and self._question is not None:
            self._question.settle()
            self.show()

    def _follow(self) -> None:
        """Show what the case is now; what is typed to a question stays."""
        with speaking(self.model.language):
            if self._more is not None:
                self._more.refresh()
            if self._shows_finding or (self._answer is not None and not self._answer.follow()):
                self.show()
            elif self._more is not None or self._answer is not None:
                self._show_head()


def intake_page(page: Page, desk: Desk) -> w.Widget:
    """Build the page of the interview that the address names, or of all that were begun.

    Raises
    ------
    StoreError
        When the workspace doesn't open, or there is no such case.
    """
    model = IntakeModel(CaseModel(page.workspace, page.author, lambda: page.today))
    if page.case_id:
        model.resume(page.case_id)
    view = IntakeView(model, desk)
    view.show()
    view.watch()
    return view.widget
