"""Write a benchmark's table, with the machine and the day it was measured on."""

import os
import platform
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).resolve().parent / "results"


def write(name: str, title: str, rows: Sequence[Sequence[str]], notes: str = "") -> None:
    """Write `results/NAME.md` and show it; the first row is the head."""
    head, *body = rows
    lines = [
        f"# {title}",
        "",
        f"| {' | '.join(head)} |",
        f"|{'|'.join('---' for _ in head)}|",
        *(f"| {' | '.join(row)} |" for row in body),
        "",
        f"Measured on {datetime.now(UTC):%Y-%m-%d} with Python {platform.python_version()} on "
        f"{platform.system()}, {os.cpu_count()} cores. Machines are shared and noisy: read the "
        "ratios, not the times.",
        "",
        *([notes, ""] if notes else []),
    ]
    RESULTS.mkdir(exist_ok=True)
    text = "\n".join(lines)
    (RESULTS / f"{name}.md").write_text(text, encoding="utf-8")
    sys.stdout.write(text + "\n")
