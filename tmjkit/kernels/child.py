"""The forked child: takes off what it has from the parent, and becomes a kernel of its own."""

import gc
import os
import random
import select
import signal
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread
from types import ModuleType
from typing import Any, ClassVar

from tmjkit.kernels import title
from tmjkit.kernels.preload import BACKEND, KNOWN
from tmjkit.kernels.request import Request


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
    app = _app(start)
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

        np.random.seed()
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


def _app(start: Start) -> Any:
    from ipykernel import ipkernel  # noqa: PLC0415
    from ipykernel.kernelapp import IPKernelApp  # noqa: PLC0415 -- heavy
    from IPython.core import shellapp  # noqa: PLC0415

    class ForkedKernelApp(IPKernelApp):
        """Looks at the owner instead of the parent, whose death means nothing to a kernel."""

        def init_poller(self) -> None:
            self.poller = OwnerPoller(start.owner)

        # The kernel looks at every module, for its debugger that we leave out, and the shell at
        # every module's name. In a forked process a look is a write: each would take its page of
        # memory.
        def init_kernel(self) -> None:
            with _modules_unseen(ipkernel):
                super().init_kernel()  # type: ignore[no-untyped-call]

        def init_code(self) -> None:
            with _modules_unseen(shellapp):
                super().init_code()  # type: ignore[no-untyped-call]
            shell: Any = self.shell
            shell._sys_modules_keys = KNOWN

    # True: it is not somebody's terminal that started it.
    return ForkedKernelApp.instance(parent_handle=1)


@contextmanager
def _modules_unseen(module: Any) -> Iterator[None]:
    """Let a module see no modules in `sys.modules`."""
    module.sys = _ModulesUnseen(sys.__name__)
    try:
        yield
    finally:
        module.sys = sys


class _ModulesUnseen(ModuleType):
    """The module `sys`, with an empty list of modules."""

    modules: ClassVar[dict[str, ModuleType]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(sys, name)


class OwnerPoller(Thread):
    """Ends this process as soon as its owner has ended."""

    def __init__(self, owner: int) -> None:
        super().__init__(name="tmjkit-owner", daemon=True)
        self.owner = owner

    def run(self) -> None:
        """Wait."""
        poll = select.poll()
        poll.register(self.owner, select.POLLIN)
        poll.poll()
        os._exit(1)
