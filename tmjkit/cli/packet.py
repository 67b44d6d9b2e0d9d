"""`tmjkit packet`: the letter with its exhibits in one PDF."""

import json
from pathlib import Path
from typing import Annotated

import typer

from tmjkit.cli.files import suffix_of, write_private
from tmjkit.cli.letter import due, missing
from tmjkit.cli.library import KnowledgeOption, library_of
from tmjkit.cli.objections import others_of, refused
from tmjkit.cli.portal import PortalOption, send_to, warn_of_strangers
from tmjkit.cli.say import say, steps
from tmjkit.cli.templates import TemplatesOption, templates_of
from tmjkit.cli.workspace import (
    DEFAULT,
    AuthorOption,
    CaseArgument,
    TodayOption,
    WorkspaceOption,
    add_records,
    author,
    day,
    load_case,
    open_workspace,
)


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(epilog="Example: tmjkit packet CASE --to packet.pdf")(packet)


def packet(
    case: CaseArgument,
    to: Annotated[Path, typer.Option("--to", help="PDF file to write.")],
    workspace: WorkspaceOption = DEFAULT,
    letter: Annotated[
        str, typer.Option(help="Kind of the letter; what the case calls for if left out.")
    ] = "",
    about: Annotated[
        str, typer.Option(help="Id of the denial, request or claim that the letter is about.")
    ] = "",
    voice: Annotated[
        str, typer.Option(help="Who speaks and signs: patient, clinician or advocate.")
    ] = "",
    today: TodayOption = None,
    knowledge: KnowledgeOption = None,
    templates: TemplatesOption = None,
    manifest: Annotated[
        Path | None, typer.Option(help="JSON file for the list of its parts with their digests.")
    ] = None,
    goes_to: PortalOption = "",
    name: AuthorOption = "",
    *,
    slip_sheets: Annotated[
        bool, typer.Option("--slip-sheets", help="Put a sheet with its label before each exhibit.")
    ] = False,
    provenance: Annotated[
        bool,
        typer.Option("--provenance", help="Enclose the table of what each sentence rests on."),
    ] = False,
    draft: Annotated[
        bool, typer.Option("--draft", help="Assemble it with a draft of the letter.")
    ] = False,
) -> None:
    """Assemble the packet: cover, letter, index, tables and charts, the documents cited.

    A letter that lacks facts or breaks a rule is refused, as by 'tmjkit letter'.
    """
    from tmjkit.letters import MissingFacts, compose, default_kind
    from tmjkit.letters.export import exported
    from tmjkit.letters.place import letters_in
    from tmjkit.packet import Options, assemble
    from tmjkit.packet.sending import portal_folder

    suffix_of(to, ("pdf",))
    store = open_workspace(workspace)
    if goes_to:
        from tmjkit.packet.portals import portal

        portal(goes_to, portal_folder(workspace))  # A wrong name is told before the work.
    found = load_case(store, case)
    known, folder = library_of(workspace, knowledge), templates_of(workspace, templates)
    kind = letter or default_kind(found)
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
            templates_dir=letters_in(folder),
            known=known,
        )
    except MissingFacts as error:
        missing(error, what="packet")
    if not draft:
        refused(
            made,
            found,
            {},
            today=day(today),
            by="",
            known=known,
            others=others_of(store, found.id),
            get_document=store.get_document,
            what="packet",
        )
    options = Options(slip_sheets=slip_sheets, provenance=provenance)
    with steps("packet") as step:
        made_packet = assemble(
            made,
            found,
            store.get_document,
            today=day(today),
            options=options,
            known=known,
            progress=step,
        )
    write_private(to, made_packet.pdf)
    if manifest:
        text = json.dumps(made_packet.manifest.as_json(), indent=1, sort_keys=True)
        write_private(manifest, text.encode() + b"\n")
    if not draft:
        record = exported(made, found, form="packet", data=made_packet.pdf, known=known)
        add_records(store, found.id, [record], author(name))
    say(str(to))
    for exhibit in made_packet.left_out:
        say(f"send separately: exhibit {exhibit.label} ({exhibit.title})")
    warn_of_strangers(store, found, made_packet)
    if goes_to:
        send_to(goes_to, portal_folder(workspace), made_packet, found, made.about_id, to)
