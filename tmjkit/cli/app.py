"""The application: its commands, and what becomes of an error."""

import logging
import os
import sys
import traceback
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from tmjkit import __version__
from tmjkit.case import CaseError
from tmjkit.cli import (
    case,
    deadlines,
    demo,
    exchange,
    letter,
    packet,
    report,
    serve,
    timeline,
    workspace,
)
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
for module in (workspace, demo, letter, timeline, packet, report, deadlines, serve):
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
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
    try:
        code = app(sys.argv[1:] or ["--help"], standalone_mode=False)
    except typer.Abort:
        fail("stopped; nothing was changed by this command since the last line it printed", 130)
    except typer.TyperException as error:
        fail(error.format_message(), error.exit_code)
    except CaseError as error:
        # Values are shown to the person at the terminal and kept out of logs and pipes.
        if sys.stderr.isatty():
            fail(error.explain())
        fail(str(error))
    except BrokenPipeError:
        # Whoever read our output has seen enough; the shell's `head` is not an error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except FileNotFoundError as error:
        fail(f"there is no file or folder {error.filename or error}")
    except OSError as error:
        name = f"{Path(str(error.filename)).name}: " if error.filename else ""
        fail(f"{name}{error.strerror or type(error).__name__}")
    except Exception as error:
        _fail_with(error)
    sys.exit(code if isinstance(code, int) else 0)


def _fail_with(error: Exception) -> NoReturn:
    """Say what an exception means.

    The classes of our own exceptions promise a text for people without a patient's data; the
    text of any other may hold anything, so only its place is told.
    """
    if type(error).__module__.startswith("tmjkit."):
        fail(" ".join(str(error).split()))
    if os.environ.get("TMJKIT_DEBUG") == "1":
        traceback.print_exc()
    last = traceback.extract_tb(error.__traceback__)[-1]
    fail(
        f"an error in tmjkit itself: {type(error).__name__} at {Path(last.filename).name}:"
        f"{last.lineno}. Please report this line. Set TMJKIT_DEBUG=1 to see the whole trace, "
        "which may hold a patient's data"
    )
