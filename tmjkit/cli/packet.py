"""`tmjkit packet`: the letter with its exhibits in one PDF."""

from pathlib import Path
from typing import Annotated

import typer

from tmjkit.cli.files import suffix_of, write_private
from tmjkit.cli.say import fail, say, steps
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
    app.command(epilog="Example: tmjkit packet CASE --to packet.pdf")(packet)


def packet(
    case: CaseArgument,
    to: Annotated[Path, typer.Option("--to", help="PDF file to write.")],
    workspace: WorkspaceOption = DEFAULT,
    letter: Annotated[
        str, typer.Option(help="Kind of the letter; an appeal when there is a denial.")
    ] = "",
    today: TodayOption = None,
    *,
    draft: Annotated[
        bool, typer.Option("--draft", help="Assemble it with a draft of the letter.")
    ] = False,
) -> None:
    """Assemble the packet: letter, index of exhibits, timeline, the documents cited."""
    from tmjkit.letters import MissingFacts, compose, default_kind
    from tmjkit.packet import assemble

    suffix_of(to, ("pdf",))
    store = open_workspace(workspace)
    found = load_case(store, case)
    kind = letter or default_kind(found)
    try:
        made = compose(kind, found, today=day(today), draft=draft)
    except MissingFacts as error:
        for gap in error.gaps:
            say(f"missing: {gap.what} -> {gap.where}")
        fail(f"{len(error.gaps)} facts are missing, so no packet was made; --draft shows gaps")
    with steps("packet") as step:
        made_packet = assemble(made, found, store.get_document, today=day(today), progress=step)
    write_private(to, made_packet.pdf)
    say(str(to))
    for exhibit in made_packet.left_out:
        say(f"send separately: exhibit {exhibit.label} ({exhibit.title})")
