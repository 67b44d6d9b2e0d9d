"""The worklist for one person: what `notebooks/worklist.ipynb` shows."""

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.dashboards.calls_quick import quick_call
from tmjkit.dashboards.desk import Desk, box
from tmjkit.dashboards.page import Page
from tmjkit.dashboards.worklist_filters import Filters
from tmjkit.dashboards.worklist_model import WorklistModel
from tmjkit.dashboards.worklist_view import WorklistView


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
    return box((view.widget, quick_call(page, desk)))
