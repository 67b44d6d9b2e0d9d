"""What somebody else changed in a policy while its form was open, above the form."""

from collections.abc import Callable
from functools import partial

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.dashboards.desk import Desk, box, button, text
from tmjkit.dashboards.markup import Markup, details, html, join, table
from tmjkit.dashboards.policy_clash import Clash, Difference


def clash_view(
    clash: Clash, desk: Desk, take: Callable[[str], object], alone: Callable[[], object]
) -> w.Box:
    """Show what is different, with what can be done about it.

    Parameters
    ----------
    clash
        What is different.
    desk
        Where news is shown.
    take
        Takes the other's words into a field of the form, by its path.
    alone
        Saves what was typed as a policy of its own.
    """
    parts: list[w.Widget] = [text(_head(clash))]
    parts += [_choice(one, desk, take) for one in clash.both]
    if clash.taken:
        rows = [(one.label, one.mine, one.theirs) for one in clash.taken]
        columns = ("Field", "Before", "In the form now")
        parts.append(text(table("Changed by them only, and taken into your form", columns, rows)))
    own = button("Save mine as a policy of its own", desk.safely(alone))
    parts.append(box((own,), "tmj-actions"))
    return box(parts, "tmj-section tmj-conflict tmj-policy-clash")


def _head(clash: Clash) -> Markup:
    title = html("<h4>This policy was saved elsewhere while you typed</h4>")
    if clash.alone:
        lines = join(html("{}\n", line) for line in clash.lines)
        words = html(
            '<p class="tmj-unsaved">{} What you typed is below, and not saved yet. You can save it '
            "as a policy of its own: the other stays as it is.</p>",
            clash.alone,
        )
        shown = html(
            '<pre class="tmj-command" tabindex="0" aria-label="What is different">{}</pre>', lines
        )
        more = details("What is different (- saved there, + typed here)", shown)
        return join((title, words, more)) if clash.lines else join((title, words))
    choose = (
        "Where you both changed a field, yours stands in the form; take theirs where that is right."
        if clash.both
        else "You changed no field that they changed."
    )
    return join(
        (
            title,
            html(
                '<p class="tmj-unsaved">Nothing of yours is lost, and it is not saved yet. {} '
                "Then save again.</p>",
                choose,
            ),
        )
    )


def _choice(one: Difference, desk: Desk, take: Callable[[str], object]) -> w.Box:
    words = html(
        '<p class="tmj-record-title">{}</p><p>Yours: {}</p><p>Theirs: {}</p>',
        one.label,
        one.mine,
        one.theirs,
    )
    theirs = button(
        "Take theirs", desk.safely(partial(take, one.path)), tooltip=f"Take theirs: {one.label}"
    )
    return box((text(words, "tmj-record"), box((theirs,), "tmj-row-actions")), "tmj-row")
