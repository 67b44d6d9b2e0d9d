"""The gate: without the token nothing is served, not even our own style sheet.

The printed link carries the token once. The server answers it with a signed cookie and sends the
browser on to the same address without the token, so that it stays in no address bar, history of
pages, or log. The cookie's key lives as long as the server: stopping it ends every login.
"""

import hmac
import logging
import re
import secrets
from collections.abc import Awaitable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from jupyter_server.auth.identity import IdentityProvider, User
from tornado import web

from tmjkit.dashboards.trouble import report
from tmjkit.serve.address import DIRECT, Address, is_loopback
from tmjkit.serve.headers import HEADERS, KEPT_SECONDS, NO_STORE, policy

TOKEN: Final = "token"  # noqa: S105 -- the name of the argument
_LOG = logging.getLogger("tmjkit.serve")
_COOKIE_DAYS: Final = 1.0
# What no address of ours has: browsers drop some of these, or read them as slashes.
_ODD: Final = re.compile(r"[\x00-\x20\x7f\\]")


@dataclass(frozen=True)
class Gate:
    """Who may come in.

    Parameters
    ----------
    token
        The secret of the printed link.
    loopback
        Whether the server listens on this machine only. Then a request that names another host
        is refused: it comes from a page that points its own name at this machine. A proxy's
        name counts as ours.
    address
        Where browsers reach the server.
    """

    token: str
    loopback: bool
    address: Address = DIRECT

    def fits(self, given: str) -> bool:
        """Compare with the token, in the same time whatever was given."""
        return hmac.compare_digest(given.encode(), self.token.encode())

    def knows(self, handler: web.RequestHandler) -> bool:
        """Tell whether the request carries the login cookie."""
        value = handler.get_signed_cookie(_cookie(handler), max_age_days=_COOKIE_DAYS)
        return value is not None

    def login(self, handler: web.RequestHandler) -> str:
        """Return what tells one login from another; it opens nothing."""
        return sha256(handler.get_signed_cookie(_cookie(handler)) or b"").hexdigest()

    def let_in(self, handler: web.RequestHandler) -> None:
        """Give the browser the login cookie."""
        handler.set_signed_cookie(
            _cookie(handler),
            secrets.token_urlsafe(16),
            expires_days=None,  # until the browser is closed
            httponly=True,
            # Not Strict: the link may be opened from a mail or a file, and must then work.
            samesite="Lax",
            # On a host that serves other things too, none of them gets it.
            path=self.address.path,
            secure=self.address.https,
        )

    def host_fits(self, handler: web.RequestHandler) -> bool:
        """Tell whether the request names a host that this server can be."""
        if not self.loopback:
            return True
        host = handler.request.host_name.lower()
        return is_loopback(host) or (host != "" and host == self.address.host_name)


def _cookie(handler: web.RequestHandler) -> str:
    # Browsers share cookies between the ports of a host, so the name tells the server.
    port = handler.request.host.rpartition(":")[2]
    return f"tmjkit-{port if port.isdigit() else 'default'}"


class GateIdentity(IdentityProvider):
    """Tells Jupyter's own handlers what the gate decided."""

    def get_user(self, handler: web.RequestHandler) -> User | None:
        """Return the one user of a workspace's server, or None without the login cookie."""
        gate: Gate = handler.settings["tmjkit_gate"]
        if not gate.knows(handler):
            return None
        user = User(username="local")
        handler.current_user = user
        # The page's shutdown call when its tab closes must bring back this cookie; nothing else
        # sets it, and without it the call is refused and the kernel stays.
        _ = handler.xsrf_token
        return user

    def get_handlers(self) -> list[tuple[str, object]]:
        """Return no pages: login is the gate's own."""
        return []


class Guarded(web.RequestHandler):
    """Put in front of any handler: asks the gate first, and lets no error text out."""

    reference = ""

    @property
    def gate(self) -> Gate:
        """The gate of this server."""
        gate: Gate = self.settings["tmjkit_gate"]
        return gate

    def set_default_headers(self) -> None:
        """Set our headers on every kind of answer, static files too."""
        for name, value in HEADERS.items():
            self.set_header(name, value)
        self.clear_header("Server")
        self.set_header("Cache-Control", NO_STORE)
        host = self.request.host if self.gate.address.https else ""
        self.set_header("Content-Security-Policy", policy(host))

    async def prepare(self) -> None:
        """Refuse who has no login; turn the token in a link into one."""
        self.current_user = None  # Jupyter's handlers can't say it before they were asked
        if not self.gate.host_fits(self):
            raise web.HTTPError(403)
        given = self.get_query_argument(TOKEN, None)
        if given is not None and self.request.method in {"GET", "HEAD"}:
            if not self.gate.fits(given):
                raise web.HTTPError(403)
            self.gate.let_in(self)
            self.set_header("Cache-Control", NO_STORE)
            self.redirect(self.address_without_token())
            return
        if not self.gate.knows(self):
            raise web.HTTPError(403)
        waiting: Awaitable[None] | None = super().prepare()
        if waiting is not None:
            await waiting

    def address_without_token(self) -> str:
        """Return this request's address without the token."""
        request = self.request
        return address_without_token(request.path, request.query, self.gate.address.path)

    def _request_summary(self) -> str:
        """Name the request in logs without its query, where the token may stand."""
        return f"{self.request.method} {self.request.path}"

    def log_exception(self, typ: Any, value: BaseException | None, tb: Any) -> None:
        """Log an error by its place; keep its reference for the page."""
        del typ, tb
        if isinstance(value, web.HTTPError) and value.status_code < 500:  # noqa: PLR2004
            _LOG.info("%d %s", value.status_code, self._request_summary())
        elif value is not None:
            self.reference = report(value, _LOG)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Answer with our own words: the login form, "not here", or a reference to quote."""
        del kwargs
        self.set_header("Cache-Control", NO_STORE)
        if "text/html" not in self.request.headers.get("Accept", ""):
            self.set_header("Content-Type", "text/plain; charset=utf-8")
            words = {403: "Not allowed.", 404: "Not here."}.get(status_code, "It did not work.")
            text = f"{words} Reference: {self.reference}" if self.reference else words
            web.RequestHandler.finish(self, text)
            return
        self.set_header("Content-Type", "text/html; charset=utf-8")
        known = self.gate.host_fits(self) and self.gate.knows(self)
        name = "login" if status_code == 403 and not known else "trouble"  # noqa: PLR2004
        back = self.address_without_token()
        page = self.settings["voila_jinja2_env"].get_template(f"{name}.html")
        text = page.render(
            status=status_code,
            reference=self.reference,
            base_url=self.settings["base_url"],
            next=back if name == "login" else "",
            xsrf=self.xsrf_token.decode() if name == "login" else "",
            wrong=self.request.method == "POST" or TOKEN in self.request.query_arguments,
        )
        web.RequestHandler.finish(self, text)


def address_without_token(path: str, query: str, base: str = "/") -> str:
    """Return path and query without the token; always a path of this server, below `base`."""
    kept = [
        (name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name != TOKEN
    ]
    address = "/" + path.lstrip("/\\")
    if not address.startswith(base) or _ODD.search(address) or ".." in address.split("/"):
        return base
    return f"{address}?{urlencode(kept)}" if kept else address


def way_back(text: str, base: str = "/") -> str:
    """Return where a browser says it wants to go, as a path of this server; else `base`.

    Parameters
    ----------
    text
        What the browser says: anything at all.
    base
        What every address of this server begins with.
    """
    try:
        parts = urlsplit(text)
    except ValueError:  # such as half a number of IPv6
        return base
    return address_without_token(parts.path, parts.query, base)


class KeptFile(web.StaticFileHandler):
    """Put in front of a handler of files that come with the programs: a browser may keep them.

    Not for long: after an update a page must not run with the scripts of the version before.
    """

    def set_headers(self) -> None:
        """Let the browser keep the file for a few minutes; nobody on the way may."""
        super().set_headers()
        self.set_header("Cache-Control", f"private, max-age={KEPT_SECONDS}")


def guarded(handler: type[web.RequestHandler]) -> type[web.RequestHandler]:
    """Put the gate in front of a handler."""
    is_file = issubclass(handler, web.StaticFileHandler)
    before = (Guarded, KeptFile) if is_file else (Guarded,)
    return type(f"Guarded{handler.__name__}", (*before, handler), {})
