"""`tmjkit deadlines` and `tmjkit findings`: what is due, and what the rules say."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tmjkit.cli.clocks import show_clocks
from tmjkit.cli.files import suffix_of, write_private
from tmjkit.cli.languages import LanguageOption, other_language
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
from tmjkit.language import ENGLISH, LANGUAGES

if TYPE_CHECKING:
    from tmjkit.rules import Finding


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(epilog="Example: tmjkit deadlines CASE --ics deadlines.ics")(deadlines)
    app.command(epilog="Example: tmjkit findings CASE --json")(findings)


def deadlines(
    case: CaseArgument,
    workspace: WorkspaceOption = DEFAULT,
    knowledge: KnowledgeOption = None,
    ics: Annotated[
        Path | None, typer.Option("--ics", help="Calendar file to write; import it again later.")
    ] = None,
    today: TodayOption = None,
    *,
    with_name: Annotated[
        bool, typer.Option("--with-name", help="Put the patient's name into the calendar file.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """List every clock, ours and theirs: what is due, when, whose duty, and the arithmetic.

    The day shown is the safe one: for our duties the earliest that can be the last, for theirs the
    one after which they certainly are late.
    """
    from datetime import UTC, datetime

    from tmjkit.packet.calendar import calendar
    from tmjkit.rules import deadlines as clocks

    found = load_case(open_workspace(workspace), case)
    facts = library_of(workspace, knowledge).facts
    running = clocks(found, day(today), knowledge=facts)
    if ics is not None:
        suffix_of(ics, ("ics",))
        name = found.patient.name if with_name else None
        write_private(ics, calendar(running, found.id, now=datetime.now(UTC), name=name))
    if as_json:
        show_json([clock.as_json() for clock in running])
        return
    show_clocks(running)
    if ics is not None:
        say(str(ics))


def findings(
    case: CaseArgument,
    workspace: WorkspaceOption = DEFAULT,
    knowledge: KnowledgeOption = None,
    today: TodayOption = None,
    language: LanguageOption = ENGLISH,
    *,
    as_json: JsonOption = False,
) -> None:
    """List what the rules find in a case: due, wrong, missing, weak, undocumented."""
    from tmjkit.rules import findings as rules
    from tmjkit.rules.catalog.explain import explained, in_language
    from tmjkit.rules.section import cited

    other = other_language(language)
    library = library_of(workspace, knowledge)
    results = rules(
        load_case(open_workspace(workspace), case),
        day(today),
        knowledge=library.facts,
        policies=library.policies,
    )
    if as_json:
        show_json([_with_explanation(finding, other) for finding in results])
        return
    for finding in results:
        say(f"[{finding.severity.label}] {finding.what}")
        if other is not None:
            severity = in_language(finding.severity.label, other)
            say(f"    {LANGUAGES[other]}: [{severity}] {explained(finding.rule, other)}")
        say(f"    why: {finding.why}")
        if finding.where:
            say(f"    do:  {finding.where}")
        if finding.facts:
            sources = dict.fromkeys(cited(library.facts[name]) for name in finding.facts)
            say(f"    by:  {'; '.join(sources)} [{finding.rule}]")


def _with_explanation(finding: "Finding", language: str | None) -> dict[str, Any]:
    """Return a finding as JSON, with what its rule says in the other language."""
    from tmjkit.rules.catalog.explain import explained

    content = finding.as_json()
    if language is not None:
        content["explanation"] = {"language": language, "says": explained(finding.rule, language)}
    return content
