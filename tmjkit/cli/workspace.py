"""The workspace that a command works in, and `tmjkit init`."""

import getpass
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tmjkit.cli.errors import Refused
from tmjkit.cli.say import fail, say

if TYPE_CHECKING:
    from tmjkit.case import Case, Record
    from tmjkit.rules.office import Office
    from tmjkit.store import Workspace

DEFAULT = "workspace.tmjkit"

WorkspaceOption = Annotated[
    str,
    typer.Option(
        "--workspace",
        "-w",
        envvar="TMJKIT_WORKSPACE",
        help="The workspace: a file, or a postgresql:// address.",
    ),
]
AuthorOption = Annotated[
    str, typer.Option("--author", envvar="TMJKIT_AUTHOR", help="Who makes the change.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
TodayOption = Annotated[
    datetime | None,
    typer.Option("--today", formats=["%Y-%m-%d"], help="Count as if it were this day."),
]
CaseArgument = Annotated[str, typer.Argument(help="Id of the case, or its start.")]


def open_workspace(address: str) -> "Workspace":
    """Open the workspace with the passphrase from the environment, the keyring or a prompt.

    Raises
    ------
    StoreError
        When there is no such workspace, or the passphrase is wrong.
    """
    from tmjkit.store import Workspace, find_passphrase, terminal_prompt

    if "://" not in address and not Path(address).exists():
        fail(f"there is no workspace {address}: make one with 'tmjkit init -w {address}'")
    passphrase = find_passphrase(address, terminal_prompt())
    office = office_of(address)
    return Workspace.open(
        address, passphrase=passphrase, summarize=office.summarize, bases=office.bases
    )


def office_of(address: str) -> "Office":
    """Return the rules as the office of this workspace goes by them, as of today."""
    from tmjkit.knowledge.place import folder_of
    from tmjkit.rules.office import Office

    return Office(folder_of(address), lambda: day(None))


def load_case(workspace: "Workspace", start: str) -> "Case":
    """Return the newest revision of the case whose id begins so."""
    return workspace.load(workspace.find_case(start)).case


def day(given: datetime | None) -> date:
    """Return the day to count from: the one given, or today by this machine's clock."""
    return given.date() if given else date.today()  # noqa: DTZ011 -- the office's own calendar


def author(given: str) -> str:
    """Return who makes a change: the name given, or the name of the account."""
    try:
        return given or getpass.getuser()
    except (KeyError, OSError, ImportError):
        # An account that the system has no name for; KeyError before Python 3.13.
        raise Refused(
            "this account has no name: say who makes the change with --author or TMJKIT_AUTHOR"
        ) from None


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(epilog="Example: tmjkit init --workspace clinic.tmjkit")(init)


def init(
    workspace: WorkspaceOption = DEFAULT,
    *,
    remember: Annotated[
        bool, typer.Option("--remember", help="Keep the passphrase in the system's keyring.")
    ] = False,
) -> None:
    """Make a new, empty, encrypted workspace.

    The passphrase comes from TMJKIT_PASSPHRASE or is asked for twice. Nobody can open the
    workspace without it: keep a copy in a safe place.
    """
    from tmjkit.store import Workspace, find_passphrase, terminal_prompt
    from tmjkit.store import remember as keep

    passphrase = find_passphrase(workspace, _twice if terminal_prompt() else None)
    office = office_of(workspace)
    made = Workspace.create(workspace, passphrase, summarize=office.summarize, bases=office.bases)
    if remember:
        keep(workspace, passphrase)
    say(f"Made the workspace {made.place if '://' in workspace else workspace}")


def _twice(text: str) -> str:
    """Ask for a new passphrase until two answers agree."""
    while True:
        first = getpass.getpass(text)
        if first and first == getpass.getpass("The same once more: "):
            return first
        typer.echo("The two are not the same. Once more:", err=True)


def add_records(workspace: "Workspace", case_id: str, new: "Iterable[Record]", by: str) -> None:
    """Save the newest revision of a case with records added, whoever saved it meanwhile.

    Records that stand for themselves, such as a letter that was written, fit any revision.
    """
    from tmjkit.store import StaleRevision

    new = tuple(new)
    while True:
        loaded = workspace.load(case_id)
        case = loaded.case
        for record in new:
            case = case.with_record(record)
        try:
            workspace.save(case, loaded.revision.number, by)
        except StaleRevision:
            continue
        return
