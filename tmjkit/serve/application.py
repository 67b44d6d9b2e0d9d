"""Voila as an application that serves our pages behind our gate, and nothing else."""

import asyncio
import datetime as dt
import shutil
import sys
import webbrowser
from html import escape
from pathlib import Path
from typing import Any, Final

from jupyter_core.utils import run_sync
from jupyter_server.base.handlers import FileFindHandler
from jupyter_server.services.kernels.handlers import KernelHandler
from jupyter_server.utils import url_path_join
from tornado import web
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop, PeriodicCallback
from tornado.netutil import bind_sockets
from voila.app import Voila  # type: ignore[import-untyped]
from voila.shutdown_kernel_handler import (  # type: ignore[import-untyped]
    VoilaShutdownKernelHandler,
)
from voila.static_file_handler import (  # type: ignore[import-untyped]
    MultiStaticFileHandler,
    TemplateStaticFileHandler,
)
from voila.tornado.handler import TornadoVoilaHandler  # type: ignore[import-untyped]
from voila.tornado.kernel_websocket_handler import (  # type: ignore[import-untyped]
    VoilaKernelWebsocketHandler,
)

from tmjkit.serve import logs
from tmjkit.serve.errors import ServeError
from tmjkit.serve.gate import Gate, guarded
from tmjkit.serve.kept import KeptForms, KeptHandler
from tmjkit.serve.pages import (
    AwakeHandler,
    ClosedHandler,
    HomeHandler,
    LoginHandler,
    NothingHandler,
)
from tmjkit.serve.tls import Encryption
from tmjkit.serve.uploads import UploadHandler, Uploads


class TemplateFiles(TemplateStaticFileHandler):  # type: ignore[misc]
    """The style sheets and scripts of the templates."""

    def parse_url_path(self, path: str) -> str:
        """Return the path; an address of another shape is not there, rather than an error."""
        parts = path.split("/")
        if len(parts) < 3 or parts[1] != "static" or ".." in parts:  # noqa: PLR2004
            raise web.HTTPError(404)
        parsed: str = super().parse_url_path(path)
        return parsed


# Of what Voila would serve only this is taken over. Not its tree of folders, its list of
# contents, its files: a new version that serves more serves it to nobody here.
_TAKEN: Final = {
    KernelHandler: KernelHandler,
    VoilaKernelWebsocketHandler: VoilaKernelWebsocketHandler,
    TemplateStaticFileHandler: TemplateFiles,
    MultiStaticFileHandler: MultiStaticFileHandler,
    VoilaShutdownKernelHandler: VoilaShutdownKernelHandler,
    FileFindHandler: FileFindHandler,
    TornadoVoilaHandler: TornadoVoilaHandler,
}
# Pages stand directly in the folder; what is below it, such as reports, is for other ways to run.
_PAGES: Final = r"/voila/render/([A-Za-z0-9_-]+\.ipynb)"
BODY_BYTES: Final = 1024 * 1024
"""What a request may send, but for uploads, which have a limit of their own."""

_SWEEP: Final = dt.timedelta(minutes=1)
_KERNEL_ID: Final = r"(\w+-\w+-\w+-\w+-\w+)"


class Dashboards(Voila):  # type: ignore[misc]
    """The server of the dashboards.

    `gate` and `kernel_environment` hold secrets, so they are plain attributes: a configuration
    is written to logs.
    """

    name = "tmjkit"
    port: Any
    gate: Gate
    kernel_environment: dict[str, str]
    encryption: Encryption | None = None
    browser_page: Path | None = None

    def init_settings(self) -> dict[str, Any]:
        """Add the gate to Voila's settings, and take away its log of whole addresses."""
        settings: dict[str, Any] = super().init_settings()
        # These two must be there before the first request; `tornado_settings` come after.
        settings["tmjkit_gate"] = self.gate
        settings["tmjkit_kept"] = KeptForms()
        settings["tmjkit_uploads"] = Uploads(Path(self.kernel_environment["TMJKIT_UPLOADS"]))
        settings["log_function"] = logs.log_request
        settings["default_handler_class"] = guarded(NothingHandler)
        # The gate looks at the host of every request; Jupyter's own look knows no proxy.
        settings["allow_remote_access"] = True
        return settings

    def init_handlers(self) -> list[Any]:
        """Return what is served: what we take from Voila, and our own, all behind the gate."""
        base = self.server_url
        pages = url_path_join(base, _PAGES)
        taken = [
            (
                pages if rule[1] is TornadoVoilaHandler else rule[0],
                guarded(_TAKEN[rule[1]]),
                *rule[2:],
            )
            for rule in super().init_handlers()
            if rule[1] in _TAKEN
        ]
        own = [
            (f"{base}?", guarded(HomeHandler)),  # with the last slash and without
            (url_path_join(base, "login"), LoginHandler),
            (url_path_join(base, "closed"), guarded(ClosedHandler)),
            (url_path_join(base, "awake", _KERNEL_ID), guarded(AwakeHandler)),
            (url_path_join(base, "kept"), guarded(KeptHandler)),
            (url_path_join(base, "uploads"), guarded(UploadHandler)),
        ]
        return own + taken

    def listen(self) -> None:
        """Listen, say so once an answer has come back, and serve until stopped."""
        try:
            sockets = bind_sockets(self.port, self.ip)
        except OSError as error:
            self.stop()
            raise ServeError(
                f"port {self.port} on {self.ip} can't be used: {error.strerror}. "
                "Choose another one, or 0 for any that is free"
            ) from None
        self.port = sockets[0].getsockname()[1]
        context = self.encryption.context if self.encryption else None
        server = HTTPServer(self.app, ssl_options=context, max_body_size=BODY_BYTES)
        server.add_sockets(sockets)
        self.ioloop = IOLoop.current()
        self.ioloop.add_callback(self._announce)
        for name in ("tmjkit_kept", "tmjkit_uploads"):
            PeriodicCallback(self.app.settings[name].sweep, _SWEEP).start()
        try:
            self.ioloop.start()
        except KeyboardInterrupt:
            self.log.info("stopping")
        finally:
            server.stop()
            self.stop()

    def stop(self) -> None:
        """End every kernel, then remove what they left."""
        run_sync(self.kernel_manager.shutdown_all)(now=True)
        shutil.rmtree(self.connection_dir, ignore_errors=True)

    @property
    def here(self) -> str:
        """The address of this server as this machine reaches it."""
        host = "127.0.0.1" if self.ip in {"", "0.0.0.0", "::"} else self.ip  # noqa: S104
        host = f"[{host}]" if ":" in host else host
        return f"http{'s' if self.encryption else ''}://{host}:{self.port}{self.base_url}"

    @property
    def link(self) -> str:
        """The link that lets in, for the eyes of who started the server."""
        address, here = self.gate.address, self.here
        if address.host:
            here = f"http{'s' if address.https else ''}://{address.host}{address.path}"
        elif self.encryption and self.encryption.name and not self.gate.loopback:
            here = f"https://{self.encryption.name}:{self.port}{self.base_url}"
        return f"{here}?token={self.gate.token}"

    async def _announce(self) -> None:
        # Not to see who answers, only that somebody does: the certificate names another host.
        asked = HTTPRequest(self.here + "login", validate_cert=False)
        client = AsyncHTTPClient()
        while True:
            try:
                await client.fetch(asked, raise_error=False)
                break
            except OSError:
                await asyncio.sleep(0.05)
        sys.stdout.write(f"The dashboards are at {self.link}\n")
        if not self.gate.loopback and not self.encryption:
            sys.stdout.write(
                f"It listens on {self.ip} without encryption, so others on the network can read "
                "along: give --certfile and --keyfile, or listen on 127.0.0.1 behind a proxy.\n"
            )
        for warning in self.encryption.warnings if self.encryption else ():
            sys.stdout.write(f"{warning}\n")
        sys.stdout.write("Whoever has this link sees the cases. Ctrl-C stops.\n")
        sys.stdout.flush()
        if self.browser_page is not None:
            _open_browser(self.browser_page, self.link)


def _open_browser(page: Path, link: str) -> None:
    """Open the link by way of a private file: a command line is open for all users to read."""
    page.write_text(
        "<!DOCTYPE html><title>tmjkit</title>"
        f'<meta http-equiv="refresh" content="0;url={escape(link)}">',
        encoding="utf-8",
    )
    webbrowser.open(page.as_uri())
