"""The forked child: takes off what it has from the parent, and becomes a kernel of its own."""

import gc
import os
import random
import signal
import sys
import time
import uuid
from dataclasses import dataclass
from typing import Any

from tmjkit.kernels import title
from tmjkit.kernels.preload import BACKEND
from tmjkit.kernels.request import Request

_STATE_BYTES = 624 * 4  # of the Mersenne twister


@dataclass(frozen=True)
class Start:
    """The descriptors that a child is born with, as `Request` and `Nursery` name them."""

    request: int
    streams: list[int]
    listens: int
    owner: int


def run(start: Start) -> None:
    """Be the kernel that was asked for, until it ends."""
    os.setsid()
    request = _take_over(start)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(request.environment)
    time.tzset()
    os.chdir(request.folder)
    reseed()
    title.show(request.command)
    sys.argv = ["ipykernel_launcher", *request.arguments]
    gc.enable()
    from tmjkit.kernels.app import ForkedKernelApp  # noqa: PLC0415 -- heavy

    app: Any = ForkedKernelApp.instance()
    app.owner = start.owner
    # ipywidgets, imported before there was a kernel, has not told this one how a page asks for all
    # widgets at once. That is left so: a page then asks each by itself, which takes a third of a
    # second more, but of 25 pages opened at once on a busy machine all are painted. When they
    # could ask at once, one or the other found no model and stayed empty.
    app.initialize(list(request.arguments))
    show_plots(app.shell)
    os.close(start.listens)
    app.start()


def reseed() -> None:
    """Give this process random numbers of its own.

    `secrets`, `uuid4` and OpenSSL ask the system, or notice a fork by themselves; `random` and
    numpy's old global generator go on where the parent stood.
    """
    random.seed()
    if "numpy" in sys.modules:
        import numpy as np  # noqa: PLC0415 -- only when it is there already

        # As much as its state holds. Without an argument it draws them in a roundabout way that
        # takes half a megabyte of shared memory.
        np.random.seed(np.frombuffer(os.urandom(_STATE_BYTES), dtype=np.uint32))
    vars(uuid)["_last_timestamp"] = None


def _take_over(start: Start) -> Request:
    """Put the streams in place, and read what to be."""
    for target, handle in enumerate(start.streams):
        os.dup2(handle, target)
    for handle in start.streams:
        os.close(handle)
    for handle in (start.listens, start.owner):
        os.set_inheritable(handle, False)  # noqa: FBT003
    return Request.unsealed(start.request)


def show_plots(shell: Any) -> None:
    """Join matplotlib to the shell, which the parent did not have.

    pyplot and the inline backend do it when they are imported. Here they have been, without a
    shell, and would show no plot and say nothing.
    """
    chosen = os.environ.get("MPLBACKEND", BACKEND)
    if chosen == BACKEND:
        from IPython.core.pylabtools import activate_matplotlib  # noqa: PLC0415 -- heavy
        from matplotlib_inline.backend_inline import (  # noqa: PLC0415
            configure_inline_support,
        )

        activate_matplotlib(BACKEND)  # type: ignore[no-untyped-call]
        configure_inline_support(shell, BACKEND)  # type: ignore[no-untyped-call]
    else:
        sys.modules["matplotlib"].rcParams["backend"] = chosen
