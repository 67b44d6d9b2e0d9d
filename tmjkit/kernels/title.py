"""The command line under which lists of processes show a forked kernel.

A forked process shows its parent's. The parent therefore leaves room in its own command line, and
the child writes there what an ordinary kernel's would say. Linux only; it is for the eyes of who
looks after the machine, so where it doesn't work nothing is lost.
"""

import ctypes
from pathlib import Path
from typing import Final

ROOM: Final = "-" * 1000
_START, _END = 48 - 1, 49 - 1  # of /proc/PID/stat, proc_pid_stat(5)


def show(command: tuple[str, ...]) -> None:
    """Show this process as the command."""
    fields = Path("/proc/self/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    # The first two fields, number and name, stand before the bracket.
    start, end = int(fields[_START - 2]), int(fields[_END - 2])
    text = b"\0".join(part.encode("utf-8", "surrogateescape") for part in command) + b"\0"
    if 0 < start < end and len(text) <= end - start:
        ctypes.memset(start, 0, end - start)
        ctypes.memmove(start, text, len(text))
