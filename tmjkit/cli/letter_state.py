"""`tmjkit letter --list`, `status`, `sent` and `check`: how letters stand."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from tmjkit.cli.errors import Refused
from tmjkit.cli.library import KnowledgeOption, library_of
from tmjkit.cli.say import fail, say, show_json, show_table
from tmjkit.cli.templates import TemplatesOption, templates_of
from tmjkit.cli.workspace import (
    DEFAULT,
    AuthorOption,
    CaseArgument,
    JsonOption,
    TodayOption,
    WorkspaceOption,
    add_records,
    author,
    day,
    load_case,
    open_workspace,
)


def register(app: typer.Typer) -> None:
    """Add the commands to the group of letters."""
    app.command(epilog="Example: tmjkit letter status CASE")(status)
    app.command(epilog="Example: tmjkit letter sent CASE letter-1a2b --on 2026-11-24")(sent)
    app.command(epilog="Example: tmjkit letter check")(check)


def show_list(
    case: str,
    workspace: str,
    today: datetime | None,
    knowledge: Path | None,
    templates: Path | None,
    *,
    as_json: bool,
) -> None:
    """Print how the case stands to each kind of letter."""
    from tmjkit.letters.listing import letters_of
    from tmjkit.letters.place import letters_in

    found = letters_of(
        load_case(open_workspace(workspace), case),
        today=day(today),
        known=library_of(workspace, knowledge),
        templates_dir=letters_in(templates_of(workspace, templates)),
    )
    if as_json:
        show_json([item.as_json() for item in found])
        return
    for state in dict.fromkeys(item.state for item in found):
        say("")
        say(f"{state.label}:")
        for item in (one for one in found if one.state is state):
            now = " <- comes next" if item.called_for else ""
            say(f"  {item.kind.kind:22} {item.kind.title}{now}")
            for gap in item.gaps:
                say(f"  {'':22} missing: {gap.what} -> {gap.where}")
            if item.why:
                say(f"  {'':22} {item.why}{_sources(item.facts)}")


def _sources(facts: tuple[str, ...]) -> str:
    """Name the facts that say so, as 'tmjkit knowledge show' takes them."""
    return f" [see 'tmjkit knowledge show {facts[0]}']" if facts else ""


def status(
    case: CaseArgument,
    workspace: WorkspaceOption = DEFAULT,
    today: TodayOption = None,
    knowledge: KnowledgeOption = None,
    templates: TemplatesOption = None,
    *,
    every: Annotated[
        bool, typer.Option("--all", help="Show letters that a later one replaced too.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Say which letters that were written still match the case, and what changed since."""
    from tmjkit.letters.place import letters_in
    from tmjkit.letters.status import LetterState
    from tmjkit.letters.status import status as status_of

    found = status_of(
        load_case(open_workspace(workspace), case),
        today=day(today),
        known=library_of(workspace, knowledge),
        templates_dir=letters_in(templates_of(workspace, templates)),
    )
    if as_json:
        show_json([item.as_json() for item in found])
        return
    if not every:
        found = tuple(item for item in found if item.state is not LetterState.REPLACED)
    if not found:
        say("No letter was written from this case yet.")
        return
    show_table(
        ("id", "letter", "date", "sent", "form", "language", "state"),
        (
            (
                item.letter.id,
                item.letter.kind,
                str(item.letter.date or ""),
                str(item.letter.sent or "not sent"),
                item.letter.form,
                item.letter.language,
                item.state.label,
            )
            for item in found
        ),
    )
    for item in found:
        for line in (*item.changes, *((item.advice,) if item.advice else ())):
            say(f"{item.letter.id}: {line}")


def sent(
    case: CaseArgument,
    letter: Annotated[
        str, typer.Argument(help="Id of the letter, or its start, as 'letter status' shows it.")
    ],
    on: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Day on which it was sent.")],
    workspace: WorkspaceOption = DEFAULT,
    by: Annotated[str, typer.Option(help="How: phone, fax, mail, portal, email or visit.")] = "",
    today: TodayOption = None,
    name: AuthorOption = "",
    *,
    correct: Annotated[
        bool, typer.Option("--correct", help="Put right a day that was recorded before.")
    ] = False,
) -> None:
    """Record that a letter was sent, and with it the appeal, request or claim that it makes."""
    from tmjkit.case import Channel
    from tmjkit.letters.sending import sent_records

    ways = [way.value for way in Channel]
    if by and by not in ways:
        raise typer.BadParameter(f"--by should be one of: {', '.join(ways)}")
    store = open_workspace(workspace)
    found = load_case(store, case)
    chosen = [
        item
        for item in found.letters
        if item.id.removeprefix("letter-").startswith(letter.removeprefix("letter-"))
    ]
    if len(chosen) != 1:
        many = "several letters" if chosen else "no letter"
        raise Refused(f"this case has {many} {letter}; 'tmjkit letter status' lists them")
    way = next((item for item in Channel if item.value == by), None)
    new = sent_records(chosen[0], found, on.date(), way, today=day(today), correct=correct)
    add_records(store, found.id, new, author(name))
    say(f"{chosen[0].id}: sent on {on.date()}")
    for record in new[1:]:
        say(f"the same day is kept for {record.id}")


def check(
    workspace: WorkspaceOption = DEFAULT,
    today: TodayOption = None,
    knowledge: KnowledgeOption = None,
    templates: TemplatesOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Check the office's own templates against all example cases."""
    from tmjkit.letters.check import check_templates
    from tmjkit.letters.place import letters_in

    folder = letters_in(templates_of(workspace, templates))
    if folder is None:
        raise Refused(
            "there is no folder 'templates/letters' beside the workspace: put a template of your "
            "own there, under the name of the one that it replaces, or name another folder with "
            "--templates"
        )
    found = check_templates(folder, today=day(today), known=library_of(workspace, knowledge))
    if as_json:
        show_json(found.as_json())
    else:
        for line in found.lines():
            say(line)
    if found.problems:
        fail(f"{len(found.problems)} problems in the templates of {folder}")
