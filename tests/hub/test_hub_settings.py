"""The clinic's configuration reads its settings, and refuses what would leak or surprise."""

import grp
import pwd
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


@pytest.mark.parametrize("which", ["knowledge", "templates"])
def test_what_the_office_brings_is_in_a_folder_for_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    variable = f"TMJKIT_{which.upper()}"
    assert variable not in load(write(tmp_path), monkeypatch).Spawner.environment
    folder = tmp_path / "ours"
    folder.mkdir()
    folder.chmod(0o770)
    c = load(write(tmp_path, **{which: str(folder)}), monkeypatch)
    assert c.Spawner.environment[variable] == str(folder)
    folder.chmod(0o777)
    with pytest.raises(SystemExit, match=f"{which} .* can be changed by every account: run 'chmod"):
        load(write(tmp_path, **{which: str(folder)}), monkeypatch)
    for wrong in ("ours", str(tmp_path / "nowhere"), str(tmp_path / "passphrase")):
        with pytest.raises(SystemExit, match=f"{which} .* should be the whole path of a folder"):
            load(write(tmp_path, **{which: wrong}), monkeypatch)


@pytest.mark.parametrize(
    ("shell", "allowed"),
    [
        ("/usr/sbin/nologin", True),
        ("/sbin/nologin", True),
        ("/bin/false", True),
        ("/bin/bash", False),
        ("/usr/bin/git-shell", False),
        ("", False),  # the system's own shell then
    ],
)
def test_an_account_with_a_login_shell_is_not_let_in(
    shell: str, allowed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    c = load(write(tmp_path), monkeypatch)
    account = pwd.struct_passwd(("frontdesk", "x", 1234, 4321, "", "/home/frontdesk", shell))
    monkeypatch.setattr(pwd, "getpwnam", lambda _: account)
    clinic = c.JupyterHub.authenticator_class(allowed_groups=c.LocalAuthenticator.allowed_groups)
    group = grp.struct_group(("tmjkit", "x", 4321, []))
    monkeypatch.setattr(clinic, "_getpwnam", lambda _: account)
    monkeypatch.setattr(clinic, "_getgrnam", lambda _: group)
    monkeypatch.setattr(clinic, "_getgrouplist", lambda *_: [4321])
    assert clinic.check_allowed("frontdesk") is allowed


def test_the_example_has_every_setting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="there is no setting 'x'") as refused:
        load(write(tmp_path, x="y"), monkeypatch)
    known = str(refused.value).partition("; there are ")[2].split(", ")
    example = (DEPLOY / "hub.toml").read_text()
    assert [name for name in known if f"\n{name} = " not in example] == []
