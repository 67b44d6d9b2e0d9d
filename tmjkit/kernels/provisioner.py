"""The provisioner: like jupyter_client's local one, but its kernels are forked."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from tmjkit.kernels.owner import OWNER
from tmjkit.kernels.request import Request
from tmjkit.kernels.warm import ForkedKernel

_HEAD: Final = ("-P", "-m", "ipykernel_launcher")
# What `launch_kernel` and `Popen` understand and a forked kernel can be given.
_GIVEN: Final = frozenset({
    "cwd", "env", "stdin", "stdout", "stderr", "kernel_id", "extra_arguments", "independent",
    "start_new_session", "close_fds",
})  # fmt: skip


class WarmProvisioner(LocalProvisioner):
    """Forks a kernel from the warm parent of this process, or starts it as usual."""

    process: Any = None  # a Popen, or a kernel that answers like one

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel; return how to reach it."""
        kernel = None
        if _can_be_forked(cmd, kwargs):
            kernel = await asyncio.to_thread(_fork, tuple(cmd), kwargs)
        if kernel is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process = kernel
        self.pid = self.pgid = kernel.pid  # it leads its own session
        self.cwd = kwargs.get("cwd") or Path.cwd()
        await self.until_listening()
        return self.connection_info

    async def until_listening(self) -> None:
        """Wait until the kernel's ports are open, or it has ended before.

        Who connects earlier is refused, and tries again only after a tenth of a second.
        """
        if isinstance(self.process, ForkedKernel):
            await _readable(self.process.listens)

    async def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel's group; to nobody once the kernel has ended."""
        if self.process is not None and self.process.poll() is None:
            await super().send_signal(signum)

    async def wait(self) -> int | None:
        """Wait until the kernel has ended; return its exit code."""
        if isinstance(self.process, ForkedKernel):
            # Shielded: whoever stops waiting doesn't end the kernel's own record.
            await asyncio.shield(asyncio.wrap_future(self.process.ended))
        return await super().wait()


def _can_be_forked(cmd: list[str], kwargs: dict[str, Any]) -> bool:
    """Tell whether the command is the one that the parent stands for."""
    streams = (kwargs.get(name) for name in ("stdin", "stdout", "stderr"))
    return (
        Path(cmd[0]) == Path(sys.executable)
        and tuple(cmd[1 : 1 + len(_HEAD)]) == _HEAD
        and kwargs.keys() <= _GIVEN
        # The owner's end of a pipe is what only Popen can make.
        and subprocess.PIPE not in streams
        and not kwargs.get("independent")
    )


def _fork(cmd: tuple[str, ...], kwargs: dict[str, Any]) -> ForkedKernel | None:
    environment = kwargs.get("env")
    request = Request(
        arguments=cmd[1 + len(_HEAD) :],
        command=cmd,
        environment=dict(os.environ if environment is None else environment),
        folder=str(Path(kwargs.get("cwd") or ".").resolve()),
    )
    with Path(os.devnull).open("r+b", buffering=0) as nothing:
        empty = nothing.fileno()
        error = _stream(kwargs.get("stderr"), 2, empty, _stream(kwargs.get("stdout"), 1, empty))
        output = _stream(kwargs.get("stdout"), 1, empty)
        # An ordinary kernel is given a closed pipe to read from.
        return OWNER.fork(request, (_stream(kwargs.get("stdin"), empty, empty), output, error))


def _stream(given: Any, usual: int, nothing: int, output: int | None = None) -> int:
    """Return the descriptor that Popen's argument stands for."""
    if given is None:
        return usual
    if given == subprocess.DEVNULL:
        return nothing
    if given == subprocess.STDOUT and output is not None:
        return output
    return given if isinstance(given, int) else int(given.fileno())


async def _readable(handle: int) -> None:
    loop = asyncio.get_running_loop()
    ready = loop.create_future()
    loop.add_reader(handle, _tell, ready)
    try:
        await ready
    finally:
        loop.remove_reader(handle)


def _tell(ready: asyncio.Future[None]) -> None:
    if not ready.done():
        ready.set_result(None)
