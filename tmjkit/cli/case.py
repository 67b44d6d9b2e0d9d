"""`tmjkit case`: list, show, new, attach, import and export."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tmjkit.cli.files import write_private
from tmjkit.cli.say import fail, progress, show_json, show_table
from tmjkit.cli.workspace import (
    DEFAULT,
    AuthorOption,
    CaseArgument,
    JsonOption,
    TodayOption,
    WorkspaceOption,
    author,
    day,
    load_case,
    open_workspace,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tmjkit.case import Case
    from tmjkit.store import Workspace

app = typer.Typer(help="The cases of a workspace: list, show, new, attach, import, export.")


@app.command("list", epilog="Example: tmjkit case list --json")
def list_cases(workspace: WorkspaceOption = DEFAULT, *, as_json: JsonOption = False) -> None:
    """List the cases: id, patient, payer, stage, next duty."""
    rows = open_workspace(workspace).summaries()
    if as_json:
        show_json([_summary_json(row) for row in rows])
        return
    head = ("case", "patient", "payer", "stage", "next duty", "due")
    show_table(
        head,
        ((r.case_id, r.name, r.payer, r.stage, r.next_duty, r.next_due) for r in rows),
    )


@app.command("show", epilog="Example: tmjkit case show case-example-erisa")
def show_case(
    case: CaseArgument,
    workspace: WorkspaceOption = DEFAULT,
    today: TodayOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Show a case: its timeline, what is due and what is missing."""
    from tmjkit.rules import findings

    found = load_case(open_workspace(workspace), case)
    results = findings(found, day(today))
    if as_json:
        content = found.model_dump(mode="json")
        show_json({"case": content, "findings": [finding.as_json() for finding in results]})
        return
    summary = found.summary()
    typer.echo(f"{found.id}: {summary.name or 'no name yet'}, {summary.payer or 'no payer yet'}")
    typer.echo(f"Stage: {summary.stage}\n")
    show_table(("when", "what", "", "value", "source"), _events(found))
    typer.echo("")
    for finding in results:
        typer.echo(f"[{finding.severity.label}] {finding.what} {finding.where}".rstrip())


@app.command("new", epilog="Example: tmjkit case new --given Avery --family Example")
def new_case(
    workspace: WorkspaceOption = DEFAULT,
    given: Annotated[str, typer.Option(prompt="Given name", help="Given names.")] = "",
    family: Annotated[str, typer.Option(prompt="Family name", help="Family name.")] = "",
    birth_date: Annotated[
        str, typer.Option(prompt="Date of birth (YYYY-MM-DD)", help="Date of birth.")
    ] = "",
    payer: Annotated[str, typer.Option(prompt="Insurer", help="Name of the insurer.")] = "",
    by: AuthorOption = "",
) -> None:
    """Begin a case. What is not given is asked for; an empty answer is allowed."""
    from tmjkit.case import Case, check

    patient = {"given": given, "family": family, "birth_date": birth_date or None}
    coverages = [{"payer": payer}] if payer else []
    made = check(Case, {"patient": patient, "coverages": coverages})
    open_workspace(workspace).save(made, base=None, author=author(by))
    typer.echo(made.id)


@app.command("attach", epilog="Example: tmjkit case attach CASE denial.pdf --kind denial-letter")
def attach(
    case: CaseArgument,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The file.")],
    workspace: WorkspaceOption = DEFAULT,
    kind: Annotated[str, typer.Option(help="What it is, such as denial-letter.")] = "other",
    name: Annotated[str, typer.Option(help="Name for the index of exhibits.")] = "",
    dated: Annotated[str, typer.Option("--date", help="Date on the document.")] = "",
    by: AuthorOption = "",
) -> None:
    """Add a document to a case; its bytes are kept encrypted in the workspace."""
    from tmjkit.reading.paper import read_document

    store = open_workspace(workspace)
    loaded = store.load(store.find_case(case))
    data = file.read_bytes()
    document = read_document(
        data, ending=file.suffix, name=name or file.stem, kind=kind, date=dated or None
    )
    if any(known.sha256 == document.sha256 for known in loaded.case.documents):
        fail("this file is in the case already; nothing was changed")
    store.put_document(data)
    changed = loaded.case.with_record(document)
    store.save(changed, base=loaded.revision.number, author=author(by))
    typer.echo(document.id)


@app.command("import", epilog="Example: tmjkit case import bundle.json --into CASE")
def import_case(
    files: Annotated[
        list[Path],
        typer.Argument(exists=True, dir_okay=False, metavar="FILE...", help="Files to read."),
    ],
    workspace: WorkspaceOption = DEFAULT,
    into: Annotated[str, typer.Option(help="Id of the case that a FHIR file joins.")] = "",
    by: AuthorOption = "",
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Save over a case that differs, as a new revision.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Read cases from FHIR R4 files or from files that 'case export' wrote.

    What a FHIR file holds and a case cannot hold is listed, never dropped in silence.
    """
    from tmjkit.reading import sniff

    store = open_workspace(workspace)
    reports = []
    for file in progress(files, "import"):
        data = file.read_bytes()
        if sniff(data) == "fhir":
            reports.append(_import_fhir(store, data, file, into=into, by=author(by)))
        else:
            reports.append(_import_own(store, data, by=author(by), replace=replace))
    if as_json:
        show_json(reports)
        return
    for report in reports:
        typer.echo(f"{report['case']}: {report['result']}")
        for line in report["not_imported"]:
            typer.echo(f"  not imported: {line}")


@app.command("export", epilog="Example: tmjkit case export CASE --to case.json")
def export_case(
    case: CaseArgument,
    to: Annotated[Path, typer.Option("--to", help="File to write.")],
    workspace: WorkspaceOption = DEFAULT,
) -> None:
    """Write a case with its documents to one JSON file, which 'case import' reads.

    The file is not encrypted: keep it as you would keep the records themselves.
    """
    from tmjkit.reading import to_exchange

    store = open_workspace(workspace)
    found = load_case(store, case)
    digests = {document.sha256 for document in found.documents}
    documents = {digest: store.get_document(digest) for digest in sorted(digests)}
    write_private(to, to_exchange(found, documents))
    typer.echo(f"Wrote {to} (not encrypted)")


def _import_fhir(
    store: "Workspace", data: bytes, file: Path, *, into: str, by: str
) -> dict[str, object]:
    from tmjkit.reading import read_fhir

    loaded = store.load(store.find_case(into)) if into else None
    result = read_fhir(data, name=file.name, into=loaded.case if loaded else None)
    if loaded is not None and result.case == loaded.case:
        outcome = "nothing new"
    else:
        store.put_document(data)
        base = loaded.revision.number if loaded else None
        store.save(result.case, base=base, author=by)
        outcome = f"{len(result.added)} records added"
    missed = [f"{item.resource} {item.path}: {item.why}" for item in result.not_imported]
    return {"case": result.case.id, "result": outcome, "not_imported": missed}


def _import_own(store: "Workspace", data: bytes, *, by: str, replace: bool) -> dict[str, object]:
    from tmjkit.reading import from_exchange

    exchange = from_exchange(data)
    case = exchange.case
    outcome, base = "imported", None
    if case.id in {row.case_id for row in store.summaries()}:
        loaded = store.load(case.id)
        if loaded.case == case:
            return {"case": case.id, "result": "nothing new", "not_imported": []}
        if not replace:
            fail(
                f"the workspace holds another version of {case.id}; nothing was changed. "
                "Use --replace to save this one over it (the history keeps both)"
            )
        outcome, base = "replaced; the history keeps the version before", loaded.revision.number
    _need_documents(store, case, exchange.documents)
    for content in exchange.documents.values():
        store.put_document(content)
    store.save(case, base=base, author=by)
    return {"case": case.id, "result": outcome, "not_imported": []}


def _need_documents(store: "Workspace", case: "Case", given: "Mapping[str, bytes]") -> None:
    missing = [
        document.id
        for document in case.documents
        if document.sha256 not in given and not store.has_document(document.sha256)
    ]
    if missing:
        fail(f"the file lacks the bytes of these documents: {', '.join(missing)}")


def _events(case: "Case") -> "Iterator[tuple[str, ...]]":
    for row in case.timeline().to_dict("records"):
        value = _value(row["value"], row["unit"])
        yield row["dated"] or "no date", row["kind"], row["label"], value, row["source"]


def _summary_json(row: object) -> dict[str, object]:
    names = ("case_id", "revision", "saved_at", "author", "name", "payer", "stage")
    return {name: getattr(row, name) for name in (*names, "next_duty", "next_due")}


def _value(value: object, unit: str) -> str:
    if value is None or value != value:  # noqa: PLR0124 -- NaN is not itself
        return ""
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return f"{text} {unit}".strip()
