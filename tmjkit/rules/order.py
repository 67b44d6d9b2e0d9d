"""Findings about dates that can't be right, whatever the unknown days are."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from tmjkit.case import Case, PartialDate, Record
from tmjkit.rules.model import Finding, Severity

# Fields that say when something happened; a plan for later stands in other fields.
_HAPPENED: Final = (
    ("diagnoses", ("recorded_date", "onset")),
    ("symptoms", ("onset",)),
    ("measurements", ("date",)),
    ("questionnaires", ("date",)),
    ("treatments", ("end",)),
    ("requests", ("sent", "received")),
    ("claims", ("start", "sent", "received")),
    ("determinations", ("notice_date", "received_date")),
    ("appeals", ("sent", "received", "decided")),
    ("papers", ("sent", "received", "answered")),
    ("contacts", ("date",)),
)


def order_findings(case: Case, today: date) -> Iterator[Finding]:
    """Yield `weak.received-before-notice` and `weak.future-date`.

    A treatment or an injection session that begins later may be planned, so only what says that
    it ended, was measured, sent, decided or said is looked at.
    """
    for item in case.determinations:
        if (
            item.notice_date
            and item.received_date
            and (item.received_date.latest < item.notice_date.earliest)
        ):
            yield Finding(
                "weak.received-before-notice",
                Severity.WEAK,
                "The decision is recorded as received before the date on it",
                "One of the two dates is wrong, and the time for appeal counts from them.",
                "Look at the notice and correct it under Determinations.",
                records=(item.id,),
            )
    ahead = [
        (name, record)
        for name, fields in _HAPPENED
        for record in getattr(case, name)
        if any(_ahead(record, field, today) for field in fields)
    ]
    if ahead:
        places = ", ".join(dict.fromkeys(name.capitalize() for name, _ in ahead))
        yield Finding(
            "weak.future-date",
            Severity.WEAK,
            f"Recorded with a day that is still to come, in: {places}",
            "What has not happened yet can't be evidence, and clocks would count from a wrong day.",
            "Look at the source and correct the date.",
            records=tuple(record.id for _, record in ahead),
        )


def _ahead(record: Record, field: str, today: date) -> bool:
    day: PartialDate | None = getattr(record, field)
    return day is not None and day.earliest > today
