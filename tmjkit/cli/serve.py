"""`tmjkit serve`: the dashboards."""

from pathlib import Path
from typing import Annotated

import typer

from tmjkit.cli.workspace import DEFAULT, WorkspaceOption, open_workspace


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(epilog="Example: tmjkit serve --port 8866")(serve)


def serve(
    workspace: WorkspaceOption = DEFAULT,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 for any free one.")] = 0,
    ip: Annotated[
        str, typer.Option(help="Address to listen on; the default is this machine only.")
    ] = "127.0.0.1",
    base_url: Annotated[
        str,
        typer.Option(
            help="Path that addresses begin with, such as /tmjkit/, or behind a proxy the whole "
            "address that people open, such as https://clinic.example/tmjkit/."
        ),
    ] = "/",
    certfile: Annotated[
        Path | None, typer.Option(help="Certificate for TLS, a PEM file; needs --keyfile.")
    ] = None,
    keyfile: Annotated[
        Path | None, typer.Option(help="Key of the certificate, a PEM file.")
    ] = None,
    *,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")
    ] = True,
) -> None:
    """Serve the dashboards, on this machine only unless told otherwise, until Ctrl-C.

    The printed link holds a token: whoever has the link sees the cases.
    """
    from tmjkit.serve import serve as run

    store = open_workspace(workspace)
    run(
        workspace,
        store.key,
        port=port,
        ip=ip,
        base_url=base_url,
        certfile=certfile,
        keyfile=keyfile,
        open_browser=browser,
    )
