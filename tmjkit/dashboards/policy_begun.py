"""Policies that were begun and not saved: each is named, with a way to go on with it."""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.dashboards.desk import Desk, box, button, text
from tmjkit.dashboards.markup import html


def begun_rows(
    begun: Iterable[tuple[str, str]], desk: Desk, go_on: Callable[[str], object]
) -> list[w.Widget]:
    """Show forms that were left.

    Parameters
    ----------
    begun
        Key and words of each.
    desk
        Where news is shown.
    go_on
        Opens one, by its key.

    Returns
    -------
    list of Widget
        A heading and a row for each; empty where there are none.
    """
    rows: list[w.Widget] = []
    told: Counter[str] = Counter()
    for key, words in begun:
        told[words] += 1
        # Two that say the same so far are told apart by a number.
        name = words if told[words] == 1 else f"{words} ({told[words]})"
        press = button(
            "Go on", desk.safely(partial(go_on, key)), tooltip=f"Go on with the policy: {name}"
        )
        about = text(html('<p dir="auto">{}</p>', name), "tmj-record")
        rows.append(box((about, press), "tmj-row tmj-begun-row"))
    if rows:
        heading = html('<p class="tmj-help">Policies begun and not saved ({})</p>', len(rows))
        rows.insert(0, text(heading))
    return rows
