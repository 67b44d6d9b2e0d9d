"""How long `import tmjkit` takes, beside the libraries that it could have pulled in."""

import statistics
import subprocess
import sys
import time

from _table import write

RUNS = 15
MODULES = ["pydantic", "tmjkit", "pandas", "matplotlib.figure", "nbconvert"]


def seconds(module: str) -> float:
    """Return how long a fresh interpreter takes to import the module, its own start taken off."""
    code = f"import time; t = time.perf_counter(); import {module}; print(time.perf_counter() - t)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    return float(done.stdout)


def main() -> None:
    begun = time.perf_counter()
    # One round after the other, so that a noisy minute touches all of them.
    rounds = [{module: seconds(module) for module in MODULES} for _ in range(RUNS)]
    medians = {module: statistics.median(one[module] for one in rounds) for module in MODULES}
    base = medians["pydantic"]
    rows = [
        (f"`import {module}`", f"{median * 1000:.0f} ms", f"{median / base:.1f}")
        for module, median in medians.items()
    ]
    write(
        "import_time",
        "Import time, in a fresh interpreter",
        [("import", "median", "times pydantic"), *rows],
        notes=f"Median of {RUNS} interleaved runs with a warm file cache; "
        f"the whole took {time.perf_counter() - begun:.0f} s.",
    )


if __name__ == "__main__":
    main()
