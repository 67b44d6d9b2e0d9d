"""Where an office's policies are kept: one file for each that the form wrote.

They stand in the workspace's folder of knowledge, in the form that anyone can read and edit. The
form changes only files that are just as it writes them: what people wrote by hand, with their
comments, stays theirs. It writes over a file only while that still is what the form was opened
with.
"""

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import yaml

from tmjkit.knowledge import KnowledgeError, Library, Policy, library
from tmjkit.knowledge.loader import contents
from tmjkit.knowledge.policy import AllOf, AnyOf, AtLeast, Node

_MARK: Final = "# Written by the form of tmjkit, which also changes it."
_HEAD: Final = (
    f"{_MARK}\n# Once you edit it here by hand, take this first line away, and it stays yours.\n"
)


class PolicyFileError(ValueError):
    """A policy that can't be kept; the text is for people and repeats no value."""


class PolicyChangedError(PolicyFileError):
    """The file is no longer what the form was opened with; nothing was written."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as it was when the form of its policy was opened.

    Parameters
    ----------
    name
        Its name in the folder of knowledge.
    digest
        SHA-256 of what stood in it; empty where it is not known, which equals no file.
    """

    name: str
    digest: str


def is_ours(folder: Path, policy: Policy) -> bool:
    """Tell whether the file of a policy is as the form writes it: with its mark, and nothing else.

    A second policy, a fact or a comment that somebody added would be lost when it is written anew.
    """
    path = folder / policy.origin
    if not policy.origin or path.is_symlink():
        return False
    try:
        return _written(path.read_bytes()) == policy.id
    except OSError:
        return False


@lru_cache(maxsize=512)
def _written(data: bytes) -> str:
    """Return the id of the policy in a file, if the form writes it just so; else nothing."""
    if not data.startswith(_MARK.encode()):
        return ""
    try:
        text = data.decode()
        _, policies = contents("", text)
    except (UnicodeDecodeError, KnowledgeError):
        return ""
    return policies[0].id if len(policies) == 1 and text_of(policies[0]) == text else ""


def opened(folder: Path, name: str) -> Opened:
    """Return a file as it is now.

    It is asked for before the file is read: what changes in between then counts as changed.
    """
    try:
        return Opened(name, sha256((folder / name).read_bytes()).hexdigest())
    except OSError:
        return Opened(name, "")


def write(folder: Path, policy: Policy, *, replaces: Opened | None = None) -> Library:
    """Write a policy into a file of its own and return the library with it.

    Parameters
    ----------
    folder
        The folder of knowledge; made where it isn't there.
    policy
        The policy.
    replaces
        The file that it stands in already, as it was when the form was opened; None for a new one.

    Raises
    ------
    PolicyChangedError
        When the file was changed, deleted or taken over since it was opened.
    PolicyFileError
        When a file of that name is there already, or the folder can't be written.
    KnowledgeError
        When the folder can't be read with it, such as because of its id; then nothing is changed.
    """
    path = folder / (replaces.name if replaces else f"{policy.id}.yaml")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _alone(folder):
            before = _still(path, replaces) if replaces else None
            if not replaces and (path.exists() or path.is_symlink()):
                raise PolicyFileError(
                    f"There is another file {path.name} already: rename that first."
                )
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


def _still(path: Path, was: Opened) -> bytes:
    """Return what stands in a file, which must be what it was opened with."""
    try:
        now = b"" if path.is_symlink() else path.read_bytes()
    except FileNotFoundError:
        now = b""
    if sha256(now).hexdigest() != was.digest:
        raise PolicyChangedError(
            f"Not saved: the file {path.name} was changed since you opened it. What you typed is "
            "still here. Look at what is different."
        )
    return now


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other forms from writing between the look at a file and the writing.

    Where the system has no such lock (Windows) two that save within a moment may still meet.
    """
    try:
        import fcntl  # noqa: PLC0415 -- not everywhere
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)  # which gives back the lock, too


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
    """Put a file in place at once and whole, for this account only.

    In a folder that a group shares, as behind a Hub, it is for the group as well: a policy that
    one person entered has to be read and changed by the others.
    """
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".tmjkit-")  # with mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())  # or a power cut could leave an empty file in its place
        if path.parent.stat().st_mode & stat.S_IWGRP:
            Path(draft).chmod(0o660)
        Path(draft).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(draft).unlink()
        raise
