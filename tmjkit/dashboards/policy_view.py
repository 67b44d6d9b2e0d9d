"""The payers' policies on a case's page: which one a coverage names, and the form of one."""

from collections.abc import Callable
from functools import partial

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.case import Coverage
from tmjkit.dashboards.desk import Desk, box, button, put, text
from tmjkit.dashboards.markup import html, listing
from tmjkit.dashboards.policy_begun import begun_rows
from tmjkit.dashboards.policy_clash import Clash
from tmjkit.dashboards.policy_clash_view import clash_view
from tmjkit.dashboards.policy_draft import Keeping
from tmjkit.dashboards.policy_form import PolicyForm
from tmjkit.dashboards.policy_form_view import PolicyFormView
from tmjkit.dashboards.policy_model import PolicyFileError, PolicyModel
from tmjkit.dashboards.typed import Typed
from tmjkit.knowledge import KnowledgeError, Policy


class PolicyView:
    """Choose a policy for each coverage, enter a payer's policy, change one."""

    def __init__(self, model: PolicyModel, desk: Desk) -> None:
        self.model = model
        self._desk = desk
        self._form: PolicyFormView | None = None
        self._clash: Clash | None = None  # that is shown, and what the form was called then
        self._named = ""
        self._keeping: Keeping | None = None
        self._note = text()
        self._coverages = box((), "tmj-rows")
        self._own = box((), "tmj-rows")
        self._begun = box((), "tmj-begun")
        self._above = box(())
        self._below = box((), "tmj-below")
        self.widget = box(
            (
                self._note,
                self._coverages,
                self._own,
                self._begun,
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
        self._show_begun()
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
        typed = Typed()
        typed.follow(chosen, "choose", coverage.id)

        def choose() -> None:
            if not self.model.choose(coverage.id, chosen.value):
                self._desk.say("That is the policy already; nothing was changed.")

        use = button(
            "Use this policy",
            self._desk.safely(choose),
            css="tmj-primary",
            tooltip=f"Use this policy for {coverage.payer}",
        )
        return box((box((chosen,), "tmj-field"), use, typed.widget), "tmj-choose tmj-typing")

    def _row(self, policy: Policy) -> w.Widget:
        changeable = self.model.changeable(policy)
        words = text(
            html(
                '<div class="tmj-record-text" dir="auto"><p class="tmj-record-title">{}</p>'
                '<p class="tmj-source">File: {}{}</p></div>',
                self.model.words(policy),
                policy.origin,
                "" if changeable else ". Written or changed by hand: change it in the file.",
            ),
            "tmj-record",
        )
        if not changeable:
            return words
        change = button(
            "Change",
            self._desk.safely(partial(self.edit, policy)),
            tooltip=f"Change {policy.title}",
        )
        return box((words, box((change,), "tmj-row-actions")), "tmj-row")

    def _show_begun(self) -> None:
        opened = self._form.form.key if self._form else ""
        put(self._begun, begun_rows(self.model.begun(but=opened), self._desk, self._go_on))

    # The form

    def edit(self, policy: Policy | None) -> None:
        """Open the form of a policy, or of a new one."""
        self._try_open(lambda: self._form_of(policy))

    def _form_of(self, policy: Policy | None) -> PolicyForm:
        left = self.model.form_left(policy.id) if policy else None
        if left is None:
            return self.model.form(policy)
        self._desk.say("This is what you had begun. Cancel goes back to what is saved.")
        return left

    def _go_on(self, key: str) -> None:
        self._try_open(lambda: self.model.form_left(key))

    def _try_open(self, form: Callable[[], PolicyForm | None]) -> None:
        if self.unsaved:
            self._desk.warn("Save or cancel the form of the policy that is open first.")
            return
        try:
            found = form()
        except PolicyFileError as error:
            self._desk.warn(str(error))
            self.refresh()
            return
        if found is not None:
            self._open(found)
            return
        # Saved or given up elsewhere, or what stands in the office's files hinders it.
        why = self.model.blockers() or ("This form was saved or given up on another page.",)
        self._desk.warn(why[0])
        self.refresh()

    def _open(self, form: PolicyForm) -> None:
        self._close()
        self._clash, self._named = form.clash, form.name
        self._form = PolicyFormView(form, self._desk, self._save, self._give_up)
        self._keeping = Keeping(form, self.model.drafts, self._desk.later)
        form.observe(self._show_clash, "clash")
        self._above = box(())
        self._show_clash(None)
        put(self._below, [self._above, self._form.widget])
        self._show_begun()

    def _show_clash(self, _: object) -> None:
        clash = self._form.form.clash if self._form else None
        parts = [clash_view(clash, self._desk, self._take, self._save_alone)] if clash else []
        put(self._above, parts)

    def _take(self, path: str) -> None:
        if self._form is not None:
            form = self._form.form
            form.take_theirs(path)
            self._open(form)
            self._keep()
            self._desk.say("Taken into the form. It is saved when you save the form.")

    def _keep(self) -> None:
        if self._form is not None:
            self.model.drafts.keep(self._form.form)

    def _give_up(self) -> None:
        key = self._form.form.key if self._form else ""
        self._close()
        self.model.drafts.drop(key)
        self.refresh()

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

    def _close(self) -> None:
        if self._keeping is not None:
            self._keeping.close()
            self._keeping = None
        if self._form is not None:
            self._form.form.unobserve(self._show_clash, "clash")
            self._form.close()
            self._form = None
