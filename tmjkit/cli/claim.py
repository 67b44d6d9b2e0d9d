"""`tmjkit claim`: the claim form, the itemized bill, the report of the session."""

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tmjkit.cli.errors import Refused
from tmjkit.cli.files import suffix_of, write_private
from tmjkit.cli.library import KnowledgeOption, library_of
from tmjkit.cli.say import say, show_json, show_table
from tmjkit.cli.workspace import (
    DEFAULT,
    AuthorOption,
    CaseArgument,
    JsonOption,
    TodayOption,
    WorkspaceOption,
    day,
    load_case,
    open_workspace,
)

if TYPE_CHECKING:
    from tmjkit.case import Case, Claim
    from tmjkit.packet.claim import Cms1500

app = typer.Typer(help="The claim on paper: form, itemized bill, report.", no_args_is_help=True)

ClaimOption = Annotated[
    str, typer.Option("--claim", help="Id of the claim; the only one where left out.")
]
PaperOption = Annotated[
    Path, typer.Option("--to", help="File to write: .pdf, .docx, .html or .md.")
]
DraftOption = Annotated[
    bool, typer.Option("--draft", help="Write it with visible gaps and a DRAFT watermark.")
]


@app.command(epilog="Example: tmjkit claim form CASE --to boxes.csv")
def form(
    case: CaseArgument,
    to: Annotated[
        Path | None, typer.Option("--to", help="File to write: .csv, .md or .pdf.")
    ] = None,
    claim: ClaimOption = "",
    workspace: WorkspaceOption = DEFAULT,
    today: TodayOption = None,
    knowledge: KnowledgeOption = None,
    fill: Annotated[
        Path | None, typer.Option("--fill", help="Your own fillable PDF of the form.")
    ] = None,
    field_map: Annotated[
        Path | None, typer.Option("--map", help="YAML: place of the form to the PDF's field.")
    ] = None,
    shift: Annotated[
        tuple[float, float],
        typer.Option(help="Inches to the right and down by which the print is moved."),
    ] = (0.0, 0.0),
    *,
    overlay: Annotated[
        bool, typer.Option("--overlay", help="A PDF of the values only, for the red form.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Show or write the boxes of the CMS-1500 (02/12), and say what does not fit.

    A .pdf is the print over the form (--overlay) or a form of your own that is filled in (--fill
    with --map). Signature boxes are never filled in.
    """
    from tmjkit.packet.claim import cms1500

    if to is not None:
        _ways(to, overlay=overlay, fill=fill, field_map=field_map)
    found = load_case(open_workspace(workspace), case)
    billed = _claim_of(found, claim)
    made = cms1500(billed, found, known=library_of(workspace, knowledge).facts)
    if to is not None:
        _write(made, to, fill, field_map, shift)
    last = _filing(found, billed, today)
    if as_json:
        show_json(
            {
                "claim": billed.id,
                "ready": made.ready,
                "file_by": last,
                "boxes": made.table().to_dict("records") if to is None else [],
                "problems": [
                    {"box": item.box, "what": item.what, "right": item.right, "stops": item.stops}
                    for item in made.problems
                ],
            }
        )
        return
    _show(made, last, table=to is None)


def _show(made: "Cms1500", last: str, *, table: bool) -> None:
    if table:
        rows = [
            (box.number, box.title, box.value or f"({box.why})")
            for sheet in made.sheets
            for box in sheet.boxes()
        ]
        show_table(("Box", "What", "Value"), rows)
    for item in made.problems:
        say(f"{'to correct' if item.stops else 'look at'}: box {item.box}: {item.what}")
        say(f"  {item.right}")
    if last:
        say(f"file it by {last}")
    if not made.ready:
        say("the form is not ready to be sent")


def _ways(to: Path, *, overlay: bool, fill: Path | None, field_map: Path | None) -> None:
    ending = suffix_of(to, ("csv", "md", "pdf"))
    if (fill is None) != (field_map is None):
        raise typer.BadParameter("--fill and --map belong together")
    if ending == "pdf" and overlay == (fill is not None):
        raise typer.BadParameter("for a .pdf give --overlay, or --fill FORM.pdf --map MAP.yaml")
    if ending != "pdf" and (overlay or fill):
        raise typer.BadParameter("--overlay and --fill write a .pdf")


def _write(
    made: "Cms1500", to: Path, fill: Path | None, field_map: Path | None, shift: tuple[float, float]
) -> None:
    if to.suffix.lower() == ".csv":
        write_private(to, _csv(made))
    elif to.suffix.lower() == ".md":
        write_private(to, _markdown(made))
    elif fill is not None and field_map is not None:
        from tmjkit.packet.claim.fillable import fill_form, read_map

        text = field_map.read_text(encoding="utf-8", errors="replace")
        parts = fill_form(fill.read_bytes(), read_map(text), made)
        for number, part in enumerate(parts, 1):
            name = to if len(parts) == 1 else to.with_name(f"{to.stem}-{number}{to.suffix}")
            write_private(name, part)
            say(str(name))
        return
    else:
        from tmjkit.packet.claim.overlay import overlay

        write_private(to, overlay(made, shift=shift))
    say(str(to))


def _csv(made: "Cms1500") -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    table = made.table()
    writer.writerow(table.columns)
    writer.writerows([_cell(str(cell)) for cell in row] for row in table.itertuples(index=False))
    return buffer.getvalue().encode("utf-8-sig")


def _cell(text: str) -> str:
    """Keep a spreadsheet from taking a cell for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def _markdown(made: "Cms1500") -> bytes:
    lines = ["# CMS-1500 (02/12)", ""]
    for number, sheet in enumerate(made.sheets, 1):
        lines += [f"## Form {number} of {len(made.sheets)}", ""]
        lines += ["| Box | What | Value | Why it is empty |", "|---|---|---|---|"]
        for box in sheet.boxes():
            cells = (box.number, box.title, box.value, box.why)
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
        lines.append("")
    return "\n".join(lines).encode()


def _claim_of(case: "Case", claim_id: str) -> "Claim":
    """Return the claim with that id, or the only one."""
    if claim_id:
        for item in case.claims:
            if item.id == claim_id:
                return item
        raise Refused(f"this case has no claim {claim_id}")
    if len(case.claims) == 1:
        return case.claims[0]
    if not case.claims:
        raise Refused("this case has no claim: enter one under Claims")
    raise Refused(f"say which with --claim: {', '.join(item.id for item in case.claims)}")


def _filing(case: "Case", claim: "Claim", today: object) -> str:
    """Return the last day on which the payer takes the claim, where its time is known."""
    from datetime import datetime

    from tmjkit.case import PartialDate
    from tmjkit.rules import deadlines

    if claim.sent:
        return ""
    on = day(today if isinstance(today, datetime) else None)
    for item in deadlines(case, on):
        if item.rule == "deadline.claim" and claim.id in item.records and item.due:
            return PartialDate.of(item.due.earliest).words()
    return ""


@app.command(epilog="Example: tmjkit claim superbill CASE --to bill.pdf")
def superbill(
    case: CaseArgument,
    to: PaperOption,
    claim: ClaimOption = "",
    workspace: WorkspaceOption = DEFAULT,
    today: TodayOption = None,
    name: AuthorOption = "",
    *,
    draft: DraftOption = False,
    as_json: JsonOption = False,
) -> None:
    """Write the itemized bill (superbill) of a claim."""
    _paper("superbill", case, to, claim, workspace, today, name, draft=draft, as_json=as_json)


@app.command(epilog="Example: tmjkit claim report CASE --to report.docx")
def report(
    case: CaseArgument,
    to: PaperOption,
    claim: Annotated[str, typer.Option("--claim", help="Id of the claim, or of the session.")] = "",
    workspace: WorkspaceOption = DEFAULT,
    today: TodayOption = None,
    name: AuthorOption = "",
    *,
    draft: DraftOption = False,
    as_json: JsonOption = False,
) -> None:
    """Write the medical report of a session: what was injected, and what it did."""
    _paper("medical-report", case, to, claim, workspace, today, name, draft=draft, as_json=as_json)


def _paper(
    kind: str,
    case: str,
    to: Path,
    about: str,
    workspace: str,
    today: object,
    name: str,
    *,
    draft: bool,
    as_json: bool,
) -> None:
    """Write a paper as `tmjkit letter` does, so that the same checks hold."""
    from datetime import datetime

    from tmjkit.cli import letter

    letter.write(
        kind,
        case,
        to,
        workspace=workspace,
        today=today if isinstance(today, datetime) else None,
        about=about,
        name=name,
        draft=draft,
        as_json=as_json,
    )


@app.command(epilog="Example: tmjkit claim fields form.pdf")
def fields(
    pdf: Annotated[Path, typer.Argument(help="A fillable PDF.")],
    *,
    as_json: JsonOption = False,
) -> None:
    """List the fields of a fillable PDF, to write a field map for it."""
    from tmjkit.packet.claim.fillable import field_names

    found = field_names(pdf.read_bytes())
    if as_json:
        show_json(
            [
                {"name": f.name, "kind": f.kind, "longest": f.longest, "states": list(f.states)}
                for f in found
            ]
        )
        return
    rows = [(f.name, f.kind, str(f.longest or ""), ", ".join(f.states)) for f in found]
    show_table(("Field", "Kind", "Longest", "States"), rows)


@app.command(epilog="Example: tmjkit claim places --to test.pdf --shift 0.05 -0.02")
def places(
    to: Annotated[
        Path | None, typer.Option("--to", help="PDF file to write a test page to.")
    ] = None,
    shift: Annotated[tuple[float, float], typer.Option(help="Inches to the right and down.")] = (
        0.0,
        0.0,
    ),
) -> None:
    """List the places of the form for field maps, or write a test page for the printer."""
    from tmjkit.packet.claim.overlay import trial_page
    from tmjkit.packet.claim.slots import SLOTS

    if to is not None:
        suffix_of(to, ("pdf",))
        write_private(to, trial_page(shift=shift))
        say(str(to))
        return
    rows = [
        (slot.key, slot.title + (f": {slot.mark}" if slot.mark else ""), str(slot.length))
        for slot in SLOTS
    ]
    show_table(("Place", "What", "Characters"), rows)
