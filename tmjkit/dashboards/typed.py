"""Tells the page's script how much of what is typed into a form has come to the kernel.

ipywidgets holds back what is typed while the kernel works on the keys before it, and a click
overtakes it: a form would be saved without its last letters. So the form tells a number made of
what it has got, and typed.js lets no click through until it is that of the inputs on the page.
Where no script of ours runs, as in JupyterLab, the number is told and nobody reads it.
"""

import zlib
from typing import Final

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.dashboards.desk import set_visible, text
from tmjkit.dashboards.markup import html

_MARK: Final = "tmj-kept--"


class Typed:
    """The inputs of one form.

    Attributes
    ----------
    widget
        Carries the number; it stands in the box with the class `tmj-form`, or with `tmj-typing`
        where the inputs are not all of a form.
    """

    def __init__(self) -> None:
        self._inputs: dict[str, w.Widget] = {}
        self.widget = text("", "tmj-typed")
        set_visible(self.widget, visible=False)
        self.tell()

    def follow(self, made: w.Widget, form: str, path: str) -> None:
        """Follow an input; by the name of its form and field scripts find what was typed into it.

        Parameters
        ----------
        made
            The input.
        form, path
            Small letters, digits, dots, hyphens and underscores.
        """
        name = f"{_MARK}{form}--{path}"
        made.add_class(name)
        self._inputs[name] = made
        made.observe(self.tell, "value")
        self.tell()

    def tell(self, _: object = None) -> None:
        """Tell the number of the inputs that there are now."""
        # What was closed went from the page with its part of the form.
        self._inputs = {name: one for name, one in self._inputs.items() if one.comm is not None}
        told = sum(digest(f"{name}={as_shown(one)}") for name, one in self._inputs.items())
        self.widget.value = html('<span data-tmj-typed="{}"></span>', told)


def digest(words: str) -> int:
    """Return the Adler-32 checksum (RFC 1950, section 8.2) of a text's UTF-16 code units.

    These are what a script in a browser counts a text in, whatever was pasted into it.
    """
    return zlib.adler32(words.encode("utf-16-le", "surrogatepass"))


def as_shown(made: w.Widget) -> str:
    """Return what stands in an input, as typed.js reads it from the page."""
    if isinstance(made, w.Dropdown):
        return str(-1 if made.index is None else made.index)
    if isinstance(made, w.Checkbox):
        return "1" if made.value else "0"
    words = str(made.value)
    if isinstance(made, w.Textarea):
        return words.replace("\r\n", "\n").replace("\r", "\n")
    # A line of a page has no breaks, whatever stands in the record.
    return words.replace("\r", "").replace("\n", "")
