"""The form of a payer's policy as widgets: plain inputs that carry their label."""

from collections.abc import Callable
from functools import partial
from typing import Any

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.dashboards.desk import Desk, box, button, put, text
from tmjkit.dashboards.markup import Markup, html
from tmjkit.dashboards.policy_fields import Ask, Question, head_questions, kinds, test_questions
from tmjkit.dashboards.policy_form import WHOLE, PolicyForm
from tmjkit.dashboards.policy_texts import GROUPS
from tmjkit.dashboards.typed import Typed
from tmjkit.knowledge.criteria import Test

_FORM = "policy"  # what scripts find its inputs by
_UNITS = ("days", "weeks", "months")
_HINTS = {Ask.DAY: "2026-01-31", Ask.LIST: "separated by commas"}


class PolicyFormView:
    """Shows a form, keeps its model up to date, and hands on Save and Cancel."""

    def __init__(
        self,
        form: PolicyForm,
        desk: Desk,
        save: Callable[[], object],
        cancel: Callable[[], object],
    ) -> None:
        self.form = form
        self._desk = desk
        self._errors: dict[str, w.HTML] = {}
        self._rows = box((), "tmj-parts")
        self._needed = box((), "tmj-fields")
        self._state = text("", "tmj-state")
        self._typed = Typed()
        self._kind = w.Dropdown(description="Kind", options=kinds())
        self._kind.style.description_width = "initial"
        add = button("Add criterion", desk.safely(self._add), tooltip="Add a criterion")
        head = [self._question(one, one.name, form.texts) for one in head_questions()]
        self.widget = box(
            (
                text(html("<h3>{}</h3>", form.name)),
                self._error(WHOLE),
                box(head, "tmj-fields"),
                text(
                    html(
                        "<h4>Criteria</h4><p>Each one is needed, but those of a group stand for "
                        "each other: say below how many of the group are enough.</p>"
                    )
                ),
                self._rows,
                self._needed,
                box((box((self._kind,), "tmj-field"), add), "tmj-choose"),
                box(
                    (
                        button("Save", desk.safely(save), css="tmj-primary"),
                        button("Cancel", desk.safely(cancel)),
                        self._state,
                    ),
                    "tmj-actions",
                ),
                self._typed.widget,
            ),
            "tmj-form tmj-policy-form",
        )
        self._show_rows()
        form.observe(self._show_errors, "errors")
        form.observe(self._show_state, ["texts", "rows"])
        self._show_state(None)  # what was left half typed, or met another's change

    def close(self) -> None:
        """Stop following the model."""
        self.form.unobserve(self._show_errors, "errors")
        self.form.unobserve(self._show_state, ["texts", "rows"])

    # Rows and groups

    def _add(self) -> None:
        self.form.add_row(self._kind.value)
        self._show_rows()

    def _remove(self, place: int) -> None:
        self.form.remove_row(place)
        self._show_rows()

    def _show_rows(self) -> None:
        self._errors = {
            path: place for path, place in self._errors.items() if not path.startswith("rows.")
        }
        put(self._rows, [self._row(place) for place in range(len(self.form.rows))])
        self._show_groups()

    def _row(self, place: int) -> w.Widget:
        row = self.form.rows[place]
        label = next(label for label, code in kinds() if code == row["test"])
        path = f"rows.{place}."
        group = w.Dropdown(
            description="Group",
            options=(("Needed by itself", ""), *((f"Group {one}", one) for one in GROUPS)),
            value=row["group"] if row["group"] in GROUPS else "",
        )
        self._follow(group, f"{path}group", str)
        group.observe(self._desk.safely(self._show_groups), "value")
        own: list[w.Widget] = []
        more: list[w.Widget] = []
        for one in test_questions(row["test"]):
            made = self._question(one, f"{path}{one.name}", row)
            (more if one.name in Test.model_fields else own).append(made)
        name = f"Criterion {place + 1}: {label}"
        remove = button(
            "Take out", self._desk.safely(partial(self._remove, place)), tooltip=f"Take out: {name}"
        )
        return box(
            (
                text(html("<h5>{}</h5>", name)),
                self._error(path.rstrip(".")),
                box((box((group,), "tmj-field"), *own, *more), "tmj-fields"),
                remove,
            ),
            "tmj-part",
        )

    def _show_groups(self) -> None:
        self._errors = {
            path: place for path, place in self._errors.items() if not path.startswith("needed.")
        }
        put(
            self._needed,
            [
                self._question(
                    Question(
                        f"needed.{group}",
                        f"How many of group {group} are enough",
                        f"Of the {self._count(group)} in the group.",
                        Ask.NUMBER,
                        required=True,
                    ),
                    f"needed.{group}",
                    self.form.texts,
                )
                for group in self.form.groups()
            ],
        )
        self._typed.tell()  # of what was taken out, too

    def _count(self, group: str) -> str:
        count = sum(row["group"] == group for row in self.form.rows)
        return "1 criterion" if count == 1 else f"{count} criteria"

    # One question

    def _question(self, one: Question, path: str, texts: dict[str, str]) -> w.Widget:
        label = f"{one.label} (needed)" if one.required else one.label
        typed = texts.get(one.name, "")
        help_ = text(html('<p class="tmj-help">{}</p>', one.help))
        if one.ask is Ask.DURATION:
            return self._duration(label, path, typed, help_)
        if one.ask is Ask.CHOICES:
            return self._choices(one, label, path, typed, help_)
        return box((self._input(one, label, path, typed), help_, self._error(path)), "tmj-field")

    def _input(self, one: Question, label: str, path: str, typed: str) -> w.Widget:
        if one.ask is Ask.CHOICE:
            options = one.options if one.default else (("Not said", ""), *one.options)
            codes = [code for _, code in options]
            made = w.Dropdown(
                description=label, options=options, value=typed if typed in codes else codes[0]
            )
            return self._follow(made, path, str)
        if one.ask is Ask.FLAG:
            made = w.Checkbox(description=label, value=typed == "yes", indent=False)
            return self._follow(made, path, lambda value: "yes" if value else "")
        kind = w.Textarea if one.ask is Ask.NOTE else w.Text
        made = kind(description=label, value=typed, placeholder=_HINTS.get(one.ask, ""))
        return self._follow(made, path, str)

    def _choices(
        self, one: Question, label: str, path: str, typed: str, help_: w.Widget
    ) -> w.Widget:
        chosen = {code.strip() for code in typed.split(",")}
        boxes = {
            code: w.Checkbox(description=name, value=code in chosen, indent=False)
            for name, code in one.options
        }

        def tell(_: object) -> None:
            codes = [code for code, made in boxes.items() if made.value]
            self.form.update(path, ", ".join(codes))

        for code, made in boxes.items():
            self._name(made, f"{path}.{code}")
            made.observe(self._desk.safely_with(tell), "value")
        heading = text(html("<h5>{}</h5>", label))
        inside = box(boxes.values(), "tmj-fields tmj-choices")
        return box((heading, help_, inside, self._error(path)), "tmj-wide")

    def _duration(self, label: str, path: str, typed: str, help_: w.Widget) -> w.Widget:
        number, _, unit = typed.partition(" ")
        count = w.Text(description=label, value=number)
        units = w.Dropdown(
            description=f"{label.removesuffix(' (needed)')} in",
            options=_UNITS,
            value=next((one for one in _UNITS if unit and one.startswith(unit)), "weeks"),
        )

        def tell(_: object) -> None:
            typed = count.value.strip()
            self.form.update(path, f"{typed} {units.value}" if typed else "")

        for part, made in (("count", count), ("unit", units)):
            made.style.description_width = "initial"
            self._name(made, f"{path}.{part}")
            made.observe(self._desk.safely_with(tell), "value")
        first = box((count, help_, self._error(path)), "tmj-field")
        return box((first, box((units,), "tmj-field")), "tmj-fields tmj-wide")

    def _follow(self, made: w.Widget, path: str, write: Callable[[Any], str]) -> w.Widget:
        made.style.description_width = "initial"
        self._name(made, path)
        made.observe(
            self._desk.safely_with(lambda change: self.form.update(path, write(change["new"]))),
            "value",
        )
        return made

    def _name(self, made: w.Widget, path: str) -> None:
        # Scripts take small letters only, and groups are called A to D.
        self._typed.follow(made, _FORM, path.lower())

    def _error(self, path: str) -> w.HTML:
        self._errors[path] = text(_wrong(self.form.errors.get(path, "")))
        return self._errors[path]

    # Following the model

    def _show_errors(self, _: object) -> None:
        for path, place in self._errors.items():
            place.value = _wrong(self.form.errors.get(path, ""))

    def _show_state(self, _: object) -> None:
        # The page's script asks before it lets go of a page with something unsaved.
        words = html('<p class="tmj-unsaved">Not saved yet</p>')
        self._state.value = words if self.form.changed else ""


def _wrong(why: str) -> Markup:
    return html('<p class="tmj-error" role="alert">{}</p>', why) if why else Markup()
