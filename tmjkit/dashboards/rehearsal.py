"""Opens a page once where nobody sees it, so that the pages that are opened later find all made.

The warm parent of the kernels calls it. What it leaves behind are imported modules and what the
libraries keep for the next time; the case is one of the fictional examples, in a workspace that
exists only meanwhile.
"""

import gc
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path


def rehearse() -> None:
    """Draw a plot, and build the pages of an example."""
    import matplotlib.pyplot as plt  # noqa: PLC0415 -- heavy
    import pandas as pd  # noqa: PLC0415

    table = pd.DataFrame({"week": [0, 12], "mm": [28.0, 41.0]})
    for shown in (table, table.describe()):
        shown._repr_html_()  # type: ignore[operator]
    figure, axes = plt.subplots()
    axes.plot(table["week"], table["mm"], label="opening")
    axes.legend()
    for kind in ("png", "svg"):
        figure.savefig(BytesIO(), format=kind, bbox_inches="tight")
    plt.close(figure)
    with tempfile.TemporaryDirectory() as folder, _unheard_widgets():
        _pages(Path(folder))
    gc.collect()


def _pages(folder: Path) -> None:
    from datetime import UTC, datetime  # noqa: PLC0415

    from tmjkit import examples  # noqa: PLC0415
    from tmjkit.dashboards.case_model import CaseModel  # noqa: PLC0415
    from tmjkit.dashboards.case_view import case_widget  # noqa: PLC0415
    from tmjkit.dashboards.desk import Desk, discard  # noqa: PLC0415
    from tmjkit.store import Argon2, Workspace  # noqa: PLC0415

    case = examples.load(examples.names()[0]).case
    # Nobody is kept out of an example, so its lock may be cheap.
    cheap = Argon2(memory_kib=32, iterations=1, lanes=1)
    place = folder / "rehearsal.tmjkit"
    workspace = Workspace.create(place, secrets.token_urlsafe(), kdf=cheap)
    workspace.save(case, None, "rehearsal")
    today = datetime.now(UTC).date()
    for _ in range(2):  # the second time finds, as every kernel will, what the first one left
        model = CaseModel(workspace, "rehearsal", today)
        model.load(case.id)
        discard(case_widget(model, Desk()))


@contextmanager
def _unheard_widgets() -> Iterator[None]:
    """Let widgets be made without a kernel; they speak to nobody, and none is left."""
    import comm  # noqa: PLC0415
    from ipywidgets import Widget  # type: ignore[import-untyped]  # noqa: PLC0415

    before = comm.create_comm
    comm.create_comm = comm.DummyComm
    try:
        yield
    finally:
        Widget.close_all()
        comm.create_comm = before
