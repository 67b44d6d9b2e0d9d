"""The dashboards behind a proxy with TLS, below a path: login, page, socket, closed page."""

import asyncio
import datetime as dt
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from browsing import Dashboards, Serve, ready
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from httpx import Client, HTTPTransport, codes
from nginx_running import Nginx, nginx
from playwright.sync_api import Browser, Request, WebSocket, expect

pytestmark = pytest.mark.browser

HOST = "clinic.localhost"  # browsers know that it is this machine


def certificate(file: Path) -> Path:
    """Write a certificate and its key into one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=9))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(made.public_bytes(pem) + private)
    return file


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port


@dataclass
class Proxy:
    """Ends TLS and hands every byte on, as it came."""

    context: ssl.SSLContext
    port: int
    behind: int

    async def join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there = await asyncio.open_connection("127.0.0.1", self.behind)
        both = ((reader, there[1]), (there[0], writer))
        await asyncio.gather(*(self.hand_on(*pair) for pair in both), return_exceptions=True)

    @staticmethod
    async def hand_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        finally:
            writer.close()

    def start(self) -> None:
        """Run until `stop`, in a thread."""
        self.thread = threading.Thread(target=lambda: asyncio.run(self.run()), daemon=True)
        self.thread.start()

    async def run(self) -> None:
        self.loop, self.ended = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self.join, "127.0.0.1", self.port, ssl=self.context)
        await self.ended.wait()
        server.close()

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self.ended.set)
        self.thread.join(timeout=30)


def behind_bytes(folder: Path) -> Proxy:
    """Make a proxy that changes nothing."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(folder / "both.pem"))
    return Proxy(context, free_port(), free_port())


def behind_nginx(folder: Path) -> Nginx:
    """Make nginx with the configuration that we ship."""
    program = nginx()
    if program is None:
        pytest.skip("nginx is not installed, so its configuration is not tried")
    pem = certificate(folder / "both.pem")
    made = Nginx(program, folder, HOST, pem, free_port(), free_port(), free_port())
    made.write()
    return made


@pytest.fixture(scope="module", params=["bytes", "nginx"])
def proxied(
    request: pytest.FixtureRequest, serve: Serve, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Dashboards]:
    """Start a server behind a proxy."""
    folder = tmp_path_factory.mktemp("proxy")
    proxy = behind_nginx(folder) if request.param == "nginx" else behind_bytes(folder)
    port = proxy.encrypted if isinstance(proxy, Nginx) else proxy.port
    proxy.start()
    address = f"https://{HOST}:{port}/tmjkit/"
    command = ("-m", "tmjkit.cli", "serve", "--no-browser", "--port", str(proxy.behind))
    yield serve(*command, "--base-url", address)
    proxy.stop()


def test_nginx_takes_our_configuration_and_sends_browsers_to_the_encrypted_address(
    tmp_path: Path,
) -> None:
    made = behind_nginx(tmp_path)
    looked = made.test()
    assert "syntax is ok" in looked.stderr
    assert looked.returncode == 0, looked.stderr
    made.start()
    try:
        there = HTTPTransport(retries=20)  # until it listens
        with Client(transport=there) as client:
            answer = client.get(
                f"http://127.0.0.1:{made.plain}/hub/home?x=1", headers={"Host": HOST}
            )
        assert answer.status_code == codes.MOVED_PERMANENTLY
        assert answer.headers["Location"] == f"https://{HOST}:{made.encrypted}/hub/home?x=1"
    finally:
        made.stop()


def test_a_page_works_behind_a_proxy_below_a_path(chromium: Browser, proxied: Dashboards) -> None:
    base = proxied.link.partition("?")[0]
    assert base.endswith("/tmjkit/")
    context = chromium.new_context(ignore_https_errors=True)
    page = context.new_page()
    outside: list[str] = []
    sockets: list[str] = []
    complaints: list[str] = []

    def asked(request: Request) -> None:
        if not request.url.startswith((base, "data:", "blob:")):
            outside.append(request.url)

    def opened(one: WebSocket) -> None:
        sockets.append(one.url)

    page.on("request", asked)
    page.on("websocket", opened)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_default_timeout(60_000)
    page.goto(f"{base}voila/render/case.ipynb?case=case-example-erisa")
    page.get_by_label("Link or token").fill(proxied.link)
    page.get_by_role("button", name="Open").click()
    ready(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Avery Example")
    assert [one for one in sockets if not one.startswith(base.replace("https", "wss"))] == []
    assert sockets
    for cookie in context.cookies():
        assert cookie["path"] == "/tmjkit/"
        assert cookie["secure"]
    for link in page.locator("a[href^='/']").all():
        assert (link.get_attribute("href") or "").startswith("/tmjkit/")
    page.goto(base)
    ready(page)
    assert page.url.startswith(f"{base}voila/render/")
    page.goto(f"{base}closed")
    page.get_by_role("link", name="Open it again").click()
    ready(page)
    assert outside == []
    assert complaints == []
    context.close()
