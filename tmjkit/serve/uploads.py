"""Files on their way from a page to its kernel: taken in pieces, and sealed at once.

A file goes by HTTP and not through the kernel's socket, which holds a whole file in memory several
times and fails silently above a size. What arrives is sealed piece by piece with a key that is made
for this file and told to the page only; the page's script tells its kernel. So the folder between
the two holds nothing that can be read without that page, and no name: the name stays in the page.
"""

import os
import secrets
import time
from pathlib import Path
from typing import Any, Final

from tornado import web

from tmjkit.dashboards.sealed_file import SealedWriter
from tmjkit.dashboards.upload_check import LIMIT_BYTES

AT_ONCE: Final = 8
STALE_SECONDS: Final = 600.0
_FREE_BYTES: Final = 64 * 1024 * 1024
"""What the disk must still have after a file: others write there, too."""


class Uploads:
    """The folder of files on their way.

    Parameters
    ----------
    folder
        For this user only; it goes with the server.
    limit_bytes
        The largest file.
    """

    def __init__(self, folder: Path, limit_bytes: int = LIMIT_BYTES) -> None:
        self.folder = folder
        self.limit_bytes = limit_bytes
        self._coming: set[Path] = set()
        folder.mkdir(mode=0o700, exist_ok=True)

    def check(self, length: int) -> None:
        """See whether a file of so many bytes can come.

        Raises
        ------
        tornado.web.HTTPError
            400 when it is empty, 413 when it is too large, 503 when too many are on their way,
            507 when the disk has no room for it.
        """
        if length <= 0:
            raise web.HTTPError(400)
        if length > self.limit_bytes:
            raise web.HTTPError(413)
        if len(self._coming) >= AT_ONCE:
            raise web.HTTPError(503)
        if _free(self.folder) < length + _FREE_BYTES:
            raise web.HTTPError(507)

    def begin(self, length: int) -> tuple[str, bytes, SealedWriter]:
        """Begin a file; return its name here, its key and where it is written.

        Raises
        ------
        tornado.web.HTTPError
            As `check` does.
        """
        self.check(length)
        name, key = secrets.token_hex(16), secrets.token_bytes(32)
        writer = SealedWriter(self.folder / name, key)
        self._coming.add(writer.path)
        return name, key, writer

    def end(self, writer: SealedWriter, *, keep: bool) -> None:
        """Close a file; what did not come whole is deleted."""
        self._coming.discard(writer.path)
        writer.close(whole=keep)
        if not keep:
            writer.path.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Delete what no kernel fetched for ten minutes."""
        for path in self.folder.iterdir():
            if path in self._coming:
                continue
            try:
                old = time.time() - path.stat().st_mtime > STALE_SECONDS
            except FileNotFoundError:  # fetched meanwhile
                continue
            if old:
                path.unlink(missing_ok=True)


def _count(text: str, status: int) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 18):  # noqa: PLR2004
        raise web.HTTPError(status)
    return int(text)


def _free(folder: Path) -> int:
    try:
        found = os.statvfs(folder)
    except AttributeError:  # Windows; there a full disk is noticed when it is written to
        return 1 << 62
    return found.f_bavail * found.f_frsize


@web.stream_request_body
class UploadHandler(web.RequestHandler):
    """Takes one file; answers with what its page's kernel needs to fetch it."""

    _writer: SealedWriter | None = None
    _name = ""
    _key = b""
    _left = 0
    _full = False

    def set_default_headers(self) -> None:
        """Say that the connection ends with the answer: what is refused is never read."""
        super().set_default_headers()
        if self.request.method == "POST":
            self.set_header("Connection", "close")

    async def prepare(self) -> None:
        """Refuse what may not come, before its first byte is read."""
        waiting = super().prepare()
        if waiting is not None:
            await waiting
        if self.request.method != "POST":
            return
        self.check_xsrf_cookie()
        self._left = _count(self.request.headers.get("Content-Length", ""), 411)
        self._name, self._key, self._writer = self._uploads.begin(self._left)
        connection: Any = self.request.connection
        connection.set_max_body_size(self._uploads.limit_bytes)

    def get(self) -> None:
        """Say whether a file of so many bytes can come (204), or why not."""
        self._uploads.check(_count(self.get_query_argument("bytes", ""), 400))
        self.set_status(204)
        self.finish()

    def data_received(self, chunk: bytes) -> None:
        """Seal a piece; of a file that the disk had no room for, the rest is let pass by."""
        if self._writer is None:
            return
        try:
            self._writer.write(chunk)
        except OSError:
            self._full = True
            self._drop()
        self._left -= len(chunk)

    def post(self) -> None:
        """Answer with the file's name here and its key."""
        writer = self._writer
        if self._full:
            raise web.HTTPError(507)
        if writer is None or self._left != 0:
            raise web.HTTPError(400)
        try:
            self._uploads.end(writer, keep=True)
        except OSError:
            self._drop()
            raise web.HTTPError(507) from None
        self._writer = None
        self.finish({"name": self._name, "key": self._key.hex()})

    def on_connection_close(self) -> None:
        """Delete what did not come whole."""
        super().on_connection_close()
        self._drop()

    def on_finish(self) -> None:
        """Delete what was refused on the way."""
        self._drop()

    def _drop(self) -> None:
        if self._writer is not None:
            writer, self._writer = self._writer, None
            self._uploads.end(writer, keep=False)

    @property
    def _uploads(self) -> Uploads:
        uploads: Uploads = self.settings["tmjkit_uploads"]
        return uploads
