"""Every dated value of a case on every scale, from measurements and from questionnaires."""

from collections.abc import Iterator
from datetime import date

from tmjkit.case import Case, Instrument, Measurement, Questionnaire
from tmjkit.rules.instruments import score
from tmjkit.rules.instruments.versions import GCPS, gcps_version
from tmjkit.rules.response.model import Point
from tmjkit.rules.response.scales import FOLLOWED, GCPS_MEASURED, MEASURED, SCORED


def points_of(case: Case, today: date) -> tuple[tuple[Point, ...], tuple[str, ...]]:
    """Return the values, by scale and then oldest first, and what is left out, in words.

    Only what concerns the jaw is used. What is dated after `today` is ignored. Where a recorded
    score and the answers of one exact day stand side by side, the answers count and the point
    names both; that they differ is a finding (`instrument.score-differs`).
    """
    found: list[Point] = []
    undated = unknown = unscored = 0
    for filled in case.jaw_questionnaires:
        if filled.date is None:
            undated += 1
        elif filled.date.earliest <= today:
            made = list(_scored(filled))
            unscored += not made
            found += made
    for item in case.jaw_measurements:
        if item.instrument is Instrument.OTHER:
            continue
        if item.date is None:
            undated += 1
        elif item.date.earliest <= today:
            name = _scale(item)
            if name is None:
                unknown += 1
            else:
                _add(found, item, name)
    order = list(FOLLOWED)
    found.sort(key=lambda point: (order.index(point.scale.name), point.day, point.value))
    counts = (
        ("scores or questionnaires without a date", undated),
        ("scores of the Graded Chronic Pain Scale without its version", unknown),
        ("questionnaires with too many missing answers", unscored),
    )
    return tuple(found), counted(*counts)


def counted(*counts: tuple[str, int]) -> tuple[str, ...]:
    """Return 'treatments without a start: 2' for each that there is any of."""
    return tuple(f"{words}: {number}" for words, number in counts if number)


def _scored(filled: Questionnaire) -> Iterator[Point]:
    result = score(filled)
    values: dict[str | None, float | None] = {part.name: part.value for part in result.parts}
    values[None] = result.value
    for part, name in SCORED[filled.form].items():
        value = values[part]
        if value is not None and filled.date is not None:
            yield Point(
                scale=FOLLOWED[name],
                day=filled.date,
                value=value,
                records=(filled.id,),
                documented=filled.documented,
                computed=True,
            )


def _scale(item: Measurement) -> str | None:
    if item.instrument in GCPS:
        version = gcps_version(item)
        return None if version is None else GCPS_MEASURED[item.instrument, version]
    return MEASURED[item.instrument]


def _add(found: list[Point], item: Measurement, name: str) -> None:
    assert item.date is not None  # noqa: S101 -- the caller looked
    for place, point in enumerate(found):
        if (
            point.computed
            and point.scale.name == name
            and point.day == item.date
            and item.date.exact
        ):
            found[place] = Point(
                point.scale,
                point.day,
                point.value,
                (*point.records, item.id),
                point.documented or item.documented,
                computed=True,
            )
            return
    found.append(Point(FOLLOWED[name], item.date, item.value, (item.id,), item.documented))
