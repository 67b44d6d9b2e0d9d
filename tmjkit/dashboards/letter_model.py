"""The letter that is chosen on a case's page: what it is about, who speaks, in which language."""

from collections.abc import Callable
from pathlib import Path

from traitlets import Bool, Int, Unicode

from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.model import Model
from tmjkit.dashboards.packet_choice import PacketChoice, choice_of, keep_choice
from tmjkit.knowledge import Library, library
from tmjkit.language import ENGLISH
from tmjkit.letters import Letter, MissingFacts, compose, kind_of
from tmjkit.letters.place import folder_of, letters_in


class LetterModel(Model):
    """The chosen letter of a case, and how it is composed.

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
    voice, language, draft
        Who speaks (empty: whom the letter takes), the language of the text, and whether it is
        made with visible gaps.
    chosen
        How often something was chosen for a packet: letters follow the order of its exhibits.
    """

    kind = Unicode()
    about_id = Unicode()
    voice = Unicode()
    language = Unicode(ENGLISH)
    draft = Bool(default_value=False)
    chosen = Int(0)

    def __init__(self, case_model: CaseModel, known: Callable[[], Library] = library) -> None:
        super().__init__()
        self.case_model = case_model
        self._known = known
        place = folder_of(case_model.workspace.place)
        self._folder = place if place and place.is_dir() else None
        self._choices: dict[tuple[str, str], PacketChoice] = {}

    def want(self, kind: str, about_id: str = "") -> None:
        """Choose a letter, and what it is to be about, before the panel of the letters is opened.

        Raises
        ------
        LetterError
            When there is no such kind of letter.
        """
        with self.hold_trait_notifications():
            self.choose(kind_of(kind).kind)
            self.about_id = about_id

    def _about(self, kind: str) -> str | None:
        """Return what a letter was asked to be about; None leaves it to the case."""
        return self.about_id or None if kind == self.kind else None

    def choose(self, kind: str) -> None:
        """Choose a letter; who speaks and what it is about are then as the case has it."""
        if kind != self.kind:
            with self.hold_trait_notifications():
                self.kind, self.about_id, self.voice, self.language = kind, "", "", ENGLISH

    def _composed(self, *, draft: bool) -> Letter:
        try:
            return self.compose(
                self.kind, draft=draft, voice=self.voice or None, language=self.language
            )
        except MissingFacts:
            return self._composed(draft=True)

    @property
    def known(self) -> Library:
        """The facts and policies to go by."""
        return self._known()

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
            exhibits=self.choice(kind).order,
        )

    def choice(self, kind: str) -> PacketChoice:
        """Return what was chosen for the packet of a letter, whose order its labels follow."""
        model = self.case_model
        found = self._choices.get((model.open_case().id, kind))
        if found is None:
            found = choice_of(model.workspace, model.author, model.open_case().id, kind)
            self._choices[model.open_case().id, kind] = found
        return found

    def keep(self, kind: str, choice: PacketChoice) -> None:
        """Keep what was chosen for the packet of a letter."""
        model = self.case_model
        if choice != self.choice(kind):
            self._choices[model.open_case().id, kind] = choice
            keep_choice(model.workspace, model.author, model.open_case().id, kind, choice)
            self.chosen += 1

    @property
    def _templates(self) -> Path | None:
        return letters_in(self._folder)
