"""The form of a record as widgets, built from its fields.

Only plain inputs that carry their label: text, text area, dropdown, checkbox. A number is a text
field where it may be unknown or where any beginning value would be invented; a spinner only where
the record has a default. A day is a text field too: see `days`.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.dashboards.autosave import Autosave
from tmjkit.dashboards.desk import Desk, box, button, put, set_visible, text
from tmjkit.dashboards.fields import Field, Kind
from tmjkit.dashboards.form_words import error_markup, help_markup, hint, part_name
from tmjkit.dashboards.markup import Markup, html
from tmjkit.dashboards.record_form import RECORD, RecordForm
from tmjkit.dashboards.record_sources import SOURCE, SOURCE_PAGE, SOURCE_QUOTE
from tmjkit.dashboards.typed import Typed
from tmjkit.language import translated


class FormView:
    """Shows a form, keeps its model up to date, and hands on Save and Cancel.

    Parameters
    ----------
    form
        The model.
    desk
        Where errors go.
    save
        Called with nothing when Save is clicked; the form says by itself what is wrong with it.
    cancel
        Called when the form is given up.
    saver
        Saves the form by itself and says so; None where only Save saves.
    only
        Names of the fields that are asked; all when left out.

    Attributes
    ----------
    typed
        Tells what has come of the inputs; follows those too that stand in the form beside its own.
    """

    def __init__(
        self,
        form: RecordForm,
        desk: Desk,
        save: Callable[[], object],
        cancel: Callable[[], object],
        saver: Autosave | None = None,
        *,
        only: tuple[str, ...] = (),
    ) -> None:
        self.form = form
        self._desk = desk
        self._saver = saver
        self._only = only
        self.typed = Typed()
        self._inputs: dict[str, tuple[w.Widget, Callable[[str], Any]]] = {}
        self._lists: dict[str, Callable[[], None]] = {}
        self._theirs: dict[str, w.Box] = {}
        self._errors: dict[str, w.HTML] = {}
        self._source_place = box((), "tmj-fields")
        self._state = text("", "tmj-state")
        self._save = button(translated("Save"), desk.safely(save), css="tmj-primary")
        self._cancel = button(translated("Cancel"), desk.safely(cancel))
        self.widget = self._render()
        self._show_state(None)
        form.observe(self._show_errors, "errors")
        form.observe(self._show_state, "texts")
        form.observe(self._follow_model, "version")
        form.observe(self._show_theirs, "theirs")
        if saver is not None:
            saver.observe(self._show_state, "said")

    def saved(self) -> bool:
        """Save what is typed; False when it isn't saved, and told where it is wrong."""
        if self._saver is None:
            return False
        done = self._saver.save()
        if self.form.errors:
            self._desk.warn(_marked())
        return done and not self.form.errors

    def close(self) -> None:
        """Stop following the model; what was not saved stays as a draft."""
        if self.form.errors:
            self._desk.unsay(_marked())
        self.form.unobserve(self._show_errors, "errors")
        self.form.unobserve(self._show_state, "texts")
        self.form.unobserve(self._follow_model, "version")
        self.form.unobserve(self._show_theirs, "theirs")
        if self._saver is not None:
            self._saver.unobserve(self._show_state, "said")
            self._saver.close()

    def _render(self) -> w.Box:
        asked = [one for one in self.form.fields if not self._only or one.path in self._only]
        fields = [part for field in asked for part in self._field(field)]
        self._show_source()
        return box(
            (
                text(html("<h4>{}</h4>", self.form.name)),
                self._error(RECORD),
                box(fields, "tmj-fields"),
                text(html("<h5>{}</h5>", translated("How it is known"))),
                self._source_place,
                box((self._save, self._cancel, self._state, self.typed.widget), "tmj-actions"),
            ),
            "tmj-form",
        )

    # One field

    def _field(self, field: Field) -> list[w.Widget]:
        if field.kind is Kind.GROUP:
            return [part for inside in field.fields for part in self._field(inside)]
        if field.kind is Kind.PARTS:
            return [self._parts(field)]
        self._theirs[field.path] = box((), "tmj-theirs")
        inside = (
            self._input(field),
            text(help_markup(field)),
            self._error(field.path),
            self._theirs[field.path],
        )
        return [box(inside, "tmj-field")]

    def _input(self, field: Field) -> w.Widget:
        name = translated(field.label)
        label = translated("{name} (needed)").format(name=name) if field.required else name
        typed = self.form.texts.get(field.path, "")
        if field.kind in (Kind.CHOICE, Kind.REFERENCE):
            return self._choice(label, field.path, self.form.options(field))
        if field.kind is Kind.YES_NO:
            options = (
                (translated("Not known"), ""),
                (translated("Yes"), "yes"),
                (translated("No"), "no"),
            )
            return self._choice(label, field.path, options)
        if field.kind is Kind.FLAG:
            made = w.Checkbox(description=label, value=typed == "yes", indent=False)
            return self._follow(
                made, field.path, lambda on: "yes" if on else "no", lambda typed: typed == "yes"
            )
        if field.kind is Kind.WHOLE and field.default and field.minimum is not None:
            made = w.BoundedIntText(
                description=label,
                min=int(field.minimum),
                max=int(field.maximum or 10**9),
                value=int(typed) if typed.isdigit() else int(field.default),
            )
            return self._follow(made, field.path, str, int)
        kind = w.Textarea if field.kind is Kind.NOTE else w.Text
        return self._line(kind(description=label, value=typed, placeholder=hint(field)), field.path)

    def _choice(self, label: str, path: str, options: tuple[tuple[str, str], ...]) -> w.Widget:
        codes = [code for _, code in options]
        typed = self.form.texts.get(path, "")
        made = w.Dropdown(
            description=label, options=options, value=typed if typed in codes else codes[0]
        )
        # What is not among the choices any more reads as nothing chosen.
        return self._follow(made, path, str, lambda text: text if text in codes else codes[0])

    def _line(self, made: w.Widget, path: str) -> w.Widget:
        return self._follow(made, path, str, str)

    def _follow(
        self,
        made: w.Widget,
        path: str,
        write: Callable[[Any], str],
        read: Callable[[str], Any],
    ) -> w.Widget:
        made.style.description_width = "initial"
        self._inputs[path] = (made, read)
        made.observe(
            self._desk.safely_with(lambda change: self.form.update(path, write(change["new"]))),
            "value",
        )
        # After the model has taken it: what is told to have come must be in it.
        self.typed.follow(made, self.form.key, path)
        return made

    def _error(self, path: str) -> w.HTML:
        self._errors[path] = text(error_markup(self.form.errors.get(path, "")))
        return self._errors[path]

    # A list of parts

    def _parts(self, field: Field) -> w.Box:
        place = box((), "tmj-parts")

        def show() -> None:
            put(place, [self._part(field, number, show) for number in range(self._count(field))])
            self.typed.tell()

        def more() -> None:
            self.form.add_part(field)
            show()

        add = button(f"Add {part_name(field)}", self._desk.safely(more))
        self._lists[field.path] = show
        self._theirs[field.path] = box((), "tmj-theirs")
        show()
        heading = text(
            html("<h5>{}</h5><p>{}</p>", translated(field.label), translated(field.help))
        )
        theirs = self._theirs[field.path]
        return box((heading, theirs, place, add), "tmj-wide tmj-parts-box")

    def _count(self, field: Field) -> int:
        return len(self.form.parts(field))

    def _part(self, field: Field, number: int, show: Callable[[], None]) -> w.Box:
        inside = [one for part in self.form.parts(field)[number] for one in self._field(part)]

        def less() -> None:
            self.form.remove_part(field, number)
            show()

        name = f"{part_name(field).capitalize()} {number + 1}"
        remove = button("Take out", self._desk.safely(less), tooltip=f"Take out: {name}")
        head = text(html("<h6>{}</h6>", name))
        return box((head, box(inside, "tmj-fields"), remove), "tmj-part")

    # Where it is known from

    def _show_source(self) -> None:
        chosen = self._choice(translated("Source"), SOURCE, self.form.source_options())
        chosen.observe(self._desk.safely(self._show_place), "value")
        page = self._line(w.Text(description=translated("Page")), SOURCE_PAGE)
        quote = self._line(w.Textarea(description=translated("The words there")), SOURCE_QUOTE)
        note = html(
            '<p class="tmj-help">{}</p>',
            translated("A record without a source is kept, and shown as undocumented."),
        )
        self._pages = (
            box((page, self._error(SOURCE_PAGE)), "tmj-field"),
            box(
                (
                    quote,
                    text(html('<p class="tmj-help">{}</p>', translated("Exactly as written."))),
                    self._error(SOURCE_QUOTE),
                ),
                "tmj-field",
            ),
        )
        first = box((chosen, text(note), self._error(SOURCE)), "tmj-field")
        self._source_place.children = (first, *self._pages)
        self._show_place()

    def _show_place(self) -> None:
        for widget in self._pages:
            set_visible(widget, visible=self.form.source_is_document)

    # Following the model

    def _show_errors(self, _: object) -> None:
        for path, place in self._errors.items():
            place.value = error_markup(self.form.errors.get(path, ""))
        if not self.form.errors:
            self._desk.unsay(_marked())

    def _show_state(self, _: object) -> None:
        said = self._saver.said if self._saver else ""
        if self.form.changed:
            said = html('<p class="tmj-unsaved">{}</p>', said or translated("Not saved yet"))
        self._state.value = said if isinstance(said, Markup) else html("<p>{}</p>", said)

    def _follow_model(self, _: object) -> None:
        """Show what the model took over from what somebody else saved."""
        for show in self._lists.values():
            show()
        for path, (widget, read) in self._inputs.items():
            if widget.comm is not None:  # else it went with its list of parts
                widget.value = read(self.form.texts.get(path, ""))

    def _show_theirs(self, _: object) -> None:
        for path, place in self._theirs.items():
            if path not in self.form.theirs:
                put(place, ())
                continue
            words = self.form.words(path, self.form.theirs[path]) or "nothing"
            take = self._desk.safely(partial(self.form.take_theirs, path))
            told = html('<p class="tmj-help">Saved by somebody else meanwhile: {}</p>', words)
            put(place, (text(told), button("Take theirs", take, tooltip=f"Take: {words}")))


def _marked() -> str:
    return translated("Not saved: look at what is marked in the form.")
