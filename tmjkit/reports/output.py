"""Writes reports so that only their owner can read them, whole or not at all."""

import logging
import os
import secrets
from pathlib import Path

log = logging.getLogger("tmjkit.reports")

_OTHERS = 0o077


def private_folder(folder: Path) -> Path:
    """Return the folder, made if need be, readable for its owner only.

    An empty one that was there is closed to others too. One that holds other things keeps its
    permissions: it may be shared on purpose, and the reports in it are closed by themselves.

    Raises
    ------
    OSError
        When it can't be made.
    """
    if folder.is_dir():
        if folder.stat().st_mode & _OTHERS:
            if _is_empty(folder):
                folder.chmod(0o700)
            else:
                log.warning("other accounts can list the folder of the reports, not read them")
    else:
        folder.mkdir(mode=0o700, parents=True)
        folder.chmod(0o700)  # whatever the umask says
    return folder.resolve()


def write_private(path: Path, content: bytes) -> None:
    """Write a file with permission 0600; whoever looks sees the old one or the new one."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _is_empty(folder: Path) -> bool:
    return next(folder.iterdir(), None) is None
