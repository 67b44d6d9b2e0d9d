"""The response chart in words: sessions, values and changes; nothing about what caused them."""

from collections.abc import Iterator

from tmjkit.charts.course import count_words
from tmjkit.charts.paper import clean
from tmjkit.charts.response_view import Panel, View
from tmjkit.rules.response import Episode, change_words, number, wear_off_words
from tmjkit.rules.response.words import interval_words

_MOST = 12  # more than so many sessions are counted, not told


def response_words(view: View) -> str:
    """Return the text alternative of a response chart."""
    if view.empty:
        return "Nothing is recorded yet."
    return " ".join(_sentences(view))


def _sentences(view: View) -> Iterator[str]:
    sessions = view.result.sessions
    if sessions:
        yield f"{count_words(len(sessions), 'injection session')}."
    else:
        yield "No injection session with a date is recorded."
    for panel in view.panels:
        yield _course(panel)
    if not view.panels:
        yield "No score of pain or function with a date is recorded."
    names = [panel.scale.name for panel in view.panels]
    for item in sessions[-_MOST:]:
        yield _session(item, names)
    if len(sessions) > _MOST:
        yield f"{len(sessions) - _MOST} earlier sessions are not told here."
    yield from view.sources
    if view.others:
        yield f"Begun or ended between the values compared: {clean('; '.join(view.others))}."
    if view.result.left_out:
        yield f"Not used: {'; '.join(view.result.left_out)}."


def _course(panel: Panel) -> str:
    scale, values = panel.scale, panel.values
    unit = "" if scale.ordinal else f" {scale.unit}"
    told = f"{scale.label}: {count_words(len(values), 'value')}"
    first, last = values[0], values[-1]
    if len(values) == 1:
        return f"{told}, {number(scale, first.value)}{unit}, {first.day.words()}."
    numbers = [value.value for value in values]
    return (
        f"{told}, first {number(scale, first.value)}{unit}, {first.day.words()}, last "
        f"{number(scale, last.value)}{unit}, {last.day.words()}, lowest "
        f"{number(scale, min(numbers))}, highest {number(scale, max(numbers))}."
    )


def _session(item: Episode, names: list[str]) -> str:
    parts = []
    for name in names:
        found = item.on(name)
        if found and found.best:
            parts.append(f"{found.scale.label}: {change_words(found.best)}")
    if not parts:
        parts.append("no score before it and 2 to 12 weeks after it")
    if item.wear_off:
        parts.append(f"effect: {wear_off_words(item.wear_off)}")
    if interval := interval_words(item):
        parts.append(interval)
    return f"Session of {item.start.words()}: {'; '.join(parts)}."
