"""The letters of a case in groups, in words: what comes next, what is ready, what is not."""

from collections.abc import Sequence
from itertools import groupby

from tmjkit.dashboards.markup import Markup, details, html, join
from tmjkit.dashboards.papers_model import comes_next
from tmjkit.letters import State
from tmjkit.letters.listing import Listed

_GROUPS = {
    State.READY: "Ready",
    State.LACKS: "Lacks facts",
    State.LATER: "Not now",
    State.NOT: "Does not apply",
}


def group_of(one: Listed) -> str:
    """Return the group that a letter stands in."""
    return "Comes next" if comes_next(one) else _GROUPS[one.state]


def options_of(found: Sequence[Listed]) -> tuple[tuple[str, str], ...]:
    """Return what can be chosen, in the order given: words and kind."""
    return tuple(
        (f"{group_of(one)} · {one.kind.title}", one.kind.kind)
        for one in found
        if one.state is not State.NOT
    )


def says(one: Listed) -> Markup:
    """Say how the chosen letter stands to the case."""
    css = {State.READY: "tmj-tone-good", State.NOT: "tmj-tone-bad"}.get(one.state, "tmj-tone-open")
    words = f"{one.says[:1].upper()}{one.says[1:]}." if one.says else _ready(one)
    return html(
        '<div class="tmj-finding {}"><p><span class="tmj-badge">{}</span> {}</p></div>',
        css,
        group_of(one),
        words,
    )


def _ready(one: Listed) -> str:
    signed = ", and the signature," if one.kind.sent else ""
    return (
        "Every fact that it needs is there. What only the clinician or the patient can "
        f"say{signed} stays blank for them."
    )


def every_letter(found: Sequence[Listed]) -> Markup:
    """Return all letters in their groups, each with the reason."""
    groups = [
        html(
            '<p class="tmj-label">{} ({})</p><ul>{}</ul>',
            name,
            len(members),
            join(
                html("<li><strong>{}</strong>{}</li>", one.kind.title, _why(one)) for one in members
            ),
        )
        for name, members in ((name, list(of)) for name, of in groupby(found, key=group_of))
    ]
    return details("Every letter, and why it is or is not for this case", join(groups))


def _why(one: Listed) -> str:
    return f": {one.says}." if one.says else ""
