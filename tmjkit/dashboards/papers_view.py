"""Letters and the packet: made when asked for, handed over as a download."""

import base64
from functools import partial

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.dashboards.case_model import CaseModel, Paper
from tmjkit.dashboards.desk import Desk, box, button, text
from tmjkit.dashboards.markup import Markup, html, listing
from tmjkit.letters import MissingFacts

_FORMATS = (("Word", "docx"), ("PDF", "pdf"), ("HTML", "html"), ("Packet (PDF)", "packet"))
_KB = 1024


class PapersView:
    """Choose a letter, see what it lacks, download it."""

    def __init__(self, model: CaseModel, desk: Desk) -> None:
        self._model = model
        self._desk = desk
        self._kind = w.Dropdown(description="Letter", options=())
        self._kind.style.description_width = "initial"
        self._draft = w.Checkbox(
            description="As a draft, with visible gaps", value=False, indent=False
        )
        self._result = text("", "tmj-result")
        self._kind.observe(desk.safely(self._show_gaps), "value")
        self._draft.observe(desk.safely(self._show_gaps), "value")
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
                text(html('<h2 id="papers">Letters and packet</h2>')),
                box((self._kind, self._draft), "tmj-fields"),
                box(buttons, "tmj-actions"),
                self._result,
            ),
            "tmj-section tmj-papers",
        )

    def refresh(self) -> None:
        """Offer the letters that fit the case as it is now."""
        if self._model.case is None:
            return
        options = tuple((kind.title, kind.kind) for kind in self._model.letter_kinds())
        if self._kind.options != options:
            self._kind.options = options
            self._kind.value = options[0][1]
        self._show_gaps()

    def _show_gaps(self) -> None:
        if self._kind.value is None:
            return
        gaps = self._model.gaps(self._kind.value)
        if not gaps:
            self._result.value = html(
                "<p>Every fact that this letter needs is there. What only the clinician or "
                "the patient can say, and the signature, stays blank for them to fill in.</p>"
            )
        else:
            self._result.value = _missing(gaps, draft=self._draft.value)

    def _make(self, ending: str) -> None:
        kind = self._kind.value
        try:
            paper = self._model.paper(kind, ending, draft=self._draft.value)
        except MissingFacts:
            self._show_gaps()
            self._desk.warn("No letter was made: facts are missing. See what and where below.")
            return
        self._result.value = _download(paper)
        self._desk.say(f"{paper.name} is ready.")


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
