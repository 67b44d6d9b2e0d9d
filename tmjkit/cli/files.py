"""Files that hold a patient's data: private, and never half written."""

import os
import tempfile
from pathlib import Path

import typer

from tmjkit.cli.errors import Refused


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only its owner can read, whole or not at all.

    A link is followed: what it points to is written, and the link stays.

    Raises
    ------
    Refused
        When it can't be written, or is something other than a file, such as a folder or a
        device. It names the file as the person did.
    """
    try:
        target = path.resolve()
        if target.is_dir():
            raise Refused(f"{path} is a folder: give the name of a file")
        if target.exists() and not target.is_file():
            raise Refused(f"{path} is a device or a pipe, not a file: give the name of a file")
        _replace(target, data)
    except OSError as error:
        # Not the name of the draft, nor that of a folder on the way.
        reason = error.strerror or "it can't be written"
        raise Refused(f"{path}: {reason}") from None
    except RuntimeError:  # of Python 3.11 and 3.12: a link that leads to itself
        raise Refused(f"{path} is a link that leads to itself") from None


def _replace(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".tmjkit-")  # made with mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def suffix_of(path: Path, accepted: tuple[str, ...]) -> str:
    """Return the file's ending without its dot.

    Raises
    ------
    typer.BadParameter
        When it is none of those accepted.
    """
    found = path.suffix.lower().removeprefix(".")
    if found not in accepted:
        endings = ", ".join(f".{ending}" for ending in accepted)
        raise typer.BadParameter(f"the file's name should end in one of: {endings}")
    return found
