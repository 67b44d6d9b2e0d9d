"""A script asks what the case leaves open; a confirmation quotes what was noted."""

from datetime import date

import pytest
from acting_cases import (
    CALIFORNIA,
    ERISA,
    MEDICAID,
    TODAY,
    called,
    changed,
    covered,
    example,
    late_papers,
    said,
    under,
    with_appeal,
    written,
)

from tmjkit.case import Channel, Determination, Funding, PartialDate, PatientSource
from tmjkit.letters import Blank, LetterError, MissingFacts
from tmjkit.letters.letter import BulletList, Letter, Paragraph, plain
from tmjkit.rules import regime
from tmjkit.rules.triage import triage


def blanks(letter: Letter) -> list[str]:
    return [block.name for block in letter.blocks if isinstance(block, Blank)]


def rooms(letter: Letter) -> str:
    return "\n".join(
        f"{plain(block.label)} {plain(block.prompt)}"
        for block in letter.blocks
        if isinstance(block, Blank)
    )


def test_the_script_has_the_number_whom_to_ask_for_and_the_ids() -> None:
    text = said(written("call-script", example(ERISA)))
    for part in (
        "Call: 614-555-0170",
        "Ask for: the appeals department",
        "Patient: Avery Example",
        "Date of birth: April 12, 1988",
        "Member ID: EX-0001",
        "Reference: PA-EX-261001",
        "Date of the notice: October 14, 2026",
    ):
        assert part in text


@pytest.mark.parametrize(
    ("about", "whom"),
    [
        ("determination-denial", "the appeals department"),
        ("request-2026", "the prior authorization department"),
        ("claim-session-2", "the claims department"),
    ],
)
def test_whom_to_ask_for_follows_from_what_the_call_is_about(about: str, whom: str) -> None:
    assert f"Ask for: {whom}" in said(written("call-script", example(CALIFORNIA), about=about))


def test_each_call_is_asked_to_be_recorded_with_a_reference() -> None:
    text = said(written("call-script", example(MEDICAID)))
    assert "Is this call recorded, and may I have the reference number of this call?" in text


def test_there_is_room_for_all_that_a_call_log_holds() -> None:
    room = rooms(written("call-script", example(ERISA)))
    for part in (
        "Date, time and time zone",
        "Number dialed",
        "ID",
        "Reference number",
        "Answer, in the words that are said",
        "promised, by whom and for which day",
        "Next step",
        "attach",
    ):
        assert part in room


@pytest.mark.parametrize("name", [ERISA, CALIFORNIA, MEDICAID])
@pytest.mark.parametrize("funding", [None, *Funding])
def test_what_the_law_leaves_open_is_looked_up_or_asked(name: str, funding: Funding | None) -> None:
    case = covered(example(name), funding=funding, benefit=None, grandfathered=None, insured=None)
    letter = written("call-script", case, draft=True)
    asks = regime(case.coverages[0]).asks
    lists = [block for block in letter.blocks if isinstance(block, BulletList)]
    shown = {plain(item) for found in lists for item in found.items}
    questions = [plain(block.runs) for block in letter.blocks if isinstance(block, Paragraph)]
    assert asks
    for ask in asks:
        # Whatever begins so is for the payer; the rest somebody of ours reads or enters.
        assert (ask in shown) is (not ask.startswith("Ask ") or "human resources" in ask), ask
        assert ask not in questions
    after = questions[
        questions.index(next(text for text in questions if "recorded, and" in text)) :
    ]
    assert not [text for text in after if "enter it" in text or "Make sure" in text]
    for start, words in (
        ("Ask the payer, or look", "Is this plan grandfathered"),
        ("Ask which benefit", "Which benefit pays for it"),
        ("Ask the plan's office which law", "Which law does this plan follow"),
        ("Ask the plan's office whether", "Does an insurer bear the risk"),
        ("Ask the employer", "What kind of plan is this"),
    ):
        wanted = any(ask.startswith(start) for ask in asks)
        assert any(text.startswith(words) for text in questions) is wanted
    assert len(set(questions)) == len(questions)


def test_the_policy_is_not_asked_for_where_it_is_at_hand() -> None:
    words = "Which policy and which criteria do you apply to this treatment?"
    assert words not in said(written("call-script", example(ERISA)))
    assert words in said(written("call-script", example(CALIFORNIA)))


def test_a_promise_that_was_broken_is_asked_after_with_day_and_name() -> None:
    text = said(written("call-script", example(ERISA)))
    assert (
        "On October 20, 2026 Lee, agent EX-31 promised by October 23, 2026 what stands below. "
        "What became of it?"
    ) in text
    assert "“The medical director calls Dr. Sample back”" in text
    passed = called(
        example(CALIFORNIA),
        promised="The notes come by mail.",
        promised_by=date(2026, 11, 20),
    )
    assert "promised by November 20, 2026 what stands below" in said(written("call-script", passed))


def test_nothing_is_asked_that_the_case_answers() -> None:
    case = covered(example(CALIFORNIA), internal_levels=1)
    before = said(written("call-script", example(CALIFORNIA)))
    after = said(written("call-script", case))
    assert "how many internal appeals" in before
    assert "how many internal appeals" not in after


def test_what_triage_has_to_find_out_is_asked() -> None:
    case = changed(example(ERISA), "determination-denial", reasons=())
    denial = case.record("determination-denial")
    assert isinstance(denial, Determination)
    asks = [ask.says for ask in triage(case, denial, TODAY).asks]
    assert any("reason is not on record" in ask for ask in asks)
    text = said(written("call-script", case))
    assert "The reason is not on record" in text
    assert "What is the reason, word for word?" in text


def test_what_is_missing_and_the_payer_knows_is_asked() -> None:
    text = said(written("call-script", example(MEDICAID)))
    assert "What is the member ID?" in text
    assert "Which policy and which criteria do you apply to this treatment?" in text


def test_what_was_sent_and_not_acknowledged_is_asked_after() -> None:
    case = with_appeal(
        example(CALIFORNIA), sent=PartialDate.parse("2026-11-10"), channel=Channel.FAX
    )
    assert "Did you receive the appeal that was sent on November 10, 2026 by fax" in said(
        written("call-script", case)
    )
    acknowledged = with_appeal(
        example(CALIFORNIA),
        sent=PartialDate.parse("2026-11-10"),
        received=PartialDate.parse("2026-11-10"),
    )
    assert "Did you receive" not in said(written("call-script", acknowledged))


def test_the_payers_own_times_are_asked_with_their_rule() -> None:
    case = with_appeal(
        example(CALIFORNIA),
        sent=PartialDate.parse("2026-11-10"),
        received=PartialDate.parse("2026-11-10"),
    )
    text = said(written("call-script", case))
    assert "When will it be sent?" in text
    assert "29 CFR 2560.503-1(i)(2)(ii)" in text
    late = said(written("call-script", late_papers(example(ERISA))))
    assert "it was due by October 1, 2026. Has it been sent, and on which day?" in late


def test_open_promises_are_asked_after_and_kept_ones_are_not() -> None:
    text = said(written("call-script", example(CALIFORNIA)))
    assert "“A supervisor calls back about the missing pages”" in text
    assert "It was promised for December 4, 2026. Was it done?" in text
    assert "Guideline BT-12 by fax" not in text


def test_the_promise_of_a_therapist_is_not_the_plans() -> None:
    assert "Holds the appointment" not in said(written("call-script", example(MEDICAID)))


@pytest.mark.parametrize("funding", list(Funding))
def test_the_script_cites_no_law_of_another_plan(funding: Funding) -> None:
    letter = written("call-script", late_papers(under(funding)))
    if funding not in (Funding.SELF_FUNDED_ERISA, Funding.INSURED_GROUP):
        assert "2560" not in said(letter)
        assert "29 USC" not in said(letter)


def test_a_number_comes_from_the_call_log_where_the_card_is_not_recorded() -> None:
    case = covered(example(ERISA), phone=None)
    assert "Call: 614-555-0170" in said(written("call-script", case))
    silent = covered(example(MEDICAID), phone=None)
    for contact in silent.contacts:
        silent = changed(silent, contact.id, number=None)
    with pytest.raises(MissingFacts, match="Telephone number of the plan"):
        written("call-script", silent)


def test_the_office_speaks_for_the_patient_and_a_representative_says_so() -> None:
    text = said(written("call-script", example(ERISA), voice="clinician"))
    assert "Say: I call from the office of Jordan Sample" in text
    assert "NPI: " in text
    with pytest.raises(MissingFacts, match="Representative of the patient"):
        written("call-script", example(ERISA), voice="advocate")


def test_a_confirmation_quotes_what_was_noted_and_promised() -> None:
    text = said(written("call-confirmation", example(ERISA)))
    for part in (
        "Call of: November 9, 2026, 11:10 (America/New_York)",
        "Lee, agent EX-31",
        "Reference of the call: CALL-EX-1109",
        "Number: 614-555-0170",
        "Asked for the complete claim file, the full policy EM-DRUG-041",
        "The claim file comes by mail",
        "What was promised for December 9, 2026:",
    ):
        assert part in text


def test_it_asks_to_be_corrected_and_claims_no_rule_for_the_time() -> None:
    letter = written("call-confirmation", example(ERISA))
    text = said(letter)
    assert "within two weeks; that time is my own request" in text
    assert not letter.facts


def test_the_office_confirms_its_own_call_and_the_patient_theirs() -> None:
    office = written("call-confirmation", example(ERISA))
    assert office.voice == "clinician"
    assert "recorded by" not in said(office)
    assert "reported by" not in said(office)
    own = called(example(CALIFORNIA), sources=[PatientSource()])
    assert written("call-confirmation", own).voice == "patient"
    assert written("call-confirmation", own, voice="clinician").voice == "clinician"


def test_a_script_is_read_and_not_filed() -> None:
    case = example(CALIFORNIA)
    script = written("call-script", case, language="es")
    assert "Copia para el paciente" not in said(script)
    confirmed = written("call-confirmation", case, voice="patient", language="es")
    assert "Copia para el paciente" in said(confirmed)


def test_without_a_reference_it_is_asked_for() -> None:
    text = said(written("call-confirmation", called(example(CALIFORNIA))))
    assert "please tell me the number" in text
    assert "What was promised" not in text


def test_a_promise_without_a_day_is_asked_for_its_day() -> None:
    case = called(example(CALIFORNIA), promised="We call back.", reference="X-EX-1")
    text = said(written("call-confirmation", case))
    assert "No day was named for it" in text


def test_the_latest_call_with_the_payer_is_confirmed_unless_one_is_named() -> None:
    assert written("call-confirmation", example(MEDICAID), draft=True).about_id == "contact-plan"
    named = written("call-confirmation", example(MEDICAID), about="contact-therapy")
    assert named.about_id == "contact-therapy"
    assert "Sample Falls Physical Therapy" in said(named)
    assert "Member ID" not in said(named)


def test_a_letter_confirms_calls_and_nothing_else() -> None:
    with pytest.raises(LetterError, match="no phone call"):
        written("call-confirmation", example(ERISA), about="contact-employer")


def test_a_call_that_is_still_to_come_is_not_confirmed() -> None:
    case = called(example(CALIFORNIA), date=PartialDate.parse("2027-01-04"))
    assert written("call-confirmation", case).about_id == "contact-pages"


def test_what_was_said_is_needed() -> None:
    with pytest.raises(MissingFacts) as stopped:
        written("call-confirmation", called(example(CALIFORNIA), said=""))
    assert [gap.field for gap in stopped.value.gaps] == ["said"]


def test_a_call_to_us_is_told_as_theirs() -> None:
    text = said(written("call-confirmation", called(example(CALIFORNIA), direction="in")))
    assert "I confirm in writing your phone call of November 18, 2026" in text


def test_hostile_notes_stay_words() -> None:
    case = called(example(CALIFORNIA), said="# Approved\n```signature\nX\n```\n{{ patient }} %(x)s")
    letter = written("call-confirmation", case)
    assert "# Approved ```signature X ``` {{ patient }} %(x)s" in said(letter)
    assert date(2026, 11, 24) == letter.date
