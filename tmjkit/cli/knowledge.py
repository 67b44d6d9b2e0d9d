"""`tmjkit knowledge`: look a fact or rule up, list them, and check the office's own files."""

import shutil
import textwrap
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from tmjkit.cli.errors import Refused
from tmjkit.cli.library import KnowledgeOption, folder_of, library_of
from tmjkit.cli.say import clean, fail, say, show_json, show_table
from tmjkit.cli.workspace import DEFAULT, JsonOption, WorkspaceOption

if TYPE_CHECKING:
    from tmjkit.knowledge import Fact, Library
    from tmjkit.rules.catalog import Rule

V = TypeVar("V")
T = TypeVar("T", bound=StrEnum)

_WIDEST = 100
_LABEL = 12

app = typer.Typer(
    help="The facts and rules that tmjkit goes by, each with its source: show, list, check."
)


@app.command("show", epilog="Example: tmjkit knowledge show F-FILE")
def show(
    name: Annotated[str, typer.Argument(metavar="ID", help="Id of a fact or a rule.")],
    workspace: WorkspaceOption = DEFAULT,
    knowledge: KnowledgeOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Show a fact or a rule with its source and how surely it is known."""
    library = library_of(workspace, knowledge)
    if fact := _found(name, library.facts):
        if as_json:
            show_json(_fact_json(fact))
        else:
            _show_fact(fact)
        return
    from tmjkit.rules.catalog import catalog

    if rule := _found(name, catalog()):
        if as_json:
            show_json(rule.model_dump(mode="json"))
        else:
            _show_rule(rule, library)
    else:
        fail(f"there is no fact or rule '{name}'{_nearest(name, [*library.facts, *catalog()])}")


@app.command("list", epilog="Example: tmjkit knowledge list --kind evidence --search splint")
def list_facts(
    workspace: WorkspaceOption = DEFAULT,
    knowledge: KnowledgeOption = None,
    kind: Annotated[
        str | None, typer.Option("--kind", help="Only facts of this kind, such as evidence.")
    ] = None,
    regime: Annotated[
        str | None,
        typer.Option("--regime", help="Only facts that can hold in this regime, such as tricare."),
    ] = None,
    search: Annotated[
        str | None, typer.Option("--search", help="Only facts with all of these words.")
    ] = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """List facts: id, kind, title, and what has to be said of how surely it is known."""
    from tmjkit.knowledge import FactKind, Regime

    wanted_kind = _term(FactKind, "kind", kind)
    wanted_regime = _term(Regime, "regime", regime)
    words = (search or "").casefold().split()
    found = [
        fact
        for fact in library_of(workspace, knowledge).facts.values()
        if wanted_kind in (None, fact.kind)
        and (wanted_regime is None or not fact.regimes or wanted_regime in fact.regimes)
        and all(word in _text(fact) for word in words)
    ]
    if as_json:
        show_json([_fact_json(fact) for fact in found])
        return
    show_table(
        ("id", "kind", "title", "caveat"),
        ((fact.id, fact.kind.label, fact.title, fact.caveat) for fact in found),
    )


@app.command("check", epilog="Example: tmjkit knowledge check --folder knowledge")
def check(
    workspace: WorkspaceOption = DEFAULT,
    folder: Annotated[
        Path | None,
        typer.Option(
            "--folder",
            "--knowledge",
            envvar="TMJKIT_KNOWLEDGE",
            help="Folder of the office's own facts and policies; if left out, the folder "
            "'knowledge' beside the workspace's file.",
        ),
    ] = None,
) -> None:
    """Check the office's own knowledge files: everything wrong is told by file, id and field."""
    from tmjkit.knowledge import KnowledgeError, library

    place = folder_of(workspace, folder)
    if place is None:
        say("No folder 'knowledge' beside the workspace: only what ships with tmjkit is used.")
        return
    try:
        found = library(place)
    except KnowledgeError as error:
        for line in str(error).splitlines():
            say(line, err=True)
        fail(f"{place}: nothing of it is used before this is put right")
    for name in found.files:
        facts = sum(item.origin == name for item in found.facts.values())
        policies = sum(item.origin == name for item in found.policies.values())
        say(f"{name}: {_count(facts, 'fact', 'facts')}, {_count(policies, 'policy', 'policies')}")
    for name in found.passed_over:
        say(f"{name}: passed over, because it is no .yaml file")
    say("Everything is in order." if found.files else f"No knowledge file stands in {place}.")


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _found(name: str, where: Mapping[str, V]) -> V | None:
    if name in where:
        return where[name]
    # People write ids down as they hear them.
    return next((item for key, item in where.items() if key.casefold() == name.casefold()), None)


def _nearest(name: str, ids: Iterable[str]) -> str:
    from difflib import get_close_matches

    known = {item.casefold(): item for item in ids}
    near = [known[item] for item in get_close_matches(name.casefold(), known, n=3)]
    return f"; near to it: {', '.join(near)}" if near else "; 'tmjkit knowledge list' has them all"


def _term(terms: type[T], option: str, given: str | None) -> T | None:
    if given is None:
        return None
    try:
        return terms(given.strip().lower())
    except ValueError:
        codes = ", ".join(member.value for member in terms)
        raise Refused(f"--{option} should be one of: {codes}") from None


def _text(fact: "Fact") -> str:
    from tmjkit.knowledge import card

    rows = " ".join(words for _, words in card(fact))
    return f"{fact.id} {fact.title} {rows}".casefold()


def _fact_json(fact: "Fact") -> dict[str, object]:
    content = fact.model_dump(mode="json", exclude_defaults=True, by_alias=True)
    return content | {"caveat": fact.caveat, "letter_ready": fact.letter_ready}


def _show_fact(fact: "Fact") -> None:
    from tmjkit.knowledge import card

    _title(fact.id, fact.title)
    before = ""
    for label, words in card(fact):
        _row("" if label == before else label, words)
        before = label


def _show_rule(rule: "Rule", library: "Library") -> None:
    _title(rule.id, "")
    _row("kind", "Rule of tmjkit")
    _row("says", rule.says)
    _row("source", rule.source)
    for fact_id in rule.facts:
        fact = library.facts[fact_id]
        caveat = f" [{fact.caveat}]" if fact.caveat else ""
        _row("rests on", f"{fact.id}: {fact.statement} ({fact.citation}){caveat}")


def _title(name: str, title: str) -> None:
    typer.echo(typer.style(clean(f"{name}  {title}".rstrip()), bold=True))


def _row(label: str, words: str) -> None:
    lines = textwrap.wrap(
        clean(words),
        min(shutil.get_terminal_size().columns, _WIDEST),
        initial_indent=f"  {label:<{_LABEL}}",
        subsequent_indent=" " * (_LABEL + 2),
        break_long_words=False,
        break_on_hyphens=False,
    )
    for line in lines:
        typer.echo(line)
