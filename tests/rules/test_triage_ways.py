"""Which route is open follows from the law, the level and the class."""

from datetime import date

import pytest

from tmjkit.case import (
    Address,
    Appeal,
    Case,
    Coverage,
    Determination,
    Funding,
    Patient,
    Reason,
    ReasonKind,
)
from tmjkit.knowledge import cites_erisa, fact
from tmjkit.letters import kinds
from tmjkit.rules.triage import Opening, Route, triage

TODAY = date(2026, 11, 24)


def found(kind, funding="self-funded-erisa", *, denial=None, patient=None, **cover):
    coverage = Coverage(payer="Acme", funding=funding, **cover)
    one = Determination(
        decision="denial",
        reasons=[Reason(kind=kind)] if kind else [],
        **(denial or {}),
    )
    case = Case(
        coverages=(coverage,), determinations=(one,), **({"patient": patient} if patient else {})
    )
    return triage(case, one, TODAY)


def way(route, *args, **fields):
    (one,) = found(*args, **fields).classes
    return next((item for item in one.ways if item.route is route), None)


MEDICAL = {"experimental", "not-medically-necessary"}


@pytest.mark.parametrize("kind", [kind.value for kind in ReasonKind])
@pytest.mark.parametrize(
    "funding", ["self-funded-erisa", "insured-group", "individual", "state-local-government"]
)
def test_outside_review_reaches_medical_judgment_and_not_the_plain_contract(kind, funding):
    """45 CFR 147.136(d)(1)(i): medical judgment yes, eligibility no."""
    outside = way(Route.EXTERNAL, kind, funding, state="OH")
    expected = Opening.LATER if kind in MEDICAL else Opening.ASK
    if kind in ("excluded", "eligibility", "coding", "missing-information"):
        expected = Opening.DOUBTFUL
    if kind in ("timeliness", "duplicate"):
        expected = Opening.DOUBTFUL
    assert outside.opening is expected
    assert "A-EXT-SCOPE" in outside.facts


def test_an_exclusion_is_read_for_an_exception_before_outside_review_is_given_up():
    outside = way(Route.EXTERNAL, "excluded", "insured-group", state="CA")
    assert "exception that calls for a medical judgment" in outside.says
    assert {"A-EXT-MEDJ", "A-CA-COVDEC"} <= set(outside.facts)


@pytest.mark.parametrize("funding", ["self-funded-erisa", "individual"])
def test_a_grandfathered_plan_has_no_outside_review_for_this(funding):
    outside = way(Route.EXTERNAL, "experimental", funding, grandfathered=True)
    assert outside.opening is Opening.CLOSED
    assert outside.facts == ("A-GRAND",)


def test_a_dental_plan_may_stand_outside():
    outside = way(Route.EXTERNAL, "experimental", "individual", benefit="dental")
    assert outside.opening is Opening.ASK
    assert outside.facts == ()


def test_in_california_an_experimental_denial_goes_to_review_at_once():
    assert "at once" in way(Route.EXTERNAL, "experimental", "insured-group", state="CA").says
    assert "at once" not in way(Route.EXTERNAL, "experimental", "insured-group", state="OH").says
    other = way(Route.EXTERNAL, "not-medically-necessary", "insured-group", state="CA")
    assert "at once" not in other.says


def test_in_new_york_an_experimental_denial_needs_the_certification():
    assert "A-NY-EXP" in way(Route.EXTERNAL, "experimental", "individual", state="NY").facts
    other = way(Route.EXTERNAL, "not-medically-necessary", "individual", state="NY")
    assert "A-NY-EXP" not in other.facts


FIRST = {
    "self-funded-erisa": (Route.INTERNAL, "A-INT-FILE"),
    "insured-group": (Route.INTERNAL, "A-INT-FILE"),
    "individual": (Route.INTERNAL, "A-INT-FILE-IND"),
    "state-local-government": (Route.INTERNAL, "A-INT-FILE-GOV"),
    "medicare-advantage": (Route.INTERNAL, "A-MA-FILE"),
    "part-d": (Route.INTERNAL, "A-PTD"),
    "original-medicare": (Route.INTERNAL, "A-OM"),
    "medicaid-managed-care": (Route.INTERNAL, "A-MCO-FILE"),
    "medicaid-ffs": (Route.FAIR_HEARING, "A-FFS"),
    "tricare": (Route.INTERNAL, "A-TRI"),
    "fehb": (Route.INTERNAL, "A-FEHB"),
}


@pytest.mark.parametrize("funding", FIRST)
def test_the_first_step_is_that_of_the_law(funding):
    route, name = FIRST[funding]
    first = way(route, "experimental", funding)
    assert first.opening is Opening.OPEN
    assert first.facts == (name,)


LATER = {
    "medicare-advantage": (Route.EXTERNAL, "A-MA-DEC"),
    "part-d": (Route.EXTERNAL, "A-PTD-DEC"),
    "original-medicare": (Route.EXTERNAL, "A-OM-QIC"),
    "medicaid-managed-care": (Route.FAIR_HEARING, "A-MCO-FH"),
    "tricare": (Route.EXTERNAL, "A-TRI-2"),
    "fehb": (Route.EXTERNAL, "A-FEHB-OPM"),
}


@pytest.mark.parametrize("funding", LATER)
def test_what_follows_the_first_step_is_that_of_the_law(funding):
    route, name = LATER[funding]
    later = way(route, "experimental", funding)
    assert later.opening is Opening.LATER
    assert name in later.facts
    after = way(route, "experimental", funding, denial={"level": "internal-1"})
    assert after.opening is Opening.OPEN


def test_unknown_funding_and_church_plans_are_asked_and_cite_nothing():
    for funding in (None, "church"):
        (one,) = found("experimental", funding).classes
        assert all(item.opening is Opening.ASK for item in one.ways)
        assert not any(item.facts for item in one.ways)


@pytest.mark.parametrize(
    ("funding", "levels", "expected"),
    [
        ("self-funded-erisa", 2, Opening.OPEN),
        ("self-funded-erisa", 1, Opening.CLOSED),
        ("self-funded-erisa", None, Opening.ASK),
        ("individual", None, Opening.CLOSED),
    ],
)
def test_a_second_appeal_is_open_where_the_plan_has_one(funding, levels, expected):
    level = {"level": "internal-1"}
    second = way(
        Route.SECOND_INTERNAL, "experimental", funding, internal_levels=levels, denial=level
    )
    assert second.opening is expected


@pytest.mark.parametrize("level", ["external", "fair-hearing", "court"])
def test_after_an_outside_decision_no_route_and_no_letter_is_offered(level):
    (one,) = found("experimental", denial={"level": level}).classes
    assert [item.opening for item in one.ways if item.route is Route.EXTERNAL] == [Opening.CLOSED]
    assert one.letter.kind == ""
    assert "lawyer" in one.letter.says


def test_only_the_employer_who_funds_the_plan_can_make_an_exception():
    assert way(Route.SPONSOR, "excluded").opening is Opening.ASK
    assert way(Route.SPONSOR, "excluded", "insured-group") is None


@pytest.mark.parametrize(
    ("funding", "name"),
    [("individual", "B-STEP"), ("medicare-advantage", "B-MA-STEP"), ("self-funded-erisa", None)],
)
def test_an_exception_from_steps_is_offered_where_a_rule_is_on_record(funding, name):
    step = way(Route.STEP_EXCEPTION, "step-therapy", funding)
    assert (step.facts if step else ()) == ((name,) if name else ())
    if step:
        assert "may not reach a medical policy" in step.says


LETTERS = [
    ("experimental", "self-funded-erisa", {}, "appeal"),
    ("experimental", "medicaid-ffs", {}, "fair-hearing"),
    ("experimental", "medicaid-managed-care", {}, "medicaid-appeal"),
    ("experimental", "medicare-advantage", {}, "reconsideration"),
    ("experimental", "part-d", {}, "appeal"),
    ("experimental", "medicare-advantage", {"level": "reconsideration"}, ""),
    ("experimental", "fehb", {"level": "reconsideration"}, ""),
    ("experimental", "church", {"level": "internal-1"}, ""),
    ("experimental", "medicaid-managed-care", {"level": "internal-1"}, "fair-hearing"),
    ("experimental", "insured-group", {"level": "internal-1"}, "external-review"),
    ("coding", "individual", {}, "corrected-claim"),
    ("duplicate", "individual", {}, "claim-inquiry"),
    ("no-prior-authorization", "individual", {}, "late-authorization"),
    ("wrong-benefit", "individual", {}, "other-benefit"),
    ("network", "individual", {}, "network-exception"),
    ("other", "individual", {}, "denial-reason"),
]


@pytest.mark.parametrize(("kind", "funding", "denial", "letter"), LETTERS)
def test_the_next_letter(kind, funding, denial, letter):
    (one,) = found(kind, funding, denial=denial).classes
    assert one.letter.kind == letter
    assert one.letter.says.endswith(".")


def test_the_first_appeal_has_the_name_of_the_letter_that_is_written():
    assert "appeal" in {kind.kind for kind in kinds()}


def test_a_second_appeal_is_a_letter_of_its_own():
    (one,) = found("experimental", internal_levels=2, denial={"level": "internal-1"}).classes
    assert one.letter.kind == "appeal-second"


# A reason that is not on record


RIGHTS = {
    "self-funded-erisa": ("F-DENIAL", "F-DENIAL-GRP"),
    "insured-group": ("F-DENIAL", "F-DENIAL-GRP"),
    "individual": ("F-DENIAL-IND",),
    "state-local-government": ("F-DENIAL-GRP",),
    "medicare-advantage": ("A-0057-REASON", "A-0057-DRUG"),
    "medicaid-managed-care": ("A-0057-REASON", "A-0057-DRUG"),
    "medicaid-ffs": ("A-0057-REASON", "A-0057-DRUG"),
    "church": (),
    "tricare": (),
    "fehb": (),
    None: (),
}


@pytest.mark.parametrize("funding", RIGHTS)
def test_a_missing_reason_is_asked_for_by_the_right_of_the_law(funding):
    result = found(None, funding)
    ask = result.asks[0]
    assert result.classes == ()
    assert "not on record" in ask.says
    assert ask.facts == RIGHTS[funding]
    assert cites_erisa(ask.says) == (funding in ("self-funded-erisa", "insured-group"))


def test_a_grandfathered_plan_keeps_only_the_right_that_binds_it():
    assert found(None, grandfathered=True).asks[0].facts == ("F-DENIAL",)
    assert found(None, "individual", grandfathered=True).asks[0].facts == ()


# State law


def laws(funding, state, **cover):
    return found("excluded", funding, state=state, **cover).state_law


@pytest.mark.parametrize(
    "funding",
    [
        "self-funded-erisa",
        "fehb",
        "tricare",
        "medicare-advantage",
        "part-d",
        "original-medicare",
        "medicaid-managed-care",
        "medicaid-ffs",
    ],
)
@pytest.mark.parametrize("state", ["LA", "WV", "NJ", None])
def test_state_law_never_helps_a_plan_that_it_does_not_reach(funding, state):
    (law,) = laws(funding, state)
    assert law.reaches is False
    assert not any(fact(name).mandate for name in law.facts)


STATES = [
    ("insured-group", "LA", {}, {"B-LA": None}),  # only where the group is large
    ("individual", "LA", {}, {"B-LA": False}),
    ("individual", "WV", {}, {"B-WV": True}),
    ("insured-group", "VT", {}, {"B-VT": True}),
    ("insured-group", "TX", {}, {"B-TX": True}),
    ("individual", "TX", {}, {"B-TX": False}),
    ("insured-group", "NV", {}, {"B-NV": True, "B-NV-INDIVIDUAL": False}),
    ("individual", "NV", {}, {"B-NV": False, "B-NV-INDIVIDUAL": True}),
    ("insured-group", "IL", {}, {"B-IL": None, "B-IL-INJURY": True}),
    ("individual", "WA", {}, {"B-WA": False}),
    ("insured-group", "AR", {}, {"B-AR": None}),
    ("insured-group", "TN", {}, {"B-TN": None}),
    ("insured-group", "NY", {}, {"B-NY": True}),
    ("state-local-government", "WI", {"insured": False}, {"B-WI": None}),
    ("state-local-government", "NC", {"insured": True}, {"B-NC": True}),
    ("state-local-government", "NC", {}, {"B-NC": None}),
    ("church", "NC", {"insured": True}, {"B-NC": True}),
]


@pytest.mark.parametrize(("funding", "state", "cover", "expected"), STATES)
def test_a_states_law_is_told_with_whether_it_reaches_the_plan(funding, state, cover, expected):
    told = {law.facts[0]: law.reaches for law in laws(funding, state, **cover)}
    assert told == expected


@pytest.mark.parametrize(
    ("funding", "cover"),
    [("state-local-government", {"insured": False}), ("church", {"insured": False})],
)
def test_no_insurer_no_state_law(funding, cover):
    (law,) = laws(funding, "NC", **cover)
    assert law.reaches is False


def test_a_church_plan_of_unknown_risk_and_a_missing_state_are_asked_for():
    assert "Insured" in laws("church", "NC")[0].says
    assert "state" in laws("insured-group", None)[0].says
    assert "funds" in laws(None, "NC")[0].says


def test_that_no_law_is_on_record_is_not_told_as_that_there_is_none():
    (law,) = laws("insured-group", "OH")
    assert law.reaches is None
    assert "says nothing" in law.says
    assert law.facts == ("B-OTHER-STATES",)


def test_what_the_law_leaves_open_and_how_surely_it_is_known_is_said():
    texas = laws("insured-group", "TX")[0].says
    assert "diagnosis and surgery" in texas
    assert "takes away the argument" not in texas
    vermont = laws("insured-group", "VT")[0].says
    assert "necessity and evidence are still to be shown" in vermont
    nevada = laws("individual", "NV")[1].says
    assert "not confirmed against any source" in nevada
    louisiana = laws("insured-group", "LA")[0].says
    assert "how large the group is" in louisiana


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("LA", "Where it reaches the plan, it takes away the argument"),
        ("NC", "Where it reaches the plan, it takes away the argument"),
        ("TX", "does not by itself take away an exclusion of an injection"),  # surgical wording
        ("CA", "does not by itself take away an exclusion of an injection"),
        ("MS", "does not by itself take away an exclusion of an injection"),  # offer, surgical
        ("AR", "Only where the policy took the offer up"),
        ("NY", "binds nobody as a statute does"),  # an opinion of the regulator
        ("NM", "open until its text is read"),
    ],
)
def test_a_law_is_said_to_do_no_more_to_an_exclusion_than_its_words_do(state, said):
    (law,) = laws("insured-group", state)
    assert said in law.says
    assert ("it takes away the argument" in law.says) == said.startswith("Where")


def test_a_law_on_other_care_does_not_undo_an_exclusion_of_this_one():
    injury = laws("insured-group", "IL")[1]
    assert injury.facts == ("B-IL-INJURY",)
    assert "does not take away an exclusion of this care" in injury.says


def test_a_law_of_a_later_day_does_not_reach_yet():
    coverage = Coverage(payer="Acme", funding="individual", state="IL")
    one = Determination(decision="denial", reasons=[Reason(kind="excluded")])
    told = triage(Case(coverages=(coverage,)), one, date(2025, 12, 31)).state_law
    assert {law.facts[0]: law.reaches for law in told}["B-IL-INJURY"] is False


@pytest.mark.parametrize(
    ("state", "cover", "helps"),
    [
        ("WV", {}, True),
        ("NC", {}, True),
        ("NY", {}, True),
        ("TX", {}, False),  # only diagnosis and surgery
        ("IL", {}, False),  # an offer, and a law on other care
        ("ND", {}, False),  # from memory
        ("OH", {}, False),
    ],
)
def test_an_exclusion_becomes_arguable_only_by_a_law_that_reaches_this_care(state, cover, helps):
    result = found("excluded", "insured-group", state=state, excludes_tmd=True, **cover)
    assert (result.classes[0].standing.value == "arguable") == helps


def test_the_policy_of_another_state_is_told_apart():
    patient = Patient(address=Address(state="TX"))
    told = found("excluded", "insured-group", state="OH", patient=patient).state_law
    assert told[-1].facts == ("B-SITUS",)
    assert "TX" in told[-1].says
    same = found("excluded", "insured-group", state="TX", patient=patient).state_law
    assert all(law.facts != ("B-SITUS",) for law in same)


def test_state_law_is_told_only_where_an_exclusion_is_in_question():
    assert found("coding", "insured-group", state="WV").state_law == ()


@pytest.mark.parametrize("funding", list(Funding))
def test_a_denial_of_an_appeal_is_read_through_to_its_coverage(funding):
    coverage = Coverage(id="cov-1", payer="Acme", funding=funding)
    first = Determination(id="d-1", decision="denial", coverage_id="cov-1")
    second = Determination(
        id="d-2",
        decision="denial",
        level="internal-1",
        about_id="a-1",
        reasons=[Reason(kind="experimental")],
    )
    case = Case(
        coverages=(coverage, Coverage(id="cov-2", payer="Other", rank=2)),
        determinations=(first, second),
        appeals=(Appeal(id="a-1", determination_id="d-1"),),
    )
    assert triage(case, second, TODAY).coverage_id == "cov-1"
