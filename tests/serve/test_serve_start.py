"""Starting: a link once it answers, or one clear line."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from serving import TOKEN, Server

from tmjkit.serve import ServeError, application, serve
from tmjkit.serve.server import named_folders
from tmjkit.store import WorkspaceKey


def test_the_link_works_as_soon_as_it_is_printed(server: Server) -> None:
    assert server.said[0] == f"The dashboards are at {server.address}/?token={TOKEN}\n"
    assert "Whoever has this link" in server.said[1]


def test_a_port_that_is_taken_gives_one_clear_error(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from tmjkit.serve import ServeError, serve\n"
        "from tmjkit.store import WorkspaceKey\n"
        "try:\n"
        "    serve('x', WorkspaceKey(bytes(32)), port=int(sys.argv[1]))\n"
        "except ServeError as error:\n"
        "    print(error, error.for_people)\n"
    )
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, "-P", "-c", code, str(port)]
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=tmp_path, timeout=60, check=True
        )
    assert done.stdout == (
        f"port {port} on 127.0.0.1 can't be used: Address already in use. "
        "Choose another one, or 0 for any that is free True\n"
    )
    assert done.stderr == ""


@pytest.mark.parametrize("variable", ["TMJKIT_KNOWLEDGE", "TMJKIT_TEMPLATES"])
def test_a_named_folder_is_the_same_one_in_every_kernel(
    variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ours").mkdir()
    assert named_folders({variable: "ours"}) == {variable: str(tmp_path / "ours")}
    assert named_folders({variable: ""}) == {}


@pytest.mark.parametrize("variable", ["TMJKIT_KNOWLEDGE", "TMJKIT_TEMPLATES"])
def test_a_named_folder_that_is_missing_is_refused_before_anything_is_served(
    variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(variable, "typo")
    with pytest.raises(ServeError, match=f"there is no folder typo, which {variable} names"):
        serve("x", WorkspaceKey(bytes(32)))


def test_the_browser_gets_the_link_from_a_private_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(application.webbrowser, "open", opened.append)
    page = tmp_path / "open.html"
    application._open_browser(page, "http://127.0.0.1:1/?token=secret&x=1")
    assert opened == [page.as_uri()]
    assert 'content="0;url=http://127.0.0.1:1/?token=secret&amp;x=1"' in page.read_text()
