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
        data = {"policy": form.original.id if form.original else "", "state": form.state()}
        self._workspace.put_note(self._author, _NAME, json.dumps(data).encode())

    def drop(self) -> None:
        """End the draft, if there is one."""
        self._workspace.delete_note(self._author, _NAME)

    def left(self) -> tuple[str, dict[str, Any]] | None:
        """Return the id of the policy (empty for a new one) and what was typed, if any was left."""
        data = self._workspace.get_note(self._author, _NAME)
        if data is None:
            return None
        read = json.loads(data)
        return read["policy"], read["state"]
