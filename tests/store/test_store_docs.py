"""The page about the workspace says what the code does."""

import re
from pathlib import Path

from store_cases import PASSPHRASE

from tmjkit.rules.summary import LONGEST_DAYS
from tmjkit.store import Argon2, notes, schema, words
from tmjkit.store.documents import PIECE_BYTES
from tmjkit.store.passphrase import FEWEST, VARIABLE

PAGE = (Path(__file__).parents[2] / "docs" / "store.md").read_text(encoding="utf-8")


def test_the_examples_run(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", PAGE, re.S)
    assert len(blocks) == 4
    exec(compile("\n".join(blocks), "store.md", "exec"), {})  # noqa: S102 -- our own page
    assert "you started from revision 1" in capsys.readouterr().out
    assert [file.name for file in tmp_path.iterdir()] == ["clinic.tmjkit"]


def test_every_column_is_listed_as_clear_or_sealed():
    listed = {}
    for table, clear, sealed in re.findall(r"^\| `(\w+)` \| (.*?) \| ?(.*?) ?\|$", PAGE, re.M):
        listed[table] = (re.findall(r"`(\w+)`", clear), re.findall(r"`(\w+)`", sealed))
    for table in schema.metadata.tables.values():
        clear, sealed = listed.pop(table.name)
        assert sorted(clear + sealed) == sorted(column.name for column in table.columns)
        binary = [c.name for c in table.columns if str(c.type) == "BLOB" and c.name != "salt"]
        assert sealed == binary
    assert listed == {}


def test_the_numbers_are_those_of_the_code():
    assert (words.FEWEST_LETTERS, words.MOST_LETTERS, LONGEST_DAYS) == (3, 8, 31)
    assert "first three\n  to eight letters" in PAGE
    assert "31 days at most" in PAGE
    assert f"{notes.MOST_BYTES // 2**20} MB each at most" in PAGE
    assert f"pieces of {PIECE_BYTES // 2**20} MiB" in PAGE
    assert f"{Argon2().memory_kib // 1024} MiB of memory" in PAGE
    assert f"`{VARIABLE}`" in PAGE
    assert FEWEST == 8
    assert "eight characters" in PAGE
    assert len(PASSPHRASE) >= FEWEST
