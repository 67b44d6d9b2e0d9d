"""The server of one person under JupyterHub."""

import asyncio
import json
import logging
from datetime import UTC, datetime
from typing import Any, Final

from jupyter_server.utils import url_path_join
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest

from tmjkit.serve.application import Dashboards
from tmjkit.serve.hub_gate import CallbackHandler, HubGate, HubGuarded, behind_hub
from tmjkit.serve.pages import LoginHandler

_LOG = logging.getLogger("tmjkit.serve.hub")
_PATIENCE: Final = 30.0


class SignOutHandler(HubGuarded):
    """Leads to the Hub's signing out, which ends this server.

    A page stands in between. The Hub answers only when the server has ended, and until then the
    page that was left would be there, notice that its kernel died, and open itself anew.
    """

    def get(self) -> None:
        """Say that the person is being signed out, and go on to the Hub."""
        page = self.settings["voila_jinja2_env"].get_template("signout.html")
        self.finish(page.render(place=f"{self.gate.place.home}logout"))


class HubDashboards(Dashboards):
    """The dashboards behind the Hub's login, telling the Hub when they were used."""

    gate: HubGate
    _reporting: "asyncio.Task[None] | None" = None

    def init_settings(self) -> dict[str, Any]:
        """Put the Hub's gate in front of what is served for addresses that are nothing."""
        settings = super().init_settings()
        settings["default_handler_class"] = behind_hub(settings["default_handler_class"])
        settings["allow_remote_access"] = True
        settings["tmjkit_used"] = datetime.now(UTC)
        return settings

    def init_handlers(self) -> list[Any]:
        """Return what any server serves, behind the Hub's gate and without a token's login."""
        behind = [
            (rule[0], behind_hub(rule[1]), *rule[2:])
            for rule in super().init_handlers()
            if rule[1] is not LoginHandler
        ]
        base = self.server_url
        return [
            (url_path_join(base, "oauth_callback"), CallbackHandler),
            (url_path_join(base, "sign-out"), SignOutHandler),
            *behind,
        ]

    async def _announce(self) -> None:
        """Print nothing: there is no link that lets in. Report to the Hub from now on."""
        if self.gate.place.activity_url:
            self._reporting = asyncio.create_task(self._report())

    def last_used(self) -> datetime:
        """Return when the person last opened a page or used one."""
        manager: Any = self.kernel_manager
        ids: list[str] = manager.list_kernel_ids()
        kernels: list[datetime] = [manager.get_kernel(one).last_activity for one in ids]
        opened: datetime = self.app.settings["tmjkit_used"]
        return max([opened, *kernels])

    async def _report(self) -> None:
        place, client = self.gate.place, AsyncHTTPClient()
        while True:
            request = HTTPRequest(
                place.activity_url,
                method="POST",
                headers={
                    "Authorization": f"token {self.gate.identity.api_token}",
                    "Content-Type": "application/json",
                },
                body=activity(self.last_used()),
                request_timeout=_PATIENCE,
            )
            try:
                await client.fetch(request)
            except (OSError, HTTPClientError) as error:
                # The Hub may be restarting: the next report says the same and more.
                _LOG.warning("the Hub did not take the report of use: %s", type(error).__name__)
            await asyncio.sleep(place.activity_seconds)


def activity(used: datetime) -> str:
    """Return what the Hub is told: when the person's one server was last used."""
    moment = used.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return json.dumps({"servers": {"": {"last_activity": moment}}, "last_activity": moment})
