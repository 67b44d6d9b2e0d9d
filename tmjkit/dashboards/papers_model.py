"""The letters of a case, as its page offers them: which fit, what they lack, how they stand."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from traitlets import Unicode

from tmjkit.case import Case, Channel, ExportedLetter, LintOverride
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.model import Model
from tmjkit.knowledge import Library, library
from tmjkit.letters import Letter, LetterError, MissingFacts, State, compose, kind_of, render
from tmjkit.letters.export import exported
from tmjkit.letters.lint import Identity, Objection, lint, override_for, standing_objections
from tmjkit.letters.listing import Listed, fits_of, not_now
from tmjkit.letters.place import folder_beside, letterhead_in, letters_in
from tmjkit.letters.sending import sent_records
from tmjkit.letters.status import LetterState, LetterStatus, status

MEDIA_TYPES: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html",
}
PACKET: Final = "packet"


class Paper:
    """A file for download.

    Attributes
    ----------
    name, media_type, data
        File name (opaque), media type, bytes.
    left_out
        Exhibits of a packet that have to be sent separately.
    """

    def __init__(
        self, name: str, media_type: str, data: bytes, left_out: tuple[str, ...] = ()
    ) -> None:
        self.name = name
        self.media_type = media_type
        self.data = data
        self.left_out = left_out


class Objected(Exception):  # noqa: N818 -- it says what happened
    """A letter that breaks rules; `objections` says which."""

    def __init__(self, objections: tuple[Objection, ...]) -> None:
        self.objections = objections
        super().__init__(f"the letter breaks {len(objections)} rules")


class PapersModel(Model):
    """The letters of the case that a page works on.

    Parameters
    ----------
    case_model
        The case.
    known
        Gives the facts and policies to go by.

    Attributes
    ----------
    kind, about_id
        The letter that is chosen, and the record that it is to be about; empty: the case says.
    """

    kind = Unicode()
    about_id = Unicode()

    def __init__(self, case_model: CaseModel, known: Callable[[], Library] = library) -> None:
        super().__init__()
        self.case_model = case_model
        self._known = known
        place = folder_beside(case_model.workspace.place)
        self._written: tuple[Case, Library, tuple[LetterStatus, ...]] | None = None
        self._folder = place if place and place.is_dir() else None

    def want(self, kind: str, about_id: str = "") -> None:
        """Choose a letter, and what it is to be about, before the panel of the letters is opened.

        Raises
        ------
        LetterError
            When there is no such kind of letter.
        """
        with self.hold_trait_notifications():
            self.kind, self.about_id = kind_of(kind).kind, about_id

    def _about(self, kind: str) -> str | None:
        """Return what a letter was asked to be about; None leaves it to the case."""
        return self.about_id or None if kind == self.kind else None

    def listed(self) -> tuple[Listed, ...]:
        """Return how each kind of letter fits: what comes next first, what does not apply last."""
        model = self.case_model
        found = fits_of(model.open_case(), today=model.today, known=self._known())
        order = {State.READY: 0, State.LATER: 1, State.NOT: 2}
        return tuple(sorted(found, key=lambda one: (order.get(one.state, 0), not one.called_for)))

    def compose(
        self, kind: str, *, draft: bool = False, voice: str | None = None, language: str = "en"
    ) -> Letter:
        """Compose a letter of the case.

        Raises
        ------
        MissingFacts
            When facts are missing and it is not a draft.
        LetterError
            When it does not apply, or a template is wrong.
        """
        model = self.case_model
        return compose(
            kind,
            model.open_case(),
            today=model.today,
            about=self._about(kind),
            draft=draft,
            voice=voice,
            language=language,
            templates_dir=self._templates,
            known=self._known(),
        )

    @property
    def _templates(self) -> Path | None:
        return letters_in(self._folder)

    def gaps(self, kind: str, voice: str | None = None) -> tuple[str, ...]:
        """Return what keeps this letter from being sent, with where to enter it."""
        try:
            self.compose(kind, voice=voice)
        except MissingFacts as missing:
            return tuple(f"{gap.what} ({gap.where})" for gap in missing.gaps)
        return ()

    def objections(self, letter: Letter, *, quick: bool = False) -> tuple[Objection, ...]:
        """Return what the linter says against a letter and nobody has set aside.

        `quick` leaves the documents unread, so quotes are held against the case only.
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
            others=others,
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
        language: str = "en",
    ) -> Paper:
        """Make a letter in one of its formats, or the packet, and keep in the case that it left.

        A draft is not kept.

        Raises
        ------
        MissingFacts
            When facts are missing and it is not a draft.
        Objected
            When it breaks a rule of the linter and is not a draft.
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
        if not draft:
            against = self.objections(letter)
            if against:
                raise Objected(against)
        case = model.open_case()
        left: tuple[str, ...] = ()
        if ending == PACKET:
            from tmjkit.packet import assemble  # noqa: PLC0415 -- pypdf and typst

            made = assemble(letter, case, model.workspace.get_document, today=model.today)
            left = tuple(f"exhibit {one.label} ({one.title})" for one in made.left_out)
            data, name, media = made.pdf, f"packet-{kind}", "pdf"
        else:
            data = render(letter, ending, letterhead=letterhead_in(self._folder))
            name, media = kind, ending
        if not draft:
            model.update(exported(letter, case, form=ending, data=data, known=self._known()))
        # The id, never the name: file names end up in logs and in e-mails.
        spanish = f"-{language}" if language != "en" else ""
        name = f"{name}{spanish}-{case.id}{'-DRAFT' if draft else ''}.{media}"
        return Paper(name, MEDIA_TYPES[media], data, left)

    def written(self) -> tuple[LetterStatus, ...]:
        """Return how the letters that were written stand to the case, the newest first."""
        model = self.case_model
        case, known = model.open_case(), self._known()
        # Each letter is composed once more to be compared, so a case is looked at once.
        if self._written is None or self._written[0] is not case or self._written[1] is not known:
            found = status(case, today=model.today, known=known, templates_dir=self._templates)
            newest = sorted(enumerate(found), key=_when, reverse=True)
            self._written = (case, known, tuple(item for _, item in newest))
        return self._written[2]

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


def _when(placed: tuple[int, LetterStatus]) -> tuple[str, int]:
    place, item = placed
    return str(item.letter.date or ""), place
