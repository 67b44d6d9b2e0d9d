"""What is typed into the form of a policy and not saved: a sealed note of its author."""

import json
from typing import Any, Final

from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.policy_form import PolicyForm

_NAME: Final = "policy-form"


class PolicyDraft:
    """The one policy that a person is writing; it belongs to the office and to no case."""

    def __init__(self, model: CaseModel) -> None:
        self._workspace, self._author = model.workspace, model.author

    def keep(self, form: PolicyForm) -> None:
        """Keep what stands in the form, or end the draft where that is saved already."""
        if not form.changed:
            self.drop()
            return
        self._workspace.put_note(self._author, _NAME, json.dumps(form.left()).encode())

    def drop(self) -> None:
        """End the draft, if there is one."""
        self._workspace.delete_note(self._author, _NAME)

    def left(self) -> dict[str, Any] | None:
        """Return what `PolicyForm.left` told of a form that was left, if any was."""
        data = self._workspace.get_note(self._author, _NAME)
        if data is None:
            return None
        read: dict[str, Any] = json.loads(data)
        return read
