"""A warm parent as its owner sees it, and the kernels that it forked.

One thread of the owner listens to the parent. It hands on what the parent says of its children,
and notices when the parent dies; the children then go on, and are watched by their own
descriptors.
"""

import contextlib
import json
import logging
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from threading import Event, Lock, Thread
from typing import Any, Final

from tmjkit.kernels import title
from tmjkit.kernels.preload import SETTING
from tmjkit.kernels.request import Request

UNKNOWN_END: Final = 1
"""Exit code of a kernel whose parent died before it: nobody is told the true one."""

_LOG = logging.getLogger("tmjkit.kernels")
_SECONDS: Final = 60.0
_NEEDED: Final = frozenset({
    "HOME", "LANG", "LANGUAGE", "LD_LIBRARY_PATH", "LOGNAME", "MPLCONFIGDIR", "PATH", "PYTHONHOME",
    "PYTHONPATH", "PYTHONUTF8", "TMPDIR", "TZ", "USER", "VIRTUAL_ENV", "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
})  # fmt: skip


class NotWarmError(Exception):
    """There is no warm parent to fork from."""


class ForkedKernel:
    """A forked kernel; answers like the `subprocess.Popen` that jupyter_client looks after.

    Attributes
    ----------
    pid
        The kernel's process, which leads its own session and group.
    ended
        Its exit code, once it has ended.
    listens
        Descriptor that becomes readable when the kernel listens, or has ended before.
    process
        Descriptor of the process, readable once it has ended.
    """

    stdin = stdout = stderr = None

    def __init__(self, pid: int, process: int, listens: int) -> None:
        self.pid = pid
        self.process = process
        self.listens = listens
        self.ended: Future[int] = Future()

    def __del__(self) -> None:
        os.close(self.listens)
        os.close(self.process)

    @property
    def returncode(self) -> int | None:
        """Exit code, or None while it runs; negative for a signal."""
        return self.ended.result() if self.ended.done() else None

    def poll(self) -> int | None:
        """Return the exit code, or None while it runs."""
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it has ended; return the exit code."""
        return self.ended.result(timeout)

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel itself, and never to a later process of the same number."""
        if self.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.process, signal.Signals(number))

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


class WarmParent:
    """A parent process, from its start to its death.

    Parameters
    ----------
    died
        Called when the parent has died unasked, in the thread that noticed; told whether it had
        been warm.
    """

    def __init__(self, died: Callable[[bool], None]) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control = ours
        self._died = died
        self._lock = Lock()
        self._number = 0
        self._asked: dict[int, tuple[Future[ForkedKernel], int]] = {}
        self._kernels: dict[int, ForkedKernel] = {}  # the listening thread's own
        self._closed = False
        self.warm: Future[str] = Future()
        self.dead = Event()
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 -- our own command
                [
                    *(sys.executable, "-P", "-m", "tmjkit.kernels.parent"),
                    *(str(theirs.fileno()), str(os.getpid()), title.ROOM),
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env=environment(os.environ),
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # Ctrl-C in the terminal is for the owner
                cwd="/",
            )
        Thread(target=self._listen, name="tmjkit-warm-parent", daemon=True).start()

    @property
    def pid(self) -> int:
        """The parent's process."""
        return self.process.pid

    def fork(self, request: Request, streams: tuple[int, int, int]) -> ForkedKernel:
        """Start a kernel; waits until the parent is warm.

        Raises
        ------
        NotWarmError
            When the parent died before it answered.
        """
        try:
            self.warm.result(_SECONDS)
        except TimeoutError:
            raise NotWarmError("the warm parent did not get warm") from None
        listens, told = os.pipe()
        sealed = request.sealed()
        forked: Future[ForkedKernel] = Future()
        try:
            with self._lock:
                self._number += 1
                number = self._number
                self._asked[number] = forked, listens
                socket.send_fds(self._control, [b"%d" % number], [sealed, *streams, told])
            return forked.result(_SECONDS)
        except (OSError, TimeoutError) as error:
            self.process.kill()
            with self._lock:
                mine = self._asked.pop(number, None)
            if mine is not None:
                os.close(listens)
            raise NotWarmError("the warm parent does not answer") from error
        finally:
            os.close(sealed)
            os.close(told)

    def close(self) -> None:
        """End the parent and every kernel of it."""
        self._closed = True
        if not self.warm.done():
            self.process.kill()  # it has no kernels yet, and does not listen while it imports
        with contextlib.suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)
        self.process.wait()

    def forget(self) -> None:
        """Let go of the parent in a process that was forked from the owner."""
        self._closed = True
        self._control.close()

    def _listen(self) -> None:
        while True:
            try:
                data, handles, _, _ = socket.recv_fds(self._control, 4096, 1)
            except OSError:
                data = b""
            if not data:
                break
            self._heard(json.loads(data), handles)
        self.process.wait()
        was_warm = self.warm.done() and self.warm.exception() is None
        with self._lock:
            asked = list(self._asked.values())
            self._asked.clear()
        for _, listens in asked:
            os.close(listens)
        died = NotWarmError("the warm parent died")
        if not self.warm.done():
            self.warm.set_exception(died)
        for forked, _ in asked:
            forked.set_exception(died)
        if not self._closed:
            self._died(was_warm)
        self.dead.set()
        self._watch_orphans()

    def _heard(self, words: dict[str, Any], handles: list[int]) -> None:
        if "warm" in words:
            if words["lacking"]:
                _LOG.warning("The warm parent could not prepare %s", ", ".join(words["lacking"]))
            self.warm.set_result(words["warm"])
        elif "unfit" in words:
            self.warm.set_exception(NotWarmError(f"the warm parent is of no use: {words['unfit']}"))
        elif "started" in words:
            with self._lock:
                forked, listens = self._asked.pop(words["started"])
            kernel = ForkedKernel(words["pid"], handles[0], listens)
            self._kernels[kernel.pid] = kernel
            forked.set_result(kernel)
        else:
            self._kernels.pop(words["ended"]).ended.set_result(words["status"])

    def _watch_orphans(self) -> None:
        """Wait for the children that outlive their parent."""
        poll = select.poll()
        running = {kernel.process: kernel for kernel in self._kernels.values()}
        for handle in running:
            poll.register(handle, select.POLLIN)
        while running:
            for handle, _ in poll.poll():
                poll.unregister(handle)
                running.pop(handle).ended.set_result(UNKNOWN_END)


def environment(own: Mapping[str, str]) -> dict[str, str]:
    """Return the parent's environment: what a Python needs, and nothing that is anyone's."""
    kept = {name: value for name, value in own.items() if name in _NEEDED or name.startswith("LC_")}
    return {**kept, **SETTING}
