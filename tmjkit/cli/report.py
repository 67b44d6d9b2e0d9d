"""`tmjkit report`: batch reports from a notebook."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Annotated

import typer

from tmjkit.cli.say import fail, say, show_json, steps
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
    log: Annotated[
        Path | None,
        typer.Option("--log", help="File to add to: where a report failed, without patient data."),
    ] = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Make a report for each case; a case that fails does not stop the others.

    What failed is told with a reference. With --log, the file has a line for each reference
    that says where in the code it was.
    """
    from tmjkit.reports import run_reports

    store = open_workspace(workspace)
    wanted = [store.find_case(start) for start in cases or ()]
    chosen = wanted or [row.case_id for row in store.summaries()]
    done = count(1)
    with _logged_to(log), steps("report") as step:
        results = run_reports(
            template,
            chosen,
            to,
            workspace=workspace,
            key=store.key,
            progress=lambda _: step(next(done), len(chosen)),
            today=day(today),
        )
    if as_json:
        show_json([result.as_json() for result in results])
    else:
        for result in results:
            say(str(to / result.path.name) if result.path else f"{result.case_id}: {result.error}")
    failed = sum(result.error is not None for result in results)
    if failed:
        fail(f"{failed} of {len(results)} reports failed")


@contextmanager
def _logged_to(file: Path | None) -> Iterator[None]:
    """Add what the reports log to a file that only its owner can read."""
    if file is None:
        yield
        return
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as stream:
        handler = logging.StreamHandler(stream)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        logger = logging.getLogger("tmjkit.reports")
        logger.addHandler(handler)
        try:
            yield
        finally:
            logger.removeHandler(handler)
