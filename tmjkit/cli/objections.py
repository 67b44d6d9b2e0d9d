"""What the linter says against a letter, on the command line."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from tmjkit.cli.say import fail, say, show_json

if TYPE_CHECKING:
    from tmjkit.case import Case, Record
    from tmjkit.knowledge import Library
    from tmjkit.letters import Letter
    from tmjkit.letters.lint import Identity, Objection
    from tmjkit.store import Workspace


def others_of(store: "Workspace", case_id: str) -> "Iterator[Identity]":
    """Yield who the patients of the other cases are: none of them may stand in this letter."""
    from tmjkit.letters.lint import Identity

    for row in store.summaries():
        if row.case_id != case_id:
            yield Identity(
                row.case_id, (row.name,), row.birth_date, tuple(row.member_ids.splitlines())
            )


def refused(
    letter: "Letter",
    case: "Case",
    overrides: Mapping[str, str],
    *,
    today: date,
    by: str,
    known: "Library",
    others: "Iterator[Identity]",
    get_document: Callable[[str], bytes],
    as_json: bool = False,
    what: str = "letter",
) -> "list[Record]":
    """Stop where the linter objects; return the overrides that let the letter pass.

    Parameters
    ----------
    overrides
        Id of a rule to the reason why its objections are set aside.

    Raises
    ------
    LetterError
        When a rule that is set aside does not object.
    """
    from tmjkit.letters.lint import lint, override_for, standing_objections

    found = lint(letter, case, today=today, known=known, others=others, get_document=get_document)
    new = []
    for rule, why in overrides.items():
        made = override_for(letter.kind, found, rule, why, date=today, by=by, about=letter.about_id)
        new.append(made)
        case = case.with_record(made)
    left = standing_objections(found, case, letter)
    if left:
        if as_json:
            show_json({"objections": [item.as_json() for item in left]})
        else:
            show(left)
        count = "1 objection" if len(left) == 1 else f"{len(left)} objections"
        fail(
            f"the {what} was not written: {count}. Correct the case, or set a rule aside with "
            f"'tmjkit letter {letter.kind}' and --override RULE --why TEXT"
        )
    return list(new)


def show(objections: "tuple[Objection, ...]") -> None:
    """Print each objection: where, what and what would be right."""
    for item in objections:
        place = f"sentence {item.sentence}: {item.text}" if item.sentence else "the whole letter"
        say(f"refused [{item.rule}] {place}")
        say(f"    {item.why}")
        say(f"    {item.instead}")
