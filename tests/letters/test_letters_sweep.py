"""No letter of any case ends in a template's own error: it is written, refused or lacks facts."""

import pytest
from letter_cases import CALIFORNIA, ERISA, MEDICAID, TODAY, example, with_funding

from tmjkit.case import Case, Funding
from tmjkit.letters import LetterError, MissingFacts, compose, kinds


def _never_a_template(case: Case) -> None:
    for kind in kinds():
        for draft in (False, True):
            try:
                compose(kind.kind, case, today=TODAY, draft=draft)
            except MissingFacts:
                if draft:
                    raise
            except LetterError as refused:
                if str(refused).startswith("template "):
                    raise


@pytest.mark.parametrize("name", [ERISA, CALIFORNIA, MEDICAID])
@pytest.mark.parametrize("funding", [None, *Funding])
def test_under_every_law(name: str, funding: Funding | None) -> None:
    _never_a_template(with_funding(example(name), funding))


def test_of_a_case_that_holds_nothing_yet() -> None:
    _never_a_template(Case())


@pytest.mark.parametrize("name", [ERISA, CALIFORNIA, MEDICAID])
def test_of_a_case_that_lost_one_list_after_another(name: str) -> None:
    case = example(name)
    for emptied in ("tasks", "treatments", "measurements", "diagnoses", "symptoms", "sessions"):
        for record in getattr(case, emptied):
            case = case.without(record.id)
        _never_a_template(case)
