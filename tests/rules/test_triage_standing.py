"""How strong a denial's answer looks follows from the record, and never hides what is against."""

from datetime import date

import pytest

from tmjkit import knowledge
from tmjkit.case import (
    AuthorizationRequest,
    BotulinumSession,
    Case,
    Claim,
    Coverage,
    Determination,
    Diagnosis,
    PatientSource,
    Reason,
    ServiceLine,
    Treatment,
)
from tmjkit.rules.triage import Pull, Route, Standing, triage

TODAY = date(2026, 11, 24)
SHOWN = (PatientSource(),)

FIRST_LINE = tuple(
    Treatment(kind=kind, sessions=6, start="2025", response="none", sources=SHOWN)
    for kind in ("cbt", "jaw-exercise", "manual-therapy", "self-care")
)
MYALGIA = Diagnosis(id="dx-1", code="M79.11", text="Myalgia", sources=SHOWN)
HELPED = BotulinumSession(
    id="s-1", product="onabotulinumtoxinA", date="2026-03", response="good", sources=SHOWN
)
USELESS = BotulinumSession(
    id="s-2", product="onabotulinumtoxinA", date="2026-06", response="none", sources=SHOWN
)


def denied(text="", *, kind=None, carc=None, about=None, cover=None, denial=None, **lists):
    """Triage a denial with one reason."""
    fields = {"id": "d-1", "decision": "denial", "notice_date": "2026-11-01"} | (denial or {})
    return triage(
        Case(
            coverages=(Coverage(id="cov-1", payer="Acme", **(cover or {})),),
            determinations=(
                Determination(
                    about_id=about, reasons=[Reason(text=text, kind=kind, carc=carc)], **fields
                ),
                *lists.pop("determinations", ()),
            ),
            **lists,
        ),
        Determination(about_id=about, reasons=[Reason(text=text, kind=kind, carc=carc)], **fields),
        TODAY,
    )


def only(result):
    (found,) = result.classes
    return found


def says(found, pull):
    return " ".join(item.says for item in found.grounds if item.pull is pull)


WHOLE = {"diagnoses": (MYALGIA,), "treatments": FIRST_LINE}


@pytest.mark.parametrize(
    ("kind", "record", "expected"),
    [
        ("not-medically-necessary", {}, Standing.WEAK),
        ("not-medically-necessary", {"diagnoses": (MYALGIA,)}, Standing.WEAK),
        ("not-medically-necessary", {"treatments": FIRST_LINE}, Standing.WEAK),
        ("not-medically-necessary", WHOLE, Standing.ARGUABLE),
        ("not-medically-necessary", WHOLE | {"sessions": (HELPED,)}, Standing.STRONG),
        ("not-medically-necessary", WHOLE | {"sessions": (HELPED, USELESS)}, Standing.WEAK),
        ("experimental", {}, Standing.WEAK),
        ("experimental", WHOLE, Standing.ARGUABLE),
        ("experimental", WHOLE | {"sessions": (HELPED,)}, Standing.ARGUABLE),
        ("experimental", WHOLE | {"sessions": (USELESS,)}, Standing.WEAK),
        ("step-therapy", {"treatments": FIRST_LINE}, Standing.STRONG),
        ("step-therapy", {"treatments": FIRST_LINE[:2]}, Standing.ARGUABLE),
        ("step-therapy", {}, Standing.WEAK),
        ("quantity", WHOLE, Standing.UNKNOWN),
        ("quantity", WHOLE | {"sessions": (HELPED,)}, Standing.ARGUABLE),
    ],
)
def test_the_record_decides_how_it_stands(kind, record, expected):
    assert only(denied(kind=kind, **record)).standing is expected


def test_premature_is_said_with_what_the_guideline_recommends_first():
    home = Treatment(kind="self-care", start="2025", response="none", sources=SHOWN)
    found = only(denied(kind="not-medically-necessary", diagnoses=(MYALGIA,), treatments=(home,)))
    said = says(found, Pull.AGAINST)
    assert found.standing is Standing.WEAK
    assert "looks premature" in said
    assert "cognitive behavioral therapy" in said
    assert "likely too early" in said


def test_the_strongest_record_still_names_what_speaks_against_it():
    found = only(denied(kind="experimental", **WHOLE, sessions=(HELPED,)))
    said = says(found, Pull.AGAINST)
    for name in ("BMJ Rapid Recommendation 2023", "Ernberg 2011", "CADTH", "off-label"):
        assert name in said, name


def test_every_contrary_paper_that_may_stand_in_a_letter_is_named():
    used = set(only(denied(kind="experimental")).used)
    for fact in knowledge.facts().values():
        if fact.direction is knowledge.Direction.AGAINST and fact.letter_ready:
            assert fact.id in used, fact.id


def test_the_weakest_reason_decides():
    result = triage(
        Case(diagnoses=(MYALGIA,), treatments=FIRST_LINE),
        Determination(
            decision="denial", reasons=[Reason(kind="coding"), Reason(kind="experimental")]
        ),
        TODAY,
    )
    assert [item.standing for item in result.classes] == [Standing.ARGUABLE, Standing.MENDABLE]
    assert result.standing is Standing.ARGUABLE
    assert "the weakest decides" in result.lead


def test_no_standing_is_a_number_or_a_promise():
    for one in Standing:
        assert not any(letter.isdigit() or letter == "%" for letter in one.label)
    for word in ("will win", "guarantee", "likely to succeed", "chance"):
        assert word not in str(denied(kind="experimental", **WHOLE).as_json()).lower()


# Exclusions


JOINT = "Services for the temporomandibular joint are not covered."
WIDE = "Services for the temporomandibular joint and its associated muscles are not covered."


@pytest.mark.parametrize(
    ("cover", "record", "expected", "letter"),
    [
        ({"funding": "self-funded-erisa"}, {}, Standing.UNKNOWN, "plan-documents"),
        ({"excludes_tmd": False}, {}, Standing.STRONG, "appeal"),
        ({"excludes_tmd": True}, {}, Standing.CLOSED, "appeal"),
        (
            {"excludes_tmd": True, "funding": "self-funded-erisa"},
            {},
            Standing.CLOSED,
            "plan-exception",
        ),
        ({"excludes_tmd": True, "exclusion": WIDE}, WHOLE, Standing.CLOSED, "appeal"),
        ({"excludes_tmd": True, "exclusion": JOINT}, WHOLE, Standing.ARGUABLE, "appeal"),
        ({"excludes_tmd": True, "exclusion": JOINT}, {}, Standing.CLOSED, "appeal"),
    ],
)
def test_an_exclusion_stands_by_the_plans_own_words(cover, record, expected, letter):
    found = only(denied(kind="excluded", cover=cover, **record))
    assert found.standing is expected
    assert found.letter.kind == letter


def test_no_diagnosis_is_proposed_to_fall_outside_an_exclusion():
    bare = Diagnosis(code="M79.11", text="Myalgia")
    cover = {"excludes_tmd": True, "exclusion": JOINT}
    for diagnoses in ((), (Diagnosis(code="M26.621", sources=SHOWN),)):
        told = str(denied(kind="excluded", cover=cover, diagnoses=diagnoses).as_json())
        assert "M79" not in told
        assert "muscle" not in told.replace("muscle or joint", "")
    found = only(denied(kind="excluded", cover=cover, diagnoses=(bare,)))
    assert found.standing is Standing.CLOSED
    assert "without a source, so nothing can be built on it" in says(found, Pull.AGAINST)


def test_the_argument_about_the_words_carries_that_nobody_confirmed_it():
    result = denied(kind="excluded", cover={"excludes_tmd": True, "exclusion": JOINT}, **WHOLE)
    (cited,) = [fact for fact in result.cited if fact.id == "D-EXCL"]
    assert cited.caveat == "not confirmed against any source"
    assert "not confirmed" in cited.words


def test_an_exclusion_in_the_plan_is_raised_though_the_notice_is_silent():
    result = denied(kind="experimental", cover={"excludes_tmd": True}, **WHOLE)
    assert any("Expect it to be raised" in ask.says for ask in result.asks)


# What the office settles


LINE = (ServiceLine(code="J0585", units=100),)
ASKED = AuthorizationRequest(id="r-1", lines=LINE, sent="2026-01-02")
GIVEN = Claim(id="c-1", start="2026-02-01", lines=LINE, sent="2026-03-01")


def approval(**fields):
    return Determination(id="d-0", decision="approval", about_id="r-1", **fields)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({}, Standing.WEAK),
        ({"requests": (ASKED,)}, Standing.UNKNOWN),
        ({"requests": (ASKED,), "determinations": (approval(),)}, Standing.STRONG),
        (
            {"requests": (ASKED,), "determinations": (approval(approved_until="2026-01-31"),)},
            Standing.UNKNOWN,
        ),
        (
            {"requests": (ASKED,), "determinations": (approval(notice_date="2026-02-10"),)},
            Standing.UNKNOWN,
        ),
        (
            {
                "requests": (ASKED.model_copy(update={"lines": (ServiceLine(code="J0586"),)}),),
                "determinations": (approval(),),
            },
            Standing.UNKNOWN,
        ),
    ],
)
def test_an_authorization_on_record_answers_that_there_was_none(record, expected):
    found = only(denied(carc="197", about="c-1", claims=(GIVEN,), **record))
    assert found.standing is expected
    assert (found.letter.kind == "appeal") == (expected is Standing.STRONG)


@pytest.mark.parametrize(
    ("sent", "days", "expected"),
    [
        ("2026-05-02", 90, Standing.STRONG),  # February 1 + 90 days is May 2
        ("2026-05-03", 90, Standing.WEAK),
        ("2026-05", 90, Standing.UNKNOWN),
        ("2026-05-02", None, Standing.UNKNOWN),
        (None, 90, Standing.UNKNOWN),
    ],
)
def test_filing_is_counted_from_the_day_of_service(sent, days, expected):
    claim = GIVEN.model_copy(update={"sent": None})
    claim = Claim.model_validate(claim.model_dump() | {"sent": sent})
    found = only(denied(carc="CO-29", about="c-1", claims=(claim,), cover={"claim_days": days}))
    assert found.standing is expected
    assert "may not bill the patient" in says(found, Pull.FOR)


def test_the_day_on_which_the_payer_got_it_counts_before_the_day_of_sending():
    claim = GIVEN.model_copy(update={"received": GIVEN.start})
    found = only(denied(carc="29", about="c-1", claims=(claim,), cover={"claim_days": 1}))
    assert found.standing is Standing.STRONG


@pytest.mark.parametrize(
    ("cover", "expected"),
    [
        ({"start": "2026-01-01"}, Standing.ARGUABLE),
        ({"start": "2026-02-02"}, Standing.WEAK),
        ({"start": "2025-01-01", "end": "2026-01-31"}, Standing.WEAK),
        ({}, Standing.UNKNOWN),
    ],
)
def test_eligibility_is_compared_with_the_days_of_coverage(cover, expected):
    found = only(denied(kind="eligibility", about="c-1", claims=(GIVEN,), cover=cover))
    assert found.standing is expected


def test_a_duplicate_looks_for_the_first_claim():
    twin = GIVEN.model_copy(update={"id": "c-0"})
    found = only(denied(carc="18", about="c-1", claims=(GIVEN, twin)))
    assert found.standing is Standing.MENDABLE
    assert found.grounds[0].records == ("c-0",)
    assert only(denied(carc="18", about="c-1", claims=(GIVEN,))).standing is Standing.UNKNOWN


@pytest.mark.parametrize(("weeks", "pull"), [(8, Pull.AGAINST), (12, Pull.FOR), (16, Pull.FOR)])
def test_an_interval_is_held_against_twelve_weeks(weeks, pull):
    request = ASKED.model_copy(update={"interval_weeks": weeks})
    found = only(denied(kind="quantity", about="r-1", requests=(request,), **WHOLE))
    assert found.grounds[0].pull is pull
    assert (found.standing is Standing.WEAK) == (pull is Pull.AGAINST)


def test_another_benefit_stands_by_the_diagnosis_and_asks_for_the_other_card():
    found = only(denied(kind="wrong-benefit", diagnoses=(MYALGIA,)))
    assert found.standing is Standing.ARGUABLE
    assert "dental" in says(found, Pull.OPEN)
    assert only(denied(kind="wrong-benefit")).standing is Standing.UNKNOWN


def test_coding_is_mended_and_warns_that_the_record_decides():
    found = only(denied(kind="coding", about="c-1", claims=(GIVEN,)))
    assert found.standing is Standing.MENDABLE
    assert found.ways[0].route is Route.CORRECTED_CLAIM
    assert any("never to what a policy would pay" in text for text in found.barred)
    request = only(denied(kind="missing-information", about="r-1", requests=(ASKED,)))
    assert request.ways[0].route is Route.SEND_INFORMATION


# Warnings


@pytest.mark.parametrize("code", ["G24.4", "G43.709", "G51.4", "M79.11"])
def test_a_diagnosis_without_a_record_is_warned_of(code):
    result = denied(kind="experimental", diagnoses=(Diagnosis(id="dx-9", code=code),))
    (warning,) = result.warnings
    assert warning.records == ("dx-9",)
    assert ("false claim" in warning.says) == (not code.startswith("M"))


def test_a_code_on_the_claim_that_the_case_does_not_have_is_warned_of():
    claim = GIVEN.model_copy(update={"diagnosis_codes": ("M79.11", "G24.4")})
    result = denied(kind="experimental", about="c-1", claims=(claim,), diagnoses=(MYALGIA,))
    (warning,) = result.warnings
    assert warning.records == ("c-1",)
    assert "G24.4" in warning.says
    assert "M79.11" not in warning.says


def test_a_supported_diagnosis_raises_no_warning():
    assert denied(kind="experimental", diagnoses=(MYALGIA,)).warnings == ()


# Stances of payers


@pytest.mark.parametrize(
    ("payer", "told"),
    [
        ("Aetna Better Health", "D-AETNA-0113"),
        ("United Healthcare", "D-UHC-BOTULINUM"),
        ("Blue Cross Blue Shield of Mississippi", "BCBS-MS-BOTOX"),
        ("Acme", None),
    ],
)
def test_what_is_on_record_of_the_payer_is_told_with_its_limits(payer, told):
    case = Case(coverages=(Coverage(payer=payer, funding="individual", state="MS"),))
    denial = Determination(decision="denial", reasons=[Reason(kind="experimental")])
    found = only(triage(case, denial, TODAY))
    stances = {
        name for name in found.used if knowledge.fact(name).stance and name.startswith(("D-", "B"))
    }
    if told is None:
        assert not stances
    else:
        assert told in stances
        assert "get the current text" in says(found, Pull.OPEN)
