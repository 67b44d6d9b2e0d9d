"""What somebody typed into the forms of a case and has not saved: sealed notes in the workspace.

They outlive the kernel and the browser, and nothing of them lies on the disk in the clear.
"""

import json
from dataclasses import dataclass
from typing import Final

from tmjkit.store import Workspace

_PREFIX: Final = "draft "


@dataclass(frozen=True, slots=True)
class Draft:
    """One form that was left.

    Parameters
    ----------
    section, record_id
        What it is filed under, such as the list of the case, and the record that was being
        changed or made.
    typed
        What was typed or chosen, by field.
    start
        What stood in the form before, so that it can be told what others changed since; None in
        a draft that has no such form.
    """

    section: str
    record_id: str
    typed: dict[str, str]
    start: dict[str, str] | None = None


class Drafts:
    """The drafts of one person in one case.

    Parameters
    ----------
    workspace, author, case_id
        Where they are kept, whose they are, and which case they belong to.
    """

    def __init__(self, workspace: Workspace, author: str, case_id: str) -> None:
        self._workspace = workspace
        self._author = author
        self._prefix = f"{_PREFIX}{case_id} "

    def keep(
        self,
        section: str,
        record_id: str,
        typed: dict[str, str],
        start: dict[str, str] | None = None,
    ) -> None:
        """Keep what stands in a form; nothing typed ends the draft."""
        if not typed:
            self.drop(section, record_id)
            return
        data = {"section": section, "record": record_id, "typed": typed, "start": start}
        name = self._name(section, record_id)
        self._workspace.put_note(self._author, name, json.dumps(data).encode())

    def drop(self, section: str, record_id: str) -> None:
        """End a draft, if there is one."""
        self._workspace.delete_note(self._author, self._name(section, record_id))

    def all(self) -> tuple[Draft, ...]:
        """Return the drafts that were left, in the order of their names."""
        return self._read(self._prefix)

    def of(self, section: str) -> tuple[Draft, ...]:
        """Return the drafts of one list that were left, in the order of their names."""
        return self._read(f"{self._prefix}{section} ")

    def _read(self, prefix: str) -> tuple[Draft, ...]:
        found = []
        for name in sorted(self._workspace.notes(self._author, prefix)):
            data = self._workspace.get_note(self._author, name)
            if data is not None:  # else another page has just ended it
                read = json.loads(data)
                found.append(Draft(read["section"], read["record"], read["typed"], read["start"]))
        return tuple(found)

    def _name(self, section: str, record_id: str) -> str:
        return f"{self._prefix}{section} {record_id or 'new'}"


def cases_with_drafts(workspace: Workspace, author: str) -> tuple[str, ...]:
    """Return the ids of the cases in which this person left something unsaved."""
    names = workspace.notes(author, _PREFIX)
    return tuple(dict.fromkeys(name.split(" ")[1] for name in sorted(names)))
