"""Reports made in real kernels, from a real workspace."""

import json
import os
import re
import stat
import subprocess
import sys
from datetime import date
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from report_cases import FIRST, HOSTILE, SECOND, TODAY, notebook, page

from tmjkit.reports import TemplateError, run_reports
from tmjkit.store import WorkspaceKey, WrongPassphrase

# Runs in another process, so that everything that any library logs or prints is seen.
_RUN = """
import json, logging, os, sys
logging.basicConfig(level=logging.DEBUG)
from datetime import date
from pathlib import Path
from tmjkit.reports import run_reports
from tmjkit.store import WorkspaceKey
template, to, address, timeout, *cases = sys.argv[1:]
key = WorkspaceKey.from_text(os.environ.pop("KEY"))
results = run_reports(template, cases, Path(to), workspace=address, key=key,
                      timeout=float(timeout), today=date.fromisoformat("2026-11-23"))
print("RESULTS" + json.dumps([result.as_json() for result in results]))
"""


def _run(template, to, workspace, *cases, timeout=100, **environment):
    done = subprocess.run(
        [sys.executable, "-c", _RUN, str(template), str(to), workspace.place, str(timeout), *cases],
        env=os.environ | {"KEY": workspace.key.text()} | environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    said, results = done.stdout.split("RESULTS")
    everything = f"{said}\n{results}\n{done.stderr}"
    return SimpleNamespace(results=json.loads(results), said=everything, to=to)


@pytest.fixture(scope="module")
def real(workspace, tmp_path_factory):
    """Make the project's own report for two cases."""
    to = tmp_path_factory.mktemp("real") / "reports"
    return _run("case", to, workspace, FIRST, SECOND, FIRST)


@pytest.fixture(scope="module")
def own(workspace, tmp_path_factory):
    """Make reports from a user's notebook: one plants, one fails, one hangs, one looks around."""
    folder = tmp_path_factory.mktemp("own")
    decoy = folder / "jupyter" / "kernels" / "python3"
    decoy.mkdir(parents=True)
    spec = {"argv": ["/bin/false"], "display_name": "not tmjkit's", "language": "python"}
    (decoy / "kernel.json").write_text(json.dumps(spec))
    template = notebook(
        folder / "My own REPORT.ipynb",
        "import builtins, os, pathlib, sys, time, warnings\n"
        "from tmjkit.reports import CaseReport\n"
        "name = CaseReport.open(case_id, today=today).case.patient.family\n"
        f"role = {{'{FIRST}': 'plant', '{SECOND}': 'look'}}.get(case_id)",
        "if role == 'plant':\n"
        "    builtins.planted = name\n"
        "    pathlib.Path('planted.txt').write_text(name)\n"
        "    startup = pathlib.Path(os.environ['IPYTHONDIR']) / 'profile_default' / 'startup'\n"
        "    (startup / 'planted.py').write_text(f'planted = {name!r}')\n"
        "    os.environ['PLANTED'] = name",
        "print('FOUND', getattr(builtins, 'planted', None), os.listdir())\n"
        "print('PLANTED', os.environ.get('PLANTED'))\n"
        "print('PYTHON', sys.executable, 'ARGV', open('/proc/self/cmdline').read())\n"
        "print('MINE', mine, 'TODAY', today, 'PASSPHRASE', os.environ.get('TMJKIT_PASSPHRASE'))",
    )
    secret = {"JUPYTER_PATH": str(folder / "jupyter"), "TMJKIT_PASSPHRASE": "a long secret"}
    return _run(template, folder / "out", workspace, FIRST, SECOND, **secret)


@pytest.fixture(scope="module")
def failing(workspace, tmp_path_factory):
    """Make reports from a notebook that fails with patient data in all it says."""
    folder = tmp_path_factory.mktemp("failing")
    template = notebook(
        folder / "failing.ipynb",
        "import os\nfrom tmjkit.reports import CaseReport\n"
        "name = CaseReport.open(case_id).case.patient.family",
        "print(name)\nos.write(2, name.encode())\nos.write(1, name.encode())\n"
        "try:\n"
        "    raise KeyError(f'{name}\\nFile /home/{name}/{name}.py:3, in {name}')\n"
        "except KeyError as error:\n"
        "    raise ValueError(name) from error",
    )
    return _run(template, folder / "out", workspace, FIRST, "case-00000000000000ff")


@pytest.fixture(scope="module")
def hanging(workspace, tmp_path_factory):
    """Make a report from a notebook that does not let itself be interrupted."""
    folder = tmp_path_factory.mktemp("hanging")
    template = notebook(
        folder / "hanging.ipynb",
        f"import os, time\nopen({str(folder / 'pid')!r}, 'w').write(str(os.getpid()))",
        "while True:\n    try:\n        time.sleep(60)\n    except BaseException:\n        pass",
    )
    run = _run(template, folder / "out", workspace, FIRST, timeout=2)
    run.pid = int((folder / "pid").read_text())
    return run


def test_each_case_has_one_report_named_by_its_id(real):
    assert [result["case_id"] for result in real.results] == [FIRST, SECOND]
    assert all(result["error"] is None and result["seconds"] > 0 for result in real.results)
    assert {file.name for file in real.to.iterdir()} == {
        f"{FIRST}.case.html",
        f"{SECOND}.case.html",
    }


def test_only_the_owner_can_read_the_reports(real):
    assert stat.S_IMODE(real.to.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in real.to.iterdir()} == {0o600}


def test_the_report_holds_what_the_case_records(real):
    text = page(real.to / f"{FIRST}.case.html").get_text(" ")
    for words in ("Firstname-Placeholder", "EX-0001", "500 mg twice a day", "PA-EX-261001"):
        assert words in text
    assert "2027-04-17" in text  # 180 days after receipt of the notice, October 19, 2026
    assert HOSTILE in text


def test_the_report_is_one_quiet_accessible_file(real):
    found = page(real.to / f"{FIRST}.case.html")
    assert found.html["lang"] == "en"
    assert [len(found.find_all(name)) for name in ("header", "main", "footer", "h1")] == [1] * 4
    assert "Placeholder" not in found.title.text
    assert not found.find_all(["script", "link", "iframe", "object", "form"])
    assert not found.find_all(class_="source-code")
    assert "CaseReport" not in found.text
    assert "default-src 'none'" in found.find("meta", attrs={"http-equiv": True})["content"]
    for element in found.find_all(True):
        for name in ("src", "href", "srcset", "action", "data", "poster"):
            assert element.get(name, "#").startswith(("#", "data:image/"))
    for image in found.find_all("img"):
        assert image["alt"]
    for table in found.find_all("table"):
        assert table.caption
        assert all(head.get("scope") for head in table.find_all("th"))
    ids = [element["id"] for element in found.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_the_style_loads_nothing_from_elsewhere(real):
    styles = "".join(s.text for s in page(real.to / f"{FIRST}.case.html").find_all("style"))
    assert "@page" in styles
    assert not re.search(r"@import|url\(|https?:", styles)


def test_no_word_of_one_case_is_in_the_other_report(real):
    first = (real.to / f"{FIRST}.case.html").read_text()
    second = (real.to / f"{SECOND}.case.html").read_text()
    assert "Firstname-Placeholder" in first
    assert "Firstname-Placeholder" not in second
    assert "Secondname-Placeholder" in second
    assert FIRST not in second


def test_a_run_without_failure_says_nothing_of_the_patients(real, own):
    for run in (real, own):
        assert "name-Placeholder" not in run.said


def test_nothing_planted_in_one_kernel_reaches_the_next(own):
    text = page(own.to / f"{SECOND}.my-own-report.html").get_text()
    assert "FOUND None [" in text
    assert "planted.txt" not in text
    assert "Firstname" not in text


def test_the_kernel_is_this_interpreter_whatever_kernelspec_there_is(own):
    text = page(own.to / f"{SECOND}.my-own-report.html").get_text()
    assert f"PYTHON {sys.executable} ARGV {sys.executable}" in text.replace("\0", "")


def test_the_key_is_in_no_command_line_notebook_or_log(own, workspace):
    html = (own.to / f"{SECOND}.my-own-report.html").read_text()
    for text in (html, own.said):
        assert workspace.key.text() not in text
        assert "a long secret" not in text
    assert workspace.place not in html
    assert "PASSPHRASE None" in html


def test_parameters_of_ones_own_keep_their_defaults(own):
    text = page(own.to / f"{SECOND}.my-own-report.html").get_text()
    assert f"MINE kept TODAY {TODAY}" in text


def test_a_failing_case_tells_what_failed_and_nothing_of_the_patient(failing):
    raised, unknown = failing.results
    assert re.fullmatch(r"ValueError in cell 3 \(reference [0-9a-f]{8}\)", raised["error"])
    assert unknown["error"].startswith("NoSuchCase in cell 2: No case has this id")
    assert [result["path"] for result in failing.results] == [None, None]
    assert list(failing.to.iterdir()) == []
    assert "name-Placeholder" not in failing.said


def _logged(run, error):
    """Return the line of the log that an error refers to."""
    reference = re.search(r"reference ([0-9a-f]{8})", error)[1]
    [line] = [line for line in run.said.splitlines() if f"reference {reference}:" in line]
    return line


def test_the_log_says_where_it_failed(failing):
    raised, unknown = (_logged(failing, result["error"]) for result in failing.results)
    assert re.search(r"ValueError in cell 3; at In\[3\]:\d+ > In\[3\]:7$", raised)
    assert re.search(r"case_report\.py:\d+ [\w.]+ > .*cases\.py:\d+", unknown)


def test_a_hanging_cell_is_ended_and_its_kernel_too(hanging):
    [result] = hanging.results
    told = r"cell 3 did not end within 2 s and was stopped \(reference [0-9a-f]{8}\)"
    assert re.fullmatch(told, result["error"])
    with pytest.raises(ProcessLookupError):
        os.kill(hanging.pid, 0)


def test_a_wrong_key_is_told_before_any_kernel_starts(workspace, tmp_path):
    with pytest.raises(WrongPassphrase):
        run_reports(
            "case", [FIRST], tmp_path, workspace=workspace.place, key=WorkspaceKey(bytes(32))
        )


@pytest.mark.parametrize("case_id", ["../outside", "case id", "", "case-1\n", "'; import os #"])
def test_a_case_id_that_is_none_is_refused(case_id, workspace, tmp_path):
    with pytest.raises(ValueError, match="Case 2 of 2"):
        run_reports(
            "case", [FIRST, case_id], tmp_path, workspace=workspace.place, key=workspace.key
        )


def test_an_unknown_format_is_refused(workspace, tmp_path):
    with pytest.raises(ValueError, match="no report format 'docx'"):
        run_reports(
            "case",
            [FIRST],
            tmp_path,
            workspace=workspace.place,
            key=workspace.key,
            formats=["docx"],
        )


def test_an_unknown_template_lists_those_that_there_are(workspace, tmp_path):
    with pytest.raises(TemplateError, match="give one of case"):
        run_reports("cases", [FIRST], tmp_path, workspace=workspace.place, key=workspace.key)


@pytest.mark.parametrize(
    ("content", "told"),
    [("not json", "should be a Jupyter notebook"), ("[]", "should be a Jupyter notebook")],
)
def test_a_template_that_is_no_notebook_is_refused(content, told, workspace, tmp_path):
    path = tmp_path / "mine.ipynb"
    path.write_text(content)
    with pytest.raises(TemplateError, match=told):
        run_reports(path, [FIRST], tmp_path, workspace=workspace.place, key=workspace.key)


def test_a_template_without_parameters_is_refused(workspace, tmp_path):
    path = notebook(tmp_path / "mine.ipynb", "1 + 1")
    path.write_text(path.read_text().replace('"parameters"', '"other"'))
    with pytest.raises(TemplateError, match="one cell tagged 'parameters'"):
        run_reports(path, [FIRST], tmp_path, workspace=workspace.place, key=workspace.key)


def test_a_folder_with_other_things_keeps_its_permissions(workspace, tmp_path):
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o755)
    (shared / "other").touch()
    seen = []
    results = run_reports(
        "case",
        [],
        shared,
        workspace=workspace.place,
        key=workspace.key,
        progress=seen.append,
        today=date(2026, 11, 23),
    )
    assert (results, seen) == ((), [])
    assert stat.S_IMODE(shared.stat().st_mode) == 0o755


def test_the_uri_grammar_is_left_as_it_was():
    code = (
        "import sys; from tmjkit.reports.batch import _without_uri_grammar\n"
        "with _without_uri_grammar():\n    import nbformat\n"
        "assert 'rfc3987_syntax' not in sys.modules\nimport rfc3987_syntax\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_a_browser_finds_nothing_serious_and_asks_no_other_host(width, real, browser):
    from axe_playwright_python.sync_playwright import Axe

    # axe is put into the page by the test; the page's own policy lets nothing run.
    context = browser.new_context(
        viewport={"width": width, "height": 900}, bypass_csp=True, offline=True
    )
    tab = context.new_page()
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto((real.to / f"{FIRST}.case.html").as_uri())
    found = Axe().run(tab).response["violations"]
    assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []
    assert {url.split(":")[0] for url in asked} <= {"file", "data"}
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
def test_every_printed_page_has_its_number(real, browser, tmp_path):
    import pypdf

    tab = browser.new_page()
    tab.goto((real.to / f"{FIRST}.case.html").as_uri())
    tab.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    sheets = pypdf.PdfReader(tmp_path / "report.pdf").pages
    for number, sheet in enumerate(sheets, 1):
        text = sheet.extract_text()
        assert f"Page {number} of {len(sheets)}" in text
        assert "Confidential health information" in text


def test_the_page_of_a_failing_exporter_is_not_half_written(tmp_path, monkeypatch):
    from tmjkit.reports.output import write_private

    path = tmp_path / "report.html"
    write_private(path, b"old")
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        write_private(path, b"new")
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["report.html"]


def test_markup_of_a_users_notebook_is_cleaned(tmp_path):
    from tmjkit.reports.exporter import TmjkitExporter

    path = notebook(tmp_path / "mine.ipynb", "1", title="A <b>title</b>")
    import nbformat

    node = nbformat.read(path, as_version=4)
    html = "<script>alert(1)</script><table><caption>c</caption><tr><th>a</th></tr></table>"
    node.cells[1].outputs = [
        nbformat.v4.new_output("display_data", {"text/html": html}),
        nbformat.v4.new_output("stream", name="stdout", text="<b>printed</b>"),
        nbformat.v4.new_output(
            "display_data", {"image/png": "AAAA"}, metadata={"image/png": {"alt": 'Pain "now"'}}
        ),
        nbformat.v4.new_output("display_data", {"image/svg+xml": "<svg onload='alert(1)'/>"}),
        nbformat.v4.new_output("display_data", {"application/javascript": "alert(1)"}),
    ]
    node.cells.append(nbformat.v4.new_markdown_cell("# Head\n\n<img src='https://example.org/x'>"))
    made, _ = TmjkitExporter().from_notebook_node(node, {"metadata": {"name": "mine"}})
    found = BeautifulSoup(made, "html.parser")
    assert found.h1.text == "A <b>title</b>"
    assert found.find("script") is None
    assert found.find("th").text == "a"
    assert "<b>printed</b>" in found.pre.text
    png, svg, outside = found.find_all("img")
    assert (png["src"], png["alt"]) == ("data:image/png;base64,AAAA", 'Pain "now"')
    assert svg["src"].startswith("data:image/svg+xml;base64,")
    assert not outside.get("src")
