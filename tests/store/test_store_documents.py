"""Documents are stored once, come back byte for byte, and say nothing to a stranger."""

import hashlib
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_cases import CHEAP, PASSPHRASE, execute, rows

from tmjkit.store import DamagedRecord, NoSuchDocument, StoreError, Workspace
from tmjkit.store.documents import PIECE_BYTES


@pytest.mark.parametrize(
    "size", [0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 2 * PIECE_BYTES]
)
def test_a_document_comes_back_byte_for_byte(workspace, place, size):
    data = os.urandom(size)
    digest = workspace.put_document(data)
    assert digest == hashlib.sha256(data).hexdigest()
    assert workspace.has_document(digest)
    assert workspace.get_document(digest) == data
    assert Workspace.open(place, PASSPHRASE).get_document(digest) == data
    assert len(rows(place)["document_piece"]) == max(1, -(-size // PIECE_BYTES))


def test_a_document_is_stored_once(workspace, place):
    assert workspace.put_document(b"%PDF same") == workspace.put_document(b"%PDF same")
    before = rows(place)
    workspace.put_document(b"%PDF same")
    assert rows(place) == before
    assert len(before["document"]) == 1


def test_a_hundred_megabytes_come_back(workspace):
    data = os.urandom(1_000_000) * 100
    digest = workspace.put_document(data)
    assert workspace.get_document(digest) == data


def test_a_document_that_is_not_there_is_said(workspace):
    digest = hashlib.sha256(b"never stored").hexdigest()
    assert not workspace.has_document(digest)
    with pytest.raises(NoSuchDocument, match="add the file again"):
        workspace.get_document(digest)


@pytest.mark.parametrize("digest", ["", "abc", "g" * 64, "A" * 64, "0" * 63, "0" * 65])
def test_what_is_no_digest_is_refused(workspace, digest):
    for ask in (workspace.has_document, workspace.get_document):
        with pytest.raises(StoreError, match="64 hex digits"):
            ask(digest)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE document_piece SET sealed = :x WHERE position = 1",
        "DELETE FROM document_piece WHERE position = 2",
        "DELETE FROM document_piece WHERE position = 0",
        "UPDATE document_piece SET position = 9 WHERE position = 1",
        "UPDATE document SET pieces = 2",
        "UPDATE document_piece SET sealed = "
        "(SELECT p.sealed FROM document_piece p WHERE p.position = 0) WHERE position = 1",
    ],
)
def test_a_document_that_was_changed_does_not_open(workspace, place, change):
    digest = workspace.put_document(os.urandom(2 * PIECE_BYTES + 5))
    execute(place, change, **({"x": b"x" * 50} if ":x" in change else {}))
    with pytest.raises(DamagedRecord):
        workspace.get_document(digest)
    [fault] = workspace.verify().faults
    assert str(fault).startswith("document: ")
    assert digest[:12] not in str(fault)


def test_a_document_moved_to_another_does_not_open(workspace, place):
    one, two = workspace.put_document(b"one"), workspace.put_document(b"two")
    ids = {row[0] for row in rows(place)["document"]}
    other = workspace._seals.document_id(two)
    assert other in ids
    execute(
        place,
        "UPDATE document_piece SET sealed = "
        "(SELECT p.sealed FROM document_piece p WHERE p.document_id = :other)",
        other=other,
    )
    assert workspace.get_document(two) == b"two"
    with pytest.raises(DamagedRecord):
        workspace.get_document(one)


def test_nobody_can_tell_that_a_public_document_is_held(tmp_path):
    policy = b"%PDF a policy that anybody can download"
    digest = hashlib.sha256(policy).hexdigest()
    places = [tmp_path / "one.tmjkit", tmp_path / "two.tmjkit"]
    for path in places:
        Workspace.create(path, PASSPHRASE, kdf=CHEAP).put_document(policy)
        raw = path.read_bytes()
        assert digest.encode() not in raw
        assert bytes.fromhex(digest) not in raw
    first, second = (rows(path)["document"][0][0] for path in places)
    assert first != second


@settings(deadline=None, max_examples=25)
@given(st.lists(st.binary(max_size=100), max_size=5))
def test_any_documents_come_back(tmp_path_factory, documents):
    path = tmp_path_factory.mktemp("any") / "clinic.tmjkit"
    workspace = Workspace.create(path, PASSPHRASE, kdf=CHEAP)
    digests = [workspace.put_document(data) for data in documents]
    assert [workspace.get_document(digest) for digest in digests] == documents
    assert workspace.verify().documents == len(set(documents))
