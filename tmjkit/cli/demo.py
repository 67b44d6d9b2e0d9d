"""`tmjkit demo`: the whole way on the example cases."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tmjkit.cli.files import write_private
from tmjkit.cli.say import fail, progress, say
from tmjkit.cli.workspace import TodayOption, day, office_of

if TYPE_CHECKING:
    from tmjkit.case import Case
    from tmjkit.store import Workspace

# The examples are fictional, so this passphrase guards nothing and may be known to all.
PASSPHRASE = "tmjkit demo: example cases only"  # noqa: S105

SHOWN = "self-funded-erisa-denial"


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(epilog="Example: tmjkit demo --no-serve")(demo)


def demo(
    to: Annotated[Path, typer.Option("--to", help="Folder for the demo.")] = Path("tmjkit-demo"),
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 for any free one.")] = 0,
    today: TodayOption = None,
    *,
    serve: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Serve the dashboards at the end.")
    ] = True,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")
    ] = False,
) -> None:
    """Make an encrypted workspace with three fictional cases, and every paper for one of them."""
    to.mkdir(mode=0o700, parents=True, exist_ok=True)
    address = str(to / "demo.tmjkit")
    workspace = _workspace(address)
    case = _fill(workspace)
    say(f"Workspace: {address}")
    say(f"Passphrase: {PASSPHRASE if _known() else 'the one in TMJKIT_PASSPHRASE'}")
    lines = []
    for name, file, make in progress(_papers(workspace, address, case, to, day(today)), "demo"):
        write_private(to / file, make())
        lines.append(f"{name}: {to / file}")
    for line in lines:
        say(line)
    if serve:
        from tmjkit.serve import serve as run

        run(address, workspace.key, port=port, open_browser=browser)


def _known() -> bool:
    return "TMJKIT_PASSPHRASE" not in os.environ


def _workspace(address: str) -> "Workspace":
    from tmjkit.store import Workspace

    passphrase = os.environ.get("TMJKIT_PASSPHRASE", PASSPHRASE)
    office = office_of(address)
    if Path(address).exists():
        return Workspace.open(
            address, passphrase=passphrase, summarize=office.summarize, bases=office.bases
        )
    return Workspace.create(address, passphrase, summarize=office.summarize, bases=office.bases)


def _fill(workspace: "Workspace") -> "Case":
    """Save the examples that the workspace lacks, and return the one whose papers are written."""
    from tmjkit.examples import load, names

    there = {row.case_id for row in workspace.summaries()}
    for name in names():
        example = load(name)
        if example.case.id in there:
            continue
        for data in example.documents.values():
            workspace.put_document(data)
        workspace.save(example.case, base=None, author="demo")
    return workspace.load(load(SHOWN).case.id).case


def _papers(
    workspace: "Workspace", address: str, case: "Case", to: Path, today: date
) -> list[tuple[str, str, Callable[[], bytes]]]:
    """Return what the demo writes: its name, its file and how its bytes are made."""
    from tmjkit.charts import timeline_chart
    from tmjkit.letters import compose, render
    from tmjkit.packet import assemble
    from tmjkit.packet.calendar import calendar
    from tmjkit.rules import deadlines

    letter = compose("appeal", case, today=today)
    chart = timeline_chart(case, today=today)

    def packet() -> bytes:
        return assemble(letter, case, workspace.get_document, today=today).pdf

    def clocks() -> bytes:
        return calendar(deadlines(case, today), case.id, now=datetime.now(UTC))

    def report() -> bytes:
        from tmjkit.reports import run_reports

        [result] = run_reports(
            "case", [case.id], to, workspace=address, key=workspace.key, today=today
        )
        if result.path is None:
            fail(f"the report failed: {result.error}")
        data = result.path.read_bytes()
        result.path.unlink()
        return data

    return [
        ("Letter (Word)", "appeal.docx", lambda: render(letter, "docx")),
        ("Letter (PDF)", "appeal.pdf", lambda: render(letter, "pdf")),
        ("Letter (HTML)", "appeal.html", lambda: render(letter, "html")),
        ("Timeline (SVG)", "timeline.svg", lambda: chart.svg().encode()),
        ("Timeline (PNG)", "timeline.png", chart.png),
        ("Calendar", "deadlines.ics", clocks),
        ("Packet", "packet.pdf", packet),
        ("Report", "report.html", report),
    ]
