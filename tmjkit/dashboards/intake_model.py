"""One interview: which question it is at, kept so that it goes on after any interruption."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from traitlets import Dict, Int, List, Unicode

from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.drafts import Drafts
from tmjkit.dashboards.intake_answer import Answer, Either, Tried
from tmjkit.dashboards.intake_questions import COUNT, MORE, QUESTIONS, Question
from tmjkit.dashboards.model import Model
from tmjkit.language import ENGLISH, LANGUAGES, translated
from tmjkit.store import DamagedRecord, NoSuchCase, Workspace
from tmjkit.store.core import now

_PREFIX: Final = "intake "
_LANGUAGE: Final = "intake-language"


@dataclass(frozen=True, slots=True)
class Begun:
    """An interview that was begun and not finished.

    Parameters
    ----------
    case_id, name
        Its case, and whose it is; no name where none was saved yet.
    place
        Number of questions that were gone through.
    at
        When it was begun, in UTC; None where an older version kept no time.
    damaged
        Whether its case, or what was kept of it, does not open any more.
    """

    case_id: str
    name: str
    place: int
    at: datetime | None = None
    damaged: bool = False


class IntakeModel(Model):
    """An interview with a new patient.

    Attributes
    ----------
    language
        Code of the language of the page, kept for this author.
    place
        Number of the question, from 0; `FINDING` and `MORE` after the last.
    made
        Ids of the records that answers made, by question.
    done
        Keys of the parts of the longer form that are done.
    turn
        Goes up with each place that is gone to, and with each interview that is opened.
    """

    language = Unicode(ENGLISH)
    place = Int(0)
    turn = Int(0)
    made = Dict()
    done = List(Unicode())

    def __init__(self, case: CaseModel, *, clock: Callable[[], datetime] = now) -> None:
        super().__init__()
        self.case = case
        self._clock = clock
        self._begun = ""
        kept = case.workspace.get_note(case.author, _LANGUAGE)
        self.language = _known(kept.decode() if kept else ENGLISH)

    def speak(self, language: str) -> None:
        """Change the language of the page, and keep it for the next time."""
        self.language = _known(language)
        self.case.workspace.put_note(self.case.author, _LANGUAGE, self.language.encode())

    # Beginning and going on

    def begin(self) -> None:
        """Begin an interview with somebody new."""
        self.case.new()
        with self.hold_trait_notifications():
            self.place, self.made, self.done = 0, {}, []
        self._begun = self._clock().isoformat()
        self._keep()
        self.turn += 1

    def resume(self, case_id: str) -> None:
        """Go on with an interview where it was left; one of a case that has none begins.

        Raises
        ------
        NoSuchCase
            When there is neither such a case nor such an interview.
        """
        note = self.case.workspace.get_note(self.case.author, _PREFIX + case_id)
        try:
            self.case.load(case_id)
        except NoSuchCase:
            if note is None:
                raise
            self.case.new(case_id)
        kept = json.loads(note) if note else {}
        self._begun = kept.get("begun", "") if note else self._clock().isoformat()
        with self.hold_trait_notifications():
            self.made, self.done = kept.get("made", {}), kept.get("done", [])
            place = min(max(int(kept.get("place", 0)), 0), MORE)
            self.place = place if self.case.revision else 0
        self.turn += 1

    def finish(self) -> None:
        """End the interview; the case stays as it is."""
        self.case.workspace.delete_note(self.case.author, self._name)

    # The questions

    @property
    def question(self) -> Question | None:
        """The question that it is at; None after the last."""
        return QUESTIONS[self.place] if self.place < COUNT else None

    def answer(self) -> Either:
        """Open the answer to the question that it is at.

        Raises
        ------
        ValueError
            When all questions were gone through.
        """
        question = self.question
        if question is None:
            raise ValueError("all questions were gone through")
        drafts = Drafts(self.case.workspace, self.case.author, self.case.open_case().id)
        if question.several:
            return Tried(question, self.case, drafts)
        return Answer(question, self.case, self.made.get(question.key, ""), drafts)

    def next(self, answer: Either) -> bool:
        """Save the answer and go on; False when it doesn't hold yet."""
        saved = answer.save()
        if saved is None or not self._named(answer):
            return False
        if saved:
            self.made = {**self.made, answer.question.key: saved}
        self.go(self.place + 1)
        return True

    def unknown(self, answer: Either) -> None:
        """Note that the answer isn't known, and go on; what was said to it before is taken back."""
        answer.forget()
        self.made = {key: one for key, one in self.made.items() if key != answer.question.key}
        self.go(self.place + 1)

    def go(self, place: int) -> None:
        """Go to a place; what was typed at the one before stays as a draft."""
        self.place = min(max(place, 0), MORE)
        self._keep()
        self.turn += 1

    def mark(self, key: str, *, done: bool) -> None:
        """Note that a part of the longer form is done, or is not."""
        self.done = [one for one in self.done if one != key] + ([key] if done else [])
        self._keep()

    def _named(self, answer: Either) -> bool:
        """Tell whether the case has begun; it does so with a name."""
        if self.case.revision is None and isinstance(answer, Answer):
            answer.form.errors = {"family": translated("A case begins with a name: enter it here.")}
        return self.case.revision is not None

    @property
    def _name(self) -> str:
        return _PREFIX + self.case.open_case().id

    def _keep(self) -> None:
        kept: dict[str, Any] = {
            "place": self.place,
            "made": self.made,
            "done": self.done,
            "begun": self._begun,
        }
        self.case.workspace.put_note(self.case.author, self._name, json.dumps(kept).encode())


def begun(workspace: Workspace, author: str) -> tuple[Begun, ...]:
    """Return the interviews that this person began, the newest first, without names.

    To tell whose each is, its case has to be opened: `named` does that for those that are shown.
    """
    found = []
    for note in workspace.notes(author, _PREFIX):
        case_id = note.removeprefix(_PREFIX)
        try:
            data = workspace.get_note(author, note)
        except DamagedRecord:
            found.append(Begun(case_id, "", 0, damaged=True))
            continue
        if data is None:  # another page has just ended it
            continue
        kept = json.loads(data)
        at = datetime.fromisoformat(kept["begun"]) if kept.get("begun") else None
        found.append(Begun(case_id, "", int(kept.get("place", 0)), at))
    return tuple(sorted(found, key=_newest))


def named(workspace: Workspace, one: Begun) -> Begun:
    """Return it with the name of whose it is, where one was saved and can be read."""
    if one.damaged:
        return one
    try:
        name = workspace.load(one.case_id).case.summary().name
    except NoSuchCase:
        name = ""
    except DamagedRecord:
        # The others, and the way to begin one, must not go with it.
        return replace(one, damaged=True)
    return replace(one, name=name)


def _newest(one: Begun) -> tuple[float, str]:
    return -(one.at.timestamp() if one.at else 0.0), one.case_id


def _known(language: str) -> str:
    return language if language in LANGUAGES else ENGLISH
