"""A field to choose files with: by HTTP with a progress bar under our server, else by a widget.

Under `tmjkit serve` the page's script sends a file to the server in pieces, where it is sealed, and
tells this kernel by a hidden text where it lies and with which key it opens; see
`tmjkit.serve.uploads`. The kernel reads it, deletes it, checks it, and hands it on.
"""

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tmjkit.dashboards.desk import Desk
from tmjkit.dashboards.sealed_file import SealError, read_sealed
from tmjkit.dashboards.upload_check import (
    LIMIT_BYTES,
    PAPERS,
    UploadedFile,
    UploadRefused,
    checked,
    plain_name,
)

__all__ = ["LIMIT_BYTES", "PAPERS", "Upload", "UploadRefused", "UploadedFile"]

UPLOADS: Final = "TMJKIT_UPLOADS"
"""Names the folder where the server puts files; not there without our server."""

_NAME: Final = re.compile(r"[0-9a-f]{32}")
_KEY: Final = re.compile(r"[0-9a-f]{64}")


class Upload:
    """A field that takes files, one after the other.

    Parameters
    ----------
    desk
        Where an error that nobody foresaw goes.
    label
        What the field asks for; each field of a page has its own.
    take
        Called with a file once it is there whole and is what it says. It may raise
        `UploadRefused`, `CaseError` or `StoreError`; their words are shown at the field.
    accept
        Media types that can be taken, of those in `upload_check.NAMES`.
    limit_bytes
        The largest that can be taken.

    Attributes
    ----------
    widget
        To be put into a page.
    """

    def __init__(
        self,
        desk: Desk,
        label: str,
        take: Callable[[UploadedFile], object],
        *,
        accept: tuple[str, ...] = PAPERS,
        limit_bytes: int = LIMIT_BYTES,
    ) -> None:
        from tmjkit.dashboards.upload_view import (  # noqa: PLC0415 -- the view knows the field
            LabUploadView,
            ServedUploadView,
        )

        self.label = label
        self.accept = accept
        self.limit_bytes = limit_bytes
        self._take = take
        folder = os.environ.get(UPLOADS)
        view = ServedUploadView(self, desk, Path(folder)) if folder else LabUploadView(self, desk)
        self.widget = view.widget

    def fetch(self, folder: Path, told: str) -> tuple[str, UploadedFile]:
        """Fetch what the page's script told of; the file is deleted whatever comes.

        Returns
        -------
        tuple of str and UploadedFile
            Its name on the server, and the file.

        Raises
        ------
        UploadRefused
            When it can't be taken.
        """
        name, key, called = _read_told(told)
        path = folder / name
        try:
            data = read_sealed(path, key)
        except SealError:
            raise UploadRefused(
                "it did not arrive whole, or lay too long. Choose it again."
            ) from None
        finally:
            path.unlink(missing_ok=True)
        return name, self.check(called, data)

    def check(self, name: str, data: bytes) -> UploadedFile:
        """Check a file.

        Raises
        ------
        UploadRefused
            When it can't be taken.
        """
        return checked(name, data, self.accept, self.limit_bytes)

    def take(self, file: UploadedFile) -> None:
        """Hand a file on."""
        self._take(file)


def told_name(told: str) -> tuple[str, str]:
    """Return a file's name on the server and at home, as the script told; empty when it didn't."""
    try:
        name, _, called = _read_told(told)
    except UploadRefused:
        return "", ""
    return name, plain_name(called)


def _read_told(told: str) -> tuple[str, bytes, str]:
    try:
        said = json.loads(told)
        name, key, called = str(said["name"]), str(said["key"]), str(said["file"])
    except (ValueError, KeyError, TypeError):
        name = key = called = ""
    if not _NAME.fullmatch(name) or not _KEY.fullmatch(key):
        raise UploadRefused("it did not arrive. Choose it again.")
    return name, bytes.fromhex(key), called
