"""The warm parent of this process: started when it is first needed, mended when it dies."""

import atexit
import logging
import os
import sys
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from tmjkit import __version__
from tmjkit.kernels.request import Request
from tmjkit.kernels.warm import ForkedKernel, NotWarmError, WarmParent

SWITCH: Final = "TMJKIT_KERNELS"
"""`TMJKIT_KERNELS=plain` in the owner's environment: start every kernel the ordinary way."""

_LOG = logging.getLogger("tmjkit.kernels")


def can_fork() -> bool:
    """Tell whether kernels can be forked here.

    macOS has fork, but its own libraries don't survive it; Windows has none. Descriptors of
    processes came with Linux 5.3.
    """
    return (
        sys.platform == "linux"
        and hasattr(os, "pidfd_open")
        and hasattr(os, "memfd_create")
        and os.environ.get(SWITCH) != "plain"
    )


@dataclass
class Owner:
    """What this process knows of its warm parent.

    Attributes
    ----------
    parent
        The parent that is warm or getting warm; None when there is none.
    """

    parent: WarmParent | None = None
    _lock: Lock = field(default_factory=Lock)
    _stillborn: bool = False
    _said: bool = False

    def warm_up(self) -> WarmParent | None:
        """Start the parent if there is none; return it without waiting, None where none can be."""
        with self._lock:
            if not can_fork() or self._stillborn:
                self._say("this system can't fork them" if not can_fork() else "it did not start")
                return None
            if self.parent is None:
                try:
                    self.parent = WarmParent(self._died)
                except OSError:
                    self._stillborn = True
            return self.parent

    def fork(self, request: Request, streams: tuple[int, int, int]) -> ForkedKernel | None:
        """Return a kernel forked from the parent; None where it has to be started as usual.

        Waits for the parent, so not for an event loop's own thread.
        """
        for _ in range(2):  # a parent that died is mended once
            parent = self.warm_up()
            if parent is None:
                return None
            try:
                if parent.warm.result() != __version__:
                    return None  # tmjkit was replaced on disk while this process ran
                return parent.fork(request, streams)
            except NotWarmError as error:
                _LOG.warning("%s", error)
                parent.dead.wait()
        return None

    def close(self) -> None:
        """End the parent and its kernels."""
        with self._lock:
            parent, self.parent = self.parent, None
        if parent is not None:
            parent.close()

    def forget(self) -> None:
        """Begin anew in a process that was forked from this one."""
        parent, self.parent = self.parent, None
        self._lock = Lock()
        if parent is not None:
            parent.forget()

    def _died(self, was_warm: bool) -> None:  # noqa: FBT001 -- a callback
        with self._lock:
            self.parent = None
            # One that could not even get warm would not the next time either.
            self._stillborn = not was_warm
        if was_warm:
            _LOG.warning("The warm parent of the kernels died; a new one is started")
            self.warm_up()

    def _say(self, why: str) -> None:
        if not self._said:
            self._said = True
            _LOG.warning(
                "Kernels are not forked from a warm parent but started one by one: %s", why
            )


OWNER: Final = Owner()
atexit.register(OWNER.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=OWNER.forget)
