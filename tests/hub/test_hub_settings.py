"""The clinic's configuration reads its settings, and refuses what would leak or surprise."""

from pathlib import Path
from typing import Any

import pytest
from traitlets.config.loader import PyFileConfigLoader

DEPLOY = Path(__file__).parents[2] / "deploy"
SECRET = "passphrase of the settings' test"


def write(folder: Path, **changes: str) -> Path:
    secret = folder / "passphrase"
    secret.write_text(f"{SECRET}\n")
    secret.chmod(0o600)
    settings = {
        "public_url": "https://cases.clinic.example",
        "workspace": "postgresql://clinic@127.0.0.1/clinic",
        "passphrase_file": str(secret),
        **changes,
    }
    file = folder / "hub.toml"
    file.write_text("".join(f'{name} = "{value}"\n' for name, value in settings.items() if value))
    return file


def load(file: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("TMJKIT_HUB_SETTINGS", str(file))
    return PyFileConfigLoader("jupyterhub_config.py", path=str(DEPLOY)).load_config()


def test_the_secret_goes_by_the_environment_and_the_name_by_the_hub(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    c = load(write(tmp_path), monkeypatch)
    assert c.Spawner.environment["TMJKIT_PASSPHRASE"] == SECRET
    assert "TMJKIT_AUTHOR" not in c.Spawner.environment
    assert c.Spawner.cmd[-1] == "serve-hub"
    assert SECRET not in " ".join(c.Spawner.cmd)
    assert c.JupyterHub.bind_url == "http://127.0.0.1:8000"
    assert c.JupyterHub.public_url == "https://cases.clinic.example/"
    roles = c.JupyterHub.load_roles
    assert not {"access:servers", "admin:users", "tokens"} & {
        scope for role in roles for scope in role["scopes"]
    }


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"public_url": ""}, "public_url is missing"),
        ({"gruop": "tmjkit"}, "there is no setting 'gruop'"),
        ({"workspace": "clinic.tmjkit"}, "must be a postgresql:// address"),
        ({"workspace": "postgresql://clinic:pw@db/clinic"}, "take the password out of workspace"),
        ({"passphrase_file": "/nowhere/passphrase"}, "passphrase_file /nowhere/passphrase can't"),
    ],
)
def test_a_wrong_setting_is_named(
    changes: dict[str, str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SystemExit, match=words):
        load(write(tmp_path, **changes), monkeypatch)


def test_a_secret_that_others_can_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(tmp_path)
    (tmp_path / "passphrase").chmod(0o644)
    with pytest.raises(SystemExit, match="can be read by other accounts: run 'chmod 600"):
        load(file, monkeypatch)


def test_the_example_has_every_setting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="there is no setting 'x'") as refused:
        load(write(tmp_path, x="y"), monkeypatch)
    known = str(refused.value).partition("; there are ")[2].split(", ")
    example = (DEPLOY / "hub.toml").read_text()
    assert [name for name in known if f"\n{name} = " not in example] == []
