"""A drawing of the face from the front with the units by muscle and side.

The shapes are plain and drawn for tmjkit. The face looks at who reads, so the patient's own right
is on the left of the picture, and both sides are labelled so. The pterygoids lie deep and are
drawn with a broken line.
"""

from decimal import Decimal
from typing import Final, NamedTuple

from tmjkit.case import Muscle, Side
from tmjkit.dashboards.markup import Markup, html, join, table
from tmjkit.dashboards.muscles_doses import Doses, MuscleRow, dose_words
from tmjkit.rules.coding.say import count, number

_MIDDLE: Final = 180  # user units; the picture is 360 wide, and the left half is mirrored


class _Shape(NamedTuple):
    """A muscle on the left of the picture: its outline, where its number stands, whether deep."""

    outline: str
    x: int
    y: int
    deep: bool = False


_SHAPES: Final = {
    Muscle.TEMPORALIS: _Shape("M80 150 Q72 92 118 74 Q132 96 122 140 Q106 158 88 160 Z", 101, 118),
    Muscle.MASSETER: _Shape("M88 200 L122 194 Q128 236 116 270 Q100 268 92 246 Z", 106, 234),
    Muscle.LATERAL_PTERYGOID: _Shape("M126 176 L160 178 L160 200 L128 196 Z", 144, 189, deep=True),
    Muscle.MEDIAL_PTERYGOID: _Shape("M130 206 L156 208 L150 252 L128 246 Z", 142, 230, deep=True),
}


def picture(doses: Doses, name: str) -> Markup:
    """Return the drawing as an image with its text alternative.

    Parameters
    ----------
    doses
        The units.
    name
        Tells the drawings of one page apart, such as `shown`.
    """
    told = "; ".join(dose_words(doses)) or "no units by muscle are recorded"
    return html(
        '<svg class="tmj-face" viewBox="0 0 360 380" role="img" aria-labelledby="tmj-face-{}-t '
        'tmj-face-{}-d"><title id="tmj-face-{}-t">Units by muscle and side</title>'
        '<desc id="tmj-face-{}-d">Face from the front, the patient\'s own right on the left of '
        "the picture. {}. Together {}.</desc>{}{}{}</svg>",
        name,
        name,
        name,
        name,
        told,
        count(doses.total, "unit"),
        _FACE,
        join(_muscle(doses, muscle, shape) for muscle, shape in _SHAPES.items()),
        _heads(doses),
    )


_FACE: Final = html(
    '<g class="tmj-face-line" aria-hidden="true">'
    '<path d="M70 170 Q64 60 180 44 Q296 60 290 170 Q292 232 262 286 Q230 334 180 340 '
    'Q130 334 98 286 Q68 232 70 170 Z"></path>'
    '<path d="M70 172 Q54 164 56 188 Q58 212 74 212 M290 172 Q306 164 304 188 Q302 212 286 212">'
    "</path>"
    '<path d="M128 152 Q144 142 160 152 M200 152 Q216 142 232 152"></path>'
    '<path d="M180 160 Q172 204 166 216 Q180 224 194 216"></path>'
    '<path d="M152 282 Q180 272 208 282 Q180 298 152 282 Z"></path></g>'
)


def _muscle(doses: Doses, muscle: Muscle, shape: _Shape) -> Markup:
    row = doses.row(muscle)
    both = row.both if row else Decimal(0)
    return join(
        (
            _side(shape, row.right if row else Decimal(0), both, mirrored=False),
            _side(shape, row.left if row else Decimal(0), both, mirrored=True),
        )
    )


def _side(shape: _Shape, units: Decimal, both: Decimal, *, mirrored: bool) -> Markup:
    """Draw one muscle of one side. Units of both sides together are not divided."""
    kinds = ["tmj-muscle"]
    kinds += ["tmj-muscle-given"] if units else ["tmj-muscle-both"] if both else []
    kinds += ["tmj-muscle-deep"] if shape.deep else []
    x = 2 * _MIDDLE - shape.x if mirrored else shape.x
    words = number(units) if units else "both" if both else ""
    return html(
        '<g aria-hidden="true"><path class="{}" d="{}"{}></path>{}</g>',
        " ".join(kinds),
        shape.outline,
        html(' transform="translate({} 0) scale(-1 1)"', 2 * _MIDDLE) if mirrored else Markup(),
        html('<text class="tmj-muscle-units" x="{}" y="{}">{}</text>', x, shape.y + 5, words)
        if words
        else Markup(),
    )


def _heads(doses: Doses) -> Markup:
    return html(
        '<g aria-hidden="true" class="tmj-face-words"><text x="66" y="20">Patient\'s RIGHT</text>'
        '<text x="294" y="20">Patient\'s LEFT</text><text x="180" y="368">Together {}</text></g>',
        count(doses.total, "unit"),
    )


LEGEND: Final = (
    "Seen from the front: temporalis at the temples, masseter at the cheeks; broken lines: lateral "
    "pterygoid above, medial below, both deep. Other muscles stand in the table."
)


def units_table(doses: Doses, caption: str) -> Markup:
    """Return the same as a table, with sums."""
    shared = any(row.both for row in doses.rows)
    sites = any(row.sites is not None for row in doses.rows)
    more = (*(("Both together",) if shared else ()), *(("Sites",) if sites else ()))
    rows = [_cells(row, shared=shared, sites=sites) for row in doses.rows]
    rows.append(_sums(doses, shared=shared, sites=sites))
    heads = ("Muscle", "Right", "Left", *more, "Sum")
    return table(caption, heads, rows)


def _cells(row: MuscleRow, *, shared: bool, sites: bool) -> tuple[object, ...]:
    nerve = Markup()
    if row.territory:
        nerve = html("<br><small>{} territory</small>", row.territory.label.capitalize())
    sides = (row.right, row.left, row.both)[: 3 if shared else 2]
    return (
        html("{}{}", row.name, nerve),
        *(_units(one) for one in sides),
        *((row.sites if row.sites is not None else "not recorded",) if sites else ()),
        number(row.total),
    )


def _sums(doses: Doses, *, shared: bool, sites: bool) -> tuple[object, ...]:
    sides = (Side.RIGHT, Side.LEFT, Side.BOTH)[: 3 if shared else 2]
    strong = [html("<strong>{}</strong>", _units(doses.side(side))) for side in sides]
    whole = html("<strong>{}</strong>", number(doses.total))
    return (html("<strong>Together</strong>"), *strong, *(("",) if sites else ()), whole)


def _units(units: Decimal) -> str:
    return number(units) if units else "\N{EN DASH}"
