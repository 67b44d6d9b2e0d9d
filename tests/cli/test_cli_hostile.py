"""Odd files, odd names, odd accounts: nothing is lost, nothing is steered, one line is said."""

import getpass
import json
import os

import pytest

CASE = "case-example-erisa"


def _patient(name, identifier="p1"):
    return {"resourceType": "Patient", "id": identifier, "name": [{"family": name}]}


def test_what_one_file_did_is_told_when_the_next_one_fails(tmjkit, tmp_path):
    tmjkit("init")
    (tmp_path / "good.json").write_text(
        json.dumps(_patient("Example") | {"photo": [{"title": "x"}]})
    )
    (tmp_path / "Zebediah.json").write_text("{")
    code, out, err = tmjkit("case", "import", "good.json", "Zebediah.json", "--json")
    assert code == 1
    [report] = json.loads(out)
    assert any("photo" in group["path"] for group in report["not_imported"])
    assert "file 2 of 2" in err
    assert "Zebediah" not in err
    assert err.count("\n") == 1


def test_a_file_is_not_made_into_a_second_case(tmjkit, tmp_path):
    tmjkit("init")
    (tmp_path / "patient.json").write_text(json.dumps(_patient("Example")))
    assert tmjkit("case", "import", "patient.json")[0] == 0
    code, _, err = tmjkit("case", "import", "patient.json")
    assert code == 1
    assert "--into" in err
    assert len(json.loads(tmjkit("case", "list", "--json")[1])) == 1


def test_an_option_that_does_nothing_is_refused(clinic, tmp_path):
    code, _, err = clinic("case", "import", "example.json", "--into", CASE)
    assert code == 1
    assert "FHIR" in err


def test_names_cannot_steer_the_terminal(tmjkit, tmp_path):
    tmjkit("init")
    name = "A\x1b[2J\u202eB\x07"
    code, out, _ = tmjkit("case", "new", "--given", name, "--payer", "X\x1b]0;pwn\x07")
    assert code == 0
    shown = tmjkit("case", "list")[1] + tmjkit("case", "show", out.strip())[1]
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)
    assert "A [2J B" in shown


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes")
def test_what_is_no_file_is_not_replaced(clinic, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder.json").mkdir()
    for name in ("pipe", "folder.json"):
        code, _, err = clinic("case", "export", CASE, "--to", name)
        assert code == 1
        assert err.startswith(f"tmjkit: {name} ")
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_is_followed(clinic, tmp_path):
    (tmp_path / "real.json").write_text("old")
    (tmp_path / "link.json").symlink_to(tmp_path / "real.json")
    assert clinic("case", "export", CASE, "--to", "link.json")[0] == 0
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real.json").read_text() != "old"


def test_an_account_without_a_name_is_asked_for_one(tmjkit, monkeypatch):
    def nobody():
        raise KeyError("getpwuid(): uid not found: 54321")

    tmjkit("init")
    monkeypatch.setattr(getpass, "getuser", nobody)
    code, _, err = tmjkit("case", "new", "--given", "A")
    assert code == 1
    assert "--author" in err
    assert tmjkit("case", "new", "--given", "A", "--author", "desk")[0] == 0


def test_a_wrong_date_is_asked_for_again(tmjkit, monkeypatch):
    answers = iter(["Robin", "Example", "1990-13", "1990-05", "Example Mutual"])
    tmjkit("init")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("typer.prompt", lambda *_, **__: next(answers))
    code, out, err = tmjkit("case", "new")
    assert code == 0
    assert "YYYY-MM-DD" in err
    content = json.loads(tmjkit("case", "show", out.strip(), "--json")[1])["case"]
    assert content["patient"]["birth_date"] == "1990-05"


def test_a_letter_says_in_json_where_it_is(clinic):
    done = clinic("letter", "appeal", CASE, "--to", "a.md", "--json")
    assert json.loads(done[1]) == {"path": "a.md", "missing": []}


def test_a_failed_report_is_one_line_and_a_log_if_asked_for(clinic, tmp_path):
    import nbformat

    broken = nbformat.v4.new_notebook()
    broken.cells = [
        nbformat.v4.new_code_cell("case_id = None", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell("raise ValueError('Zebediah Secretperson')"),
    ]
    nbformat.write(broken, tmp_path / "broken.ipynb")
    code, out, err = clinic("report", "broken.ipynb", "--to", "reports", "--log", "report.log")
    assert code == 1
    assert err == "tmjkit: 1 of 1 reports failed\n"
    log = (tmp_path / "report.log").read_text()
    assert "ValueError" in log
    assert "Zebediah" not in out + err + log
