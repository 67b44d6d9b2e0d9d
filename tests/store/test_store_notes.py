"""Small sealed things of an author: kept, listed, forgotten, never another's."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_cases import CHEAP, PASSPHRASE, execute, make_case, raw_bytes, rows

from tmjkit.store import DamagedRecord, NoSuchCase, StoreError, Workspace


def test_a_note_is_kept_until_it_is_forgotten(workspace, place):
    assert workspace.get_note("ann", "draft") is None
    workspace.put_note("ann", "draft", b"first")
    workspace.put_note("ann", "draft", b"second")
    assert workspace.get_note("ann", "draft") == b"second"
    assert Workspace.open(place, PASSPHRASE).get_note("ann", "draft") == b"second"
    workspace.delete_note("ann", "draft")
    workspace.delete_note("ann", "draft")
    assert workspace.get_note("ann", "draft") is None
    assert rows(place)["note"] == []


def test_notes_are_each_author_s_own(workspace):
    workspace.put_note("ann", "filter a", b"1")
    workspace.put_note("ann", "draft b", b"2")
    workspace.put_note("ann", "draft a", b"")
    workspace.put_note("bo", "draft a", b"3")
    assert workspace.notes("ann") == ("draft a", "draft b", "filter a")
    assert workspace.notes("ann", "draft ") == ("draft a", "draft b")
    assert workspace.notes("cy") == ()
    assert workspace.get_note("ann", "draft a") == b""
    assert workspace.get_note(" bo ", "draft a") == b"3"
    assert workspace.get_note("bo", "draft b") is None


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["ann", "a", "an"]), st.sampled_from(["n", "nn", "a n", "ann"])),
        st.binary(max_size=50),
    )
)
def test_what_was_put_is_what_is_there(workspace, kept):
    for author in ("ann", "a", "an"):
        for name in workspace.notes(author):
            workspace.delete_note(author, name)
    for (author, name), data in kept.items():
        workspace.put_note(author, name, data)
    for (author, name), data in kept.items():
        assert workspace.get_note(author, name) == data
        assert name in workspace.notes(author)
    assert sum(len(workspace.notes(author)) for author in ("ann", "a", "an")) == len(kept)


def test_a_note_of_one_megabyte_is_the_largest(workspace):
    workspace.put_note("ann", "draft", bytes(2**20))
    assert len(workspace.get_note("ann", "draft")) == 2**20
    with pytest.raises(StoreError, match="1 MB at most"):
        workspace.put_note("ann", "draft", bytes(2**20 + 1))
    assert len(workspace.get_note("ann", "draft")) == 2**20


@pytest.mark.parametrize("name", ["", "two\nlines", "x" * 301, "\x00"])
def test_a_name_that_cannot_be_one_is_refused(workspace, name):
    for attempt in (
        lambda: workspace.put_note("ann", name, b""),
        lambda: workspace.get_note("ann", name),
        lambda: workspace.delete_note("ann", name),
    ):
        with pytest.raises(StoreError, match="name of a note"):
            attempt()


@pytest.mark.parametrize(
    "columns", [("sealed",), ("sealed_name",), ("sealed", "sealed_name"), ("author_digest",)]
)
def test_rows_of_notes_cannot_be_swapped(workspace, place, columns):
    workspace.put_note("ann", "draft", b"of ann")
    workspace.put_note("bo", "draft", b"of bo")
    stored = {row[0]: row for row in rows(place)["note"]}
    one, two = sorted(stored)
    at = {"author_digest": 1, "sealed_name": 3, "sealed": 4}
    for mine, other in ((one, two), (two, one)):
        for name in columns:
            execute(
                place,
                f"UPDATE note SET {name} = :value WHERE id = :id",  # noqa: S608 -- our own names
                value=stored[other][at[name]],
                id=mine,
            )
    assert len(workspace.verify().faults) == 2
    if "sealed" in columns:
        with pytest.raises(DamagedRecord, match="note"):
            workspace.get_note("ann", "draft")
    if "sealed_name" in columns:
        with pytest.raises(DamagedRecord, match="note"):
            workspace.notes("ann")
    if "author_digest" in columns:
        assert workspace.notes("ann") == ()


def test_neither_author_nor_name_nor_content_can_be_read(tmp_path):
    path = tmp_path / "clinic.tmjkit"
    workspace = Workspace.create(path, PASSPHRASE, kdf=CHEAP)
    workspace.put_note("quiet author", "draft of Zebulon", b"she cried when chewing")
    raw = raw_bytes(path)
    for word in (b"quiet author", b"Zebulon", b"she cried"):
        assert word not in raw


def test_the_head_is_the_newest_revision(workspace):
    case = make_case()
    with pytest.raises(NoSuchCase):
        workspace.head(case.id)
    saved = workspace.save(case, None, "ann")
    assert workspace.head(case.id) == saved
    assert workspace.head(case.id) != workspace.save(case, 1, "bo")
    assert (workspace.head(case.id).number, workspace.head(case.id).author) == (2, "bo")
    with pytest.raises(NoSuchCase) as error:
        workspace.head("Zebulon")
    assert "Zebulon" not in str(error.value)
