"""`tmjkit case import` and `tmjkit case export`."""

import datetime as dt
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tmjkit.cli.errors import Refused, line_of
from tmjkit.cli.files import write_private
from tmjkit.cli.say import fail, progress, say, show_json
from tmjkit.cli.workspace import (
    DEFAULT,
    AuthorOption,
    CaseArgument,
    JsonOption,
    WorkspaceOption,
    author,
    load_case,
    open_workspace,
)

if TYPE_CHECKING:
    from tmjkit.case import AuthorizationRequest, Case
    from tmjkit.reading import Exchange
    from tmjkit.store import Workspace


def register(app: typer.Typer) -> None:
    """Add the commands to those of `tmjkit case`."""
    app.command("import", epilog="Example: tmjkit case import bundle.json --into CASE")(import_case)
    app.command("export", epilog="Example: tmjkit case export CASE --to case.json")(export_case)


def import_case(
    files: Annotated[
        list[Path],
        typer.Argument(exists=True, dir_okay=False, metavar="FILE...", help="Files to read."),
    ],
    workspace: WorkspaceOption = DEFAULT,
    into: Annotated[str, typer.Option(help="Id of the case that a FHIR file joins.")] = "",
    patient: Annotated[
        str, typer.Option(help="Which patient of a FHIR file, such as Patient/12.")
    ] = "",
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
    store = open_workspace(workspace)
    chosen = {"into": into, "patient": patient}
    reports: list[dict[str, Any]] = []
    failed: list[str] = []
    for number, file in enumerate(progress(files, "import"), 1):
        try:
            reports.append(_import(store, file, chosen, by=author(by), replace=replace))
        # Whatever it is: the other files are read, and what was imported is listed.
        except Exception as error:
            # By its number, as its name may be the patient's.
            place = f"file {number} of {len(files)}: " if len(files) > 1 else ""
            failed.append(f"{place}{line_of(error)}")
    if as_json:
        show_json(reports)
    else:
        for report in reports:
            _show(report)
    if failed:
        fail("; ".join(failed))


def _import(
    store: "Workspace", file: Path, chosen: dict[str, str], *, by: str, replace: bool
) -> dict[str, Any]:
    from tmjkit.case import Case
    from tmjkit.reading import Exchange, from_exchange, sniff

    data = file.read_bytes()
    kind = sniff(data)
    if kind == "fhir":
        return _import_fhir(store, data, file.name, **chosen, by=by)
    if any(chosen.values()):
        raise Refused("--into and --patient are for FHIR files; this one says itself which case")
    exchange = from_exchange(data) if kind == "exchange" else Exchange(Case.from_json(data), {})
    return _import_own(store, exchange, by=by, replace=replace)


def _show(report: dict[str, Any]) -> None:
    say(f"{report['case']}: {report['result']}")
    for line in report["conflicts"]:
        say(f"  kept what the case said: {line}")
    for group in report["not_imported"]:
        say(f"  not imported: {group['values']} x {group['path']}: {group['why']}")


def export_case(
    case: CaseArgument,
    to: Annotated[
        Path | None, typer.Option("--to", help="File to write, which 'case import' reads.")
    ] = None,
    pas: Annotated[
        Path | None,
        typer.Option("--pas", help="File to write: one request as a Da Vinci PAS bundle (FHIR)."),
    ] = None,
    request: Annotated[
        str, typer.Option(help="Id of the request for --pas; the one being prepared if left out.")
    ] = "",
    workspace: WorkspaceOption = DEFAULT,
    *,
    documents: Annotated[
        bool, typer.Option(help="Put the clinical documents that it rests on into the bundle.")
    ] = True,
) -> None:
    """Write a case with its documents to one JSON file, or one request of it as FHIR for a payer.

    The file is not encrypted: keep it as you would keep the records themselves.
    """
    if (to is None) == (pas is None):
        raise typer.BadParameter("say which file to write: either --to or --pas")
    store = open_workspace(workspace)
    found = load_case(store, case)
    if pas is not None:
        _export_pas(store, found, pas, request, documents=documents)
    elif to is not None:
        if request:
            raise typer.BadParameter("--request is for --pas")
        _export_all(store, found, to)


def _export_all(store: "Workspace", case: "Case", to: Path) -> None:
    from tmjkit.reading import to_exchange

    digests = {document.sha256 for document in case.documents}
    documents = {digest: store.get_document(digest) for digest in sorted(digests)}
    write_private(to, to_exchange(case, documents))
    say(f"Wrote {to} (not encrypted)")


def _export_pas(
    store: "Workspace", case: "Case", file: Path, request_id: str, *, documents: bool
) -> None:
    import json

    from tmjkit.packet.pas import pas_bundle, supporting

    request = _request(case, request_id)
    papers = supporting(case, request) if documents else ()
    bundle = pas_bundle(
        case,
        request,
        timestamp=dt.datetime.now().astimezone().replace(microsecond=0),
        documents={paper.id: store.get_document(paper.sha256) for paper in papers},
    )
    write_private(file, json.dumps(bundle, ensure_ascii=False, indent=1).encode() + b"\n")
    lines, enclosed = len(request.lines), len(papers)
    say(
        f"Wrote {file} (not encrypted): {request.id} with {lines} line{'s' * (lines != 1)} and "
        f"{enclosed} document{'s' * (enclosed != 1)}"
    )


def _request(case: "Case", request_id: str) -> "AuthorizationRequest":
    from tmjkit.letters.choose import latest_request

    if not request_id:
        latest = latest_request(case, None)
        if latest is None:
            raise Refused(f"{case.id} has no request for authorization: add one first")
        return latest
    for item in case.requests:
        if item.id == request_id:
            return item
    raise Refused(f"{case.id} has no request {request_id}")


def _report(case_id: str, result: str, **more: object) -> dict[str, Any]:
    return {"case": case_id, "result": result, "conflicts": [], "not_imported": [], **more}


def _import_fhir(
    store: "Workspace", data: bytes, name: str, *, into: str, patient: str, by: str
) -> dict[str, Any]:
    from dataclasses import asdict

    from tmjkit.reading import grouped, read_fhir

    loaded = store.load(store.find_case(into)) if into else None
    before = loaded.case if loaded else None
    result = read_fhir(data, name=name, into=before, patient=patient or None)
    if before is None:
        _refuse_second(store, result.case, hashlib.sha256(data).hexdigest(), patient=patient)
    if result.case == before:
        outcome = "nothing new"
    else:
        store.put_document(data)
        store.save(result.case, base=loaded.revision.number if loaded else None, author=by)
        outcome = f"{len(result.added)} records added"
    return _report(
        result.case.id,
        outcome,
        conflicts=[f"{item.record}: {item.field}" for item in result.conflicts],
        not_imported=[asdict(group) for group in grouped(result.not_imported)],
    )


def _refuse_second(store: "Workspace", made: "Case", digest: str, *, patient: str) -> None:
    """Refuse to make a second case of a file that a case holds already.

    A file about several patients makes one case for each, so a case of another patient doesn't
    count where the patient was chosen.
    """
    if not store.has_document(digest):
        return
    for row in store.summaries():
        known = store.load(row.case_id).case
        if all(document.sha256 != digest for document in known.documents):
            continue
        if not patient or _person(known) == _person(made):
            raise Refused(
                f"this file is in the workspace already, in {known.id}; nothing was changed. "
                f"To read it once more into that case, use --into {known.id}"
            )


def _person(case: "Case") -> tuple[object, ...]:
    return case.patient.name, case.patient.birth_date


def _import_own(
    store: "Workspace", exchange: "Exchange", *, by: str, replace: bool
) -> dict[str, Any]:
    from tmjkit.store import NoSuchCase

    case = exchange.case
    outcome, base = "imported", None
    try:
        loaded = store.load(case.id)
    except NoSuchCase:
        loaded = None
    if loaded is not None:
        if loaded.case == case:
            return _report(case.id, "nothing new")
        if not replace:
            raise Refused(
                f"the workspace holds another version of {case.id}; nothing was changed. "
                "Use --replace to save this one over it (the history keeps both)"
            )
        outcome, base = "replaced; the history keeps the version before", loaded.revision.number
    missing = [
        document.id
        for document in case.documents
        if document.sha256 not in exchange.documents and not store.has_document(document.sha256)
    ]
    if missing:
        raise Refused(f"it lacks the bytes of these documents: {', '.join(missing)}")
    for content in exchange.documents.values():
        store.put_document(content)
    store.save(case, base=base, author=by)
    return _report(case.id, outcome)
