"""The papers around a claim: bill, report, cover letter, corrected claim, question."""

import claim_cases
import pytest

from tmjkit.case import Case
from tmjkit.language import speaking, translated
from tmjkit.letters import LetterError, MissingFacts, Signature, compose, plain, render
from tmjkit.letters.compose import situate
from tmjkit.letters.export import exported
from tmjkit.letters.kinds import State, claims, kind_of
from tmjkit.letters.status import LetterState, status

KINDS = [kind.kind for kind in claims.KINDS]
TODAY = claim_cases.TODAY


def words(kind, case, **options):
    return render(compose(kind, case, today=TODAY, **options), "md").decode().replace("\\", "")


def sent(**changes):
    return claim_cases.claim(sent="2026-02-10", reference="EX-CL-1", **changes)


def corrected():
    later = claim_cases.claim(id="claim-2", resubmission="7", corrects="EX-CL-1")
    return claim_cases.case(claims=[sent(), later])


def test_the_bill_has_codes_units_charges_and_numbers():
    text = words("superbill", claim_cases.case(claims=[claim_cases.claim(patient_paid="1300")]))
    for part in (
        "J0585",
        "JW",
        "$630.00",
        "$1,300.00",
        "1000000004",
        "00-0000001",
        "M79.11",
        "February 3, 2026",
        "Injection into the chewing muscles",
        "The patient paid $1,300.00",
    ):
        assert part in text


def test_the_bill_tells_the_last_day_to_file_while_it_was_not_sent():
    open_claim = claim_cases.case(coverages=[claim_cases.coverage(claim_days=365)])
    assert "February 3, 2027" in words("superbill", open_claim)
    done = claim_cases.case(coverages=[claim_cases.coverage(claim_days=365)], claims=[sent()])
    assert "February 3, 2027" not in words("superbill", done)
    assert "to be filed by" not in words("superbill", claim_cases.case())


def test_a_bill_without_a_charge_is_not_written():
    lines = [{"code": "J0585", "units": "70"}]
    case = claim_cases.case(claims=[claim_cases.claim(lines=lines)])
    with pytest.raises(MissingFacts, match="Charge of a line"):
        compose("superbill", case, today=TODAY)


def test_the_report_has_muscle_side_units_lot_and_says_off_label():
    session = claim_cases.case().sessions[0].model_dump(mode="json")
    case = claim_cases.case(sessions=[{**session, "lot": "C1234", "response": "partial"}])
    text = words("medical-report", case)
    for part in ("Masseter, both sides", "70", "Lot: C1234", "off-label", "partial response"):
        assert part in text


def test_the_report_quotes_the_clinician_or_leaves_room():
    case = claim_cases.case()
    letter = compose("medical-report", case, today=TODAY)
    assert [block.name for block in letter.blocks if hasattr(block, "prompt")] == ["examination"]
    stated = Case.model_validate(
        {
            **case.model_dump(mode="json"),
            "statements": [
                {
                    "id": "statement-1",
                    "kind": "examination",
                    "text": "Masseter tender on both sides.",
                    "provider_id": "provider-1",
                }
            ],
        }
    )
    text = words("medical-report", stated)
    assert "“Masseter tender on both sides.”" in text
    assert "For the clinician:" not in text


def test_the_report_of_another_purpose_is_not_written():
    session = claim_cases.case().sessions[0].model_dump(mode="json")
    case = claim_cases.case(sessions=[{**session, "purpose": "other"}])
    fit = kind_of("medical-report")
    assert fit.fits(situate(fit, case, TODAY)).state is State.LATER


def test_the_cover_letter_asks_for_the_compared_code_only_for_an_unlisted_one():
    assert "Code that the work compares with" in words("claim-cover", claim_cases.case())
    listed = claim_cases.case(claims=[claim_cases.claim(lines=claim_cases.LINES[:2])])
    assert "Code that the work compares with" not in words("claim-cover", listed)


def test_a_patient_can_send_the_claim():
    case = claim_cases.case(claims=[claim_cases.claim(patient_paid="1300")])
    text = words("claim-cover", case, voice="patient")
    assert "I send you a claim" in text
    assert "$1,300.00 was paid" in text
    assert "We send" not in text


def test_a_corrected_claim_shows_what_was_and_what_is():
    text = words("corrected-claim", corrected())
    assert "replaces the earlier claim EX-CL-1" in text
    assert "not a duplicate" in text
    assert "What was claimed before" in text


def test_a_cancelled_claim_says_so():
    later = claim_cases.claim(id="claim-2", resubmission="8", corrects="EX-CL-1")
    text = words("corrected-claim", claim_cases.case(claims=[sent(), later]))
    assert "cancels the earlier claim EX-CL-1" in text
    assert "What is claimed now" not in text


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, State.READY),
        ({"paid": "870.00"}, State.NOT),
        ({"paid": "0"}, State.LATER),
    ],
)
def test_nothing_is_asked_about_a_claim_that_was_decided(fields, state):
    assert state_of(claim_cases.case(claims=[sent(**fields)])) is state


@pytest.mark.parametrize(
    ("decision", "kind", "state"),
    [
        ("approval", None, State.NOT),
        ("denial", "not-medically-necessary", State.LATER),
        ("denial", "duplicate", State.READY),
        ("dismissal", None, State.READY),
    ],
)
def test_what_is_asked_follows_from_how_it_was_decided(decision, kind, state):
    reasons = [{"kind": kind, "text": "The notice says why."}] if kind else []
    decided = {
        "id": "determination-1",
        "about_id": "claim-1",
        "decision": decision,
        "notice_date": "2026-03-01",
        "reasons": reasons,
    }
    case = claim_cases.case(claims=[sent()], determinations=[decided])
    assert state_of(case) is state
    if state is not State.NOT:
        assert "Was it decided?" not in words("claim-inquiry", case)
    else:
        with pytest.raises(LetterError, match="nothing is left to ask"):
            compose("claim-inquiry", case, today=TODAY)


def test_an_explanation_of_benefits_means_that_it_was_decided():
    paper = document("eob", "explanation-of-benefits")
    case = claim_cases.case(
        claims=[sent(sources=[{"type": "document", "document_id": paper["id"], "page": 1}])],
        documents=[paper],
    )
    assert state_of(case) is State.LATER


def test_only_what_shows_that_it_was_sent_is_cited_for_it():
    papers = [document("fax", "correspondence"), document("bill", "invoice")]
    sources = [
        {"type": "document", "document_id": paper["id"], "page": 1, "quote": "a line"}
        for paper in papers
    ]
    text = words(
        "claim-inquiry", claim_cases.case(claims=[sent(sources=sources)], documents=papers)
    )
    assert "What shows it: Exhibit A" in text
    assert "Paper fax" in text.split("Enclosures")[1]
    assert "Paper bill" not in text
    bare = words("claim-inquiry", claim_cases.case(claims=[sent()]))
    assert "What shows it" not in bare
    assert "Enclosures" not in bare


def test_what_the_case_answers_is_not_asked():
    asked = words("claim-inquiry", claim_cases.case(claims=[sent(received="2026-02-12")]))
    assert "On which day did you receive" not in asked
    assert "Under which number" not in asked
    assert "Was it decided?" in asked


def document(name, kind):
    return {
        "id": f"document-{name}",
        "name": f"Paper {name}",
        "kind": kind,
        "size": 1,
        "sha256": name.encode().hex().ljust(64, "0"),
    }


def state_of(case):
    found = kind_of("claim-inquiry")
    return found.fits(situate(found, case, TODAY)).state


@pytest.mark.parametrize("duplicate", [True, False])
def test_the_question_asks_about_the_first_claim_where_it_is_called_a_duplicate(duplicate):
    kind = "duplicate" if duplicate else "coding"
    denial = {
        "id": "determination-1",
        "about_id": "claim-1",
        "decision": "denial",
        "notice_date": "2026-03-01",
        "reasons": [{"kind": kind, "text": "Exact copy of a claim.", "carc": "CO-18"}],
    }
    text = words("claim-inquiry", claim_cases.case(claims=[sent()], determinations=[denial]))
    assert "“Exact copy of a claim.”" in text
    assert ("Which claim do you take for the first one" in text) is duplicate
    assert "no appeal" in text


@pytest.mark.parametrize(
    ("kind", "case"),
    [
        ("claim-cover", claim_cases.case(claims=[sent()])),
        ("corrected-claim", claim_cases.case()),
        ("claim-inquiry", claim_cases.case()),
    ],
)
def test_what_has_no_occasion_yet_is_for_later(kind, case):
    found = kind_of(kind)
    assert found.fits(situate(found, case, TODAY)).state is State.LATER


def test_an_id_that_is_no_claim_is_refused():
    with pytest.raises(LetterError, match="no claim session-1"):
        compose("superbill", claim_cases.case(), today=TODAY, about="session-1")


@pytest.mark.parametrize("kind", KINDS)
def test_every_paper_leaves_room_to_sign(kind):
    case = corrected()
    letter = compose(kind, case, today=TODAY, draft=True)
    assert any(isinstance(block, Signature) for block in letter.blocks)


@pytest.mark.parametrize("kind", ["claim-cover", "corrected-claim", "claim-inquiry"])
def test_a_copy_in_spanish_has_no_english_sentence_of_ours(kind):
    case = corrected() if kind == "corrected-claim" else claim_cases.case(claims=[sent()])
    english = compose(kind, case, today=TODAY, voice="patient")
    spanish = compose(kind, case, today=TODAY, voice="patient", language="es")
    with speaking("es"):
        assert translated(english.title) != english.title

    def own(letter):
        runs = [run for block in letter.blocks for run in getattr(block, "runs", ())]
        return {run.text for run in runs if not run.records and any(map(str.isalpha, run.text))}

    assert not own(english) & own(spanish)
    assert plain(spanish.blocks[0].runs)


@pytest.mark.parametrize("about", [None, "session-1", "claim-1", "claim-2"])
def test_a_report_is_written_again_as_it_was(about):
    first = claim_cases.claim(sent="2026-02-10", reference="EX-CL-1")
    second = claim_cases.claim(
        id="claim-2", resubmission="7", corrects="EX-CL-1", reference="EX-CL-2"
    )
    case = claim_cases.case(claims=[first, second])
    made = compose("medical-report", case, today=TODAY, about=about)
    again = compose(
        "medical-report",
        case,
        today=TODAY,
        about=made.about_id,
        coverage_id=made.coverage_id,
        voice=made.voice,
    )
    assert again == made
    if about == "claim-2":
        assert "EX-CL-2" in words("medical-report", case, about=about)


@pytest.mark.parametrize("about", [None, "session-1", "claim-2"])
def test_a_report_that_was_just_written_matches(about):
    second = claim_cases.claim(id="claim-2", resubmission="7", reference="EX-CL-2")
    case = claim_cases.case(claims=[sent(), second])
    made = compose("medical-report", case, today=TODAY, about=about)
    kept = exported(made, case, form="docx", data=b"some bytes")
    [found] = status(case.with_record(kept), today=TODAY)
    assert found.state is LetterState.MATCHES
