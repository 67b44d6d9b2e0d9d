"""Findings say what is due, missing, weak or undocumented, and from which record and fact."""

from datetime import date

import pytest

from tmjkit.case import (
    Appeal,
    AuthorizationRequest,
    BotulinumSession,
    Case,
    Contact,
    Coverage,
    Determination,
    Diagnosis,
    Measurement,
    Patient,
    PatientSource,
    Provider,
    Symptom,
    Task,
    Treatment,
)
from tmjkit.rules import Severity, findings

TODAY = date(2026, 6, 1)
SAID = (PatientSource(),)


def of(case, rule, today=TODAY):
    return [item for item in findings(case, today) if item.rule == rule]


def only(case, rule, today=TODAY):
    (found,) = of(case, rule, today)
    return found


def denied(**fields):
    denial = Determination(
        **{
            "id": "denial-1",
            "decision": "denial",
            "notice_date": "2026-03-02",
            "received_date": "2026-03-05",
            "reasons": [{"text": "It is experimental."}],
            "sources": SAID,
        }
        | fields
    )
    cover = Coverage(
        id="cov-1", payer="Example Health", funding="self-funded-erisa", member_id="EX1"
    )
    return Case(coverages=(cover,), determinations=(denial,))


EMPTY_CASE_LACKS = {
    "missing.patient-name",
    "missing.birth-date",
    "missing.coverage",
    "missing.provider",
    "missing.diagnosis",
    "missing.pain-score",
    "missing.request",
}


def test_an_empty_case_is_told_where_to_begin():
    found = {item.rule for item in findings(Case(), TODAY)}
    assert found >= EMPTY_CASE_LACKS
    assert "weak.premature" in found


def test_a_complete_case_lacks_nothing():
    case = Case(
        patient=Patient(given="Avery", family="Example", birth_date="1990-04-05"),
        coverages=(
            Coverage(
                payer="Example", funding="fehb", benefit="medical", member_id="EX1", sources=SAID
            ),
        ),
        providers=(Provider(id="p-1", name="Ada Example", npi="1234567893"),),
        diagnoses=(Diagnosis(code="M79.11", recorded_date="2026-01-02", sources=SAID),),
        measurements=(Measurement(instrument="nrs-pain", value=7, date="2026-05", sources=SAID),),
        treatments=tuple(
            Treatment(
                kind=kind,
                start="2025-01",
                end="2025-06",
                sessions=8,
                response="none",
                stop_reason="ineffective",
                sources=SAID,
            )
            for kind in ("cbt", "physical-therapy", "manual-therapy", "self-care")
        ),
        requests=(
            AuthorizationRequest(
                coverage_id=None,
                provider_id="p-1",
                service="Injections",
                lines=[{"code": "J0585", "units": 100}],
                diagnosis_codes=["M79.11"],
                sessions=2,
                interval_weeks=12,
            ),
        ),
    )
    case = case.with_record(
        case.requests[0].model_copy(update={"coverage_id": case.coverages[0].id})
    )
    # What the evidence and the label say holds for every case, so two findings stay.
    areas = ("missing", "weak", "note", "undocumented")
    found = [item for item in findings(case, TODAY) if item.rule.partition(".")[0] in areas]
    assert [item.rule for item in found] == ["weak.guideline-against", "note.off-label"]


@pytest.mark.parametrize(
    ("case", "rule", "words"),
    [
        (Case(patient=Patient(birth_date="1990-04")), "missing.birth-date", "in full"),
        (Case(patient=Patient(family="Example")), "missing.patient-name", "full name"),
        (Case(coverages=(Coverage(payer="Acme"),)), "missing.member-id", "Acme"),
        (Case(coverages=(Coverage(payer="Acme"),)), "regime.unknown", "who funds the plan"),
        (Case(providers=(Provider(name="Ada Example"),)), "missing.npi", "Ada Example"),
        (Case(diagnoses=(Diagnosis(text="Jaw pain"),)), "missing.diagnosis", "ICD-10-CM"),
        (Case(diagnoses=(Diagnosis(code="M79.11"),)), "missing.diagnosis-date", "M79.11"),
        (
            Case(measurements=(Measurement(instrument="nrs-pain", value=5),)),
            "missing.pain-score",
            "with a date",
        ),
        (
            Case(measurements=(Measurement(instrument="nrs-pain", value=5),)),
            "missing.measurement-date",
            "Pain",
        ),
        (denied(notice_date=None), "missing.notice-date", "date on the denial"),
        (denied(received_date=None), "missing.received-date", "received"),
        (denied(reasons=[]), "missing.denial-reason", "own words"),
        (denied(reasons=[{"carc": "CO-50"}]), "missing.denial-reason", "own words"),
        (denied(received_date="2026-02"), "weak.received-before-notice", "before the date on it"),
        (denied(decision="dismissal"), "note.dismissal", "without a decision"),
    ],
)
def test_what_is_missing_or_wrong_is_said_once(case, rule, words):
    found = only(case, rule)
    assert words in found.what
    assert found.why
    assert found.where


def test_a_denial_with_all_of_it_lacks_nothing_of_it():
    rules = {item.rule for item in findings(denied(), TODAY)}
    assert not {rule for rule in rules if "denial" in rule or "notice" in rule}


def test_an_unknown_regime_asks_the_employer():
    found = only(Case(coverages=(Coverage(payer="Acme"),)), "regime.unknown")
    assert found.severity is Severity.MISSING
    assert "human resources" in found.where


def test_what_can_still_change_the_regime_is_a_note():
    case = Case(coverages=(Coverage(payer="Acme", funding="insured-group", member_id="1"),))
    found = only(case, "regime.ask")
    assert found.severity is Severity.NOTE
    assert "private" in found.where


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        ({}, "when it began; when it ended, or that it goes on; what it did"),
        ({"start": "2025", "ongoing": True}, "what it did"),
        ({"start": "2025", "end": "2026", "response": "none"}, "why it stopped"),
        ({"start": "2025", "end": "2026", "stop_reason": "ineffective"}, "what it did"),
    ],
)
def test_a_treatment_says_what_is_still_to_record(fields, asked):
    case = Case(treatments=(Treatment(kind="splint", name="Night splint", **fields),))
    assert only(case, "missing.treatment-details").what == f"Night splint: still to record: {asked}"


@pytest.mark.parametrize(
    "fields",
    [
        {"start": "2025", "ongoing": True, "response": "none"},
        {"start": "2025", "end": "2026", "response_text": "no use", "stop_reason": "other"},
        {"start": "2027-01"},
    ],
)
def test_a_treatment_that_is_complete_or_planned_lacks_nothing(fields):
    case = Case(treatments=(Treatment(kind="splint", **fields),))
    assert of(case, "missing.treatment-details") == []


def test_a_request_says_what_is_still_to_record():
    found = only(Case(requests=(AuthorizationRequest(sessions=1),)), "missing.request-details")
    for words in ("HCPCS", "diagnosis codes", "who asks", "coverage"):
        assert words in found.what
    assert "weeks between" not in found.what


def test_an_injection_session_says_what_is_still_to_record():
    case = Case(sessions=(BotulinumSession(product="onabotulinumtoxinA", date="2025-05"),))
    found = only(case, "missing.session-details")
    assert found.what == (
        "Injection session of May 2025: still to record: the units by muscle and side; what it did"
    )


CARE = ("cbt", "physical-therapy", "manual-therapy", "self-care")


def tried(*kinds, **fields):
    given = {"start": "2025-01", "ongoing": True, "response": "partial"} | fields
    return Case(treatments=tuple(Treatment(kind=kind, **given) for kind in kinds))


@pytest.mark.parametrize(
    "case",
    [
        Case(),
        tried("self-care"),
        tried("splint", "nsaid", "acupuncture", "trigger-point-injection", "biofeedback"),
        tried("cbt", start="2026-12"),  # planned, not tried
        tried("jaw-exercise"),  # at home
        Case(treatments=(Treatment(kind="physical-therapy", name="Referred"),)),
    ],
)
def test_without_care_by_a_therapist_the_request_is_premature(case):
    found = only(case, "weak.premature")
    assert "premature" in found.what
    assert "BMJ 2023;383:e076227" in found.why
    assert found.facts == ("bmj-2023",)
    assert of(case, "weak.first-line-care") == []


@pytest.mark.parametrize("missing", CARE)
def test_each_kind_of_first_line_care_that_was_not_tried_is_named(missing):
    case = tried(*(kind for kind in CARE if kind != missing))
    found = only(case, "weak.first-line-care")
    named = {
        "cbt": "cognitive",
        "physical-therapy": "exercise",
        "manual-therapy": "manual",
        "self-care": "usual care",
    }
    assert named[missing] in found.what
    assert of(case, "weak.premature") == []


def test_all_first_line_care_tried_is_no_weak_point():
    rules = {item.rule for item in findings(tried(*CARE), TODAY)}
    assert not rules & {"weak.premature", "weak.first-line-care"}


def test_supervised_jaw_exercise_counts_and_home_exercise_is_usual_care():
    supervised = tried("cbt", "manual-therapy", "self-care", "jaw-exercise", sessions=6)
    assert of(supervised, "weak.first-line-care") == []
    home = tried("cbt", "manual-therapy", "jaw-exercise")
    found = only(home, "weak.first-line-care")
    assert "supervised" in found.what
    assert "usual care" not in found.what


def test_a_treatment_that_helps_and_goes_on_is_a_weak_point():
    found = only(tried("cbt", response="good"), "weak.care-that-helps")
    assert "good response" in found.what


def test_the_guideline_against_and_the_label_are_always_told():
    for case in (Case(), denied(), tried(*CARE)):
        against = only(case, "weak.guideline-against")
        assert against.severity is Severity.WEAK
        assert "10.1136/bmj-2023-076227" in against.why
        assert only(case, "note.off-label").facts == ("E-LABEL-IND",)


def test_another_product_sends_the_reader_to_its_own_label():
    case = Case(sessions=(BotulinumSession(product="incobotulinumtoxinA"),))
    assert "Xeomin" in only(case, "note.off-label").where
    asked = Case(requests=(AuthorizationRequest(lines=[{"code": "J0586"}]),))
    assert "Dysport" in only(asked, "note.off-label").where


def test_a_good_response_before_is_a_strength_and_none_is_a_weak_point():
    case = Case(
        sessions=(
            BotulinumSession(
                product="onabotulinumtoxinA",
                date="2025-05-01",
                response="good",
                relief_percent=60,
                duration_weeks="14",
            ),
            BotulinumSession(product="onabotulinumtoxinA", date="2025-09-01", response="none"),
        )
    )
    good = only(case, "note.previous-response")
    assert good.what == "Earlier injections helped: May 1, 2025, 60% relief, for 14 weeks"
    assert good.records == (case.sessions[0].id,)
    poor = only(case, "weak.previous-no-response")
    assert poor.severity is Severity.WEAK
    assert poor.records == (case.sessions[1].id,)


def test_records_without_a_source_are_told_by_list():
    case = Case(
        symptoms=tuple(Symptom(text=f"Symptom {number}") for number in range(7)),
        treatments=(Treatment(kind="cbt", sources=SAID),),
        measurements=(Measurement(instrument="nrs-pain", value=5, date="2026-05"),),
        determinations=(Determination(decision="denial", notice_date="2026-05-01"),),
    )
    found = {item.what for item in of(case, "undocumented.records")}
    assert found == {
        "7 symptoms have no source: Symptom 0, Symptom 1, Symptom 2, Symptom 3, Symptom 4 "
        "and 2 more",
        "1 measurement has no source: Pain, numeric rating scale of May 2026",
        "1 decision of the payer has no source: denied, May 1, 2026",
    }


@pytest.mark.parametrize(
    ("today", "severity", "words"),
    [
        (date(2026, 8, 1), Severity.NOTE, "by September 1, 2026, 31 days left"),
        (date(2026, 8, 2), Severity.DUE, "by September 1, 2026, 30 days left"),
        (date(2026, 8, 31), Severity.DUE, "1 day left"),
        (date(2026, 9, 1), Severity.DUE, "today"),
        (date(2026, 9, 2), Severity.OVERDUE, "the last day was September 1, 2026"),
    ],
)
def test_a_clock_becomes_more_urgent(today, severity, words):
    found = only(denied(), "deadline.internal-appeal", today)
    assert found.severity is severity
    assert words in found.what
    assert found.due == date(2026, 9, 1)
    assert "2560.503-1(h)(3)(i)" in found.why


def test_a_safe_date_that_passed_is_not_called_overdue():
    found = only(denied(received_date="2026-03"), "deadline.internal-appeal", date(2026, 9, 10))
    assert found.severity is Severity.DUE
    assert "the safe date, August 28, 2026, has passed" in found.what


def test_an_appeal_in_time_is_no_finding_and_an_unclear_one_is():
    sent = denied().with_record(Appeal(determination_id="denial-1", sent="2026-04-02"))
    assert of(sent, "deadline.internal-appeal") == []
    vague = denied().with_record(Appeal(determination_id="denial-1", sent="2026"))
    found = only(vague, "deadline.internal-appeal", date(2027, 1, 1))
    assert found.severity is Severity.WEAK
    assert "keep the proof" in found.where


def test_a_late_appeal_is_promised_nothing():
    found = only(denied(), "deadline.internal-appeal", date(2026, 12, 1))
    assert "ask the payer at once" in found.where


def test_a_clock_that_cannot_start_is_missing_something():
    found = only(denied(notice_date=None, received_date=None), "deadline.internal-appeal")
    assert found.severity is Severity.MISSING
    assert "cannot be worked out yet" in found.what
    assert "Neither the date on the notice" in found.why


def test_a_promise_not_kept_is_overdue_and_asks_to_ask():
    contact = Contact(who="Agent 7", promised="to call back", promised_by="2026-05-20")
    found = only(Case(contacts=(contact,)), "deadline.promise")
    assert found.severity is Severity.OVERDUE
    assert "promised for May 20, 2026" in found.what
    assert found.where.startswith("Ask")


def test_the_most_urgent_comes_first():
    case = denied(notice_date="2025-09-01", received_date="2025-09-03")
    case = case.with_record(Task(title="Later", due="2026-06-20"))
    case = case.with_record(Task(title="Sooner", due="2026-06-10"))
    found = findings(case, TODAY)
    ranks = [item.severity.rank for item in found]
    assert ranks == sorted(ranks)
    assert [item.rule for item in found[:1]] == ["deadline.internal-appeal"]
    assert ["Sooner" in found[1].what, "Later" in found[2].what] == [True, True]


def test_findings_are_data_that_json_can_hold():
    found = only(denied(), "deadline.internal-appeal").as_json()
    assert found["due"] == "2026-09-01"
    assert found["severity"] == "note"
    assert found["facts"] == ["A-INT-FILE"]


def test_care_for_something_else_is_no_care_for_the_jaw():
    knee = Treatment(kind="physical-therapy", start="2025-01", sessions=9, purpose="other")
    imported = Treatment(kind="cbt", start="2025-01", sessions=9, purpose="unknown")
    case = Case(treatments=[knee, imported])
    found = {finding.rule: finding for finding in findings(case, TODAY)}
    assert found["missing.purpose"].records == (imported.id,)
    assert "weak.premature" in found
    assert knee.id not in {record for finding in found.values() for record in finding.records}


def test_what_does_not_concern_the_jaw_is_in_no_finding_but_the_question():
    other = Diagnosis(code="B20", text="Another illness", purpose="other")
    open_one = Measurement(instrument="nrs-pain", value=9, date="2026-01-02", purpose="unknown")
    found = {
        item.rule: item
        for item in findings(Case(diagnoses=[other], measurements=[open_one]), TODAY)
    }
    assert found["missing.purpose"].records == (open_one.id,)
    assert "missing.diagnosis" in found
    assert "missing.pain-score" in found
    assert not any("Another illness" in item.what for item in found.values())


@pytest.mark.parametrize("day", ["1880-01-01", "2100-12-31"])
def test_a_day_at_the_edge_of_what_is_accepted_breaks_nothing(day):
    case = Case(
        tasks=[Task(title="x", due=day)],
        contacts=[Contact(promised="x", promised_by=day)],
        appeals=[Appeal(due=day)],
        determinations=[Determination(decision="denial", received_date=day, notice_date=day)],
        coverages=[Coverage(payer="P", funding="self-funded-erisa")],
    )
    assert findings(case, TODAY)
