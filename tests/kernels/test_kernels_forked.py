"""A forked kernel does what an ordinary one does."""

import json
import os
import signal
import sys
from pathlib import Path

import nbformat
import psutil
import pytest
from jupyter_client.kernelspec import KernelSpecManager
from kernels import Kernel, Launch, parent
from nbclient import NotebookClient

from tmjkit.kernels import KERNEL_NAME
from tmjkit.resources import path

WHERE = "__import__('os').getcwd()"


def test_a_kernel_is_a_child_of_the_warm_parent_and_computes(kernel: Kernel) -> None:
    assert kernel.is_forked
    assert kernel.value("6 * 7") == "42"
    assert kernel.value(WHERE) == repr(str(Path(kernel.manager.connection_file).parent))
    assert kernel.value("__import__('sys').executable") == repr(sys.executable)
    assert kernel.value("'tmjkit.dashboards.page' in __import__('sys').modules") == "True"


def test_lists_of_processes_show_it_as_a_kernel(kernel: Kernel) -> None:
    command = kernel.process.cmdline()
    assert "ipykernel_launcher" in command
    assert command[command.index("-f") + 1] == kernel.manager.connection_file


def test_a_plot_appears(kernel: Kernel) -> None:
    code = "import matplotlib.pyplot as plt; _ = plt.plot([1, 2, 4])"
    for _ in range(2):
        assert kernel.ask(code).kinds.count("display_data") == 1
    shown = kernel.ask(f"{code}; plt.show()")
    assert "image/png" in shown.data
    table = kernel.ask("import pandas as pd; pd.DataFrame({'mm': [31, 38]})")
    assert "<table" in table.data["text/html"]


def test_a_widget_answers(kernel: Kernel) -> None:
    code = "import ipywidgets as w; field = w.Text(value='jaw'); field"
    assert "application/vnd.jupyter.widget-view+json" in kernel.ask(code).data
    assert kernel.value("field.value") == "'jaw'"


def test_a_kernel_is_set_up_by_its_command_line(launch: Launch) -> None:
    setting = "--InteractiveShell.ast_node_interactivity=all"
    kernel = launch(extra_arguments=[setting, "--HistoryManager.enabled=False"])
    assert kernel.is_forked
    assert kernel.value("get_ipython().ast_node_interactivity") == "'all'"
    assert kernel.value("get_ipython().history_manager.enabled") == "False"


def test_a_reset_forgets_what_was_imported_since_and_nothing_else(kernel: Kernel) -> None:
    here = "[name in __import__('sys').modules for name in ('pandas', 'antigravity', 'this')]"
    kernel.ask("import this")
    kernel.ask("%reset -f -s")
    assert kernel.value(here) == "[True, False, True]"
    assert kernel.ask("%reset -f --aggressive").status == "ok"
    assert kernel.value(here) == "[True, False, False]"
    assert kernel.value("__import__('pandas').__name__") == "'pandas'"


def test_the_kernel_chooses_its_own_backend(launch: Launch) -> None:
    kernel = launch(env={**os.environ, "MPLBACKEND": "agg"})
    assert kernel.value("__import__('matplotlib').get_backend()") == "'agg'"


def test_output_that_bypasses_python_is_caught(launch: Launch) -> None:
    # ipykernel itself leaves such output alone when this variable is there.
    given = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
    kernel = launch(env=given)
    said = kernel.ask("import os, time; _ = os.system('echo from below'); time.sleep(0.5)")
    assert "from below" in said.text


def test_input_is_refused_rather_than_read_from_the_owners_terminal(kernel: Kernel) -> None:
    assert kernel.value("__import__('os').read(0, 10)") == "b''"


def test_interrupt(kernel: Kernel) -> None:
    async def interrupted() -> str:
        asked = kernel.client.execute(
            "import time; print('on')\nwhile True: time.sleep(0.01)", stop_on_error=False
        )
        while True:
            message = await kernel.client.get_iopub_msg()
            if message["msg_type"] == "stream":
                break
        await kernel.manager.interrupt_kernel()
        while True:
            reply = await kernel.client.get_shell_msg()
            if reply["parent_header"]["msg_id"] == asked:
                return str(reply["content"]["ename"])

    assert kernel.do(interrupted()) == "KeyboardInterrupt"
    assert kernel.value("1 + 1") == "2"


def test_shutdown_is_polite_and_leaves_no_file(kernel: Kernel) -> None:
    pid, file = kernel.pid, Path(kernel.manager.connection_file)
    process = kernel.manager.provisioner.process
    kernel.ask("import atexit, pathlib; atexit.register(pathlib.Path('bye').write_text, 'bye')")
    kernel.manager.shutdown_wait_time = 60  # on a busy machine it ends when it gets its turn
    kernel.do(kernel.manager.shutdown_kernel())
    assert (file.parent / "bye").read_text() == "bye"
    assert process.returncode == 0
    assert not psutil.pid_exists(pid)
    assert not file.exists()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_the_exit_code_tells_the_signal(kernel: Kernel, number: signal.Signals) -> None:
    process = kernel.manager.provisioner.process
    assert kernel.do(kernel.manager.is_alive())
    kernel.do(kernel.manager.provisioner.send_signal(number))
    assert kernel.do(kernel.manager.provisioner.wait()) == -number
    assert process.returncode == -number
    assert not kernel.manager.has_kernel


def test_the_exit_code_is_the_kernels_own(kernel: Kernel) -> None:
    kernel.client.execute("import os; os._exit(7)")
    assert kernel.do(kernel.manager.provisioner.wait()) == 7


def test_restart(kernel: Kernel) -> None:
    before = kernel.pid
    kernel.ask("planted = 1")
    kernel.client.stop_channels()
    kernel.do(kernel.manager.restart_kernel(now=True))
    kernel.connect()
    assert kernel.pid != before
    assert kernel.is_forked
    assert kernel.value("'planted' in globals()") == "False"


def test_what_the_kernel_started_ends_with_it(kernel: Kernel) -> None:
    code = "import subprocess; subprocess.Popen(['sleep', '600'], start_new_session=False).pid"
    started = psutil.Process(int(kernel.value(code)))
    kernel.do(kernel.manager.shutdown_kernel(now=True))
    assert psutil.wait_procs([started], timeout=20)[1] == []


def test_no_process_is_left_half_dead(launch: Launch) -> None:
    pids = []
    for _ in range(3):
        kernel = launch()
        pids.append(kernel.pid)
        kernel.do(kernel.manager.shutdown_kernel(now=True))
    assert not any(psutil.pid_exists(pid) for pid in pids)
    statuses = [child.status() for child in psutil.Process(parent()).children()]
    assert psutil.STATUS_ZOMBIE not in statuses


def test_the_channels_are_encrypted(kernel: Kernel) -> None:
    connection = json.loads(Path(kernel.manager.connection_file).read_text())
    assert connection["curve_publickey"]


def test_the_memory_of_its_own_is_small(kernel: Kernel) -> None:
    kernel.ask("import pandas, matplotlib.pyplot, ipywidgets, tmjkit.dashboards.page")
    assert kernel.process.memory_full_info().uss < 50 * 2**20  # an ordinary one has over 110


def test_the_installed_kernelspec_is_ours_and_nbclient_runs_it(tmp_path: Path) -> None:
    ours = json.loads((path("templates") / "kernels/tmjkit/kernel.json").read_text())
    installed = KernelSpecManager(kernel_dirs=[f"{sys.prefix}/share/jupyter/kernels"])
    assert installed.get_kernel_spec(KERNEL_NAME).argv == ours["argv"]
    cells = [
        nbformat.v4.new_code_cell("import os, matplotlib.pyplot as plt; os.getppid()"),
        nbformat.v4.new_code_cell("_ = plt.plot([3, 1])"),
    ]
    book = nbformat.v4.new_notebook(
        cells=cells, metadata={"kernelspec": {"name": KERNEL_NAME, "display_name": "tmjkit"}}
    )
    NotebookClient(book, timeout=60, resources={"metadata": {"path": tmp_path}}).execute()
    assert book.cells[0].outputs[0].data["text/plain"] == str(parent())
    assert "image/png" in book.cells[1].outputs[0].data
