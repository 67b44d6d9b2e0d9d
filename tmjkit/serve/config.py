"""Every setting of Voila and Jupyter that our server depends on, in one place.

None is left to a default or to a file: Voila looks for `voila.py` and `voila.json` in the current
folder and runs them, so it is given a folder of ours to look in.
"""

import logging
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from traitlets.config import Config

from tmjkit.serve.abandoned import GRACE_SECONDS
from tmjkit.serve.address import DIRECT, Address
from tmjkit.serve.gate import GateIdentity
from tmjkit.serve.headers import HEADERS
from tmjkit.serve.kernels import DashboardKernels, OwnKernelSpecs
from tmjkit.serve.pages import first_page

IDLE_SECONDS: Final = 15 * 60
MESSAGE_BYTES: Final = 16 * 1024 * 1024
"""What a page may send its kernel at once: what is typed. Files go by HTTP, in pieces."""

PING_MILLISECONDS: Final = 30_000


@dataclass(frozen=True)
class Setting:
    """What differs from server to server.

    Parameters
    ----------
    ip, port
        Address to listen on; port 0 for any free one.
    notebooks
        Folder of the pages.
    private
        Folder that only this user can enter; it goes with the server.
    idle_seconds
        A page that nobody used for so long is closed and its kernel ended.
    address
        Where browsers reach the server.
    sign_out
        Where people sign out; empty where there is no signing in by name.
    grace_seconds
        A page whose socket is gone for so long counts as closed, and its kernel is ended.
    """

    ip: str
    port: int
    notebooks: Path
    private: Path
    idle_seconds: int = IDLE_SECONDS
    address: Address = DIRECT
    sign_out: str = ""
    grace_seconds: float = GRACE_SECONDS


def configuration(setting: Setting) -> Config:
    """Return the configuration of the server."""
    c: Any = Config()

    c.Voila.log_level = logging.WARNING
    c.Voila.ip = setting.ip
    c.Voila.port = setting.port
    c.Voila.base_url = setting.address.path
    c.Voila.port_retries = 0
    c.Voila.open_browser = False
    c.Voila.autoreload = False
    c.Voila.root_dir = str(setting.notebooks)
    c.Voila.config_file_paths = [str(setting.private)]
    c.Voila.connection_dir_root = str(setting.private)
    c.Voila.cookie_secret = secrets.token_bytes(32)
    c.Voila.token = ""  # the gate has its own
    c.Voila.identity_provider_class = GateIdentity
    c.Voila.tornado_settings = {
        "headers": dict(HEADERS),
        "websocket_max_message_size": MESSAGE_BYTES,
        "ws_ping_interval": PING_MILLISECONDS,
        # Longer than the interval: the answer to a ping is looked for when the next one is sent.
        "ws_ping_timeout": 3 * PING_MILLISECONDS,
        "xsrf_cookie_kwargs": {
            "samesite": "Lax",
            "expires_days": None,  # until the browser is closed
            "path": setting.address.path,
            "secure": setting.address.https,
        },
        "serve_traceback": False,
        "allow_unauthenticated_access": False,
        "tmjkit_idle_seconds": setting.idle_seconds,
        "tmjkit_first_page": first_page(setting.notebooks),
    }

    c.VoilaConfiguration.template = "tmjkit"
    c.VoilaConfiguration.allow_template_override = "NO"
    c.VoilaConfiguration.theme = "light"
    c.VoilaConfiguration.allow_theme_override = "NO"
    c.VoilaConfiguration.strip_sources = True
    c.VoilaConfiguration.show_tracebacks = False
    c.VoilaConfiguration.file_allowlist = []
    c.VoilaConfiguration.file_denylist = [".*"]
    c.VoilaConfiguration.extension_language_mapping = {}
    c.VoilaConfiguration.http_header_envs = []
    c.VoilaConfiguration.preheat_kernel = False
    c.VoilaConfiguration.extension_allowlist = [
        "@jupyter-widgets/jupyterlab-manager",
        "@voila-dashboards/widgets-manager8",
    ]
    c.VoilaConfiguration.kernel_spec_manager_class = OwnKernelSpecs
    c.VoilaConfiguration.multi_kernel_manager_class = DashboardKernels
    c.VoilaConfiguration.resources = {
        "tmjkit": {"idle_seconds": setting.idle_seconds, "sign_out": setting.sign_out}
    }

    # After this Voila writes a sign of life into the page that is a script, which our policy bars.
    c.VoilaConfiguration.http_keep_alive_timeout = 60 * 60

    c.VoilaExecutor.timeout = 60
    # Where many pages are opened at once, a page's outputs come long after its cell's reply; after
    # four seconds, which are the default, they would be left out without a word.
    c.VoilaExecutor.iopub_timeout = 60
    c.VoilaExecutor.cell_error_instruction = ""
    c.VoilaExecutor.cell_timeout_instruction = ""
    c.VoilaExporter.exclude_anchor_links = True
    c.VoilaExporter.language_code = "en"

    c.MappingKernelManager.root_dir = str(setting.notebooks)
    c.MappingKernelManager.cull_idle_timeout = setting.idle_seconds
    c.MappingKernelManager.cull_interval = min(60, max(1, setting.idle_seconds // 4))
    c.MappingKernelManager.cull_connected = True
    c.DashboardKernels.grace_seconds = setting.grace_seconds
    c.MappingKernelManager.allow_tracebacks = False
    # A browser talks to widgets. It can't have code run, which could save under another name.
    c.MappingKernelManager.allowed_message_types = [
        "comm_open",
        "comm_msg",
        "comm_close",
        "comm_info_request",
        "kernel_info_request",
    ]
    # A message with a packet for download is larger than the rate that Jupyter allows a
    # notebook's output, and would be dropped without a word.
    c.ZMQChannelsWebsocketConnection.limit_rate = False
    c.KernelManager.transport_encryption = "required"
    # A kernel that died has lost its page's state: a new one in its place would look alive.
    c.KernelManager.autorestart = False
    return c  # type: ignore[no-any-return]
