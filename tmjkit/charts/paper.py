r"""A sheet measured in inches, on which text is measured before it is placed.

Texts come from people, so they are drawn letter by letter as they are: `$` and `\` mean
nothing, control characters are dropped, and what is too long ends in an ellipsis.
"""

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from tmjkit.charts.style import FONT, INK

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

Weight = Literal["normal", "bold"]
Style = Literal["normal", "italic"]
Align = Literal["left", "center", "right"]

# Fonts with other scripts, in the order in which they are looked for where a text needs one.
_OTHER_FONTS = (
    "Noto Sans",
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Noto Sans CJK KR",
    "Noto Sans Devanagari",
    "Noto Sans Bengali",
    "Noto Sans Thai",
    "Noto Sans Khmer",
    "Noto Sans Ethiopic",
    "Arial Unicode MS",
    "Microsoft YaHei",
    "Malgun Gothic",
    "Nirmala UI",
    "Leelawadee UI",
    "PingFang SC",
    "Hiragino Sans",
    "Apple SD Gothic Neo",
    "Kohinoor Devanagari",
)
# Marks that turn the direction of the text around them, so of what stands beside it too.
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

_FINE = 1440  # dots per inch


def clean(text: str) -> str:
    """Return the text on one line, without control characters and turns of direction."""
    kept = (
        " " if unicodedata.category(letter) in ("Cc", "Zl", "Zp") else letter
        for letter in text
        if unicodedata.category(letter) not in ("Cs", "Cn") and letter not in _TURNS
    )
    return " ".join("".join(kept).split())


@lru_cache(maxsize=1)
def _letters() -> frozenset[int]:
    from matplotlib.font_manager import findfont, get_font  # noqa: PLC0415 -- heavy

    return frozenset(get_font(findfont(FONT)).get_charmap())


@lru_cache(maxsize=1)
def _installed() -> tuple[str, ...]:
    from matplotlib.font_manager import fontManager  # noqa: PLC0415 -- heavy

    names = {font.name for font in fontManager.ttflist}
    return tuple(name for name in _OTHER_FONTS if name in names)


@lru_cache(maxsize=64)
def _font(size: float, weight: Weight, style: Style, families: tuple[str, ...]) -> "FontProperties":
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415 -- heavy

    return FontProperties(family=list(families), size=size, weight=weight, style=style)


@lru_cache(maxsize=1)
def _measurer() -> Any:
    from matplotlib.backends.backend_agg import RendererAgg  # noqa: PLC0415 -- heavy

    # Finer than any output, so that hinting doesn't round widths to whole points.
    return RendererAgg(1, 1, _FINE)  # type: ignore[no-untyped-call]


def _properties(text: str, size: float, weight: Weight, *, italic: bool) -> "FontProperties":
    plain = _letters().issuperset(map(ord, text))
    families = (FONT,) if plain else (FONT, *_installed())
    return _font(size, weight, "italic" if italic else "normal", families)


@lru_cache(maxsize=4096)
def width(text: str, size: float, weight: Weight = "normal") -> float:
    """Return the width of a text in inches, set in so many points."""
    font = _properties(text, size, weight, italic=False)
    return float(_measurer().get_text_width_height_descent(text, font, ismath=False)[0]) / _FINE


def shortened(text: str, room: float, size: float, weight: Weight = "normal") -> str:
    """Return the text, ended by an ellipsis where it is wider than the room (in inches)."""
    if width(text, size, weight) <= room:
        return text
    low, high = 0, len(text)
    while low < high:  # the longest beginning that fits
        middle = (low + high + 1) // 2
        if width(f"{text[:middle].rstrip()}…", size, weight) <= room:
            low = middle
        else:
            high = middle - 1
    return f"{text[:low].rstrip()}…"


def wrapped(
    text: str, room: float, size: float, lines: int, weight: Weight = "normal"
) -> list[str]:
    """Break a text into so many lines at most, the last one shortened where it must be.

    A text without a word has no line.
    """
    found: list[str] = []
    words = text.split()
    while words and len(found) < lines - 1:
        line = words[0]
        taken = 1
        while taken < len(words) and width(f"{line} {words[taken]}", size, weight) <= room:
            line = f"{line} {words[taken]}"
            taken += 1
        if width(line, size, weight) > room:
            break  # a single word that is too long: the rest is shortened on one line
        found.append(line)
        words = words[taken:]
    if words:
        found.append(shortened(" ".join(words), room, size, weight))
    return found


class Paper:
    """A figure of so many inches with one plane over all of it; the origin is top left."""

    def __init__(self, wide: float, high: float) -> None:
        from matplotlib.figure import Figure  # noqa: PLC0415 -- heavy

        self.wide, self.high = wide, high
        self.figure = Figure(figsize=(wide, high), dpi=100, facecolor="white")
        self.plane = self.figure.add_axes((0.0, 0.0, 1.0, 1.0))
        self.plane.set_axis_off()
        self.plane.set_xlim(0, wide)
        self.plane.set_ylim(high, 0)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        align: Align = "left",
        weight: Weight = "normal",
        italic: bool = False,
        color: str = INK,
        clear: bool = False,
    ) -> None:
        """Write a line whose middle is at height `y`; `clear` whitens what is behind it."""
        behind = {"facecolor": "white", "edgecolor": "none", "pad": 0.8} if clear else None
        self.plane.text(
            x,
            y,
            text,
            fontproperties=_properties(text, size, weight, italic=italic),
            ha=align,
            va="center_baseline",
            color=color,
            parse_math=False,
            zorder=6,
            bbox=behind,
            clip_on=False,
        )

    def line(self, points: list[tuple[float, float]], *, color: str, **look: Any) -> None:
        """Draw a line through points."""
        from matplotlib.lines import Line2D  # noqa: PLC0415 -- heavy

        xs, ys = zip(*points, strict=True)
        self.plane.add_artist(
            Line2D(xs, ys, color=color, clip_on=False, **{"linewidth": 0.8, **look})
        )

    def box(self, x: float, y: float, wide: float, high: float, **look: Any) -> None:
        """Draw a rectangle from its top left corner."""
        from matplotlib.patches import Rectangle  # noqa: PLC0415 -- heavy

        self.plane.add_artist(Rectangle((x, y), wide, high, clip_on=False, **look))

    def shape(self, points: list[tuple[float, float]], **look: Any) -> None:
        """Draw a closed shape."""
        from matplotlib.patches import Polygon  # noqa: PLC0415 -- heavy

        self.plane.add_artist(Polygon(points, closed=True, clip_on=False, **look))

    def mark(
        self, x: float, y: float, marker: str, *, color: str, size: float = 6, hollow: bool = False
    ) -> None:
        """Draw a marker; a hollow one stands for a day that isn't known."""
        from matplotlib.lines import Line2D  # noqa: PLC0415 -- heavy

        self.plane.add_artist(
            Line2D(
                [x],
                [y],
                linestyle="none",
                marker=marker,
                markersize=size,
                markerfacecolor="white" if hollow else color,
                markeredgecolor=INK,
                markeredgewidth=0.7,
                zorder=5,
                clip_on=False,
            )
        )
