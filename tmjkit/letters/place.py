"""Where an office keeps templates of its own: a folder beside its workspace, or one it names."""

import os
from pathlib import Path
from typing import Final

FOLDER: Final = "templates"
"""Name of the folder beside a workspace's file; it mirrors the one that ships."""

VARIABLE: Final = "TMJKIT_TEMPLATES"
"""Variable of the environment that names another folder."""

LETTERHEAD: Final = "letterhead.docx"
"""Name of the file in that folder on which Word letters are written."""


def folder_beside(workspace: str) -> Path | None:
    """Return the folder beside a workspace; None for one on a database server.

    Parameters
    ----------
    workspace
        The workspace's file, or its postgresql:// address.
    """
    return None if "://" in workspace else Path(workspace).parent / FOLDER


def folder_of(workspace: str) -> Path | None:
    """Return the folder of templates that a workspace goes by, whether it is there or not.

    It is the one that TMJKIT_TEMPLATES names, else the one beside the workspace's file.

    Parameters
    ----------
    workspace
        The workspace's file, or its postgresql:// address.
    """
    named = os.environ.get(VARIABLE)
    return Path(named) if named else folder_beside(workspace)


def letters_in(folder: Path | None) -> Path | None:
    """Return where in such a folder the templates of letters are; None where there are none."""
    found = folder / "letters" if folder else None
    return found if found and found.is_dir() else None


def letterhead_in(folder: Path | None) -> Path | None:
    """Return the letterhead in such a folder; None where there is none."""
    found = folder / LETTERHEAD if folder else None
    return found if found and found.is_file() else None
