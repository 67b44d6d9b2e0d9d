"""Runs a notebook in a fresh kernel of this interpreter, apart from everything else.

Each run has its own process, working folder, IPython profile and key pair. The kernel is started
from `sys.executable`: a kernelspec named `python3` that the user has installed, which may be
another Python without tmjkit, is not asked. Its channels are encrypted (CurveZMQ), since on a
shared machine anyone may connect to a port on the loopback address and read along.
"""

import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbformat import NotebookNode

SECONDS_TO_START = 60

# What a kernel has no need of: it gets the key of the workspace, not the way to it.
_KEPT_BACK = ("TMJKIT_PASSPHRASE",)


class ThisInterpreter(KernelSpecManager):
    """Knows one kernel, whatever name is asked for: ipykernel under `sys.executable`."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return that kernel."""
        return KernelSpec(
            name=kernel_name,
            argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            display_name="Python of tmjkit",
            language="python",
            metadata={"supported_encryption": ["curve"]},
        )


class CellError(Exception):
    """A cell that did not end well; carries what happened and where.

    Attributes
    ----------
    cell
        Number of the cell in the notebook, from 1.
    """

    def __init__(self, cell: int) -> None:
        super().__init__(f"cell {cell}")
        self.cell = cell


def execute(node: NotebookNode, environment: Mapping[str, str], timeout: float) -> None:
    """Run every cell of a notebook, in place.

    Parameters
    ----------
    node
        The notebook; its cells get their outputs.
    environment
        Variables that the kernel gets beside those of this process.
    timeout
        Seconds that one cell may take; after that the kernel is killed.

    Raises
    ------
    CellError
        When a cell fails, hangs or takes the kernel with it. Its cause is nbclient's exception,
        which holds what the cell printed: never log it.
    """
    with tempfile.TemporaryDirectory(prefix="tmjkit-report-") as folder:
        client = _client(node, Path(folder), timeout)
        with client.setup_kernel(
            cleanup_kc=True,
            cwd=folder,
            env=_environment(environment, Path(folder)),
            # What a kernel writes past its channels would end in this process's own output.
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ):
            for place, cell in enumerate(node.cells):
                try:
                    client.execute_cell(cell, place)
                except Exception as error:
                    raise CellError(place + 1) from error


def _client(node: NotebookNode, folder: Path, timeout: float) -> NotebookClient:
    manager = AsyncKernelManager(
        kernel_name="python3",
        kernel_spec_manager=ThisInterpreter(),
        connection_file=str(folder / "kernel.json"),
        transport_encryption="required",
        log=_silent(),
    )
    return NotebookClient(
        node,
        km=manager,
        log=_silent(),
        # nbclient counts in whole seconds, and takes 0 for no limit at all.
        timeout=max(1, round(timeout)),
        startup_timeout=SECONDS_TO_START,
        shutdown_kernel="immediate",
        # A report with an error in the middle is not a report, whatever a cell's tags say.
        force_raise_errors=True,
        record_timing=False,
    )


def _environment(given: Mapping[str, str], folder: Path) -> dict[str, Any]:
    kept = {name: value for name, value in os.environ.items() if name not in _KEPT_BACK}
    return {**kept, **given, "IPYTHONDIR": str(folder / "ipython")}


def _silent() -> logging.Logger:
    """Return a logger that says nothing: nbclient's messages hold cells and their outputs."""
    log = logging.getLogger("tmjkit.reports.kernel.silent")
    log.propagate = False
    log.disabled = True
    return log
