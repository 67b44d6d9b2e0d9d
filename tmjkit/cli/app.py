"""The application: its commands, and what becomes of an error."""

import logging
import os
import sys
from typing import Annotated

import typer

from tmjkit import __version__
from tmjkit.cli import (
    assess,
    case,
    claim,
    code,
    deadlines,
    demo,
    exchange,
    hub,
    knowledge,
    letter,
    notebooks,
    packet,
    policy,
    report,
    response,
    serve,
    timeline,
    triage,
    workspace,
)
from tmjkit.cli.errors import line_of
from tmjkit.cli.say import fail

app = typer.Typer(
    name="tmjkit",
    help="Insurance coverage of botulinum toxin for temporomandibular disorder (TMD): "
    "from the case to the letter, the packet and the report.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

exchange.register(case.app)
app.add_typer(case.app, name="case")
app.add_typer(knowledge.app, name="knowledge")
app.add_typer(code.app, name="code")
app.add_typer(policy.app, name="policy")
app.add_typer(letter.app, name="letter")
app.add_typer(claim.app, name="claim")
for module in (
    workspace,
    demo,
    assess,
    timeline,
    response,
    packet,
    report,
    deadlines,
    triage,
    serve,
    hub,
    notebooks,
):
    module.register(app)


def _version(*, wanted: bool) -> None:
    if wanted:
        typer.echo(f"tmjkit {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=lambda v: _version(wanted=v),
            is_eager=True,
            help="Show the version and stop.",
        ),
    ] = False,
) -> None:
    """Prepare, send and follow up requests for coverage, honestly and with sources."""


def main() -> None:
    """Run the command line; never shows a traceback."""
    # Whatever a library remarks about a file can quote it. What a person should know is said
    # by the commands themselves.
    logging.basicConfig(handlers=[logging.NullHandler()])
    try:
        code = app(sys.argv[1:] or ["--help"], standalone_mode=False)
    except typer.Abort:
        fail("stopped; nothing was changed by this command since the last line it printed", 130)
    except typer.TyperException as error:
        fail(error.format_message(), error.exit_code)
    except BrokenPipeError:
        # Whoever read our output has seen enough; the shell's `head` is not an error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        fail(line_of(error))
    sys.exit(code if isinstance(code, int) else 0)
