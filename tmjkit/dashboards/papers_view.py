"""Letters: chosen, read as they will be printed, corrected, handed over as a download."""

import base64
from functools import partial
from typing import Final

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.dashboards.desk import box, button, put, text
from tmjkit.dashboards.letter_choice import every_letter, options_of, says
from tmjkit.dashboards.letter_download import download
from tmjkit.dashboards.letter_paper import Objected
from tmjkit.dashboards.letter_places import Place
from tmjkit.dashboards.letter_preview import pieces_of
from tmjkit.dashboards.letter_preview_view import PreviewView
from tmjkit.dashboards.letter_reasons import Reasons
from tmjkit.dashboards.markup import html
from tmjkit.dashboards.panel import CaseContext
from tmjkit.language import ENGLISH, LANGUAGES
from tmjkit.letters import MissingFacts, Voice
from tmjkit.letters.kinds import Kind
from tmjkit.letters.lint import Objection

_FORMATS: Final = (("Word", "docx"), ("PDF", "pdf"), ("HTML", "html"), ("Markdown", "md"))
_TRACES: Final = (
    ("Sources as CSV", "csv"),
    ("Sources as PDF", "pdf"),
    ("Letter with its sources", "html"),
)


class PapersView:
    """Choose a letter, read it, see what is wrong with it and where, download it."""

    def __init__(self, context: CaseContext) -> None:
        self._context = context
        self._model = model = context.papers
        self._desk = desk = context.desk
        self._filling = False
        self._kind = _dropdown("Letter")
        self._voice = _dropdown("Who signs")
        self._language = _dropdown("Language")
        self._draft = w.Checkbox(description="As a draft, with visible gaps", indent=False)
        self._state = text("", "tmj-letter-state")
        self._reasons = Reasons(model)
        self._preview = PreviewView(desk, self._go, self._reasons)
        self._result = text("", "tmj-result")
        self._picture = box((), "tmj-letter-picture")
        self._others = text("", "tmj-result")
        for field in (self._kind, self._voice, self._language, self._draft):
            field.observe(desk.safely(self._chosen), "value")
        model.observe(
            desk.safely(self.refresh), ["kind", "about_id", "voice", "language", "draft", "chosen"]
        )
        fields = [
            box((one,), css)
            for one, css in (
                (self._kind, "tmj-field tmj-wide"),
                (self._voice, "tmj-field"),
                (self._language, "tmj-field"),
            )
        ]
        self.widget = box(
            (
                box((*fields, self._draft), "tmj-fields"),
                self._state,
                text(html("<h3>Export</h3>")),
                box(self._buttons(), "tmj-actions"),
                self._result,
                self._picture,
                text(html("<h3>The letter as it will be printed</h3>")),
                text(
                    html(
                        '<p class="tmj-help">Point at a sentence, or move to it with the Tab key, '
                        "to see what it rests on. Quotes are read in the documents, and the names "
                        "of other patients looked for, before it is exported. "
                        '<a href="#letter-end">Go past the letter</a></p>'
                    )
                ),
                self._preview.widget,
                text(html('<span id="letter-end" tabindex="-1"></span>')),
                self._others,
            ),
            "tmj-papers",
        )

    def _buttons(self) -> list[w.Widget]:
        safely = self._desk.safely
        letters = [
            button(
                name,
                safely(partial(self._make, ending)),
                css="tmj-primary",
                tooltip=f"Download the letter as {name}",
            )
            for name, ending in _FORMATS
        ]
        traces = [
            button(
                name,
                safely(partial(self._trace, form)),
                tooltip=f"{name}: what each sentence rests on, not for sending",
            )
            for name, form in _TRACES
        ]
        page = button("First page as printed", safely(self._show_page))
        packet = button("Packet with exhibits", safely(lambda: self._context.go("packet")))
        return [*letters, *traces, page, packet]

    def refresh(self) -> None:
        """Offer the letters that fit the case as it is now, and show the chosen one."""
        if self._model.case_model.case is None:
            return
        found = self._model.listed()
        options = options_of(found)
        if not self._model.kind and options:
            self._model.choose(options[0][1])
            return  # The model tells of it, and that leads here again.
        one = next((item for item in found if item.kind.kind == self._model.kind), None)
        self._filling = True
        try:
            _offer(self._kind, options, self._model.kind)
            if one is not None:
                self._offer_voices(one.kind)
            self._draft.value = self._model.draft
        finally:
            self._filling = False
        self._others.value = every_letter(found)
        self._state.value = says(one) if one is not None else ""
        self._result.value = ""
        put(self._picture, ())
        self._show()

    def _offer_voices(self, kind: Kind) -> None:
        voices = tuple((voice.label, voice.value) for voice in kind.voices)
        shown = self._model.shown()
        voice = shown.letter.voice if shown else ""
        _offer(self._voice, voices, self._model.voice or voice)
        several = LANGUAGES if Voice.PATIENT in kind.voices else {ENGLISH: LANGUAGES[ENGLISH]}
        languages = tuple(
            (name if code == ENGLISH else f"{name} (copy for the patient)", code)
            for code, name in several.items()
        )
        _offer(self._language, languages, self._model.language)

    def _chosen(self) -> None:
        """Take over what somebody chose in a field."""
        if self._filling:
            return
        model = self._model
        if self._kind.value and self._kind.value != model.kind:
            model.choose(self._kind.value)
            return
        with model.hold_trait_notifications():
            model.draft = self._draft.value
            model.language = self._language.value or ENGLISH
            if self._voice.value and self._voice.value != self._voice_now():
                model.voice = self._voice.value

    def _voice_now(self) -> str:
        shown = self._model.shown()
        return self._model.voice or (shown.letter.voice if shown else "")

    def _show(self, refused: tuple[Objection, ...] = ()) -> None:
        shown = self._model.shown()
        if shown is None:
            self._preview.show(())
            return
        case = self._model.case_model.open_case()
        found = tuple(dict.fromkeys((*shown.objections, *refused)))
        pieces = pieces_of(shown.letter, case, found, self._model.known)
        self._reasons.show(shown.letter)
        self._preview.show(pieces)

    def _make(self, ending: str) -> None:
        model = self._model
        try:
            paper = model.make(
                model.kind,
                ending,
                draft=model.draft,
                voice=model.voice or None,
                language=model.language,
            )
        except MissingFacts:
            self._desk.warn(
                "No letter was made: facts are missing. Each is marked in the letter, with where "
                "to enter it."
            )
            return
        except Objected as refused:
            self._show(refused.objections)
            self._desk.warn(
                "No letter was made: it breaks a rule. What to do stands beside the sentence."
            )
            return
        self._result.value = download(paper)
        self._desk.say(f"{paper.name} is ready.")

    def _trace(self, form: str) -> None:
        paper = self._model.trace(form)
        self._result.value = download(paper)
        self._desk.say(f"{paper.name} is ready. It is for the office, not for sending.")

    def _show_page(self) -> None:
        data = base64.b64encode(self._model.picture()).decode()
        picture = html(
            '<img src="data:image/png;base64,{}" alt="The first page of the letter as a PDF">', data
        )
        put(self._picture, [text(picture)])

    def _go(self, place: Place) -> None:
        self._context.edit(place.section, place.record_id)


def _dropdown(label: str) -> w.Dropdown:
    made = w.Dropdown(description=label, options=())
    made.style.description_width = "initial"
    return made


def _offer(field: w.Dropdown, options: tuple[tuple[str, str], ...], value: str) -> None:
    """Offer choices, and show the one that was made."""
    if field.options != options:
        field.options = options
    field.value = value if value in dict(options).values() else None
