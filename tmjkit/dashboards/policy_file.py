"""Where an office's policies are kept: one file for each that the form wrote.

They stand in the workspace's folder of knowledge, in the form that anyone can read and edit. The
form changes only files that it wrote itself: what people wrote by hand, with their comments, stays
theirs.
"""

import contextlib
import os
import tempfile
from pathlib import Path
from typing import Any, Final

import yaml

from tmjkit.knowledge import KnowledgeError, Library, Policy, library
from tmjkit.knowledge.place import VARIABLE, folder_beside
from tmjkit.knowledge.policy import AllOf, AnyOf, AtLeast, Node

_MARK: Final = "# Written by the form of tmjkit, which also changes it."
_HEAD: Final = (
    f"{_MARK}\n# Once you edit it here by hand, take this first line away, and it stays yours.\n"
)


class PolicyFileError(ValueError):
    """A policy that can't be kept; the text is for people and repeats no value."""


def folder_of(place: str) -> Path | None:
    """Return the folder of knowledge that belongs to a workspace.

    It is the one that TMJKIT_KNOWLEDGE names, else `knowledge` beside the workspace's file. None
    for a workspace on a database server without one named.
    """
    named = os.environ.get(VARIABLE)
    return Path(named) if named else folder_beside(place)


def is_ours(folder: Path, policy: Policy) -> bool:
    """Tell whether the form wrote the file of a policy, and nobody took that mark away."""
    path = folder / policy.origin
    if not policy.origin or path.is_symlink() or not path.is_file():
        return False
    with path.open(encoding="utf-8", errors="replace") as file:
        return file.readline().rstrip() == _MARK


def write(folder: Path, policy: Policy, *, replaces: str = "") -> Library:
    """Write a policy into a file of its own and return the library with it.

    Parameters
    ----------
    folder
        The folder of knowledge; made where it isn't there.
    policy
        The policy.
    replaces
        Name of the file that it stands in already; empty for a new one.

    Raises
    ------
    PolicyFileError
        When a file of that name is there already, or the folder can't be written.
    KnowledgeError
        When the folder can't be read with it, such as because of its id; then nothing is changed.
    """
    path = folder / (replaces or f"{policy.id}.yaml")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        before = path.read_bytes() if replaces else None
        if not replaces and (path.exists() or path.is_symlink()):
            raise PolicyFileError(f"There is another file {path.name} already: rename that first.")
        _put(path, text_of(policy).encode())
        try:
            return library(folder)
        except KnowledgeError:
            if before is None:
                path.unlink()
            else:
                _put(path, before)
            raise
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise PolicyFileError(f"The folder '{folder.name}' can't be used: {reason}.") from None


def text_of(policy: Policy) -> str:
    """Return a policy as the text of its file."""
    shown = policy.model_dump(mode="python", exclude_defaults=True, exclude={"origin", "criteria"})
    data = {**shown, "criteria": _plain(policy.criteria)}
    return _HEAD + yaml.dump(
        {"policies": [data]}, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=96
    )


def _plain(node: Node) -> dict[str, Any]:
    """Return a node with what it is in the first place, and no field that says nothing."""
    if isinstance(node, AllOf | AnyOf | AtLeast):
        told = {name: getattr(node, name) for name in ("title", "section") if getattr(node, name)}
        children = [_plain(child) for child in node.children]
        if isinstance(node, AtLeast):
            return {**told, "at_least": node.at_least, "of": children}
        return {**told, "all_of" if isinstance(node, AllOf) else "any_of": children}
    return {"test": node.test, **node.model_dump(mode="json", exclude_defaults=True)}


class _Dumper(yaml.SafeDumper):
    """Writes every value out: the reader takes no alias."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 -- PyYAML's signature
        return True


def _put(path: Path, data: bytes) -> None:
    """Put a file in place at once, for this account only."""
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".tmjkit-")  # with mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(draft).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(draft).unlink()
        raise
