"""Each denial beside what can be done about it, with buttons for the letters that fit."""

from collections.abc import Iterable
from functools import partial

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.dashboards.desk import box, button, put, text
from tmjkit.dashboards.markup import Markup, details, html, join, listing, table
from tmjkit.dashboards.panel import CaseContext
from tmjkit.dashboards.triage_model import Denial, WayShown, denials, last_day
from tmjkit.letters import kind_of
from tmjkit.rules.triage import ClassFound, How, Pull, Sign

_NO_PROMISE = (
    "How strong it looks is said in words, from this record and the sources named. "
    "It is no forecast and no promise: a reviewer decides."
)


class TriageView:
    """All adverse decisions of the case, those that stand first."""

    def __init__(self, context: CaseContext) -> None:
        self._context = context
        self._drawn: tuple[Denial, ...] = ()
        self.widget = box((), "tmj-denials")

    def refresh(self) -> None:
        """Show the denials as they are now."""
        context = self._context
        found = denials(context.model.open_case(), context.assessment())
        if found == self._drawn:
            return  # drawn anew only when it is different: what somebody opened stays open
        self._drawn = found
        if not found:
            put(self.widget, ())
            return
        lead = text(
            html('<h3>Denials, and what can be done</h3><p class="tmj-why">{}</p>', _NO_PROMISE)
        )
        put(self.widget, (lead, *map(self._card, found)))

    def _card(self, one: Denial) -> w.Widget:
        left = text(notice(one), "tmj-notice-side")
        right = box((text(reading(one)), *self._letters(one)), "tmj-triage-side")
        return box((left, right), f"tmj-denial{'' if one.stands else ' tmj-denial--over'}")

    def _letters(self, one: Denial) -> Iterable[w.Widget]:
        if not one.stands or not one.letters:
            return ()
        made: list[w.Widget] = [text(html("<h5>Letters that fit</h5>"))]
        for kind, says in one.letters:
            title = kind_of(kind).title
            write = self._context.desk.safely(partial(self._write, kind, one.record.id))
            go = button(f"Write: {title}", write, tooltip=f"{title}, about {_name(one)}")
            made.append(box((go, text(html('<p class="tmj-help">{}</p>', says))), "tmj-letter-go"))
        return made

    def _write(self, kind: str, about_id: str) -> None:
        self._context.papers.want(kind, about_id)
        self._context.go("letters")


def notice(one: Denial) -> Markup:
    """Return the decision as its notice gives it, and what the notice lacks."""
    record = one.record
    facts = [
        ("Level", record.level.label),
        ("Notice of", record.notice_date.words() if record.notice_date else "Not recorded"),
        ("Received", record.received_date.words() if record.received_date else "Not recorded"),
        ("Decided by", record.decided_by),
        ("Reference", record.reference),
    ]
    rows = join(
        html('<div><dt>{}</dt><dd dir="auto">{}</dd></div>', label, said)
        for label, said in facts
        if said
    )
    reasons = join(
        html(
            '<blockquote dir="auto"><p>{}</p>{}</blockquote>',
            reason.text or "No words of the notice are recorded for this reason.",
            _codes(reason.carc, reason.rarc, reason.kind.label if reason.kind else ""),
        )
        for reason in record.reasons
    )
    lacking = [
        html('<strong>{}</strong> <span class="tmj-why">{}</span>', item.what, item.where)
        for item in one.lacking
    ]
    return html(
        "<h4>{}</h4><dl>{}</dl>{}{}",
        _name(one),
        rows,
        reasons or html("<p>{}</p>", "No reason is recorded."),
        html("<h5>What the notice lacks, or is not entered</h5>{}", listing(lacking))
        if lacking
        else Markup(),
    )


def reading(one: Denial) -> Markup:
    """Return what the rules make of it."""
    found = one.found
    over = (
        html('<p><span class="tmj-badge">{}</span></p>', "No longer stands")
        if not one.stands
        else Markup()
    )
    beware = [*found.disagreements, *(item.says for item in found.warnings)]
    return html(
        '{}<p class="tmj-lead">{}</p>{}{}{}{}{}{}',
        over,
        found.lead,
        join(map(_class, found.classes)),
        _ways(one),
        _named("Beware", beware),
        _named("Find out before anything is sent", [item.says for item in found.asks]),
        _folded("State law", [law.says for law in found.state_law]),
        _folded("Sources", [f"{fact.title}: {fact.words}" for fact in found.cited]),
    )


def _class(one: ClassFound) -> Markup:
    grounds = {
        pull: [ground.says for ground in one.grounds if ground.pull is pull] for pull in Pull
    }
    why = join(_named(pull.label, grounds[pull]) for pull in Pull)
    return html(
        '<div class="tmj-denial-class"><h5>{} <span class="tmj-badge tmj-standing--{}">{}</span>'
        "</h5>{}{}{}{}</div>",
        one.label,
        one.standing.value,
        one.standing.label,
        listing(map(_sign, one.signs), "tmj-signs"),
        _named("Can be argued", one.argue),
        _named("Does not help", one.barred),
        details("Why it stands so", why) if one.grounds else Markup(),
    )


def _sign(sign: Sign) -> Markup:
    quoted = sign.how is How.WORDS
    return html(
        '<span class="tmj-why">{}:</span> <span dir="auto">{}</span>{}',
        f"{sign.how.label[:1].upper()}{sign.how.label[1:]}",
        f"“{sign.text}”" if quoted else sign.text,
        f": {sign.says}" if sign.says else "",
    )


def _ways(one: Denial) -> Markup:
    if not one.ways:
        return Markup()
    rows = [
        (
            html("<strong>{}</strong>", item.way.route.label),
            html(
                '<span class="tmj-badge tmj-way--{}">{}</span>',
                item.way.opening.value,
                item.way.opening.label,
            ),
            _day(item),
            item.way.says,
        )
        for item in one.ways
    ]
    return table("Ways against this denial", ("Way", "Open?", "Safe last day", "Why"), rows)


def _day(item: WayShown) -> Markup:
    """Return the last day, with what is to be known about it, such as that it is a Sunday."""
    clock = item.clock
    note = clock.because if clock and clock.open else ""
    return html("{}{}", last_day(clock), html(" <small>{}</small>", note) if note else "")


def _named(title: str, lines: Iterable[str]) -> Markup:
    made = listing(html('<span dir="auto">{}</span>', line) for line in lines)
    return html('<p class="tmj-label">{}</p>{}', title, made) if made else Markup()


def _folded(title: str, lines: Iterable[str]) -> Markup:
    made = listing(lines)
    return details(title, made) if made else Markup()


def _codes(carc: str | None, rarc: str | None, kind: str) -> Markup:
    said = "; ".join(
        part
        for part in (kind, f"CARC {carc}" if carc else "", f"RARC {rarc}" if rarc else "")
        if part
    )
    return html('<p class="tmj-why">{}</p>', said) if said else Markup()


def _name(one: Denial) -> str:
    day = one.record.notice_date or one.record.received_date
    what = one.record.decision.label
    return f"{what}, {day.words()}" if day else f"{what}, day not recorded"
