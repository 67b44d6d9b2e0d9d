"""Memory of the parent laid out so that its children write into as little of it as can be.

A page of memory that a child writes to becomes its own. Python puts a new small object where an
old one was given back, which is in the middle of objects that the children share. So the parent
fills such holes, and what a child makes goes to new pages, side by side.
"""

import ctypes
import gc
import os
import sys
from pathlib import Path
from typing import Final

# Sizes in bytes: those that Python's allocator keeps apart, and some of the C library's above.
_SIZES: Final = (8192, 4096, 2048, 1536, 1024, 768, 576, *range(512, 15, -16))
_SMALLEST: Final = 16
_HEAD: Final = 33  # bytes of a `bytes` object beside its content
_BATCH: Final = 64 * 1024
_LIMIT: Final = 16 * 2**20
_KEPT: Final[list[object]] = []


def settle() -> None:
    """Collect, fill the holes, and take everything out of the collector's sight."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    for size in _SIZES:
        _fill(size)
    # The interpreter remembers which attributes it looked up last, by their names. A child that
    # looks up another one would let go of a name, that is, write to it.
    sys._clear_type_cache()
    gc.collect()
    # What the collector does not look at, it does not write to.
    gc.freeze()


def _fill(size: int) -> None:
    """Make objects of a size until they take new memory."""
    number = _BATCH // size
    for _ in range(_LIMIT // _BATCH):
        before = _resident()
        _KEPT.extend(_objects(size, number))
        if _resident() - before >= _BATCH * 3 // 4:
            return


def _objects(size: int, number: int) -> list[object]:
    if size > _HEAD:
        return [bytes(size - _HEAD) for _ in range(number)]
    # Floats and plain objects are the smallest things there are.
    return [float(n) if size > _SMALLEST else object() for n in range(number)]


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf(
        "SC_PAGE_SIZE"
    )
