"""`tmjkit assess`: what the rules say of a case, section by section."""

import shutil
import textwrap
from typing import TYPE_CHECKING, Any

import typer

from tmjkit.cli.languages import LanguageOption, other_language
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
from tmjkit.language import ENGLISH, LANGUAGES

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
    language: LanguageOption = ENGLISH,
    *,
    as_json: JsonOption = False,
) -> None:
    """Tell what the rules say: law, deadlines, denial, criteria, response, coding, next steps."""
    from tmjkit.rules.assessment import assess_case

    other = other_language(language)
    library = library_of(workspace, knowledge)
    found = assess_case(load_case(open_workspace(workspace), case), day(today), known=library)
    if as_json:
        show_json(_with_explanations(found.as_json(), other))
        return
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    for section in found.sections:
        _show(section, width, other)
    _wrapped(_ADVICE, width, "")


def _show(section: "Section", width: int, language: str | None) -> None:
    typer.echo(typer.style(clean(section.title.upper()), bold=True))
    if section.lead:
        _wrapped(section.lead, width, "  ")
    for entry in section.entries:
        _entry(entry, width, language)
    if section.sources:
        _wrapped(f"Sources: {'; '.join(section.sources)}", width, "  ", "    ")
    typer.echo()


def _entry(entry: "Entry", width: int, language: str | None) -> None:
    from tmjkit.rules.catalog.explain import explanations

    _wrapped(f"[{entry.mark}] {entry.what}", width, "  ", "    ")
    if language is not None:
        for text in explanations([entry.rule], language).values():
            _wrapped(f"{LANGUAGES[language]}: {text}", width, "      ", "        ")
    for label, text in entry.more:
        _wrapped(f"{label}: {text}", width, "      ", "        ")


def _with_explanations(content: dict[str, Any], language: str | None) -> dict[str, Any]:
    """Add what every rule that is named says, in the other language."""
    from tmjkit.rules.catalog.explain import explanations

    if language is None:
        return content
    said = explanations(sorted(_rules(content)), language)
    return {**content, "explanations": {"language": language, "rules": said}}


def _rules(content: object) -> set[str]:
    """Return the ids of all rules that are named anywhere inside."""
    if isinstance(content, dict):
        own = {content["rule"]} if isinstance(content.get("rule"), str) else set()
        return own.union(*(_rules(inside) for inside in content.values()))
    if isinstance(content, list):
        return set().union(*(_rules(inside) for inside in content))
    return set()


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
