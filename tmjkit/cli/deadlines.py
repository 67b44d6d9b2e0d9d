"""`tmjkit deadlines` and `tmjkit findings`: what is due, and what the rules say."""

from pathlib import Path
from typing import Annotated

import typer

from tmjkit.cli.files import suffix_of, write_private
from tmjkit.cli.say import say, show_json, show_table
from tmjkit.cli.workspace import (
    DEFAULT,
    CaseArgument,
    JsonOption,
    TodayOption,
    WorkspaceOption,
    day,
    load_case,
    open_workspace,
)


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(epilog="Example: tmjkit deadlines CASE --ics deadlines.ics")(deadlines)
    app.command(epilog="Example: tmjkit findings CASE --json")(findings)


def deadlines(
    case: CaseArgument,
    workspace: WorkspaceOption = DEFAULT,
    ics: Annotated[Path | None, typer.Option("--ics", help="Calendar file to write.")] = None,
    today: TodayOption = None,
    *,
    with_name: Annotated[
        bool, typer.Option("--with-name", help="Put the patient's name into the calendar file.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """List every clock that runs: what is due, when, whose duty, and the arithmetic."""
    from datetime import UTC, datetime

    from tmjkit.packet.calendar import calendar
    from tmjkit.rules import deadlines as clocks

    found = load_case(open_workspace(workspace), case)
    running = clocks(found, day(today))
    if ics is not None:
        suffix_of(ics, ("ics",))
        name = found.patient.name if with_name else None
        write_private(ics, calendar(running, found.id, now=datetime.now(UTC), name=name))
    if as_json:
        show_json([clock.as_json() for clock in running])
        return
    show_table(
        ("due", "status", "whose", "what", "how it is counted"),
        (
            (
                clock.safe_date.isoformat() if clock.safe_date else "no date",
                clock.status.label,
                clock.whose.label,
                clock.label,
                clock.arithmetic or clock.because,
            )
            for clock in running
        ),
    )
    if ics is not None:
        say(str(ics))


def findings(
    case: CaseArgument,
    workspace: WorkspaceOption = DEFAULT,
    today: TodayOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """List what the rules find in a case: due, missing, weak, undocumented."""
    from tmjkit.rules import findings as rules

    results = rules(load_case(open_workspace(workspace), case), day(today))
    if as_json:
        show_json([finding.as_json() for finding in results])
        return
    for finding in results:
        say(f"[{finding.severity.label}] {finding.what}")
        say(f"    why: {finding.why}")
        if finding.where:
            say(f"    do:  {finding.where}")
