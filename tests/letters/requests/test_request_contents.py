"""What each request has to hold, point by point of its check-list: the words, or room for them."""

import pytest
from request_letters import (
    CALIFORNIA,
    ERISA,
    MEDICAID,
    READY,
    TODAY,
    asked_anew,
    changed,
    example,
    letter,
    outside_network,
    said,
    stated,
    with_funding,
)

from tmjkit.case import (
    BotulinumSession,
    Case,
    Contact,
    DocumentSource,
    Funding,
    PapersRequest,
    Reason,
)
from tmjkit.knowledge import facts
from tmjkit.letters import Blank, Letter, Signature, compose, to_markdown
from tmjkit.letters.kinds import kind_of


def blanks(found: Letter) -> dict[str, Blank]:
    return {block.name: block for block in found.blocks if isinstance(block, Blank)}


def gaps(found: Letter) -> set[str]:
    return {gap.what for gap in found.gaps}


def signed(found: Letter) -> list[str]:
    return [
        "".join(run.text for line in block.lines for run in line)
        for block in found.blocks
        if isinstance(block, Signature)
    ]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("medical-necessity", "F2-LMN"),
        ("prior-authorization", "F2-PA"),
        ("claim-file", "F2-CLAIM-FILE"),
        ("peer-to-peer", "F2-P2P"),
        ("continuity-of-care", "F2-CONTINUITY"),
        ("network-exception", "F2-GAP"),
        ("records-request", "F2-HIPAA"),
    ],
)
def test_the_kind_names_its_checklist(kind: str, name: str) -> None:
    assert kind_of(kind).checklist == name
    assert facts()[name].checklist is not None


# F2-LMN


def test_medical_necessity_holds_its_checklist() -> None:
    found = letter("medical-necessity")
    text = said("medical-necessity")
    for words in (
        "Avery Example",
        "April 12, 1988",
        "EX-0001",
        "Example Mutual Benefit Administrators",
        "November 24, 2026",
        "OnabotulinumtoxinA (Botox)",
        "Masseter, right | 30",
        "Total | 80",
        "Interval between sessions: 12 weeks",
        "Number of sessions: 2",
        "M79.11",
        "March 10, 2026",
        "off-label",
        "Jaw pain, worse with chewing and yawning",
        "February 5, 2024 to March 18, 2024",
        "500 mg twice a day",
        "Graded Chronic Pain Scale",
        "NPI 1000000004",
        "License OH EX-30001",
        "Exhibit A: ",
    ):
        assert words in text, words
    assert {"bmj-2023", "ernberg-2011", "von-lindern-2003", "E-BOX"} <= set(found.facts)
    assert {"examination", "opinion", "criteria", "safety"} <= set(blanks(found))
    assert len(signed(found)) == 1


@pytest.mark.parametrize(
    ("kind", "blank"),
    [("necessity", "opinion"), ("examination", "examination"), ("safety", "safety")],
)
def test_a_recorded_statement_stands_in_the_place_of_its_blank(kind: str, blank: str) -> None:
    words = f"These are the clinician's own words on {kind}."
    case = stated(
        example(ERISA),
        kind,
        words,
        sources=(DocumentSource(document_id="document-clinic-notes", page=2),),
    )
    found = letter("medical-necessity", case)
    assert blank not in blanks(found)
    line = next(one for one in said("medical-necessity", case).splitlines() if words in one)
    assert line.startswith(f"“{words}” Jordan Sample, DDS, MS, November 20, 2026 (Exhibit ")
    assert line.endswith("p. 2)")


def test_what_the_patient_stated_is_never_told_as_the_clinicians() -> None:
    case = stated(example(ERISA), "necessity", "I can't eat meat.", provider_id=None)
    found = letter("medical-necessity", case)
    assert "opinion" in blanks(found)
    assert "I can't eat meat." not in said("medical-necessity", case)


def test_what_earlier_injections_did_is_told_with_how_long_and_what_else_changed() -> None:
    text = said("medical-necessity", example(CALIFORNIA))
    assert "60%, for 14 weeks" in text
    assert "7 to 3 points" in text
    assert "Chewing felt tired for two weeks" in text
    assert "Muscle relaxant may have been begun in between" in text
    assert "not what caused it" in text


# F2-PA


def test_prior_authorization_holds_its_checklist() -> None:
    found = letter("prior-authorization")
    text = said("prior-authorization")
    for words in (
        "To: Example Mutual Benefit Administrators",
        "Fax: 614-555-0178",
        "From: Jordan Sample, DDS, MS",
        "Phone of the office: 614-555-0130",
        "Pages, with this one:",
        "Confidential",
        "Member ID: EX-0001",
        "NPI | 1000000004 | 1000000004",
        "Tax ID | 00-0000001 | 00-0000001",
        "J0585 | none | 80",
        "64999",
        "which procedure code",
        "Diagnosis codes on the request: M79.11",
        "Number of sessions: 2",
        "Interval between sessions: 12 weeks",
        "Standard.",
        "letter of medical necessity",
        "500 mg twice a day",
        "Exhibit A: ",
    ):
        assert words in text, words
    assert {"form", "place", "supply", "dates"} <= set(blanks(found))
    assert "Urgent" not in text


def test_a_session_that_is_planned_fills_the_date() -> None:
    planned = BotulinumSession(product="onabotulinumtoxinA", date="2026-12-15")
    case = READY["prior-authorization"]().with_record(planned)
    assert "First session planned for: December 15, 2026" in said("prior-authorization", case)
    assert "dates" not in blanks(letter("prior-authorization", case))


def urgent(case: Case) -> Case:
    return changed(case, "request-new", urgency="expedited")


def test_urgent_stands_only_with_a_clinicians_statement() -> None:
    case = urgent(READY["prior-authorization"]())
    alone = letter("prior-authorization", case)
    assert "Why waiting is dangerous, in the clinician's words" in gaps(alone)
    assert "Urgent" not in said("prior-authorization", case).split("Missing facts")[0]
    by_patient = stated(case, "urgency", "It hurts a lot.", provider_id=None)
    assert "It hurts a lot." not in said("prior-authorization", by_patient)
    assert gaps(letter("prior-authorization", by_patient)) == gaps(alone)
    case = stated(case, "urgency", "She can't take in food.")
    text = said("prior-authorization", case)
    assert "Urgent." in text
    assert "“She can't take in food.” Jordan Sample, DDS, MS" in text
    assert "Standard." not in text
    assert "F-URGENT-WORDS" in letter("prior-authorization", case).facts


def test_a_statement_alone_makes_nothing_urgent() -> None:
    case = stated(READY["prior-authorization"](), "urgency", "She can't take in food.")
    text = said("prior-authorization", case)
    assert "Standard." in text
    assert "take in food" not in text


def test_an_early_request_is_told_what_it_lacks() -> None:
    lacks = gaps(letter("prior-authorization", example(MEDICAID)))
    assert {"Member ID", "NPI", "Tax ID", "Codes and units that are asked for"} <= lacks


# F2-CLAIM-FILE


@pytest.mark.parametrize(
    ("funding", "own"),
    [
        (Funding.SELF_FUNDED_ERISA, "summary plan description"),
        (Funding.INDIVIDUAL, "contract, certificate or booklet"),
        (Funding.MEDICAID_MANAGED_CARE, "member handbook"),
    ],
)
def test_the_claim_file_request_holds_its_checklist(funding: Funding, own: str) -> None:
    case = with_funding(example(ERISA), funding)
    text = said("claim-file", case)
    for words in (
        "everything that was sent in, looked at, relied on or written",
        "followed its own processes",
        "policy, guideline and criteria",
        "eviCore, MCG, InterQual or Hayes",
        "name, credentials and specialty of everyone who advised or decided",
        "Pat Placeholder, MD",
        "recordings and transcripts of calls",
        "CALL-EX-1020",
        "notes and messages inside the plan",
        own,
        "free of charge",
        "December 24, 2026",
        "no appeal",
        "PA-EX-261001",
        "The plan is recorded as: ",
    ):
        assert words in text, words
    assert not letter("claim-file", case).gaps


def test_calls_to_others_and_calls_to_come_are_not_named_as_the_payers() -> None:
    case = example(ERISA)
    for name, fields in (
        ("later", {"date": "2026-12-01", "organization": "Example Mutual Benefit Administrators"}),
        ("other", {"date": "2026-11-01", "organization": "Example Widgets, Inc."}),
    ):
        case = case.with_record(
            Contact.model_validate({"id": f"contact-{name}", "reference": f"CALL-{name}", **fields})
        )
    text = said("claim-file", case)
    assert "CALL-EX-1109" in text
    assert "CALL-later" not in text
    assert "CALL-other" not in text


# F2-P2P


def test_the_request_for_a_talk_and_its_notes_hold_the_checklist_together() -> None:
    asked, points = said("peer-to-peer"), said("peer-to-peer-notes")
    for words in (
        "Reference: PA-EX-261001",
        "by which day this talk has to be held",
        "of my own specialty if you can: orofacial pain",
        "is considered experimental or investigational",
        "off-label",
    ):
        assert words in asked, words
    assert {"slots"} == set(blanks(letter("peer-to-peer")))
    for words in (
        "Reference: PA-EX-261001",
        "is considered experimental or investigational",
        "M79.11",
        "Naproxen",
        "OnabotulinumtoxinA into masseter and temporalis",
        "does not stop the time for an appeal",
        "off-label",
    ):
        assert words in points, words
    assert {"limit", "outcome"} == set(blanks(letter("peer-to-peer-notes")))
    cited = set(letter("peer-to-peer-notes").facts)
    assert {"F-P2P", "bmj-2023", "ernberg-2011", "von-lindern-2003"} <= cited


def test_what_is_for_the_clinician_is_not_in_the_letter_to_the_payer() -> None:
    asked, points = said("peer-to-peer"), said("peer-to-peer-notes")
    for words in ("For the office", "For the clinician", "write it down", "Naproxen", "M79.11"):
        assert words not in asked, words
        assert words in points, words
    assert "For the clinician; not sent." in points.split("In dispute")[0]
    assert not kind_of("peer-to-peer-notes").sent
    assert not any(isinstance(block, Signature) for block in letter("peer-to-peer-notes").blocks)


def test_the_payer_is_not_asked_for_the_policy_that_it_named() -> None:
    assert "of which policy" not in said("peer-to-peer-notes")
    assert "Drug policy EM-DRUG-041" in said("peer-to-peer-notes")
    assert "of which policy" not in said("peer-to-peer-notes", example(CALIFORNIA))
    unnamed = changed(example(CALIFORNIA), "determination-denial", sources=())
    assert "of which policy" in said("peer-to-peer-notes", unnamed)
    named = changed(
        unnamed,
        "determination-denial",
        reasons=(Reason(text="It does not meet guideline BT-12."),),
    )
    assert "of which policy" not in said("peer-to-peer-notes", named)


def test_the_payers_own_day_for_the_talk_fills_its_blank() -> None:
    case = example(ERISA).with_record(
        Contact(
            date="2026-11-20",
            topic="peer-to-peer",
            who="Lee, agent EX-31",
            promised="A talk by then",
            promised_by="2026-11-30",
        )
    )
    assert "held by November 30, 2026" in said("peer-to-peer", case)
    assert "Talk to be held by: November 30, 2026" in said("peer-to-peer-notes", case)
    assert "limit" not in blanks(letter("peer-to-peer-notes", case))


# F2-CONTINUITY


def test_the_request_for_continuity_holds_its_checklist() -> None:
    text = said("continuity-of-care")
    for words in (
        "Contract ended on: October 31, 2026",
        "September 16, 2025",
        "February 3, 2026",
        "42 USC 300gg-113",
        "90 days",
        "ended on April 28, 2026, and the next is due",
    ):
        assert words in text, words
    assert {"notice", "condition"} <= set(blanks(letter("continuity-of-care")))


def test_the_next_dose_is_the_one_that_is_planned_else_by_the_interval_else_asked_for() -> None:
    case = READY["continuity-of-care"]()
    planned = BotulinumSession(product="onabotulinumtoxinA", date="2026-12-15")
    assert "Next dose: December 15, 2026" in said("continuity-of-care", case.with_record(planned))
    soon = changed(case, "session-2", date="2026-11-03", interval_weeks=None)
    assert "not before January 26, 2027" in said("continuity-of-care", soon)
    bare = changed(case, "request-new", interval_weeks=None)
    assert "Date of the next dose" in gaps(letter("continuity-of-care", bare))


# F2-GAP


def test_the_network_request_holds_its_checklist() -> None:
    text = said("network-exception")
    for words in (
        "The specialty that is needed is: Orofacial pain",
        "Sam Sample, DDS | 614-555-0160 | November 2, 2026 | Does not treat the jaw.",
        "Example Pain Group | 614-555-0161 | November 3, 2026 | Takes no new patients.",
        "Name: Jordan Sample, DDS, MS",
        "NPI: 1000000004",
        "Please decide before the treatment is given.",
    ):
        assert words in text, words
    assert "distance" in blanks(letter("network-exception"))


def test_without_anybody_asked_the_network_request_lacks_its_log() -> None:
    case = changed(asked_anew(example(ERISA)), "provider-orofacial", network="out")
    assert any("who were asked" in what for what in gaps(letter("network-exception", case)))


def test_a_call_without_an_answer_or_a_telephone_is_asked_for() -> None:
    case = outside_network().with_record(
        Contact(id="contact-empty", date="2026-11-10", topic="network", who="Example Dental")
    )
    lacks = {(gap.record, gap.field) for gap in letter("network-exception", case).gaps}
    assert lacks == {("contact-empty", "number"), ("contact-empty", "said")}


def test_a_provider_who_was_asked_gives_name_and_telephone() -> None:
    case = outside_network().with_record(
        Contact(
            id="contact-dentist",
            date="2026-11-10",
            topic="network",
            about_id="provider-dentist",
            said="Does not inject.",
        )
    )
    text = said("network-exception", case)
    assert "Taylor Fictional, DDS | 614-555-0150 | November 10, 2026 | Does not inject." in text


# F2-HIPAA


def test_the_records_request_holds_its_checklist() -> None:
    found = letter("records-request", about="provider-physical-therapist")
    text = said("records-request", about="provider-physical-therapist")
    for words in (
        "Riley Specimen",
        "Avery Example",
        "April 12, 1988",
        "From February 4, 2025",
        "until November 24, 2026",
        "complete designated record set",
        "notes of every visit",
        "billing",
        "images",
        "PDF",
        "avery@example.org",
        "12 Sample Street, Exampleton, OH 43000",
        "30 days",
        "164.524",
        "Please send me a copy of my own records.",
    ):
        assert words in text, words
    assert len(signed(found)) == 1
    assert found.about_id == "provider-physical-therapist"


def test_the_plan_can_be_asked_for_its_records_too() -> None:
    text = said("records-request", about="coverage-employer")
    assert "enrollment, claims and payments" in text
    assert "Member ID: EX-0001" in text
    assert "notes of every visit" not in text


def test_records_are_asked_of_whom_a_request_for_papers_names() -> None:
    case = example(ERISA).with_record(
        PapersRequest(kind="medical-records", provider_id="provider-dentist")
    )
    assert letter("records-request", case).about_id == "provider-dentist"


def test_records_are_asked_of_whose_care_nothing_shows() -> None:
    case = changed(example(ERISA), "treatment-nortriptyline", provider_id="provider-psychologist")
    assert letter("records-request", case).about_id == "provider-psychologist"


def test_without_address_and_mail_the_copy_has_nowhere_to_go() -> None:
    case = changed(example(ERISA), "patient-avery", address=None, email=None)
    assert gaps(letter("records-request", case)) == {"Address"}


def test_whoever_holds_the_records_without_an_address_gets_room_for_one() -> None:
    case = changed(example(ERISA), "provider-dentist", address=None, fax=None)
    assert "address" in blanks(letter("records-request", case, about="provider-dentist"))
    assert "address" not in blanks(letter("records-request", about="provider-orofacial"))


# Those without a check-list of their own


def test_plan_documents_ask_for_terms_criteria_rules_and_who_pays() -> None:
    text = said("plan-documents")
    for words in (
        "Plan administrator",
        "Example Widgets, Inc. Employee Health Plan",
        "jaw joint and temporomandibular disorders",
        "medically necessary, experimental or investigational",
        "coverage policies and criteria on botulinum toxin",
        "prior authorization",
        "who pays the claims (plan or insurer)",
        "29 USC 1024(b)(4)",
    ):
        assert words in text, words
    assert not letter("plan-documents").exhibits


def test_an_exclusion_on_record_is_quoted_word_for_word() -> None:
    words = "No benefits are paid for care of the jaw joint."
    case = changed(example(ERISA), "coverage-employer", exclusion=words, excludes_tmd=True)
    for kind in ("plan-documents", "plan-exception"):
        assert f"“{words}”" in said(kind, case)


def test_the_reason_is_asked_for_where_the_notice_gives_none() -> None:
    case = changed(example(ERISA), "determination-denial", reasons=())
    text = said("denial-reason", case)
    assert "No reason is on record" in text
    assert not letter("denial-reason", case).gaps
    assert "This is what is on record" in said("denial-reason")


def test_a_code_alone_is_quoted_and_its_meaning_asked_for() -> None:
    case = changed(example(ERISA), "determination-denial", reasons=({"carc": "CO-50"},))
    text = said("denial-reason", case)
    assert "CO-50" in text
    assert "what the codes in it mean" in text
    assert not letter("denial-reason", case).gaps


def test_late_authorization_tells_what_was_given_and_who_was_asked() -> None:
    text = said("late-authorization")
    for words in (
        "Date of service: October 2, 2026",
        "J0585 | none | 80",
        "The agent saw no need.",
        "CALL-EX-0924",
        "no appeal",
        "off-label",
    ):
        assert words in text, words
    assert "why" in blanks(letter("late-authorization"))


def test_going_on_tells_the_last_session_the_scores_and_the_next_day() -> None:
    found = letter("re-authorization")
    text = said("re-authorization")
    for words in (
        "Last session: February 3, 2026",
        "Next session not before: April 28, 2026",
        "6 to 2 points",
        "4.5 to 2 points",
        "65%, for 16 weeks",
        "Chewing felt tired for two weeks",
        "Number of sessions: 2",
    ):
        assert words in text, words
    assert {"bmj-2023", "ernberg-2011", "E-BOX"} <= set(found.facts)
    assert found.argues


def test_a_last_session_that_did_nothing_is_said_and_asked_about() -> None:
    case = changed(READY["re-authorization"](), "session-2", response="none", relief_percent=0)
    found = letter("re-authorization", case)
    assert "The last session is recorded with: no response" in said("re-authorization", case)
    assert "despite" in blanks(found)
    assert "despite" not in blanks(letter("re-authorization"))


@pytest.mark.parametrize(
    ("date", "weeks", "told"),
    [("2026-11-03", 12, "January 26, 2027"), ("2026-11", 13, "March 1, 2027")],
)
def test_the_next_session_is_never_earlier_than_the_interval(
    date: str, weeks: int, told: str
) -> None:
    case = changed(READY["re-authorization"](), "session-2", date=date, interval_weeks=None)
    case = changed(case, "request-new", interval_weeks=weeks)
    assert f"Next session not before: {told}" in said("re-authorization", case)


def test_going_on_without_an_interval_asks_for_it() -> None:
    case = changed(READY["re-authorization"](), "request-new", interval_weeks=None)
    assert "First day of the next session" in gaps(letter("re-authorization", case))


def test_the_employer_learns_no_more_than_it_has_to() -> None:
    case = example(ERISA)
    found = letter("plan-exception")
    text = said("plan-exception")
    private = [item.text for item in (*case.diagnoses, *case.symptoms)]
    private += [item.label for item in case.treatments] + ["M79.11", "G47.63", "April 12, 1988"]
    for words in private:
        assert words not in text, words
    assert not found.exhibits
    assert "Confidential" in text
    assert "experimental" not in text


def test_the_other_benefit_gets_the_notice_and_what_was_asked() -> None:
    found = letter("other-benefit")
    text = said("other-benefit")
    for words in (
        "Sample Dental Plan",
        "EX-D-0001",
        "Example Mutual Benefit Administrators decided on October 14, 2026",
        "“This is a matter of the dental benefit.”",
        "under the dental benefit",
        "J0585 | none | 80",
        "Sent to Example Mutual Benefit Administrators on October 1, 2026.",
    ):
        assert words in text, words
    assert "document-denial" in {item.document_id for item in found.exhibits}
    assert found.coverage_id == "coverage-dental"


def test_without_another_coverage_the_other_benefit_is_asked_for() -> None:
    case = READY["other-benefit"]().without("coverage-dental")
    assert "Insurance coverage" in gaps(letter("other-benefit", case))


@pytest.mark.parametrize("kind", ["late-authorization", "network-exception", "other-benefit"])
def test_without_fax_or_address_there_is_room_for_one(kind: str) -> None:
    case = READY[kind]()
    for coverage in case.coverages:
        case = changed(case, coverage.id, fax=None, appeals_address=None)
    assert "address" in blanks(letter(kind, case))


@pytest.mark.parametrize("kind", [kind for kind in READY if kind_of(kind).sent])
def test_every_request_is_signed_and_dated_by_hand(kind: str) -> None:
    found = compose(kind, READY[kind](), today=TODAY)
    assert signed(found)
    assert "Signature" not in said(kind)


def test_where_and_from_whom_the_drug_comes_is_said_where_it_is_on_record() -> None:
    case = asked_anew(example(ERISA))
    before = compose("prior-authorization", case, today=TODAY, draft=True)
    assert {"place", "supply"} <= blanks(before).keys()
    request = next(item for item in case.requests if item.sent is None)
    fields = {"place_of_service": "11", "supply": "specialty-pharmacy", "pharmacy": "Example Rx"}
    after = compose(
        "prior-authorization", changed(case, request.id, **fields), today=TODAY, draft=True
    )
    assert not {"place", "supply"} & blanks(after).keys()
    text = to_markdown(after)
    assert "Place of service: 11" in text
    assert "a specialty pharmacy sends it to the clinic: Example Rx" in text
