"""A page in its kernel: what a notebook under `notebooks/` calls.

Nothing is read before `show`: under Voila a notebook may be run before anyone asks for it, and
whose case it is comes with the request.
"""

import getpass
import logging
import os
import sys
from collections.abc import Callable
from datetime import date
from functools import cached_property
from urllib.parse import parse_qs

import ipywidgets as w  # type: ignore[import-untyped]
from IPython.display import display
from traitlets.config import Application

from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.case_view import case_widget
from tmjkit.dashboards.desk import Desk, box, text, trouble
from tmjkit.dashboards.drafts import cases_with_drafts
from tmjkit.dashboards.lab_style import LAB, lab_style, served
from tmjkit.dashboards.markup import Markup, html
from tmjkit.dashboards.trouble import SafeFormatter, report
from tmjkit.knowledge.place import folder_of
from tmjkit.rules.office import Office
from tmjkit.store import NoSuchCase, StoreError, Workspace, WorkspaceKey, find_passphrase

WORKSPACE, KEY, AUTHOR = "TMJKIT_WORKSPACE", "TMJKIT_WORKSPACE_KEY", "TMJKIT_AUTHOR"
NEW = "new"
"""In the address in place of a case's id: one that is to begin."""
_LOG = logging.getLogger("tmjkit.dashboards")


class Page:
    """One page for one person: their workspace, and what the address asks for.

    Parameters
    ----------
    case_id
        The case to show where no address names one, as in JupyterLab.
    today
        The day by which what is due is judged; the computer's own when left out.
    """

    def __init__(self, case_id: str = "", *, today: date | None = None) -> None:
        self._case_id = case_id
        self._today = today

    @property
    def today(self) -> date:
        """The day by which what is due is judged: the office's own."""
        return self._today or date.today()  # noqa: DTZ011

    @property
    def author(self) -> str:
        """Who saves: named by TMJKIT_AUTHOR, else the account on this machine."""
        return os.environ.get(AUTHOR) or getpass.getuser()

    @property
    def case_id(self) -> str:
        """The case that the address, or the notebook, asks for; empty when neither does."""
        return parse_qs(os.environ.get("QUERY_STRING", "")).get("case", [self._case_id])[0]

    @cached_property
    def office(self) -> Office:
        """The rules as this office goes by them, with its own facts and payers' policies."""
        return Office(folder_of(os.environ.get(WORKSPACE, "")), lambda: self.today)

    @cached_property
    def workspace(self) -> Workspace:
        """The workspace that the server, or the person in JupyterLab, named.

        Raises
        ------
        StoreError
            When it isn't there, or doesn't open.
        """
        address = os.environ.get(WORKSPACE, "")
        # Taken out, so that nothing that this kernel starts gets it too.
        key = os.environ.pop(KEY, "")
        if not address:
            raise StoreError(
                f"No workspace is named. Open this page with 'tmjkit serve', or set {WORKSPACE}."
            )
        made_by = self.office
        return Workspace.open(
            address,
            None if key else find_passphrase(address),
            key=WorkspaceKey.from_text(key) if key else None,
            summarize=made_by.summarize,
            bases=made_by.bases,
        )

    def show(self, build: Callable[["Page", Desk], w.Widget]) -> None:
        """Wait until somebody asks for the page, then build and display it."""
        _wait_for_request()
        _log_safely()
        desk = Desk()
        try:
            widget = build(self, desk)
        except StoreError as error:
            desk.warn(str(error))
            widget = desk.notice
        except Exception as error:
            desk.warn(trouble(report(error, _LOG)))
            widget = desk.notice
        if not served():
            # The sheet is ours, and no value of a case is in it.
            sheet = html("<style>{}</style>", Markup(lab_style()))
            widget = box((text(sheet), widget), LAB)
        display(widget)  # type: ignore[no-untyped-call]


def case_page(page: Page, desk: Desk) -> w.Widget:
    """Build the page of the case that the address names, or of a new one."""
    model = CaseModel(page.workspace, page.author, lambda: page.today)
    if page.case_id == NEW:
        model.new()
    elif page.case_id:
        _open(model, page.case_id)
    else:
        return text(
            html(
                '<div class="tmj-heading"><h1>No case chosen</h1></div><p>Choose one in the '
                '<a href="worklist.ipynb">worklist</a>, or <a href="?case={}">begin a new '
                "one</a>. In a notebook: <code>Page('case-…')</code>.</p>",
                NEW,
            )
        )
    return case_widget(model, desk)


def _open(model: CaseModel, case_id: str) -> None:
    """Open a case, or go on with one that was begun and never saved."""
    try:
        model.load(case_id)
    except NoSuchCase:
        if case_id not in cases_with_drafts(model.workspace, model.author):
            raise
        model.new(case_id)


def _wait_for_request() -> None:
    if os.environ.get("VOILA_PREHEAT") == "True":
        from voila.utils import (  # type: ignore[import-untyped]  # noqa: PLC0415 -- heavy
            wait_for_request,
        )

        wait_for_request()


def _log_safely() -> None:
    """Send this kernel's log to the server's, in the format that writes no values."""
    if _LOG.handlers:
        return
    # Not sys.stderr: in a kernel that is the page.
    _LOG.addHandler(logging.StreamHandler(sys.__stderr__))
    _LOG.propagate = False
    kernel = Application.instance().log if Application.initialized() else _LOG
    for handler in (*_LOG.handlers, *kernel.handlers, *logging.getLogger().handlers):
        handler.setFormatter(SafeFormatter())
