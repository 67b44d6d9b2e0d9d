"""The settings that privacy rests on are all set, and known to the programs they are for."""

from pathlib import Path

import pytest
from jupyter_client.manager import KernelManager
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.kernelmanager import MappingKernelManager
from voila.app import Voila
from voila.configuration import VoilaConfiguration
from voila.execute import VoilaExecutor
from voila.exporter import VoilaExporter

from tmjkit.serve.config import MESSAGE_BYTES, Setting, configuration
from tmjkit.serve.headers import CONTENT_SECURITY_POLICY

OWNERS = {
    "Voila": Voila,
    "VoilaConfiguration": VoilaConfiguration,
    "VoilaExecutor": VoilaExecutor,
    "VoilaExporter": VoilaExporter,
    "MappingKernelManager": MappingKernelManager,
    "ZMQChannelsWebsocketConnection": ZMQChannelsWebsocketConnection,
    "KernelManager": KernelManager,
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


def test_every_server_has_a_key_of_its_own(tmp_path: Path) -> None:
    setting = Setting("127.0.0.1", 0, tmp_path, tmp_path)
    secrets = {bytes(configuration(setting).Voila.cookie_secret) for _ in range(3)}
    assert len(secrets) == 3
    assert all(len(secret) == 32 for secret in secrets)


def test_a_hundred_megabytes_fit_into_a_message() -> None:
    assert MESSAGE_BYTES > 100 * 1024 * 1024 * 4 / 3


def test_the_policy_lets_no_script_in_the_page_run_and_no_other_host_be_asked() -> None:
    scripts = next(p for p in CONTENT_SECURITY_POLICY.split("; ") if p.startswith("script-src"))
    assert scripts == "script-src 'self' 'unsafe-eval'"
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'")
    for source in ("http:", "https:", "ws:", "wss:", "*"):
        assert source not in CONTENT_SECURITY_POLICY
