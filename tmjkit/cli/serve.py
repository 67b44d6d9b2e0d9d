"""`tmjkit serve`: the dashboards."""

from typing import Annotated

import typer

from tmjkit.cli.workspace import DEFAULT, WorkspaceOption, open_workspace


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(epilog="Example: tmjkit serve --port 8866")(serve)


def serve(
    workspace: WorkspaceOption = DEFAULT,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 for any free one.")] = 0,
    *,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")
    ] = True,
) -> None:
    """Serve the dashboards on this machine, until Ctrl-C.

    The printed link holds a token: whoever has the link sees the cases.
    """
    from tmjkit.serve import serve as run

    store = open_workspace(workspace)
    run(workspace, store.key, port=port, open_browser=browser)
