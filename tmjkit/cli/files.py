"""Files that hold a patient's data: private, and never half written."""

import os
import tempfile
from pathlib import Path

import typer


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".tmjkit-")  # made with mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
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
