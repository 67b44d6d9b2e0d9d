"""The knowledge that a command goes by: what ships, and the office's own files."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tmjkit.cli.errors import Refused

if TYPE_CHECKING:
    from tmjkit.knowledge import Library

KnowledgeOption = Annotated[
    Path | None,
    typer.Option(
        "--knowledge",
        envvar="TMJKIT_KNOWLEDGE",
        help="Folder of the office's own facts and policies; if left out, the folder 'knowledge' "
        "beside the workspace's file.",
    ),
]


def folder_of(workspace: str, knowledge: Path | None) -> Path | None:
    """Return the office's own folder of knowledge, or None where it has none.

    A folder that was asked for has to be there. One beside the workspace's file counts only
    beside a workspace: an empty place may have a folder of that name for something else. A
    workspace on a database server has no folder beside it.

    Raises
    ------
    Refused
        When the folder that was asked for is not there.
    """
    if knowledge is not None:
        if not knowledge.is_dir():
            raise Refused(f"there is no folder {knowledge} (from --knowledge or TMJKIT_KNOWLEDGE)")
        return knowledge
    from tmjkit.knowledge.place import folder_beside

    folder = folder_beside(workspace)
    return folder if folder and Path(workspace).is_file() and folder.exists() else None


def library_of(workspace: str, knowledge: Path | None) -> "Library":
    """Return what ships together with the office's own files.

    Raises
    ------
    Refused
        When the folder that was asked for is not there.
    KnowledgeError
        When a file of the office can't be accepted.
    """
    from tmjkit.knowledge import library

    return library(folder_of(workspace, knowledge))
