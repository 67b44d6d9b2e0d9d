"""The way from intake to packet on the command line."""

import io
import json
import os
import stat

import icalendar
import pytest
from docx import Document
from pypdf import PdfReader, PdfWriter

CASE = "case-example-erisa"


def _json(done):
    assert done[0] == 0, done
    return json.loads(done[1])


def test_a_new_case_is_listed_and_shown(tmjkit):
    assert tmjkit("init")[0] == 0
    answers = ["--given", "Robin", "--family", "Example", "--birth-date", "1990-05"]
    code, out, _ = tmjkit("case", "new", *answers, "--payer", "Example Mutual")
    assert code == 0
    case_id = out.strip()
    [row] = _json(tmjkit("case", "list", "--json"))
    assert (row["case_id"], row["name"], row["stage"]) == (case_id, "Robin Example", "collecting")
    shown = _json(tmjkit("case", "show", case_id[:9], "--json"))
    assert shown["case"]["patient"]["birth_date"] == "1990-05"
    assert shown["findings"]
    assert "Robin Example" in tmjkit("case", "show", case_id)[1]


def test_init_does_not_touch_a_workspace_that_is_there(clinic):
    code, _, err = clinic("init")
    assert code == 1
    assert err.count("\n") == 1
    assert len(_json(clinic("case", "list", "--json"))) == 1


def test_an_exported_case_comes_back_byte_for_byte(clinic, tmp_path, monkeypatch):
    assert clinic("case", "export", CASE, "--to", "one.json")[0] == 0
    monkeypatch.setenv("TMJKIT_WORKSPACE", str(tmp_path / "other.tmjkit"))
    assert clinic("init")[0] == 0
    assert "imported" in clinic("case", "import", "one.json")[1]
    assert clinic("case", "export", CASE, "--to", "two.json")[0] == 0
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    assert "nothing new" in clinic("case", "import", "two.json")[1]


def test_another_version_of_a_case_is_saved_only_when_asked_for(clinic, tmp_path):
    clinic("case", "export", CASE, "--to", "case.json")
    content = json.loads((tmp_path / "case.json").read_bytes())
    content["case"]["patient"]["given"] = "Another"
    (tmp_path / "case.json").write_text(json.dumps(content))
    code, _, err = clinic("case", "import", "case.json")
    assert code == 1
    assert "--replace" in err
    assert "Another" not in clinic("case", "list")[1]
    assert clinic("case", "import", "case.json", "--replace")[0] == 0
    [row] = _json(clinic("case", "list", "--json"))
    assert row["revision"] == 2
    assert row["name"].startswith("Another")


def test_a_case_without_its_documents_is_refused(tmjkit, tmp_path):
    from tmjkit.examples import load

    tmjkit("init")
    (tmp_path / "case.json").write_bytes(load("self-funded-erisa-denial").case.to_json())
    code, _, err = tmjkit("case", "import", "case.json")
    assert code == 1
    assert "document" in err
    assert _json(tmjkit("case", "list", "--json")) == []


def test_a_document_is_attached_once(clinic, tmp_path):
    writer = PdfWriter()
    writer.add_blank_page(612, 792)
    stream = io.BytesIO()
    writer.write(stream)
    (tmp_path / "scan.pdf").write_bytes(stream.getvalue())
    arguments = ["case", "attach", CASE, "scan.pdf", "--kind", "clinical-note", "--date", "2026-10"]
    assert clinic(*arguments)[1].startswith("document-")
    shown = _json(clinic("case", "show", CASE, "--json"))["case"]["documents"][-1]
    assert (shown["name"], shown["pages"], shown["date"]) == ("scan", 1, "2026-10")
    code, _, err = clinic(*arguments)
    assert code == 1
    assert "already" in err


@pytest.mark.parametrize("kind", ["appeal", "medical-necessity"])
def test_the_letter_comes_in_every_format(clinic, tmp_path, kind):
    name = _json(clinic("case", "list", "--json"))[0]["name"]
    for ending in ("docx", "pdf", "html", "md"):
        code, out, err = clinic("letter", kind, CASE, "--to", f"letter.{ending}")
        assert code == 0, out + err
    pdf = PdfReader(tmp_path / "letter.pdf")
    assert name in "".join(page.extract_text() for page in pdf.pages)
    words = Document(str(tmp_path / "letter.docx"))
    tables = [cell.text for table in words.tables for row in table.rows for cell in row.cells]
    assert name in "\n".join([p.text for p in words.paragraphs] + tables)


def test_a_letter_with_gaps_is_refused_and_the_gaps_are_listed(tmjkit, tmp_path):
    tmjkit("init")
    answers = ["--given", "Robin", "--family", "Example", "--birth-date", "1990", "--payer", "P"]
    case_id = tmjkit("case", "new", *answers)[1].strip()
    code, out, err = tmjkit("letter", "medical-necessity", case_id, "--to", "letter.pdf")
    assert code == 1
    assert out.startswith("missing: ")
    assert " -> " in out
    assert err.count("\n") == 1
    assert not (tmp_path / "letter.pdf").exists()
    done = tmjkit("letter", "medical-necessity", case_id, "--to", "letter.pdf", "--json")
    assert {"what", "where"} == set(json.loads(done[1])["missing"][0])
    assert tmjkit("letter", "medical-necessity", case_id, "--to", "letter.pdf", "--draft")[0] == 0
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "letter.pdf").pages)
    assert "DRAFT" in text


def test_the_timeline_comes_as_picture_and_table(clinic, tmp_path):
    for ending in ("svg", "png", "pdf", "csv"):
        assert clinic("timeline", CASE, "--to", f"timeline.{ending}")[0] == 0
    assert (tmp_path / "timeline.png").read_bytes().startswith(b"\x89PNG")
    assert "<svg" in (tmp_path / "timeline.svg").read_text()
    assert (tmp_path / "timeline.csv").read_text().startswith("start,end,dated")


def test_the_deadlines_become_a_calendar_without_a_name(clinic, tmp_path):
    name = _json(clinic("case", "list", "--json"))[0]["name"]
    assert clinic("deadlines", CASE, "--ics", "due.ics")[0] == 0
    content = (tmp_path / "due.ics").read_bytes()
    assert icalendar.Calendar.from_ical(content).events
    assert name.split()[0].encode() not in content
    assert clinic("deadlines", CASE, "--ics", "due.ics", "--with-name")[0] == 0
    assert name.split()[0].encode() in (tmp_path / "due.ics").read_bytes()
    assert _json(clinic("deadlines", CASE, "--json"))


def test_findings_say_why_and_what_to_do(clinic):
    found = _json(clinic("findings", CASE, "--json"))
    assert all(finding["what"] and finding["why"] for finding in found)
    assert "why:" in clinic("findings", CASE)[1]


def test_the_packet_holds_letter_and_exhibits(clinic, tmp_path):
    code, out, err = clinic("packet", CASE, "--to", "packet.pdf")
    assert code == 0, out + err
    reader = PdfReader(tmp_path / "packet.pdf")
    assert len(reader.pages) > 5
    assert len(reader.outline) > 3


def test_the_report_is_made_for_each_case(clinic, tmp_path):
    code, out, err = clinic("report", "case", "--cases", CASE, "--to", "reports")
    assert code == 0, out + err
    [file] = (tmp_path / "reports").iterdir()
    assert CASE in file.name
    assert "<html" in file.read_text(encoding="utf-8")[:500]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permission bits")
def test_what_is_written_is_for_its_owner_only(clinic, tmp_path):
    clinic("letter", "appeal", CASE, "--to", "out/letter.html")
    clinic("case", "export", CASE, "--to", "out/case.json")
    for file in (tmp_path / "out").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_fhir_comes_in_and_what_cannot_be_held_is_listed(tmjkit, tmp_path):
    tmjkit("init")
    patient = {
        "resourceType": "Patient",
        "id": "p1",
        "name": [{"family": "Example", "given": ["Sam"]}],
        "birthDate": "1991-02",
        "maritalStatus": {"text": "single"},
    }
    (tmp_path / "patient.json").write_text(json.dumps(patient))
    [report] = _json(tmjkit("case", "import", "patient.json", "--json"))
    assert any("maritalStatus" in group["path"] for group in report["not_imported"])
    again = _json(tmjkit("case", "import", "patient.json", "--into", report["case"], "--json"))
    assert again[0]["result"] == "nothing new"
