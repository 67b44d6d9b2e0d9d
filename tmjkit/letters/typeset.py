"""Sets pages with typst; the words come as data and are never markup.

The same data always give the same bytes: fonts come from typst and matplotlib and not from the
machine, unless the words need a script that neither has.
"""

import json
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, Literal

from tmjkit import resources

if TYPE_CHECKING:
    import typst

Template = Literal[
    "letter",
    "packet-chart",
    "packet-cover",
    "packet-line",
    "packet-slip",
    "packet-stamp",
    "packet-table",
    "packet-text",
]

# Beyond the scripts of the fonts that typst and matplotlib bring, the machine's are needed.
_OTHER_SCRIPT: Final = re.compile(
    "[\u0900-\u0dff\u0e80-\u10ff\u1100-\u1cff\u2e80-\ud7ff\uf900-\ufaff\ufe30-\ufe4f"
    "\uff00-\uffef\U00010000-\U0010ffff]"
)
_LOCK: Final = Lock()


def typeset(
    template: Template, data: dict[str, Any], *, tagged: bool = True, accessible: bool = False
) -> bytes:
    """Return the PDF that a template in `templates/typst/` makes of the data.

    Parameters
    ----------
    template
        Name of the template, without its ending.
    data
        What it shows, as JSON can hold it.
    tagged
        Whether the PDF tells its structure.
    accessible
        Whether typst refuses what would not be PDF/UA-1 (ISO 14289-1).
    """
    # A lone surrogate is no character, so no font and no encoding has it.
    written = json.dumps(data, ensure_ascii=False).encode("utf-8", "replace").decode()
    compiler = _compiler(template, system_fonts=_OTHER_SCRIPT.search(written) is not None)
    with _LOCK:  # one compiler serves all threads
        pdf = compiler.compile(
            format="pdf",
            sys_inputs={"data": written},
            timestamp=0,
            **({"pdf_standards": "ua-1"} if accessible else {"pdf_tags": tagged}),
        )
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no PDF")
    return pdf


@cache
def _fonts(*, system_fonts: bool) -> "typst.Fonts":
    import typst  # noqa: PLC0415 -- heavy

    spec = find_spec("matplotlib")
    places = spec.submodule_search_locations if spec else None
    folders: list[Any] = [str(Path(place) / "mpl-data/fonts/ttf") for place in places or ()]
    return typst.Fonts(include_system_fonts=system_fonts, font_paths=folders)


@cache
def _compiler(template: Template, *, system_fonts: bool) -> "typst.Compiler":
    import typst  # noqa: PLC0415 -- heavy

    layout = resources.path("templates") / "typst" / f"{template}.typ"
    fonts = _fonts(system_fonts=system_fonts)
    return typst.Compiler(input=layout, root=layout.parent, font_paths=fonts)
