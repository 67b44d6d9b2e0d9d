"""What is typed into forms of policies and not saved: sealed notes of their author.

Policies belong to the office and to no case, so whoever begins one here can go on with it on any
page. Each form has a note of its own: one does not write over another.
"""

import json
from collections.abc import Callable
from typing import Any, Final

from tmjkit.dashboards.autosave import DRAFT_SECONDS, Later
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.policy_form import PolicyForm

_PREFIX: Final = "policy-form "


class PolicyDrafts:
    """The policies that a person is writing."""

    def __init__(self, model: CaseModel) -> None:
        self._workspace, self._author = model.workspace, model.author

    def keep(self, form: PolicyForm) -> None:
        """Keep what stands in a form, or end its draft where that is saved already."""
        if not form.changed:
            self.drop(form.key)
            return
        self._workspace.put_note(self._author, _name(form.key), json.dumps(form.left()).encode())

    def drop(self, key: str) -> None:
        """End the draft of a form, by its key, if there is one."""
        self._workspace.delete_note(self._author, _name(key))

    def left(self, key: str) -> dict[str, Any] | None:
        """Return what `PolicyForm.left` told of a form that was left; None where none was."""
        data = self._workspace.get_note(self._author, _name(key))
        if data is None:
            return None
        read: dict[str, Any] = json.loads(data)
        return read

    def all(self) -> dict[str, dict[str, Any]]:
        """Return what was left of each form, by its key."""
        names = sorted(self._workspace.notes(self._author, _PREFIX))
        keys = [name.removeprefix(_PREFIX) for name in names]
        found = {key: self.left(key) for key in keys}
        # One that is gone was just ended on another page.
        return {key: left for key, left in found.items() if left is not None}


class Keeping:
    """Keeps what is typed into a form: at once with the first change, then twice a second.

    Parameters
    ----------
    form, drafts
        The form, and where it is kept.
    later
        Runs something after so many seconds.
    """

    def __init__(self, form: PolicyForm, drafts: PolicyDrafts, later: Later) -> None:
        self._form, self._drafts, self._later = form, drafts, later
        self._cancel: Callable[[], None] | None = None
        self._more = False
        form.observe(self._changed, ["texts", "rows"])

    def close(self) -> None:
        """Stop following the form; what was not kept yet is not kept any more."""
        self._form.unobserve(self._changed, ["texts", "rows"])
        if self._cancel is not None:
            self._cancel()
            self._cancel = None

    def _changed(self, _: object) -> None:
        if self._cancel is None:
            self._keep()
        else:
            self._more = True

    def _rested(self) -> None:
        self._cancel = None
        if self._more:
            self._keep()

    def _keep(self) -> None:
        self._more = False
        self._drafts.keep(self._form)
        self._cancel = self._later(DRAFT_SECONDS, self._rested)


def _name(key: str) -> str:
    return f"{_PREFIX}{key}"
