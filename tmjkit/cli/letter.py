"""`tmjkit letter`: write a letter to a file."""

from pathlib import Path
from typing import Annotated

import typer

from tmjkit.cli.files import suffix_of, write_private
from tmjkit.cli.say import fail, say, show_json
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
    """Add the command to the application."""
    app.command(epilog="Example: tmjkit letter appeal CASE --to appeal.docx")(letter)


def letter(
    kind: Annotated[str, typer.Argument(help="medical-necessity or appeal.")],
    case: CaseArgument,
    to: Annotated[Path, typer.Option("--to", help="File to write: .docx, .pdf, .html or .md.")],
    workspace: WorkspaceOption = DEFAULT,
    today: TodayOption = None,
    *,
    draft: Annotated[
        bool, typer.Option("--draft", help="Write it with visible gaps and a DRAFT watermark.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Write a letter: the letter of medical necessity, or an appeal.

    When a needed fact is missing nothing is written: the facts are listed with where to enter
    them. The clinician's opinion and the signature are left blank for them.
    """
    from tmjkit.letters import MissingFacts, compose, kinds, render

    known = [entry.kind for entry in kinds()]
    if kind not in known:
        raise typer.BadParameter(f"KIND should be one of: {', '.join(known)}")
    ending = suffix_of(to, ("docx", "pdf", "html", "md"))
    found = load_case(open_workspace(workspace), case)
    try:
        made = compose(kind, found, today=day(today), draft=draft)
    except MissingFacts as error:
        if as_json:
            show_json({"missing": [{"what": gap.what, "where": gap.where} for gap in error.gaps]})
        else:
            for gap in error.gaps:
                say(f"missing: {gap.what} -> {gap.where}")
        fail(f"{len(error.gaps)} facts are missing, so no letter was written; --draft shows gaps")
    write_private(to, render(made, ending))
    if as_json:
        show_json({"path": str(to), "missing": []})
    else:
        say(str(to))
