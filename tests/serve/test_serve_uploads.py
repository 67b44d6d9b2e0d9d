"""Files on their way to a kernel: sealed, limited, and gone in time."""

import json
import os
import re
import socket
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from serving import PATIENT, TOKEN, Server, end_page, facts, open_page
from tornado import web

from tmjkit.dashboards.sealed_file import PIECE_BYTES, SealedWriter, SealError, read_sealed
from tmjkit.serve import uploads
from tmjkit.serve.uploads import AT_ONCE, STALE_SECONDS, Uploads

KEY = bytes(range(32))


def seal(path: Path, *chunks: bytes, whole: bool = True) -> Path:
    path.unlink(missing_ok=True)
    writer = SealedWriter(path, KEY)
    for chunk in chunks:
        writer.write(chunk)
    writer.close(whole=whole)
    return path


# Sealing


@pytest.mark.parametrize(
    "size", [0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 3 * PIECE_BYTES, 2_500_000]
)
def test_what_was_sealed_opens(tmp_path: Path, size: int) -> None:
    data = os.urandom(size)
    cuts = sorted(int.from_bytes(os.urandom(4)) % (size + 1) for _ in range(7))
    chunks = [data[a:b] for a, b in zip([0, *cuts], [*cuts, size], strict=True)]
    path = seal(tmp_path / "x", *chunks)
    assert read_sealed(path, KEY) == data
    assert path.stat().st_mode & 0o077 == 0
    assert size < 64 or data[:64] not in path.read_bytes()


@given(place=st.integers(0, 2 * PIECE_BYTES + 47), bit=st.integers(0, 7))
def test_a_changed_bit_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, place: int, bit: int
) -> None:
    path = seal(tmp_path_factory.mktemp("seal") / "x", bytes(2 * PIECE_BYTES + 5))
    with path.open("r+b") as file:
        place %= path.stat().st_size
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 1 << bit]))
    with pytest.raises(SealError):
        read_sealed(path, KEY)


def test_what_is_cut_swapped_or_locked_otherwise_does_not_open(tmp_path: Path) -> None:
    path = seal(tmp_path / "x", os.urandom(3 * PIECE_BYTES))
    whole = path.read_bytes()
    piece = PIECE_BYTES + 16
    first, second = whole[:piece], whole[piece : 2 * piece]
    for wrong in (
        whole[:piece],
        whole[:-1],
        b"",
        second + first + whole[2 * piece :],
        whole + b"x",
    ):
        path.write_bytes(wrong)
        with pytest.raises(SealError):
            read_sealed(path, KEY)
    path.write_bytes(whole)
    for key in (bytes(32), b"", b"short"):
        with pytest.raises(SealError):
            read_sealed(path, key)
    with pytest.raises(SealError):
        read_sealed(tmp_path / "missing", KEY)
    with pytest.raises(SealError):
        read_sealed(seal(tmp_path / "y", b"never whole", whole=False), KEY)


# The folder


def status(error: pytest.ExceptionInfo[web.HTTPError]) -> int:
    return int(error.value.status_code)


def test_what_may_not_come_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Uploads(tmp_path / "u", limit_bytes=1000)
    assert folder.folder.stat().st_mode & 0o077 == 0
    for length, expected in ((0, 400), (1001, 413)):
        with pytest.raises(web.HTTPError) as refused:
            folder.begin(length)
        assert status(refused) == expected
    begun = [folder.begin(1000)[2] for _ in range(AT_ONCE)]
    with pytest.raises(web.HTTPError) as refused:
        folder.begin(1)
    assert status(refused) == 503
    folder.end(begun[0], keep=False)
    assert not begun[0].path.exists()
    monkeypatch.setattr(uploads, "_free", lambda _: 1000)
    with pytest.raises(web.HTTPError) as refused:
        folder.begin(1)
    assert status(refused) == 507


def test_what_nobody_fetches_is_deleted_and_what_still_comes_is_not(tmp_path: Path) -> None:
    folder = Uploads(tmp_path / "u")
    _, _, coming = folder.begin(10)
    _, _, old = folder.begin(10)
    _, _, new = folder.begin(10)
    for writer in (old, new):
        folder.end(writer, keep=True)
    long_ago = time.time() - STALE_SECONDS - 1
    for writer in (old, coming):
        os.utime(writer.path, (long_ago, long_ago))
    folder.sweep()
    assert [one.path.exists() for one in (coming, old, new)] == [True, False, True]
    assert STALE_SECONDS <= 600


# The server


def test_a_file_comes_sealed_and_its_name_and_content_are_nowhere(server: Server) -> None:
    with server.client() as client:
        page, kernel = open_page(client)
        folder = Path(facts(page)["uploads"])
        assert folder.stat().st_mode & 0o077 == 0
        assert folder.parent.stat().st_mode & 0o077 == 0
        xsrf = {"X-XSRFToken": client.cookies["_xsrf"]}
        data = PATIENT.encode() * 200_000
        answer = client.post("/uploads", content=data, headers=xsrf)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        told = answer.json()
        path = folder / told["name"]
        assert re.fullmatch(r"[0-9a-f]{32}", told["name"])
        assert PATIENT.encode() not in path.read_bytes()
        assert read_sealed(path, bytes.fromhex(told["key"])) == data
        assert told["key"] not in server.log
        path.unlink()
        end_page(client, kernel)


def answer(server: Server, *lines: str) -> bytes:
    """Send the head of an upload without its body; return the line of the answer.

    What is refused before a byte is read ends the connection, and a body on its way would reset it.
    """
    host, port = server.host.split(":")
    head = "\r\n".join(("POST /uploads HTTP/1.1", f"Host: {server.host}", *lines, "", ""))
    with socket.create_connection((host, int(port)), timeout=30) as line:
        line.sendall(head.encode())
        return line.recv(4096).split(b"\r\n")[0]


def test_who_may_not_send_sends_nothing(server: Server) -> None:
    with server.client() as client:
        client.get("/api/kernels/0f0f0f0f-0000-4000-8000-0f0f0f0f0f0f")
        xsrf = {"X-XSRFToken": client.cookies["_xsrf"]}
        assert client.post("/uploads", content=b"", headers=xsrf).status_code == 400
        assert client.get("/uploads").status_code == 400
        for count, code in ((1, 204), (0, 400), (2**40, 413), ("x", 400), ("²", 400)):
            assert client.get("/uploads", params={"bytes": count}).status_code == code
        cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    person = (f"Cookie: {cookies}", f"X-XSRFToken: {xsrf['X-XSRFToken']}")
    assert b" 403 " in answer(server, "Content-Length: 1"), "nobody known"
    assert b" 403 " in answer(server, person[0], "Content-Length: 1"), "from another page"
    assert b" 411 " in answer(server, *person, "Transfer-Encoding: chunked")
    assert b" 413 " in answer(server, *person, f"Content-Length: {2**40}")


def test_a_file_that_does_not_come_whole_is_deleted(server: Server) -> None:
    with server.client() as client:
        page, kernel = open_page(client)
        folder = Path(facts(page)["uploads"])
        cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        host, port = server.host.split(":")
        request = (
            f"POST /uploads HTTP/1.1\r\nHost: {server.host}\r\nCookie: {cookies}\r\n"
            f"X-XSRFToken: {client.cookies['_xsrf']}\r\nContent-Length: 3000000\r\n\r\n"
        )
        with socket.create_connection((host, int(port)), timeout=30) as line:
            line.sendall(request.encode() + b"x" * 2_000_000)
            wait_for(lambda: any(one.stat().st_size for one in folder.iterdir()))
        wait_for(lambda: not list(folder.iterdir()))
        end_page(client, kernel)


def wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < until


def test_other_addresses_take_little(server: Server) -> None:
    with server.client() as client:
        client.get("/api/kernels/0f0f0f0f-0000-4000-8000-0f0f0f0f0f0f")
        xsrf = {"X-XSRFToken": client.cookies["_xsrf"]}
        large = json.dumps(["x" * 2_000_000])
        try:
            code = client.post("/kept?page=0123456789", content=large, headers=xsrf).status_code
        except httpx.TransportError:  # cut off before its end
            code = 0
        assert code in {0, 400, 413}
    assert TOKEN not in server.log
