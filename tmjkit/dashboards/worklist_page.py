"""The worklist for one person: what `notebooks/worklist.ipynb` shows."""

from typing import Final

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.dashboards.calls_quick import quick_call
from tmjkit.dashboards.desk import Desk, box
from tmjkit.dashboards.page import Page
from tmjkit.dashboards.worklist_filters import Filters
from tmjkit.dashboards.worklist_model import WorklistModel
from tmjkit.dashboards.worklist_view import WorklistView

_WITHOUT: Final = (
    "The office's own facts and policies can't be read, so what is lacking is counted without them:"
)


def worklist_page(page: Page, desk: Desk) -> w.Widget:
    """Build the worklist.

    Raises
    ------
    StoreError
        When the workspace doesn't open.
    """
    model = WorklistModel(page.workspace, page.author, lambda: page.today)
    view = WorklistView(model, desk, Filters(page.workspace, page.author))
    view.begin()
    view.refresh()
    if page.office.trouble:
        desk.warn(f"{_WITHOUT} {page.office.trouble}")
    return box((view.widget, quick_call(page, desk)))
