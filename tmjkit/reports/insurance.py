"""The insurance tables of a case report: coverages, requests, decisions, appeals, contacts."""

import datetime as dt
from collections.abc import Container, Iterable, Sequence

from markupsafe import Markup

from tmjkit.case import (
    Appeal,
    Case,
    Contact,
    Determination,
    PartialDate,
    Reason,
    ServiceLine,
)
from tmjkit.reports.html import Column, Table, headed, lines, span, urgent, words
from tmjkit.reports.sources import COLUMN, Sources

_LATE = PartialDate(2199)


def coverages(case: Case, sources: Sources) -> Table:
    """Return the coverages in the order of payment."""
    rows = [
        (
            headed(item.payer, item.plan_name),
            item.funding.label if item.funding else "who funds the plan is not recorded",
            lines((item.product.label if item.product else "", item.state)),
            item.benefit.label if item.benefit else "",
            lines((_named("member", item.member_id), _named("group", item.group_id))),
            span(item.start, item.end),
            sources.of(item),
        )
        for item in sorted(case.coverages, key=lambda item: item.rank)
    ]
    heads = ("Payer and plan", "Funding", "Product, state", "Benefit", "Ids", "In force")
    return Table(
        "Coverages, in the order of payment",
        (*_columns(heads), COLUMN),
        rows,
        "No coverage is recorded.",
    )


def requests(case: Case, sources: Sources) -> Table:
    """Return the requests for prior authorization."""
    ordered = sorted(case.requests, key=lambda item: item.sent or _LATE)
    rows = [
        (
            item.service or "not recorded",
            item.sent or "not sent",
            item.channel.label if item.channel else "",
            _services(item.lines),
            ", ".join(item.diagnosis_codes),
            item.reference,
            sources.of(item),
        )
        for item in ordered
    ]
    columns = (
        Column("Asked for"),
        Column("Sent", "date"),
        *_columns(("How", "Lines", "Diagnosis codes", "Reference")),
        COLUMN,
    )
    return Table(
        "Requests for prior authorization", columns, rows, "No request was recorded as made."
    )


def claims(case: Case, sources: Sources) -> Table:
    """Return the claims."""
    rows = [
        (
            span(item.start, item.end) or "no date of service",
            item.sent or "not sent",
            _services(item.lines),
            _charged(item.lines),
            _dollars(item.paid) if item.paid is not None else "",
            item.reference,
            sources.of(item),
        )
        for item in sorted(case.claims, key=lambda item: item.start or _LATE)
    ]
    columns = (
        Column("Dates of service"),
        Column("Sent", "date"),
        Column("Lines"),
        Column("Charged", "number"),
        Column("Paid", "number"),
        Column("Claim number"),
        COLUMN,
    )
    return Table("Claims, by date of service", columns, rows, "No claim is recorded.")


def determinations(case: Case, sources: Sources) -> Table:
    """Return the decisions of the payer and of reviewers, by the date on the notice."""
    rows = [
        (
            headed(item.decision.label, item.level.label),
            item.notice_date,
            item.received_date,
            lines(_reason(reason) for reason in item.reasons),
            lines((item.decided_by, _approved(item))),
            item.reference,
            sources.of(item),
        )
        for item in sorted(case.determinations, key=_decided_on)
    ]
    columns = (
        Column("Decision"),
        Column("Date on notice", "date"),
        Column("Received", "date"),
        Column("Reasons", "prose"),
        *_columns(("Decided by", "Reference")),
        COLUMN,
    )
    return Table(
        "Determinations, by the date on the notice", columns, rows, "No determination is recorded."
    )


def appeals(case: Case, sources: Sources) -> Table:
    """Return the appeals, by the day they were sent or are due."""
    rows = [
        (
            headed(item.level.label, item.urgency.label),
            item.due,
            item.sent or urgent("not sent"),
            item.channel.label if item.channel else "",
            item.outcome.label if item.outcome else "open",
            item.decided,
            item.reference,
            sources.of(item),
        )
        for item in sorted(case.appeals, key=_appealed_on)
    ]
    columns = (
        Column("Appeal"),
        Column("Due, as the notice says", "date"),
        Column("Sent", "date"),
        *_columns(("How", "Outcome")),
        Column("Decided", "date"),
        Column("Reference"),
        COLUMN,
    )
    return Table("Appeals, by the day sent or due", columns, rows, "No appeal is recorded.")


def contacts(case: Case, sources: Sources) -> Table:
    """Return the contact log, oldest first."""
    rows = [
        (
            headed(f"{item.channel.label}, {item.direction.label.lower()}", item.organization),
            lines((item.date, f"{item.time:%H:%M}" if item.time else "", item.time_zone)),
            lines((item.who, item.number)),
            item.reference,
            item.said,
            _promise(item),
            sources.of(item),
        )
        for item in sorted(case.contacts, key=lambda item: item.date or _LATE)
    ]
    columns = (
        Column("Contact"),
        Column("When", "date"),
        *_columns(("With", "Reference")),
        Column("What was said", "prose"),
        Column("What was promised", "prose"),
        COLUMN,
    )
    return Table("Contact log, oldest first", columns, rows, "No contact is recorded.")


def tasks(case: Case, shown: Container[str]) -> Table:
    """Return the tasks whose ids are not in `shown`, open ones first.

    A task is a plan: it states nothing that would need a source.
    """
    rows = [
        (item.title, item.due, item.owner, item.done or "open", item.note)
        for item in sorted(case.tasks, key=lambda item: (not item.open, item.due or dt.date.max))
        if item.id not in shown
    ]
    columns = (
        Column("Task"),
        Column("Due", "date"),
        Column("Whose"),
        Column("Done", "date"),
        Column("Note", "prose"),
    )
    return Table("Other tasks", columns, rows, "There is no other task.")


def documents(case: Case, sources: Sources) -> Table:
    """Return the documents with the digests under which the workspace keeps them.

    A document is a source itself; where it came from is shown where that is recorded.
    """
    rows = [
        (
            headed(item.name, sources.of(item) if item.documented else ""),
            item.kind.label,
            item.date,
            item.pages,
            f"{item.size:,}",
            Markup('<span class="digest">{}</span>').format(item.sha256),
        )
        for item in sorted(case.documents, key=lambda item: (item.date or _LATE, item.name))
    ]
    columns = (
        *_columns(("Document", "Kind")),
        Column("Date", "date"),
        Column("Pages", "number"),
        Column("Bytes", "number"),
        Column("SHA-256"),
    )
    return Table("Documents, by date", columns, rows, "No document is in the case.")


def _columns(heads: tuple[str, ...]) -> tuple[Column, ...]:
    return tuple(Column(head) for head in heads)


def _decided_on(item: Determination) -> PartialDate:
    return item.notice_date or item.received_date or _LATE


def _appealed_on(item: Appeal) -> PartialDate:
    return item.sent or (PartialDate.of(item.due) if item.due else _LATE)


def _reason(reason: Reason) -> Markup:
    codes = ", ".join(code for code in (reason.carc, reason.rarc) if code)
    label = reason.kind.label if reason.kind else ""
    head = f"{label} ({codes})" if label and codes else label or codes
    quote = Markup("“{}”").format(reason.text) if reason.text else ""
    return lines((head, quote))


def _approved(item: Determination) -> Markup:
    units = f"{item.approved_units:f} units" if item.approved_units is not None else ""
    until = words("until", item.approved_until) if item.approved_until else ""
    return words("Approved:", units, until) if units or until else Markup("")


def _services(services: Iterable[ServiceLine]) -> Markup:
    return lines(map(_service, services))


def _service(line: ServiceLine) -> str:
    code = "-".join((line.code, *line.modifiers))
    amount = f"{line.units:f} {'unit' if line.units == 1 else 'units'}"
    return f"{code}, {amount}: {line.description}" if line.description else f"{code}, {amount}"


def _promise(item: Contact) -> Markup:
    by = words("by", item.promised_by) if item.promised_by else ""
    kept = {True: "kept", False: "not kept", None: "open" if item.promised else ""}[item.kept]
    return lines((item.promised, by, kept))


def _charged(services: Sequence[ServiceLine]) -> Markup | str:
    """Return the sum of the charges, and how many lines of a claim have none recorded."""
    charges = [line.charge for line in services if line.charge is not None]
    if not charges:
        return "not recorded"
    without = len(services) - len(charges)
    count = f"{without} {'line' if without == 1 else 'lines'} without a charge"
    return lines((_dollars(sum(charges)), count if without else ""))


def _dollars(amount: object) -> str:
    return f"${amount:,.2f}"


def _named(name: str, value: str) -> str:
    return f"{name} {value}" if value else ""
