"""Keep of HTML what a report can show, and nothing that runs or reaches another host.

The list says what may stay; everything else goes. Scripts and styles go with what is inside
them, other unknown elements leave their text.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bleach.sanitizer import Cleaner  # type: ignore[import-untyped]

_TAGS = """
a abbr b blockquote br caption cite code col colgroup dd del dfn div dl dt em figcaption figure
h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp section small span strong sub sup
table tbody td tfoot th thead time tr u ul var
"""
TAGS = frozenset(_TAGS.split())

# Elements whose text is not for reading. They must be let into the filter to be seen there.
_HIDDEN = "script style template noscript iframe object svg math textarea select title"
_WITH_CONTENT = frozenset(_HIDDEN.split())

_ATTRIBUTES = "class id lang dir title role tabindex aria-label aria-labelledby aria-describedby"
_EVERYWHERE = frozenset(_ATTRIBUTES.split())
_OWN: dict[str, frozenset[str]] = {
    "a": frozenset({"href"}),
    "abbr": frozenset({"title"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "img": frozenset({"src", "alt", "width", "height"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"start", "type"}),
    "td": frozenset({"colspan", "rowspan", "headers"}),
    "th": frozenset({"colspan", "rowspan", "headers", "scope", "abbr"}),
    "time": frozenset({"datetime"}),
}
_PICTURES = tuple(f"data:image/{kind};base64," for kind in ("png", "jpeg", "gif", "svg+xml"))


def clean(html: str) -> str:
    """Return the HTML with only what a report can show.

    Links stay, as they load nothing until someone follows them; pictures stay when they are
    carried inside the page.
    """
    return str(_cleaner().clean(html))


_made: "list[Cleaner]" = []


def _cleaner() -> "Cleaner":
    """Make the cleaner once: building it costs more than using it."""
    if not _made:
        from bleach.html5lib_shim import (  # type: ignore[import-untyped]  # noqa: PLC0415 -- heavy
            Filter,
        )
        from bleach.sanitizer import Cleaner  # noqa: PLC0415

        class WithoutHidden(Filter):  # type: ignore[misc]  # bleach is not typed
            def __iter__(self) -> Iterator[dict[str, Any]]:
                return _without_hidden(super().__iter__())

        _made.append(
            Cleaner(
                tags=TAGS | _WITH_CONTENT,
                attributes=_allowed,
                protocols={"https", "http", "mailto", "data"},
                strip=True,
                filters=[WithoutHidden],
            )
        )
    return _made[0]


def _allowed(tag: str, name: str, value: str) -> bool:
    if name == "src":
        return tag == "img" and value.startswith(_PICTURES)
    if name == "href":
        return tag == "a" and not value.strip().lower().startswith("data:")
    return name in _EVERYWHERE or name in _OWN.get(tag, frozenset())


def _without_hidden(tokens: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    inside: list[str] = []
    for token in tokens:
        name = token.get("name")
        if name in _WITH_CONTENT and token["type"] == "StartTag":
            inside.append(name)
        elif name in _WITH_CONTENT and token["type"] == "EndTag":
            if inside:
                inside.pop()
        elif not inside and name not in _WITH_CONTENT:
            yield token
