"""Where the notebooks, templates and examples are.

They stand at the top of the repository, where people look for them, and travel inside the
wheel under `tmjkit/_data`. An editable install has no `_data`, so the checkout's own folders
are used there. Everything that needs one of them asks here and nowhere else.
"""

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parent

Folder = Literal["notebooks", "templates", "examples"]


def path(folder: Folder) -> Path:
    """Return the folder of that name, in the checkout or in the installed wheel.

    Raises
    ------
    FileNotFoundError
        When the installation is incomplete; the message names the folder.
    """
    for root in (_PACKAGE / "_data", _PACKAGE.parent):
        found = root / folder
        if found.is_dir():
            return found
    raise FileNotFoundError(
        f"The folder '{folder}' of tmjkit is missing: install tmjkit again, "
        "or run it from a complete checkout."
    )
