"""What can be said about a report that failed, without a word of the patient.

The text of an exception may hold anything that its code had at hand, so it is never used: only
the name of its class, and where in the code it was raised.
"""

import re
import traceback
from collections.abc import Iterator
from pathlib import PurePath

from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from tmjkit.reports.kernel import CellError
from tmjkit.store import errors as store_errors

_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_IN_CELL = re.compile(r"(?:Cell )?In\s?\[(\d+)\], line (\d+)")
_IN_FILE = re.compile(r"File (\S[^\n:]*\.py):(\d+), in ([\w.<>]+)")
_CLASS_NAME = re.compile(r"[A-Za-z_]\w{0,60}")


def words(error: Exception, doing: str, timeout: float) -> str:
    """Say what went wrong, for people.

    Parameters
    ----------
    error
        What was raised.
    doing
        What was being done, such as 'writing the file', for failures outside of the cells.
    timeout
        Seconds that a cell was given.
    """
    if not isinstance(error, CellError):
        return f"{type(error).__name__} while {doing}"
    where, cause = f"cell {error.cell}", error.__cause__
    if isinstance(cause, CellTimeoutError):
        return f"{where} did not end within {timeout:g} s and was stopped"
    if isinstance(cause, DeadKernelError):
        return f"the kernel died in {where}; it may have run out of memory"
    if isinstance(cause, CellExecutionError):
        return f"{_class_name(cause.ename)} in {where}{_meaning(cause.ename)}"
    return f"{type(cause).__name__} in {where}"


def places(error: Exception, node: NotebookNode) -> tuple[str, ...]:
    """Return where it was raised, from the outside in: files, lines and functions only."""
    if isinstance(error, CellError):
        outputs = node.cells[error.cell - 1].get("outputs", ())
        frames = [
            frame
            for output in outputs
            if output.output_type == "error"
            for frame in output.traceback
        ]
        return tuple(_frames(frames))
    return tuple(
        f"{PurePath(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    )


def _frames(entries: list[str]) -> Iterator[str]:
    """Yield the places in a traceback of IPython, which has one entry for each frame.

    Only the start of an entry is read: its other lines are source code, and an entry with the
    text of an exception begins with the name of a class.
    """
    for entry in entries:
        plain = _ANSI.sub("", entry).lstrip()
        if found := _IN_CELL.match(plain):
            yield f"In[{found[1]}]:{found[2]}"
        elif found := _IN_FILE.match(plain):
            yield f"{PurePath(found[1]).name}:{found[2]} {found[3]}"


def _class_name(name: str) -> str:
    return name if _CLASS_NAME.fullmatch(name) else "an error"


def _meaning(name: str) -> str:
    """Return what an error of the store means, from its own description."""
    kind = getattr(store_errors, name, None)
    if isinstance(kind, type) and issubclass(kind, store_errors.StoreError) and kind.__doc__:
        return f": {kind.__doc__.splitlines()[0]}"
    return ""
