"""The page on bringing in records shows what really happens."""

import re
from pathlib import Path

from tmjkit.reading import read_fhir

PAGE = Path(__file__).resolve().parents[2] / "docs" / "import.md"


def block(language):
    found = re.search(rf"```{language}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


def test_the_example_gives_the_records_that_the_page_shows():
    result = read_fhir(block("json").encode(), name="records.json")
    (diagnosis,), (treatment,) = result.case.diagnoses, result.case.treatments
    page = PAGE.read_text(encoding="utf-8")
    assert (
        f'| diagnosis | code {diagnosis.code}, "{diagnosis.text}", onset {diagnosis.onset} |'
        in page
    )
    notes = " and ".join(f'"{line}"' for line in sorted(treatment.note.splitlines()))
    row = (
        f'| treatment | {treatment.kind.label}, "{treatment.name}", start {treatment.start}, '
        f'dose "{treatment.dose}", note {notes} |'
    )
    assert row in page


def test_the_example_lists_what_the_page_lists():
    result = read_fhir(block("json").encode(), name="records.json")
    lines = sorted(f"{group.path}: {group.why}" for group in result.groups())
    assert "\n".join(lines) + "\n" == block("text")
