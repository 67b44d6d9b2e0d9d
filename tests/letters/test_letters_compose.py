"""What a letter says, and what it refuses to say."""

from dataclasses import replace
from datetime import date

import pytest
from letter_cases import CALIFORNIA, ERISA, MEDICAID, TODAY, changed, example, with_funding, words

from tmjkit.case import Case, Funding, Reason, ReasonKind, Response, TreatmentKind
from tmjkit.letters import (
    Blank,
    Enclosures,
    Heading,
    LetterError,
    MissingFacts,
    Quote,
    Signature,
    Table,
    compose,
    default_kind,
    kinds,
    plain,
)


def test_kinds_say_their_title_and_voice() -> None:
    voices = {kind.kind: tuple(kind.voices) for kind in kinds()}
    assert voices["medical-necessity"] == ("clinician",)
    assert voices["appeal"] == ("patient", "advocate")
    assert all(kind.title and kind.voices for kind in kinds())
    assert len(voices) == len(kinds())


@pytest.mark.parametrize(
    ("name", "kind"),
    [(ERISA, "appeal"), (CALIFORNIA, "appeal"), (MEDICAID, "medical-necessity")],
)
def test_a_denial_calls_for_an_appeal(name: str, kind: str) -> None:
    assert default_kind(example(name)) == kind


def test_an_unknown_kind_is_refused_with_the_kinds_there_are() -> None:
    with pytest.raises(LetterError, match="there is no letter of that kind") as stopped:
        compose("thank-you", Case(), today=TODAY)
    assert all(kind.kind in str(stopped.value) for kind in kinds())


def test_missing_facts_stop_the_letter_and_say_where_to_enter_them() -> None:
    with pytest.raises(MissingFacts) as stopped:
        compose("medical-necessity", example(MEDICAID), today=TODAY)
    found = {gap.what: gap for gap in stopped.value.gaps}
    assert found["Member ID"].where == "Insurance coverage, Member ID"
    assert (found["Member ID"].record, found["Member ID"].field) == (
        "coverage-medicaid",
        "member_id",
    )
    assert "First-line care that was tried, with its dates and result" in found
    assert all(gap.where in str(stopped.value) for gap in stopped.value.gaps)


def test_the_text_of_the_error_holds_nothing_about_the_patient() -> None:
    case = example(MEDICAID)
    with pytest.raises(MissingFacts) as stopped:
        compose("medical-necessity", case, today=TODAY)
    for value in (case.patient.family, case.patient.given, "Ibuprofen", "M26.609", "1999"):
        assert value not in str(stopped.value)


def test_a_draft_shows_its_gaps_and_lists_them() -> None:
    letter = compose("medical-necessity", example(MEDICAID), today=TODAY, draft=True)
    text = words(letter)
    assert letter.draft
    assert text.startswith("DRAFT, not to be sent.")
    assert "[Member ID: missing]" in text
    assert "Enter it in: Insurance coverage, Member ID" in text
    assert len({gap.what for gap in letter.gaps}) == len(letter.gaps)


def test_a_draft_without_gaps_is_marked_too() -> None:
    letter = compose("appeal", example(ERISA), today=TODAY, draft=True)
    assert not letter.gaps
    assert words(letter).startswith("DRAFT, not to be sent.")


def test_an_empty_case_gives_gaps_and_no_crash() -> None:
    case = Case()
    for kind in kinds():
        with pytest.raises(MissingFacts) as stopped:
            compose(kind.kind, case, today=TODAY)
        assert len(stopped.value.gaps) >= 2
        letter = compose(kind.kind, case, today=TODAY, draft=True)
        assert not letter.exhibits
        assert letter.gaps == stopped.value.gaps


def test_opinion_and_signature_are_blank_and_no_gaps() -> None:
    letter = compose("medical-necessity", example(ERISA), today=TODAY)
    blanks = {block.name for block in letter.blocks if isinstance(block, Blank)}
    assert {"opinion", "safety", "examination"} <= blanks
    closing = [b for b in letter.blocks if not isinstance(b, Enclosures | Heading)]
    assert isinstance(closing[-1], Signature)
    assert not letter.gaps


def test_exhibits_are_lettered_in_the_order_a_reader_meets_them() -> None:
    letter = compose("appeal", example(ERISA), today=TODAY)
    text = words(letter)
    labels = [exhibit.label for exhibit in letter.exhibits]
    assert labels == sorted(labels)
    first = [text.index(f"Exhibit {label}") for label in labels]
    assert first == sorted(first)
    assert letter.exhibits[0].document_id == "document-denial"
    assert letter.exhibits[0].pages == (1, 2)


def test_each_exhibit_is_cited_and_each_page_lies_in_its_document() -> None:
    case = example(CALIFORNIA)
    pages = {document.id: document.pages for document in case.documents}
    for exhibit in compose("appeal", case, today=TODAY).exhibits:
        assert all(page <= (pages[exhibit.document_id] or 0) for page in exhibit.pages)


def test_the_letter_knows_the_records_and_facts_it_used() -> None:
    letter = compose("appeal", example(ERISA), today=TODAY)
    assert {"determination-denial", "treatment-cbt", "coverage-employer"} <= set(letter.records)
    assert {"bmj-2023", "ernberg-2011", "F-FILE"} <= set(letter.facts)


def test_a_reason_is_quoted_word_for_word_with_its_page() -> None:
    case = example(ERISA)
    letter = compose("appeal", case, today=TODAY)
    quote = next(block for block in letter.blocks if isinstance(block, Quote))
    assert plain(quote.paragraphs[0]) == (
        f"“{case.determinations[0].reasons[0].text}” (Exhibit A, p. 1)"
    )


def test_a_record_without_a_source_is_marked_where_it_is_used() -> None:
    letter = compose("appeal", example(CALIFORNIA), today=TODAY)
    row = next(
        row
        for block in letter.blocks
        if isinstance(block, Table)
        for row in block.rows
        if plain(row[0]) == "Muscle relaxant"
    )
    assert plain(row[-1]) == "no record attached"


def test_partial_dates_stay_partial() -> None:
    text = words(compose("appeal", example(CALIFORNIA), today=TODAY))
    assert "since December 2024" in text
    assert "December 1, 2024" not in text


def test_earlier_response_answers_not_medically_necessary() -> None:
    text = words(compose("appeal", example(CALIFORNIA), today=TODAY))
    answer = text.split("Answer: not medically necessary")[1].split("What was tried")[0]
    for expected in ("September 16, 2025", "60%", "14 weeks", "February 3, 2026", "65%"):
        assert expected in answer


def test_evidence_against_is_told_wherever_evidence_for_is() -> None:
    for name, kind in ((ERISA, "appeal"), (CALIFORNIA, "appeal"), (ERISA, "medical-necessity")):
        used = set(compose(kind, example(name), today=TODAY).facts)
        assert {"bmj-2023", "ernberg-2011", "kurtoglu-2008", "cadth"} <= used


def test_the_trial_in_refractory_patients_needs_care_that_failed() -> None:
    assert "dltc-2024" in compose("appeal", example(ERISA), today=TODAY).facts
    partly_helped = compose("appeal", example(CALIFORNIA), today=TODAY)
    assert "dltc-2024" not in partly_helped.facts
    assert (
        "did not help enough"
        not in words(partly_helped).split("What I ask")[0].split("Why the treatment")[1]
    )


def test_first_line_care_that_was_not_tried_is_never_claimed() -> None:
    letter = compose("medical-necessity", example(MEDICAID), today=TODAY, draft=True)
    text = words(letter)
    assert "as it was tried here" not in text
    assert "was tried and did not help enough" not in text
    assert "[First-line care that was tried, with its dates and result: missing]" in text


def test_care_only_ordered_is_not_listed_as_tried() -> None:
    text = words(compose("medical-necessity", example(MEDICAID), today=TODAY, draft=True))
    assert "Physical therapy, referred" not in text


def test_care_without_a_recorded_result_is_not_first_line_care_that_was_tried() -> None:
    case = example(ERISA)
    for item in case.treatments:
        if item.kind is not TreatmentKind.NSAID:
            case = changed(case, item.id, response=None)
    with pytest.raises(MissingFacts) as stopped:
        compose("appeal", case, today=TODAY)
    assert [gap.record for gap in stopped.value.gaps] == ["treatments"]


def test_earlier_injections_can_be_appealed_for_without_first_line_care() -> None:
    case = example(CALIFORNIA)
    for item in case.treatments:
        case = case.without(item.id)
    with pytest.raises(MissingFacts) as stopped:
        compose("appeal", case, today=TODAY)
    assert [gap.what for gap in stopped.value.gaps] == ["Treatments tried"]


@pytest.mark.parametrize("response", [Response.GOOD, Response.PARTIAL])
def test_care_that_helped_is_not_told_as_failed(response: Response) -> None:
    case = example(ERISA)
    for item in case.treatments:
        case = changed(case, item.id, response=response, stop_reason=None)
    letter = compose("appeal", case, today=TODAY)
    assert "was tried and did not help enough" not in words(letter)
    assert "dltc-2024" not in letter.facts


@pytest.mark.parametrize("kind", list(ReasonKind))
@pytest.mark.parametrize("name", [ERISA, CALIFORNIA])
def test_every_kind_of_reason_has_an_answer(name: str, kind: ReasonKind) -> None:
    case = changed(example(name), "determination-denial", reasons=(Reason(kind=kind, text="No."),))
    letter = compose("appeal", case, today=TODAY, draft=True)
    text = words(letter)
    assert f"Answer: {kind.label[:1].lower()}{kind.label[1:]}" in text
    assert "“No.”" in text


def test_several_reasons_are_answered_one_by_one_with_the_evidence_once() -> None:
    reasons = (
        Reason(kind=ReasonKind.EXPERIMENTAL, text="Experimental."),
        Reason(kind=ReasonKind.NOT_MEDICALLY_NECESSARY, text="Not necessary.", carc="CO-50"),
        Reason(kind=ReasonKind.STEP_THERAPY, text="Steps."),
    )
    case = changed(example(ERISA), "determination-denial", reasons=reasons)
    text = words(compose("appeal", case, today=TODAY))
    assert text.count("Answer: ") == 3
    assert text.count("Ernberg 2011") == 1
    assert "Code CO-50." in text


def test_a_reason_of_unknown_kind_is_a_gap() -> None:
    case = changed(example(ERISA), "determination-denial", reasons=(Reason(text="Because."),))
    with pytest.raises(MissingFacts, match="What kind of reason it is"):
        compose("appeal", case, today=TODAY)


def test_a_denial_without_a_reason_is_a_gap() -> None:
    case = changed(example(ERISA), "determination-denial", reasons=())
    with pytest.raises(MissingFacts, match="Reason of the denial"):
        compose("appeal", case, today=TODAY)


def test_nothing_is_promised_or_called_approved() -> None:
    for name in (ERISA, CALIFORNIA, MEDICAID):
        for kind in kinds():
            try:
                text = words(compose(kind.kind, example(name), today=TODAY, draft=True)).lower()
            except LetterError:
                continue  # it does not apply under this plan's law
            for wrong in ("fda-approved", "fda approved", "guarantee", "will be covered", "cure"):
                assert wrong not in text
            if kind.kind == "medical-necessity":
                assert "off-label" in text


OTHER_LETTER = {
    Funding.MEDICARE_ADVANTAGE: "reconsideration",
    Funding.MEDICAID_MANAGED_CARE: "medicaid-appeal",
    Funding.MEDICAID_FFS: "fair-hearing",
}


@pytest.mark.parametrize("funding", sorted(OTHER_LETTER))
def test_where_the_first_appeal_is_another_letter_this_one_is_refused(funding: Funding) -> None:
    case = with_funding(example(CALIFORNIA), funding)
    assert default_kind(case) == OTHER_LETTER[funding]
    with pytest.raises(LetterError, match=r"letter '|State fair hearing"):
        compose("appeal", case, today=TODAY, draft=True)


_ERISA_WORDS = ("ERISA", "2560.503", "29 CFR", "29 USC", "fiduciary")


@pytest.mark.parametrize(
    "funding",
    sorted(set(Funding) - {Funding.SELF_FUNDED_ERISA, Funding.INSURED_GROUP} - set(OTHER_LETTER)),
)
@pytest.mark.parametrize("name", [ERISA, CALIFORNIA])
def test_no_erisa_citation_outside_erisa(name: str, funding: Funding) -> None:
    letter = compose("appeal", with_funding(example(name), funding), today=TODAY)
    text = words(letter)
    for wrong in _ERISA_WORDS:
        assert wrong not in text


def test_each_regime_is_told_of_its_own_rights() -> None:
    case = example(CALIFORNIA)
    expected = {
        Funding.SELF_FUNDED_ERISA: ("29 CFR 2560.503-1(h)(2)(iii)", "45 CFR 147.136(d)(2)(i)"),
        Funding.INDIVIDUAL: ("45 CFR 147.136(b)(3)(ii)(C)(1)-(2)", "1374.30-1374.36"),
        Funding.PART_D: ("42 CFR 423.590", "independent review entity"),
        Funding.ORIGINAL_MEDICARE: ("42 CFR 405.962", "qualified independent contractor"),
        Funding.TRICARE: ("32 CFR 199.10", "Quality Monitoring Contractor"),
        Funding.FEHB: ("5 CFR 890.105(e)", "OPM"),
    }
    for funding, citations in expected.items():
        text = words(compose("appeal", with_funding(case, funding), today=TODAY))
        for citation in citations:
            assert citation in text, funding


def test_an_unknown_regime_cites_no_law_and_asks() -> None:
    case = with_funding(example(ERISA), None)
    with pytest.raises(MissingFacts, match="Law that governs the plan"):
        compose("appeal", case, today=TODAY)
    text = words(compose("appeal", case, today=TODAY, draft=True))
    for wrong in ("CFR", "USC", "ERISA", "Code 1374"):
        assert wrong not in text


def test_a_grandfathered_plan_is_not_told_of_external_review() -> None:
    case = example(ERISA)
    case = changed(case, case.coverages[0].id, grandfathered=True)
    text = words(compose("appeal", case, today=TODAY))
    assert "147.136" not in text
    assert "2560.503-1(h)" in text


def test_a_state_fact_stays_in_its_state() -> None:
    case = example(CALIFORNIA)
    case = changed(case, case.coverages[0].id, state="OR")
    assert "1374.30" not in words(compose("appeal", case, today=TODAY))


def test_ids_that_are_not_in_the_case_are_refused() -> None:
    case = example(ERISA)
    with pytest.raises(LetterError, match="no coverage coverage-x"):
        compose("appeal", case, today=TODAY, coverage_id="coverage-x")
    with pytest.raises(LetterError, match="no determination determination-x"):
        compose("appeal", case, today=TODAY, about="determination-x")


def test_an_approval_cannot_be_appealed() -> None:
    with pytest.raises(LetterError, match="not a first decision that denies"):
        compose("appeal", example(CALIFORNIA), today=TODAY, about="determination-approval")


def test_the_latest_denial_is_answered_unless_another_is_named() -> None:
    case = example(ERISA)
    older = case.determinations[0].model_copy(update={"id": "determination-older"})
    older = type(older).model_validate(
        older.model_dump() | {"notice_date": "2025-05-05", "received_date": "2025-05-09"}
    )
    case = case.with_record(older)
    assert "October 14, 2026" in words(compose("appeal", case, today=TODAY))
    text = words(compose("appeal", case, today=TODAY, about=older.id))
    assert "your decision of May 5, 2025" in text


def test_the_request_gives_the_units_for_each_muscle() -> None:
    case = example(CALIFORNIA)
    for request in case.requests:
        doses = [{"muscle": "masseter", "side": "both", "units": 50}]
        asked = type(request).model_validate(request.model_dump() | {"doses": doses})
        case = case.with_record(asked)
    later = case.sessions[0].model_dump() | {"id": "session-later", "date": "2027-01-04"}
    case = case.with_record(type(case.sessions[0]).model_validate(later))
    text = words(compose("medical-necessity", case, today=TODAY))
    assert "Masseter, both sides 50" in text
    assert "Total 50" in text
    earlier = text.split("Earlier injections")[1].split("Evidence")[0]
    assert earlier.count("OnabotulinumtoxinA") == 2


def test_the_same_case_and_day_give_the_same_letter() -> None:
    one, two = (compose("appeal", example(ERISA), today=TODAY) for _ in range(2))
    assert one == two
    assert replace(one, date=date(2027, 1, 1)) != two


def test_the_repr_of_a_letter_holds_no_words_about_the_patient() -> None:
    letter = compose("appeal", example(ERISA), today=TODAY)
    assert "Avery" not in repr(letter)


def test_a_history_tells_the_side_of_a_symptom_once() -> None:
    case = example(MEDICAID)
    text = words(compose("medical-necessity", case, today=TODAY, draft=True))
    assert "Left jaw clicks, since 2021" in text
    assert "Jaw pain, worse in the morning, both sides, since August 2026" in text
