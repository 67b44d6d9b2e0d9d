"""`tmjkit deadlines` and `tmjkit findings`: what is due, and what the rules say."""

from pathlib import Path
from typing import Annotated

import typer

from tmjkit.cli.clocks import show_clocks
from tmjkit.cli.files import suffix_of, write_private
from tmjkit.cli.library import KnowledgeOption, library_of
from tmjkit.cli.say import say, show_json
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
    knowledge: KnowledgeOption = None,
    ics: Annotated[
        Path | None, typer.Option("--ics", help="Calendar file to write; import it again later.")
    ] = None,
    today: TodayOption = None,
    *,
    with_name: Annotated[
        bool, typer.Option("--with-name", help="Put the patient's name into the calendar file.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """List every clock, ours and theirs: what is due, when, whose duty, and the arithmetic.

    The day shown is the safe one: for our duties the earliest that can be the last, for theirs the
    one after which they certainly are late.
    """
    from datetime import UTC, datetime

    from tmjkit.packet.calendar import calendar
    from tmjkit.rules import deadlines as clocks

    found = load_case(open_workspace(workspace), case)
    facts = library_of(workspace, knowledge).facts
    running = clocks(found, day(today), knowledge=facts)
    if ics is not None:
        suffix_of(ics, ("ics",))
        name = found.patient.name if with_name else None
        write_private(ics, calendar(running, found.id, now=datetime.now(UTC), name=name))
    if as_json:
        show_json([clock.as_json() for clock in running])
        return
    show_clocks(running)
    if ics is not None:
        say(str(ics))


def findings(
    case: CaseArgument,
    workspace: WorkspaceOption = DEFAULT,
    knowledge: KnowledgeOption = None,
    today: TodayOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """List what the rules find in a case: due, wrong, missing, weak, undocumented."""
    from tmjkit.rules import findings as rules
    from tmjkit.rules.section import cited

    library = library_of(workspace, knowledge)
    results = rules(
        load_case(open_workspace(workspace), case),
        day(today),
        knowledge=library.facts,
        policies=library.policies,
    )
    if as_json:
        show_json([finding.as_json() for finding in results])
        return
    for finding in results:
        say(f"[{finding.severity.label}] {finding.what}")
        say(f"    why: {finding.why}")
        if finding.where:
            say(f"    do:  {finding.where}")
        if finding.facts:
            sources = dict.fromkeys(cited(library.facts[name]) for name in finding.facts)
            say(f"    by:  {'; '.join(sources)} [{finding.rule}]")
