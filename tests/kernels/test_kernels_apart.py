"""What a kernel must not share with another one, nor with the parent."""

import os
import stat
from pathlib import Path

import psutil
from kernels import Kernel, Launch, parent

KEY = "key-of-a-workspace-5b1e"
NUMBERS = (
    "import random, secrets, ssl, uuid, numpy as np; "
    "[random.random(), float(np.random.rand()), secrets.token_hex(), str(uuid.uuid4()), "
    "str(uuid.uuid1()), float(np.random.default_rng().random()), ssl.RAND_bytes(8).hex()]"
)


def test_no_two_kernels_draw_the_same_numbers(launch: Launch) -> None:
    drawn = [eval(launch().value(NUMBERS)) for _ in range(2)]  # noqa: S307
    for one, other in zip(*drawn, strict=True):
        assert one != other


def test_each_kernel_has_a_session_and_a_key_of_its_own(launch: Launch) -> None:
    about = "(lambda one: (one.session, one.key))(get_ipython().kernel.session)"
    assert len({launch().value(about) for _ in range(3)}) == 3


def test_what_one_kernel_does_no_later_one_sees(launch: Launch) -> None:
    first = launch()
    first.ask("planted = 1; import builtins, tmjkit; builtins.planted = tmjkit.planted = 2")
    first.ask("import os; os.environ['PLANTED'] = '3'; os.chdir('/')")
    second = launch()
    seen = "'planted' in globals(), hasattr(__import__('tmjkit'), 'planted')"
    assert second.value(seen) == "(False, False)"
    assert second.value("hasattr(__import__('builtins'), 'planted')") == "False"
    assert second.value("__import__('os').environ.get('PLANTED', 0)") == "0"
    assert second.value("__import__('os').getcwd()") != "'/'"


def test_two_at_once_answer_each_its_own(launch: Launch) -> None:
    kernels = [launch() for _ in range(2)]
    for number, kernel in enumerate(kernels):
        kernel.ask(f"mine = {number}")
    assert [kernel.value("mine") for kernel in kernels] == ["0", "1"]
    assert len({os.getsid(kernel.pid) for kernel in kernels}) == 2


def test_a_key_reaches_its_kernel_and_nobody_else(launch: Launch) -> None:
    kernel = launch(env={**os.environ, "TMJKIT_WORKSPACE_KEY": KEY})
    other = launch()
    assert kernel.value("__import__('os').environ['TMJKIT_WORKSPACE_KEY']") == repr(KEY)
    assert other.value("__import__('os').environ.get('TMJKIT_WORKSPACE_KEY', 0)") == "0"
    assert in_memory(kernel.process, KEY), "the search finds what is there"
    for process in (psutil.Process(parent()), other.process):
        assert KEY not in str(process.environ())
        assert not in_memory(process, KEY)
    assert KEY not in str(kernel.process.environ()), "others of this account could read it there"
    assert KEY not in " ".join(kernel.process.cmdline())


def test_the_parent_is_given_nothing_of_the_owners_environment_that_it_does_not_need(
    launch: Launch,
) -> None:
    launch()
    given = psutil.Process(parent()).environ()
    assert not [name for name in given if "TMJKIT" in name or "TOKEN" in name or "PYTEST" in name]


def test_the_parent_has_one_thread_and_one_socket(launch: Launch) -> None:
    launch()
    process = psutil.Process(parent())
    assert process.num_threads() == 1
    assert process.net_connections(kind="inet") == []
    sockets = [
        place
        for place in Path(f"/proc/{process.pid}/fd").iterdir()
        if int(place.name) > 2 and stat.S_ISSOCK(place.stat().st_mode)
    ]
    assert len(sockets) == 1


def test_a_kernel_does_not_hold_what_is_the_parents(kernel: Kernel) -> None:
    held = {str(place.readlink()) for place in Path(f"/proc/{kernel.pid}/fd").iterdir()}
    parents = {
        str(place.readlink())
        for place in Path(f"/proc/{parent()}/fd").iterdir()
        if int(place.name) > 2
    }
    assert not {name for name in held & parents if name.startswith(("socket:", "pipe:"))}
    assert not any("tmjkit-kernel" in name for name in held), "the request is closed once read"


def in_memory(process: psutil.Process, text: str) -> bool:
    """Look through everything that a process can write to."""
    needle = text.encode()
    with Path(f"/proc/{process.pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{process.pid}/maps").read_text().splitlines():
            place, rights = line.split()[:2]
            if not rights.startswith("rw"):
                continue
            start, end = (int(number, 16) for number in place.split("-"))
            memory.seek(start)
            tail = b""
            while start < end:
                try:
                    data = memory.read(min(2**20, end - start))
                except OSError:
                    break
                if not data:
                    break
                if needle in tail + data:
                    return True
                tail, start = data[-len(needle) :], start + len(data)
    return False
