"""Worked examples of the clock for the first appeal, each with its citation.

The days were counted by hand with a calendar and not with the code under test.
"""

from datetime import date

import pytest

from tmjkit.case import Case, Coverage, Determination, Funding
from tmjkit.knowledge import fact
from tmjkit.rules import Status, deadlines

ERISA = "29 CFR 2560.503-1(h)(3)(i)"
GROUP = "45 CFR 147.136(b)(2)(i)"
INDIVIDUAL = "45 CFR 147.136(b)(3)(i)"
MA = "42 CFR 422.582(b)(1)"
PART_D = "42 CFR 423.582(b)"
MEDICARE = "42 CFR 405.942"
MCO = "42 CFR 438.402(c)(2)(ii)"
FFS = "42 CFR 431.221(d)"
TRICARE = "32 CFR 199.10"
FEHB = "5 CFR 890.105(a)-(b); 48 CFR 1652.204-72"

# funding, date on the notice, day received, earliest and latest last day, citation
EXAMPLES = [
    # ERISA, self-funded: 180 days after receipt.
    ("self-funded-erisa", "2026-03-02", "2026-03-05", "2026-09-01", "2026-09-01", ERISA),
    ("self-funded-erisa", "2025-12-20", "2026-01-01", "2026-06-30", "2026-06-30", ERISA),
    # Over February of a leap year, and of a common one.
    ("self-funded-erisa", "2024-01-05", "2024-01-10", "2024-07-08", "2024-07-08", ERISA),
    ("self-funded-erisa", "2025-01-05", "2025-01-10", "2025-07-09", "2025-07-09", ERISA),
    # Received on the leap day itself.
    ("self-funded-erisa", "2024-02-26", "2024-02-29", "2024-08-27", "2024-08-27", ERISA),
    # The last day is a Sunday (2026-08-02) and a federal holiday (2026-12-25): neither rolls.
    ("self-funded-erisa", "2026-02-01", "2026-02-03", "2026-08-02", "2026-08-02", ERISA),
    ("self-funded-erisa", "2026-06-20", "2026-06-28", "2026-12-25", "2026-12-25", ERISA),
    # Received some day in March, or some day in 2025.
    ("self-funded-erisa", "2026-02-27", "2026-03", "2026-08-28", "2026-09-27", ERISA),
    ("self-funded-erisa", "2024-12-30", "2025", "2025-06-30", "2026-06-29", ERISA),
    # Received in February of a leap year: the 1st to the 29th.
    ("self-funded-erisa", None, "2024-02", "2024-07-30", "2024-08-27", ERISA),
    # Receipt not recorded: the date on the notice is the safe, earlier start.
    ("self-funded-erisa", "2026-03-02", None, "2026-08-29", "2026-08-29", ERISA),
    # ERISA, insured: the same clock.
    ("insured-group", "2026-05-01", "2026-05-04", "2026-10-31", "2026-10-31", ERISA),
    ("insured-group", "2026-05", None, "2026-10-28", "2026-11-27", ERISA),
    # Individual and government plans: the same time under the ACA rule.
    ("individual", "2026-03-02", "2026-03-05", "2026-09-01", "2026-09-01", INDIVIDUAL),
    ("individual", "2026-03-02", None, "2026-08-29", "2026-08-29", INDIVIDUAL),
    ("state-local-government", "2026-01-02", "2026-01-05", "2026-07-04", "2026-07-04", GROUP),
    # Medicare Advantage: 60 days after receipt, presumed 5 days after the notice: 65 in practice.
    ("medicare-advantage", "2026-03-02", None, "2026-05-06", "2026-05-06", MA),
    ("medicare-advantage", "2026-03-02", "2026-03-07", "2026-05-06", "2026-05-06", MA),
    # Received sooner than presumed: the recorded day counts.
    ("medicare-advantage", "2026-03-02", "2026-03-04", "2026-05-03", "2026-05-03", MA),
    # Received later than presumed: the presumed day is safe, the later one needs proof.
    ("medicare-advantage", "2026-03-02", "2026-03-20", "2026-05-06", "2026-05-19", MA),
    ("medicare-advantage", "2024-02-20", None, "2024-04-25", "2024-04-25", MA),
    ("medicare-advantage", "2026-03", None, "2026-05-05", "2026-06-04", MA),
    ("part-d", "2026-01-10", None, "2026-03-16", "2026-03-16", PART_D),
    ("part-d", None, "2026-01-15", "2026-03-16", "2026-03-16", PART_D),
    ("original-medicare", "2026-01-10", None, "2026-05-15", "2026-05-15", MEDICARE),
    ("original-medicare", "2026-01-10", "2026-01-12", "2026-05-12", "2026-05-12", MEDICARE),
    # Medicaid managed care: 60 days from the date ON the notice, however late it came.
    ("medicaid-managed-care", "2026-03-02", "2026-03-12", "2026-05-01", "2026-05-01", MCO),
    ("medicaid-managed-care", "2026-03-02", None, "2026-05-01", "2026-05-01", MCO),
    ("medicaid-managed-care", "2023-12-31", "2024-01-04", "2024-02-29", "2024-02-29", MCO),
    ("medicaid-managed-care", "2026-03", None, "2026-04-30", "2026-05-30", MCO),
    # Medicaid fee for service: at most 90 days.
    ("medicaid-ffs", "2026-03-02", None, "2026-05-31", "2026-05-31", FFS),
    # TRICARE: 90 days from the date of the decision.
    ("tricare", "2026-03-02", "2026-03-06", "2026-05-31", "2026-05-31", TRICARE),
    ("tricare", "2023-12-01", None, "2024-02-29", "2024-02-29", TRICARE),
    # FEHB: 6 calendar months from the date on the notice; no such day means the month's last.
    ("fehb", "2026-03-02", "2026-03-09", "2026-09-02", "2026-09-02", FEHB),
    ("fehb", "2025-08-31", None, "2026-02-28", "2026-02-28", FEHB),
    ("fehb", "2023-08-31", None, "2024-02-29", "2024-02-29", FEHB),
    ("fehb", "2026-02", None, "2026-08-01", "2026-08-28", FEHB),
]


def the_clock(funding, notice, received, *, grandfathered=None):
    cover = Coverage(payer="Example Health", funding=funding, grandfathered=grandfathered)
    denial = Determination(
        id="denial-1", decision="denial", notice_date=notice, received_date=received
    )
    case = Case(coverages=(cover,), determinations=(denial,))
    (found,) = [
        item
        for item in deadlines(case, date(2020, 1, 1))
        if item.rule == "deadline.internal-appeal"
    ]
    return found


def named(examples):
    return [f"{item[0]}-{item[1]}-{item[2]}" for item in examples]


@pytest.mark.parametrize(
    ("funding", "notice", "received", "first", "last", "citation"), EXAMPLES, ids=named(EXAMPLES)
)
def test_the_last_day_of_the_first_appeal(*, funding, notice, received, first, last, citation):
    found = the_clock(funding, notice, received)
    assert found.rule == "deadline.internal-appeal"
    assert tuple(map(str, found.due)) == (first, last)
    assert found.safe_date <= date.fromisoformat(first)
    assert found.status is Status.RUNNING
    (rule,) = found.facts
    assert fact(rule).citation == citation
    assert citation in found.arithmetic
    assert "\n" not in found.arithmetic


def test_every_funding_with_a_rule_is_in_the_table():
    assert {item[0] for item in EXAMPLES} == set(Funding) - {Funding.CHURCH}


@pytest.mark.parametrize("funding", ["self-funded-erisa", "insured-group"])
def test_a_grandfathered_erisa_plan_has_the_same_clock(funding):
    # 45 CFR 147.140 frees it from the ACA rule; 29 CFR 2560.503-1 still binds it.
    found = the_clock(funding, "2026-03-02", "2026-03-05", grandfathered=True)
    assert str(found.safe_date) == "2026-09-01"
    assert fact(found.facts[0]).citation == ERISA


@pytest.mark.parametrize(
    ("funding", "grandfathered", "reason"),
    [
        ("church", None, "no federal time"),
        ("individual", True, "grandfathered"),
        ("state-local-government", True, "grandfathered"),
        (None, None, "who funds the plan"),
    ],
)
def test_without_a_rule_there_is_a_reason_and_a_safe_date(funding, grandfathered, reason):
    found = the_clock(funding, "2026-03-02", "2026-03-05", grandfathered=grandfathered)
    assert found.status is Status.CANNOT_START
    assert reason in found.because
    # 60 days from the date on the notice is the shortest time of all regimes.
    assert str(found.safe_date) == "2026-05-01"
    assert "shortest time" in found.arithmetic
    assert found.facts == ()


@pytest.mark.parametrize(
    ("funding", "notice", "received", "reason"),
    [
        ("self-funded-erisa", None, None, "neither the date on the notice nor the day"),
        ("medicaid-managed-care", None, "2026-03-05", "the date on the notice is not recorded"),
        ("fehb", None, "2026-03-05", "the date on the notice is not recorded"),
    ],
)
def test_without_the_date_that_counts_the_clock_cannot_start(funding, notice, received, reason):
    found = the_clock(funding, notice, received)
    assert found.status is Status.CANNOT_START
    assert reason in found.because
    assert found.due is None
