"""`tmjkit case`: list, show, new and attach.

`exchange` adds import and export, `handling` adds owner, close and reopen.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tmjkit.case import CaseError
from tmjkit.cli import handling
from tmjkit.cli.errors import Refused, line_of
from tmjkit.cli.say import say, show_json, show_table
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
    office_of,
    open_workspace,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tmjkit.case import Case
    from tmjkit.rules.office import Office
    from tmjkit.store import SummaryRow, WorklistQuery, Workspace

_QUESTIONS = {
    "given": "Given names",
    "family": "Family name",
    "birth_date": "Date of birth (YYYY-MM-DD)",
    "payer": "Insurer",
}

app = typer.Typer(help="The cases of a workspace: list, show, begin, close, import, export.")
handling.register(app)


@app.command("list", epilog="Example: tmjkit case list --json")
def list_cases(
    workspace: WorkspaceOption = DEFAULT,
    stage: Annotated[
        list[str] | None,
        typer.Option(help="Only cases of this stage, such as denied or closed; may be repeated."),
    ] = None,
    owner: Annotated[
        list[str] | None,
        typer.Option(help="Only cases of this owner; an empty one stands for nobody."),
    ] = None,
    search: Annotated[
        str, typer.Option(help="Only cases with these words in name, payer, owner or next duty.")
    ] = "",
    *,
    overdue: Annotated[
        bool, typer.Option("--overdue", help="Only cases whose next duty of ours is overdue.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """List the cases: id, patient, payer, stage, next duty, owner; what is due first comes first.

    Closed cases are left out unless '--stage closed' asks for them.
    """
    from tmjkit.store import WorklistQuery

    query = WorklistQuery(
        words=search,
        stages=tuple(stage or ()),
        owners=tuple(owner or ()),
        due="overdue" if overdue else "",
    )
    office = office_of(workspace)
    if trouble := office.trouble:
        say(f"what is lacking is counted without the office's own files: {trouble}", err=True)
    rows = tuple(_listed(open_workspace(workspace), query, day(None), office))
    if as_json:
        show_json([_summary_json(row) for row in rows])
        return
    head = ("case", "patient", "payer", "stage", "next duty", "due", "owner")
    show_table(
        head,
        ((r.case_id, r.name, r.payer, r.stage, r.next_duty, r.next_due, r.owner) for r in rows),
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
    say(f"{found.id}: {summary.name or 'no name yet'}, {summary.payer or 'no payer yet'}")
    say(f"Stage: {summary.stage}")
    say("")
    show_table(("when", "what", "", "value", "source"), _events(found))
    say("")
    for finding in results:
        say(f"[{finding.severity.label}] {finding.what}")
        if finding.where:
            say(f"    {finding.where}")


@app.command("new", epilog="Example: tmjkit case new --given Avery --family Example")
def new_case(
    workspace: WorkspaceOption = DEFAULT,
    given: Annotated[str | None, typer.Option(help="Given names.")] = None,
    family: Annotated[str | None, typer.Option(help="Family name.")] = None,
    birth_date: Annotated[
        str | None, typer.Option(help="Date of birth: YYYY-MM-DD, YYYY-MM or YYYY.")
    ] = None,
    payer: Annotated[str | None, typer.Option(help="Name of the insurer.")] = None,
    by: AuthorOption = "",
) -> None:
    """Begin a case.

    What is not given is asked for on a terminal, where an empty answer is allowed; elsewhere it
    stays empty.
    """
    from tmjkit.case import Case, check

    answers = {"given": given, "family": family, "birth_date": birth_date, "payer": payer}
    _checked_birth_date(birth_date)
    store, who = open_workspace(workspace), author(by)
    asked = sys.stdin.isatty()
    said = {
        name: _ask(name) if answer is None and asked else answer or ""
        for name, answer in answers.items()
    }
    insurer = said.pop("payer")
    patient = said | {"birth_date": said["birth_date"] or None}
    made = check(Case, {"patient": patient, "coverages": [{"payer": insurer}] if insurer else []})
    store.save(made, base=None, author=who)
    say(made.id)


def _listed(
    workspace: "Workspace", query: "WorklistQuery", today: "date", office: "Office"
) -> "Iterator[SummaryRow]":
    """Yield all rows that are asked for, page after page, as of today."""
    while workspace.refresh_due(today, limit=_PAGE, others=office.has_folder):
        pass
    after: str | None = None
    while True:
        page = workspace.worklist(query, today, after=after, limit=_PAGE)
        yield from page.rows
        after = page.after
        if after is None:
            return


_PAGE = 500


def _ask(name: str) -> str:
    """Ask for a value of a new case; for a date until it is one, or empty."""
    while True:
        answer = str(typer.prompt(_QUESTIONS[name], default="", show_default=False, err=True))
        if name != "birth_date":
            return answer
        try:
            _checked_birth_date(answer.strip())
        except CaseError as error:
            say(f"{line_of(error)}. Once more, or nothing:", err=True)
        else:
            return answer.strip()


def _checked_birth_date(text: str | None) -> None:
    from tmjkit.case import Patient, check

    check(Patient, {"birth_date": text or None})


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
    from tmjkit.reading.adding import known_document, with_document

    store = open_workspace(workspace)
    loaded = store.load(store.find_case(case))
    data = file.read_bytes()
    if known_document(loaded.case, data) is not None:
        raise Refused("this file is in the case already; nothing was changed")
    changed, document = with_document(
        loaded.case,
        data,
        ending=file.suffix,
        name=name or file.stem,
        kind=kind,
        date=dated or None,
    )
    store.put_document(data)
    store.save(changed, base=loaded.revision.number, author=author(by))
    say(document.id)


def _events(case: "Case") -> "Iterator[tuple[str, ...]]":
    for row in case.timeline().to_dict("records"):
        value = _value(row["value"], row["unit"])
        yield row["dated"] or "no date", row["kind"], row["label"], value, row["source"]


def _summary_json(row: "SummaryRow") -> dict[str, object]:
    # Who it is stands there by name; what a letter is held against stays out of lists.
    return {key: v for key, v in row._asdict().items() if key not in ("birth_date", "member_ids")}


def _value(value: object, unit: str) -> str:
    if value is None or value != value:  # noqa: PLR0124 -- NaN is not itself
        return ""
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return f"{text} {unit}".strip()
