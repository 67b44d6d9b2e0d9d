"""How long everything that the rules say takes, beside reading the case it is said of."""

import statistics
import subprocess
import sys
import time

from _table import write

RUNS = 9
CODE = """
import time
from datetime import date
from tmjkit import examples
start = time.perf_counter()
found = [examples.load(name).case for name in examples.names()]
read = time.perf_counter() - start
start = time.perf_counter()
from tmjkit.rules.assessment import assess_case
imports = time.perf_counter() - start
times = []
for case in (*found, *found):
    start = time.perf_counter()
    assess_case(case, date(2026, 11, 23))
    times.append(time.perf_counter() - start)
print(read / len(found), imports, times[0], sum(times[len(found):]) / len(found))
"""
STEPS = [
    "read an example case with its documents",
    "import the rules",
    "the first assessment, which reads all facts",
    "each assessment after it",
]


def seconds() -> list[float]:
    """Return the seconds of each step in a fresh interpreter."""
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, check=True, text=True)
    return [float(word) for word in done.stdout.split()]


def main() -> None:
    begun = time.perf_counter()
    rounds = [seconds() for _ in range(RUNS)]
    medians = [statistics.median(column) for column in zip(*rounds, strict=True)]
    rows = [
        (step, f"{median * 1000:.0f} ms", f"{median / medians[0]:.2f}")
        for step, median in zip(STEPS, medians, strict=True)
    ]
    write(
        "assess",
        "Everything that the rules say of a case",
        [("step", "median", "times reading a case"), *rows],
        notes=f"Median of {RUNS} fresh interpreters with a warm file cache, over the three example "
        f"cases; the whole took {time.perf_counter() - begun:.0f} s.",
    )


if __name__ == "__main__":
    main()
