"""A choice from a list that may change: only people's own choices are told on."""

from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.dashboards.desk import Desk


class Choice:
    """A drop-down list.

    Attributes
    ----------
    widget
        The list.
    """

    def __init__(self, desk: Desk, label: str, chosen: Callable[[Any], object]) -> None:
        self.widget = w.Dropdown(description=label)
        self._chosen = chosen
        self._quiet = False
        self.widget.observe(desk.safely_with(self._tell), "value")

    @property
    def value(self) -> Any:
        """What is chosen."""
        return self.widget.value

    def offer(self, options: Sequence[tuple[str, Any]], value: Any) -> None:
        """Show these options, as label and value, with one chosen."""
        # New options choose the first of them by themselves, as if somebody had done so.
        self._quiet = True
        try:
            if tuple(self.widget.options) != tuple(options):
                self.widget.options = tuple(options)
            if self.widget.value != value:
                self.widget.value = value
        finally:
            self._quiet = False

    def _tell(self, event: dict[str, Any]) -> None:
        if not self._quiet:
            self._chosen(event["new"])
