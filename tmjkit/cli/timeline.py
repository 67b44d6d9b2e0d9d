"""`tmjkit timeline`: the treatment timeline as a picture or a table."""

from pathlib import Path
from typing import Annotated

import typer

from tmjkit.cli.files import suffix_of, write_private
from tmjkit.cli.say import say
from tmjkit.cli.workspace import (
    DEFAULT,
    CaseArgument,
    TodayOption,
    WorkspaceOption,
    day,
    load_case,
    open_workspace,
)


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(epilog="Example: tmjkit timeline CASE --to timeline.svg")(timeline)


def timeline(
    case: CaseArgument,
    to: Annotated[Path, typer.Option("--to", help="File to write: .svg, .png, .pdf or .csv.")],
    workspace: WorkspaceOption = DEFAULT,
    today: TodayOption = None,
) -> None:
    """Draw the timeline of a case: treatments, injections, measurements, insurance."""
    from tmjkit.charts import timeline_chart

    ending = suffix_of(to, ("svg", "png", "pdf", "csv"))
    found = load_case(open_workspace(workspace), case)
    if ending == "csv":
        write_private(to, found.timeline().to_csv(index=False).encode())
    else:
        chart = timeline_chart(found, today=day(today))
        make = {"svg": lambda: chart.svg().encode(), "png": chart.png, "pdf": chart.pdf}
        write_private(to, make[ending]())
    say(str(to))
