"""The letters of a case, as its page offers them: which fit, what they lack, how they stand."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from tmjkit.case import Case, Channel, ExportedLetter, LintOverride
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.letter_model import LetterModel
from tmjkit.dashboards.letter_paper import MEDIA_TYPES, Objected, Paper, page_picture
from tmjkit.knowledge import Library, library
from tmjkit.language import ENGLISH
from tmjkit.letters import Letter, LetterError, MissingFacts, State, render
from tmjkit.letters.export import exported
from tmjkit.letters.lint import Identity, Objection, lint, override_for, standing_objections
from tmjkit.letters.listing import Listed, fits_of, not_now
from tmjkit.letters.place import letterhead_in
from tmjkit.letters.sending import sent_records
from tmjkit.letters.status import LetterState, LetterStatus, status

_ORDER: Final = {State.READY: 1, State.LACKS: 2, State.LATER: 3, State.NOT: 4}


@dataclass(frozen=True, slots=True)
class Shown:
    """The chosen letter as it is looked at.

    Parameters
    ----------
    listed
        How its kind stands to the case.
    letter
        The letter; a draft also where facts are missing.
    objections
        What the linter says of it without reading documents.
    """

    listed: Listed
    letter: Letter
    objections: tuple[Objection, ...]


class PapersModel(LetterModel):
    """The letters of the case that a page works on: how they fit, what is against them, files.

    Parameters
    ----------
    case_model
        The case.
    known
        Gives the facts and policies to go by.
    """

    def __init__(self, case_model: CaseModel, known: Callable[[], Library] = library) -> None:
        super().__init__(case_model, known)
        self._listed: tuple[Case, tuple[object, ...], tuple[Listed, ...]] | None = None
        self._written: tuple[Case, Library, date, tuple[LetterStatus, ...]] | None = None

    def listed(self) -> tuple[Listed, ...]:
        """Return how each kind of letter fits: what comes next first, what does not apply last."""
        model, known = self.case_model, self._known()
        case = model.open_case()
        before, by = self._listed, (known, self.chosen, model.today)
        if before is None or before[0] is not case or before[1] != by:
            fits = fits_of(case, today=model.today, known=known)
            found = sorted(
                map(self._with_gaps, fits), key=lambda one: (not comes_next(one), _ORDER[one.state])
            )
            self._listed = before = (case, by, tuple(found))
        return before[2]

    def _with_gaps(self, one: Listed) -> Listed:
        if one.state is not State.READY:
            return one
        try:
            gaps = self.compose(one.kind.kind, draft=True).gaps
        except LetterError as wrong:  # a template of the office's own; the others are right
            return replace(one, state=State.NOT, why=str(wrong))
        return replace(one, state=State.LACKS, gaps=gaps) if gaps else one

    def shown(self) -> Shown | None:
        """Return the chosen letter as it is looked at; None where it does not apply."""
        one = next((item for item in self.listed() if item.kind.kind == self.kind), None)
        if one is None or one.state is State.NOT:
            return None
        letter = self._composed(draft=self.draft)
        return Shown(one, letter, self.objections(letter, quick=True))

    def gaps(self, kind: str, voice: str | None = None) -> tuple[str, ...]:
        """Return what keeps this letter from being sent, with where to enter it."""
        try:
            self.compose(kind, voice=voice)
        except MissingFacts as missing:
            return tuple(f"{gap.what} ({gap.where})" for gap in missing.gaps)
        return ()

    def objections(self, letter: Letter, *, quick: bool = False) -> tuple[Objection, ...]:
        """Return what the linter says against a letter and nobody has set aside.

        `quick` is for looking: it leaves the documents unread, so quotes are held against the case
        only, and does not look whether people of other cases are named.
        """
        model = self.case_model
        case = model.open_case()
        others = (
            Identity(row.case_id, (row.name,), row.birth_date, tuple(row.member_ids.splitlines()))
            for row in model.workspace.summaries()
            if row.case_id != case.id
        )
        found = lint(
            letter,
            case,
            today=model.today,
            known=self._known(),
            others=() if quick else others,
            get_document=None if quick else model.workspace.get_document,
        )
        return standing_objections(found, case, letter)

    def set_aside(
        self, letter: Letter, objections: tuple[Objection, ...], rule: str, why: str
    ) -> LintOverride:
        """Keep in the case that the objections of a rule are set aside, and why.

        Raises
        ------
        LetterError
            When the rule does not object, or no reason is given.
        """
        model = self.case_model
        made = override_for(
            letter.kind,
            objections,
            rule,
            why,
            date=model.today,
            by=model.author,
            about=letter.about_id,
        )
        model.update(made)
        return made

    def make(
        self,
        kind: str,
        ending: str,
        *,
        draft: bool,
        voice: str | None = None,
        language: str = ENGLISH,
    ) -> Paper:
        """Make a letter in one of its formats, and keep in the case that it left.

        A draft is not kept.

        Raises
        ------
        MissingFacts
            When facts are missing and it is not a draft.
        Objected
            When it breaks a rule of the linter and is not a draft.
        """
        letter = self.fit_to_leave(kind, draft=draft, voice=voice, language=language)
        data = render(letter, ending, letterhead=letterhead_in(self._folder))
        self.left(letter, ending, data)
        return self._paper(letter, ending, data)

    def fit_to_leave(
        self, kind: str, *, draft: bool, voice: str | None = None, language: str = ENGLISH
    ) -> Letter:
        """Compose a letter that may leave: it is due, and neither facts nor rules stop it.

        Raises
        ------
        LetterError, MissingFacts, Objected
            When it may not, unless it is a draft.
        """
        model = self.case_model
        if not draft:
            why = not_now(
                kind,
                model.open_case(),
                today=model.today,
                about=self._about(kind),
                known=self._known(),
            )
            if why:
                raise LetterError(f"Not now: {why}. A draft shows it as far as it goes.")
        letter = self.compose(kind, draft=draft, voice=voice, language=language)
        against = () if draft else self.objections(letter)
        if against:
            raise Objected(against)
        return letter

    def left(self, letter: Letter, form: str, data: bytes) -> None:
        """Keep in the case that a letter left; nothing of a draft."""
        if not letter.draft:
            case = self.case_model.open_case()
            self.case_model.update(
                exported(letter, case, form=form, data=data, known=self._known())
            )

    def trace(self, form: str) -> Paper:
        """Return what each sentence of the chosen letter rests on, in one of `TRACE_FORMATS`."""
        from tmjkit.letters.trace import render_trace, trace_of  # noqa: PLC0415 -- pandas

        letter = self._composed(draft=self.draft)
        rows = trace_of(letter, self.case_model.open_case(), self._known())
        return self._paper(letter, form, render_trace(rows, letter, form), before="sources-")

    def picture(self) -> bytes:
        """Return the picture (PNG) of the first page of the chosen letter."""
        return page_picture(render(self._composed(draft=self.draft), "pdf"))

    def _paper(self, letter: Letter, ending: str, data: bytes, before: str = "") -> Paper:
        # The id, never the name: file names end up in logs and in e-mails.
        spanish = f"-{letter.language}" if letter.language != ENGLISH else ""
        mark = "-DRAFT" if letter.draft else ""
        name = f"{before}{letter.kind}{spanish}-{self.case_model.open_case().id}{mark}.{ending}"
        return Paper(name, MEDIA_TYPES[ending], data)

    def written(self) -> tuple[LetterStatus, ...]:
        """Return how the letters that were written stand to the case, the newest first."""
        model = self.case_model
        case, known, today = model.open_case(), self._known(), model.today
        had = self._written
        # Each letter is composed once more to be compared, so a case is looked at once a day.
        if had is None or had[0] is not case or had[1] is not known or had[2] != today:
            found = status(case, today=today, known=known, templates_dir=self._templates)
            newest = sorted(enumerate(found), key=_when, reverse=True)
            self._written = had = (case, known, today, tuple(item for _, item in newest))
        return had[3]

    def stale(self) -> tuple[str, ...]:
        """Return the letters that no longer match the case, each in a sentence."""
        return tuple(
            f"{item.letter.title}, {item.letter.date}: {item.advice}"
            for item in self.written()
            if item.state is LetterState.CHANGED
        )

    def mark_sent(self, letter_id: str, on: date, channel: str) -> None:
        """Keep in the case that a letter was sent, by a way that `Channel` names.

        Raises
        ------
        LetterError
            When that can't be, such as a day ahead.
        """
        model = self.case_model
        case = model.open_case()
        letter = case.record(letter_id)
        way = next((item for item in Channel if item.value == channel), None)
        if isinstance(letter, ExportedLetter):
            for record in sent_records(letter, case, on, way, today=model.today):
                model.update(record)


def comes_next(one: Listed) -> bool:
    """Tell whether a letter is what comes next, and can be written now."""
    return one.called_for and one.state in (State.READY, State.LACKS)


def _when(placed: tuple[int, LetterStatus]) -> tuple[str, int]:
    place, item = placed
    return str(item.letter.date or ""), place
