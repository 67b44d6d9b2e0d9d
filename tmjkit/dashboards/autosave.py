"""A form saves itself: what holds becomes a revision, what does not yet is kept as a draft.

A draft is written at once with the first change and then at most twice a second. A revision is
saved when nobody has typed for a while: a revision for each letter would bury the history.
"""

from collections.abc import Callable
from typing import Final

from traitlets import Unicode

from tmjkit.case import CaseError, Record
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.drafts import Drafts
from tmjkit.dashboards.model import Model
from tmjkit.dashboards.record_form import RECORD, RecordForm

Cancel = Callable[[], None]
Later = Callable[[float, Callable[[], None]], Cancel]
"""Runs something after so many seconds, unless it is cancelled before."""

DRAFT_SECONDS: Final = 0.5
SAVE_SECONDS: Final = 3.0


class Autosave(Model):
    """Follows a form and keeps what is typed into it.

    Attributes
    ----------
    said
        Where it stands, in words for below the form.
    """

    said = Unicode()

    def __init__(self, form: RecordForm, model: CaseModel, drafts: Drafts, later: Later) -> None:
        super().__init__()
        self.form = form
        self._model = model
        self._drafts = drafts
        self._later = later
        self._opened_with = form.original
        self._waits: dict[str, Cancel] = {}
        self._resting = False
        self.busy = False
        self._tried: dict[str, str] = {}
        self._draft = (form.place, form.id)
        self._saved_last: Record | None = None
        form.observe(self._changed, "texts")
        form.observe(self._rebased, "version")

    def close(self) -> None:
        """Stop following; what was not saved stays as a draft."""
        self.form.unobserve(self._changed, "texts")
        self.form.unobserve(self._rebased, "version")
        for name in tuple(self._waits):
            self._stop(name)
        if self._resting:
            self._resting = False
            self._keep()

    def save(self, *, touched_only: bool = False) -> bool:
        """Save what is typed as a revision; False when it doesn't hold, told in the form.

        Raises
        ------
        CaseError
            When the record holds but doesn't fit the rest of the case.
        """
        self._stop("save")
        if not self.form.changed and self.form.original is not None:
            self.done()
            return True
        if self._model.conflict is not None:
            return False  # first somebody has to choose; what is typed here is kept meanwhile
        record = self.form.record(touched_only=touched_only)
        if record is None:
            return False
        self.busy, self._tried = True, dict(self.form.texts)
        try:
            saved = self._model.update(record, quiet=touched_only)
        finally:
            self.busy = False
        if saved:
            self.settled()
        return saved

    def settled(self) -> None:
        """Go on on top of the case as it is now, in which what is typed has been saved."""
        case, made = self._model.open_case(), self.form.made
        kept = next((one for _, one in case.records() if made and one.id == made.id), None)
        if kept is not None and kept == made:
            self._saved_last = kept
            self.form.saved(kept, case, self._tried)
        else:
            # Somebody decided what is kept of it; only what was typed since then still counts.
            self.form.rebase(kept, case, self._tried)
        self.done()

    def give_up(self) -> None:
        """Put back what was there before the form was opened, and end the draft."""
        mine, before = self._saved_last, self._opened_with
        now = next(
            (one for _, one in self._model.open_case().records() if one.id == self.form.id), None
        )
        # Only what this form saved itself is put back, and only while nobody else has gone on
        # from there.
        if mine is not None and now == mine:
            if before is None:
                self._model.remove(mine.id)
            elif before != mine:
                self._model.update(before)
        self.form.reset()
        self.done()

    def done(self) -> None:
        """End the draft: what is typed is saved, or given up."""
        self._stop("draft")
        self._resting = False
        self._drafts.drop(*self._draft)

    def _rebased(self, _: object) -> None:
        """Let Cancel go back to what somebody else saved, and not to what was there before."""
        if self.form.original != self._saved_last:
            self._opened_with = self.form.original

    def _changed(self, _: object) -> None:
        if not self.form.changed:
            return
        self.said = "Not saved yet: kept as you type"
        if "draft" in self._waits:
            self._resting = True
        else:
            self._keep()
            self._wait("draft", DRAFT_SECONDS, self._rested)
        self._wait("save", SAVE_SECONDS, self._save_quietly)

    def _rested(self) -> None:
        self._waits.pop("draft", None)
        if self._resting:
            self._resting = False
            self._keep()
            self._wait("draft", DRAFT_SECONDS, self._rested)

    def _keep(self) -> None:
        self._drafts.keep(*self._draft, self.form.typed, self.form.start)

    def _save_quietly(self) -> None:
        self._waits.pop("save", None)
        if not self.form.changed:
            return
        if self._model.conflict is not None:
            self.said = "Not saved yet, but kept: first choose above what is kept"
            return
        if self.form.theirs:
            # Saving now would put one person's words in the place of the other's unasked.
            self.said = (
                "Not saved yet, but kept: somebody else changed this too, see below the field"
            )
            return
        try:
            saved = self.save(touched_only=True)
        except CaseError as error:
            # The record alone holds; that it doesn't fit the case is told, not thrown.
            self.form.errors = {RECORD: "; ".join(one.accepted for one in error.problems)}
            saved = False
        revision = self._model.revision
        if saved and revision is not None:
            when = revision.saved_at.astimezone()
            self.said = f"Saved at {when:%H:%M} as revision {revision.number}"
        elif not self._model.conflict:
            self.said = "Not saved yet, but kept: " + self._lacking()

    def _lacking(self) -> str:
        lacking = self.form.lacking()
        return f"still needed: {', '.join(lacking)}" if lacking else "see what is marked"

    def _wait(self, name: str, seconds: float, do: Callable[[], None]) -> None:
        self._stop(name)
        self._waits[name] = self._later(seconds, do)

    def _stop(self, name: str) -> None:
        cancel = self._waits.pop(name, None)
        if cancel is not None:
            cancel()
