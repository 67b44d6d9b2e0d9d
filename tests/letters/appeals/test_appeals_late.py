"""A late appeal says that it is late, and is not written as if it came in time."""

from datetime import date

import pytest
from appeal_cases import ERISA, blanks, certified, covered, example, second, words

from tmjkit.case import Case
from tmjkit.letters import compose
from tmjkit.letters.compose import situate
from tmjkit.letters.kinds import Fit, State, kind_of
from tmjkit.letters.lint import lint
from tmjkit.letters.listing import Listed, letters_of

# The notice was received on October 19, 2026, and the plan gives 180 days.
LAST, AFTER, MUCH_LATER = date(2027, 4, 17), date(2027, 4, 18), date(2027, 11, 24)
SAID = "the last day for this appeal was April 17, 2027. That time is over."


def fit_on(kind: str, case: Case, day: date) -> Fit:
    which = kind_of(kind)
    return which.fits(situate(which, case, day))


def listed(kind: str, case: Case, day: date) -> Listed:
    return next(item for item in letters_of(case, today=day) if item.kind.kind == kind)


@pytest.mark.parametrize("kind", ["appeal", "appeal-expedited"])
@pytest.mark.parametrize("day", [AFTER, MUCH_LATER])
def test_after_its_last_day_it_says_so_and_asks_for_the_good_cause(kind: str, day: date) -> None:
    case = certified(example(ERISA))
    letter = compose(kind, case, today=day, draft=True)
    assert SAID in words(letter)
    assert "late" in blanks(letter)
    assert "A-INT-FILE" in letter.facts
    # The cause is the patient's to give: nothing is written into the blank.
    assert "good cause given here" in words(letter)
    assert lint(letter, case, today=day) == ()


def test_on_its_last_day_it_is_in_time() -> None:
    letter = compose("appeal", example(ERISA), today=LAST, draft=True)
    assert "time is over" not in words(letter)
    assert "late" not in blanks(letter)
    assert fit_on("appeal", example(ERISA), LAST) == Fit(State.READY)


def test_a_notice_whose_day_of_receipt_is_unknown_is_not_called_late() -> None:
    case = example(ERISA)
    data = case.record("determination-denial").model_dump() | {"received_date": None}
    denial = type(case.record("determination-denial")).model_validate(data)
    letter = compose("appeal", case.with_record(denial), today=LAST, draft=True)
    assert "time is over" not in words(letter)


def test_the_list_says_that_it_is_late_and_still_offers_it() -> None:
    found = fit_on("appeal", example(ERISA), MUCH_LATER)
    assert found.state is State.READY
    assert "late: by the dates on record, its last day was April 17, 2027" in found.why
    assert found.facts == ("A-INT-FILE",)
    item = listed("appeal", example(ERISA), MUCH_LATER)
    assert item.state in (State.READY, State.LACKS)
    assert "it is late" in item.says
    assert "it is late" not in listed("appeal", example(ERISA), LAST).says


def test_a_second_appeal_after_the_day_that_the_decision_names_says_so_too() -> None:
    # The case names January 9, 2027.
    late = compose("appeal-second", second(), today=date(2027, 1, 10), draft=True)
    assert "the last day for this appeal was January 9, 2027" in words(late)
    assert "late" in blanks(late)
    assert "it is late" in fit_on("appeal-second", second(), date(2027, 1, 10)).why
    in_time = compose("appeal-second", second(), today=date(2027, 1, 9), draft=True)
    assert "time is over" not in words(in_time)


@pytest.mark.parametrize(
    ("kind", "funding"),
    [("reconsideration", "medicare-advantage"), ("medicaid-appeal", "medicaid-managed-care")],
)
def test_letters_to_public_programs_say_it_in_the_list_as_well(kind: str, funding: str) -> None:
    case = covered(example(ERISA), funding=funding)
    letter = compose(kind, case, today=date(2028, 3, 1), draft=True)
    assert "late" in blanks(letter)
    assert "it is late" in fit_on(kind, case, date(2028, 3, 1)).why


def test_in_spanish_it_says_so_in_spanish() -> None:
    letter = compose("appeal", example(ERISA), today=MUCH_LATER, draft=True, language="es")
    assert "Ese plazo ya pasó" in words(letter)
    assert "17 de abril de 2027" in words(letter)
