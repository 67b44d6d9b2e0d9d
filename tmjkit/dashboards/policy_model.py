"""The payers' policies of an office, as a case's page shows them: chosen, entered, changed."""

from traitlets import Instance, Unicode

from tmjkit.case import Case, Coverage
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.model import Model
from tmjkit.dashboards.policy_draft import PolicyDraft
from tmjkit.dashboards.policy_file import PolicyFileError, folder_of, is_ours, write
from tmjkit.dashboards.policy_form import PolicyForm, rows_of
from tmjkit.knowledge import KnowledgeError, Library, Policy, library
from tmjkit.rules.criteria import policy_words

__all__ = ["PolicyFileError", "PolicyModel"]


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
        self.draft = PolicyDraft(case_model)
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
        """Tell whether the form wrote the policy, so that it can change it."""
        return (
            self.folder is not None
            and is_ours(self.folder, policy)
            and rows_of(policy.criteria) is not None
        )

    def form(self, policy: Policy | None = None) -> PolicyForm:
        """Return the form of a new policy, or of one that the form wrote."""
        return PolicyForm(self.library.policies, policy)

    def form_left(self) -> PolicyForm | None:
        """Return the form that was left unsaved, as it was typed; None when none was."""
        left = self.draft.left()
        if left is None or self.blockers():
            return None
        policy_id, state = left
        policy = self.library.policies.get(policy_id)
        form = self.form(policy if policy is not None and self.changeable(policy) else None)
        form.load_state(state)
        return form

    def save(self, form: PolicyForm) -> Policy | None:
        """Write what was typed; None when something is wrong, told in the form's `errors`.

        Raises
        ------
        PolicyFileError
            When it can't be written.
        KnowledgeError
            When the office's files can't be read with it; then nothing is changed.
        """
        made = form.policy()
        if made is None or self.folder is None:
            return None
        replaces = form.original.origin if form.original else ""
        found = write(self.folder, made, replaces=replaces)
        with self.hold_trait_notifications():
            self.library, self.trouble = found, ""
        return found.policies[made.id]
