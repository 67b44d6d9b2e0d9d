"""What can go wrong with a workspace.

Texts name the place, the opaque id and the revision, and what to do; never what a case holds.
The names read as what happened, as callers catch them by it.
"""
# ruff: noqa: N818

from collections.abc import Sequence


class StoreError(Exception):
    """Anything a workspace refuses or cannot do; its text is fit to be shown and logged."""


class StoreUnavailable(StoreError):
    """The database can't be reached, read or written at the moment."""


class NoSuchWorkspace(StoreError):
    """There is no workspace at this place."""


class WorkspaceExists(StoreError):
    """A workspace (or another file) is at this place already."""


class NewerWorkspace(StoreError):
    """A newer version of tmjkit wrote this workspace."""


class NoPassphrase(StoreError):
    """No passphrase was found in any of the places where it may stand."""


class WeakPassphrase(StoreError):
    """A new passphrase is too short to protect anything."""


class WrongPassphrase(StoreError):
    """The passphrase or the key doesn't open this workspace."""


class NoSuchCase(StoreError):
    """No case has this id, or an id that begins so."""


class AmbiguousCase(StoreError):
    """Several cases have an id that begins so.

    Attributes
    ----------
    candidates
        The first few of their ids.
    """

    def __init__(self, message: str, candidates: Sequence[str]) -> None:
        super().__init__(message)
        self.candidates = tuple(candidates)


class NoSuchRevision(StoreError):
    """The case has no revision of this number."""


class NoSuchDocument(StoreError):
    """The workspace holds no document with this digest."""


class DamagedRecord(StoreError):
    """What is stored was changed or cut, or can't be read by this version of tmjkit."""


class ReadableId(StoreError):
    """The id of a case could say something about the patient: ids stand unsealed."""
