"""`tmjkit serve-hub`: the dashboards of one person, started by JupyterHub."""

import typer

from tmjkit.cli.workspace import DEFAULT, WorkspaceOption, open_workspace


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(
        name="serve-hub",
        epilog="Example: tmjkit serve-hub --workspace postgresql://clinic@127.0.0.1/clinic",
    )(serve_hub)


def serve_hub(workspace: WorkspaceOption = DEFAULT) -> None:
    """Serve the dashboards to one person of a JupyterHub, which starts this itself.

    Who it is for, and where to listen, comes from the Hub. The person's name there is the author
    of whatever they save. Needs the extra tmjkit[hub].
    """
    import os
    from importlib.util import find_spec

    from tmjkit.cli.errors import Refused
    from tmjkit.serve import serve as run
    from tmjkit.serve.hub import read_place

    place = read_place(os.environ)
    if find_spec("jupyterhub") is None:
        raise Refused("JupyterHub is not installed here: pip install 'tmjkit[hub]'")
    store = open_workspace(workspace)
    run(workspace, store.key, ip=place.ip, port=place.port, base_url=place.base_url, hub=place)
