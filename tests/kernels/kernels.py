"""Real kernels by jupyter_client, and what is asked of them."""

import asyncio
import os
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import pytest
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager

from tmjkit.kernels import KERNEL_NAME
from tmjkit.kernels.owner import OWNER
from tmjkit.resources import path

SECONDS = 60


@dataclass
class Answer:
    """What a cell gave."""

    text: str = ""
    kinds: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    status: str = ""


class Kernel:
    """One kernel, driven from a test that is not asynchronous."""

    def __init__(self, folder: Path, **start: Any) -> None:
        self.loop = asyncio.new_event_loop()
        specs = KernelSpecManager(kernel_dirs=[str(path("templates") / "kernels")])
        self.manager = AsyncKernelManager(
            kernel_name=KERNEL_NAME,
            kernel_spec_manager=specs,
            connection_file=str(folder / f"kernel-{os.urandom(4).hex()}.json"),
            transport_encryption="required",
        )
        self.do(self.manager.start_kernel(cwd=str(folder), **start))
        self.connect()

    def do(self, task: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(asyncio.wait_for(task, SECONDS))

    def connect(self) -> None:
        self.client = self.manager.client()
        self.client.start_channels()
        self.do(self.client.wait_for_ready(timeout=SECONDS))

    @property
    def pid(self) -> int:
        return self.manager.provisioner.pid

    @property
    def process(self) -> psutil.Process:
        return psutil.Process(self.pid)

    @property
    def is_forked(self) -> bool:
        return self.process.ppid() == parent()

    def ask(self, code: str) -> Answer:
        """Run a cell."""
        answer = Answer()

        def hear(message: dict[str, Any]) -> None:
            kind, content = message["msg_type"], message["content"]
            answer.kinds.append(kind)
            answer.data.update(content.get("data", {}))
            answer.text += content.get("text", "") if kind == "stream" else ""

        reply = self.do(self.client.execute_interactive(code, output_hook=hear))
        answer.status = reply["content"]["status"]
        return answer

    def value(self, code: str) -> str:
        """Run an expression; return it as text."""
        answer = self.ask(code)
        assert answer.status == "ok", answer
        return str(answer.data["text/plain"])

    def close(self) -> None:
        self.client.stop_channels()
        if self.manager.has_kernel:
            self.do(self.manager.shutdown_kernel(now=True))
        self.loop.close()


Launch = Callable[..., Kernel]


@pytest.fixture
def launch(tmp_path: Path) -> Iterator[Launch]:
    """Start kernels; all are ended at the end."""
    started: list[Kernel] = []

    def one(**start: Any) -> Kernel:
        started.append(Kernel(tmp_path, **start))
        return started[-1]

    yield one
    for kernel in started:
        kernel.close()


@pytest.fixture
def kernel(launch: Launch) -> Kernel:
    return launch()


def parent() -> int:
    """Return the process of the warm parent."""
    warm = OWNER.warm_up()
    assert warm is not None
    assert warm.warm.result(SECONDS)
    return warm.pid


@contextmanager
def no_more(process: psutil.Process) -> Iterator[None]:
    """Expect that a process ends while the block runs, or soon after."""
    yield
    assert psutil.wait_procs([process], timeout=SECONDS)[1] == []
