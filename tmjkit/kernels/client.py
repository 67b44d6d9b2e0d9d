"""A kernel's client that waits for the kernel and not for the clock.

jupyter_client's own waits two tenths of a second for silence after a kernel has answered. What it
waits out can be told: a kernel greets who listens to it, and says when it is done with a request.
"""

import asyncio
import time
from queue import Empty

from jupyter_client.asynchronous.client import AsyncKernelClient

_GREETING, _ANSWER = 0.3, 1.0  # seconds until it is asked once more


class PromptClient(AsyncKernelClient):
    """Ready as soon as the kernel is."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel has answered, and what it publishes comes through.

        Raises
        ------
        RuntimeError
            When the kernel dies, or doesn't answer within `timeout` seconds.
        """
        end = time.monotonic() + (float("inf") if timeout is None else timeout)
        await self._greeted()
        while not await self._answered():
            if not await self._async_is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if time.monotonic() > end:
                raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")

    async def _greeted(self) -> None:
        """Wait for the greeting, which says that the subscription has reached the kernel."""
        try:
            await self.get_iopub_msg(timeout=_GREETING)
        except Empty:
            return  # older kernels don't greet

    async def _answered(self) -> bool:
        """Ask for the kernel's description; tell whether both its answers came."""
        asked = self.kernel_info()
        end = time.monotonic() + _ANSWER
        try:
            while True:
                reply = await self.get_shell_msg(timeout=max(0.0, end - time.monotonic()))
                if reply["parent_header"].get("msg_id") == asked:
                    break
            while True:
                news = await self.get_iopub_msg(timeout=max(0.0, end - time.monotonic()))
                done = news["content"].get("execution_state") == "idle"
                if done and news["parent_header"].get("msg_id") == asked:
                    break
        except Empty:
            await asyncio.sleep(0)
            return False
        self._handle_kernel_info_reply(reply)
        return True
