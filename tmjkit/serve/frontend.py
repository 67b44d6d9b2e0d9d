"""Voila's scripts in one piece, for a browser that opens a page for the first time.

A page needs some eighty small scripts, which the first one asks for in several waves, each after
the one before has run. The scripts of the list in `templates/voila/tmjkit/chunks.txt` therefore
go over in one file that the browser fetches and reads while the kernel still works. Each of them
only puts functions into a table, by which the first script then finds them there; what the list
lacks is fetched as before. `scripts/chunks.py` makes the list.
"""

from pathlib import Path
from typing import Final

from jupyter_core.paths import ENV_JUPYTER_PATH, SYSTEM_JUPYTER_PATH

from tmjkit.resources import path

NAME: Final = "chunks.js"


def bundle(folder: Path) -> int:
    """Write the scripts of the list into one file in the folder; return how many there were.

    A script that this version of Voila does not have is left out.
    """
    listed = (path("templates") / "voila/tmjkit/chunks.txt").read_text(encoding="utf-8").split()
    found = [place for name in listed if (place := find(name)) is not None]
    # A file may end in a comment, and without a semicolon.
    text = "\n;".join(place.read_text(encoding="utf-8") for place in found)
    (folder / NAME).write_text(text, encoding="utf-8")
    return len(found)


def find(name: str) -> Path | None:
    """Return where a file of `share/jupyter` is; a user's own folder is not looked into."""
    places = (Path(root) / name for root in (*ENV_JUPYTER_PATH, *SYSTEM_JUPYTER_PATH))
    return next((place for place in places if place.is_file()), None)
