"""The page of reports: which there are and how to make them; `notebooks/reports.ipynb` shows it.

Reports are made by `tmjkit report`: each runs a notebook in a process of its own, and its file is
written where the person wants it.
"""

import json
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.dashboards.calls_quick import quick_call
from tmjkit.dashboards.desk import Desk, box, text
from tmjkit.dashboards.markup import Markup, html, join
from tmjkit.dashboards.page import Page
from tmjkit.resources import path
from tmjkit.store import NoSuchCase

_WHAT: Final = {
    "case": "One case on a few pages: who pays under which law, what is due and how each day was "
    "counted, what is missing, the timeline, treatments, scores, decisions and appeals. One HTML "
    "file that needs nothing else to be read.",
}


@dataclass(frozen=True, slots=True)
class Report:
    """One report: its name for the command, its title, and whether it holds patient data."""

    name: str
    title: str
    confidential: bool


def reports(folder: Path) -> tuple[Report, ...]:
    """Return the reports whose notebooks are in a folder, by name."""
    found = []
    for file in sorted(folder.glob("*.ipynb")):
        metadata = json.loads(file.read_text(encoding="utf-8"))["metadata"]
        own = metadata.get("tmjkit", {})
        title = str(metadata.get("title", file.stem))
        found.append(Report(file.stem, title, bool(own.get("confidential", True))))
    return tuple(found)


def command(name: str, place: str, case_id: str = "") -> str:
    """Return the command that makes a report, to be copied; a database's address stays out."""
    words = ["tmjkit", "report", name]
    if "://" not in place:  # such an address may hold a password: TMJKIT_WORKSPACE names it
        words += ["--workspace", place]
    words += ["--to", "reports"]
    return shlex.join([*words, "--cases", case_id] if case_id else words)


def reports_page(page: Page, desk: Desk) -> w.Widget:
    """Build the page of reports.

    Raises
    ------
    StoreError
        When the workspace doesn't open.
    """
    case_id = _known(page)
    found = reports(path("notebooks") / "reports")
    place = str(page.workspace.place)
    return box(
        (
            text(html('<div class="tmj-heading"><h1>Reports</h1></div>')),
            desk.notice,
            text(html("<p>{}</p>{}", _LEAD, _about(case_id)), "tmj-section"),
            *(text(_report(one, place, case_id), "tmj-section") for one in found),
            text(_own(), "tmj-section"),
            quick_call(page, desk),
        ),
        "tmj-page tmj-reports",
    )


_LEAD: Final = (
    "Reports are made by a command in a terminal on the machine that holds the workspace. Each "
    "becomes a file in the folder that you name; its name holds the case's opaque id and never the "
    "patient's."
)


def _known(page: Page) -> str:
    """Return the id in the address when there is such a case."""
    if not page.case_id:
        return ""
    try:
        return page.workspace.head(page.case_id).case_id
    except NoSuchCase:
        return ""


def _about(case_id: str) -> Markup:
    if not case_id:
        return html(
            '<p>{} <a href="worklist.ipynb">{}</a>{}</p>',
            "The commands below are for all cases. For a single one, open it from the",
            "worklist",
            ", then come back here.",
        )
    return html(
        '<p>For the case that is open: <a href="case.ipynb?case={}">{}</a>.</p>', case_id, case_id
    )


def _report(one: Report, place: str, case_id: str) -> Markup:
    commands = [("For every case", command(one.name, place))]
    if case_id:
        commands.insert(0, ("For the case that is open", command(one.name, place, case_id)))
    return html(
        "<h2>{}</h2><p>{}</p>{}{}",
        one.title,
        _WHAT.get(one.name, ""),
        join(
            html(
                '<p class="tmj-label">{}</p><pre class="tmj-command" tabindex="0" '
                'aria-label="{}"><code>{}</code></pre>',
                label,
                f"Command: {one.title}, {label.lower()}",
                words,
            )
            for label, words in commands
        ),
        html(
            "<p>{}</p>",
            "The file holds patient data: keep it where only those who may see the case can read "
            "it, and delete it when nobody needs it any more.",
        )
        if one.confidential
        else Markup(),
    )


def _own() -> Markup:
    return html(
        "<h2>A report of your own</h2><p>{}</p>"
        '<pre class="tmj-command" tabindex="0" aria-label="{}"><code>{}</code></pre>',
        "A report is a notebook with a cell tagged “parameters”. Copy the ones that ship with "
        "tmjkit, change them in JupyterLab, and give the path in place of the name.",
        "Command: copy the notebooks",
        "tmjkit notebooks --to my-notebooks",
    )
