"""What `dashboards.py` measured of a server of pages, and the table of it."""

import statistics
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

import psutil
from _table import write

ROUNDS = 7
MIB = 2**20
GOALS = {"painted": 0.65, "memory of its own": 0.35}  # at most, as parts of stock Voila's


@dataclass
class Server:
    """A server of pages, and what was measured on it; `{}` in the address is a notebook's name."""

    name: str
    process: subprocess.Popen[str]
    address: str
    seconds: dict[str, list[float]] = field(default_factory=dict)
    bytes: dict[str, list[int]] = field(default_factory=dict)
    left: list[psutil.Process] = field(default_factory=list)

    def kernels(self) -> list[psutil.Process]:
        """Return the kernels that run."""
        below = psutil.Process(self.process.pid).children(recursive=True)
        return [one for one in below if is_kernel(one)]


def is_kernel(process: psutil.Process) -> bool:
    """Tell whether a process is a kernel that runs."""
    try:
        running = process.status() != psutil.STATUS_ZOMBIE
        return running and "ipykernel_launcher" in " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return False


def figures(slow: Server, fast: Server) -> Iterator[tuple[str, Server, float, int, list[float]]]:
    """Give for each notebook and server the seconds, the bytes, and both as parts of stock's."""
    for notebook in slow.seconds:
        base = None
        for server in (slow, fast):
            seconds = statistics.median(server.seconds[notebook])
            size = int(statistics.median(server.bytes[notebook]))
            base = base or (seconds, size)
            yield notebook, server, seconds, size, [seconds / base[0], size / base[1]]


def misses(slow: Server, fast: Server) -> list[str]:
    """Say which goals are missed."""
    return [
        f"{what} of {notebook}.ipynb is {ratio:.3f} of stock Voila's, the goal is {goal}"
        for notebook, server, _, _, ratios in figures(slow, fast)
        for (what, goal), ratio in zip(GOALS.items(), ratios, strict=True)
        if server is fast and ratio > goal
    ]


def report(slow: Server, fast: Server, notes: str, *, quick: bool) -> None:
    """Write the table."""
    rows = [("page", "server", "painted", "ratio", "memory of its own", "ratio")]
    for notebook, server, seconds, size, ratios in figures(slow, fast):
        beside = [f"{ratio:.2f}" for ratio in ratios]
        if server is fast:
            goals = zip(beside, GOALS.values(), strict=True)
            beside = [f"{ratio} (goal {goal})" for ratio, goal in goals]
        rows.append((
            f"{notebook}.ipynb", server.name,
            f"{seconds:.2f} s", beside[0], f"{size / MIB:.0f} MiB", beside[1],
        ))  # fmt: skip
    if quick:
        sys.stdout.write("\n".join(" | ".join(row) for row in rows) + "\n")
        return
    write(
        "dashboards",
        "Painting and memory of a page",
        rows,
        notes=f"Medians of {ROUNDS} interleaved rounds, each in a browser without a cache, after "
        "one that is not counted. Painted: from the request until the text that a person came for "
        f"is visible. Memory of its own: what ends with the page's kernel (USS). {notes}",
    )
