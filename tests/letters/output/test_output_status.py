"""Whether a letter that was written still matches the case, and what changed."""

import json
from datetime import date

import pytest
from output_cases import CALIFORNIA, ERISA, MEDICAID, PAIRS, TODAY, case_of, letter, letter_or_why

from tmjkit.case import (
    Appeal,
    Case,
    Determination,
    ExportedLetter,
    Funding,
    PartialDate,
    Treatment,
)
from tmjkit.knowledge import Library, library
from tmjkit.letters import Letter, LetterError, compose
from tmjkit.letters.export import exported
from tmjkit.letters.listing import not_now
from tmjkit.letters.status import LetterState, LetterStatus, status

DATA = b"the bytes of a file"


def written(kind: str = "medical-necessity", name: str = ERISA) -> tuple[Case, ExportedLetter]:
    """Return an example that holds the record of a letter."""
    case = case_of(name)
    record = exported(letter(name, kind), case, form="pdf", data=DATA)
    return case.with_record(record), record


def changed(case: Case, record_id: str, **fields: object) -> Case:
    data = case.record(record_id).model_dump() | fields
    return case.with_record(type(case.record(record_id)).model_validate(data))


def state_of(case: Case, **options: object) -> LetterStatus:
    (found,) = status(case, today=TODAY, **options)  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize(("name", "kind"), PAIRS)
def test_a_letter_that_was_just_written_matches(name: str, kind: str) -> None:
    made = letter_or_why(name, kind)
    if isinstance(made, str) or made.draft:
        pytest.skip(made if isinstance(made, str) else "facts are missing")
    case = case_of(name)
    if not_now(kind, case, today=TODAY):
        pytest.skip("it is not due")
    found = state_of(case.with_record(exported(made, case, form="pdf", data=DATA)))
    assert (found.state, found.changes, found.advice) == (LetterState.MATCHES, (), "")


@pytest.mark.parametrize(("name", "kind"), PAIRS)
def test_a_letter_that_is_not_due_is_never_said_to_match_unless_it_was_sent(
    name: str, kind: str
) -> None:
    made, case = letter_or_why(name, kind), case_of(name)
    why = "" if isinstance(made, str) else not_now(kind, case, today=TODAY)
    if isinstance(made, str) or made.draft or not why:
        pytest.skip("it is due, does not apply, or facts are missing")
    record = exported(made, case, form="pdf", data=DATA)
    found = state_of(case.with_record(record))
    assert found.state is LetterState.CHANGED
    assert found.changes == (f"today it would not be written: {why}",)
    assert found.advice == "export it again before sending"
    sent = record.model_copy(update={"sent": PartialDate(2026, 11, 23)})
    assert state_of(case.with_record(sent)).state is LetterState.MATCHES


def test_a_letter_that_no_longer_applies_says_why_until_it_is_sent() -> None:
    case, record = written("appeal")
    won = Determination(
        id="determination-won",
        coverage_id=case.coverages[0].id,
        about_id=case.record("determination-denial").about_id,  # type: ignore[union-attr]
        decision="approval",
        notice_date="2026-11-20",
    )
    found = state_of(case.with_record(won))
    assert found.state is LetterState.CHANGED
    assert any(item.startswith("today it would not be written: ") for item in found.changes)
    sent = changed(case, record.id, sent=PartialDate(2026, 11, 19)).with_record(won)
    assert not any("today it would" in item for item in state_of(sent).changes)


def test_a_case_without_letters_has_no_status() -> None:
    assert status(case_of(ERISA), today=TODAY) == ()


def test_the_field_that_changed_is_named_and_its_value_is_not() -> None:
    case, _ = written()
    found = state_of(changed(case, "treatment-naproxen", dose="750 mg, as needed"))
    assert found.state is LetterState.CHANGED
    assert found.changes == ("Treatment “Naproxen”, February 5, 2024: dose changed",)
    assert found.advice == "export it again before sending"
    shown = json.dumps(found.as_json())
    assert "750" not in shown
    assert "Naproxen" not in shown
    assert found.as_json()["changes"] == [
        {"id": "treatment-naproxen", "field": "dose", "how": "changed"}
    ]


def test_a_field_that_the_letter_does_not_say_makes_no_difference() -> None:
    case, _ = written()
    noted = changed(case, "treatment-naproxen", note="asked the pharmacy")
    assert state_of(noted).state is LetterState.MATCHES


def test_what_was_emptied_is_told_from_what_was_changed() -> None:
    case, _ = written()
    found = state_of(changed(case, "treatment-naproxen", dose=""))
    assert found.changes == ("Treatment “Naproxen”, February 5, 2024: dose was emptied",)


def test_a_removed_record_is_named_by_its_id() -> None:
    case, _ = written()
    found = state_of(case.without("treatment-acupuncture"))
    assert found.state is LetterState.CHANGED
    assert found.changes == ("a record that it used was removed (treatment-acupuncture)",)


def test_a_new_record_that_the_letter_would_use_now_is_named() -> None:
    case, _ = written()
    added = case.with_record(
        Treatment(kind="nsaid", name="Ibuprofen", start="2026-01", response="none")
    )
    found = state_of(added)
    assert found.state is LetterState.CHANGED
    assert found.changes == ("Treatment “Ibuprofen”, January 2026: new, and would be used now",)


def test_a_document_with_other_bytes_changes_what_is_enclosed() -> None:
    case, _ = written()
    found = state_of(
        changed(case, letter(ERISA, "medical-necessity").exhibits[0].document_id, sha256="0" * 64)
    )
    assert found.state is LetterState.CHANGED
    assert found.changes[0].endswith("SHA-256 changed")


def test_another_law_is_told() -> None:
    case, _ = written("appeal")
    found = state_of(changed(case, case.coverages[0].id, funding=Funding.INSURED_GROUP))
    assert found.state is LetterState.CHANGED
    assert "another law governs the plan now" in found.changes
    assert any(words.endswith("funding changed") for words in found.changes)


def test_a_fact_that_changed_is_named_with_its_citation() -> None:
    case, record = written()
    facts = dict(library().facts)
    used = next(item.name for item in record.used if item.name == "ernberg-2011")
    facts[used] = facts[used].model_copy(update={"statement": "It says something else."})
    found = state_of(case, known=Library(facts, library().policies))
    assert found.state is LetterState.CHANGED
    assert found.changes == (f"the fact {used} ({facts[used].citation}) changed",)


def test_a_fact_that_was_only_checked_again_makes_no_difference() -> None:
    case, _ = written()
    facts = {
        name: fact.model_copy(update={"as_of": date(2026, 11, 1)})
        for name, fact in library().facts.items()
    }
    assert state_of(case, known=Library(facts, library().policies)).state is LetterState.MATCHES


def test_a_newer_template_is_a_matter_of_wording(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from tmjkit import resources

    case, record = written()
    shipped = resources.path("templates") / "letters" / "medical-necessity.md.j2"
    own = tmp_path / shipped.name
    own.write_text(shipped.read_text() + "\n\nThank you for reading this.\n")
    found = state_of(case, templates_dir=tmp_path)
    assert found.state is LetterState.REWORDED
    assert found.changes == ("the template of the letter changed",)
    assert found.advice == "export it again for the newer wording"
    sent = changed(case, record.id, sent=PartialDate(2026, 11, 23))
    assert state_of(sent, templates_dir=tmp_path).state is LetterState.MATCHES


def test_a_letter_that_was_sent_and_changed_asks_for_a_correction() -> None:
    case, record = written()
    sent = changed(case, record.id, sent=PartialDate(2026, 11, 23))
    found = state_of(changed(sent, "treatment-naproxen", dose="750 mg"))
    assert found.state is LetterState.CHANGED
    assert "correction" in found.advice


def appealed(case: Case, record: ExportedLetter) -> Case:
    """Return the case after the appeal was sent."""
    appeal = Appeal(determination_id=record.about, sent=PartialDate(2026, 11, 24))
    return changed(case.with_record(appeal), record.id, sent=PartialDate(2026, 11, 24))


def test_an_appeal_that_was_sent_still_matches_once_it_is_recorded() -> None:
    """A second first appeal would be refused; that is no reason to correct the one that left."""
    found = state_of(appealed(*written("appeal")))
    assert (found.state, found.changes) == (LetterState.MATCHES, ())


def test_an_appeal_that_was_sent_is_compared_although_it_could_not_be_written_again() -> None:
    case, record = written("appeal")
    found = state_of(changed(appealed(case, record), "treatment-naproxen", dose="750 mg"))
    assert found.state is LetterState.CHANGED
    assert found.changes == ("Treatment “Naproxen”, February 5, 2024: dose changed",)


def test_a_letter_that_was_not_sent_and_would_be_refused_now_says_why() -> None:
    case, record = written("appeal")
    appeal = Appeal(determination_id=record.about, sent=PartialDate(2026, 11, 23))
    found = state_of(case.with_record(appeal))
    assert found.state is LetterState.CHANGED
    assert any(words.startswith("today it would not be written: ") for words in found.changes)


def denied_again(case: Case) -> Case:
    first = case.determinations[0]
    return case.with_record(
        Determination(
            coverage_id=first.coverage_id, decision="denial", notice_date=PartialDate(2026, 12, 20)
        )
    )


def test_a_denial_that_came_after_a_letter_is_named() -> None:
    case, record = written()
    found = state_of(denied_again(case))
    assert found.state is LetterState.CHANGED
    assert any(words.endswith("came after this letter") for words in found.changes)
    sent = changed(denied_again(case), record.id, sent=PartialDate(2026, 11, 24))
    assert state_of(sent).state is LetterState.MATCHES


def test_the_payers_receipt_is_no_reason_to_correct_what_was_sent() -> None:
    case, record = written()
    sent = changed(case, record.id, sent=PartialDate(2026, 11, 24))
    moved = changed(sent, sent.requests[0].id, received=PartialDate(2026, 11, 25))
    assert state_of(moved).state is LetterState.MATCHES


def test_a_letter_that_was_written_again_is_replaced() -> None:
    case, record = written()
    later = changed(case, "treatment-naproxen", dose="750 mg")
    again = compose("medical-necessity", later, today=TODAY)
    both = later.with_record(exported(again, later, form="pdf", data=b"other bytes"))
    old, new = status(both, today=TODAY)
    assert (old.letter.id, old.state, old.changes) == (record.id, LetterState.REPLACED, ())
    assert new.state is LetterState.MATCHES


def test_what_was_sent_is_replaced_only_by_what_was_sent() -> None:
    case, record = written()
    later = changed(case, record.id, sent=PartialDate(2026, 11, 23))
    later = changed(later, "treatment-naproxen", dose="750 mg")
    again = exported(
        compose("medical-necessity", later, today=TODAY), later, form="pdf", data=b"other"
    )
    assert status(later.with_record(again), today=TODAY)[0].state is LetterState.CHANGED
    sent = again.model_copy(update={"sent": PartialDate(2026, 11, 24)})
    assert status(later.with_record(sent), today=TODAY)[0].state is LetterState.REPLACED


def test_the_same_bytes_are_kept_once() -> None:
    case, record = written()
    again = exported(letter(ERISA, "medical-necessity"), case, form="pdf", data=DATA)
    assert again.id == record.id
    other = exported(letter(ERISA, "medical-necessity"), case, form="docx", data=DATA)
    assert other.id != record.id


def test_a_draft_is_not_kept() -> None:
    made = letter(MEDICAID, "medical-necessity")
    with pytest.raises(LetterError, match="draft"):
        exported(made, case_of(MEDICAID), form="pdf", data=DATA)


def test_a_record_made_by_hand_cannot_be_compared() -> None:
    case = case_of(CALIFORNIA).with_record(ExportedLetter(kind="appeal"))
    assert state_of(case).state is LetterState.UNKNOWN


def test_a_kind_that_is_no_longer_there_says_so() -> None:
    case, record = written()
    found = state_of(changed(case, record.id, kind="no-such-letter"))
    assert found.state is LetterState.CHANGED
    assert "no letter of that kind" in found.changes[-1]


def test_no_value_of_the_case_is_kept() -> None:
    case, record = written()
    kept = record.model_dump_json()
    for value in (case.patient.family, case.patient.given, "Naproxen", case.coverages[0].member_id):
        assert value
        assert value not in kept
    assert all(len(item.digest) == 64 for item in record.used)


def test_each_record_fact_law_and_template_is_kept_with_a_digest() -> None:
    made: Letter = letter(ERISA, "appeal")
    _, record = written("appeal")
    names = {item.name for item in record.used}
    assert {*made.records, *made.facts, "the law", "the template", "the words"} <= names
