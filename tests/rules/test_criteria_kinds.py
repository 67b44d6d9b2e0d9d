"""Each kind of test of a policy, with whole and partial dates."""

import pytest
from criteria_cases import NOTED, SAID, TODAY, judged, policy

from tmjkit.case import Case
from tmjkit.rules.criteria import assess


def one(list_name, record, sources=NOTED, **lists):
    made = {"id": "r-1", "sources": sources} | record
    if list_name in {"documents", "requests"}:
        del made["sources"]
    return Case.model_validate({list_name: [made]} | lists)


MYALGIA = {"test": "diagnosis", "dc_tmd": ["myalgia"], "codes": ["M79.1"]}


@pytest.mark.parametrize(
    ("diagnosis", "mark"),
    [
        ({"code": "M79.11"}, "met"),
        ({"dc_tmd": "myalgia"}, "met"),
        ({"code": "M26.62", "dc_tmd": "arthralgia"}, "unmet"),
        # A code that does not fit, and no DC/TMD name, which alone would be enough.
        ({"code": "M26.62"}, "undocumented"),
        ({"text": "Jaw muscle pain"}, "undocumented"),
        ({"code": "M79.11", "abatement": "2026-10"}, "undocumented"),  # over: none is left
        ({"code": "M79.11", "abatement": "2026"}, "met"),  # it may go on to the end of the year
        ({"code": "M79.11", "purpose": "other"}, "undocumented"),
    ],
)
def test_diagnosis(diagnosis, mark):
    found = judged(one("diagnoses", diagnosis), MYALGIA)
    assert (found.rule, found.mark) == ("criteria.diagnosis", mark)


def test_no_diagnosis_is_proposed_to_fit_a_policy():
    for given in ({"code": "M26.62", "dc_tmd": "arthralgia"}, {"text": "Jaw pain"}):
        found = judged(one("diagnoses", given), MYALGIA)
        said = " ".join([found.why, *(need.text + need.where for need in found.needs)])
        assert "never chosen to fit a policy" in said
        assert "M79" not in said
        assert "myalgia" not in said.lower()


SPECIALIST = {"test": "specialist", "words": ["orofacial pain", "neurology"]}


@pytest.mark.parametrize(
    ("provider", "mark"),
    [
        ({"specialty": "Orofacial Pain", "role": "prescribing"}, "met"),
        ({"specialty": "General dentistry", "qualification": "Diplomate, orofacial pain"}, "met"),
        ({"specialty": "General dentistry"}, "unmet"),
        ({}, "undocumented"),
        ({"specialty": "Orofacial pain", "role": "referring"}, "undocumented"),
    ],
)
def test_specialist(provider, mark):
    found = judged(one("providers", {"name": "Ada Example"} | provider), SPECIALIST)
    assert (found.rule, found.mark) == ("criteria.specialist", mark)


def test_the_specialty_of_who_asks_decides():
    case = Case.model_validate(
        {
            "providers": [
                {"id": "p-1", "name": "Ada Example", "specialty": "Orofacial pain"},
                {"id": "p-2", "name": "Bo Example", "specialty": "General dentistry"},
            ],
            "requests": [{"id": "q-1", "provider_id": "p-2"}],
        }
    )
    assert judged(case, SPECIALIST).mark == "unmet"


PAIN = {
    "test": "measurement",
    "instrument": "nrs-pain",
    "comparator": "at-least",
    "threshold": 4,
    "within_days": 90,
}


def nrs(value=6, **fields):
    return {"instrument": "nrs-pain", "value": value, "date": "2026-10-01"} | fields


@pytest.mark.parametrize(
    ("value", "asked", "mark"),
    [
        (nrs(4), {}, "met"),
        (nrs(3.9), {}, "unmet"),  # unrounded
        (nrs(4), {"comparator": "above"}, "unmet"),
        (nrs(4), {"comparator": "at-most"}, "met"),
        (nrs(4), {"comparator": "below"}, "unmet"),
        # 90 days before November 23 is August 25.
        (nrs(date="2026-08-25"), {}, "met"),
        (nrs(date="2026-08-24"), {}, "unmet"),
        (nrs(date="2026-08"), {}, "undocumented"),
        (nrs(date=None), {}, "undocumented"),
        (nrs(2, date=None), {}, "unmet"),  # too low whenever it was
        (nrs(sources=SAID), {}, "undocumented"),
        (nrs(purpose="other"), {}, "undocumented"),
        (nrs(date="2026-12-24"), {}, "undocumented"),  # a day to come shows nothing
        (nrs(), {"instrument": "jfls-8"}, "undocumented"),
        (nrs(2), {"comparator": None, "threshold": None}, "met"),
    ],
)
def test_measurement(value, asked, mark):
    found = judged(one("measurements", value), PAIN | asked)
    assert (found.rule, found.mark) == ("criteria.measurement", mark)


@pytest.mark.parametrize(
    ("version", "mark"), [("2.0", "met"), ("1.0", "undocumented"), ("", "undocumented")]
)
def test_versions_of_the_gcps_are_never_mixed(version, mark):
    asked = {
        "test": "measurement",
        "instrument": "gcps-grade",
        "version": "2.0",
        "comparator": "at-least",
        "threshold": 2,
    }
    given = {"instrument": "gcps-grade", "value": 3, "version": version, "date": "2026-10-01"}
    found = judged(one("measurements", given), asked)
    assert found.mark == mark
    assert bool(found.records) == (version != "1.0")
    if not version:
        assert "the version of the questionnaire" in found.needs[0].text


def test_the_latest_value_decides_unless_any_will_do():
    case = Case.model_validate(
        {
            "measurements": [
                nrs(7, id="m-1", date="2026-09-01", sources=NOTED),
                nrs(2, id="m-2", date="2026-10-01", sources=NOTED),
            ]
        }
    )
    assert judged(case, PAIN).mark == "unmet"
    assert judged(case, PAIN | {"which": "any"}).mark == "met"


def test_where_two_values_can_be_the_latest_their_days_are_asked_for():
    case = Case.model_validate(
        {
            "measurements": [
                nrs(7, id="m-1", date="2026-10", sources=NOTED),
                nrs(2, id="m-2", date="2026-10-15", sources=NOTED),
            ]
        }
    )
    found = judged(case, PAIN)
    assert found.mark == "undocumented"
    assert set(found.records) == {"m-1", "m-2"}
    assert "which of these values is the latest" in found.needs[0].text


BOTOX = {"test": "dose", "products": ["onabotulinumtoxinA"], "max_units": 100}
J0585 = [{"code": "J0585", "units": 70}]


def dose(side, units, muscle="masseter"):
    return {"muscle": muscle, "side": side, "units": units}


@pytest.mark.parametrize(
    ("request_", "asked", "mark"),
    [
        ({"lines": J0585, "doses": [dose("both", 100)]}, {}, "met"),
        ({"lines": J0585, "doses": [dose("both", 100.5)]}, {}, "unmet"),
        ({"lines": J0585}, {}, "undocumented"),
        ({"doses": [dose("both", 40)]}, {}, "undocumented"),  # units of which product?
        ({"lines": [{"code": "J0586"}], "doses": [dose("both", 40)]}, {}, "unmet"),
        ({"lines": [{"code": "J0586"}, *J0585], "doses": [dose("left", 4)]}, {}, "undocumented"),
        # For both sides half of the units go into each muscle.
        (
            {"lines": J0585, "doses": [dose("both", 50)]},
            {"max_units": None, "max_units_per_muscle": 25},
            "met",
        ),
        (
            {"lines": J0585, "doses": [dose("both", 50), dose("left", 1)]},
            {"max_units": None, "max_units_per_muscle": 25},
            "unmet",
        ),
        (
            {"lines": J0585, "doses": [dose("left", 25), dose("left", 25, "temporalis")]},
            {"max_units_per_muscle": 25},
            "met",
        ),
    ],
)
def test_dose(request_, asked, mark):
    found = judged(one("requests", request_), BOTOX | asked)
    assert (found.rule, found.mark) == ("criteria.dose", mark)


def test_without_a_request_the_dose_is_open():
    assert judged(Case(), BOTOX).mark == "undocumented"


def test_the_request_in_preparation_is_the_one_that_is_judged():
    case = Case.model_validate(
        {
            "requests": [
                {"id": "q-1", "lines": J0585, "doses": [dose("left", 500)], "sent": "2026-11-01"},
                {"id": "q-2", "lines": J0585, "doses": [dose("left", 50)]},
            ]
        }
    )
    assert judged(case, BOTOX).records == ("q-2",)


def sessions(*given, **lists):
    made = [
        {"id": f"s-{place}", "product": "onabotulinumtoxinA", "sources": NOTED} | fields
        for place, fields in enumerate(given, 1)
    ]
    return Case.model_validate({"sessions": made} | lists)


EVERY_12 = [{"id": "q-1", "interval_weeks": 12}]


@pytest.mark.parametrize(
    ("days", "requests", "mark"),
    [
        (["2026-08-31"], [], "met"),  # 84 days
        (["2026-09-01"], [], "unmet"),
        (["2026-08"], [], "met"),
        (["2026-09"], [], "unmet"),
        (["2026"], [], "undocumented"),
        ([None], [], "undocumented"),
        (["2026-01-05", "2026-09-01"], [], "unmet"),
        (["2026-12-24"], EVERY_12, "met"),  # planned: none has been
        ([], EVERY_12, "met"),
        ([], [], "undocumented"),
        (["2026-01-05"], EVERY_12, "met"),
        (["2026-01-05"], [{"id": "q-1", "interval_weeks": 11}], "unmet"),
    ],
)
def test_interval(days, requests, mark):
    case = sessions(*({"date": day} for day in days), requests=requests)
    found = judged(case, {"test": "interval", "weeks": 12})
    assert (found.rule, found.mark) == ("criteria.interval", mark)


def test_an_interval_that_is_not_over_tells_the_day_on_which_it_is():
    found = judged(sessions({"date": "2026-09-01"}), {"test": "interval", "weeks": 12})
    assert "12 weeks are over on November 24, 2026" in found.why


@pytest.mark.parametrize(
    ("days", "within", "mark"),
    [
        ([], 12, "met"),
        (["2026-01-05", "2026-05-05"], 12, "met"),
        (["2026-01-05", "2026-05-05", "2026-08-05"], 12, "unmet"),
        (["2025-11-22", "2026-05-05", "2026-08-05"], 12, "met"),
        (["2025-11", "2026-05-05", "2026-08-05"], 12, "undocumented"),
        ([None, "2026-05-05", "2026-08-05"], 12, "undocumented"),
        (["2020", None, "2026-08-05"], None, "unmet"),
    ],
)
def test_sessions_limit(days, within, mark):
    case = sessions(*({"date": day} for day in days))
    asked = {"test": "sessions-limit", "at_most": 3, "within_months": within}
    found = judged(case, asked)
    assert (found.rule, found.mark) == ("criteria.sessions-limit", mark)


HELPED = {"test": "response", "relief_percent": 30, "duration_weeks": 8}


def did(relief=None, weeks=None, day="2026-05-05", **fields):
    return {"date": day, "relief_percent": relief, "duration_weeks": weeks} | fields


@pytest.mark.parametrize(
    ("given", "asked", "mark"),
    [
        ([did(30, 8)], {}, "met"),
        ([did(29, 8)], {}, "unmet"),
        ([did(30, "7.9")], {}, "unmet"),
        ([did(29, 8)], {"either": True}, "met"),
        ([did(None, 8)], {}, "undocumented"),
        ([did(None, 8)], {"either": True}, "met"),
        ([did(response="none")], {}, "unmet"),
        ([did(response="good")], {}, "undocumented"),  # good is no number
        ([did(60, 12, sources=SAID)], {}, "undocumented"),
        ([], {}, "undocumented"),
        ([did(60, 12, "2026-01-05"), did(10, 2)], {}, "unmet"),
        ([did(60, 12, "2026-01-05"), did(10, 2)], {"which": "any"}, "met"),
        ([did(60, 12, "2026-01-05"), did(10, 2)], {"which": "each"}, "unmet"),
        ([did(60, 12, "2026-01-05"), did(60, None)], {"which": "each"}, "undocumented"),
        ([did(60, 12, "2026"), did(10, 2)], {}, "undocumented"),  # which was the last?
        ([did(60, 12, None), did(60, 12)], {}, "met"),
    ],
)
def test_response(given, asked, mark):
    found = judged(sessions(*given), HELPED | asked)
    assert (found.rule, found.mark) == ("criteria.response", mark)


def test_what_a_session_did_is_asked_for_without_a_number_to_hope_for():
    for case in (sessions(did()), Case()):
        (need,) = judged(case, HELPED).needs
        assert "the relief in percent and how many weeks it lasted" in need.text
        assert "30" not in need.text


STOP = {"test": "stop-rule", "failures": 2, "relief_percent": 30}


@pytest.mark.parametrize(
    ("given", "mark"),
    [
        ([], "met"),
        ([did(10)], "met"),
        ([did(10, day="2026-01-05"), did(20)], "unmet"),
        ([did(10, day="2026-01-05"), did(50)], "met"),
        ([did(10, day="2026-01-05"), did()], "undocumented"),
        ([did(10, day="2026-01-05"), did(response="worse")], "unmet"),
        ([did(10, day="2025-01-05"), did(60, day="2025-06-05"), did(10)], "met"),
        ([did(10, day="2024-01-05"), did(20, day="2024-06-05"), did(60)], "unmet"),
        # Two of three failed; whether they follow on each other is open.
        ([did(10, day="2026"), did(60, day="2026-03-01"), did(10)], "undocumented"),
        ([did(10, day=None), did(20)], "unmet"),
        ([did(60, day=None), did(20)], "met"),
        ([did(10, day="2026-01-05"), did(60, sources=SAID)], "undocumented"),
    ],
)
def test_stop_rule(given, mark):
    """LCD L34635 as reported: no more after two sessions in a row that failed (D-CRIT-4)."""
    found = judged(sessions(*given), STOP)
    assert (found.rule, found.mark) == ("criteria.stop-rule", mark)


def paper(kind="imaging", **fields):
    return {"name": "Scan", "kind": kind, "size": 1, "sha256": "0" * 64} | fields


@pytest.mark.parametrize(
    ("document", "within", "mark"),
    [
        (paper(), None, "met"),
        (paper("card"), None, "undocumented"),
        (paper(date="2026-05-23"), 6, "met"),
        (paper(date="2026-05-22"), 6, "undocumented"),  # too old: a newer one may be got
        (paper(date="2026-05"), 6, "undocumented"),
        (paper(), 6, "undocumented"),
    ],
)
def test_document(document, within, mark):
    asked = {"test": "document", "kinds": ["imaging"], "within_months": within}
    found = judged(one("documents", document), asked)
    assert (found.rule, found.mark) == ("criteria.document", mark)


SYMPTOMS = {"test": "duration-of-symptoms", "duration": {"months": 3}}


@pytest.mark.parametrize(
    ("symptom", "mark"),
    [
        ({"onset": "2026-08-24"}, "met"),
        ({"onset": "2026-08-25"}, "unmet"),
        ({"onset": "2026-08"}, "undocumented"),
        ({"onset": "2026-07"}, "met"),
        ({}, "undocumented"),
        ({"onset": "2020", "abatement": "2020-02"}, "unmet"),
        ({"onset": "2020", "abatement": "2020-05"}, "undocumented"),
        ({"onset": "2026-01-05", "abatement": "2026-02-05"}, "unmet"),
        ({"onset": "2020", "sources": SAID}, "undocumented"),
    ],
)
def test_duration_of_symptoms(symptom, mark):
    found = judged(one("symptoms", {"text": "Jaw pain"} | symptom), SYMPTOMS)
    assert (found.rule, found.mark) == ("criteria.duration-of-symptoms", mark)


@pytest.mark.parametrize(
    ("born", "asked", "mark"),
    [
        ("2008-11-23", {"at_least": 18}, "met"),
        ("2008-11-24", {"at_least": 18}, "unmet"),
        ("2008-11", {"at_least": 18}, "undocumented"),
        ("2008", {"at_least": 17}, "met"),
        ("1941-11-24", {"at_most": 84}, "met"),
        ("1941-11-23", {"at_most": 84}, "unmet"),
        (None, {"at_least": 18}, "undocumented"),
    ],
)
def test_age(born, asked, mark):
    case = Case.model_validate({"patient": {"birth_date": born}})
    found = judged(case, {"test": "age"} | asked)
    assert (found.rule, found.mark) == ("criteria.age", mark)


ATTESTED = {
    "test": "attestation",
    "name": "no-infection",
    "what": "There is no infection where the needle goes in.",
}


def test_attestation_is_open_until_someone_says_which_document_states_it():
    note = paper("clinical-note", note="No infection where the needle goes in.")
    found = judged(one("documents", note), ATTESTED)
    assert (found.rule, found.mark) == ("criteria.attestation", "undocumented")
    assert "'no-infection'" in found.needs[0].where
    marked = judged(one("documents", note | {"attests": ["no-infection"]}), ATTESTED)
    assert (marked.mark, marked.records) == ("met", ("r-1",))
    other = judged(one("documents", note | {"attests": ["no-pregnancy"]}), ATTESTED)
    assert other.mark == "undocumented"


def test_rule_ids_of_treatment():
    for kind, rule in (
        ("treatment-failed", "criteria.treatment-failed"),
        ("treatment-tried", "criteria.treatment-tried"),
    ):
        assert judged(Case(), {"test": kind, "kinds": ["nsaid"]}).rule == rule


def test_titles_say_what_is_asked():
    criteria = [
        MYALGIA,
        SPECIALIST,
        PAIN,
        BOTOX | {"max_units_per_muscle": 25},
        {"test": "interval", "weeks": 12},
        {"test": "sessions-limit", "at_most": 3, "within_months": 12},
        HELPED | {"either": True},
        STOP,
        {"test": "document", "kinds": ["imaging", "clinical-note"], "within_months": 6},
        SYMPTOMS,
        {"test": "age", "at_least": 18, "at_most": 64},
        ATTESTED,
        {
            "test": "treatment-failed",
            "kinds": ["nsaid", "cbt", "splint"],
            "how_many": 2,
            "duration": {"weeks": 6},
            "sessions": 4,
            "within_months": 12,
            "supervised": True,
        },
        {"test": "treatment-tried", "kinds": ["cbt"], "title": "Coping"},
    ]
    found = assess(Case(), policy({"all_of": criteria}), TODAY, knowledge={})
    assert [test.title for test in found.criteria.tests] == [
        "Diagnosis: myalgia or M79.1",
        "Specialty of the prescribing and injecting clinician or treating clinician: "
        "orofacial pain or neurology",
        "Pain, numeric rating scale: at least 4, not older than 90 days",
        "Product and dose: OnabotulinumtoxinA (Botox), at most 100 units in a session, "
        "at most 25 units in one muscle",
        "At least 12 weeks between sessions",
        "At most 3 sessions in 12 months",
        "The last session brought at least 30% relief or an effect of at least 8 weeks",
        "Not 2 sessions in a row with less than 30% relief",
        "Paper: imaging report or clinical note, not older than 6 months",
        "Symptoms for at least 3 months",
        "Age: at least 18 and at most 64",
        "The clinician states: There is no infection where the needle goes in.",
        "Failed treatment by 2 different kinds of supervised NSAID, cognitive behavioral "
        "therapy or oral splint, for at least 6 weeks, in at least 4 sessions, "
        "within the last 12 months",
        "Coping",
    ]


def answered(form, answers, **fields):
    return {"id": "f-1", "form": form, "answers": answers, "sources": NOTED} | fields


JFLS = {"test": "measurement", "instrument": "jfls-8", "comparator": "at-least", "threshold": 3.5}


@pytest.mark.parametrize(
    ("answers", "mark"),
    [
        (["4", "4", "4", "4", "3", "3", "3", "3"], "met"),  # mean 3.5
        (["4", "4", "4", "4", "3", "3", "3", "2"], "unmet"),  # mean 3.375, not rounded
        (["4", "4", "4", "4", "3", "3", "-", "-"], "met"),  # two may be missing: 22 of 6
        (["9", "9", "9", "9", "9", "-", "-", "-"], "undocumented"),  # three may not
    ],
)
def test_answers_count_by_the_forms_own_rule(answers, mark):
    """E-JFLS: the mean of the answered items, at most two of the eight missing."""
    case = Case.model_validate({"questionnaires": [answered("jfls-8", answers)]})
    assert judged(case, JFLS).mark == mark


def test_answers_of_one_version_give_no_value_of_the_other():
    # GCPS 2.0 with intensity 70, 6 disability days and interference 70: six points, grade IV.
    given = answered("gcps-2", ["90", "7", "7", "7", "6", "7", "7", "7"], date="2026-10-01")
    case = Case.model_validate({"questionnaires": [given]})
    asked = {
        "test": "measurement",
        "instrument": "gcps-grade",
        "comparator": "at-least",
        "threshold": 4,
    }
    assert judged(case, asked | {"version": "2.0"}).mark == "met"
    assert judged(case, asked | {"version": "1.0"}).mark == "undocumented"
    intensity = asked | {"instrument": "gcps-cpi", "threshold": 70.5, "version": "2.0"}
    assert judged(case, intensity).mark == "unmet"


def test_a_score_and_its_answers_of_one_day_are_one_value():
    score = {"id": "m-1", "instrument": "jfls-8", "value": 3.5, "date": "2026-10-01"}
    given = answered("jfls-8", ["4", "4", "4", "4", "3", "3", "3", "3"], date="2026-10-01")
    both = Case.model_validate({"measurements": [score], "questionnaires": [given]})
    found = judged(both, JFLS)
    assert (found.mark, found.records) == ("met", ("f-1",))
    differ = Case.model_validate(
        {"measurements": [score | {"value": 1, "sources": NOTED}], "questionnaires": [given]}
    )
    assert judged(differ, JFLS).mark == "undocumented"
