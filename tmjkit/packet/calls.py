"""The log of calls and letters: what was said, what was promised, and whether it was kept."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from tmjkit.case import Case, Contact, PartialDate, Topic
from tmjkit.charts.paper import clean
from tmjkit.packet.cells import Cell, line, lines, soft

if TYPE_CHECKING:
    from tmjkit.letters import Letter

_TOPICS: Final = frozenset(
    {Topic.BENEFITS, Topic.AUTHORIZATION, Topic.CLAIM, Topic.APPEAL, Topic.PEER_TO_PEER}
)
_FAR: Final = PartialDate(9999)


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a promise, in a word and a sentence; empty where nothing was promised."""

    word: str = ""
    says: str = ""


def calls_of(letter: "Letter", case: Case, today: date) -> tuple[Contact, ...]:
    """Return the contacts that belong into the log, oldest first.

    Those are the ones that the letter itself rests on, and those with the payer of its coverage.
    What was said to anyone else is not the payer's business.
    """
    payers = {_plain(item.payer) for item in case.coverages if letter.coverage_id in ("", item.id)}
    found = [
        item
        for item in case.contacts
        if (item.date is None or item.date.earliest <= today)
        and (item.id in letter.records or _with_payer(item, payers))
    ]
    return tuple(sorted(found, key=_when))


def kept(contact: Contact, today: date) -> Kept:
    """Say what became of a contact's promise, as far as it is recorded."""
    if not contact.promised:
        return Kept()
    by = PartialDate.of(contact.promised_by).words() if contact.promised_by else ""
    due = f"Promised by {by}." if by else "No day was named."
    if contact.kept is True:
        return Kept("Kept", due)
    if contact.kept is False:
        return Kept("Not kept", due)
    if contact.promised_by is not None and contact.promised_by < today:
        return Kept("Nothing recorded", f"{due} The day has passed.")
    return Kept("Open", due)


def calls_data(contacts: tuple[Contact, ...], today: date) -> dict[str, Any]:
    """Return what the log's page shows."""
    states = [kept(item, today).word for item in contacts]
    count = {word: states.count(word) for word in ("Kept", "Not kept", "Open", "Nothing recorded")}
    told = [f"{number} {word.lower()}" for word, number in count.items() if number]
    promised = sum(count.values())
    promises = "1 promise" if promised == 1 else f"{promised} promises"
    return {
        "heading": "Log of calls and letters",
        "intro": "As recorded by those who called or wrote."
        + (f" {promises}: {', '.join(told)}." if promised else ""),
        "columns": [
            {"head": "When and how", "width": 1.15},
            {"head": "With whom", "width": 1.25},
            {"head": "What was said", "width": 2.3},
            {"head": "What was promised", "width": 1.6},
        ],
        "rows": [_row(item, today) for item in contacts],
    }


def _row(item: Contact, today: date) -> list[Cell]:
    day = item.date.words() if item.date else "Date not recorded"
    hour = _hour(item)
    how = f"{item.channel.label}, {item.direction.label.lower()}"
    who = [clean(text) for text in (item.who, item.organization) if text]
    number = f"Number {item.number}" if item.number else ""
    reference = f"Reference {clean(item.reference)}" if item.reference else "No reference recorded"
    state = kept(item, today)
    promise = lines(line(clean(item.promised)), line(state.word, bold=True), soft(state.says))
    return [
        lines(line(day), soft(hour), soft(how)),
        lines(*map(line, who or ["Not recorded"]), soft(number), soft(reference)),
        lines(line(clean(item.said) or "Not recorded")),
        promise if state.word else lines(soft("None recorded")),
    ]


def _hour(item: Contact) -> str:
    if item.time is None:
        return ""
    zone = item.time_zone.replace("_", " ")
    return f"{item.time:%H:%M} ({zone})" if zone else f"{item.time:%H:%M}"


def _with_payer(contact: Contact, payers: set[str]) -> bool:
    if contact.organization:
        return any(_same(_plain(contact.organization), payer) for payer in payers)
    return contact.topic in _TOPICS


def _same(one: str, other: str) -> bool:
    return bool(one and other) and (one in other or other in one)


def _plain(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _when(contact: Contact) -> tuple[Any, ...]:
    first, last = (contact.date or _FAR).range
    return first, last, str(contact.time or ""), contact.id
