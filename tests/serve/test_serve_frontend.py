"""The scripts that go over in one piece."""

from pathlib import Path

import pytest
from serving import Server

from tmjkit.resources import path
from tmjkit.serve.frontend import NAME, bundle, find

LIST = path("templates") / "voila/tmjkit/chunks.txt"


def test_every_script_of_the_list_is_there() -> None:
    """After a new version of Voila or of the widgets, `scripts/chunks.py` makes the list anew."""
    listed = LIST.read_text().split()
    assert len(listed) > 50
    assert [name for name in listed if find(name) is None] == []


def test_the_piece_holds_them_all(tmp_path: Path) -> None:
    listed = LIST.read_text().split()
    assert bundle(tmp_path) == len(listed)
    text = (tmp_path / NAME).read_text()
    for name in listed:
        place = find(name)
        assert place is not None
        assert place.read_text() in text


def test_the_server_gives_it_to_who_is_logged_in(server: Server) -> None:
    address = f"/voila/templates/tmjkit/static/{NAME}"
    with server.client() as client:
        answer = client.get(address)
        assert answer.status_code == 200
        assert "push([[" in answer.text
    with server.client(logged_in=False) as client:
        assert client.get(address).status_code == 403


def test_a_users_own_folders_are_not_looked_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stray = tmp_path / "voila/templates/base/static"
    stray.mkdir(parents=True)
    (stray / "stray.js").write_text("")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    assert find("voila/templates/base/static/stray.js") is None
