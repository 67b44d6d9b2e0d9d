"""The templates that a command goes by: those that ship, and the office's own."""

from pathlib import Path
from typing import Annotated

import typer

from tmjkit.cli.errors import Refused

TemplatesOption = Annotated[
    Path | None,
    typer.Option(
        "--templates",
        envvar="TMJKIT_TEMPLATES",
        help="Folder of the office's own templates; if left out, the folder 'templates' beside "
        "the workspace's file.",
    ),
]


def templates_of(workspace: str, templates: Path | None) -> Path | None:
    """Return the office's own folder of templates, or None where it has none.

    Raises
    ------
    Refused
        When the folder that was asked for is not there.
    """
    if templates is not None:
        if not templates.is_dir():
            raise Refused(f"there is no folder {templates} (from --templates or TMJKIT_TEMPLATES)")
        return templates
    from tmjkit.letters.place import folder_beside

    folder = folder_beside(workspace)
    return folder if folder and Path(workspace).is_file() and folder.is_dir() else None
