"""The timeline in words: what is there, how much, when; nothing about what it means."""

from collections import Counter
from collections.abc import Iterator

from tmjkit.case import SCALES
from tmjkit.charts.course import Bar, Course, Reading, count_words
from tmjkit.charts.paper import clean
from tmjkit.charts.rows import bar_words
from tmjkit.charts.style import SERIES

_MOST = 12  # more than so many of a kind are counted, not listed


def timeline_words(shown: Course) -> str:
    """Return the text alternative of a timeline."""
    if shown.empty:
        return "Nothing is recorded yet."
    return " ".join(_sentences(shown))


def _sentences(shown: Course) -> Iterator[str]:
    dates = shown.dates()
    if dates:
        first = min(dates, key=lambda day: day.earliest)
        last = max(dates, key=lambda day: day.latest)
        yield f"The first date recorded is {first.words()}, the last is {last.words()}."
    yield from _treatments(shown.bars)
    yield from _injections(shown)
    for instrument in SERIES:
        series = [item for item in shown.readings if item.instrument is instrument]
        if series:
            yield _series(series)
    if shown.moments:
        told = [f"{clean(moment.words)}, {moment.day.words()}" for moment in shown.moments]
        yield f"{count_words(len(told), 'insurance event')}: {_listed(told)}."
    if shown.left_out:
        yield f"Not drawn, as no date is recorded: {', '.join(shown.left_out)}."
    if shown.undocumented:
        yield f"No source is recorded for {count_words(shown.undocumented, 'record')}."


def _treatments(bars: tuple[Bar, ...]) -> Iterator[str]:
    if not bars:
        yield "No treatment is recorded."
        return
    told = []
    for bar in bars:
        result = bar_words(bar)[0]
        parts = (f"{clean(bar.label)} {_when(bar)}", result[0].lower() + result[1:])
        told.append(", ".join(" ".join(part.split()) for part in parts))
    yield f"{count_words(len(told), 'treatment')}: {_listed(told)}."


def _when(bar: Bar) -> str:
    if bar.start and bar.start == bar.end:
        return f"{'on' if bar.start.exact else 'in'} {bar.start.words()}"
    begun = f"from {bar.start.words()}" if bar.start else ""
    ended = f"until {bar.end.words()}" if bar.end else ""
    return f"{begun} {ended}"


def _injections(shown: Course) -> Iterator[str]:
    products = Counter(shot.product for shot in shown.shots)
    for product, number in sorted(products.items()):
        told = []
        for shot in (shot for shot in shown.shots if shot.product == product):
            units = f"{shot.units} units" if shot.units else "units not recorded"
            lasted = f" with an effect of {shot.weeks:g} weeks" if shot.weeks else ""
            told.append(f"{units}, {shot.day.words()}{lasted}")
        yield f"{count_words(number, 'session')} of {clean(product)}: {_listed(told)}."


def _series(series: list[Reading]) -> str:
    instrument = series[0].instrument
    unit = SCALES[instrument].unit
    values = [item.value for item in series]
    told = f"{instrument.label}: {count_words(len(series), 'value')}"
    if len(series) == 1:
        return f"{told}, {values[0]:g} {unit}, {series[0].day.words()}."
    return (
        f"{told}, first {values[0]:g} {unit}, {series[0].day.words()}, "
        f"last {values[-1]:g} {unit}, {series[-1].day.words()}, "
        f"lowest {min(values):g}, highest {max(values):g}."
    )


def _listed(told: list[str]) -> str:
    more = len(told) - _MOST
    ending = [f"and {more} more, which the table lists"] if more > 0 else []
    return "; ".join([*told[:_MOST], *ending])
