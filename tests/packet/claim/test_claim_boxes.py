"""Each box of the form says what the case records, or why it is empty."""

from itertools import pairwise

import claim_cases
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmjkit import examples
from tmjkit.packet.claim import cms1500, writing
from tmjkit.packet.claim.slots import BY_KEY, SIGNATURES, SLOTS, printed


def form_of(**changes):
    found = claim_cases.case(**changes)
    return cms1500(found.claims[0], found)


def values(**changes):
    return form_of(**changes).sheets[0].values


def problems(box, **changes):
    return [item for item in form_of(**changes).problems if item.box == box]


def test_a_whole_claim_is_ready():
    form = form_of()
    assert [item for item in form.problems if item.stops] == []
    assert form.ready


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("payer.1", "EXAMPLE MUTUAL"),
        ("payer.2", "PO BOX 1"),
        ("1.group", "X"),
        ("1a", "EX-0001"),
        ("2", "EXAMPLE-SAMPLE, ADA"),
        ("3.month", "05"),
        ("3.year", "1990"),
        ("3.female", "X"),
        ("4", "EXAMPLE-SAMPLE, ADA"),
        ("5.street", "12 SAMPLE ST APT 4"),
        ("5.zip", "43000-1234"),
        ("5.area", "614"),
        ("5.phone", "5550142"),
        ("6.self", "X"),
        ("10a.no", "X"),
        ("11", "EXW100"),
        ("11d.no", "X"),
        ("21.indicator", "0"),
        ("21.A", "M7911"),
        ("24.1.code", "J0585"),
        ("24.2.modifier1", "JW"),
        ("24.1.pointer", "A"),
        ("24.1.dollars", "630"),
        ("24.1.cents", "00"),
        ("24.1.units", "70"),
        ("24.1.from.year", "26"),
        ("24.1.npi", "1000000004"),
        ("25", "000000001"),
        ("25.ein", "X"),
        ("27.yes", "X"),
        ("28.dollars", "1300"),
        ("33.1", "JORDAN SAMPLE DDS"),
        ("33a", "1000000004"),
    ],
)
def test_a_place_holds_what_the_case_records(key, value):
    assert values()[key] == value


def test_a_drug_line_has_ndc_unit_and_the_part_of_the_vial():
    found = values()
    assert found["24.1.shaded"] == "N400023114501   UN0.7"
    assert found["24.2.shaded"] == "N400023114501   UN0.3"
    assert any("part of a vial" in item.what for item in problems("24"))


def test_an_unlisted_code_is_told_in_the_clinics_own_words():
    assert values()["24.3.shaded"] == "ZZINJECTION INTO THE CHEWING MUSCLES"


def test_without_a_vial_size_no_quantity_is_invented():
    lines = [{**claim_cases.LINES[0], "ndc": "99999-0001-01"}]
    found = claim_cases.case(claims=[claim_cases.claim(lines=lines)], sessions=[])
    shaded = cms1500(found.claims[0], found).sheets[0].values.get("24.1.shaded", "")
    assert "UN" not in shaded


@pytest.mark.parametrize("name", examples.names())
def test_signatures_are_never_there(name):
    found = examples.load(name).case
    for item in found.claims:
        for sheet in cms1500(item, found).sheets:
            boxes = {box.number: box for box in sheet.boxes()}
            for number in SIGNATURES:
                assert boxes[number].value == ""
                assert "by hand" in boxes[number].why


def test_no_place_belongs_to_a_signature():
    assert not {slot.number for slot in SLOTS} & set(SIGNATURES)


def test_places_do_not_touch_each_other():
    for row in {slot.row for slot in SLOTS}:
        taken = sorted((s.column, s.column + s.length, s.key) for s in SLOTS if s.row == row)
        for (_, end, first), (start, _, second) in pairwise(taken):
            assert end <= start, (first, second)
        assert taken[-1][1] <= 81


def test_every_box_has_a_value_or_a_reason():
    for box in form_of().sheets[0].boxes():
        assert bool(box.value) != bool(box.why)


@pytest.mark.parametrize(
    ("box", "changes"),
    [
        ("10a", {"claims": [claim_cases.claim(employment=None)]}),
        ("27", {"claims": [claim_cases.claim(accept_assignment=None)]}),
        ("24B", {"claims": [claim_cases.claim(place_of_service=None)]}),
        ("21", {"claims": [claim_cases.claim(diagnosis_codes=[])]}),
        ("24A", {"claims": [claim_cases.claim(start=None, end=None, lines=[{"code": "J0585"}])]}),
        ("24F", {"claims": [claim_cases.claim(lines=[{"code": "J0585", "date": "2026-02-03"}])]}),
        ("1a", {"coverages": [claim_cases.coverage(member_id="")]}),
        ("6", {"coverages": [claim_cases.coverage(relationship=None)]}),
        ("1", {"coverages": [claim_cases.coverage(funding=None)]}),
        ("22", {"claims": [claim_cases.claim(resubmission="7")]}),
        ("22", {"claims": [claim_cases.claim(corrects="EX-1")]}),
        ("33", {"claims": [claim_cases.claim(provider_id=None)]}),
    ],
)
def test_what_is_missing_stops_the_form_and_names_the_box(box, changes):
    form = form_of(**changes)
    assert [item for item in form.problems if item.box == box and item.stops]
    assert not form.ready


def test_a_corrected_claim_names_the_one_that_it_replaces():
    found = values(claims=[claim_cases.claim(resubmission="7", corrects="EXC-CL-1")])
    assert found["22.code"] == "7"
    assert found["22.reference"] == "EXC-CL-1"


def test_the_authorization_is_that_of_the_approved_request():
    request = {"id": "request-1", "coverage_id": "coverage-1", "lines": [{"code": "J0585"}]}
    approval = {
        "id": "determination-1",
        "about_id": "request-1",
        "decision": "approval",
        "notice_date": "2026-01-05",
        "reference": "PA-77 1",
    }
    assert values(requests=[request], determinations=[approval])["23"] == "PA771"
    later = {**approval, "notice_date": "2026-03-01"}
    assert "23" not in values(requests=[request], determinations=[later])
    over = {**approval, "approved_until": "2026-01-31"}
    assert "23" not in values(requests=[request], determinations=[over])
    denied = {**approval, "decision": "denial"}
    assert "23" not in values(requests=[request], determinations=[denied])


def test_the_subscriber_is_told_where_the_patient_is_not():
    child = claim_cases.coverage(
        relationship="child",
        subscriber="Example, Robin",
        subscriber_birth_date="1960-01-02",
        subscriber_gender="male",
        subscriber_address={
            "line": "1 Mockup Way",
            "city": "Sampleville",
            "state": "MI",
            "postal_code": "48000",
        },
    )
    found = values(coverages=[child])
    assert found["4"] == "EXAMPLE, ROBIN"
    assert found["7.city"] == "SAMPLEVILLE"
    assert found["11a.year"] == "1960"
    assert found["11a.male"] == "X"
    unsplit = claim_cases.coverage(relationship="child", subscriber="Robin Example")
    assert any("Family, Given" in item.right for item in problems("4", coverages=[unsplit]))


def test_original_medicare_that_pays_first_has_none_in_box_11():
    found = values(coverages=[claim_cases.coverage(funding="original-medicare")])
    assert found["1.medicare"] == "X"
    assert found["11"] == "NONE"
    assert "4" not in found
    assert "11d.no" not in found


def test_a_second_plan_is_told():
    other = claim_cases.coverage(id="coverage-2", rank=2, payer="Sample Plan", plan_name="")
    found = values(coverages=[claim_cases.coverage(), other])
    assert found["11d.yes"] == "X"
    assert found["9d"] == "SAMPLE PLAN"


def test_a_plan_that_had_ended_is_not_told():
    other = claim_cases.coverage(id="coverage-2", rank=2, end="2025-12-31")
    assert values(coverages=[claim_cases.coverage(), other])["11d.no"] == "X"


def test_pointers_name_the_diagnoses_of_the_line():
    lines = [{**claim_cases.LINES[0], "diagnosis_codes": ["M26.62", "M79.11"]}]
    found = values(claims=[claim_cases.claim(lines=lines, diagnosis_codes=["M79.11", "M26.62"])])
    assert found["24.1.pointer"] == "BA"


def test_more_than_six_lines_need_a_second_form_with_its_own_total():
    lines = [{**claim_cases.LINES[2], "charge": "10.00"}] * 8
    form = form_of(claims=[claim_cases.claim(lines=lines, patient_paid="5.50")])
    totals = [(s.values["28.dollars"], s.values.get("29.cents")) for s in form.sheets]
    assert totals == [("60", "50"), ("20", None)]


def test_units_that_the_form_cannot_hold_are_a_problem_and_are_not_printed():
    lines = [{**claim_cases.LINES[0], "units": "1200"}]
    form = form_of(claims=[claim_cases.claim(lines=lines)])
    assert any(item.box == "24G" and item.stops for item in form.problems)
    assert "24.1.units" not in printed(form.sheets[0].values)


def test_the_coding_rules_speak_of_waste():
    lines = [claim_cases.LINES[0], {**claim_cases.LINES[1], "units": "20"}]
    assert any(
        "JW" in item.what for item in problems("24D", claims=[claim_cases.claim(lines=lines)])
    )


def test_letters_that_the_form_cannot_be_read_with_are_a_problem():
    patient = {**claim_cases.PATIENT, "family": "Пример"}
    assert any("A to Z" in item.right for item in problems("2", patient=patient))
    assert values(patient={**claim_cases.PATIENT, "family": "Nuñez"})["2"] == "NUNEZ, ADA"


def test_problems_hold_no_value_of_the_patient():
    text = str(form_of(coverages=[claim_cases.coverage(relationship="child")]).problems)
    for part in ("Ada", "ADA", "EX-0001", "1990", "Sample St"):
        assert part not in text


@given(st.text(max_size=60))
def test_words_on_the_form_are_plain_capitals(text):
    found = writing.plain(text, "-")
    assert found == found.upper()
    assert found.isascii()
    assert writing.plain(found, "-") == found


@given(st.sampled_from(sorted(BY_KEY)), st.text(alphabet="AB", max_size=90))
def test_what_is_printed_fits_its_place(key, text):
    found = printed({key: text})
    assert all(len(shown) <= BY_KEY[key].length for shown in found.values())
