"""Billed units are those injected, in billing units of the code; waste is said as the payer asks.

Worked examples: HCPCS Level II, one billing unit of J0585, J0588 and J0589 is 1 unit, of J0586 5
and of J0587 100; JW and JZ by Medicare Part B for services from July 1, 2023.
"""

from decimal import Decimal

import pytest
from coding_cases import asked, billed, dose, found, line, only, session
from hypothesis import given
from hypothesis import strategies as st

from tmjkit.case import HCPCS, Case, ToxinProduct
from tmjkit.rules import Severity
from tmjkit.rules.coding.arithmetic import agree, billing_units, discarded

UNITS = {"J0585": 1, "J0586": 5, "J0587": 100, "J0588": 1, "J0589": 1}
PRODUCTS = {code: product for product, code in HCPCS.items()}


# product, injected per muscle, billed: what adds up
@pytest.mark.parametrize(
    ("code", "doses", "units"),
    [
        ("J0585", (25, 25, 10, 10), 70),
        ("J0585", ("12.5", "12.5"), 25),
        ("J0586", (60, 60), 24),
        ("J0587", (1500, 1000), 25),
        ("J0588", (30, 30), 60),
        ("J0589", (40, 40), 80),
        ("J0586", (26, 26), 10),  # 10.4: how a part is rounded differs between payers
        ("J0586", (26, 26), 11),
    ],
)
def test_units_that_add_up_get_no_word(code, doses, units):
    given_ = session(
        "2026-03-02", *(dose(units) for units in doses), product=PRODUCTS[code], units_wasted=0
    )
    case = billed(line(code, units, "JZ"), sessions=(given_,))
    assert set(found(case)) <= {"coding.unrounded-units"}


@pytest.mark.parametrize(
    ("code", "injected", "billed_units", "sum_"),
    [
        ("J0585", 70, 75, "70 units are as many billing units of J0585"),
        ("J0585", 70, 100, "70 units"),  # what was discarded billed as injected
        ("J0586", 120, 120, "120 units / 5 = 24 billing units of J0586"),
        ("J0587", 2500, 2500, "2500 units / 100 = 25 billing units of J0587"),
        ("J0586", 120, 12, "24 billing units"),
    ],
)
def test_units_that_do_not_add_up(code, injected, billed_units, sum_):
    given_ = session("2026-03-02", dose(injected), product=PRODUCTS[code])
    item = only(billed(line(code, billed_units), sessions=(given_,)), "coding.units")
    assert item.severity is Severity.WRONG
    assert sum_ in item.why
    assert item.records == ("claim-1", "session-2026-03-02")
    assert item.facts == (f"C-{code}",)


def test_sessions_of_one_day_are_billed_together_and_others_are_not():
    morning = session("2026-03-02", dose(40), id="s-1", units_wasted=0)
    evening = session("2026-03-02", dose(30), id="s-2", units_wasted=0, purpose="other")
    earlier = session("2025-06-02", dose(99), id="s-3")
    case = billed(line("J0585", 70, "JZ"), sessions=(morning, evening, earlier))
    assert found(case) == {}


def test_lines_of_a_claim_are_compared_day_by_day():
    first = session("2026-01-05", dose(70), id="s-1", units_wasted=30)
    second = session("2026-04-06", dose(80), id="s-2", units_wasted=20)
    lines = [
        line("J0585", units, *marks, date=day)
        for day, units, marks in (
            ("2026-01-05", 70, ()),
            ("2026-01-05", 30, ("JW",)),
            ("2026-04-06", 70, ()),
            ("2026-04-06", 20, ("JW",)),
        )
    ]
    item = only(billed(*lines, sessions=(first, second)), "coding.units")
    assert "April 6, 2026" in item.what
    assert item.records == ("claim-1", "s-2")


def test_a_session_without_doses_is_not_compared():
    case = billed(line("J0585", 70), sessions=(session("2026-03-02"),))
    assert "coding.units" not in found(case)


@pytest.mark.parametrize("day", ["2026-03-02", "2026-03", "2026"])
def test_a_claim_for_a_day_without_a_session(day):
    case = billed(line("J0585", 70), day=day)
    assert only(case, "coding.no-session").severity is Severity.WEAK


@pytest.mark.parametrize("day", ["2026-03", "2026", None])
def test_a_session_that_may_have_been_that_day_is_enough(day):
    case = billed(line("J0585", 70), sessions=(session(day, dose(70), id="s-1"),))
    assert found(case) == {}


@pytest.mark.parametrize(
    ("doses", "sessions", "units"),
    [((25, 25, 10, 10), None, 70), ((25, 25, 10, 10), 2, 70), ((25, 25, 10, 10), 2, 140)],
)
def test_a_request_adds_up_for_one_session_or_for_all(doses, sessions, units):
    case = asked(
        line("J0585", units),
        line("J0585", 30, "JW"),
        doses=tuple(dose(units) for units in doses),
        sessions=sessions,
    )
    assert "coding.requested-units" not in found(case)


def test_a_request_that_does_not_add_up():
    case = asked(line("J0585", 100), doses=(dose(30), dose(30, side="left")))
    item = only(case, "coding.requested-units")
    assert "100 billing units of J0585" in item.what
    assert "60 units" in item.what


def test_a_part_of_a_billing_unit():
    case = billed(line("J0585", "70.5"))
    assert "70.5" in only(case, "coding.fractional-units").what
    rounded = billed(
        line("J0586", 10), sessions=(session("2026-03-02", dose(52), product=PRODUCTS["J0586"]),)
    )
    assert only(rounded, "coding.unrounded-units").severity is Severity.NOTE
    assert "10.4" in only(rounded, "coding.unrounded-units").what


def test_the_code_of_another_product_than_was_used():
    given_ = session("2026-03-02", dose(70), product=ToxinProduct.INCOBOTULINUM)
    item = only(billed(line("J0585", 70), sessions=(given_,)), "coding.product")
    assert "Xeomin" in item.what
    assert "E-UNITS" in item.facts
    other = session("2026-03-02", dose(70), product="other", hcpcs="J0585", id="s-1")
    assert "coding.product" in found(Case(sessions=(other,)))
    unknown = session("2026-03-02", dose(70), product="other", id="s-1")
    assert "coding.product" not in found(billed(line("J0585", 70), sessions=(unknown,)))


def test_a_request_for_two_products():
    item = only(asked(line("J0585", 70), line("J0588", 70)), "coding.two-products")
    assert item.severity is Severity.NOTE


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"vials": 1, "vial_units": 100, "units_wasted": 30}, False),
        ({"vials": 1, "vial_units": 100, "units_wasted": 20}, True),
        ({"vials": 1, "vial_units": 50}, True),
        ({"vials": 2, "vial_units": 50}, False),
        ({"vials": 1}, False),
        ({"units_wasted": 30}, False),
    ],
)
def test_what_is_in_the_vials_is_injected_or_discarded(fields, wrong):
    case = Case(sessions=(session("2026-03-02", dose(70), **fields),))
    assert ("coding.vials" in found(case)) is wrong


# ---- what is discarded ----

WASTED = {"vials": 1, "vial_units": 100}


def claimed(*lines, funding="original-medicare", day="2026-03-02", **fields):
    fields = fields or WASTED
    return billed(*lines, sessions=(session(day, dose(60), **fields),), funding=funding, day=day)


def test_100_units_in_the_vial_and_60_used():
    assert found(claimed(line("J0585", 60), line("J0585", 40, "JW"))) == {}


def test_nothing_discarded_is_said_by_jz():
    assert found(claimed(line("J0585", 60, "JZ"), units_wasted=0)) == {}


@pytest.mark.parametrize(
    ("funding", "day", "severity"),
    [
        ("original-medicare", "2026-03-02", Severity.WRONG),
        ("original-medicare", "2023-07-01", Severity.WRONG),
        ("original-medicare", "2023-06-30", Severity.NOTE),
        ("medicare-advantage", "2026-03-02", Severity.NOTE),
        ("self-funded-erisa", "2026-03-02", Severity.NOTE),
        ("medicaid-ffs", "2026-03-02", Severity.NOTE),
        (None, "2026-03-02", Severity.NOTE),
    ],
)
def test_how_much_a_missing_mark_matters_depends_on_the_payer(funding, day, severity):
    wasted = only(claimed(line("J0585", 60), funding=funding, day=day), "coding.discarded-line")
    none = only(
        claimed(line("J0585", 60), funding=funding, day=day, units_wasted=0),
        "coding.nothing-discarded",
    )
    for item in (wasted, none):
        assert item.severity is severity
        assert ("C-JZ-MEDICARE" in item.facts) is (severity is Severity.WRONG)
        assert ("Medicare Part B" in item.why) is (severity is Severity.WRONG)


@pytest.mark.parametrize("jw", [20, 41, 60])
def test_other_units_discarded_than_recorded(jw):
    item = only(claimed(line("J0585", 60), line("J0585", jw, "JW")), "coding.waste-units")
    assert "40 units" in item.what


def test_jw_where_nothing_was_discarded():
    case = claimed(line("J0585", 60), line("J0585", 40, "JW"), units_wasted=0)
    assert "coding.waste-units" in found(case)


@pytest.mark.parametrize(
    "lines",
    [
        (line("J0585", 60, "JZ"), line("J0585", 40, "JW")),
        (line("J0585", 100, "JW", "JZ"),),
    ],
)
def test_jw_and_jz_contradict_each_other(lines):
    for case in (claimed(*lines), asked(*lines)):
        assert only(case, "coding.jw-and-jz").severity is Severity.WRONG


def test_jz_where_something_was_discarded():
    assert "40 units" in only(claimed(line("J0585", 60, "JZ")), "coding.jz-with-waste").what


def test_what_was_discarded_is_not_recorded():
    case = claimed(line("J0585", 60), note="No vial recorded")
    assert only(case, "coding.waste-unknown").severity is Severity.MISSING
    commercial = claimed(line("J0585", 60), note="No vial recorded", funding="insured-group")
    assert found(commercial) == {}
    marked = claimed(
        line("J0585", 60), line("J0585", 40, "JW"), note="None", funding="insured-group"
    )
    assert "coding.waste-unknown" in found(marked)


def test_waste_below_one_billing_unit_needs_no_line():
    given_ = session("2026-03-02", dose(2460), product=PRODUCTS["J0587"], units_wasted=40)
    case = billed(line("J0587", 25), sessions=(given_,), funding="original-medicare")
    assert set(found(case)) == {"coding.unrounded-units"}


def test_modifiers_on_other_lines_say_nothing_of_the_drug():
    case = claimed(line("J0585", 60, "JZ"), line("64999", 1, "JW"), units_wasted=0)
    assert "coding.jw-and-jz" not in found(case)


# ---- properties ----

AMOUNTS = st.decimals("0.01", "5000", places=2)


@given(st.sampled_from(sorted(UNITS)), st.integers(1, 9999))
def test_whole_billing_units_come_back_from_units_of_the_product(code, units):
    unit = Decimal(UNITS[code])
    assert billing_units(units * unit, unit) == units
    assert agree(Decimal(units), units * unit, unit)
    assert not agree(Decimal(units + 1), units * unit, unit)


@given(AMOUNTS, st.sampled_from([1, 5, 100]))
def test_only_the_whole_numbers_beside_a_part_agree(units, unit):
    exact = units / unit
    fits = [n for n in range(int(exact) - 2, int(exact) + 4) if agree(Decimal(n), units, unit)]
    assert fits
    assert all(abs(n - exact) < 1 for n in fits)


@given(
    st.sampled_from(sorted(UNITS)),
    st.lists(st.integers(1, 400), min_size=1, max_size=6),
    st.integers(0, 3000),
)
def test_a_claim_made_from_the_session_is_always_right(code, doses, waste):
    """The round trip: bill what was injected and discarded, and no rule has a word to say."""
    unit = UNITS[code]
    injected = [dose(units * unit) for units in doses if units * unit <= 5000]
    if not injected:
        return
    thrown = min(waste * unit, 5000 - 5000 % unit)
    given_ = session("2026-03-02", *injected, product=PRODUCTS[code], units_wasted=thrown)
    lines = [line(code, sum(item.units for item in injected) / unit, *([] if thrown else ["JZ"]))]
    if thrown:
        lines.append(line(code, Decimal(thrown) / unit, "JW"))
    case = billed(*lines, sessions=(given_,), funding="original-medicare")
    assert set(found(case)) <= {"coding.cap"}


@given(AMOUNTS, st.integers(1, 20), st.integers(1, 500))
def test_what_is_discarded_and_injected_is_what_was_opened(units, vials, size):
    item = session("2026-03-02", dose(units), vials=vials, vial_units=size)
    waste = discarded(item)
    if units > vials * size:
        assert waste is None
    else:
        assert waste + units == vials * size
