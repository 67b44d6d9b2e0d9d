"""The forked kernel's application: ipykernel's own, with a lighter start.

In a forked process a look is a write: whatever is only looked at takes its page of memory. So the
start leaves out what looks at everything, and the application is made in the parent: it has no
settings, no session and no socket before the child initializes it.
"""

import os
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from types import ModuleType
from typing import Any, ClassVar

from ipykernel import ipkernel
from ipykernel.kernelapp import IPKernelApp
from IPython.core import shellapp

from tmjkit.kernels.preload import KNOWN


class ForkedKernelApp(IPKernelApp):
    """A kernel's application that belongs to the owner of its parent.

    Attributes
    ----------
    owner
        Descriptor of the owner's process.
    """

    owner = -1

    def init_poller(self) -> None:
        """Look at the owner instead of the parent, whose death means nothing to a kernel."""
        self.poller = OwnerPoller(self.owner)

    def init_kernel(self) -> None:
        """Start the kernel; it looks at every module, for its debugger that we leave out."""
        with _modules_unseen(ipkernel):
            super().init_kernel()  # type: ignore[no-untyped-call]

    def init_code(self) -> None:
        """Begin the namespace; the shell notes every module's name, which the parent did."""
        with _modules_unseen(shellapp):
            super().init_code()  # type: ignore[no-untyped-call]
        shell: Any = self.shell
        shell._sys_modules_keys = KNOWN

    def _create_loader(self, argv: list[str] | None, aliases: Any, flags: Any, classes: Any) -> Any:
        """Read the command line by the settings of the classes that it names, not of all."""
        named = {argument.lstrip("-").partition(".")[0] for argument in argv or ()}
        few = [one for one in classes or () if one.__name__ in named]
        return super()._create_loader(argv, aliases, flags, few)


def prepare() -> None:
    """Make the application and its log; setting up the log looks at every other log."""
    # True: it is not somebody's terminal that started it.
    app: Any = ForkedKernelApp.instance(parent_handle=1)
    app.log  # noqa: B018 -- made when it is looked at


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
