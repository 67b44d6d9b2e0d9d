"""Memory of the parent laid out so that its children write into as little of it as can be.

A page of memory that a child writes to becomes its own. Python puts a new small object where an
old one was given back, which is in the middle of objects that the children share; the C library
does so, too. So the parent fills such holes, and what a child makes goes to new pages, side by
side.
"""

import ctypes
import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

# Sizes in bytes: those that Python's allocator keeps apart, and those of the C library's pieces.
_SIZES: Final = tuple(range(512, 15, -16))
_PIECES: Final = (*range(4096, 1024, -256), *range(1024, 31, -16))
_LENGTH: Final = 8  # bytes of a piece in which the C library notes its size
_SMALLEST: Final = 16
_HEAD: Final = 33  # bytes of a `bytes` object beside its content
_BATCH: Final = 64 * 1024
_LIMIT: Final = 16 * 2**20
_KEPT: Final[list[object]] = []


def settle() -> None:
    """Collect, fill the holes, and take everything out of the collector's sight."""
    gc.collect()
    c_library = ctypes.CDLL(None)
    c_library.malloc.restype = ctypes.c_void_p
    c_library.malloc.argtypes = [ctypes.c_size_t]
    c_library.malloc_trim(0)
    for size in _PIECES:
        _fill(size, lambda size: c_library.malloc(size - _LENGTH))  # never given back
    for size in _SIZES:
        _fill(size, _object)
    # The interpreter remembers which attributes it looked up last, by their names. A child that
    # looks up another one would let go of a name, that is, write to it.
    sys._clear_type_cache()
    gc.collect()
    # What the collector does not look at, it does not write to.
    gc.freeze()


def _fill(size: int, make: Callable[[int], object]) -> None:
    """Make things of a size until they take new memory."""
    for _ in range(_LIMIT // _BATCH):
        before = _resident()
        _KEPT.extend([make(size) for _ in range(_BATCH // size)])
        if _resident() - before >= _BATCH * 3 // 4:
            return


def _object(size: int) -> object:
    if size > _HEAD:
        return bytes(size - _HEAD)
    # Floats and plain objects are the smallest things there are.
    return float(size) if size > _SMALLEST else object()


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf(
        "SC_PAGE_SIZE"
    )
