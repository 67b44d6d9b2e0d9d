"""No text of an exception reaches a page or the log; a number to quote does."""

import re

from serving import PATIENT, Server, end_page, open_page


def test_a_page_that_fails_says_so_and_no_more(server: Server) -> None:
    with server.client() as client:
        page, kernel = open_page(client, "boom")
        end_page(client, kernel)
    assert "could not be opened" in page
    for word in (PATIENT, "ValueError", "raise", "Traceback", "show_tracebacks"):
        assert word not in page
    assert PATIENT not in server.log
    assert "CellExecutionError" in server.log


def test_an_error_of_the_server_has_a_number_that_the_log_has_too(server: Server) -> None:
    with server.client() as client:
        answer = client.get("/voila/render/foreign.ipynb")
    assert answer.status_code == 500
    reference = re.findall(r"<strong>(\w{4}-\w{4})</strong>", answer.text)[0]
    assert f"error {reference}" in server.log
    assert "notebook_renderer.py" in server.log
    assert "fortran" not in answer.text


def test_an_error_is_plain_text_for_what_is_no_browser(server: Server) -> None:
    with server.client() as client:
        answer = client.get("/voila/render/foreign.ipynb", headers={"Accept": "*/*"})
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert re.fullmatch(r"It did not work\. Reference: \w{4}-\w{4}", answer.text)
