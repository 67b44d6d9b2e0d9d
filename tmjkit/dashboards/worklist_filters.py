"""Filters of the worklist that somebody named and keeps, and where they left off today.

All of it is sealed notes of that person in the workspace: a search may hold a patient's name.
"""

import json
from datetime import date
from typing import Any, Final

from tmjkit.store import StoreError, Workspace

MOST_LETTERS: Final = 60
_FILTER: Final = "worklist filter "
_DEFAULT: Final = "worklist default"
_PLACE: Final = "worklist place"


class Filters:
    """The filters of one person."""

    def __init__(self, workspace: Workspace, author: str) -> None:
        self._workspace = workspace
        self._author = author

    def names(self) -> tuple[str, ...]:
        """Return the names of the filters, sorted."""
        found = self._workspace.notes(self._author, _FILTER)
        return tuple(sorted((name.removeprefix(_FILTER) for name in found), key=str.casefold))

    def keep(self, name: str, state: dict[str, Any]) -> str:
        """Keep what is asked for under a name, in the place of an older filter; return the name.

        Raises
        ------
        StoreError
            When the name is empty or long.
        """
        name = " ".join(name.split())
        if not name or len(name) > MOST_LETTERS:
            raise StoreError(f"Give the filter a name of 1 to {MOST_LETTERS} letters.")
        self._write(f"{_FILTER}{name}", state)
        return name

    def get(self, name: str) -> dict[str, Any] | None:
        """Return what a filter asks for; None when there is none of that name."""
        return self._read(f"{_FILTER}{name}")

    def delete(self, name: str) -> None:
        """Forget a filter."""
        self._workspace.delete_note(self._author, f"{_FILTER}{name}")
        if self.default == name:
            self.set_default("")

    @property
    def default(self) -> str:
        """Name of the filter that a day begins with; empty for all open cases."""
        found = self._read(_DEFAULT)
        return str(found.get("name", "")) if found else ""

    def set_default(self, name: str) -> None:
        """Let each day begin with this filter; an empty name for all open cases."""
        if name:
            self._write(_DEFAULT, {"name": name})
        else:
            self._workspace.delete_note(self._author, _DEFAULT)

    def leave(self, state: dict[str, Any], today: date) -> None:
        """Note what is asked for now, for when the page is loaded again."""
        self._write(_PLACE, {"day": today.isoformat(), "state": state})

    def begin(self, today: date) -> tuple[str, dict[str, Any]]:
        """Return what the page begins with: the filter's name, if it is one, and its state.

        On one day it goes on where the person left off; a new day begins with their default.
        """
        place = self._read(_PLACE)
        if place and place.get("day") == today.isoformat():
            return "", dict(place.get("state") or {})
        name = self.default
        return name, (self.get(name) if name else None) or {}

    def _read(self, name: str) -> dict[str, Any] | None:
        data = self._workspace.get_note(self._author, name)
        read = json.loads(data) if data is not None else None
        return read if isinstance(read, dict) else None

    def _write(self, name: str, content: dict[str, Any]) -> None:
        self._workspace.put_note(self._author, name, json.dumps(content).encode())
