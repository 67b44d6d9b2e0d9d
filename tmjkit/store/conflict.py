"""Two people changed one case: what each of them changed, compared field by field.

Two states of a case are compared as their JSON. Records are matched by their id, not by their
place in a list, so that an added record doesn't make all later ones differ.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from tmjkit.case import Case
from tmjkit.store.errors import StoreError

Path = tuple[str, ...]

_ORDER = "(order)"  # no record has this id
_OPAQUE_ID = re.compile(r"[a-z]{2,20}-[0-9a-f]{16}")


@dataclass(frozen=True)
class Difference:
    """A field, or a whole record, that one side or both changed.

    Parameters
    ----------
    path
        Such as `treatments[treatment-3f9c2a7be1d04c55].start`. Holds field names and opaque
        ids only: a record with a readable id is named by its place in the list (`#2`).
    changed_by
        Who changed it; `both` when the results differ or touch the same record.
    original, mine, theirs
        The JSON values of the three states; None where it is empty or absent. For the eyes of
        the person who works on the case; they show in no repr.
    """

    path: str
    changed_by: Literal["mine", "theirs", "both"]
    original: Any = field(repr=False)
    mine: Any = field(repr=False)
    theirs: Any = field(repr=False)


class StaleRevision(StoreError):  # noqa: N818 -- named after what happened
    """The case was saved by someone else since it was loaded.

    Attributes
    ----------
    base, current
        Number of the revision that the change was based on (0: a new case), and of the newest.
    mine, theirs
        The case that was to be saved, and the newest one.
    original
        The case that both started from; None when the base is 0.
    """

    def __init__(
        self,
        *,
        base: int,
        current: int,
        author: str,
        mine: Case,
        theirs: Case,
        original: Case | None,
    ) -> None:
        self.base = base
        self.current = current
        self.author = author
        self.mine = mine
        self.theirs = theirs
        self.original = original
        super().__init__(self.describe())

    def diff(self) -> tuple[Difference, ...]:
        """Return every field that either side changed, in the order of their paths."""
        return differences(self.original, self.mine, self.theirs)

    def describe(self) -> str:
        """Say what happened and which fields each side changed, without any value."""
        start = f"revision {self.base}" if self.base else "a new case"
        lines = [
            f"{self.mine.id} was changed while you worked on it: you started from {start}, and "
            f"{self.author} has saved revision {self.current} since. Nothing was overwritten."
        ]
        found = self.diff()
        for by, words in (("both", "both"), ("mine", "only you"), ("theirs", "only they")):
            paths = [one.path for one in found if one.changed_by == by]
            if paths:
                lines.append(f"Changed by {words}: {', '.join(paths)}.")
        return " ".join(lines)

    def explain(self) -> str:
        """Say the same with both sides' values: to show to the person, never to log."""
        lines = [self.describe()]
        for one in self.diff():
            values = (("original", one.original), ("mine", one.mine), ("theirs", one.theirs))
            lines.append(one.path)
            lines += [f"  {name}: {_words(value)}" for name, value in values]
        return "\n".join(lines)


def differences(original: Case | None, mine: Case, theirs: Case) -> tuple[Difference, ...]:
    """Compare two cases with the one that both were made from."""
    start = _data(original) if original else {}
    mine_data, theirs_data = _data(mine), _data(theirs)
    if original is None:
        # Both made it: all that differs was written by both.
        by_me, by_them = (
            dict(_changes(theirs_data, mine_data)),
            dict(_changes(mine_data, theirs_data)),
        )
    else:
        by_me, by_them = dict(_changes(start, mine_data)), dict(_changes(start, theirs_data))
    found = []
    for path in sorted({*by_me, *by_them}):
        touched_by_me = any(_overlap(path, other) for other in by_me)
        touched_by_them = any(_overlap(path, other) for other in by_them)
        same = path in by_me and path in by_them and by_me[path] == by_them[path]
        if same:
            continue  # both made the same change: there is nothing to decide
        both = touched_by_me and touched_by_them
        found.append(
            Difference(
                path=_shown(path, (mine_data, theirs_data, start)),
                changed_by="both" if both else "mine" if touched_by_me else "theirs",
                original=_at(start, path),
                mine=_at(mine_data, path),
                theirs=_at(theirs_data, path),
            )
        )
    return tuple(found)


def _data(case: Case) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(case.to_json())
    return data


def _changes(before: Any, after: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield the path and the new value of what changed; lists of records by their ids."""
    if before == after:
        return
    if _records(before) is not None or _records(after) is not None:
        olds, news = _records(before or []), _records(after or [])
        if olds is not None and news is not None:
            yield from _changes_of_keys(olds, news, path)
            if [key for key in olds if key in news] != [key for key in news if key in olds]:
                yield (*path, _ORDER), list(news)
            return
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _changes_of_keys(before, after, path)
        return
    yield path, after


def _changes_of_keys(
    before: dict[str, Any], after: dict[str, Any], path: Path
) -> Iterator[tuple[Path, Any]]:
    for key in {**before, **after}:
        yield from _changes(before.get(key), after.get(key), (*path, key))


def _records(value: Any) -> dict[str, Any] | None:
    """Return the records of a list by their id, or None when it isn't a list of records."""
    if not isinstance(value, list):
        return None
    found = {item["id"]: item for item in value if isinstance(item, dict) and "id" in item}
    return found if len(found) == len(value) else None


def _overlap(one: Path, other: Path) -> bool:
    short = min(len(one), len(other))
    return one[:short] == other[:short]


def _at(value: Any, path: Path) -> Any:
    for step in path:
        records = _records(value)
        if records is not None:
            value = list(records) if step == _ORDER else records.get(step)
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value


def _shown(path: Path, states: tuple[Any, ...]) -> str:
    """Write a path; ids that aren't opaque become the place in the list of the first state."""
    text = ""
    places = states
    for step in path:
        lists = [records for place in places if (records := _records(place)) is not None]
        if lists and step != _ORDER:
            text += f"[{step if _OPAQUE_ID.fullmatch(step) else _position(step, lists)}]"
        else:
            text += f".{step}" if text else step
        places = tuple(_at(place, (step,)) for place in places)
    return text


def _position(record_id: str, lists: list[dict[str, Any]]) -> str:
    return next(
        f"#{list(records).index(record_id) + 1}" for records in lists if record_id in records
    )


def _words(value: Any) -> str:
    return "(empty)" if value is None else json.dumps(value, ensure_ascii=False)
