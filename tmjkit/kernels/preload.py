"""What the warm parent imports, so that no kernel has to."""

import importlib
import stat
import sys
from pathlib import Path
from typing import Final

from tmjkit.kernels.pages import settle

BACKEND: Final = "module://matplotlib_inline.backend_inline"

MODULES: Final = (
    "pandas",
    "numpy.random",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "matplotlib_inline.backend_inline",
    "ipywidgets",
    "ipykernel.kernelapp",
    "tmjkit.kernels.app",
    # What a kernel imports while it starts.
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "IPython.utils.wildcard",
    "encodings.idna",
    "ipykernel.debugger",
    "psutil",
    "sqlite3",
    "tornado.locks",
    "tornado.platform.asyncio",
    "tornado.queues",
    # The pages, with all that they need.
    "tmjkit.dashboards.page",
    "tmjkit.dashboards.rehearsal",
)

SETTING: Final = {
    # Set before pyplot is imported: it looks once.
    "MPLBACKEND": BACKEND,
    # A numeric library that finds two cores starts a thread for each, and a process with threads
    # can't be forked safely.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    # The C library keeps memory apart for each thread, and a kernel has nine that do little.
    "MALLOC_ARENA_MAX": "1",
}
"""Environment of the parent itself; kernels get their own."""

KNOWN: Final[set[str]] = set()
"""Names of the modules that the parent has: `%reset aggressive` in a kernel takes away others."""


class UnfitError(Exception):
    """The parent can't be forked safely."""


def preload(own: int) -> tuple[str, ...]:
    """Import everything, rehearse, and lay the memory out so that children share it.

    Parameters
    ----------
    own
        Descriptor of the parent's one socket.

    Returns
    -------
    tuple of str
        What could not be imported or rehearsed. A kernel will meet the same error when it comes
        there, and show it where it belongs.

    Raises
    ------
    UnfitError
        When a library has started a thread or opened a socket.
    """
    # ipykernel's debugger costs 20 MB and a third of a kernel's start, and pages have no use for
    # it. It is left out if its library can't be found while it looks; a notebook may import it.
    sys.modules["debugpy"] = None  # type: ignore[assignment]
    lacking = []
    for name in MODULES:
        try:
            importlib.import_module(name)
        except ImportError:
            lacking.append(name)
    del sys.modules["debugpy"]
    try:
        sys.modules["tmjkit.dashboards.rehearsal"].rehearse()
    except Exception as error:
        lacking.append(f"the pages (rehearsal: {type(error).__name__})")
    app = sys.modules.get("tmjkit.kernels.app")
    if app is not None:
        app.prepare()
    _check(own)
    KNOWN.update(sys.modules)
    settle()
    return tuple(lacking)


def _check(own: int) -> None:
    if len(list(Path("/proc/self/task").iterdir())) > 1:
        raise UnfitError("a library has started a thread")
    for place in Path("/proc/self/fd").iterdir():
        try:
            is_socket = stat.S_ISSOCK(place.stat().st_mode)
        except OSError:  # the one by which the folder is read
            continue
        if is_socket and int(place.name) not in {0, 1, 2, own}:
            raise UnfitError("a library has opened a socket")
