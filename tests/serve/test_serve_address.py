"""Where the server is reached: under a prefix, behind a proxy, encrypted."""

import datetime as dt
import re
from pathlib import Path

import pytest
from certificates import NOW, certificate
from serving import TOKEN, Server, Start, end_page, open_page

from tmjkit.serve import ServeError, serve
from tmjkit.serve.address import Address, is_loopback, read_address
from tmjkit.serve.tls import read_encryption

PUBLIC = "https://Clinic.example/tmjkit"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("/", Address()),
        ("", Address()),
        ("/tmjkit", Address("/tmjkit/")),
        ("/a/b-c/", Address("/a/b-c/")),
        ("https://clinic.example", Address("/", "clinic.example", https=True)),
        ("https://Clinic.example:8443/x/", Address("/x/", "clinic.example:8443", https=True)),
        ("http://[::1]:80/x", Address("/x/", "[::1]:80")),
    ],
)
def test_a_path_or_a_whole_address_is_read(text: str, address: Address) -> None:
    assert read_address(text, tls=False) == address


@pytest.mark.parametrize(
    "text",
    [
        "tmjkit",
        "//clinic.example/x",
        "/x?y=1",
        "/x#y",
        "/../x",
        "/x y/",
        "/x//y",
        "ftp://clinic.example/",
        "https:///x",
        "https://user:secret@clinic.example/",
        "https://clinic.example:port/",
        "https://[::1/",
        "/<script>",
        "/x(.*)",
    ],
)
def test_anything_else_is_refused_with_what_would_be_right(text: str) -> None:
    with pytest.raises(ServeError, match=r"such as /tmjkit/"):
        read_address(text, tls=False)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "::1", "[::1]"])
def test_this_machine_is_known(host: str) -> None:
    assert is_loopback(host)
    for other in (f"{host}.example.org", "0.0.0.0", "192.0.2.1", "", "::"):  # noqa: S104
        assert not is_loopback(other)


@pytest.fixture(scope="module")
def proxied(start: Start) -> Server:
    """Start a server that stands behind a proxy under a prefix."""
    return start(base_url=PUBLIC)


def test_the_link_is_the_one_that_people_open(proxied: Server) -> None:
    assert proxied.link == f"https://clinic.example/tmjkit/?token={TOKEN}"


def here(server: Server) -> str:
    """Return the address behind the proxy."""
    port = server.listening()
    return f"http://127.0.0.1:{port}"


def test_behind_a_proxy_everything_stays_below_the_prefix(proxied: Server) -> None:
    with proxied.client_at(here(proxied), host="clinic.example") as client:
        answer = client.get(f"/tmjkit/closed?token={TOKEN}")
        assert answer.headers["Location"] == "/tmjkit/closed"
        cookies = answer.headers.get_list("Set-Cookie")
        assert cookies
        for cookie in cookies:
            assert "Path=/tmjkit/" in cookie
            assert "Secure" in cookie
        login = "; ".join(cookie.partition(";")[0] for cookie in cookies)
        client.headers["Cookie"] = login
        for path in ("/tmjkit", "/tmjkit/"):
            assert client.get(path).headers["Location"] == "/tmjkit/voila/render/case.ipynb"
        page = client.get("/tmjkit/voila/render/case.ipynb").text
        addresses = re.findall(r'(?:href|src)="(/[^"]*)"', page)
        assert len(addresses) > 4
        assert [one for one in addresses if not one.startswith("/tmjkit/")] == []
        for one in (one for one in addresses if "static" in one):
            assert client.get(one).status_code == 200
        for path in ("/", "/voila/render/case.ipynb", "/closed", "/tmjkit-else/closed"):
            assert client.get(path).status_code == 404
        closed = client.get("/tmjkit/closed", params={"back": "/voila/render/case.ipynb"}).text
        assert 'href="/tmjkit/"' in closed


def test_the_login_form_works_behind_the_prefix(proxied: Server) -> None:
    with proxied.client_at(here(proxied), host="clinic.example") as client:
        form = client.get("/tmjkit/closed")
        assert 'action="/tmjkit/login"' in form.text
        xsrf = re.findall(r'name="_xsrf" value="([^"]+)"', form.text)[0]
        client.headers["Cookie"] = form.headers["Set-Cookie"].partition(";")[0]
        for back, place in (("/tmjkit/closed", "/tmjkit/closed"), ("/elsewhere", "/tmjkit/")):
            data = {"token": TOKEN, "next": back, "_xsrf": xsrf}
            assert client.post("/tmjkit/login", data=data).headers["Location"] == place


def test_a_proxied_server_answers_to_its_own_names_only(proxied: Server) -> None:
    for name, status in (("clinic.example", 302), ("127.0.0.1", 302), ("other.example", 403)):
        with proxied.client_at(here(proxied), host=name) as client:
            assert client.get(f"/tmjkit/?token={TOKEN}").status_code == status


def test_a_server_encrypts_by_itself(start: Start, tmp_path: Path) -> None:
    cert, key = certificate(tmp_path)
    server = start(certfile=str(cert), keyfile=str(key))
    assert server.link.startswith("https://127.0.0.1:")
    with server.client() as client:
        assert all(cookie.secure for cookie in client.cookies.jar)
        answer = client.get("/closed")
        assert f"wss://{server.host}" in answer.headers["Content-Security-Policy"]
        page, kernel = open_page(client, "case")
        assert "Probe" in page
        end_page(client, kernel)


def test_who_listens_beyond_this_machine_is_warned(start: Start, tmp_path: Path) -> None:
    open_one = start(ip="0.0.0.0")  # noqa: S104
    assert "without encryption" in open_one.said[1]
    cert, key = certificate(tmp_path)
    key.chmod(0o644)
    encrypted = start(ip="0.0.0.0", certfile=str(cert), keyfile=str(key))  # noqa: S104
    assert encrypted.link.startswith("https://clinic.localhost:")
    assert "can be read by other accounts" in encrypted.said[1]


# Certificates


def refuse(cert: Path, key: Path) -> str:
    with pytest.raises(ServeError) as refused:
        read_encryption(cert, key, NOW)
    return str(refused.value)


def test_good_files_serve_without_a_warning(tmp_path: Path) -> None:
    read = read_encryption(*certificate(tmp_path), NOW)
    assert (read.name, read.warnings) == ("clinic.localhost", ())


def test_a_missing_or_locked_file_is_named(tmp_path: Path) -> None:
    cert, key = certificate(tmp_path)
    gone = tmp_path / "gone.pem"
    assert refuse(gone, key) == f"--certfile {gone}: there is no such file"
    assert refuse(cert, gone) == f"--keyfile {gone}: there is no such file"
    assert refuse(tmp_path, key).startswith(f"--certfile {tmp_path}: can't be read")
    assert refuse(cert, tmp_path).startswith(f"--keyfile {tmp_path}: can't be read")


def test_a_file_of_another_kind_is_named(tmp_path: Path) -> None:
    cert, key = certificate(tmp_path)
    junk = tmp_path / "junk.pem"
    for data in (b"", b"hello", b"\xff\x00" * 50, key.read_bytes()):
        junk.write_bytes(data)
        assert "BEGIN CERTIFICATE" in refuse(junk, key)
    for data in (b"", b"hello", b"\xff\x00" * 50, cert.read_bytes()):
        junk.write_bytes(data)
        assert "BEGIN PRIVATE KEY" in refuse(cert, junk)


def test_a_key_of_another_certificate_is_refused(tmp_path: Path) -> None:
    cert, _ = certificate(tmp_path / "a")
    _, key = certificate(tmp_path / "b")
    assert refuse(cert, key) == f"--keyfile {key} is not the key of the certificate in {cert}"


def test_a_certificate_out_of_its_time_is_refused(tmp_path: Path) -> None:
    day = dt.timedelta(days=1)
    old = certificate(tmp_path / "old", start=-9 * day, end=-2 * day)
    assert f"ran out on {NOW - 2 * day:%Y-%m-%d}" in refuse(*old)
    early = certificate(tmp_path / "early", start=2 * day)
    assert "clock" in refuse(*early)
    soon = certificate(tmp_path / "soon", end=5 * day)
    assert read_encryption(*soon, NOW).warnings == (
        f"The certificate runs out on {NOW + 5 * day:%Y-%m-%d}.",
    )


def test_a_key_with_a_password_is_refused_without_asking(tmp_path: Path) -> None:
    assert "has a password" in refuse(*certificate(tmp_path, password=b"example"))


def test_a_key_that_others_can_read_is_warned_about(tmp_path: Path) -> None:
    cert, key = certificate(tmp_path)
    key.chmod(0o640)
    assert f"chmod 600 {key}" in read_encryption(cert, key, NOW).warnings[0]


def test_one_file_without_the_other_is_refused(tmp_path: Path) -> None:
    cert, key = certificate(tmp_path)
    for options in ({"certfile": cert}, {"keyfile": key}):
        with pytest.raises(ServeError, match="go together"):
            serve("cases.tmjkit", None, **options)  # type: ignore[arg-type]
