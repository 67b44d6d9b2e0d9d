"""`tmjkit case owner`, `close` and `reopen`: who looks after a case, and whether it is closed."""

from typing import TYPE_CHECKING, Annotated

import typer

from tmjkit.cli.errors import Refused
from tmjkit.cli.say import say
from tmjkit.cli.workspace import (
    DEFAULT,
    AuthorOption,
    CaseArgument,
    TodayOption,
    WorkspaceOption,
    add_records,
    author,
    day,
    open_workspace,
)

if TYPE_CHECKING:
    from datetime import date

    from tmjkit.case import Case


def register(app: typer.Typer) -> None:
    """Add the commands to those of `tmjkit case`."""
    app.command("owner", epilog="Example: tmjkit case owner CASE 'Front desk'")(set_owner)
    app.command("close", epilog="Example: tmjkit case close CASE --reason treated")(close_case)
    app.command("reopen", epilog="Example: tmjkit case reopen CASE")(reopen_case)


def set_owner(
    case: CaseArgument,
    name: Annotated[str, typer.Argument(help="Who looks after the case, such as a role.")],
    workspace: WorkspaceOption = DEFAULT,
    today: TodayOption = None,
    by: AuthorOption = "",
) -> None:
    """Say who looks after a case from today on."""
    from tmjkit.case import Handling, check

    store, who, from_day = open_workspace(workspace), author(by), day(today)
    if not name.strip():
        raise Refused("an owner needs a name, such as 'Front desk'; nothing was changed")
    case_id = store.find_case(case)
    record = check(Handling, {"date": from_day.isoformat(), "owner": name})
    add_records(store, case_id, [record], who)
    say(f"{case_id}: {record.owner} looks after it from {from_day} on")


def close_case(
    case: CaseArgument,
    reason: Annotated[
        str,
        typer.Option(
            help="Why: treated, paid, withdrawn, exhausted, self-pay, moved, duplicate or other."
        ),
    ],
    workspace: WorkspaceOption = DEFAULT,
    note: Annotated[str, typer.Option(help="More about it, in free words.")] = "",
    today: TodayOption = None,
    by: AuthorOption = "",
) -> None:
    """Close a case: it leaves the worklist, with all that is due in it.

    What is still open is shown, because nobody is reminded of it any more. Nothing is deleted,
    and 'tmjkit case reopen' brings the case back.
    """
    from tmjkit.case import Handling, check, closed_by

    store, who, from_day = open_workspace(workspace), author(by), day(today)
    case_id = store.find_case(case)
    found = store.load(case_id).case
    if closed_by(found.handling):
        raise Refused("the case is closed already; nothing was changed")
    record = check(Handling, {"date": from_day.isoformat(), "closed": reason, "note": note})
    add_records(store, case_id, [record], who)
    say(f"{case_id}: closed from {from_day} on")
    for line in _still_open(found, from_day):
        say(f"Still open, and no longer in the worklist: {line}", err=True)


def reopen_case(
    case: CaseArgument,
    workspace: WorkspaceOption = DEFAULT,
    today: TodayOption = None,
    by: AuthorOption = "",
) -> None:
    """Open a closed case again."""
    from tmjkit.case import Handling, closed_by

    store, who, from_day = open_workspace(workspace), author(by), day(today)
    case_id = store.find_case(case)
    closed = closed_by(store.load(case_id).case.handling)
    if closed is None:
        raise Refused("the case is open; nothing was changed")
    # Closed from a later day on, it is open again from that day on too.
    record = Handling(date=max(from_day, closed.date), reopened=True)
    add_records(store, case_id, [record], who)
    say(f"{case_id}: open again from {record.date} on")


def _still_open(case: "Case", today: "date") -> list[str]:
    from tmjkit.rules import Whose, deadlines

    return [
        f"{item.label} by {item.safe_date}" if item.safe_date else item.label
        for item in deadlines(case, today)
        if item.open and item.whose is Whose.OURS
    ]
