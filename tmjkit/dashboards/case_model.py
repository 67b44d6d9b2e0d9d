"""The case that a page works on: opened from the workspace, changed, saved as a new revision."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from traitlets import Instance, Int, Unicode

from tmjkit.case import Case, CaseError, Patient, Problem, Record, Stage, stage
from tmjkit.dashboards.drafts import Drafts
from tmjkit.dashboards.merge import Merge, Side
from tmjkit.dashboards.model import Model
from tmjkit.dashboards.words import SECTIONS, section_of, title_of
from tmjkit.knowledge import Library
from tmjkit.language import translated
from tmjkit.rules.assessment import CaseAssessment, assess_case
from tmjkit.store import Loaded, Revision, StaleRevision, Workspace

_TOLD: Final = 3


class Conflict:
    """Somebody else saved the case meanwhile.

    Attributes
    ----------
    author, number
        Who saved, and which revision.
    merge
        What each side changed.
    """

    def __init__(self, stale: StaleRevision) -> None:
        self.author = stale.author
        self.number = stale.current
        self.merge = Merge(stale.original or Case(id=stale.mine.id), stale.mine, stale.theirs)


class CaseModel(Model):
    """One case of the workspace.

    Each change is saved at once, as a revision on the one that the page shows. When somebody
    else saved meanwhile nothing is overwritten and nothing lost: `conflict` has both sides until
    `resolve` or `reload` ends it.

    Attributes
    ----------
    case
        The case as it was last saved or loaded here; None when none is open.
    revision
        Its revision; None for a case that was never saved.
    conflict
        The other side of a save that came too late; None when there is none.
    said
        What happened last, in words for everybody.
    day
        The day by which the page shows what is due; `look` brings it up to date.
    """

    case = Instance(Case, allow_none=True)
    revision = Instance(Revision, allow_none=True)
    conflict = Instance(Conflict, allow_none=True)
    undoable = Int(0)
    said = Unicode()
    day = Instance(date)

    def __init__(self, workspace: Workspace, author: str, today: date | Callable[[], date]) -> None:
        super().__init__()
        self.workspace = workspace
        self.author = author
        self._today = today
        self.day = self.today
        self._before: Case | None = None

    @property
    def today(self) -> date:
        """The day by which what is due is judged; asked anew, as a page stays open overnight."""
        return self._today if isinstance(self._today, date) else self._today()

    # Opening and saving

    def load(self, case_id: str) -> None:
        """Open the newest revision of a case.

        Raises
        ------
        StoreError
            When there is no such case, or it can't be read.
        """
        self._show(self.workspace.load(case_id))
        self.said = ""

    def new(self, case_id: str = "") -> None:
        """Begin a case; it is in the workspace once something in it was saved.

        `case_id` is the id of one that was begun before and never saved.
        """
        with self.hold_trait_notifications():
            self.case = Case(id=case_id) if case_id else Case()
            self.revision, self.conflict = None, None
            self._before, self.undoable = None, 0

    def look(self) -> None:
        """Take over the day, and what somebody else saved since; say what that was."""
        self.day = self.today
        if self.case is None or self.revision is None or self.conflict is not None:
            return
        if self.workspace.head(self.case.id).number <= self.revision.number:
            return
        before, loaded = self.case, self.workspace.load(self.case.id)
        self._show(loaded)
        self.said = translated("{author} saved revision {number} meanwhile: {places}.").format(
            author=loaded.revision.author,
            number=loaded.revision.number,
            places=_places(Merge(before, before, loaded.case)),
        )

    def update(self, record: Record, *, quiet: bool = False) -> bool:
        """Save the case with this record added, or in the place of the one with its id.

        With `quiet` nothing is said of it, as for a form that saves itself.

        Raises
        ------
        CaseError
            When it doesn't fit the rest of the case, or begins one without a name.
        """
        case = self.open_case()
        if self.revision is None and isinstance(record, Patient) and not record.name:
            # Saved without a name it would be a row that nobody can tell from another.
            raise CaseError([Problem("patient", "family", "is needed to begin a case")])
        known = {one.id for _, one in case.records()}
        verb = "Changed" if record.id in known else "Added"
        said = "" if quiet else f"{verb}: {title_of(record)}"
        return self._save(case.with_record(record), said)

    def remove(self, record_id: str) -> bool:
        """Save the case without this record.

        Raises
        ------
        CaseError
            When another record still points to it.
        """
        case = self.open_case()
        record = case.record(record_id)
        return self._save(case.without(record_id), f"Removed: {title_of(record)}")

    def replace(self, case: Case, said: str) -> bool:
        """Save several changes of the case as one revision; `said` tells of them.

        Raises
        ------
        ValueError
            When it is another case than the one that is open.
        """
        if case.id != self.open_case().id:
            raise ValueError("only the case that is open can be replaced")
        return self._save(case, said)

    def undo(self) -> bool:
        """Save the case as it was before the last change; the history keeps both."""
        if self._before is None:
            return False
        before, self._before, self.undoable = self._before, None, 0
        done = self._save(before, "Undone")
        if done:
            self._before, self.undoable = None, 0
        return done

    def reload(self) -> None:
        """Take the newest revision and give up one's own change."""
        self._show(self.workspace.load(self.open_case().id))
        self.said = "Loaded what was saved last; your change was given up."

    reset = reload

    def resolve(self, choices: dict[str, Side]) -> bool:
        """Save both sides' changes together, on top of the other's revision.

        Raises
        ------
        CaseError
            When the two don't go together; the conflict stays, to choose otherwise.
        """
        conflict = self.conflict
        if conflict is None:
            return False
        merged = conflict.merge.merged(choices)
        said = f"Merged with what {conflict.author} saved"
        # The conflict ends with the save and not before: if that fails, nothing is lost.
        return self._save(merged, said, conflict.number, conflict.merge.theirs)

    def _save(
        self, case: Case, said: str, base: int | None = None, before: Case | None = None
    ) -> bool:
        """Save on top of a revision: the one that is shown, or `base`, whose case is `before`."""
        if base is None:
            if self.conflict is not None:
                self.said = " ".join(self.blockers())
                return False
            base, before = self.revision.number if self.revision else None, self.case
        try:
            revision = self.workspace.save(case, base, self.author)
        except StaleRevision as stale:
            return self._save_both(Conflict(stale), said)
        with self.hold_trait_notifications():
            self.case, self.revision, self.conflict = case, revision, None
            self._before = before if base else None
            self.undoable = revision.number if base else 0
            if said:
                self.said = f"{said}. Saved as revision {revision.number}."
        return True

    def _save_both(self, conflict: Conflict, said: str) -> bool:
        """Save on top of what somebody else saved, where the two don't touch each other."""
        if not conflict.merge.open:
            try:
                merged = conflict.merge.merged({})
            except CaseError:
                pass  # each holds for itself, but not both together: somebody has to choose
            else:
                begun, theirs = conflict.merge.original, conflict.merge.theirs
                places = _places(Merge(begun, begun, theirs))
                both = f"{said or 'Saved'}, and kept what {conflict.author} saved: {places}"
                return self._save(merged, both, conflict.number, theirs)
        self.conflict = conflict
        self.said = f"Not saved yet: {conflict.author} saved this case meanwhile."
        return False

    def _show(self, loaded: Loaded) -> None:
        with self.hold_trait_notifications():
            self.case, self.revision, self.conflict = loaded.case, loaded.revision, None
            self._before, self.undoable = None, 0

    def drafts(self) -> Drafts:
        """Return what this person typed into forms of the case and has not saved.

        Raises
        ------
        ValueError
            When no case is open.
        """
        return Drafts(self.workspace, self.author, self.open_case().id)

    def open_case(self) -> Case:
        """Return the case of the page.

        Raises
        ------
        ValueError
            When none is open.
        """
        if self.case is None:
            raise ValueError("no case is open")
        return self.case

    # What the case says

    @property
    def stage(self) -> Stage:
        """How far the case has come."""
        return stage(self.open_case())

    def assessment(self, known: Library | None = None) -> CaseAssessment:
        """Return what the rules say, by these facts and policies; those that ship without any."""
        return assess_case(self.open_case(), self.today, known=known)

    def blockers(self) -> tuple[str, ...]:
        """Return why nothing can be saved or sent at the moment."""
        if self.case is None:
            return ("Open a case, or begin a new one.",)
        if self.conflict is not None:
            return (f"{self.conflict.author} saved this case meanwhile: choose what is kept.",)
        return ()

    # What a kernel must hold to be able to go on elsewhere

    def state(self) -> dict[str, Any]:
        """Return which case is open, and on which revision."""
        if self.case is None:
            return {}
        return {"case": self.case.id, "revision": self.revision.number if self.revision else 0}

    def load_state(self, state: dict[str, Any]) -> None:
        """Open the case that `state` names, at the revision it was at."""
        if state.get("revision"):
            self._show(self.workspace.load(state["case"], state["revision"]))


def _places(merge: Merge) -> str:
    """Say where the two sides differ; values stay out, as it is read out loud."""
    found = [change.where for change in merge.changes]
    told = "; ".join(found[:_TOLD])
    if len(found) <= _TOLD:
        return told
    return translated("{places} and {count} more").format(places=told, count=len(found) - _TOLD)


def editable_sections() -> tuple[str, ...]:
    """Return the lists of a case whose records a form can ask in full."""
    from tmjkit.case import LISTS, Patient  # noqa: PLC0415
    from tmjkit.dashboards.fields import editable  # noqa: PLC0415

    kinds_of: dict[str, type[Record]] = {"patient": Patient, **LISTS}
    return tuple(name for name in SECTIONS if editable(kinds_of[name]))


__all__ = ["CaseModel", "Conflict", "editable_sections", "section_of"]
