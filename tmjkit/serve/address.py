"""Where people reach the server: directly, or under the name of a proxy in front of it."""

import ipaddress
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from tmjkit.serve.errors import ServeError

_PATH: Final = re.compile(r"(/[A-Za-z0-9._~-]+)*/?")
_HOST: Final = re.compile(r"[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]+\]")


@dataclass(frozen=True, slots=True)
class Address:
    """The address of the dashboards as a browser sees it.

    Parameters
    ----------
    path
        What every address of the server begins with; begins and ends with a slash.
    host
        Name and port that a proxy serves it under; empty when browsers come directly.
    https
        Whether browsers come encrypted.
    """

    path: str = "/"
    host: str = ""
    https: bool = False

    @property
    def host_name(self) -> str:
        """The host without its port, in small letters; empty when there is none."""
        return (urlsplit(f"//{self.host}").hostname or "") if self.host else ""


DIRECT: Final = Address()
"""Browsers come directly, without encryption."""


def read_address(text: str, *, tls: bool) -> Address:
    """Read what `--base-url` says: a path, or the whole address that a proxy serves.

    Parameters
    ----------
    text
        Such as `/tmjkit/` or `https://clinic.example/tmjkit/`.
    tls
        Whether the server itself encrypts.

    Raises
    ------
    ServeError
        When it is neither.
    """
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise _neither(text) from None
    path = parts.path or "/"
    if parts.query or parts.fragment or not _PATH.fullmatch(path) or _climbs(path):
        raise _neither(text)
    path = path.rstrip("/") + "/"
    if not parts.scheme and not parts.netloc:
        return Address(path, https=tls)
    host = parts.netloc if port is None else parts.netloc.rpartition(":")[0]
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(host):
        raise _neither(text)
    return Address(path, parts.netloc.lower(), parts.scheme == "https")


def is_loopback(host: str) -> bool:
    """Tell whether a name or number stands for this machine itself."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _climbs(path: str) -> bool:
    return any(part in {".", ".."} for part in path.split("/"))


def _neither(text: str) -> ServeError:
    return ServeError(
        f"--base-url {text!r} is neither a path nor an address: give a path such as /tmjkit/, or "
        "the whole address that people open, such as https://clinic.example/tmjkit/"
    )
