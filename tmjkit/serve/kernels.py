"""The kernels behind the pages: this Python, with the workspace's key, and little else."""

import os
import sys
from typing import Any, Final

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel
from jupyter_core.utils import ensure_async
from jupyter_server.services.kernels.kernelmanager import (
    AsyncMappingKernelManager,
    ServerKernelManager,
)
from traitlets import DottedObjectName, Float, default

from tmjkit.kernels import KERNEL_NAME
from tmjkit.kernels.owner import OWNER
from tmjkit.resources import path
from tmjkit.serve.abandoned import GRACE_SECONDS, OPENING_SECONDS, Abandoned

NAMES: Final = (KERNEL_NAME, "python3")
"""Our kernel's own name, and the one that JupyterLab writes into a notebook."""

# A kernel gets the workspace's key, so it needs none of these.
_WITHHELD: Final = frozenset({"TMJKIT_PASSPHRASE", "JUPYTER_TOKEN"})
_ARGUMENTS: Final = (
    # What a kernel writes to its error stream goes to the server's log, not to the page.
    "--IPKernelApp.capture_fd_output=False",
    # A file in the folder it starts in can't stand in for a library.
    "--IPKernelApp.ignore_cwd=True",
    # Nobody looks up what a page's cells were.
    "--HistoryManager.enabled=False",
)


class OwnKernelSpecs(KernelSpecManager):
    """Knows one kernel: the Python that runs the server.

    The user's machine may have other kernels under the name `python3`; theirs lacks tmjkit, or
    has another version of it, and would still be given the workspace's key.
    """

    def find_kernel_specs(self) -> dict[str, str]:
        """Return the one kernel's folder under each of its names."""
        return dict.fromkeys(NAMES, str(path("templates") / "kernels" / KERNEL_NAME))

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return how the kernel is started.

        Raises
        ------
        NoSuchKernel
            For any other name.
        """
        if kernel_name not in NAMES:
            raise NoSuchKernel(kernel_name)
        spec = KernelSpec.from_resource_dir(self.find_kernel_specs()[kernel_name])
        spec.name = kernel_name
        spec.argv = [sys.executable, *spec.argv[1:], *_ARGUMENTS]
        return spec


class PromptKernelManager(ServerKernelManager):
    """One kernel, whose clients don't wait for the clock."""

    client_class = DottedObjectName("tmjkit.kernels.client.PromptClient")


class DashboardKernels(AsyncMappingKernelManager):
    """Starts kernels with the environment that their pages need, and ends those without a page."""

    grace_seconds = Float(GRACE_SECONDS, config=True)
    opening_seconds = Float(OPENING_SECONDS, config=True)

    @default("kernel_manager_class")
    def _prompt(self) -> str:
        return f"{__name__}.{PromptKernelManager.__name__}"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)  # type: ignore[no-untyped-call]
        self.abandoned = Abandoned(self._end)
        OWNER.warm_up()  # while the rest of the server starts

    async def start_kernel(self, **kwargs: Any) -> str:  # type: ignore[override]
        """Start a kernel that knows the workspace and its key; return its id."""
        given: dict[str, str] = kwargs.pop("env", None) or dict(os.environ)
        kept = {name: value for name, value in given.items() if name not in _WITHHELD}
        server: Any = self.parent
        own: dict[str, str] = server.kernel_environment
        kernel_id: str = await super().start_kernel(env={**kept, **own}, **kwargs)
        if not self._kernel_connections.get(kernel_id):
            self.abandoned.wait(kernel_id, self.opening_seconds)
        return kernel_id

    def notify_connect(self, kernel_id: str) -> None:
        """Notice that a page opened its socket."""
        super().notify_connect(kernel_id)  # type: ignore[no-untyped-call]
        self.abandoned.keep(kernel_id)

    def notify_disconnect(self, kernel_id: str) -> None:
        """Notice that a page's socket ended; the last one starts the grace."""
        super().notify_disconnect(kernel_id)  # type: ignore[no-untyped-call]
        if self._kernel_connections.get(kernel_id, 1) <= 0:
            self.abandoned.wait(kernel_id, self.grace_seconds)

    def seen(self, kernel_id: str) -> None:
        """Notice that a page is there, be it without its socket for the moment."""
        if kernel_id in self.abandoned:
            self.abandoned.wait(kernel_id, self.grace_seconds)

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget a kernel that has ended."""
        self.abandoned.keep(kernel_id)
        return super().remove_kernel(kernel_id)

    async def _end(self, kernel_id: str) -> None:
        if kernel_id in self:
            self.log.info("The page of kernel %s is gone", kernel_id)
            await ensure_async(self.shutdown_kernel(kernel_id))  # type: ignore[no-untyped-call]
