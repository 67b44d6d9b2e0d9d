"""Whether a letter that was written still matches the case, and what changed since."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tmjkit.case import Case, Choice, ExportedLetter
from tmjkit.knowledge import Library, library
from tmjkit.letters.compose import compose
from tmjkit.letters.difference import Difference, differences, since
from tmjkit.letters.export import WORDS, words_digest
from tmjkit.letters.gap import LetterError, MissingFacts
from tmjkit.letters.letter import Letter
from tmjkit.letters.listing import not_now


class LetterState(Choice):
    """How a letter that was written stands to the case as it is now."""

    MATCHES = "matches", "Matches the case"
    REWORDED = "reworded", "Matches the case; a new one would be worded differently"
    CHANGED = "changed", "No longer matches the case"
    REPLACED = "replaced", "Replaced by a later one"
    UNKNOWN = "unknown", "Can't be compared"


@dataclass(frozen=True, slots=True)
class LetterStatus:
    """One letter that was written, and how it stands to the case.

    Parameters
    ----------
    letter
        The record of it.
    state
        How it stands.
    differences
        What is not as it was when the letter was written.
    """

    letter: ExportedLetter
    state: LetterState
    differences: tuple[Difference, ...] = ()

    @property
    def changes(self) -> tuple[str, ...]:
        """What changed, in words for the office: they name records, but tell no value."""
        return tuple(item.words for item in self.differences)

    @property
    def advice(self) -> str:
        """What may be done about it; empty where nothing is."""
        sent = self.letter.sent is not None
        if self.state is LetterState.CHANGED:
            return "it was sent: is a correction due?" if sent else "export it again before sending"
        if self.state is LetterState.REWORDED and not sent:
            return "export it again for the newer wording"
        return ""

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold: ids and fields, no title and no value."""
        letter = self.letter
        return {
            "id": letter.id,
            "kind": letter.kind,
            "form": letter.form,
            "language": letter.language,
            "date": letter.date.isoformat() if letter.date else None,
            "sent": str(letter.sent) if letter.sent else None,
            "state": self.state.value,
            "advice": self.advice,
            "changes": [item.as_json() for item in self.differences],
        }


def status(
    case: Case,
    *,
    today: dt.date,
    known: Library | None = None,
    templates_dir: Path | None = None,
) -> tuple[LetterStatus, ...]:
    """Say of each letter that was written whether it still matches the case, oldest first.

    The same letter is composed again for its own day. As long as it would say the same, it matches,
    whatever else was changed in the records; where it would not, each field that changed is named.
    What only moves a case on after a letter was sent (the payer's receipt, its decision) calls
    for no correction. One that was not sent matches only as long as it is due.

    Parameters
    ----------
    case
        The case.
    today
        The day on which a letter that was not sent would be written again.
    known, templates_dir
        As `compose` takes them.
    """
    known = known or library()
    found = [_status(letter, case, today, known, templates_dir) for letter in case.letters]
    return tuple(
        LetterStatus(item.letter, LetterState.REPLACED)
        if _replaced(item, [later.letter for later in found[place + 1 :]])
        else item
        for place, item in enumerate(found)
    )


def _status(
    letter: ExportedLetter, case: Case, today: dt.date, known: Library, folder: Path | None
) -> LetterStatus:
    if not letter.used or letter.date is None:
        return LetterStatus(letter, LetterState.UNKNOWN)
    again = _again(letter, case, letter.date, known, folder)
    kept = {(item.name, item.field): item.digest for item in letter.used}
    same = isinstance(again, Letter) and words_digest(again) == kept.get((WORDS, ""))
    changed = [
        item
        for item in differences(letter, kept, case, known, again)
        if item.matters(same=same, sent=letter.sent is not None)
    ]
    changed += since(letter, kept, case)
    if letter.sent is None:
        changed += _stopped(_again(letter, case, today, known, folder))
        changed += _not_due(letter, case, today, known)
    return LetterStatus(letter, _state(letter, changed, same=same), tuple(dict.fromkeys(changed)))


def _again(
    letter: ExportedLetter, case: Case, day: dt.date, known: Library, folder: Path | None
) -> Letter | LetterError | MissingFacts:
    """Compose the letter again, or return why that is no longer possible."""
    try:
        return compose(
            letter.kind,
            case,
            today=day,
            about=letter.about,
            coverage_id=letter.coverage,
            voice=letter.voice or None,
            language=letter.language,
            templates_dir=folder,
            known=known,
            exhibits=letter.exhibits,
        )
    except (LetterError, MissingFacts) as stopped:
        return stopped


def _stopped(again: Letter | LetterError | MissingFacts) -> Iterator[Difference]:
    """Say why a letter that was not sent yet could not be written today."""
    match again:
        case MissingFacts(gaps=gaps):
            for gap in gaps:
                yield Difference(gap.record, gap.field, "missing", f"{gap.what} is missing now")
        case LetterError():
            yield Difference("", "", "refused", f"today it would not be written: {again}")


def _not_due(
    letter: ExportedLetter, case: Case, today: dt.date, known: Library
) -> Iterator[Difference]:
    """Say why there is nothing to write about now, such as an appeal of what was granted since."""
    try:
        why = not_now(letter.kind, case, today=today, about=letter.about, known=known)
    except LetterError:
        return  # Composing it said so already.
    if why:
        yield Difference("", "", "refused", f"today it would not be written: {why}")


def _state(letter: ExportedLetter, changed: list[Difference], *, same: bool) -> LetterState:
    sent = letter.sent is not None
    if any(item.of_the_case and not (sent and item.how == "since") for item in changed):
        return LetterState.CHANGED
    return LetterState.MATCHES if same or sent else LetterState.REWORDED


def _replaced(item: LetterStatus, later: list[ExportedLetter]) -> bool:
    """Tell whether another one of the same was written after it; sent, if this one was."""
    if item.state not in (LetterState.CHANGED, LetterState.REWORDED):
        return False
    letter = item.letter
    return any(
        _subject(other) == _subject(letter) and (letter.sent is None or other.sent is not None)
        for other in later
    )


def _subject(letter: ExportedLetter) -> tuple[object, ...]:
    return (letter.kind, letter.about, letter.coverage, letter.voice, letter.language)
