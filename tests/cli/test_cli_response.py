"""`tmjkit response` tells scores and changes, as text, as JSON and as a chart."""

import json

import pytest


@pytest.fixture
def injected(tmjkit, tmp_path):
    """Return `run` in a workspace that holds the example with two sessions."""
    from tmjkit.examples import load
    from tmjkit.reading import to_exchange

    example = load("california-not-medically-necessary")
    file = tmp_path / "example.json"
    file.write_bytes(to_exchange(example.case, example.documents))
    assert tmjkit("init")[0] == 0
    assert tmjkit("case", "import", file)[0] == 0
    return tmjkit


def test_sessions_are_told_with_sources_that_differ_and_what_else_was(injected):
    code, out, _ = injected("response", "case-example-california", "--today", "2026-11-23")
    assert code == 0
    for expected in (
        "Injection sessions",
        "September 16, 2025: OnabotulinumtoxinA (Botox), 70 units",
        "Pain, 0 to 10: 7 to 3 points (\N{MINUS SIGN}57%), better, after 6 weeks",
        "Smallest change that patients notice. Reached:",
        "No confirmed difference for this scale.",
        "20 weeks after the session before: at least 12 weeks",
        "Effect: about 14 weeks by the record; between 12 and 20 weeks by the pain scores",
        "Muscle relaxant may have been begun in between (2025)",
        "Other treatments",
        "No score before and after:",
    ):
        assert expected in out
    assert "caused" not in out


def test_questionnaires_are_scored(clinic):
    code, out, _ = clinic("response", "case-example-erisa", "--today", "2026-11-23")
    assert code == 0
    assert "Grade III: moderately limiting" in out
    assert "Jaw Functional Limitation Scale, 8 items: 4.25 of 10" in out


def test_json_holds_scores_and_response_and_nothing_else(clinic, tmp_path):
    code, out, err = clinic(
        "response", "case-example-erisa", "--json", "--chart", tmp_path / "a.svg"
    )
    assert code == 0
    data = json.loads(out)
    assert [item["value"] for item in data["scores"]] == [3, 3, 4.25, 4.5]
    assert data["response"]["episodes"]
    assert "a.svg" in err


@pytest.mark.parametrize(
    ("ending", "start"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF")]
)
def test_the_chart_comes_in_every_format_for_its_owner_only(injected, tmp_path, ending, start):
    file = tmp_path / f"response.{ending}"
    code, out, _ = injected("response", "case-example-california", "--chart", file)
    assert code == 0
    assert str(file) in out
    assert file.read_bytes().startswith(start)
    assert file.stat().st_mode & 0o077 == 0


def test_another_ending_is_refused(injected, tmp_path):
    file = tmp_path / "response.docx"
    code, _, err = injected("response", "case-example-california", "--chart", file)
    assert code != 0
    assert ".svg, .png, .pdf" in err
    assert not file.exists()


def test_a_case_with_nothing_says_so(tmjkit, tmp_path):
    from tmjkit.case import Case
    from tmjkit.reading import to_exchange

    file = tmp_path / "empty.json"
    empty = Case(id="case-0123456789abcdef", patient={"family": "Example", "given": "Ada"})
    file.write_bytes(to_exchange(empty, {}))
    assert tmjkit("init")[0] == 0
    assert tmjkit("case", "import", file)[0] == 0
    code, out, _ = tmjkit("response", "case-0123456789abcdef")
    assert code == 0
    assert out.startswith("No questionnaire, no injection session")


OWN = """
as_of: 2026-11-23
facts:
  - id: own-jfls
    kind: instrument
    title: Our own reading
    statement: A change of 1 point of JFLS-8 counts.
    citation: Minutes of the clinic
    url: https://example.org/minutes
    confidence: confirmed-secondary
    difference:
      - {scales: [jfls-8], benefit: minimal, amount: 1, unit: points}
"""


def test_the_offices_own_facts_count_and_are_marked(injected, tmp_path):
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "own.yaml").write_text(OWN)
    code, out, _ = injected("response", "case-example-california", "--knowledge", folder)
    assert code == 0
    assert "Reached: 1 points (Our own reading, from the office's own file own.yaml)" in out
