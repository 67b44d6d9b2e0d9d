"""A list counts what is lacking by the office's own policies, and notices when they change."""

from datetime import date

import pytest

from tmjkit.case import (
    AuthorizationRequest,
    Case,
    Coverage,
    Diagnosis,
    Handling,
    Measurement,
    Patient,
    Provider,
    ServiceLine,
)
from tmjkit.rules.office import Office

TODAY = date(2026, 11, 24)
POLICY = """
policies:
- id: example-health-7
  title: Botulinum toxins
  payer: Example Health
  number: EX-7
  effective: 2026-01-01
  retrieved: 2026-11-20
  criteria: {{test: age, at_least: {age}}}
"""

READY = Case(
    patient=Patient(family="Example", given="Pat", birth_date="1980-02-29"),
    coverages=[
        Coverage(id="cov-1", payer="Example Health", member_id="EX-1", policy="example-health-7")
    ],
    providers=[Provider(id="prov-1", name="Dr. Sample", role="treating", npi="1234567893")],
    diagnoses=[Diagnosis(code="M79.11", recorded_date="2026-01-05")],
    measurements=[Measurement(instrument="nrs-pain", value=7, date="2026-02-01")],
    requests=[
        AuthorizationRequest(
            id="r-1",
            coverage_id="cov-1",
            provider_id="prov-1",
            lines=[ServiceLine(code="64999", units=1)],
            diagnosis_codes=["M79.11"],
            sessions=2,
            interval_weeks=12,
        )
    ],
)


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "knowledge"
    made.mkdir()
    return made


@pytest.fixture
def office(folder):
    return Office(folder, lambda: TODAY)


def enter(folder, age):
    (folder / "example.yaml").write_text(POLICY.format(age=age), encoding="utf-8")


def test_readiness_is_counted_by_the_offices_own_policy(folder, office):
    assert (office.summarize(READY).stage, office.summarize(READY).readiness) == ("ready", "0")
    enter(folder, 60)
    assert (office.summarize(READY).stage, office.summarize(READY).readiness) == ("collecting", "1")
    # Criteria count back from today, so it is looked at again tomorrow.
    assert office.summarize(READY).changes_on == "2026-11-25"
    enter(folder, 18)
    assert office.summarize(READY).readiness == "0"


def test_only_what_is_held_against_a_policy_goes_out_of_date_with_it(folder, office):
    plain = READY.with_record(READY.coverages[0].model_copy(update={"policy": ""}))
    closed = READY.with_record(Handling(date="2026-11-01", closed="paid"))
    before = [office.summarize(one).basis for one in (READY, plain, closed)]
    assert before[1:] == ["", ""]
    enter(folder, 60)
    assert before[0] not in office.bases()
    assert {before[1], before[2], office.summarize(READY).basis} <= office.bases()


def test_what_is_the_same_again_is_up_to_date_again(folder, office):
    enter(folder, 60)
    made = office.summarize(READY).basis
    (folder / "example.yaml").rename(folder / "renamed.yaml")
    assert office.summarize(READY).basis == made
    (folder / "renamed.yaml").unlink()
    assert made not in office.bases()
    assert not office.trouble
    assert made not in Office(None, lambda: TODAY).bases()


def test_files_that_cannot_be_read_are_told_of_and_left_out(folder, office):
    enter(folder, 60)
    assert office.summarize(READY).readiness == "1"
    (folder / "broken.yaml").write_text("policies: 7", encoding="utf-8")
    assert "broken.yaml" in office.trouble
    assert office.summarize(READY).readiness == "0"
    (folder / "broken.yaml").unlink()
    assert not office.trouble
    assert office.summarize(READY).readiness == "1"


def test_a_folder_made_later_counts_from_then_on(tmp_path):
    office = Office(tmp_path / "knowledge", lambda: TODAY)
    assert office.summarize(READY).readiness == "0"
    (tmp_path / "knowledge").mkdir()
    enter(tmp_path / "knowledge", 60)
    assert office.summarize(READY).readiness == "1"
