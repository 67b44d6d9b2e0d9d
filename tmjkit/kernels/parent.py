"""The warm parent: imports, waits, forks. Run as `python -m tmjkit.kernels.parent`.

It has one thread, one socket (to its owner), no case and no key. It is told to fork by a number
and five descriptors; what the descriptors hold is read by the child. When the owner ends, it ends
its kernels and itself.
"""

import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys
from dataclasses import dataclass, field
from typing import Any

from tmjkit import __version__
from tmjkit.kernels.child import Start, run
from tmjkit.kernels.preload import UnfitError, preload
from tmjkit.kernels.request import HANDLES


@dataclass
class Nursery:
    """The parent's work.

    Parameters
    ----------
    control
        Socket to the owner; each message is one packet.
    owner
        Descriptor of the owner's process, readable once it has ended.
    """

    control: socket.socket
    owner: int
    children: dict[int, int] = field(default_factory=dict)  # pid by the descriptor of its process

    def wait(self) -> Start | None:
        """Fork as told until the owner ends; return a start in the child, None in the parent."""
        poll = select.poll()
        poll.register(self.control, select.POLLIN)
        poll.register(self.owner, select.POLLIN)
        while True:
            for handle, _ in poll.poll():
                if handle in self.children:
                    poll.unregister(handle)
                    self._bury(handle)
                elif handle == self.owner:
                    return None
                else:
                    number, handles = self._told()
                    if not handles:
                        return None
                    child = os.fork()
                    if child == 0:
                        self._leave()
                        request, *streams, listens = handles
                        return Start(request, streams, listens, self.owner)
                    for one in handles:
                        os.close(one)
                    process = os.pidfd_open(child)
                    self.children[process] = child
                    poll.register(process, select.POLLIN)
                    self._tell([process], started=number, pid=child)

    def end_all(self) -> None:
        """Kill every kernel with what it started."""
        for child in self.children.values():
            # Not yet waited for, so the number still means this child.
            for kill in (os.killpg, os.kill):
                with contextlib.suppress(ProcessLookupError):
                    kill(child, signal.SIGKILL)

    def _leave(self) -> None:
        """In a child: let go of what is the parent's, and of nothing that a library holds."""
        for process in self.children:
            os.close(process)
        self.control.close()

    def _told(self) -> tuple[int, list[int]]:
        try:
            data, handles, _, _ = socket.recv_fds(self.control, 64, HANDLES)
        except ConnectionError:
            return 0, []
        return int(data or b"0"), handles

    def _bury(self, handle: int) -> None:
        child = self.children.pop(handle)
        os.close(handle)
        _, status = os.waitpid(child, 0)
        self._tell([], ended=child, status=os.waitstatus_to_exitcode(status))

    def _tell(self, handles: list[int], **words: Any) -> None:
        with contextlib.suppress(ConnectionError):
            socket.send_fds(self.control, [json.dumps(words).encode()], handles)


def main() -> None:
    """Get warm, say so, and fork until the owner ends."""
    handle, owner_id = int(sys.argv[1]), int(sys.argv[2])
    owner = os.pidfd_open(owner_id)
    if os.getppid() != owner_id:
        return  # it ended before we looked, and the number may be somebody else's
    control = socket.socket(fileno=handle)
    control.set_inheritable(False)
    gc.disable()
    try:
        lacking = preload(handle)
    except UnfitError as error:
        control.send(json.dumps({"unfit": str(error)}).encode())
        return
    control.send(json.dumps({"warm": __version__, "lacking": lacking}).encode())
    nursery = Nursery(control, owner)
    start = nursery.wait()
    if start is None:
        nursery.end_all()
        return
    try:
        run(start)
    except Exception as error:  # its text may hold what the kernel was given
        os.write(2, f"A kernel did not start: {type(error).__name__}\n".encode())
        sys.exit(1)


if __name__ == "__main__":
    main()
