"""What is said of files, workspaces and days: the right one, in one line, and no more."""

import json
import subprocess
import sys

import pytest

from tmjkit.cli.say import clean, show_json, steps
from tmjkit.reports import ReportResult
from tmjkit.store import StoreUnavailable, Workspace

CASE = "case-example-erisa"


def _bundle(*names):
    entries = [
        {"resource": {"resourceType": "Patient", "id": f"p{n}", "name": [{"family": name}]}}
        for n, name in enumerate(names, 1)
    ]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries})


def _alone(*arguments):
    """Run the command line in a process of its own, where logging is as a person has it."""
    command = [sys.executable, "-m", "tmjkit.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_remark_of_a_library_is_not_printed(clinic, tmp_path):
    from pypdf import PdfWriter

    with (tmp_path / "scan.pdf").open("wb") as file:
        file.write(b"Jane Placeholder\n")
        writer = PdfWriter()
        writer.add_blank_page(612, 792)
        writer.write(file)
    done = _alone("case", "attach", CASE, "scan.pdf")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_log_is_not_printed():
    code = (
        "import logging, sys, tmjkit.cli as cli\n"
        "sys.argv = ['tmjkit', '--version']\n"
        "try:\n    cli.main()\n"
        "except SystemExit:\n    logging.getLogger('tmjkit.reports').error('Jane Placeholder')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("tmjkit ")
    assert done.stderr == ""


def test_each_patient_of_one_file_can_have_a_case_and_only_one(tmjkit, tmp_path):
    tmjkit("init")
    (tmp_path / "two.json").write_text(_bundle("Example", "Sample"))
    for patient in ("Patient/p1", "Patient/p2"):
        done = tmjkit("case", "import", "two.json", "--patient", patient)
        assert done[0] == 0, done
    cases = {row["name"]: row["case_id"] for row in _json(tmjkit("case", "list", "--json"))}
    assert len(cases) == 2
    code, _, err = tmjkit("case", "import", "two.json", "--patient", "Patient/p2")
    assert code == 1
    [second] = [case for name, case in cases.items() if "Sample" in name]
    assert f"--into {second}" in err
    assert len(_json(tmjkit("case", "list", "--json"))) == 2


def test_the_files_after_a_bad_one_are_read_too(tmjkit, tmp_path):
    tmjkit("init")
    (tmp_path / "Jane.json").write_bytes(b"\xff\x00")
    (tmp_path / "good.json").write_text(_bundle("Example"))
    code, out, err = tmjkit("case", "import", "Jane.json", "good.json")
    assert code == 1
    assert "records added" in out
    assert err.startswith("tmjkit: file 1 of 2: ")
    assert err.count("\n") == 1
    assert "Jane" not in err


def test_a_file_that_cannot_be_written_has_the_name_that_was_given(clinic, tmp_path):
    (tmp_path / "plain").write_text("a file")
    (tmp_path / "loop.json").symlink_to("loop.json")
    for name in ("plain/case.json", "loop.json"):
        code, _, err = clinic("case", "export", CASE, "--to", name)
        assert code == 1
        assert err.startswith(f"tmjkit: {name}")
        assert err.count("\n") == 1
        assert ".tmjkit-" not in err
    assert (tmp_path / "plain").read_text() == "a file"


def test_all_problems_stand_on_one_line_at_a_terminal_too(tmjkit, tmp_path, monkeypatch):
    tmjkit("init")
    content = {"format": "tmjkit.case/1", "patient": {"gender": "x\ny", "birth_date": "1990-13"}}
    (tmp_path / "case.json").write_text(json.dumps(content))
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    err = tmjkit("case", "import", "case.json")[2]
    [line] = [line for line in err.splitlines() if "tmjkit: " in line]
    assert "gender" in line
    assert "1990-13" in line
    assert "; " in line


def test_the_address_of_a_workspace_is_shown_without_its_password(tmjkit, monkeypatch):
    address = "postgresql://desk:hunter22@localhost/clinic"

    class Made:
        place = "postgresql://desk@localhost/clinic"

    monkeypatch.setattr(Workspace, "create", lambda *_, **__: Made())
    code, out, err = tmjkit("init", "-w", address)
    assert code == 0
    assert "postgresql://desk@localhost/clinic" in out
    assert "hunter22" not in out + err


def test_a_workspace_that_cannot_be_written_says_so(clinic, monkeypatch):
    def readonly(*_, **__):
        raise StoreUnavailable("The workspace x: attempt to write a readonly database")

    monkeypatch.setattr(Workspace, "open", readonly)
    code, _, err = clinic("case", "list")
    assert code == 1
    assert err.startswith("tmjkit: the workspace can't be written")


def test_a_new_case_asks_nothing_before_the_workspace_is_open(tmjkit, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("typer.prompt", lambda *_, **__: pytest.fail("asked too early"))
    assert "tmjkit init" in tmjkit("case", "new")[2]
    tmjkit("init")
    monkeypatch.setenv("TMJKIT_PASSPHRASE", "not the right one, sorry")
    assert "passphrase" in tmjkit("case", "new")[2]


def test_the_demo_counts_every_paper_from_the_day_given(tmjkit, tmp_path, monkeypatch):
    def run_reports(_template, cases, to, *, today, **_):
        # Without the kernel, which costs more time than all the rest.
        path = to / "made.html"
        path.write_text(f"counted on {today}")
        return (ReportResult(cases[0], path, 0.0),)

    monkeypatch.setattr("tmjkit.reports.run_reports", run_reports)
    code, out, err = tmjkit("demo", "--no-serve", "--today", "2026-12-24")
    assert code == 0, out + err
    page = (tmp_path / "tmjkit-demo" / "report.html").read_text(encoding="utf-8")
    assert page == "counted on 2026-12-24"


def test_the_packet_shows_how_far_it_is_at_a_terminal(clinic, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    code, out, err = clinic("packet", CASE, "--to", "packet.pdf")
    assert code == 0, out + err
    assert "packet: " in err


def test_in_a_pipe_there_is_no_bar(capsys):
    with steps("packet") as step:
        step(1, 2)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "character", "\x00\x07\x1b\n\r\t\x7f\x85\x9b\u202e\u2066\u2028\ud800\ufeff"
)
def test_what_a_terminal_would_obey_is_not_printed(character, capsys):
    assert clean(f"a{character}b") == "a b"
    show_json({"name": f"a{character}b"})
    out = capsys.readouterr().out
    assert character == "\n" or character not in out
    assert json.loads(out) == {"name": f"a{character}b"}


@pytest.mark.parametrize("text", ["שלום", "می\u200cشود", "Müller 5 µg", "क्\u200dष", "日本", "👩"])
def test_words_of_any_language_are_printed(text, capsys):
    assert clean(text) == text
    show_json([text])
    assert text in capsys.readouterr().out


def _json(done):
    assert done[0] == 0, done
    return json.loads(done[1])
