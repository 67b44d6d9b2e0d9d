"""What a JupyterHub tells the server that it starts for one person."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from tmjkit.serve.errors import ServeError

_NEEDED: Final = (
    "JUPYTERHUB_USER",
    "JUPYTERHUB_SERVICE_PREFIX",
    "JUPYTERHUB_SERVICE_URL",
    "JUPYTERHUB_API_URL",
    "JUPYTERHUB_API_TOKEN",
    "JUPYTERHUB_CLIENT_ID",
    "JUPYTERHUB_OAUTH_ACCESS_SCOPES",
)
_DEFAULT_INTERVAL: Final = 300


@dataclass(frozen=True)
class HubPlace:
    """Where a person's server stands, and whose it is.

    Parameters
    ----------
    user
        The person's name at the Hub. It is the author of whatever is saved here.
    ip, port
        Address to listen on.
    base_url
        What browsers open: the whole address where the Hub knows it, else its path.
    prefix
        The path alone; begins and ends with a slash.
    home
        The Hub's own pages; begins and ends with a slash.
    activity_url
        Where use is reported to; empty for nowhere.
    activity_seconds
        Time between two reports.
    """

    user: str
    ip: str
    port: int
    base_url: str
    prefix: str
    home: str
    activity_url: str
    activity_seconds: int


def read_place(environment: Mapping[str, str]) -> HubPlace:
    """Read what the Hub has put into the environment.

    Raises
    ------
    ServeError
        When something is missing: then no Hub has started this.
    """
    missing = [name for name in _NEEDED if not environment.get(name)]
    if missing:
        raise ServeError(
            f"{', '.join(missing)} is not set. 'tmjkit serve-hub' is started by JupyterHub for "
            "each person; to serve a workspace yourself, use 'tmjkit serve'"
        )
    prefix = f"/{environment['JUPYTERHUB_SERVICE_PREFIX'].strip('/')}/"
    url = urlsplit(environment["JUPYTERHUB_SERVICE_URL"])
    if url.scheme != "http" or not url.hostname or not url.port:
        raise ServeError(
            "JUPYTERHUB_SERVICE_URL must be an http:// address with a port. The Hub's "
            "internal_ssl is not supported: let it and these servers run on one machine"
        )
    interval = environment.get("JUPYTERHUB_ACTIVITY_INTERVAL", "")
    return HubPlace(
        user=environment["JUPYTERHUB_USER"],
        ip=url.hostname,
        port=url.port,
        base_url=environment.get("JUPYTERHUB_PUBLIC_URL") or prefix,
        prefix=prefix,
        home=f"{environment.get('JUPYTERHUB_BASE_URL', '/').rstrip('/')}/hub/",
        activity_url=environment.get("JUPYTERHUB_ACTIVITY_URL", ""),
        activity_seconds=int(interval) if interval.isdigit() else _DEFAULT_INTERVAL,
    )
