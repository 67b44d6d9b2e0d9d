"""The passphrase comes from the environment, the keyring or a prompt, in this order."""

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from tmjkit.store import NoPassphrase, StoreUnavailable, find_passphrase, remember, terminal_prompt


class Memory(KeyringBackend):
    """A keyring that forgets when the test ends."""

    priority = 1

    def __init__(self):
        super().__init__()
        self.kept = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def delete_password(self, service, username):
        del self.kept[service, username]


class Locked(Memory):
    """A keyring whose owner doesn't unlock it."""

    def get_password(self, *_):
        raise KeyringLocked("locked")

    def set_password(self, *_):
        raise KeyringLocked("locked")


@pytest.fixture(params=[Memory, Locked, keyring.backends.fail.Keyring])
def any_keyring(request):
    before = keyring.get_keyring()
    keyring.set_keyring(request.param())
    yield keyring.get_keyring()
    keyring.set_keyring(before)


@pytest.fixture
def memory():
    before = keyring.get_keyring()
    keyring.set_keyring(Memory())
    yield keyring.get_keyring()
    keyring.set_keyring(before)


def test_the_environment_comes_first(memory):
    remember("clinic.tmjkit", "from the keyring")
    found = find_passphrase(
        "clinic.tmjkit", lambda _: "typed in", environment={"TMJKIT_PASSPHRASE": "from outside"}
    )
    assert found == "from outside"


def test_then_the_keyring(memory):
    remember("clinic.tmjkit", "from the keyring")
    assert find_passphrase("clinic.tmjkit", lambda _: "typed in", environment={}) == (
        "from the keyring"
    )
    with pytest.raises(NoPassphrase):
        find_passphrase("other.tmjkit", environment={})


def test_then_the_person(any_keyring):
    asked = []

    def prompt(text):
        asked.append(text)
        return "typed in"

    assert find_passphrase("clinic.tmjkit", prompt, environment={}) == "typed in"
    assert len(asked) == 1
    assert "clinic.tmjkit" in asked[0]


@pytest.mark.parametrize("prompt", [None, lambda _: ""])
def test_without_any_the_ways_are_listed(any_keyring, prompt):
    with pytest.raises(NoPassphrase, match="TMJKIT_PASSPHRASE") as error:
        find_passphrase("clinic.tmjkit", prompt, environment={})
    assert "keyring" in str(error.value)
    assert "terminal" in str(error.value)


def test_the_same_file_has_one_passphrase_from_any_folder(memory, tmp_path, monkeypatch):
    (tmp_path / "folder").mkdir()
    monkeypatch.chdir(tmp_path)
    remember("clinic.tmjkit", "from the keyring")
    monkeypatch.chdir(tmp_path / "folder")
    assert find_passphrase(tmp_path / "clinic.tmjkit", environment={}) == "from the keyring"
    assert find_passphrase("../clinic.tmjkit", environment={}) == "from the keyring"


def test_a_database_password_does_not_stand_in_the_keyring(memory):
    url = "postgresql://ann:secret@db.example.org/clinic"
    remember(url, "from the keyring")
    assert find_passphrase(url.replace("secret", "changed"), environment={}) == "from the keyring"
    assert "secret" not in str(memory.kept.keys())


@pytest.mark.parametrize("broken", [Locked, keyring.backends.fail.Keyring])
def test_a_keyring_that_can_not_keep_it_is_said(broken):
    before = keyring.get_keyring()
    keyring.set_keyring(broken())
    try:
        with pytest.raises(StoreUnavailable, match="TMJKIT_PASSPHRASE") as error:
            remember("clinic.tmjkit", "secret words")
        assert "secret words" not in str(error.value)
    finally:
        keyring.set_keyring(before)


def test_nobody_is_asked_without_a_terminal(monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert terminal_prompt() is None
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    assert terminal_prompt() is not None
