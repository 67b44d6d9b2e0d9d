"""`tmjkit notebooks`: copies of the pages' notebooks, to read and to change in JupyterLab."""

from pathlib import Path
from typing import Annotated

import typer

from tmjkit.cli.errors import Refused
from tmjkit.cli.say import say


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(epilog="Example: tmjkit notebooks --to my-pages")(notebooks)


def notebooks(
    to: Annotated[Path, typer.Option(help="Folder for the copies; made when it isn't there.")],
) -> None:
    """Copy the notebooks of the pages and reports into a folder, where they can be changed.

    Nothing is overwritten: when one of them is there already, none is copied.
    """
    from tmjkit.resources import path

    source = path("notebooks")
    files = sorted(one.relative_to(source) for one in source.rglob("*.ipynb"))
    there = [str(file) for file in files if (to / file).exists()]
    if there:
        raise Refused(
            f"{to} has {', '.join(there)} already, and nothing is overwritten: name another folder"
        )
    try:
        for file in files:
            target = to / file
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as copy:
                copy.write((source / file).read_bytes())
    except OSError as error:
        raise Refused(f"{to}: {error.strerror or 'the copies can not be written'}") from None
    say(f"Copied {len(files)} notebooks into {to}. Open them with 'jupyter lab {to}'")
