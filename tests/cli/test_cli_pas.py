"""`tmjkit case export --pas` writes one request for a payer's system."""

import base64
import hashlib
import json
import stat

from tmjkit.examples import load

CASE = load("self-funded-erisa-denial").case


def test_the_request_is_written_private_with_its_documents(clinic, tmp_path):
    file = tmp_path / "request.json"
    code, out, _ = clinic("case", "export", CASE.id, "--pas", file)
    assert code == 0
    assert "request-first with 3 lines and 4 documents" in out
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    bundle = json.loads(file.read_bytes())
    papers = [
        entry["resource"]["content"][0]["attachment"]
        for entry in bundle["entry"]
        if entry["resource"]["resourceType"] == "DocumentReference"
    ]
    sent = {hashlib.sha256(base64.b64decode(paper["data"])).hexdigest() for paper in papers}
    assert len(papers) == 4
    assert sent <= {document.sha256 for document in CASE.documents}


def test_it_can_go_without_documents(clinic, tmp_path):
    file = tmp_path / "request.json"
    code, out, _ = clinic("case", "export", CASE.id, "--pas", file, "--no-documents")
    assert code == 0
    assert "0 documents" in out
    assert b"DocumentReference" not in file.read_bytes()


def test_another_request_can_be_named_and_must_be_there(clinic, tmp_path):
    file = tmp_path / "request.json"
    right = ("case", "export", CASE.id, "--pas", file, "--request", "request-first")
    assert clinic(*right)[0] == 0
    file.unlink()
    code, _, err = clinic(*right[:-1], "request-other")
    assert code != 0
    assert "no request request-other" in err
    assert not file.exists()


def test_one_file_is_named_and_only_one(clinic, tmp_path):
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    assert "either --to or --pas" in clinic("case", "export", CASE.id)[2]
    assert "either --to or --pas" in clinic("case", "export", CASE.id, "--to", one, "--pas", two)[2]
    assert (
        "--request is for --pas"
        in clinic("case", "export", CASE.id, "--to", one, "--request", "x")[2]
    )
    assert not one.exists()
    assert not two.exists()


def test_what_is_missing_is_said_and_no_file_is_written(tmjkit, tmp_path):
    from tmjkit.reading import to_exchange

    example = load("medicaid-premature")
    source, file = tmp_path / "case.json", tmp_path / "request.json"
    source.write_bytes(to_exchange(example.case, example.documents))
    assert tmjkit("init")[0] == 0
    assert tmjkit("case", "import", source)[0] == 0
    code, _, err = tmjkit("case", "export", example.case.id, "--pas", file)
    assert code != 0
    assert "4 facts are missing" in err
    assert "Insurance coverage, Member ID" in err
    assert example.case.patient.family not in err
    assert not file.exists()
