"""What goes wrong is one line on standard error, without a traceback and without data."""

import json

import pytest

from tmjkit.cli import case as case_command

COMMANDS = [
    ("init",),
    ("demo",),
    ("letter",),
    ("timeline",),
    ("packet",),
    ("report",),
    ("deadlines",),
    ("findings",),
    ("serve",),
    ("case", "list"),
    ("case", "show"),
    ("case", "new"),
    ("case", "attach"),
    ("case", "import"),
    ("case", "export"),
]


def _one_line(done, code=1):
    assert done[0] == code, done
    assert done[2].startswith("tmjkit: ")
    assert done[2].count("\n") == 1
    assert "Traceback" not in done[2]
    return done[2]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_an_example(tmjkit, command):
    code, out, _ = tmjkit(*command, "--help")
    assert code == 0
    assert f"Example: tmjkit {' '.join(command)}" in " ".join(out.split())
    if command != ("demo",):
        assert "--workspace" in out


def test_without_a_command_the_help_is_shown(tmjkit):
    code, out, _ = tmjkit()
    assert code == 0
    assert "Commands:" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nonsense"], "nonsense"),
        (["letter"], "kind"),
        (["letter", "appeal", "case-1"], "--to"),
        (["letter", "poem", "case-1", "--to", "x.pdf"], "medical-necessity"),
        (["letter", "appeal", "case-1", "--to", "x.exe"], ".docx"),
        (["timeline", "case-1", "--to", "x.gif"], ".svg"),
        (["case", "show", "case-1", "--today", "tomorrow"], "%Y-%m-%d"),
    ],
)
def test_a_wrong_word_is_named(tmjkit, arguments, said):
    assert said in _one_line(tmjkit(*arguments), code=2)


def test_a_missing_workspace_says_how_to_make_one(tmjkit):
    assert "tmjkit init" in _one_line(tmjkit("case", "list"))


def test_an_unknown_case_is_named(clinic):
    assert "case-unknown" in _one_line(clinic("case", "show", "case-unknown"))


def test_a_wrong_passphrase_is_said_and_changes_nothing(clinic, tmp_path, monkeypatch):
    before = (tmp_path / "clinic.tmjkit").read_bytes()
    monkeypatch.setenv("TMJKIT_PASSPHRASE", "not the right one, sorry")
    assert "passphrase" in _one_line(clinic("case", "list"))
    assert (tmp_path / "clinic.tmjkit").read_bytes() == before


def test_values_are_not_repeated_where_nobody_sits(tmjkit, tmp_path):
    tmjkit("init")
    secret = "Zebediah-Secretperson"
    done = tmjkit(
        "case",
        "new",
        "--given",
        secret,
        "--family",
        secret,
        "--birth-date",
        secret,
        "--payer",
        secret,
    )
    assert "birth_date" in _one_line(done)
    assert secret not in done[2]
    file = tmp_path / "bad.json"
    content = {"format": "tmjkit.case/1", "patient": {"gender": secret}}
    file.write_text(json.dumps(content))
    assert secret not in _one_line(tmjkit("case", "import", file))


def test_the_person_at_the_terminal_sees_the_value(tmjkit, monkeypatch):
    tmjkit("init")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    arguments = ["--given", "A", "--family", "B", "--payer", "P", "--birth-date", "1990-13"]
    code, _, err = tmjkit("case", "new", *arguments)
    assert code == 1
    assert "1990-13" in err


def test_an_error_of_ours_shows_its_place_and_not_its_text(tmjkit, monkeypatch):
    def broken(_):
        raise RuntimeError("patient Zebediah Secretperson")

    monkeypatch.setattr(case_command, "open_workspace", broken)
    line = _one_line(tmjkit("case", "list"))
    assert "Zebediah" not in line
    assert "RuntimeError at test_cli_errors.py" in line
