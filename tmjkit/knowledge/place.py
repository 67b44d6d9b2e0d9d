"""Where an office keeps its own knowledge: a folder beside its workspace, or one it names."""

from pathlib import Path
from typing import Final

FOLDER: Final = "knowledge"
"""Name of the folder beside a workspace's file."""

VARIABLE: Final = "TMJKIT_KNOWLEDGE"
"""Variable of the environment that names another folder."""


def folder_beside(workspace: str) -> Path | None:
    """Return the folder beside a workspace, whether it is there or not.

    None for a workspace on a database server, which has no place on this machine.

    Parameters
    ----------
    workspace
        The workspace's file, or its postgresql:// address.
    """
    return None if "://" in workspace else Path(workspace).parent / FOLDER
