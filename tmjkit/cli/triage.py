"""`tmjkit triage`: what kind of denial it is, what can be argued, which way is open."""

from typing import TYPE_CHECKING, Annotated

import typer

from tmjkit.cli.errors import Refused
from tmjkit.cli.library import KnowledgeOption, library_of
from tmjkit.cli.say import say, show_json
from tmjkit.cli.workspace import (
    DEFAULT,
    CaseArgument,
    JsonOption,
    TodayOption,
    WorkspaceOption,
    day,
    load_case,
    open_workspace,
)

if TYPE_CHECKING:
    from tmjkit.case import Case, Determination
    from tmjkit.rules.triage import ClassFound, Triage


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(epilog="Example: tmjkit triage CASE --determination determination-denial")(triage)


def triage(
    case: CaseArgument,
    workspace: WorkspaceOption = DEFAULT,
    knowledge: KnowledgeOption = None,
    determination: Annotated[
        str, typer.Option("--determination", help="Id of one decision; else every open denial.")
    ] = "",
    today: TodayOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Tell what kind of denial it is, what can be argued, which way is open, and how it stands.

    Every class that the notice tells is shown with the words or code that say so. How strong it
    looks is said in words, with the reasons; it is no promise.
    """
    from tmjkit.rules.triage import triage as look

    found = load_case(open_workspace(workspace), case)
    known = library_of(workspace, knowledge).facts
    chosen = _chosen(found, determination)
    results = [(one, look(found, one, day(today), knowledge=known)) for one in chosen]
    if as_json:
        show_json([result.as_json() for _, result in results])
        return
    if not results:
        say("No open denial is recorded: nothing to triage.")
    for place, (one, result) in enumerate(results):
        if place:
            say("")
        _show(one, result)


def _chosen(case: "Case", wanted: str) -> "list[Determination]":
    from tmjkit.rules.triage import open_denials

    if not wanted:
        return list(open_denials(case))
    for one in case.determinations:
        if one.id == wanted:
            return [one]
    raise Refused("this case has no determination of that id: 'tmjkit case show' lists them")


def _show(denial: "Determination", result: "Triage") -> None:
    told = denial.notice_date or denial.received_date
    when = f", notice of {told.words()}" if told else ""
    say(f"{denial.decision.label}{when} ({denial.id})")
    say(f"  {result.lead}")
    if result.law and result.law.regime:
        say(f"  Law: {result.law.regime.label}")
    for one in result.classes:
        _show_class(one)
    for title, lines in (
        ("State law", [law.says for law in result.state_law]),
        ("Beware", [*result.disagreements, *(item.says for item in result.warnings)]),
        ("Find out", [item.says for item in result.asks]),
        ("Sources", [f"{one.title}: {one.words}" for one in result.cited]),
    ):
        if lines:
            say(f"  {title}")
        for line in lines:
            say(f"    - {line}")


def _show_class(one: "ClassFound") -> None:
    say(f"  {one.label}: {one.standing.label.lower()} [{one.rule}]")
    for sign in one.signs:
        quoted = f"“{sign.text}”" if sign.start is not None else sign.text
        says = f": {sign.says}" if sign.says else ""
        say(f"    {sign.how.label}, reason {sign.reason}: {quoted}{says}")
    for ground in one.grounds:
        say(f"    {ground.pull.label}: {ground.says}")
    for text in one.argue:
        say(f"    Can be argued: {text}")
    for text in one.barred:
        say(f"    Does not help: {text}")
    for way in one.ways:
        say(f"    {way.route.label} ({way.opening.label.lower()}): {way.says}")
    named = f" [{one.letter.kind}]" if one.letter.kind else ""
    say(f"    Next: {one.letter.says}{named}")
