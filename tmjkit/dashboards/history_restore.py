"""Restoring an earlier state of a case, record by record.

What somebody entered can be set back. What happened cannot: a letter that left, a document that
arrived and a call that was made stay in the record, whatever is restored.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from tmjkit.case import LISTS, Case, Record, check
from tmjkit.dashboards.words import SECTIONS, title_of

NEVER_REMOVED: Final = frozenset({"documents", "contacts", "letters", "overrides"})
"""Lists whose records no restoring takes away."""

PATIENT: Final = "patient"
"""Names the patient among the parts: there is only one, whatever its id."""

ACTS: Final = NEVER_REMOVED | {
    "requests",
    "claims",
    "determinations",
    "appeals",
    "papers",
    "handling",
}
"""Lists of what was done and decided: kept as they are now unless somebody chooses otherwise."""


@dataclass(frozen=True, slots=True)
class Part:
    """One record that was otherwise then.

    Parameters
    ----------
    record_id, section
        Which record, and its list.
    title
        What it is called.
    does
        What restoring does to it: bring it back, set it back, or take it away.
    usual
        Whether it is restored when nobody chooses otherwise.
    """

    record_id: str
    section: str
    title: str
    does: str
    usual: bool


@dataclass(frozen=True, slots=True)
class Restored:
    """What comes of restoring.

    Parameters
    ----------
    case
        The case.
    kept
        Records that were to go and stay, as others rest on them; in words.
    """

    case: Case
    kept: tuple[str, ...]


@dataclass(frozen=True)
class Restoring:
    """The case as it is now, and as it was.

    Parameters
    ----------
    now, then
        Both states.
    """

    now: Case
    then: Case

    @property
    def parts(self) -> tuple[Part, ...]:
        """The records that can be restored."""
        return tuple(self._parts())

    @property
    def staying(self) -> int:
        """How many records came since and stay, whatever is chosen."""
        return sum(
            record.id not in _ids(getattr(self.then, name))
            for name in NEVER_REMOVED
            for record in getattr(self.now, name)
        )

    def restored(self, chosen: frozenset[str]) -> Restored:
        """Return the case with these records as they were then, and all others as they are.

        A record that a restored one points to is brought back with it. One that was to go stays
        where another record still points to it.

        Raises
        ------
        CaseError
            When what comes of it doesn't hold.
        """
        allowed = {part.record_id for part in self._parts()}
        ids = chosen & allowed
        now, then = _by_id(self.now), _by_id(self.then)
        wanted = {key: (then if key in ids else now).get(key) for key in {**now, **then}}
        kept = self._mend(wanted, now, then)
        lists: dict[str, Any] = {
            name: [
                _dump(record)
                for key in self._order(name)
                if (record := wanted.get(key)) is not None
            ]
            for name in LISTS
        }
        patient = self.then.patient if PATIENT in ids else self.now.patient
        made = check(Case, {"id": self.now.id, "patient": _dump(patient), **lists})
        return Restored(made, tuple(kept))

    def _mend(
        self,
        wanted: dict[str, Record | None],
        now: dict[str, Record],
        then: dict[str, Record],
    ) -> list[str]:
        """Put back what others point to; return what stays although it was to go."""
        kept: list[str] = []
        while True:
            pointed = {key for record in wanted.values() if record for key in _pointers(record)}
            missing = {key for key in pointed if key in wanted and wanted[key] is None}
            if not missing:
                return kept
            for key in sorted(missing):
                wanted[key] = now.get(key) or then[key]
                if key in now:
                    kept.append(f"{_one(now[key])} {title_of(now[key])}")

    def _order(self, name: str) -> list[str]:
        both = (*getattr(self.then, name), *getattr(self.now, name))
        return list(dict.fromkeys(record.id for record in both))

    def _parts(self) -> Iterator[Part]:
        if self.now.patient != self.then.patient:
            yield Part(PATIENT, "patient", title_of(self.then.patient), "set back", usual=True)
        for name in LISTS:
            now, then = _ids(getattr(self.now, name)), _ids(getattr(self.then, name))
            for key in dict.fromkeys((*then, *now)):
                was, is_now = then.get(key), now.get(key)
                if was == is_now:
                    continue
                if was is None and name in NEVER_REMOVED:
                    continue
                shown = was or is_now
                if shown is None:
                    continue
                does = (
                    "take away" if was is None else "bring back" if is_now is None else "set back"
                )
                usual = name not in ACTS or is_now is None
                yield Part(key, name, title_of(shown), does, usual)


def _ids(records: tuple[Record, ...]) -> dict[str, Record]:
    return {record.id: record for record in records}


def _by_id(case: Case) -> dict[str, Record]:
    return {record.id: record for name in LISTS for record in getattr(case, name)}


def _pointers(record: Record) -> Iterator[str]:
    """Yield the ids that a record points to; what a letter once rested on is none of them."""
    for field in type(record).model_fields:
        target = getattr(record, field) if field.endswith("_id") else None
        if isinstance(target, str):
            yield target
    for source in record.sources:
        for name in ("document_id", "contact_id", "provider_id"):
            target = getattr(source, name, None)
            if isinstance(target, str):
                yield target


def _one(record: Record) -> str:
    name = next(name for name, kind in LISTS.items() if isinstance(record, kind))
    return SECTIONS[name][1].capitalize()


def _dump(record: Record) -> dict[str, Any]:
    return record.model_dump(mode="json")
