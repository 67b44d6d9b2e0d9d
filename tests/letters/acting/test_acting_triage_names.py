"""Every letter that triage can name is a letter that can be written."""

import ast
import inspect
from itertools import product

import pytest
from acting_cases import CALIFORNIA, DENIAL, TODAY, changed, covered, example

from tmjkit.case import Determination, Funding, Level, Reason, ReasonKind
from tmjkit.letters.kinds import kinds
from tmjkit.rules.triage import Standing, letters, triage
from tmjkit.rules.triage.letters import no_reason

NAMES = {kind.kind for kind in kinds()}
LEVELS = tuple(Level)


def written_out() -> set[str]:
    """Return every name that stands as a kind in the module, reached by a case here or not."""
    tree = ast.parse(inspect.getsource(letters))
    calls = (
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "NextLetter"
        and isinstance(node.args[0], ast.Constant)
    )
    values = (
        value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.AnnAssign)
        and getattr(node.target, "id", "") == "_FIRST_LETTER"
        and isinstance(node.value, ast.Dict)
        for value in node.value.values
        if isinstance(value, ast.Constant)
    )
    return {str(name) for name in (*calls, *values)}


def test_each_name_in_the_module_is_a_kind() -> None:
    names = written_out()
    assert {"appeal-second", "medicaid-appeal", "reconsideration", "plan-documents"} <= names
    assert names - {""} <= NAMES


def test_an_expedited_appeal_is_never_named() -> None:
    assert "appeal-expedited" in NAMES
    assert "appeal-expedited" not in written_out()


def test_the_letter_that_asks_for_a_reason_is_a_kind() -> None:
    assert no_reason().kind in NAMES


@pytest.mark.parametrize("funding", [None, *Funding])
def test_every_name_that_a_case_can_get_is_a_kind(funding: Funding | None) -> None:
    named = set()
    plan = covered(example(CALIFORNIA), funding=funding, excludes_tmd=True, internal_levels=2)
    for level, reason in product(LEVELS, ReasonKind):
        case = changed(plan, DENIAL, level=level, reasons=(Reason(kind=reason, text="No."),))
        denial = case.record(DENIAL)
        assert isinstance(denial, Determination)
        for found in triage(case, denial, TODAY).classes:
            named.add(found.letter.kind)
            assert found.letter.says.endswith(".")
            assert isinstance(found.standing, Standing)
    assert named - {""} <= NAMES
    assert "denial-reason" in named
