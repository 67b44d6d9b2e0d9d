"""`serve`: from a workspace's address and key to a running server."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tmjkit.knowledge import place as knowledge
from tmjkit.letters import place as templates
from tmjkit.resources import path
from tmjkit.serve.abandoned import GRACE_SECONDS
from tmjkit.serve.address import is_loopback, read_address
from tmjkit.serve.errors import ServeError
from tmjkit.serve.frontend import bundle
from tmjkit.serve.tls import read_encryption

if TYPE_CHECKING:
    from tmjkit.serve.hub import HubPlace
    from tmjkit.store import WorkspaceKey

_TOKEN_BYTES = 32


def serve(
    workspace_url: str,
    key: "WorkspaceKey",
    *,
    port: int = 0,
    ip: str = "127.0.0.1",
    token: str | None = None,
    open_browser: bool = False,
    notebooks_dir: Path | None = None,
    idle_seconds: int | None = None,
    grace_seconds: float | None = None,
    base_url: str = "/",
    certfile: Path | None = None,
    keyfile: Path | None = None,
    hub: "HubPlace | None" = None,
) -> None:
    """Serve the dashboards of a workspace until stopped; must be called in the main thread.

    Prints one link, once the server really answers. The key goes to the kernels in their
    environment and nowhere else.

    Parameters
    ----------
    workspace_url
        The workspace: a file, or a database's address.
    key
        The workspace's key.
    port
        Port to listen on; 0 for any free one.
    ip
        Address to listen on; the default lets in nobody but this machine.
    token
        What the link must hold; made when left out.
    open_browser
        Whether to open the link in the default browser.
    notebooks_dir
        Folder of the pages; the ones that come with tmjkit when left out.
    idle_seconds
        Seconds after which an unused page is closed; 900 when left out.
    grace_seconds
        Seconds without a socket after which a page counts as closed; 90 when left out.
    base_url
        What every address begins with, such as `/tmjkit/`; or the whole address under which a
        proxy serves the dashboards.
    certfile, keyfile
        Certificate and key as PEM files, for a server that encrypts by itself.
    hub
        The person for whom a JupyterHub started this server. Then that person's login at the Hub
        lets in, in place of the token, and what is saved bears their name.

    Raises
    ------
    ServeError
        When the address can't be listened on, the certificate and key don't serve, or a folder
        that the environment names isn't there.
    """
    if (certfile is None) != (keyfile is None):
        raise ServeError("--certfile and --keyfile go together: give both, or none of them")
    encryption = (
        read_encryption(certfile, keyfile, datetime.now(UTC)) if certfile and keyfile else None
    )
    address = read_address(base_url, tls=encryption is not None)
    named = named_folders(os.environ)
    private = Path(tempfile.mkdtemp(prefix="tmjkit-"))  # mkdtemp: only for this user
    try:
        prepare(private)
        # Voila and Jupyter read the environment when they are imported, so only now.
        from tmjkit.serve import logs  # noqa: PLC0415
        from tmjkit.serve.application import Dashboards  # noqa: PLC0415
        from tmjkit.serve.config import IDLE_SECONDS, Setting, configuration  # noqa: PLC0415
        from tmjkit.serve.gate import Gate  # noqa: PLC0415

        setting = Setting(
            ip=ip,
            port=port,
            notebooks=notebooks_dir or path("notebooks"),
            private=private,
            idle_seconds=idle_seconds or IDLE_SECONDS,
            address=address,
            grace_seconds=GRACE_SECONDS if grace_seconds is None else grace_seconds,
            sign_out=f"{hub.prefix}sign-out" if hub else "",
        )
        kind, author = Dashboards, {}
        gate = Gate(token or secrets.token_urlsafe(_TOKEN_BYTES), is_loopback(ip), address)
        if hub is not None:
            from tmjkit.serve.hub_application import HubDashboards  # noqa: PLC0415 -- an extra
            from tmjkit.serve.hub_gate import hub_gate  # noqa: PLC0415

            kind, author = HubDashboards, {"TMJKIT_AUTHOR": hub.user}
            gate = hub_gate(hub, address)
        app = kind.instance(config=configuration(setting))
        app.gate = gate
        app.encryption = encryption
        app.kernel_environment = {
            "TMJKIT_WORKSPACE": _absolute(workspace_url),
            "TMJKIT_WORKSPACE_KEY": key.text(),
            "IPYTHONDIR": str(private / "ipython"),
            "TMJKIT_UPLOADS": str(private / "uploads"),
            **named,
            **author,
        }
        app.browser_page = private / "open.html" if open_browser else None
        logs.make_safe(app.log)
        try:
            app.initialize(argv=[])
            app.start()
        finally:
            kind.clear_instance()
    finally:
        shutil.rmtree(private, ignore_errors=True)


def named_folders(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the office's folders that the environment names, as a kernel finds them.

    Raises
    ------
    ServeError
        When one isn't there: the pages would go on without the office's own policies or letters,
        and nobody would know.
    """
    found = {}
    for variable in (knowledge.VARIABLE, templates.VARIABLE):
        if name := environment.get(variable):
            if not Path(name).is_dir():
                raise ServeError(
                    f"there is no folder {name}, which {variable} names. Make it, or correct or "
                    "unset the variable"
                )
            found[variable] = str(Path(name).resolve())
    return found


def prepare(private: Path) -> None:
    """Lay out our templates as Jupyter looks for them, and shut out settings of other origin.

    A user's own folders may hold settings, kernels and extensions made for their notebooks;
    none of them has a place in pages with patients' data.
    """
    page = private / "share/voila/templates/tmjkit"
    shutil.copytree(path("templates") / "voila" / "tmjkit", page)
    for ending in ("css", "js"):
        join_parts(page / "static", ending)
    bundle(page / "static")
    for name in ("ipython", "config", "data"):
        (private / name).mkdir()
    os.environ["JUPYTER_PATH"] = str(private / "share")
    os.environ["JUPYTER_DATA_DIR"] = str(private / "data")
    os.environ["JUPYTER_CONFIG_DIR"] = str(private / "config")
    os.environ["JUPYTER_NO_CONFIG"] = "1"
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"


def join_parts(folder: Path, ending: str) -> None:
    """Put the style sheets, or the scripts, of a folder into one file: one request, not ten.

    The base comes first, the others by their names.
    """
    parts = sorted(folder.glob(f"*.{ending}"), key=lambda part: (part.stem != "base", part.name))
    joined = "\n".join(part.read_text(encoding="utf-8") for part in parts)
    (folder / f"tmjkit.{ending}").write_text(joined, encoding="utf-8")


def _absolute(workspace_url: str) -> str:
    """Return the workspace's address as a kernel finds it, which starts in another folder."""
    return workspace_url if "://" in workspace_url else str(Path(workspace_url).resolve())
