"""The kernels: which Python, what they are given, and that they end."""

import json
import os
import signal
import sys
from pathlib import Path

import psutil
import pytest
from serving import KEY, PASSPHRASE, TOKEN, Server, Start, end_page, facts, open_page


@pytest.fixture(scope="module")
def beset(start: Start, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """Start a server on a machine full of other people's settings, kernels and files."""
    home = tmp_path_factory.mktemp("home")
    stray = {"argv": [sys.executable, "-c", "pass"], "display_name": "x", "language": "python"}
    for root in (home / ".local/share/jupyter", home / "else"):
        kernel = root / "kernels/python3"
        kernel.mkdir(parents=True)
        (kernel / "kernel.json").write_text(json.dumps(stray))
        template = root / "voila/templates/tmjkit"
        template.mkdir(parents=True)
        (template / "index.html.j2").write_text("stray template")
    settings = home / ".jupyter"
    settings.mkdir()
    run = f"open({str(home / 'was-run')!r}, 'a').write('x')\n"
    startup = home / ".ipython/profile_default/startup"
    startup.mkdir(parents=True)
    (startup / "stray.py").write_text(run)
    here = tmp_path_factory.mktemp("stray")
    for place in (here, settings):
        (place / "voila.py").write_text(run + "c.VoilaConfiguration.show_tracebacks = True\n")
        (place / "voila.json").write_text(json.dumps({"Voila": {"token": "stray"}}))
        (place / "jupyter_server_config.py").write_text(run)
    for name in ("ipywidgets.py", "ipython_config.py", "ipython_kernel_config.py"):
        (here / name).write_text(run)
    for folder in (here / "profile_default", here / ".ipython/profile_default"):
        (folder / "startup").mkdir(parents=True)
        (folder / "startup/stray.py").write_text(run)
    environment = {
        "HOME": str(home),
        "JUPYTER_PATH": str(home / "else"),
        "JUPYTER_TOKEN": "stray-token",
    }
    return start(folder=here, environment=environment)


def test_only_this_python_and_its_own_settings_are_used(beset: Server) -> None:
    with beset.client() as client:
        page, _ = open_page(client)
    found = facts(page)
    assert found["python"] == sys.executable
    assert "site-packages" in found["widgets"]
    assert not (Path(beset.log_file.parent.parent) / "was-run").exists()
    assert "stray template" not in page
    home = Path(psutil.Process(beset.process.pid).environ()["HOME"])
    assert not (home / "was-run").exists()


def test_the_key_goes_by_the_environment_only(server: Server) -> None:
    with server.client() as client:
        page, kernel = open_page(client, query="?case=case-1")
        found = facts(page)
        assert found["key"] == KEY
        assert found["workspace"] == str(server.log_file.parent / "cases.tmjkit")
        assert found["passphrase"] is None
        assert found["query"] == "case=case-1"
        assert found["folder"].endswith("pages")
        everyone = [psutil.Process(server.process.pid), *server.kernels()]
        commands = " ".join(" ".join(one.cmdline()) for one in everyone)
        end_page(client, kernel)
    assert KEY not in commands
    for secret in (KEY, PASSPHRASE):
        assert secret not in server.log
        assert secret not in "".join(server.said)


def test_a_page_ends_its_kernel_when_it_goes(server: Server) -> None:
    with server.client() as client:
        _, kernel = open_page(client, "case")
        running = server.kernels()
        assert len(running) == 1
        assert client.post(f"/voila/api/shutdown/{kernel}").status_code == 403, "needs the cookie"
        end_page(client, kernel)
        gone, alive = psutil.wait_procs(running, timeout=20)
        assert (len(gone), alive) == (1, [])
        assert client.get(f"/api/kernels/{kernel}").status_code == 404


def test_a_page_in_use_learns_whether_its_kernel_lives(server: Server) -> None:
    with server.client() as client:
        _, kernel = open_page(client, "case")
        xsrf = client.cookies["_xsrf"]
        before = client.get(f"/api/kernels/{kernel}").json()["last_activity"]
        assert client.post(f"/awake/{kernel}", data={"_xsrf": xsrf}).status_code == 204
        assert client.get(f"/api/kernels/{kernel}").json()["last_activity"] == before
        used = {"_xsrf": xsrf, "used": "1"}
        assert client.post(f"/awake/{kernel}", data=used).status_code == 204
        assert client.get(f"/api/kernels/{kernel}").json()["last_activity"] > before
        assert client.post(f"/awake/{kernel}", data={"used": "1"}).status_code == 403
        server.kernels()[0].kill()
        answers = (client.post(f"/awake/{kernel}", data=used).status_code for _ in range(500))
        assert 404 in answers
        end_page(client, kernel)


def test_kernels_speak_encrypted_and_their_files_are_private(server: Server) -> None:
    with server.client() as client:
        _, kernel = open_page(client, "case")
        command = server.kernels()[0].cmdline()
        connection = Path(command[command.index("-f") + 1])
        assert "curve_publickey" in json.loads(connection.read_text())
        private = [folder for folder in connection.parents if folder.name.startswith("tmjkit-")]
        assert private[0].stat().st_mode & 0o077 == 0
        end_page(client, kernel)


def test_an_idle_page_loses_its_kernel(start: Start) -> None:
    server = start(idle_seconds=2)
    with server.client() as client:
        open_page(client, "case")
        _, alive = psutil.wait_procs(server.kernels(), timeout=30)
    assert alive == []


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_stopped_server_leaves_nothing(start: Start, how: signal.Signals) -> None:
    server = start()
    with server.client() as client:
        open_page(client, "case")
    kernels = server.kernels()
    command = kernels[0].cmdline()
    connection = Path(command[command.index("-f") + 1])
    private = next(folder for folder in connection.parents if folder.name.startswith("tmjkit-"))
    os.kill(server.process.pid, how)
    assert server.process.wait(timeout=30) == 0
    assert psutil.wait_procs(kernels, timeout=20)[1] == []
    assert not private.exists()


def test_a_login_ends_with_the_server(start: Start, server: Server) -> None:
    other = start()
    port, old = other.host.rpartition(":")[2], server.host.rpartition(":")[2]
    with server.client() as client:
        cookies = list(client.cookies.items())
    with other.client(logged_in=False) as client:
        for name, value in cookies:
            client.cookies.set(name, value)
            client.cookies.set(name.replace(old, port), value)
        assert client.get("/closed").status_code == 403
    assert TOKEN in other.link
