"""What is sealed opens with the right key, in the right place and unchanged, or not at all."""

import copy
import pickle

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given, settings
from hypothesis import strategies as st
from store_cases import CHEAP, PASSPHRASE, execute, make_case, renamed, rows

from tmjkit.store import (
    Argon2,
    DamagedRecord,
    StoreError,
    WeakPassphrase,
    Workspace,
    WorkspaceKey,
    WrongPassphrase,
)
from tmjkit.store.keys import Seal, Seals, Slot, bound

KEY = WorkspaceKey(bytes(range(32)))


def same_bytes(count):
    return b"n" * count


def test_argon2id_gives_the_answer_of_another_implementation():
    # From argon2-cffi, which wraps the reference implementation: hash_secret_raw(passphrase,
    # salt, time_cost=2, memory_cost=64, parallelism=1, hash_len=32, type=Type.ID).
    derived = Argon2(memory_kib=64, iterations=2, lanes=1).derive(PASSPHRASE, b"0123456789abcdef")
    assert derived.hex() == "bc1dc0758683818da2017dad43b6d8537f3d0c26e44bee4577e4eb5f300a409f"


def test_the_default_cost_is_the_second_option_of_rfc_9106():
    assert Argon2() == Argon2(memory_kib=65536, iterations=3, lanes=4)


def test_an_accent_may_be_typed_in_either_way():
    slot = Slot.make(KEY, "clínica de ejemplo", "workspace-1", CHEAP, same_bytes)
    assert slot.open("cli\u0301nica de ejemplo", "workspace-1") == KEY
    assert slot.open("clinica de ejemplo", "workspace-1") is None


def test_a_slot_opens_for_its_own_workspace_only():
    slot = Slot.make(KEY, PASSPHRASE, "workspace-1", CHEAP, same_bytes)
    assert slot.open(PASSPHRASE, "workspace-1") == KEY
    assert slot.open(PASSPHRASE, "workspace-2") is None


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE key_slot SET memory_kib = :value",
        "UPDATE key_slot SET iterations = :value",
        "UPDATE key_slot SET lanes = :value",
    ],
)
@pytest.mark.parametrize("value", [0, -1, 2**31 - 1])
def test_a_damaged_slot_can_not_ask_for_all_memory(workspace, place, change, value):
    execute(place, change, value=value)
    with pytest.raises(DamagedRecord, match="key slot"):
        Workspace.open(place, PASSPHRASE)


@given(st.binary(max_size=200), st.lists(st.text(max_size=8), max_size=4))
def test_a_seal_opens_what_it_sealed_in_its_place_only(content, parts):
    seal = Seals(KEY, lambda count: b"0" * count).revisions
    sealed = seal.seal(content, bound(*parts))
    assert seal.open(sealed, bound(*parts)) == content
    assert content not in sealed or len(content) < 4
    with pytest.raises(InvalidTag):
        seal.open(sealed, bound(*parts, ""))


@given(st.lists(st.text() | st.integers()), st.lists(st.text() | st.integers()))
def test_no_two_lists_of_parts_are_bound_alike(one, other):
    assert (bound(*one) == bound(*other)) == ([*map(str, one)] == [*map(str, other)])


@given(st.data())
def test_any_changed_bit_is_seen(data):
    seal = Seal(KEY, same_bytes)
    sealed = bytearray(seal.seal(b"a case", b"here"))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(InvalidTag):
        seal.open(bytes(sealed), b"here")
    with pytest.raises(InvalidTag):
        seal.open(bytes(sealed[: data.draw(st.integers(0, len(sealed) - 1))]), b"here")


def test_each_purpose_has_a_key_of_its_own():
    seals = Seals(KEY, same_bytes)
    all_seals = [seals.revisions, seals.summaries, seals.documents, seals.checks]
    assert len({seal.seal(b"same", b"same") for seal in all_seals}) == 4
    assert seals.document_id("0" * 64) != "0" * 64
    assert seals.document_id("0" * 64) != Seals(WorkspaceKey(b"k" * 32), same_bytes).document_id(
        "0" * 64
    )


def test_the_same_case_never_looks_the_same_twice(workspace, place):
    case = make_case()
    workspace.save(case, None, "ann")
    workspace.save(case, 1, "ann")
    first, second = rows(place)["revision"]
    assert set(first).isdisjoint(second) is False  # the id and the author are the same
    assert first[-1] != second[-1]


def test_a_key_does_not_show_itself():
    for text in (repr(KEY), str(KEY), f"{KEY}", f"{KEY!r}", f"{[KEY]}", "%s" % KEY):  # noqa: UP031
        assert text.strip("[]") == "WorkspaceKey(hidden)"
    for share in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="can't be pickled"):
            share(KEY)


def test_a_key_goes_through_an_environment_variable():
    text = KEY.text()
    assert len(text) == 44
    assert text.isascii()
    assert WorkspaceKey.from_text(text) == KEY


@pytest.mark.parametrize("text", ["", "short", "ü" * 44, "A" * 43, "A" * 44 + "=", "A" * 48])
def test_what_is_no_key_is_refused_without_repeating_it(text):
    with pytest.raises(ValueError, match="workspace key") as error:
        WorkspaceKey.from_text(text)
    assert not text or text not in str(error.value)


@pytest.mark.parametrize("wrong", ["", "Plainly fictional words", "plainly fictional word", "ü"])
def test_a_wrong_passphrase_changes_nothing(workspace, place, wrong):
    workspace.save(make_case(), None, "ann")
    before = rows(place)
    with pytest.raises(WrongPassphrase, match="Nothing was changed") as error:
        Workspace.open(place, wrong)
    assert not wrong or wrong not in str(error.value)
    assert rows(place) == before


def test_a_wrong_passphrase_leaves_every_byte_of_the_file(tmp_path):
    path = tmp_path / "clinic.tmjkit"
    Workspace.create(path, PASSPHRASE, kdf=CHEAP).save(make_case(), None, "ann")
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    with pytest.raises(WrongPassphrase):
        Workspace.open(path, "not the passphrase")
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_the_key_of_another_workspace_does_not_open_it(workspace, place):
    with pytest.raises(WrongPassphrase):
        Workspace.open(place, key=KEY)


def test_a_workspace_is_opened_with_one_of_the_two(workspace, place):
    with pytest.raises(ValueError, match="passphrase or with a key"):
        Workspace.open(place)
    with pytest.raises(ValueError, match="passphrase or with a key"):
        Workspace.open(place, PASSPHRASE, key=workspace.key)


def test_two_passphrases_open_it_and_one_can_be_removed(workspace, place):
    case = make_case()
    workspace.save(case, None, "ann")
    dearer = Argon2(memory_kib=64, iterations=2, lanes=2)
    workspace.add_passphrase("another set of words", kdf=dearer)
    for passphrase in (PASSPHRASE, "another set of words"):
        assert Workspace.open(place, passphrase).load(case.id).case == case
    workspace.remove_passphrase(PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        Workspace.open(place, PASSPHRASE)
    assert Workspace.open(place, "another set of words").load(case.id).case == case


def test_the_last_passphrase_stays(workspace, place):
    with pytest.raises(StoreError, match="last passphrase"):
        workspace.remove_passphrase(PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        workspace.remove_passphrase("never was one")
    assert Workspace.open(place, PASSPHRASE).id == workspace.id


@pytest.mark.parametrize("weak", ["", "short", "1234567", " blanks around it", "blanks around it "])
def test_a_weak_passphrase_makes_no_workspace(tmp_path, weak):
    with pytest.raises(WeakPassphrase) as error:
        Workspace.create(tmp_path / "clinic.tmjkit", weak, kdf=CHEAP)
    assert not weak.strip() or weak not in str(error.value)
    assert list(tmp_path.iterdir()) == []


def test_a_revision_moved_to_another_case_does_not_open(workspace, place):
    mine, other = make_case("Mine"), make_case("Other")
    workspace.save(mine, None, "ann")
    workspace.save(other, None, "ann")
    execute(
        place,
        "UPDATE revision SET sealed = (SELECT sealed FROM revision WHERE case_id = :other), "
        "saved_at = (SELECT saved_at FROM revision WHERE case_id = :other) WHERE case_id = :mine",
        mine=mine.id,
        other=other.id,
    )
    with pytest.raises(DamagedRecord, match=mine.id):
        workspace.load(mine.id)
    assert workspace.load(other.id).case == other


def test_a_summary_moved_to_another_case_does_not_open(workspace, place):
    mine, other = make_case("Mine"), make_case("Other")
    workspace.save(mine, None, "ann")
    workspace.save(other, None, "ann")
    execute(
        place,
        "UPDATE case_summary SET sealed = "
        "(SELECT sealed FROM case_summary WHERE case_id = :other) WHERE case_id = :mine",
        mine=mine.id,
        other=other.id,
    )
    with pytest.raises(DamagedRecord, match=mine.id):
        workspace.summaries()


def test_a_case_of_an_unknown_form_is_not_shown_in_the_error(workspace, monkeypatch):
    case = make_case("Secretname")
    with monkeypatch.context() as patch:
        patch.setattr(type(case), "to_json", lambda _: b'{"format": "Secretname"}')
        workspace.save(case, None, "ann")
    with pytest.raises(DamagedRecord, match="another version") as error:
        workspace.load(case.id)
    assert "Secretname" not in repr(error.value)
    assert error.value.__suppress_context__


FORGED = [
    "UPDATE revision SET saved_at = :text WHERE revision = 2",
    "UPDATE revision SET author = :text WHERE revision = 2",
    "UPDATE revision SET previous_hash = :text WHERE revision = 2",
]


@settings(deadline=None, max_examples=20)
@given(st.sampled_from(FORGED), st.text("abc-", max_size=5))
def test_who_and_when_can_not_be_changed_even_with_new_hashes(tmp_path_factory, forge, text):
    from sqlalchemy import select

    from tmjkit.store import schema
    from tmjkit.store.revisions import chained, row_place

    path = tmp_path_factory.mktemp("forged") / "clinic.tmjkit"
    workspace = Workspace.create(path, PASSPHRASE, kdf=CHEAP)
    case = make_case()
    workspace.save(case, None, "ann")
    workspace.save(renamed(case, "Other"), 1, "ann")
    execute(path, forge, text=text)
    with workspace._database.reading() as connection:
        row = connection.execute(
            select(schema.revision).where(schema.revision.c.revision == 2)
        ).one()
    forged = chained(row_place(row), row.sealed)
    execute(path, "UPDATE revision SET hash = :forged WHERE revision = 2", forged=forged)
    with pytest.raises(DamagedRecord):
        workspace.load(case.id)
    assert [fault.revision for fault in workspace.verify().faults] == [2]
