"""A case is the same bytes whenever it is written, and nothing is lost between."""

import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tmjkit.case import (
    LISTS,
    Appeal,
    BotulinumSession,
    Case,
    CaseError,
    Contact,
    ContactSource,
    Coverage,
    Diagnosis,
    Document,
    DocumentSource,
    Measurement,
    Patient,
    Symptom,
    Task,
    Treatment,
)

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=30)
dates = st.sampled_from([None, "2019", "2024-02", "2024-02-29", "2025-11-03"])


@st.composite
def cases(draw):
    document = Document(id="document-1", name="Note", size=9, sha256="0" * 64, pages=3)
    contact = Contact(id="contact-1", said=draw(words), date=draw(dates))
    source = st.sampled_from(
        [
            DocumentSource(document_id="document-1", page=2, quote="as written"),
            ContactSource(contact_id="contact-1"),
        ]
    )
    sources = st.lists(source, max_size=2)
    treatments = st.lists(
        st.builds(
            Treatment,
            kind=st.sampled_from(["splint", "nsaid", "cbt"]),
            name=words,
            start=dates,
            note=words,
            sessions=st.none() | st.integers(0, 99),
            sources=sources,
        ),
        max_size=4,
    )
    sessions = st.lists(
        st.builds(
            BotulinumSession,
            product=st.just("onabotulinumtoxinA"),
            date=dates,
            doses=st.just([{"muscle": "masseter", "side": "left", "units": "25.5"}]),
        ),
        max_size=2,
    )
    return Case(
        patient=Patient(family=draw(words), given=draw(words), birth_date=draw(dates)),
        coverages=[Coverage(payer="Example Mutual", member_id=draw(words))],
        documents=[document],
        contacts=[contact],
        treatments=draw(treatments),
        sessions=draw(sessions),
        measurements=[Measurement(instrument="nrs-pain", value=draw(st.integers(0, 10)))],
        tasks=[
            Task(title="Call", due=draw(st.none() | st.dates(date(2020, 1, 1), date(2100, 12, 31))))
        ],
    )


@given(cases())
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_a_case_round_trips_byte_for_byte(case):
    data = case.to_json()
    again = Case.from_json(data)
    assert again.to_json() == data
    assert again == case


def test_the_order_of_keys_in_the_input_does_not_matter():
    case = Case(patient=Patient(family="Example", given="Avery"))
    content = json.loads(case.to_json())
    turned = json.dumps(dict(reversed(content.items())))
    assert Case.from_json(turned).to_json() == case.to_json()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b'{"format": "tmjkit.case/2"}',
        b'{"format": "tmjkit.case/1", "measurements": [{"instrument": "nrs-pain", "value": NaN}]}',
        b"[" * 100_000,
        b'{"format": "tmjkit.case/1", "unknown": 1}',
        b'{"format": "tmjkit.case/1", "patient": null}',
    ],
)
def test_what_is_no_case_gives_one_clear_error(data):
    with pytest.raises(CaseError) as caught:
        Case.from_json(data)
    assert "should be" in str(caught.value) or "does not know" in str(caught.value)


def _case_with_everything_pointing() -> Case:
    return Case(
        documents=[Document(id="document-1", name="Note", size=1, sha256="0" * 64, pages=2)],
        treatments=[
            Treatment(
                id="treatment-1",
                kind="splint",
                sources=[DocumentSource(document_id="document-1", page=2)],
            )
        ],
    )


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (Treatment(id="document-1", kind="splint"), "used by"),
        (Treatment(kind="splint", provider_id="provider-9"), "providers"),
        (Treatment(kind="splint", sources=[DocumentSource(document_id="nothing")]), "documents"),
        (
            Treatment(kind="splint", sources=[DocumentSource(document_id="document-1", page=3)]),
            "2 pages",
        ),
        (Treatment(kind="splint", sources=[ContactSource(contact_id="document-1")]), "contacts"),
        (Appeal(determination_id="treatment-1"), "determinations"),
        (Task(title="x", about_id="nothing"), "this case"),
    ],
)
def test_a_pointer_to_nothing_is_refused(record, said):
    with pytest.raises(CaseError, match=said):
        _case_with_everything_pointing().with_record(record)


def test_changing_a_case_leaves_the_old_one_as_it_was():
    old = _case_with_everything_pointing()
    better = old.treatments[0].model_copy(update={"name": "Hard splint"})
    new = old.with_record(better)
    assert [treatment.name for treatment in new.treatments] == ["Hard splint"]
    assert [treatment.name for treatment in old.treatments] == [""]
    assert new.without("treatment-1").treatments == ()
    assert new.record("treatment-1").name == "Hard splint"


def test_a_document_that_is_still_cited_cannot_be_removed():
    case = _case_with_everything_pointing()
    with pytest.raises(CaseError, match="treatments treatment-1"):
        case.without("document-1")
    assert case.without("treatment-1").without("document-1").documents == ()


def test_removing_what_is_not_there_says_so():
    case = _case_with_everything_pointing()
    for record_id in ("nothing", case.patient.id):
        with pytest.raises(KeyError, match=record_id):
            case.without(record_id)
    with pytest.raises(KeyError, match="nothing"):
        case.record("nothing")


def test_every_list_of_a_case_takes_its_records():
    made = {
        "coverages": {"payer": "P"},
        "providers": {"name": "N"},
        "diagnoses": {"text": "Myalgia"},
        "symptoms": {"text": "Pain"},
        "measurements": {"instrument": "phq-4", "value": 3},
        "treatments": {"kind": "splint"},
        "questionnaires": {"form": "phq-4", "answers": ["0", "1", "-", "3"]},
        "papers": {"kind": "claim-file"},
        "sessions": {"product": "other"},
        "documents": {"name": "D", "size": 0, "sha256": "0" * 64},
        "determinations": {"decision": "denial"},
        "tasks": {"title": "T"},
        "representatives": {"name": "N"},
        "statements": {"kind": "necessity", "text": "W"},
        "letters": {"kind": "appeal"},
        "overrides": {"kind": "appeal", "rule": "r", "why": "W"},
        "handling": {"date": "2026-03-04", "owner": "O"},
    }
    case = Case()
    for name, kind in LISTS.items():
        case = case.with_record(kind(**made.get(name, {})))
        assert len(getattr(case, name)) == 1
    assert sum(1 for _ in case.records()) == len(LISTS) + 1
    assert Case.from_json(case.to_json()) == case


def test_only_care_for_the_jaw_counts_as_such():
    case = Case(
        treatments=[
            Treatment(id="treatment-1", kind="splint"),
            Treatment(id="treatment-2", kind="physical-therapy", purpose="other"),
            Treatment(id="treatment-3", kind="nsaid", purpose="unknown"),
        ],
        sessions=[
            BotulinumSession(id="session-1", product="other"),
            BotulinumSession(id="session-2", product="other", purpose="other"),
        ],
    )
    case = (
        case.with_record(Diagnosis(text="Anemia", purpose="other"))
        .with_record(Symptom(text="Cough", purpose="unknown"))
        .with_record(Measurement(instrument="other", name="Weight", value=3, purpose="unknown"))
        .with_record(Diagnosis(id="diagnosis-1", text="Myalgia"))
    )
    again = Case.from_json(case.to_json())
    assert [item.id for item in again.jaw_diagnoses] == ["diagnosis-1"]
    assert again.jaw_symptoms == again.jaw_measurements == ()
    assert [item.id for item in again.jaw_treatments] == ["treatment-1"]
    assert [item.id for item in again.jaw_sessions] == ["session-1"]
