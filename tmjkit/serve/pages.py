"""The few pages that are not a notebook: login, the way in, "closed", and the sign of life."""

from pathlib import Path
from typing import Any

from jupyter_core.utils import ensure_async
from jupyter_server._tz import utcnow
from jupyter_server.base.handlers import JupyterHandler
from tornado import web

from tmjkit.serve.gate import TOKEN, Guarded, way_back

_FIRST_PAGES = ("worklist.ipynb", "case.ipynb")


def first_page(notebooks: Path) -> str:
    """Return the notebook that the home address leads to: the worklist where there is one."""
    here = [name for name in _FIRST_PAGES if (notebooks / name).is_file()]
    return here[0] if here else _FIRST_PAGES[-1]


class LoginHandler(Guarded):
    """Takes the token from the login form, in place of a link."""

    async def prepare(self) -> None:
        """Check the host only: who logs in is not known yet."""
        if not self.gate.host_fits(self):
            raise web.HTTPError(403)
        if self.request.method != "POST":
            raise web.HTTPError(405)
        self.check_xsrf_cookie()

    def post(self) -> None:
        """Let in who has the token, or the whole link, and go where they wanted to go."""
        given = self.get_body_argument(TOKEN, "").strip()
        if "token=" in given:
            given = given.partition("token=")[2].partition("&")[0]
        if not self.gate.fits(given):
            raise web.HTTPError(403)
        self.gate.let_in(self)
        back = way_back(self.get_body_argument("next", ""), self.gate.address.path)
        self.redirect(back, status=303)


class HomeHandler(web.RequestHandler):
    """The way in: the first page."""

    def get(self) -> None:
        """Go to the first page."""
        base: str = self.settings["base_url"]
        self.redirect(f"{base}voila/render/{self.settings['tmjkit_first_page']}")


class ClosedHandler(web.RequestHandler):
    """What an idle page is replaced by: it holds nothing of a patient."""

    def get(self) -> None:
        """Say that the page was closed, and offer it again."""
        rendered = f"{self.settings['base_url']}voila/render/"
        back = way_back(self.get_query_argument("back", ""))
        if not back.startswith(rendered):
            back = self.settings["base_url"]
        page = self.settings["voila_jinja2_env"].get_template("closed.html")
        self.finish(page.render(back=back, minutes=self.settings["tmjkit_idle_seconds"] // 60))


class AwakeHandler(JupyterHandler):
    """A page says that someone uses it, and learns whether its kernel is still there.

    Someone who reads or types without sending anything to the kernel would otherwise lose it
    to the culling of idle kernels.
    """

    async def post(self, kernel_id: str) -> None:
        """Answer 204 while the kernel lives, 404 when it is gone."""
        manager: Any = self.kernel_manager
        if kernel_id not in manager:
            raise web.HTTPError(404)
        kernel = manager.get_kernel(kernel_id)
        if not await ensure_async(kernel.is_alive()):
            raise web.HTTPError(404)
        manager.seen(kernel_id)
        if self.get_body_argument("used", "0") == "1":
            kernel.last_activity = utcnow()
        self.set_status(204)
        self.finish()


class NothingHandler(web.RequestHandler):
    """Any other address."""

    async def prepare(self) -> None:
        """Say that there is nothing."""
        raise web.HTTPError(404)
