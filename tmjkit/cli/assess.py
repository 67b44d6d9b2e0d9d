"""`tmjkit assess`: what the rules say of a case, section by section."""

import shutil
import textwrap
from typing import TYPE_CHECKING

import typer

from tmjkit.cli.library import KnowledgeOption, library_of
from tmjkit.cli.say import clean, show_json
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
    from tmjkit.rules.section import Entry, Section

_WIDEST = 100
_ADVICE = "Rules and sources, not legal, medical or billing advice. Nothing here is a promise."


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(epilog="Example: tmjkit assess CASE --json")(assess)


def assess(
    case: CaseArgument,
    workspace: WorkspaceOption = DEFAULT,
    knowledge: KnowledgeOption = None,
    today: TodayOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Tell what the rules say: law, deadlines, denial, criteria, response, coding, next steps."""
    from tmjkit.rules.assessment import assess_case

    library = library_of(workspace, knowledge)
    found = assess_case(load_case(open_workspace(workspace), case), day(today), known=library)
    if as_json:
        show_json(found.as_json())
        return
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    for section in found.sections:
        _show(section, width)
    _wrapped(_ADVICE, width, "")


def _show(section: "Section", width: int) -> None:
    typer.echo(typer.style(clean(section.title.upper()), bold=True))
    if section.lead:
        _wrapped(section.lead, width, "  ")
    for entry in section.entries:
        _entry(entry, width)
    if section.sources:
        _wrapped(f"Sources: {'; '.join(section.sources)}", width, "  ", "    ")
    typer.echo()


def _entry(entry: "Entry", width: int) -> None:
    _wrapped(f"[{entry.mark}] {entry.what}", width, "  ", "    ")
    for label, text in entry.more:
        _wrapped(f"{label}: {text}", width, "      ", "        ")


def _wrapped(text: str, width: int, first: str, after: str | None = None) -> None:
    lines = textwrap.wrap(
        clean(text),
        width,
        initial_indent=first,
        subsequent_indent=first if after is None else after,
        break_long_words=False,
        break_on_hyphens=False,
    )
    for line in lines:
        typer.echo(line)
