"""A record of the case as it is read in a list."""

from tmjkit.case import LISTS, Case, Record
from tmjkit.dashboards.markup import Markup, html, join
from tmjkit.dashboards.words import facts_of, source_of, title_of
from tmjkit.language import translated

# Our own plans and papers, and a document, which is a source itself, rest on no other source.
_OWN_WORK = tuple(LISTS[name] for name in ("tasks", "documents", "letters", "overrides"))


def row_of(record: Record, case: Case) -> Markup:
    """Return what a record says: its title, its facts, and how it is known."""
    title = title_of(record) or translated("No name yet")
    facts = join(
        html("<div><dt>{}</dt><dd>{}</dd></div>", translated(label), words)
        for label, words in facts_of(record, case)
    )
    source = source_of(record, case)
    if source:
        known = html('<p class="tmj-source">{}: {}</p>', translated("Source"), translated(source))
    elif isinstance(record, _OWN_WORK):
        known = Markup()
    else:
        known = html(
            '<p class="tmj-source"><span class="tmj-undocumented">{}</span></p>',
            translated("Undocumented"),
        )
    return html(
        '<div class="tmj-record-text" dir="auto"><p class="tmj-record-title">{}</p>'
        "<dl>{}</dl>{}</div>",
        title,
        facts,
        known,
    )
