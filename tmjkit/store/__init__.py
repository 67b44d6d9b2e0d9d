"""Where cases live: an encrypted workspace in an SQLite file or a PostgreSQL database.

`Workspace.create` makes one, `Workspace.open` opens one; `workspace.py` says what is sealed
with what, and `docs/store.md` what that protects from.
"""

from tmjkit.store.conflict import Difference, StaleRevision
from tmjkit.store.errors import (
    AmbiguousCase,
    DamagedRecord,
    NewerWorkspace,
    NoPassphrase,
    NoSuchCase,
    NoSuchDocument,
    NoSuchRevision,
    NoSuchWorkspace,
    ReadableId,
    StoreError,
    StoreUnavailable,
    WeakPassphrase,
    WorkspaceExists,
    WrongPassphrase,
)
from tmjkit.store.keys import Argon2, WorkspaceKey
from tmjkit.store.passphrase import find_passphrase, remember, terminal_prompt
from tmjkit.store.revisions import Loaded, Revision, SummaryRow
from tmjkit.store.verification import Fault, Verification
from tmjkit.store.worklist import (
    WorklistChoices,
    WorklistCounts,
    WorklistPage,
    WorklistQuery,
)
from tmjkit.store.workspace import Workspace

__all__ = [
    "AmbiguousCase",
    "Argon2",
    "DamagedRecord",
    "Difference",
    "Fault",
    "Loaded",
    "NewerWorkspace",
    "NoPassphrase",
    "NoSuchCase",
    "NoSuchDocument",
    "NoSuchRevision",
    "NoSuchWorkspace",
    "ReadableId",
    "Revision",
    "StaleRevision",
    "StoreError",
    "StoreUnavailable",
    "SummaryRow",
    "Verification",
    "WeakPassphrase",
    "WorklistChoices",
    "WorklistCounts",
    "WorklistPage",
    "WorklistQuery",
    "Workspace",
    "WorkspaceExists",
    "WorkspaceKey",
    "WrongPassphrase",
    "find_passphrase",
    "remember",
    "terminal_prompt",
]
