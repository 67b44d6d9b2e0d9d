"""Run the command line as a person would, in this process, in an empty folder."""

import sys

import pytest

from tmjkit.cli import main

PASSPHRASE = "correct horse battery staple"


@pytest.fixture
def tmjkit(tmp_path, monkeypatch, capsys):
    """Return `run(*arguments) -> (exit code, standard output, standard error)`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMJKIT_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("TMJKIT_WORKSPACE", str(tmp_path / "clinic.tmjkit"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.delenv("TMJKIT_DEBUG", raising=False)

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["tmjkit", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as caught:
            main()
        out, err = capsys.readouterr()
        return caught.value.code or 0, out, err

    return run


@pytest.fixture
def clinic(tmjkit, tmp_path):
    """Return `run` in a workspace that holds the first example case."""
    from tmjkit.examples import load
    from tmjkit.reading import to_exchange

    example = load("self-funded-erisa-denial")
    file = tmp_path / "example.json"
    file.write_bytes(to_exchange(example.case, example.documents))
    assert tmjkit("init")[0] == 0
    assert tmjkit("case", "import", file)[0] == 0
    return tmjkit
