"""Letters and the packet: chosen, checked, made when asked for, handed over as a download."""

import base64
from functools import partial

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.dashboards.desk import Desk, box, button, put, text
from tmjkit.dashboards.markup import Markup, html, join, listing
from tmjkit.dashboards.papers_model import Objected, Paper, PapersModel
from tmjkit.dashboards.written_view import WrittenView
from tmjkit.language import ENGLISH, LANGUAGES
from tmjkit.letters import Letter, MissingFacts, State, Voice
from tmjkit.letters.lint import Objection
from tmjkit.letters.listing import Listed

_FORMATS = (("Word", "docx"), ("PDF", "pdf"), ("HTML", "html"), ("Packet (PDF)", "packet"))
_KB = 1024


class PapersView:
    """Choose a letter, see what it lacks and what is wrong with it, download it."""

    def __init__(self, model: PapersModel, desk: Desk) -> None:
        self._model = model
        self._desk = desk
        self._listed: dict[str, Listed] = {}
        self._objected: tuple[Letter, tuple[Objection, ...]] | None = None
        self._kind = _dropdown("Letter")
        self._voice = _dropdown("Who signs")
        self._language = _dropdown("Language")
        self._draft = w.Checkbox(
            description="As a draft, with visible gaps", value=False, indent=False
        )
        self._result = text("", "tmj-result")
        self._aside = box((), "tmj-fields")
        self._others = text("", "tmj-result")
        self._written = WrittenView(model, desk)
        self._kind.observe(desk.safely(self._choose), "value")
        model.observe(desk.safely(self._follow), "kind")
        for field in (self._voice, self._draft):
            field.observe(desk.safely(self._show_gaps), "value")
        buttons = [
            button(
                name,
                desk.safely(partial(self._make, ending)),
                css="tmj-primary",
                tooltip=f"Download as {name}",
            )
            for name, ending in _FORMATS
        ]
        self.widget = box(
            (
                box((self._kind, self._voice, self._language, self._draft), "tmj-fields"),
                box(buttons, "tmj-actions"),
                self._result,
                self._aside,
                self._others,
                self._written.widget,
            ),
            "tmj-papers",
        )

    def refresh(self) -> None:
        """Offer the letters that fit the case as it is now."""
        if self._model.case_model.case is None:
            return
        found = self._model.listed()
        self._listed = {one.kind.kind: one for one in found}
        options = tuple((_words(one), one.kind.kind) for one in found if one.state is not State.NOT)
        _offer(self._kind, options)
        self._others.value = _not_here(tuple(one for one in found if one.state is State.NOT))
        self._written.refresh()
        self._follow()
        self._choose()

    def _follow(self) -> None:
        """Choose the letter that somebody wished for elsewhere on the page."""
        if self._model.kind in dict(self._kind.options).values():
            self._kind.value = self._model.kind

    def _choose(self) -> None:
        one = self._listed.get(self._kind.value or "")
        if one is None:
            return
        voices = tuple((voice.label, voice.value) for voice in one.kind.voices)
        _offer(self._voice, voices)
        several = LANGUAGES if Voice.PATIENT in one.kind.voices else {ENGLISH: LANGUAGES[ENGLISH]}
        languages = tuple(
            (name if code == ENGLISH else f"{name} (copy for the patient)", code)
            for code, name in several.items()
        )
        _offer(self._language, languages)
        self._show_gaps()

    def _show_gaps(self) -> None:
        kind = self._kind.value
        if kind is None:
            return
        self._set_aside(None)
        one = self._listed[kind]
        gaps = self._model.gaps(kind, self._voice.value)
        if not gaps and one.state is not State.LATER and not self._draft.value:
            letter = self._model.compose(kind, voice=self._voice.value)
            objections = self._model.objections(letter, quick=True)
            if objections:
                self._result.value = _objections(objections)
                self._set_aside(objections)
                return
        now = Markup()
        if one.state is State.LATER:
            now = html("<p><strong>Not now:</strong> {}.</p>", one.why)
        lacks = (
            _missing(gaps, draft=self._draft.value)
            if gaps
            else html(
                "<p>Every fact that this letter needs is there. What only the clinician or "
                "the patient can say, and the signature, stays blank for them to fill in.</p>"
            )
        )
        self._result.value = join((now, lacks))

    def _make(self, ending: str) -> None:
        kind = self._kind.value
        try:
            paper = self._model.make(
                kind,
                ending,
                draft=self._draft.value,
                voice=self._voice.value,
                language=self._language.value,
            )
        except MissingFacts:
            self._show_gaps()
            self._desk.warn("No letter was made: facts are missing. See what and where below.")
            return
        except Objected as refused:
            self._result.value = _objections(refused.objections)
            self._set_aside(refused.objections)
            self._desk.warn("No letter was made: it breaks a rule. See which sentence below.")
            return
        self._result.value = _download(paper)
        self._desk.say(f"{paper.name} is ready.")

    def _set_aside(self, objections: tuple[Objection, ...] | None) -> None:
        """Offer to set a rule aside, with the reason; nothing where no rule objects."""
        if not objections:
            put(self._aside, ())
            return
        rule = _dropdown("Rule to set aside")
        _offer(rule, tuple((item.rule, item.rule) for item in objections))
        why = w.Textarea(description="Why the letter is right all the same", rows=2)
        why.style.description_width = "initial"

        def keep() -> None:
            letter = self._model.compose(
                self._kind.value, voice=self._voice.value, language=self._language.value
            )
            self._model.set_aside(letter, self._model.objections(letter), rule.value, why.value)
            self._desk.say("The objection is set aside, with your reason. Make the letter again.")

        put(
            self._aside,
            (
                rule,
                box((why,), "tmj-field"),
                button("Set aside", self._desk.safely(keep)),
            ),
        )


def _dropdown(label: str) -> w.Dropdown:
    made = w.Dropdown(description=label, options=())
    made.style.description_width = "initial"
    return made


def _offer(field: w.Dropdown, options: tuple[tuple[str, str], ...]) -> None:
    """Offer other choices, keep the one that was made, and else choose the first."""
    options = tuple(dict.fromkeys(options))
    if field.options != options:
        kept = field.value
        field.options = options
        field.value = kept if kept in dict(options).values() else options[0][1]


def _words(one: Listed) -> str:
    if one.called_for:
        return f"{one.kind.title} (comes next)"
    return f"{one.kind.title} (not now)" if one.state is State.LATER else one.kind.title


def _not_here(found: tuple[Listed, ...]) -> Markup:
    if not found:
        return Markup()
    items = join(
        html("<li><strong>{}</strong>: {}.</li>", one.kind.title, one.why) for one in found
    )
    return html(
        "<details><summary>Letters that do not apply here, and why ({})</summary><ul>{}</ul>"
        "</details>",
        len(found),
        items,
    )


def _objections(found: tuple[Objection, ...]) -> Markup:
    items = join(
        html(
            "<li><strong>{}</strong>{}<br>{}<br>{} <small>[{}]</small></li>",
            f"Sentence {item.sentence}: " if item.sentence else "The whole letter. ",
            item.text,
            item.why,
            item.instead,
            item.rule,
        )
        for item in found
    )
    return html(
        '<p class="tmj-missing"><strong>This letter must not leave as it is.</strong> Correct the '
        "case, or set a rule aside if the letter is right all the same.</p><ul>{}</ul>",
        items,
    )


def _missing(gaps: tuple[str, ...], *, draft: bool) -> Markup:
    count = "1 fact is" if len(gaps) == 1 else f"{len(gaps)} facts are"
    then = (
        "The draft shows them as gaps, and DRAFT stands across each page."
        if draft
        else "Enter them, or choose a draft to see the letter as far as it goes."
    )
    return html(
        '<p class="tmj-missing"><strong>{} missing.</strong> {}</p>{}', count, then, listing(gaps)
    )


def _download(paper: Paper) -> Markup:
    data = base64.b64encode(paper.data).decode()
    left = (
        html("<p>Not printed into this packet; send separately:</p>{}", listing(paper.left_out))
        if paper.left_out
        else Markup()
    )
    # The page's script clicks it once, so that one click of the person is enough.
    return html(
        '<p><a class="tmj-download" data-tmj-download download="{}" href="data:{};base64,{}">'
        "Download {}</a> <small>{} KB</small></p>{}",
        paper.name,
        paper.media_type,
        data,
        paper.name,
        max(1, round(len(paper.data) / _KB)),
        left,
    )
