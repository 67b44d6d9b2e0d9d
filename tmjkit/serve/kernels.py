"""The kernels behind the pages: this Python, with the workspace's key, and little else."""

import os
from typing import Any, Final

from ipykernel.kernelspec import RESOURCES, get_kernel_dict
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

NAME: Final = "python3"

# A kernel gets the workspace's key, so it needs none of these.
_WITHHELD: Final = frozenset({"TMJKIT_PASSPHRASE", "JUPYTER_TOKEN"})


class OwnKernelSpecs(KernelSpecManager):
    """Knows one kernel: the Python that runs the server.

    The user's machine may have other kernels under the name `python3`; theirs lacks tmjkit, or
    has another version of it, and would still be given the workspace's key.
    """

    def find_kernel_specs(self) -> dict[str, str]:
        """Return the one kernel and its folder."""
        return {NAME: str(RESOURCES)}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return how the kernel is started.

        Raises
        ------
        NoSuchKernel
            For any other name.
        """
        if kernel_name != NAME:
            raise NoSuchKernel(kernel_name)
        start = get_kernel_dict(
            # What a kernel writes to its error stream goes to the server's log, not to the page.
            extra_arguments=["--IPKernelApp.capture_fd_output=False"],
            # -P: a file in the folder it starts in can't stand in for a library.
            python_arguments=["-P"],
        )
        return KernelSpec(resource_dir=str(RESOURCES), **start)


class DashboardKernels(AsyncMappingKernelManager):
    """Starts kernels with the environment that their pages need."""

    async def start_kernel(self, **kwargs: Any) -> str:  # type: ignore[override]
        """Start a kernel that knows the workspace and its key; return its id."""
        given: dict[str, str] = kwargs.pop("env", None) or dict(os.environ)
        kept = {name: value for name, value in given.items() if name not in _WITHHELD}
        server: Any = self.parent
        own: dict[str, str] = server.kernel_environment
        kernel_id: str = await super().start_kernel(env={**kept, **own}, **kwargs)
        return kernel_id
