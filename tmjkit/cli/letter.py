"""`tmjkit letter`: write a letter, and say which letters a case is ready for."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from tmjkit.cli import letter_state
from tmjkit.cli.files import suffix_of, write_private
from tmjkit.cli.library import KnowledgeOption, library_of
from tmjkit.cli.objections import others_of, refused
from tmjkit.cli.say import fail, say, show_json
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

if TYPE_CHECKING:
    from datetime import date

    from tmjkit.case import Case
    from tmjkit.knowledge import Library
    from tmjkit.letters import MissingFacts

_ENDINGS = ("docx", "pdf", "html", "md")
_TRACES = ("csv", *_ENDINGS)


class _WriteWhenLeftOut(TyperGroup):
    """`tmjkit letter appeal CASE` is `tmjkit letter write appeal CASE`."""

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        known = bool(args) and args[0] in self.commands
        return super().resolve_command(ctx, args if known else ["write", *args])


app = typer.Typer(
    cls=_WriteWhenLeftOut,
    help="Letters: which a case is ready for, writing one, whether one that left still holds.",
    invoke_without_command=True,
)
letter_state.register(app)


@app.callback(epilog="Example: tmjkit letter --list CASE")
def letters(
    context: typer.Context,
    case: Annotated[
        str, typer.Option("--list", metavar="CASE", help="List the letters for this case.")
    ] = "",
    workspace: WorkspaceOption = DEFAULT,
    today: TodayOption = None,
    knowledge: KnowledgeOption = None,
    templates: TemplatesOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Say which letters the case is ready for, which lack facts, and which do not apply."""
    if context.invoked_subcommand is not None:
        if case:
            raise typer.BadParameter("--list stands alone: tmjkit letter --list CASE")
        return
    if not case:
        raise typer.BadParameter("give a kind of letter and a case, or --list CASE")
    letter_state.show_list(case, workspace, today, knowledge, templates, as_json=as_json)


@app.command(epilog="Example: tmjkit letter write appeal CASE --to appeal.docx")
def write(
    kind: Annotated[str, typer.Argument(help="Kind of letter, as 'tmjkit letter --list' says.")],
    case: CaseArgument,
    to: Annotated[Path, typer.Option("--to", help="File to write: .docx, .pdf, .html or .md.")],
    workspace: WorkspaceOption = DEFAULT,
    today: TodayOption = None,
    about: Annotated[
        str, typer.Option(help="Id of the denial, request, claim, provider or call it is about.")
    ] = "",
    voice: Annotated[
        str, typer.Option(help="Who speaks and signs: patient, clinician or advocate.")
    ] = "",
    language: Annotated[
        str, typer.Option(help="en, or es for a copy in Spanish for the patient.")
    ] = "en",
    trace: Annotated[
        Path | None,
        typer.Option(help="File for the table of what each sentence rests on: .csv, .pdf, ..."),
    ] = None,
    override: Annotated[
        list[str] | None,
        typer.Option(help="Id of a rule whose objections are set aside; with --why, once each."),
    ] = None,
    why: Annotated[
        list[str] | None, typer.Option(help="Why the letter is right all the same.")
    ] = None,
    knowledge: KnowledgeOption = None,
    templates: TemplatesOption = None,
    name: AuthorOption = "",
    *,
    draft: Annotated[
        bool, typer.Option("--draft", help="Write it with visible gaps and a DRAFT watermark.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Write a letter of the case; the word 'write' can be left out.

    When a needed fact is missing nothing is written: the facts are listed with where to enter
    them. A letter that breaks a rule is refused with the sentence and the rule. What was written
    is kept in the case with what it rests on. The clinician's opinion and the signature are left
    blank for them.
    """
    from tmjkit.letters import MissingFacts, compose, kinds, render
    from tmjkit.letters.export import exported
    from tmjkit.letters.place import letterhead_in, letters_in
    from tmjkit.letters.trace import render_trace
    from tmjkit.letters.trace_rows import trace_of

    known_kinds = [entry.kind for entry in kinds()]
    if kind not in known_kinds:
        raise typer.BadParameter(f"KIND should be one of: {', '.join(known_kinds)}")
    if len(override or ()) != len(why or ()):
        raise typer.BadParameter("give a --why for each --override, in the same order")
    ending = suffix_of(to, _ENDINGS)
    trace_ending = suffix_of(trace, _TRACES) if trace else ""
    store = open_workspace(workspace)
    found = load_case(store, case)
    known, folder = library_of(workspace, knowledge), templates_of(workspace, templates)
    if not draft:
        due(kind, found, day(today), about, known)
    try:
        made = compose(
            kind,
            found,
            today=day(today),
            draft=draft,
            about=about or None,
            voice=voice or None,
            language=language,
            templates_dir=letters_in(folder),
            known=known,
        )
    except MissingFacts as error:
        missing(error, as_json=as_json)
    new = []
    if not draft:
        new = refused(
            made,
            found,
            dict(zip(override or (), why or (), strict=True)),
            today=day(today),
            by=author(name),
            known=known,
            others=others_of(store, found.id),
            get_document=store.get_document,
            as_json=as_json,
        )
    data = render(made, ending, letterhead=letterhead_in(folder))
    write_private(to, data)
    if trace:
        write_private(trace, render_trace(trace_of(made, found, known), made, trace_ending))
    if not draft:
        new.append(exported(made, found, form=ending, data=data, known=known))
        add_records(store, found.id, new, author(name))
    if as_json:
        show_json({"path": str(to), "missing": []})
    else:
        say(str(to))


def due(kind: str, case: "Case", today: "date", about: str, known: "Library") -> None:
    """Stop where there is nothing to write about yet, and say why."""
    from tmjkit.letters.listing import not_now

    why = not_now(kind, case, today=today, about=about or None, known=known)
    if why:
        fail(f"not now: {why}. --draft writes it as far as it goes")


def missing(error: "MissingFacts", *, as_json: bool = False, what: str = "letter") -> NoReturn:
    """List the facts that a letter lacks, and stop."""
    if as_json:
        show_json({"missing": [{"what": gap.what, "where": gap.where} for gap in error.gaps]})
    else:
        for gap in error.gaps:
            say(f"missing: {gap.what} -> {gap.where}")
    fail(f"{len(error.gaps)} facts are missing, so no {what} was written; --draft shows gaps")
