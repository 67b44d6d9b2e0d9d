"""What was typed in a page whose kernel died: kept for whom, how long, how much."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from serving import PATIENT, Server

from tmjkit.serve.kept import KEPT_BYTES, KEPT_PAGES, KEPT_SECONDS, KeptForms

PAGE = "/kept?page=0123456789abcdef"


class Clock:
    """A clock that the test sets."""

    time = 0.0

    def __call__(self) -> float:
        return self.time


def test_it_is_given_back_to_whom_it_belongs() -> None:
    forms = KeptForms()
    forms.put("a", "1", b"x")
    forms.put("a", "1", b"y")
    forms.put("b", "1", b"z")
    assert (forms.get("a", "1"), forms.get("b", "1"), forms.get("a", "2")) == (b"y", b"z", None)
    forms.drop("a", "1")
    forms.drop("a", "1")
    assert (forms.get("a", "1"), forms.get("b", "1")) == (None, b"z")


def test_it_goes_after_an_hour_at_the_latest() -> None:
    clock = Clock()
    forms = KeptForms(clock)
    forms.put("a", "1", b"x")
    clock.time = KEPT_SECONDS - 1
    assert forms.get("a", "1") == b"x"
    clock.time = KEPT_SECONDS
    forms.sweep()
    assert len(forms) == 0
    assert KEPT_SECONDS <= 3600


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 99).map(str)), max_size=150))
def test_it_never_grows_beyond_its_bounds(pages: list[tuple[str, str]]) -> None:
    forms = KeptForms(Clock())
    for login, page in pages:
        forms.put(login, page, page.encode())
        assert forms.get(login, page) == page.encode()
        assert len(forms) <= KEPT_PAGES
    with pytest.raises(ValueError, match="too large"):
        forms.put("a", "1", b"x" * (KEPT_BYTES + 1))


def test_a_page_puts_gets_and_forgets(server: Server) -> None:
    with server.client() as client:
        client.get("/nothing")
        client.get("/voila/api/shutdown/x")
        client.get("/api/kernels/0f0f0f0f-0000-4000-8000-0f0f0f0f0f0f")  # gives the xsrf cookie
        xsrf = {"X-XSRFToken": client.cookies["_xsrf"]}
        assert client.get(PAGE).status_code == 204
        words = [{"name": "tmj-kept--a--b", "number": 0, "value": PATIENT}]
        assert client.post(PAGE, json=words).status_code == 403, "another site could have sent it"
        assert client.post(PAGE, json=words, headers=xsrf).status_code == 204
        answer = client.get(PAGE)
        assert answer.json() == words
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Type"] == "application/json"
        with server.client() as other:
            assert other.get(PAGE).status_code == 204, "another login sees nothing"
        with server.client(logged_in=False) as other:
            assert other.get(PAGE).status_code == 403
        assert client.delete(PAGE).status_code == 403
        assert client.delete(PAGE, headers=xsrf).status_code == 204
        assert client.get(PAGE).status_code == 204
        large = [{"name": "x", "number": 0, "value": "x" * KEPT_BYTES}]
        assert client.post(PAGE, json=large, headers=xsrf).status_code == 413
        for bad in (b"", b"{", b"{}", b'"x"', b"\xff"):
            assert client.post(PAGE, content=bad, headers=xsrf).status_code == 400
        for page in ("/kept", "/kept?page=", "/kept?page=../x", "/kept?page=" + "a" * 65):
            assert client.post(page, json=words, headers=xsrf).status_code == 400
    assert PATIENT not in server.log
