"""The settings that privacy rests on are all set, and known to the programs they are for."""

from dataclasses import replace
from pathlib import Path

import pytest
from jupyter_client.manager import KernelManager
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.kernelmanager import MappingKernelManager
from voila.app import Voila
from voila.configuration import VoilaConfiguration
from voila.execute import VoilaExecutor
from voila.exporter import VoilaExporter

from tmjkit.serve.application import BODY_BYTES
from tmjkit.serve.config import MESSAGE_BYTES, Setting, configuration
from tmjkit.serve.headers import CONTENT_SECURITY_POLICY, policy
from tmjkit.serve.kernels import DashboardKernels
from tmjkit.serve.pages import first_page

OWNERS = {
    "Voila": Voila,
    "VoilaConfiguration": VoilaConfiguration,
    "VoilaExecutor": VoilaExecutor,
    "VoilaExporter": VoilaExporter,
    "MappingKernelManager": MappingKernelManager,
    "ZMQChannelsWebsocketConnection": ZMQChannelsWebsocketConnection,
    "KernelManager": KernelManager,
    "DashboardKernels": DashboardKernels,
}


@pytest.fixture
def config(tmp_path: Path) -> dict[str, dict[str, object]]:
    return dict(configuration(Setting("127.0.0.1", 0, tmp_path / "pages", tmp_path / "private")))


def test_every_setting_is_one_that_exists(config: dict[str, dict[str, object]]) -> None:
    for owner, settings in config.items():
        known = OWNERS[owner].class_traits(config=True)
        assert set(settings) <= set(known), owner


def test_nothing_is_served_or_shown_that_need_not_be(config: dict[str, dict[str, object]]) -> None:
    voila = config["VoilaConfiguration"]
    assert voila["strip_sources"] is True
    assert voila["show_tracebacks"] is False
    assert voila["file_allowlist"] == []
    assert voila["allow_template_override"] == voila["allow_theme_override"] == "NO"
    assert config["MappingKernelManager"]["cull_connected"] is True
    assert config["KernelManager"]["transport_encryption"] == "required"


def test_settings_are_looked_for_in_our_folder_only(
    config: dict[str, dict[str, object]], tmp_path: Path
) -> None:
    assert config["Voila"]["config_file_paths"] == [str(tmp_path / "private")]


@pytest.mark.parametrize(
    ("present", "first"),
    [
        (("case", "worklist", "intake"), "worklist.ipynb"),
        (("case", "intake"), "case.ipynb"),
        ((), "case.ipynb"),
    ],
)
def test_the_first_page_is_the_worklist_where_there_is_one(
    tmp_path: Path, present: tuple[str, ...], first: str
) -> None:
    for name in present:
        (tmp_path / f"{name}.ipynb").touch()
    assert first_page(tmp_path) == first


def test_every_server_has_a_key_of_its_own(tmp_path: Path) -> None:
    setting = Setting("127.0.0.1", 0, tmp_path, tmp_path)
    secrets = {bytes(configuration(setting).Voila.cookie_secret) for _ in range(3)}
    assert len(secrets) == 3
    assert all(len(secret) == 32 for secret in secrets)


def test_there_is_signing_out_where_there_is_signing_in(tmp_path: Path) -> None:
    alone = Setting("127.0.0.1", 0, tmp_path, tmp_path)
    assert configuration(alone).VoilaConfiguration.resources["tmjkit"]["sign_out"] == ""
    hub = replace(alone, sign_out="/user/frontdesk/sign-out")
    assert (
        configuration(hub).VoilaConfiguration.resources["tmjkit"]["sign_out"].endswith("/sign-out")
    )


def test_a_message_holds_a_page_of_typing_and_no_file() -> None:
    assert 1024 * 1024 <= MESSAGE_BYTES <= 16 * 1024 * 1024
    assert BODY_BYTES <= 1024 * 1024


def test_the_policy_lets_no_script_in_the_page_run_and_no_other_host_be_asked() -> None:
    scripts = next(p for p in CONTENT_SECURITY_POLICY.split("; ") if p.startswith("script-src"))
    assert scripts == "script-src 'self' 'unsafe-eval'"
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'")
    for source in ("http:", "https:", "ws:", "wss:", "*"):
        assert source not in CONTENT_SECURITY_POLICY


def test_the_policy_names_the_encrypted_socket_of_this_host_and_no_other_thing() -> None:
    assert "connect-src 'self' wss://clinic.example:8443;" in policy("clinic.example:8443")
    assert "connect-src 'self' wss://[::1]:8443;" in policy("[::1]:8443")
    for host in ("", "x; script-src *", "x y", "x\n", "*", "x:y", "'none'"):
        assert policy(host) == CONTENT_SECURITY_POLICY
