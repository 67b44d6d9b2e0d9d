"""Where an office keeps its own knowledge: a folder beside its workspace, or one it names."""

import os
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


def folder_of(workspace: str) -> Path | None:
    """Return the folder of knowledge that a workspace goes by, whether it is there or not.

    It is the one that TMJKIT_KNOWLEDGE names, else the one beside the workspace's file.

    Parameters
    ----------
    workspace
        The workspace's file, or its postgresql:// address.
    """
    named = os.environ.get(VARIABLE)
    return Path(named) if named else folder_beside(workspace)
