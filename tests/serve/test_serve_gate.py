"""Without the token nothing is served, and the token shows up nowhere."""

import asyncio
import re

import httpx
import pytest
import websockets
from hypothesis import given
from hypothesis import strategies as st
from serving import TOKEN, Server, end_page, open_page

from tmjkit.serve.gate import way_back

KERNEL = "0f0f0f0f-0000-4000-8000-0f0f0f0f0f0f"
EVERYTHING = [
    "/",
    "/voila/render/probe.ipynb",
    "/voila/render/",
    "/voila/tree",
    "/voila/api/contents",
    "/voila/files/probe.ipynb",
    "/voila/files/private.txt",
    "/voila/static/voila.js",
    "/voila/templates/tmjkit/static/tmjkit.css",
    "/voila/templates/tmjkit/static/tmjkit.js",
    "/voila/labextensions/@jupyter-widgets/jupyterlab-manager/package.json",
    "/voila/api/themes/nothing.css",
    "/api",
    "/api/kernels",
    f"/api/kernels/{KERNEL}",
    f"/api/kernels/{KERNEL}/channels",
    "/api/contents",
    "/closed",
    "/login",
    "/logout",
    "/metrics",
    "/kept",
    "/uploads",
    "/api/terminals",
    "/static/etc/passwd",
    "/favicon.ico",
    "/nothing/of/the/kind",
]


@pytest.mark.parametrize("path", EVERYTHING)
@pytest.mark.parametrize("accept", ["text/html", "*/*"])
def test_nothing_is_served_without_the_token(server: Server, path: str, accept: str) -> None:
    with server.client(logged_in=False) as client:
        answer = client.get(path, headers={"Accept": accept})
    assert answer.status_code in ({405} if path == "/login" else {403})
    assert ("<form" in answer.text) == (accept == "text/html" and path != "/login")
    assert "facts" not in answer.text
    assert server.kernels() == []


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", [f"/awake/{KERNEL}", f"/voila/api/shutdown/{KERNEL}", "/", "/x"])
def test_no_method_gets_round_the_gate(server: Server, path: str, method: str) -> None:
    with server.client(logged_in=False) as client:
        assert client.request(method, path).status_code == 403


def test_a_socket_without_the_login_is_refused(server: Server) -> None:
    async def connect() -> int:
        try:
            async with websockets.connect(f"ws://{server.host}/api/kernels/{KERNEL}/channels"):
                return 101
        except websockets.exceptions.InvalidStatus as refused:
            return refused.response.status_code

    assert asyncio.run(connect()) == 403


def test_a_socket_of_another_site_is_refused(server: Server) -> None:
    with server.client() as client:
        cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        _, kernel = open_page(client, "case")

        async def connect(origin: str) -> int:
            headers = {"Cookie": cookies, "Origin": origin}
            url = f"ws://{server.host}/api/kernels/{kernel}/channels?session_id=x"
            try:
                async with websockets.connect(url, additional_headers=headers):
                    return 101
            except websockets.exceptions.InvalidStatus as refused:
                return refused.response.status_code

        assert asyncio.run(connect("http://example.org")) == 403
        assert asyncio.run(connect(server.address)) == 101
        end_page(client, kernel)


def test_the_link_logs_in_and_leaves_the_address(server: Server) -> None:
    with server.client(logged_in=False) as client:
        answer = client.get(f"/closed?back=%2Fvoila%2Frender%2Fx&token={TOKEN}")
        assert answer.status_code == 302
        assert answer.headers["Location"] == "/closed?back=%2Fvoila%2Frender%2Fx"
        assert answer.headers["Cache-Control"] == "no-store"
        cookie = answer.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert TOKEN not in cookie
        assert client.get(answer.headers["Location"]).status_code == 200


def test_the_home_page_leads_to_the_cases(server: Server) -> None:
    with server.client() as client:
        assert client.get("/").headers["Location"] == "/voila/render/case.ipynb"


@pytest.mark.parametrize("token", ["", "x", TOKEN[:-1], TOKEN + "x", TOKEN.upper(), "☃"])
def test_a_wrong_token_lets_nobody_in(server: Server, token: str) -> None:
    with server.client(logged_in=False) as client:
        answer = client.get("/", params={"token": token})
        assert answer.status_code == 403
        assert "not the one" in answer.text
        assert not [name for name in client.cookies if name.startswith("tmjkit")]


def login(server: Server, given: str, back: str) -> httpx.Response:
    with server.client(logged_in=False) as client:
        form = client.get("/voila/render/probe.ipynb?case=case-1").text
        xsrf = re.findall(r'name="_xsrf" value="([^"]+)"', form)[0]
        return client.post("/login", data={"token": given, "next": back, "_xsrf": xsrf})


def test_the_form_takes_the_token_or_the_whole_link(server: Server) -> None:
    for typed in (TOKEN, server.link, f"  {server.link}&x=1 "):
        answer = login(server, typed, "/closed?back=1")
        assert answer.status_code == 303
        assert answer.headers["Location"] == "/closed?back=1"
    assert login(server, "wrong", "/").status_code == 403


def test_the_form_remembers_where_one_wanted_to_go(server: Server) -> None:
    with server.client(logged_in=False) as client:
        form = client.get("/voila/render/probe.ipynb?case=case-1").text
    assert 'name="next" value="/voila/render/probe.ipynb?case=case-1"' in form


def test_the_form_needs_its_own_page(server: Server) -> None:
    with server.client(logged_in=False) as client:
        assert client.post("/login", data={"token": TOKEN}).status_code == 403


HOSTILE = [
    "https://example.org/",
    "//example.org/",
    "///example.org/",
    "/\\example.org",
    "\\\\example.org",
    "\\/example.org",
    "/\t/example.org",
    "\t//example.org",
    " //example.org",
    "/\x00/example.org",
    "/\x0b/example.org",
    "/\r\nSet-Cookie: stray=1",
    "\u2028//example.org",
    "http://[",
    "http://[::1",
    "//a\u2100b/",
    "http:///example.org",
    "http:example.org",
    "javascript:alert(1)",
    "data:text/html,x",
    "?next=//example.org",
    "#//example.org",
    "",
]


@pytest.mark.parametrize("back", HOSTILE)
def test_the_login_form_leads_to_no_other_site(server: Server, back: str) -> None:
    answer = login(server, TOKEN, back)
    assert answer.status_code == 303
    assert "stray" not in answer.headers.get("Set-Cookie", "").split(";")[0]
    there = answer.next_request
    assert there is not None
    assert there.url.netloc.decode() == server.host
    assert not answer.headers["Location"].startswith(("//", "/\\"))


@given(st.text(), st.sampled_from(["", "/", "//", "/\\", "http://", "https://h", "/tmjkit/"]))
def test_whatever_is_asked_the_way_back_is_ours(text: str, before: str) -> None:
    for base in ("/", "/tmjkit/"):
        way = way_back(before + text, base)
        assert way.startswith(base)
        assert way[1:2] not in {"/", "\\"}
        assert not set(map(chr, range(33))) & set(way)
        assert ".." not in way.partition("?")[0].split("/")


@pytest.mark.parametrize("back", [*HOSTILE, "/login", "x"])
def test_a_closed_page_offers_pages_of_ours_only(server: Server, back: str) -> None:
    with server.client() as client:
        page = client.get("/closed", params={"back": back}).text
        assert re.findall(r'class="button" href="([^"]*)"', page) == ["/"]
        good = client.get("/closed", params={"back": "/voila/render/case.ipynb?case=case-1"}).text
    assert 'href="/voila/render/case.ipynb?case=case-1"' in good


def test_another_host_name_is_refused_even_with_the_login(server: Server) -> None:
    with server.client() as client:
        assert client.get("/closed").status_code == 200
        cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        port = server.host.rpartition(":")[2]
        for name in ("example.org", f"example.org:{port}", f"127.0.0.1.example.org:{port}"):
            answer = client.get("/closed", headers={"Host": name, "Cookie": cookies})
            assert answer.status_code == 403
        answer = client.get("/closed", headers={"Host": f"localhost:{port}", "Cookie": cookies})
        assert answer.status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/voila/tree",
        "/voila/api/contents",
        "/voila/files/probe.ipynb",
        "/voila/files/private.txt",
        "/api/kernels",
        "/api/contents",
        "/api/sessions",
        "/api/terminals",
        "/api/config/notebook",
        "/api/kernelspecs",
        "/terminals/1",
        "/lab",
        "/tree",
        "/files/private.txt",
        "/nbconvert/html/probe.ipynb",
        "/voila/files/x",
        "/voila/render/reports%2fprobe.ipynb",
        "/voila/render/../pages/probe.ipynb.bak",
        "/static/etc/passwd",
        "/static//etc/passwd",
        "/voila/static/../../../../../../../../etc/passwd",
        "/voila/static/..%2f..%2f..%2f..%2f..%2f..%2f..%2f..%2fetc/passwd",
        "/voila/static//etc/passwd",
        "/voila/templates/tmjkit/static/..%2f..%2f..%2f..%2f..%2f..%2fetc/passwd",
        "/voila/labextensions/..%2f..%2f..%2f..%2f..%2f..%2fetc/passwd",
        "/voila/render/..%2f..%2fetc%2fpasswd",
        "/voila/render/private.txt",
        "/voila/render/missing.ipynb",
        "/voila/render/reports/probe.ipynb",
        "/voila/render/",
    ],
)
def test_with_the_login_only_pages_are_served(server: Server, path: str) -> None:
    with server.client() as client:
        answer = client.get(path, follow_redirects=True)
        assert answer.status_code in {403, 404}
        assert "root:" not in answer.text
        assert "Quimbytest" not in answer.text
    assert server.kernels() == []


@pytest.mark.parametrize(
    "path", ["/closed", "/voila/static/voila.js", "/voila/render/missing.ipynb", "/nothing", "/"]
)
@pytest.mark.parametrize("logged_in", [True, False])
def test_every_answer_carries_the_headers(server: Server, path: str, *, logged_in: bool) -> None:
    with server.client(logged_in=logged_in) as client:
        headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-eval';" in policy
    assert "frame-ancestors 'none'" in policy
    assert "http" not in policy
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "Server" not in headers or "Tornado" not in headers["Server"]


@pytest.mark.parametrize(
    "path",
    ["/", "/closed", "/voila/render/missing.ipynb", "/nothing", "/kept", f"/api/kernels/{KERNEL}"],
)
def test_whatever_can_hold_a_case_is_stored_nowhere(server: Server, path: str) -> None:
    with server.client() as client:
        assert client.get(path).headers["Cache-Control"] == "no-store"


def test_a_page_and_what_it_asks_for_are_stored_nowhere(server: Server) -> None:
    with server.client() as client:
        answer = client.get("/voila/render/case.ipynb")
        kernel = re.findall(r'"kernelId": "([0-9a-f-]+)"', answer.text)[0]
        assert "no-store" in answer.headers["Cache-Control"]
        assert client.get(f"/api/kernels/{kernel}").headers["Cache-Control"] == "no-store"
        end_page(client, kernel)


@pytest.mark.parametrize(
    "path",
    [
        "/voila/static/voila.js",
        "/voila/templates/tmjkit/static/tmjkit.js",
        "/voila/labextensions/@jupyter-widgets/jupyterlab-manager/package.json",
    ],
)
def test_what_comes_with_the_programs_may_be_kept_by_the_browser(server: Server, path: str) -> None:
    with server.client() as client:
        answer = client.get(path)
        assert answer.status_code == 200
        assert re.fullmatch(r"private, max-age=\d+", answer.headers["Cache-Control"])
        since = {"If-Modified-Since": answer.headers["Last-Modified"]}
        again = client.get(path, headers=since)
        assert again.status_code == 304
        missing = client.get(f"{path}.missing")
        assert missing.status_code in {403, 404}
        assert missing.headers["Cache-Control"] == "no-store"


def test_neither_token_nor_query_is_ever_logged(server: Server) -> None:
    with server.client() as client:
        client.get("/voila/render/missing.ipynb?case=case-4711&token=wrong-4712")
        client.get("/voila/render/foreign.ipynb?secret=4713", headers={"Referer": server.link})
        client.get("/closed")  # a request is logged after its answer went out
    assert "foreign.ipynb" in server.log
    for word in (TOKEN, "4711", "4712", "4713"):
        assert word not in server.log
