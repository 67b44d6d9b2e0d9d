"""What the rules say of a case, section by section; each opens where it is clicked."""

from collections.abc import Iterable

from tmjkit.dashboards.desk import text
from tmjkit.dashboards.markup import Markup, details, html, join
from tmjkit.dashboards.panel import CaseContext
from tmjkit.rules.section import Entry, Section


class AssessmentView:
    """The panel of what the rules say."""

    def __init__(self, context: CaseContext) -> None:
        self._context = context
        self.widget = text("", "tmj-assessment")

    def refresh(self) -> None:
        """Show what the rules say of the case as it is now."""
        self.widget.value = assessment(self._context.assessment().sections)


def assessment(sections: Iterable[Section]) -> Markup:
    """Return the sections, closed, with how much is in each."""
    return html(
        '<p class="tmj-sub">Rules and sources, not legal, medical or billing advice. '
        "A reviewer decides; nothing here is a promise.</p>{}",
        # What to do next stands at the top of the page.
        join(_section(one) for one in sections if one.key != "next"),
    )


def entries(found: Iterable[Entry]) -> Markup:
    """Return entries as a list."""
    return html('<ul class="tmj-findings">{}</ul>', join(_entry(one) for one in found))


def _section(section: Section) -> Markup:
    count = len(section.entries)
    head = f"{section.title} ({count})" if count else section.title
    lead = html("<p>{}</p>", section.lead) if section.lead else Markup()
    inside = entries(section.entries) if count else Markup()
    sources = (
        html(
            '<p class="tmj-why"><span class="tmj-label">Sources:</span> {}</p>',
            "; ".join(section.sources),
        )
        if section.sources
        else Markup()
    )
    told = html("{}{}{}", lead, inside, sources)
    return html('<div class="tmj-part">{}</div>', details(head, told))


def _entry(entry: Entry) -> Markup:
    more = (
        html(
            '<p class="tmj-why"><span class="tmj-label">{}:</span> <span dir="auto">{}</span></p>',
            label,
            text,
        )
        for label, text in entry.more
    )
    return html(
        '<li class="tmj-finding tmj-tone-{}" data-tmj-rule="{}">'
        '<p><span class="tmj-badge">{}</span> <strong dir="auto">{}</strong></p>{}</li>',
        entry.tone.value,
        entry.rule,
        entry.mark,
        entry.what,
        join(more),
    )
