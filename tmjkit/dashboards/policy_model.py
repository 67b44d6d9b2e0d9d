"""The payers' policies of an office, as a case's page shows them: chosen, entered, changed."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from traitlets import Instance, Unicode

from tmjkit.case import Case, Coverage
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.model import Model
from tmjkit.dashboards.policy_clash import Clash, lines_between
from tmjkit.dashboards.policy_draft import PolicyDrafts
from tmjkit.dashboards.policy_file import (
    Opened,
    PolicyChangedError,
    PolicyFileError,
    is_ours,
    opened,
    text_of,
    write,
)
from tmjkit.dashboards.policy_form import PolicyForm, form_name
from tmjkit.dashboards.policy_texts import rows_of
from tmjkit.knowledge import KnowledgeError, Library, Policy, library
from tmjkit.knowledge.place import folder_of
from tmjkit.rules.criteria import policy_words

__all__ = ["PolicyFileError", "PolicyModel"]

_LONGEST: Final = 90


class PolicyModel(Model):
    """The policies that a case can be held against.

    Attributes
    ----------
    library
        What ships together with the office's own files; only what ships where those can't be
        read.
    trouble
        What is wrong with the office's own files, in words; empty when nothing.
    """

    library = Instance(Library)
    trouble = Unicode()

    def __init__(self, case_model: CaseModel) -> None:
        self._model = case_model
        self.drafts = PolicyDrafts(case_model)
        self.folder = folder_of(case_model.workspace.place)
        super().__init__(library=library())
        self.reload()

    @property
    def case(self) -> Case | None:
        """The case of the page."""
        return self._model.case

    def reload(self) -> None:
        """Read the office's files anew."""
        try:
            found, trouble = library(self.folder), ""
        except KnowledgeError as error:
            # Known facts and examples stay; that the office's own are left out has to be seen.
            found, trouble = library(), str(error)
        with self.hold_trait_notifications():
            self.library, self.trouble = found, trouble

    def policies(self) -> tuple[Policy, ...]:
        """Return the policies, the office's own first."""
        found = self.library.policies.values()
        return tuple(sorted(found, key=lambda one: (one.example, one.payer, one.title, one.id)))

    def options(self, coverage: Coverage) -> tuple[tuple[str, str], ...]:
        """Return what a coverage can name as its policy: words and id."""
        known = [(self.words(one), one.id) for one in self.policies()]
        unknown = coverage.policy and coverage.policy not in self.library.policies
        gone = [("A policy that is not entered", coverage.policy)] if unknown else []
        return (("None chosen", ""), *gone, *known)

    def words(self, policy: Policy) -> str:
        """Return what a policy is called; its id tells apart those that are called the same."""
        kind = "" if not policy.example else " (no payer's policy)"
        return f"{policy_words(policy)}{kind} [{policy.id}]"

    def choose(self, coverage_id: str, policy_id: str) -> bool:
        """Save the case with this policy named by the coverage; False where nothing changed.

        Raises
        ------
        CaseError
            When it doesn't fit the rest of the case.
        """
        case = self._model.case
        known = case.coverages if case else ()
        coverage = next((one for one in known if one.id == coverage_id), None)
        if coverage is None or coverage.policy == policy_id:
            return False
        return self._model.update(coverage.model_copy(update={"policy": policy_id}))

    def blockers(self) -> tuple[str, ...]:
        """Return why no policy can be entered here."""
        if self.folder is None:
            return (
                "This workspace is on a database server and has no folder of knowledge beside it: "
                "name one with TMJKIT_KNOWLEDGE where the server is started.",
            )
        return (self.trouble,) if self.trouble else ()

    def changeable(self, policy: Policy) -> bool:
        """Tell whether the policy's file is as the form writes it, so that it can change it."""
        return (
            self.folder is not None
            and is_ours(self.folder, policy)
            and rows_of(policy.criteria) is not None
        )

    def form(self, policy: Policy | None = None) -> PolicyForm:
        """Return the form of a new policy, or of one that the form wrote, as it stands now.

        Raises
        ------
        PolicyFileError
            When its file was deleted meanwhile, or is no longer the form's.
        """
        if policy is None or self.folder is None:
            return PolicyForm(self.library.policies)
        now, file = self._as_now(policy)
        if now is None:
            raise PolicyFileError(self._why_gone(policy))
        return PolicyForm(self.library.policies, now, file)

    def begun(self, but: str = "") -> tuple[tuple[str, str], ...]:
        """Return key and words of each form that was left unsaved, but for one."""
        left = self.drafts.all()
        return tuple((key, self._words_of(one)) for key, one in left.items() if key != but)

    def form_left(self, key: str) -> PolicyForm | None:
        """Return a form that was left unsaved, as it was typed; None when there is none.

        Where its policy can't be changed by the form any more, it is the form of a new one.

        Raises
        ------
        PolicyFileError
            When the policy's file was taken over this very moment.
        """
        left = self.drafts.left(key)
        if left is None or self.blockers():
            return None
        policy = self.library.policies.get(left["policy"])
        changeable = policy is not None and self.changeable(policy)
        form = self.form(policy if changeable else None)
        form.go_on(left)
        if left["policy"] and not changeable:
            self.drafts.keep(form)
            self.drafts.drop(key)
        else:
            form.key = key
        return form

    def save(self, form: PolicyForm) -> Policy | None:
        """Write what was typed; None when something is wrong, told in the form's `errors`.

        Raises
        ------
        PolicyChangedError
            When the policy was changed since the form was opened; the form's `clash` says how.
        PolicyFileError
            When it can't be written.
        KnowledgeError
            When the office's files can't be read with it; then nothing is changed.
        """
        made = form.policy()
        if made is None or self.folder is None:
            return None
        try:
            found = write(self.folder, made, replaces=form.opened)
        except PolicyChangedError:
            self._meet(form, made)
            raise
        with self.hold_trait_notifications():
            self.library, self.trouble = found, ""
        return found.policies[made.id]

    def save_alone(self, form: PolicyForm) -> Policy | None:
        """Write what was typed as a policy of its own, and leave the other as it is.

        Raises
        ------
        PolicyFileError, KnowledgeError
            As `save` does.
        """
        before = form.key
        form.stand_alone()
        self.drafts.keep(form)
        self.drafts.drop(before)
        return self.save(form)

    def _words_of(self, left: Mapping[str, Any]) -> str:
        """Return what a form that was left is for, and which policy is typed into it."""
        policy = self.library.policies.get(left["policy"])
        texts = left["state"]["texts"]
        typed = (texts.get(name, "") for name in ("payer", "number", "title"))
        told = ", ".join(words for one in typed if (words := " ".join(one.split())))
        name = form_name(policy)
        if not told:
            return name
        return f"{name}: {told[:_LONGEST]}…" if len(told) > _LONGEST else f"{name}: {told}"

    def _meet(self, form: PolicyForm, made: Policy) -> None:
        """Put what was typed on top of what is saved now, or say why that can't be."""
        if form.original is None:
            return
        now, file = self._as_now(form.original)
        if now is not None:
            form.rebase(now, file)
            return
        text = self._text_of(form.original)
        lines = lines_between(text_of(made), text) if text else ()
        form.clash = Clash(alone=self._why_gone(form.original), lines=lines)

    def _as_now(self, policy: Policy) -> tuple[Policy | None, Opened]:
        """Read a policy anew; None where its file is gone or no longer the form's."""
        folder = self.folder
        if folder is None:
            return None, Opened("", "")
        file = opened(folder, policy.origin)
        self.reload()
        now = self.library.policies.get(policy.id)
        if now is None or not self.changeable(now):
            return None, file
        # Renamed meanwhile: read without a digest, so saving looks once more.
        return now, file if now.origin == file.name else Opened(now.origin, "")

    def _why_gone(self, policy: Policy) -> str:
        if self.trouble:
            return f"The office's policies can't be read: {self.trouble}."
        if policy.id in self.library.policies:
            return f"The file {policy.origin} was changed by hand, which the form can't show."
        return f"The file {policy.origin} is gone, or holds another policy now."

    def _text_of(self, policy: Policy) -> str:
        try:
            return ((self.folder or Path()) / policy.origin).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return ""
