"""Kernels whose page is gone: they end after a short grace, whatever the page could still say.

A page that closes asks for its kernel's end. A browser that closes with many tabs sends only some
of these requests: it ends itself before the others have left. What always ends is the socket.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

GRACE_SECONDS: Final = 90.0
"""Without a socket and a sign of life for so long, a page is gone.

A page that the network lost says that it is there every few seconds, even without a socket; one in
the background, whose clocks browsers slow down, once a minute.
"""

OPENING_SECONDS: Final = 180.0
"""A page that is being opened has so long until its first socket; cells may run for a minute."""


class Abandoned:
    """Ends kernels that nobody came back to.

    Parameters
    ----------
    end
        Ends a kernel by its id.
    """

    def __init__(self, end: Callable[[str], Awaitable[object]]) -> None:
        self._end = end
        self._waiting: dict[str, asyncio.TimerHandle] = {}
        self._ending: set[asyncio.Future[object]] = set()

    def wait(self, kernel_id: str, seconds: float) -> None:
        """End a kernel after so many seconds, counted from now, unless it is kept."""
        self.keep(kernel_id)
        loop = asyncio.get_running_loop()
        self._waiting[kernel_id] = loop.call_later(seconds, self._over, kernel_id)

    def keep(self, kernel_id: str) -> None:
        """Let a kernel live: its page is there, or it has ended already."""
        waiting = self._waiting.pop(kernel_id, None)
        if waiting is not None:
            waiting.cancel()

    def __contains__(self, kernel_id: object) -> bool:
        return kernel_id in self._waiting

    def _over(self, kernel_id: str) -> None:
        del self._waiting[kernel_id]
        ending = asyncio.ensure_future(self._end(kernel_id))
        # The loop keeps only weak references to what it runs.
        self._ending.add(ending)
        ending.add_done_callback(self._ending.discard)
