"""Two people changed one case: what each changed, field by field, and the case that keeps both.

Where only one of them changed something, that is kept. Where both did, somebody has to choose.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from tmjkit.case import LISTS, Case, Record, check
from tmjkit.dashboards.words import EMPTY, SECTIONS, label_of, title_of, words_of
from tmjkit.language import translated

Side = Literal["mine", "theirs"]

_WHOLE = "*"


@dataclass(frozen=True, slots=True)
class Change:
    """One field, or a whole record, that was changed since both began.

    Parameters
    ----------
    record_id, field
        Where it is; the field is `*` for a whole record that was added or removed.
    where
        The same in words, such as "Treatment naproxen: Dose".
    before, mine, theirs
        The three values in words, for the eyes of the person who decides.
    by
        Who changed it; `both` where somebody has to choose.
    """

    record_id: str
    field: str
    where: str
    before: str
    mine: str
    theirs: str
    by: Literal["mine", "theirs", "both"]

    @property
    def key(self) -> str:
        """Names the change, in the answers to `merged`."""
        return f"{self.record_id}.{self.field}"


@dataclass(frozen=True)
class Merge:
    """Both sides of a case that two people changed.

    Parameters
    ----------
    original, mine, theirs
        The case that both began with, and what each made of it.
    """

    original: Case
    mine: Case
    theirs: Case

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every change, those that need a choice first."""
        found = sorted(self._changes(), key=lambda change: change.by != "both")
        return tuple(found)

    @property
    def open(self) -> tuple[Change, ...]:
        """The changes that need a choice."""
        return tuple(change for change in self.changes if change.by == "both")

    def merged(self, choices: Mapping[str, Side]) -> Case:
        """Return the case with both people's changes.

        Parameters
        ----------
        choices
            For each change of `open`, by its key, whose is kept; mine where nothing is said.

        Raises
        ------
        CaseError
            When what was put together from both doesn't hold, such as an end before its start.
        """
        lists: dict[str, Any] = {}
        for name in ("patient", *LISTS):
            kept = []
            for record_id in self._ids(name):
                record = self._record(name, record_id, choices)
                if record is not None:
                    kept.append(record)
            lists[name] = kept[0] if name == "patient" else kept
        return check(Case, {"id": self.theirs.id, **lists})

    def _ids(self, name: str) -> list[str]:
        sides = (_records(case, name) for case in (self.theirs, self.mine))
        return list(dict.fromkeys(key for side in sides for key in side))

    def _record(self, name: str, record_id: str, choices: Mapping[str, Side]) -> Any:
        before, mine, theirs = self._three(name, record_id)
        if mine is None or theirs is None or before is None:
            side = _decided(before, mine, theirs)
            side = choices.get(f"{record_id}.{_WHOLE}", "mine") if side == "both" else side
            return _dump(mine if side == "mine" else theirs)
        data = _dump(theirs)
        for field in type(mine).model_fields:
            side = _decided(getattr(before, field), getattr(mine, field), getattr(theirs, field))
            side = choices.get(f"{record_id}.{field}", "mine") if side == "both" else side
            if side == "mine":
                data[field] = _dump(mine)[field]
        return data

    def _three(self, name: str, record_id: str) -> tuple[Record | None, ...]:
        return tuple(
            _records(case, name).get(record_id) for case in (self.original, self.mine, self.theirs)
        )

    def _changes(self) -> Iterator[Change]:
        for name in ("patient", *LISTS):
            known = {**_records(self.original, name), **_records(self.theirs, name)}
            for record_id in {**known, **_records(self.mine, name)}:
                yield from self._changes_of(name, record_id)

    def _changes_of(self, name: str, record_id: str) -> Iterator[Change]:
        before, mine, theirs = self._three(name, record_id)
        shown = mine or theirs or before
        if shown is None or (before == mine == theirs):
            return
        title = f"{translated(SECTIONS[name][1]).capitalize()} {title_of(shown)}"
        if mine is None or theirs is None or before is None:
            if before is not None or mine != theirs:
                was, my, their = (_presence(before, one) for one in (before, mine, theirs))
                by = _decided(before, mine, theirs)
                yield Change(record_id, _WHOLE, title, was, my, their, by)
            return
        for field, info in type(shown).model_fields.items():
            values = tuple(getattr(one, field) for one in (before, mine, theirs))
            if values[1] == values[2] or values[0] == values[1] == values[2]:
                continue
            was, my, their = (
                words_of(value, case, field)
                for value, case in zip(values, (self.original, self.mine, self.theirs), strict=True)
            )
            where = f"{title}: {translated(label_of(field, info))}"
            yield Change(record_id, field, where, was, my, their, _decided(*values))


def _records(case: Case, name: str) -> dict[str, Record]:
    if name == "patient":
        return {"patient": case.patient}
    return {record.id: record for record in getattr(case, name)}


def _decided(before: object, mine: object, theirs: object) -> Literal["mine", "theirs", "both"]:
    if mine == before:
        return "theirs"
    return "mine" if theirs in (before, mine) else "both"


def _presence(before: Record | None, now: Record | None) -> str:
    if now is None:
        return "not there" if before is None else "removed"
    return "added" if before is None else "there" if now == before else "changed"


def _dump(record: Record | None) -> Any:
    return record.model_dump(mode="json") if record is not None else None


__all__ = ["EMPTY", "Change", "Merge", "Side"]
