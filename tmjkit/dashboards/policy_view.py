"""The payers' policies on a case's page: which one a coverage names, and the form of one."""

from collections.abc import Callable
from functools import partial

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.case import Coverage
from tmjkit.dashboards.autosave import DRAFT_SECONDS
from tmjkit.dashboards.desk import Desk, box, button, put, text
from tmjkit.dashboards.markup import html, listing
from tmjkit.dashboards.policy_clash import Clash
from tmjkit.dashboards.policy_clash_view import clash_view
from tmjkit.dashboards.policy_form import PolicyForm
from tmjkit.dashboards.policy_form_view import PolicyFormView
from tmjkit.dashboards.policy_model import PolicyFileError, PolicyModel
from tmjkit.knowledge import KnowledgeError, Policy


class PolicyView:
    """Choose a policy for each coverage, enter a payer's policy, change one."""

    def __init__(self, model: PolicyModel, desk: Desk) -> None:
        self.model = model
        self._desk = desk
        self._form: PolicyFormView | None = None
        self._clash: Clash | None = None  # that is shown, and what the form was called then
        self._named = ""
        self._cancel_keeping: Callable[[], None] = lambda: None
        self._note = text()
        self._coverages = box((), "tmj-rows")
        self._own = box((), "tmj-rows")
        self._below = box((), "tmj-below")
        self.widget = box(
            (
                self._note,
                self._coverages,
                self._own,
                self._below,
            ),
            "tmj-policy",
        )

    @property
    def unsaved(self) -> bool:
        """Whether a form is open in which something was typed."""
        return self._form is not None and self._form.form.changed

    def refresh(self) -> None:
        """Show the coverages and policies as they are now; an open form stays as it is."""
        case = self.model.case
        if case is None:
            return
        blockers = self.model.blockers()
        self._note.value = html(
            '<p class="tmj-help">The criteria of the policy that is chosen are held against the '
            "case. tmjkit ships no payer's policy: get the payer's current text and enter it. "
            "The two examples are not your payer's.</p>{}",
            listing(line for why in blockers for line in why.splitlines()),
        )
        put(self._coverages, [self._coverage(one) for one in case.coverages])
        put(self._own, [self._row(one) for one in self.model.policies() if one.origin])
        if self._form is None and (left := self.model.form_left()) is not None:
            self._open(left)
        if self._form is None:
            new = button("Enter a policy", self._desk.safely(partial(self.edit, None)))
            new.disabled = bool(blockers)
            put(self._below, [new])

    def _coverage(self, coverage: Coverage) -> w.Widget:
        options = self.model.options(coverage)
        chosen = w.Dropdown(
            description=f"Policy for {coverage.payer}", options=options, value=coverage.policy
        )
        chosen.style.description_width = "initial"

        def choose() -> None:
            if not self.model.choose(coverage.id, chosen.value):
                self._desk.say("That is the policy already; nothing was changed.")

        use = button(
            "Use this policy",
            self._desk.safely(choose),
            css="tmj-primary",
            tooltip=f"Use this policy for {coverage.payer}",
        )
        return box((box((chosen,), "tmj-field"), use), "tmj-choose")

    def _row(self, policy: Policy) -> w.Widget:
        words = text(
            html(
                '<div class="tmj-record-text" dir="auto"><p class="tmj-record-title">{}</p>'
                '<p class="tmj-source">File: {}</p></div>',
                self.model.words(policy),
                policy.origin,
            ),
            "tmj-record",
        )
        if not self.model.changeable(policy):
            return words
        change = button(
            "Change",
            self._desk.safely(partial(self.edit, policy)),
            tooltip=f"Change {policy.title}",
        )
        return box((words, box((change,), "tmj-row-actions")), "tmj-row")

    # The form

    def edit(self, policy: Policy | None) -> None:
        """Open the form of a policy, or of a new one."""
        if self.unsaved:
            self._desk.warn("Save or cancel the form of the policy that is open first.")
            return
        try:
            self._open(self.model.form(policy))
        except PolicyFileError as error:
            self._desk.warn(str(error))
            self.refresh()

    def _open(self, form: PolicyForm) -> None:
        self._close()
        self._clash, self._named = form.clash, form.name
        self._form = PolicyFormView(form, self._desk, self._save, self._give_up)
        form.observe(self._wait_and_keep, ["texts", "rows"])
        above = (
            clash_view(form.clash, self._desk, self._take, self._save_alone) if form.clash else None
        )
        put(self._below, [one for one in (above, self._form.widget) if one is not None])

    def _take(self, path: str) -> None:
        if self._form is not None:
            form = self._form.form
            form.take_theirs(path)
            self._open(form)
            self._wait_and_keep(None)
            self._desk.say("Taken into the form. It is saved when you save the form.")

    def _wait_and_keep(self, _: object) -> None:
        self._cancel_keeping()
        self._cancel_keeping = self._desk.later(DRAFT_SECONDS, self._keep)

    def _keep(self) -> None:
        if self._form is not None:
            self.model.draft.keep(self._form.form)

    def _give_up(self) -> None:
        self.model.draft.drop()
        self._close_and_show()

    def _save(self) -> None:
        self._save_by(self.model.save)

    def _save_alone(self) -> None:
        self._save_by(self.model.save_alone)

    def _save_by(self, save: Callable[[PolicyForm], Policy | None]) -> None:
        if self._form is None:
            return
        form = self._form.form
        try:
            saved = save(form)
        except (PolicyFileError, KnowledgeError) as error:
            self._reopen(form)
            self._desk.warn(str(error))
            return
        if saved is None:
            self._reopen(form)
            self._desk.warn("Not saved: look at what is marked in the form.")
            return
        self._give_up()
        self._desk.say(f"Saved: {saved.title}. Choose it above for the coverage that it is for.")

    def _reopen(self, form: PolicyForm) -> None:
        """Show a form anew that is not what it was: somebody else's words came, or it is new."""
        if form.clash is not self._clash or form.name != self._named:
            self._open(form)
            self._keep()

    def _close_and_show(self) -> None:
        self._close()
        self.refresh()

    def _close(self) -> None:
        self._cancel_keeping()
        if self._form is not None:
            self._form.close()
            self._form = None
