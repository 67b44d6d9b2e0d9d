"""Two people changed one policy: what each changed, field by field, on top of what is saved now.

What only the other changed is taken into the form. Where both changed a field, what was typed stays
until somebody takes the other's. Criteria have no names of their own: once some were added, taken
out or put in another order, all of them count as one field. What is asked about a criterion follows
it when others are taken out of the form meanwhile.
"""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from tmjkit.dashboards.form_merge import rebased, touched, with_unit
from tmjkit.dashboards.policy_fields import Question, head_questions, kinds, test_questions

Texts = Mapping[str, str]
Rows = Sequence[Mapping[str, str]]
ROWS: Final = "rows"
_NEEDED: Final = "needed."


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that is not as it was when the form was opened.

    Parameters
    ----------
    path
        The field in what is saved now, as `PolicyForm.update` names it; `rows` for all criteria.
    here
        The same field in the form, where criteria may have been taken out since.
    label, mine, theirs
        What people read: its name, what is typed here, what is saved now.
    """

    path: str
    here: str
    label: str
    mine: str = field(repr=False)
    theirs: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Clash:
    """What became of a policy while somebody typed.

    Parameters
    ----------
    both
        Fields that both changed; the form keeps what was typed.
    taken
        Fields that only the other changed; the form has the other's.
    alone
        Why what was typed can only be kept as a policy of its own; empty where it need not.
    lines
        Then, what is different in the file, line by line.
    """

    both: tuple[Difference, ...] = ()
    taken: tuple[Difference, ...] = ()
    alone: str = ""
    lines: tuple[str, ...] = field(default=(), repr=False)


def flat(texts: Texts, rows: Rows) -> dict[str, str]:
    """Return texts and rows as one mapping; what counts for rows stands below `rows`."""
    head = {f"{ROWS}.{path}" if path.startswith(_NEEDED) else path: t for path, t in texts.items()}
    return head | {f"{ROWS}.{n}.{name}": t for n, row in enumerate(rows) for name, t in row.items()}


def unflat(flattened: Texts) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Return texts and rows from what `flat` made of them."""
    texts: dict[str, str] = {}
    rows: dict[int, dict[str, str]] = {}
    for path, text in flattened.items():
        first, _, rest = path.partition(".")
        if first != ROWS:
            texts[path] = text
        elif rest.startswith(_NEEDED):
            texts[rest] = text
        else:
            place, _, name = rest.partition(".")
            rows.setdefault(int(place), {})[name] = text
    return texts, [rows[place] for place in sorted(rows)]


def units(*sides: Rows) -> frozenset[str]:
    """Return the lists that count as one field: the criteria, unless all sides have the same."""
    shapes = {tuple(row["test"] for row in rows) for rows in sides}
    return frozenset() if len(shapes) == 1 else frozenset({ROWS})


def merged(
    before: Texts, mine: Texts, now: Texts, *, moved: bool = False
) -> tuple[dict[str, str], Clash]:
    """Put what was typed on top of what is saved now.

    Parameters
    ----------
    before, mine, now
        What stood in the form when it was opened, what stands there, and what is saved now; each
        as `flat` makes it.
    moved
        Whether criteria of mine may stand in other places than before, whatever they look like.

    Returns
    -------
    tuple of dict and Clash
        What the form is to show, and what is different.
    """
    rows = [unflat(side)[1] for side in (before, mine, now)]
    lists = frozenset({ROWS}) if moved else units(*rows)
    shown, open_ = rebased(mine, before, now, lists)
    others = {_unit(path, lists) for path in touched(now, before)}
    own = {_unit(path, lists) for path in touched(mine, before)}
    both = (_difference(path, mine, now) for path in open_)
    taken = (_difference(path, mine, now) for path in sorted(others - own))
    return shown, Clash(tuple(both), tuple(taken))


def with_theirs(mine: Texts, now: Texts, one: Difference) -> dict[str, str]:
    """Return what was typed, with one field as it is saved now."""
    if one.path == ROWS:
        return with_unit(mine, now, ROWS, frozenset({ROWS}))
    return {**mine, one.here: now[one.path]}


def without_row(clash: Clash, place: int, rows: Rows) -> Clash:
    """Return what is different once a criterion was taken out of the form.

    Parameters
    ----------
    clash
        What was different before.
    place
        Where the criterion stood in the form.
    rows
        The criteria that are left there.
    """
    return replace(
        clash,
        both=tuple(_followed(clash.both, place, rows)),
        taken=tuple(_followed(clash.taken, place, rows)),
    )


def _followed(found: Sequence[Difference], place: int, rows: Rows) -> Iterator[Difference]:
    for one in found:
        first, number, name = (*one.here.split(".", 2), "", "")[:3]
        if first != ROWS or not number.isdigit() or int(number) < place:
            yield one
        elif int(number) > place:
            here = f"{ROWS}.{int(number) - 1}.{name}"
            yield replace(one, here=here, label=_label(here, rows))


def lines_between(mine: str, now: str) -> tuple[str, ...]:
    """Return what is different between two texts, by lines; `-` is theirs, `+` is mine."""
    return tuple(difflib.unified_diff(now.splitlines(), mine.splitlines(), n=1, lineterm=""))[2:]


def _unit(path: str, lists: frozenset[str]) -> str:
    return ROWS if path.startswith(f"{ROWS}.") and lists else path


def _difference(path: str, mine: Texts, now: Texts) -> Difference:
    label = _label(path, unflat(now)[1])
    return Difference(path, path, label, _words(path, mine), _words(path, now))


def _label(path: str, rows: Rows) -> str:
    if path == ROWS:
        return "Criteria"
    if path.startswith(f"{ROWS}.{_NEEDED}"):
        return f"How many of group {path.rpartition('.')[2]} are enough"
    question = _question(path, rows)
    name = question.label if question else path.rpartition(".")[2].capitalize()
    if not path.startswith(f"{ROWS}."):
        return name
    place = int(path.split(".")[1])
    return f"Criterion {place + 1} ({_kind(rows[place]['test'])}): {name}"


def _words(path: str, side: Texts) -> str:
    rows = unflat(side)[1]
    if path == ROWS:
        names = "; ".join(_kind(row["test"]) for row in rows)
        return f"{len(rows)} criteria: {names}" if rows else "none"
    text = side.get(path, "").strip()
    question = _question(path, rows)
    if question is not None and question.options:
        labels = {code: label for label, code in question.options}
        text = ", ".join(labels.get(code.strip(), code.strip()) for code in text.split(","))
    return text or "nothing"


def _question(path: str, rows: Rows) -> Question | None:
    asked, name = head_questions(), path
    if path.startswith(f"{ROWS}."):
        _, place, name = path.split(".", 2)
        if not place.isdigit() or int(place) >= len(rows):
            return None
        asked = test_questions(rows[int(place)]["test"])
    return next((one for one in asked if one.name == name), None)


def _kind(code: str) -> str:
    return next(label for label, known in kinds() if known == code)
