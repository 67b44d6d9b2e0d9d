"""What was typed in a page whose kernel died, kept until the same page is open again.

Only in the server's memory, never in a file: sealed things belong in the workspace, and without
the kernel nobody has its key. It is bound to the login that typed it; under a Hub, where a server
has one person and a new login follows an old one, to that person. It goes when it was put back,
when the server ends (under the Hub signing out ends it), and after an hour at the latest.
"""

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from tornado import web

KEPT_BYTES: Final = 200_000
KEPT_PAGES: Final = 50
KEPT_SECONDS: Final = 3600.0
_PAGE: Final = re.compile(r"[0-9a-f]{8,64}")


@dataclass(frozen=True, slots=True)
class _Entry:
    data: bytes
    until: float


class KeptForms:
    """What was typed, by login and page; the oldest goes where there are too many.

    Parameters
    ----------
    now
        A clock in seconds.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._entries: dict[tuple[str, str], _Entry] = {}

    def put(self, login: str, page: str, data: bytes) -> None:
        """Keep what was typed in a page, in place of what was kept of it before.

        Raises
        ------
        ValueError
            When it is larger than `KEPT_BYTES`.
        """
        if len(data) > KEPT_BYTES:
            raise ValueError("too large to be kept")
        self.sweep()
        self._entries.pop((login, page), None)
        while len(self._entries) >= KEPT_PAGES:
            del self._entries[next(iter(self._entries))]
        self._entries[login, page] = _Entry(data, self._now() + KEPT_SECONDS)

    def get(self, login: str, page: str) -> bytes | None:
        """Return what was typed in a page, or None."""
        self.sweep()
        entry = self._entries.get((login, page))
        return entry.data if entry else None

    def drop(self, login: str, page: str) -> None:
        """Forget a page."""
        self._entries.pop((login, page), None)

    def sweep(self) -> None:
        """Forget what was kept for too long."""
        now = self._now()
        for key in [key for key, entry in self._entries.items() if entry.until <= now]:
            del self._entries[key]

    def __len__(self) -> int:
        return len(self._entries)


class KeptHandler(web.RequestHandler):
    """Takes what was typed, gives it back, and forgets it."""

    gate: Any  # from `Guarded`

    async def prepare(self) -> None:
        """Refuse a request that another site could have sent."""
        waiting = super().prepare()
        if waiting is not None:
            await waiting
        if self.request.method != "GET":
            self.check_xsrf_cookie()

    def get(self) -> None:
        """Answer with what was typed, or with nothing (204)."""
        data = self._forms.get(self._login, self._page)
        if data is None:
            self.set_status(204)
            self.finish()
            return
        self.set_header("Content-Type", "application/json")
        self.finish(data)

    def post(self) -> None:
        """Keep what was typed: a JSON list of fields."""
        try:
            fields = json.loads(self.request.body)
        except ValueError:
            raise web.HTTPError(400) from None
        if not isinstance(fields, list):
            raise web.HTTPError(400)
        try:
            self._forms.put(self._login, self._page, self.request.body)
        except ValueError:
            raise web.HTTPError(413) from None
        self.set_status(204)
        self.finish()

    def delete(self) -> None:
        """Forget what was typed."""
        self._forms.drop(self._login, self._page)
        self.set_status(204)
        self.finish()

    @property
    def _forms(self) -> KeptForms:
        forms: KeptForms = self.settings["tmjkit_kept"]
        return forms

    @property
    def _login(self) -> str:
        login: str = self.gate.login(self)
        return login

    @property
    def _page(self) -> str:
        page = self.get_query_argument("page", "")
        if not _PAGE.fullmatch(page):
            raise web.HTTPError(400)
        return page
