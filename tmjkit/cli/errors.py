"""What an exception means to the person at the terminal, in one line."""

import os
import sys
import traceback
from pathlib import Path

from tmjkit.case import CaseError


class Refused(Exception):  # noqa: N818 -- it reads as what happened
    """Something that a command does not do; its text says why, without a patient's data."""


def line_of(error: Exception) -> str:
    """Say what is wrong.

    The classes of our own exceptions promise a text for people without a patient's data; the
    text of any other may hold anything, so only its place is told.
    """
    if isinstance(error, CaseError):
        # Values are shown to the person at the terminal and kept out of logs and pipes.
        return "; ".join(error.explain().splitlines()) if sys.stderr.isatty() else str(error)
    if isinstance(error, FileNotFoundError):
        return f"there is no file or folder {error.filename or error}"
    if isinstance(error, OSError):
        name = f"{error.filename}: " if error.filename else ""
        return f"{name}{error.strerror or type(error).__name__}"
    if type(error).__module__.startswith("tmjkit."):
        return _ours(error)
    if os.environ.get("TMJKIT_DEBUG") == "1":
        traceback.print_exc()
    last = traceback.extract_tb(error.__traceback__)[-1]
    return (
        f"an error in tmjkit itself: {type(error).__name__} at {Path(last.filename).name}:"
        f"{last.lineno}. Please report this line. Set TMJKIT_DEBUG=1 to see the whole trace, "
        "which may hold a patient's data"
    )


def _ours(error: Exception) -> str:
    text = " ".join(str(error).split())
    if type(error).__name__ == "StoreUnavailable" and "readonly database" in text:
        # SQLite's own words do not say whose permission is missing.
        return (
            "the workspace can't be written: this account needs permission to write its file "
            "and the folder around it"
        )
    return text
