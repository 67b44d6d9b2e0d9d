"""Parents, owners and kernels that die, and systems that can't fork."""

import logging
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest
from kernels import Kernel, Launch, parent

from tmjkit.kernels import owner as owners
from tmjkit.kernels.owner import OWNER, SWITCH, Owner
from tmjkit.kernels.warm import UNKNOWN_END

OWNER_SCRIPT = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from kernels import Kernel, parent
kernel = Kernel(Path(sys.argv[2]))
kernel.client.execute("import time\\nwhile True: time.sleep(0.01)")
print(parent(), kernel.pid, flush=True)
sys.stdin.read()
"""


def test_a_killed_parent_is_replaced_and_its_kernels_go_on(
    launch: Launch, caplog: pytest.LogCaptureFixture
) -> None:
    before, old = launch(), parent()
    before.ask("kept = 5")
    warm = OWNER.parent
    assert warm is not None
    os.kill(old, signal.SIGKILL)
    assert warm.dead.wait(60)
    assert parent() != old
    assert "died" in caplog.text
    after = launch()
    assert after.is_forked
    assert after.value("1 + 1") == "2"
    assert before.value("kept") == "5"
    process = before.manager.provisioner.process
    assert process.poll() is None
    before.do(before.manager.shutdown_kernel(now=True))
    assert process.returncode == UNKNOWN_END
    assert not psutil.pid_exists(before.pid) or before.process.status() == psutil.STATUS_ZOMBIE


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_nothing_outlives_the_owner(tmp_path: Path, how: signal.Signals) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", OWNER_SCRIPT, str(Path(__file__).parent), str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    watchdog = threading.Timer(90, process.kill)
    watchdog.start()
    below = [psutil.Process(int(pid)) for pid in process.stdout.readline().split()]
    watchdog.cancel()
    assert len(below) == 2
    process.send_signal(how)
    process.communicate(timeout=60)
    assert psutil.wait_procs(below, timeout=30)[1] == []


def test_a_kernel_that_was_orphaned_ends_with_the_owner_too(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", OWNER_SCRIPT, str(Path(__file__).parent), str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    warm, kernel = (psutil.Process(int(pid)) for pid in process.stdout.readline().split())
    warm.kill()
    psutil.wait_procs([warm], timeout=30)
    assert kernel.is_running()
    process.kill()
    process.communicate(timeout=60)
    gone = psutil.wait_procs([kernel], timeout=30)[0]
    assert gone or kernel.status() == psutil.STATUS_ZOMBIE


def test_a_system_without_fork_starts_kernels_as_usual_and_says_so_once(
    launch: Launch, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(SWITCH, "plain")
    monkeypatch.setattr("tmjkit.kernels.provisioner.OWNER", Owner())
    with caplog.at_level(logging.WARNING):
        kernels = [launch() for _ in range(2)]
    assert [kernel.process.ppid() for kernel in kernels] == [os.getpid()] * 2
    assert [line.message for line in caplog.records if line.name == "tmjkit.kernels"] == [
        "Kernels are not forked from a warm parent but started one by one: "
        "this system can't fork them"
    ]
    assert kernels[0].value("6 * 7") == "42"


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_macos_and_windows_are_not_trusted_to_fork(
    monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert not owners.can_fork()
    assert Owner().warm_up() is None


def test_a_parent_that_never_gets_warm_is_not_tried_again(
    launch: Launch, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken = Owner()
    monkeypatch.setattr("tmjkit.kernels.provisioner.OWNER", broken)
    monkeypatch.setattr("tmjkit.kernels.warm.sys.executable", "/bin/false")
    assert broken.warm_up() is not None
    monkeypatch.undo()
    assert broken.parent is None or broken.parent.dead.wait(60)
    assert broken.warm_up() is None
    assert "did not start" in caplog.text


def test_another_tmjkit_on_disk_is_not_mixed_with_the_owners(
    launch: Launch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(owners, "__version__", "0.0.0-other")
    assert not launch().is_forked


def test_a_pipe_needs_an_ordinary_start(launch: Launch) -> None:
    kernel = launch(stdout=subprocess.PIPE)
    assert not kernel.is_forked


def test_an_owner_that_was_forked_has_no_parent_yet(kernel: Kernel) -> None:
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(tell, b"none" if OWNER.parent is None else b"some")
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(told, 4) == b"none"
    os.close(told)
    os.close(tell)
    assert kernel.value("1 + 1") == "2"
