"""The pages' style sheet where no template of ours brings it: in JupyterLab.

There the sheet must not touch anything but our own page, so it is nested in a class, and stays in
light colours as the notebook around it keeps its own theme.
"""

import os
import re
from typing import Final

from tmjkit.resources import path

LAB: Final = "tmj-lab"
_DARK: Final = re.compile(r"@media \(prefers-color-scheme: dark\) \{.*?\n\}\n", re.DOTALL)
_OWN: Final = "background: var(--tmj-ground); color: var(--tmj-ink); padding: 1rem;"
# Links within the page need the page's script; the titles of the panels open them here.
_LEFT_OUT: Final = """.tmj-contents { display: none; }
& .tmj-columns { grid-template-columns: minmax(0, 1fr); }"""
_PAGE: Final = re.compile(r"(?m)(^|[\s,])(?:main|:root)(?=[\s,.:{])")


def served() -> bool:
    """Tell whether Voila shows the page, whose template brings the style sheet."""
    return os.environ.get("SERVER_SOFTWARE", "").startswith("voila")


def lab_style() -> str:
    """Return the style sheet for a page inside a notebook."""
    folder = path("templates") / "voila" / "tmjkit" / "static"
    parts = sorted(folder.glob("*.css"), key=lambda part: (part.stem != "base", part.name))
    sheet = "\n".join(part.read_text(encoding="utf-8") for part in parts)
    scoped = _PAGE.sub(r"\1&", _DARK.sub("", sheet))
    return f".{LAB} {{\n{_OWN}\n{scoped}\n{_LEFT_OUT}\n}}"
