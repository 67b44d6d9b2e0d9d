"""What is typed into a form, on top of what somebody else saved meanwhile.

A list of parts counts as one field: places in it mean nothing once it was changed elsewhere.
"""

from collections.abc import Mapping, Set

Texts = Mapping[str, str]


def touched(texts: Texts, start: Texts) -> dict[str, str]:
    """Return what was typed or chosen since the start, by field; empty text for what is gone."""
    gone = {path: "" for path in start if path not in texts}
    return gone | {path: text for path, text in texts.items() if start.get(path) != text}


def rebased(
    texts: Texts, before: Texts, after: Texts, lists: Set[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Carry what was typed over to a newer start.

    Parameters
    ----------
    texts
        What stands in the form.
    before, after
        What stood in it when it was opened, and what is saved now.
    lists
        Paths of the lists of parts.

    Returns
    -------
    tuple
        The new texts: what was typed where somebody typed, else what is saved now. And, for each
        field that both changed, what is saved now.
    """
    mine = {_unit(path, lists) for path in touched(texts, before)}
    kept = {path: text for path, text in texts.items() if _unit(path, lists) in mine}
    rest = {path: text for path, text in after.items() if _unit(path, lists) not in mine}
    both = {
        unit
        for unit in mine
        if _of(after, unit, lists) not in (_of(before, unit, lists), _of(texts, unit, lists))
    }
    return {**rest, **kept}, {unit: after.get(unit, "") for unit in sorted(both)}


def with_unit(texts: Texts, start: Texts, unit: str, lists: Set[str]) -> dict[str, str]:
    """Return the texts with one field, or list of parts, as it stands in `start`."""
    kept = {path: text for path, text in texts.items() if _unit(path, lists) != unit}
    return kept | _of(start, unit, lists)


def _unit(path: str, lists: Set[str]) -> str:
    return next((name for name in lists if path == name or path.startswith(f"{name}.")), path)


def _of(texts: Texts, unit: str, lists: Set[str]) -> dict[str, str]:
    return {path: text for path, text in texts.items() if _unit(path, lists) == unit}
