"""What holds of all coding rules together: they say what does not fit and never what to choose."""

import ast
import re
from datetime import date
from pathlib import Path

import pytest
from coding_cases import BY_CLINICIAN, claim, cover, diagnosis, dose, line, request, session
from hypothesis import given, settings
from hypothesis import strategies as st

from tmjkit import examples, knowledge
from tmjkit.case import HCPCS, Case, Determination, Muscle, PartialDate, PatientSource, ToxinProduct
from tmjkit.knowledge import CodeSystem
from tmjkit.rules.catalog import catalog
from tmjkit.rules.coding import coding_findings

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 23)
KNOWN = knowledge.facts()
RULES = {name: rule for name, rule in catalog().items() if rule.area == "coding"}

ICD = ["M79.11", "M26.6", "M26.609", "M26.621", "M79.1", "M79.19", "M79.7", "R68.84", "G47.63"]
ICD += ["F45.8", "G24.4", "G24.01", "G43.709", "G43.009", "G51.0", "G44.1", "R51.9", "M27.8"]
CODES = ["J0585", "J0586", "J0588", "64612", "64615", "64616", "64642", "64999", "20552", "20553"]
CODES += ["20605", "95873", "95874", "96372", "D7880", "D7899", "D9613"]
NDCS = [None, "0023-9232-01", "0023-1145-01", "72960-112-01", "12345-678-90", "0023-114-01"]
MARKS = [(), ("JW",), ("JZ",), ("50",), ("RT",), ("LT",), ("RT", "LT"), ("JW", "JZ")]
DAYS = ["2026-03-02", "2026-03-30", "2026-05", "2026", "2026-10-05", None]

units = st.sampled_from(["0.5", "1", "2", "60", "70", "450"])
lines = st.builds(
    lambda code, number, marks, ndc, day: line(code, number, *marks, ndc=ndc, date=day),
    *map(st.sampled_from, (CODES, ["0.5", "1", "2", "60", "70"], MARKS, NDCS, DAYS)),
)  # fmt: skip
doses = st.builds(
    dose,
    units,
    st.sampled_from(list(Muscle)),
    st.sampled_from(["left", "right", "both"]),
    st.sampled_from(["", "Frontalis", "Trapezius", "Something"]),
)
sessions = st.builds(
    lambda day, given, **rest: session(day, *given, id="s", **rest),
    st.sampled_from(DAYS),
    st.lists(doses, max_size=3),
    product=st.sampled_from(list(ToxinProduct)),
    purpose=st.sampled_from(["jaw", "other", "unknown"]),
    guidance=st.sampled_from([None, "none", "emg", "stimulation"]),
    ndc=st.sampled_from(NDCS),
    vials=st.sampled_from([None, 1, 2]),
    vial_units=st.sampled_from([None, 100, 200]),
    units_wasted=st.sampled_from([None, 0, 30]),
    interval_weeks=st.sampled_from([None, 4, 12]),
)
codes = st.lists(st.sampled_from(ICD), max_size=4, unique=True).map(tuple)


@st.composite
def cases(draw):
    """Draw a case with anything in it that a coding rule looks at."""
    given_ = [
        item.model_copy(update={"id": f"s-{number}"})
        for number, item in enumerate(draw(st.lists(sessions, max_size=4)))
    ]
    named = draw(codes)
    sources = draw(st.sampled_from([(), BY_CLINICIAN, (PatientSource(),)]))
    return Case(
        coverages=(cover(draw(st.sampled_from([None, "original-medicare", "insured-group"])),
                         draw(st.sampled_from([None, "medical", "dental"]))),),
        diagnoses=tuple(diagnosis(code, sources=sources, side="left") for code in named),
        sessions=tuple(given_),
        requests=(request(*draw(st.lists(lines, max_size=4)), codes=draw(codes),
                          doses=tuple(draw(st.lists(doses, max_size=4))),
                          interval_weeks=draw(st.sampled_from([None, 8, 12]))),),
        claims=(claim(*draw(st.lists(lines, max_size=5)), codes=draw(codes),
                      day=draw(st.sampled_from(DAYS))),),
        determinations=(Determination(
            id="d-1", decision="denial", notice_date="2026-11-02",
            reasons=({"carc": draw(st.sampled_from(["CO-15", "16", "PR-96", "50"]))},)),),
    )  # fmt: skip


def said(case, today=TODAY):
    return tuple(coding_findings(case, today, KNOWN))


NAMED = re.compile(r"\b(?:[A-TV-Z][0-9][0-9AB](?:\.[0-9A-Z]{1,4})?|[0-9]{5}|[A-V][0-9]{4})\b")
NDC = re.compile(r"\b[0-9]{4,5}-[0-9]{3,4}-?[0-9]{0,2}\b|\b[0-9]{10,11}\b")


def named(text):
    return set(NAMED.findall(NDC.sub("", text)))


def own_codes(case):
    """Return every code that stands in the case, and the codes of the products it used."""
    bills = (*case.requests, *case.claims)
    return {
        *(item.code for bill in bills for item in bill.lines),
        *(code for bill in bills for code in bill.diagnosis_codes),
        *(item.code for item in case.diagnoses if item.code),
        *(HCPCS[item.product] for item in case.sessions if item.product in HCPCS),
    }


ADVICE = re.compile(
    r"\b(?:use|choose|pick|try|prefer|write|put|report|submit|switch to|"
    r"change (?:it |this )?to|replace \w+ (?:by|with)|(?:re)?bill (?:it |this )?(?:as|under|with)|"
    r"code (?:it|this) as|needs? to be)\s+(?:the code\s+|code\s+)?(?:[A-TV-Z][0-9]|[0-9]{4})"
    r"|\binstead\b|\b(?:get|gets|getting|be|is|are) paid\b|\bto be covered\b|\bwould be covered\b"
    r"|\b(?:better|best|right|correct|covered|payable) (?:diagnosis|code)\b",
    re.IGNORECASE,
)


@settings(max_examples=300, deadline=None)
@given(cases())
def test_no_finding_ever_advises_a_diagnosis_or_a_code(case):
    own = own_codes(case)
    for item in said(case):
        text = f"{item.what} | {item.why} | {item.where}"
        assert not ADVICE.search(text), text
        # What is wrong and what to do name only what the case already holds.
        assert named(item.what) <= own, text
        assert named(item.where) <= own, text
        # Why it matters may also name what the facts behind it name.
        known = {code for fact in item.facts for code in named(_whole(KNOWN[fact]))}
        assert named(item.why) <= own | known, text


def _whole(fact):
    codes = fact.code.codes if fact.code else ()
    return " ".join((fact.title, fact.statement, fact.note, *codes))


@settings(max_examples=150, deadline=None)
@given(cases())
def test_every_finding_names_its_rule_its_records_and_facts_that_hold(case):
    for item in said(case):
        rule = RULES[item.rule]
        assert set(item.facts) <= set(rule.facts), item.rule
        assert item.records
        for record in item.records:
            assert case.record(record)
        for text in (item.what, item.why, item.where):
            assert text == text.strip()
            assert "  " not in text
            assert "None" not in text
        assert item.why.endswith(".")
        assert item.where.endswith(".")
        assert not item.what.endswith(".")


@settings(max_examples=100, deadline=None)
@given(cases())
def test_the_same_case_always_gets_the_same_words(case):
    assert said(case) == said(Case.from_json(case.to_json()))


def test_every_rule_can_speak():
    """Between them the drawn cases set off nearly every rule; the tables of tests show the rest."""
    text = "".join(
        path.read_text() for path in (ROOT / "tests/rules").glob("test_coding_*.py")
        if path.name != Path(__file__).name
    )  # fmt: skip
    assert [rule for rule in RULES if f'"{rule}"' not in text] == []


def _words():
    """Yield every text that the coding rules, their catalog and the facts about codes hold."""
    for path in sorted((ROOT / "tmjkit/rules/coding").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield path.name, node.value
    for rule in RULES.values():
        yield rule.id, rule.says
    for fact in KNOWN.values():
        if fact.code and fact.code.system is not CodeSystem.CARC:
            yield fact.id, f"{fact.statement} {fact.note} {fact.code.needs}"


def test_no_text_of_the_coding_rules_advises_a_diagnosis_or_a_code():
    wrong = [(where, text) for where, text in _words() if ADVICE.search(text)]
    assert wrong == []


@pytest.mark.parametrize(
    "text",
    ["Use G43.709 here", "bill it as 64615", "M79.11 instead", "so that it will be paid",
     "the better code", "switch to J0588"],
)  # fmt: skip
def test_such_advice_would_be_found(text):
    assert ADVICE.search(text)


@pytest.mark.parametrize("name", examples.names())
def test_the_example_cases_are_coded_without_a_fault(name):
    faults = [item for item in said(examples.load(name).case) if item.severity.value != "note"]
    assert faults == []


@pytest.mark.parametrize("day", DAYS[:3])
@pytest.mark.parametrize("text", ["", "x" * 400, "<b>&", "\u202e"])
def test_no_free_text_of_the_case_reaches_a_finding(text, day):
    marked = f"SECRET {text}".strip()
    given_ = session(day, dose(70, "other", name="Temporalis"), note=marked, response_text=marked)
    case = Case(
        coverages=(cover(),),
        diagnoses=(diagnosis("M79.1", text="SECRET"),),
        sessions=(given_,),
        claims=(claim(line("J0585", 75, description="SECRET"), codes=("M79.1",), day=day,
                      reference="SECRET"),),
        requests=(request(line("64612"), service="SECRET", codes=("M79.1",)),),
    )  # fmt: skip
    assert PartialDate.parse(day)
    findings = said(case)
    assert findings
    assert not any("SECRET" in f"{item.what}{item.why}{item.where}" for item in findings)
