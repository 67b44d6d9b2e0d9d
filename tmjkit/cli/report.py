"""`tmjkit report`: batch reports from a notebook."""

from pathlib import Path
from typing import Annotated

import typer

from tmjkit.cli.say import counter, fail, show_json
from tmjkit.cli.workspace import (
    DEFAULT,
    JsonOption,
    TodayOption,
    WorkspaceOption,
    day,
    open_workspace,
)


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(epilog="Example: tmjkit report case --to reports")(report)


def report(
    template: Annotated[str, typer.Argument(help="Name of a report, or a notebook of yours.")],
    to: Annotated[Path, typer.Option("--to", help="Folder for the reports.")],
    cases: Annotated[
        list[str] | None, typer.Option("--cases", help="Id of a case; repeat for more.")
    ] = None,
    workspace: WorkspaceOption = DEFAULT,
    today: TodayOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Make a report for each case; a case that fails does not stop the others."""
    from tmjkit.reports import run_reports

    store = open_workspace(workspace)
    wanted = [store.find_case(start) for start in cases or ()]
    chosen = wanted or [row.case_id for row in store.summaries()]
    results = run_reports(
        template,
        chosen,
        to,
        workspace=workspace,
        key=store.key,
        progress=counter(len(chosen), "report"),
        today=day(today),
    )
    if as_json:
        show_json([result.as_json() for result in results])
    else:
        for result in results:
            typer.echo(
                str(to / result.path.name) if result.path else f"{result.case_id}: {result.error}"
            )
    failed = sum(result.error is not None for result in results)
    if failed:
        fail(f"{failed} of {len(results)} reports failed")
