"""The claim on the command line, and the packet for a portal."""

import csv
import io

import pytest
from pypdf import PdfReader

from tmjkit.examples import load
from tmjkit.reading import to_exchange

TODAY = ("--today", "2026-11-23")


@pytest.fixture
def office(tmjkit, tmp_path):
    """Return `run` in a workspace with the example that has a claim."""
    example = load("california-not-medically-necessary")
    file = tmp_path / "example.json"
    file.write_bytes(to_exchange(example.case, example.documents))
    assert tmjkit("init")[0] == 0
    assert tmjkit("case", "import", file)[0] == 0
    return tmjkit


@pytest.fixture
def case_id():
    return load("california-not-medically-necessary").case.id


def test_the_form_is_shown_with_what_does_not_fit(office, case_id):
    code, out, err = office("claim", "form", case_id, *TODAY)
    assert (code, err) == (0, "")
    assert "SAMPLE, BLAKE" in out
    assert "to correct: box 27" in out
    assert "tmjkit never signs" in out
    assert "not ready to be sent" in out


def test_the_form_is_written_as_a_table(office, case_id, tmp_path):
    assert office("claim", "form", case_id, "--to", "boxes.csv")[0] == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "boxes.csv").read_text("utf-8-sig"))))
    values = {row["box"]: row["value"] for row in rows}
    assert values["1a"] == "EX-0002"
    assert values["31"] == ""
    assert office("claim", "form", case_id, "--to", "boxes.md")[0] == 0
    assert "| 1a | Insured's id | EX-0002 |" in (tmp_path / "boxes.md").read_text()


def test_the_form_is_printed_over_and_filled_in(office, case_id, tmp_path):
    assert office("claim", "form", case_id, "--to", "print.pdf", "--overlay")[0] == 0
    assert "EX-0002" in PdfReader(tmp_path / "print.pdf").pages[0].extract_text()
    (tmp_path / "map.yaml").write_text("1a: nothing\n")
    wrong = ("claim", "form", case_id, "--to", "x.pdf", "--fill", "print.pdf", "--map", "map.yaml")
    code, _, err = office(*wrong)
    assert code == 1
    assert "no fields to fill" in err
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--to", "x.pdf"), "give --overlay"),
        (("--to", "x.csv", "--overlay"), "write a .pdf"),
        (("--to", "x.pdf", "--fill", "form.pdf"), "belong together"),
        (("--claim", "claim-none"), "no claim claim-none"),
        (("--to", "x.pdf", "--overlay", "--shift", "9", "0"), "at most 2 inches"),
    ],
)
def test_what_does_not_go_together_is_told(office, case_id, arguments, words):
    code, _, err = office("claim", "form", case_id, *arguments)
    assert code != 0
    assert words in err


def test_bill_and_report_are_written(office, case_id, tmp_path):
    assert office("claim", "superbill", case_id, "--to", "bill.md", *TODAY)[0] == 0
    assert "1,300.00" in (tmp_path / "bill.md").read_text()
    assert office("claim", "report", case_id, "--to", "report.docx", *TODAY)[0] == 0
    assert (tmp_path / "report.docx").read_bytes().startswith(b"PK")


def test_places_and_the_test_page(tmjkit, tmp_path):
    code, out, _ = tmjkit("claim", "places")
    assert code == 0
    assert "24.1.code" in out
    assert tmjkit("claim", "places", "--to", "test.pdf")[0] == 0
    assert (tmp_path / "test.pdf").read_bytes().startswith(b"%PDF")


def test_a_packet_for_a_portal_of_the_office_is_cut(office, case_id, tmp_path):
    (tmp_path / "portals.yaml").write_text(
        "- {name: small-mail, title: The payer's mailbox, most_pages: 12}\n"
    )
    arguments = ("packet", case_id, "--to", "packet.pdf", "--for", "small-mail", "--draft", *TODAY)
    code, out, err = office(*arguments)
    assert (code, err) == (0, "")
    parts = sorted(tmp_path.glob("packet-*-of-*.pdf"))
    assert len(parts) > 1
    assert all(len(PdfReader(part).pages) <= 12 for part in parts)
    assert "Blake" not in out


def test_a_portal_that_does_not_take_it_is_told_and_the_command_fails(office, case_id, tmp_path):
    arguments = ("packet", case_id, "--to", "packet.pdf", "--for", "availity-appeals", "--draft")
    code, out, err = office(*arguments, *TODAY)
    assert code == 1
    assert "specialty medication" in out
    assert "does not take the packet" in err
    assert (tmp_path / "packet.pdf").exists()


def test_a_portal_that_is_not_known_is_told_before_the_work(office, case_id, tmp_path):
    code, _, err = office("packet", case_id, "--to", "packet.pdf", "--for", "nowhere", *TODAY)
    assert code == 1
    assert "availity-appeals, fax" in err
    assert not (tmp_path / "packet.pdf").exists()
