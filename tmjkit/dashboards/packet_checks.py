"""What was found in a packet before it leaves, in words: pages, third persons, limits."""

from collections.abc import Iterable

from tmjkit.case import Case
from tmjkit.dashboards.markup import Markup, details, html, join, listing, table
from tmjkit.dashboards.packet_model import Made
from tmjkit.packet.portal_check import PortalProblem
from tmjkit.packet.redaction import Unread

_MB = 1_000_000


def size_words(size: int) -> str:
    """Return a size in words."""
    return f"{size / _MB:.1f} MB" if size >= _MB else f"{max(1, round(size / 1000)):,} KB"


def found(made: Made, case: Case) -> Markup:
    """Return all that is to be seen before the packet is handed over."""
    packet = made.packet
    pages = "1 page" if packet.pages == 1 else f"{packet.pages} pages"
    head = html(
        "<p><strong>The packet has {}, {}.</strong></p>", pages, size_words(len(packet.pdf))
    )
    separate = listing(f"Exhibit {one.label}: {one.title}" for one in packet.left_out)
    left = html("<p>Send separately:</p>{}", separate) if separate else Markup()
    parts = table(
        "What is in it",
        ("Part", "Title", "Packet pages"),
        [
            (part.name, "" if part.title == part.name else part.title, _span(part.first, part.last))
            for part in packet.manifest.parts
        ],
    )
    return join((head, left, _people(made, case), _goes(made), details("All parts", parts)))


def _span(first: int, last: int) -> str:
    return f"{first}" if first >= last else f"{first}\u2013{last}"


def _people(made: Made, case: Case) -> Markup:
    names = {one.id: one.name for one in case.documents}
    parts = []
    if made.strangers:
        places = [
            html(
                "<strong>{}</strong>, page {}, line {}: {}{}",
                names.get(one.document_id, one.document_id),
                one.page,
                one.line,
                one.kind.label,
                f" ({one.shown})" if one.shown else "",
            )
            for one in made.strangers
        ]
        parts.append(
            html(
                '<div class="tmj-finding tmj-tone-bad"><p><span class="tmj-badge">Look first</span>'
                " Somebody else seems to be named here. tmjkit blacks out nothing: open the "
                "document, and where it is a third person, add a copy with the place blacked out "
                "and use that instead, or leave the exhibit out.</p>{}</div>",
                listing(places),
            )
        )
    else:
        parts.append(
            html(
                '<div class="tmj-finding tmj-tone-good"><p><span class="tmj-badge">Names</span> '
                "No third person was found in the pages that hold text.</p></div>"
            )
        )
    if made.unread:
        parts.append(
            html(
                '<div class="tmj-finding tmj-tone-open"><p><span class="tmj-badge">Read these'
                "</span> Pages without text, which nobody looked through:</p>{}</div>",
                listing(_pages(made.unread, names)),
            )
        )
    return join(parts)


def _pages(unread: Iterable[Unread], names: dict[str, str]) -> list[str]:
    pages: dict[str, list[str]] = {}
    for one in unread:
        pages.setdefault(one.document_id, []).append(str(one.page))
    return [f"{names.get(name, name)}, page {', '.join(of)}" for name, of in pages.items()]


def _goes(made: Made) -> Markup:
    sending = made.sending
    if sending is None:
        return Markup()
    count = len(sending.files)
    files = "" if count <= 1 else f" It is cut into {count} files; send all of them, in order."
    words = (
        f"{sending.portal.title} does not take the packet as it is."
        if sending.stops
        else f"{sending.portal.title}: nothing found that stops it.{files}"
    )
    return html(
        '<div class="tmj-finding {}"><p><span class="tmj-badge">Where it goes</span> {}</p>'
        "{}</div>",
        "tmj-tone-bad" if sending.stops else "tmj-tone-good",
        words,
        listing(map(_problem, sending.problems)),
    )


def _problem(one: PortalProblem) -> Markup:
    return html(
        "<strong>{}</strong> {}{}. {}",
        "Refused:" if one.stops else "Note:",
        one.what[:1].upper(),
        one.what[1:].rstrip("."),
        one.instead,
    )
