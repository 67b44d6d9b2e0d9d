"""The packet: exhibits in order, parts, where it goes, what was found in it, and its files."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.dashboards import background
from tmjkit.dashboards.desk import box, button, put, text
from tmjkit.dashboards.letter_download import download
from tmjkit.dashboards.letter_paper import Objected
from tmjkit.dashboards.markup import html, join
from tmjkit.dashboards.packet_checks import found, size_words
from tmjkit.dashboards.packet_model import Made, PacketModel, PartRow, Step
from tmjkit.dashboards.packet_order_view import OrderView
from tmjkit.dashboards.panel import CaseContext
from tmjkit.letters import Letter, MissingFacts
from tmjkit.packet.model import PacketError
from tmjkit.packet.plan import PartKind

_SOURCES = "A table at the end: each sentence of the letter, and the page that it rests on."
_NOWHERE = "No limits: mail, or not decided yet"
_MAKE, _MAKING = "Make and check the packet", "Making the packet …"


class PacketView:
    """Puts the packet of the chosen letter together."""

    def __init__(self, context: CaseContext) -> None:
        self._context = context
        self._desk = desk = context.desk
        self._papers = context.papers
        self._model = PacketModel(context.papers)
        self._letter: Letter | None = None
        self._filling = False
        self._making = self._stale = False  # changed since the making began
        self._shown: tuple[PartRow, ...] = ()
        self._head = text()
        self._order = OrderView(desk, self._move, self._include)
        self._parts = box((), "tmj-fields")
        self._slips = w.Checkbox(description="A sheet with its label before each exhibit")
        self._slips.indent = False
        self._portal = w.Dropdown(description="Portal or fax", options=())
        self._portal.style.description_width = "initial"
        self._size = text("", "tmj-packet-size")
        self._result = text("", "tmj-result")
        self._files = box((), "tmj-packet-files")
        for field in (self._slips, self._portal):
            field.observe(desk.safely(self._options), "value")
        self._papers.observe(
            desk.safely(self.refresh), ["kind", "about_id", "voice", "language", "draft", "chosen"]
        )
        self._button = button(_MAKE, desk.safely(self._make), css="tmj-primary")
        letters = button("Choose another letter", desk.safely(lambda: context.go("letters")))
        order = html(
            '<h3>Exhibits in order</h3><p class="tmj-help">Letter, index and labels follow this '
            "order. Move an exhibit with its buttons, or drag it by its dots. One that is left out "
            "keeps its label, and a sheet in its place says that it is sent separately.</p>"
        )
        self.widget = box(
            (
                self._head,
                box((letters,), "tmj-actions"),
                text(order),
                self._order.widget,
                text(html("<h3>Parts</h3>")),
                self._parts,
                box((self._slips,), "tmj-packet-slips"),
                text(html("<h3>Where it goes</h3>")),
                box((box((self._portal,), "tmj-field tmj-wide"),), "tmj-fields"),
                self._size,
                box((self._button,), "tmj-actions"),
                self._result,
                self._files,
            ),
            "tmj-packet",
        )

    def refresh(self) -> None:
        """Show the packet as letter and choice are now; what was made before is out of date."""
        if self._papers.case_model.case is None:
            return
        if not self._papers.kind:
            fit = self._papers.listed()[0]
            self._papers.choose(fit.kind.kind)
            return  # The model tells of it, and that leads here again.
        self._letter = letter = self._model.letter()
        put(self._files, ())
        self._stale = self._making
        self._result.value = self._result.value if self._making else ""
        if letter is None:
            self._head.value = html("<p>The chosen letter does not apply to this case.</p>")
            self._order.show(())
            return
        draft = " as a draft" if letter.draft else ""
        self._head.value = html("<p>Goes with: <strong>{}</strong>{}</p>", letter.title, draft)
        self._filling = True
        try:
            self._order.show(self._model.rows(letter))
            self._show_parts(letter)
            self._slips.value = self._model.choice.slip_sheets
            places = tuple((one.title, name) for name, one in self._model.portals().items())
            self._portal.options = ((_NOWHERE, ""), *places)
            chosen = self._model.choice.portal
            self._portal.value = chosen if chosen in dict(places).values() else ""
        finally:
            self._filling = False
        pages, size = self._model.estimate(letter)
        self._size.value = html(
            "<p>About <strong>{} pages</strong>, {}. Making it counts exactly.</p>",
            pages,
            size_words(size),
        )

    def _show_parts(self, letter: Letter) -> None:
        rows = self._model.parts(letter)
        if rows == self._shown:
            return
        if [one.kind for one in rows] == [one.kind for one in self._shown]:
            for field, row in zip(self._parts.children, rows, strict=True):
                field.children[0].value = row.on
        else:
            put(self._parts, [self._part(row) for row in rows])
        self._shown = rows

    def _part(self, row: PartRow) -> w.Box:
        field = w.Checkbox(description=row.kind.label, value=row.on, indent=False)
        field.observe(self._desk.safely(partial(self._turn, row, field)), "value")
        why = _SOURCES if row.kind is PartKind.PROVENANCE else row.why
        return box((field, text(html('<p class="tmj-help">{}</p>', why))), "tmj-part-choice")

    def _turn(self, row: PartRow, field: w.Checkbox) -> None:
        if not self._filling:
            self._model.turn(row.kind, on=field.value)

    def _options(self) -> None:
        if not self._filling:
            choice = self._model.choice
            self._model.keep(
                replace(choice, slip_sheets=self._slips.value, portal=self._portal.value or "")
            )

    def _move(self, name: str, place: int) -> int:
        return self._model.move(self._letter, name, place) if self._letter else 0

    def _include(self, name: str, included: bool) -> None:  # noqa: FBT001 -- the field's own value
        self._model.include(name, included=included)

    def _make(self) -> None:
        if self._making:
            return
        put(self._files, ())
        self._busy(making=True)
        self._desk.say("The packet is being made. You can go on with other things meanwhile.")
        try:
            work = self._model.work()
        except MissingFacts as missing:
            self._give_up(f"No packet was made. {missing}")
            return
        except Objected as refused:
            count = len(refused.objections)
            self._give_up(
                f"No packet was made: the letter breaks a rule in {count} places. What to do "
                "stands beside the sentences in the panel Letters."
            )
            return
        except BaseException:
            self._give_up("")
            raise
        background.run(
            work,
            tell=self._desk.safely_with(self._tell),
            done=self._desk.safely_with(self._made),
        )

    def _give_up(self, words: str) -> None:
        self._busy(making=False)
        self._result.value = ""
        self._desk.warn(words)

    def _busy(self, *, making: bool) -> None:
        self._making, self._stale = making, False
        self._button.disabled = making
        self._button.description = _MAKING if making else _MAKE
        if making:
            self._tell(Step(0, 1, "checking the letter"))

    def _tell(self, step: Step) -> None:
        if not self._making:
            return
        self._result.value = html(
            '<p>Making the packet: {} …</p><progress class="tmj-progress-bar" '
            'aria-label="Making the packet" max="{}" value="{}"></progress>',
            step.words,
            step.steps,
            step.done,
        )

    def _made(self, outcome: Callable[[], Made]) -> None:
        stale = self._stale
        self._busy(making=False)
        self._result.value = ""
        try:
            made = outcome()
        except PacketError as wrong:
            self._desk.warn(f"No packet was made. {wrong}")
            return
        if stale:
            self._desk.warn(
                "Letter, case or packet were changed while the packet was made, so it was put "
                "aside. Make it again."
            )
            return
        self._result.value = found(made, self._papers.case_model.open_case())
        stops = bool(made.strangers) or bool(made.sending and made.sending.stops)
        words = "Download, I have looked at what was found" if stops else "Download the packet"
        hand = button(words, self._desk.safely(lambda: self._hand(made)), css="tmj-primary")
        put(self._files, (hand,))
        self._desk.say("The packet is made. Look at what was found in it, then download it.")

    def _hand(self, made: Made) -> None:
        seen = self._result.value
        papers = self._model.hand_over(made)
        # Keeping in the case that it left shows everything anew, and would take this away.
        self._result.value = seen
        put(self._files, [text(join(download(paper) for paper in papers), "tmj-result")])
        count = "1 file" if len(papers) == 1 else f"{len(papers)} files"
        self._desk.say(f"The packet is ready: {count}.")
