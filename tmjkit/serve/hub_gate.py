"""The gate of a person's server under JupyterHub: lets in that person, signed in at the Hub.

It stands in place of the printed link's token. Who has no cookie of ours is sent to the Hub, which
asks for the password where needed and sends the browser back with a code; the code becomes a
token, the token a signed cookie, and the Hub tells whose token it is. Only the cookie counts: a
token in an address or a header lets nobody in.

Source: RFC 6749 (OAuth 2.0), sections 4.1 and 10.12; RFC 7636 (proof key for code exchange).
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from jupyterhub import __version__ as hub_version  # type: ignore[import-untyped]
from jupyterhub.services.auth import (  # type: ignore[import-untyped]
    HubOAuth,
    HubOAuthCallbackHandler,
)
from jupyterhub.utils import get_browser_protocol  # type: ignore[import-untyped]
from tornado import web
from tornado.httputil import url_concat

from tmjkit.serve.address import Address
from tmjkit.serve.gate import Gate, Guarded
from tmjkit.serve.hub import HubPlace


class HubIdentity(HubOAuth):  # type: ignore[misc]
    """Asks the Hub who somebody is, and keeps the answer's token in a cookie."""

    def set_cookie(self, handler: web.RequestHandler, access_token: str) -> None:
        """Give the browser the cookie, for this person's addresses only and until it is closed."""
        handler.set_signed_cookie(
            self.cookie_name,
            access_token,
            expires_days=None,
            path=self.base_url,
            httponly=True,
            samesite="Lax",
            secure=get_browser_protocol(handler.request) == "https",
        )

    async def name_of(self, handler: web.RequestHandler) -> str | None:
        """Return the Hub's name of who sends a request; None when nobody is signed in.

        Raises
        ------
        tornado.web.HTTPError
            500 when the Hub doesn't answer.
        """
        token = handler.get_signed_cookie(self.cookie_name)
        if not token:
            return None
        model = await self.user_for_token(
            token.decode("ascii", "replace"), session_id=self.get_session_id(handler), sync=False
        )
        return None if model is None else self.allowed_name(model)

    def allowed_name(self, model: dict[str, Any]) -> str:
        """Return the name of a person who may use this server; of services and others, nothing."""
        if model.get("kind", "user") != "user":
            return ""
        return str(model["name"]) if self.check_scopes(self.access_scopes, model) else ""

    def login_address(self, handler: web.RequestHandler) -> str:
        """Return the Hub's address that signs in and then comes back to what was asked for."""
        verifier, challenge, method = self.generate_pkce_code_challenge()
        asked = handler.request.uri or ""
        back = asked if asked.startswith(self.base_url) else self.base_url
        state = self.set_state_cookie(handler, next_url=back, code_verifier=verifier)
        asked_of_hub = {
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": method,
        }
        return str(url_concat(self.login_url, asked_of_hub))


@dataclass(frozen=True, kw_only=True)
class HubGate(Gate):
    """Lets in one person of the Hub.

    Parameters
    ----------
    identity
        Asks the Hub.
    place
        Whose server this is.
    """

    token: str = ""
    loopback: bool = False
    identity: HubIdentity
    place: HubPlace

    def fits(self, given: str) -> bool:
        """Take no token."""
        del given
        return False

    def knows(self, handler: web.RequestHandler) -> bool:
        """Tell whether the request comes from the person whose server this is."""
        name = getattr(handler, "hub_user", "")
        return bool(name) and name == self.place.user

    def login(self, handler: web.RequestHandler) -> str:
        """Return what stands for the person: a new login of theirs is the same one."""
        del handler
        return sha256(self.place.user.encode()).hexdigest()

    def host_fits(self, handler: web.RequestHandler) -> bool:
        """Take any name: browsers come by the Hub's proxy, and its name is not ours to know."""
        del handler
        return True


class HubGuarded(Guarded):
    """Put in front of every handler of a person's server."""

    hub_user: str | None = None

    @property
    def gate(self) -> HubGate:
        """The gate of this server."""
        gate: HubGate = self.settings["tmjkit_gate"]
        return gate

    def set_default_headers(self) -> None:
        """Tell the Hub that its person's server is one that knows it."""
        super().set_default_headers()
        self.set_header("X-JupyterHub-Version", hub_version)

    async def prepare(self) -> None:
        """Find out who it is; send a browser that opens a page to the Hub to sign in."""
        self.current_user = None
        identity = self.gate.identity
        self.hub_user = await identity.name_of(self)
        if self.hub_user is None and self._opens_a_page():
            self.redirect(identity.login_address(self))
            return
        if self.request.method == "GET":
            self.settings["tmjkit_used"] = datetime.now(UTC)
        await super().prepare()

    def _opens_a_page(self) -> bool:
        headers = self.request.headers
        socket = headers.get("Upgrade", "").lower() == "websocket"
        return (
            self.request.method in {"GET", "HEAD"}
            and not socket
            and "text/html" in headers.get("Accept", "")
        )

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Say who may come in here; everything else as on any server."""
        wants_page = "text/html" in self.request.headers.get("Accept", "")
        if status_code != 403 or not wants_page or self.gate.knows(self):  # noqa: PLR2004
            super().write_error(status_code, **kwargs)
            return
        self.set_header("Content-Type", "text/html; charset=utf-8")
        page = self.settings["voila_jinja2_env"].get_template("foreign.html")
        home = self.gate.place.home
        web.RequestHandler.finish(self, page.render(base_url=self.gate.place.prefix, home=home))


class CallbackHandler(HubGuarded, HubOAuthCallbackHandler):  # type: ignore[misc]
    """Where the Hub sends the browser back to; refuses a state that isn't this browser's."""

    async def prepare(self) -> None:
        """Let anybody come: who it is comes out here."""
        self.current_user = None

    @property
    def hub_auth(self) -> HubIdentity:
        """What asks the Hub."""
        return self.gate.identity


def hub_gate(place: HubPlace, address: Address) -> HubGate:
    """Make the gate from what the Hub has put into the environment.

    The token that speaks to the Hub is taken out of it, so that no kernel gets it.
    """
    identity = HubIdentity(
        base_url=place.prefix,
        api_token=os.environ.pop("JUPYTERHUB_API_TOKEN", ""),
        cookie_options={"samesite": "Lax"},
    )
    os.environ.pop("JPY_API_TOKEN", None)
    return HubGate(identity=identity, place=place, address=address)


def behind_hub(handler: type[web.RequestHandler]) -> type[web.RequestHandler]:
    """Put the Hub's gate in front of a guarded handler."""
    return type(f"Hub{handler.__name__}", (HubGuarded, handler), {})
