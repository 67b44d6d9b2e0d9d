"""The payer's criteria in a letter: each with its mark and record, none called met that is not."""

import pytest
from request_letters import (
    CALIFORNIA,
    ERISA,
    MEDICAID,
    TODAY,
    changed,
    example,
    letter,
    said,
    with_policy,
)

from tmjkit.letters import Blank, Table, plain
from tmjkit.rules.criteria import Mark, assess


def rows(found: object) -> list[tuple[str, str, str, str]]:
    [table] = [
        block
        for block in found.blocks  # type: ignore[attr-defined]
        if isinstance(block, Table) and plain(block.head[0]) == "Criterion"
    ]
    return [tuple(plain(cell) for cell in row) for row in table.rows]  # type: ignore[misc]


@pytest.mark.parametrize("name", [ERISA, CALIFORNIA, MEDICAID])
def test_the_table_says_what_the_assessment_says(name: str) -> None:
    case, known = with_policy(example(name))
    found = rows(letter("medical-necessity", case, known=known))
    policy = known.policies[case.coverages[0].policy]
    tests = list(assess(case, policy, TODAY, knowledge=known.facts).criteria.tests)
    assert [row[1] for row in found] == [test.mark.label for test in tests]
    assert len({row[1] for row in found}) > 1
    for row, test in zip(found, tests, strict=True):
        assert row[2] == " ".join(test.why.split())
        assert (row[3] == "none") is (not test.records)


def test_a_weak_case_is_told_as_one_with_room_for_the_clinician() -> None:
    case, known = with_policy(example(MEDICAID))
    text = said("medical-necessity", case, known=known)
    assert "does not" in text.split("s criteria\n")[1].split("Criterion")[0]
    found = letter("medical-necessity", case, known=known)
    assert "exception" in {block.name for block in found.blocks if isinstance(block, Blank)}
    assert {row[1] for row in rows(found)} & {Mark.UNMET.label, Mark.UNDOCUMENTED.label}


def test_the_policy_is_named_with_its_number_and_dates() -> None:
    case, known = with_policy(example(ERISA))
    text = said("medical-necessity", case, known=known)
    assert "EM-DRUG-041, Botulinum toxins, effective January 1, 2026" in text
    assert "retrieved November 1, 2026" in text


def test_an_example_is_never_told_as_the_payers_policy() -> None:
    case = changed(example(ERISA), "coverage-employer", policy="example-conservative-care")
    found = letter("medical-necessity", case)
    assert "criteria" in {block.name for block in found.blocks if isinstance(block, Blank)}
    with pytest.raises(ValueError, match="unpack"):
        rows(found)


def test_a_policy_that_nobody_entered_leaves_room() -> None:
    case = changed(example(ERISA), "coverage-employer", policy="no-such-policy")
    found = letter("medical-necessity", case)
    assert "criteria" in {block.name for block in found.blocks if isinstance(block, Blank)}


def test_a_talk_names_the_criteria_in_dispute_only() -> None:
    case, known = with_policy(example(ERISA))
    text = said("peer-to-peer-notes", case, known=known)
    policy = known.policies[case.coverages[0].policy]
    found = assess(case, policy, TODAY, knowledge=known.facts)
    points = text.split("In dispute")[1].split("Diagnoses")[0]
    for test in found.criteria.tests:
        assert (" ".join(test.why.split()) in points) is (test.mark is not Mark.MET)


def test_where_one_of_several_is_enough_it_says_so() -> None:
    case, known = with_policy(example(ERISA))
    few = [
        node
        for node in _groups(known.policies[case.coverages[0].policy].criteria)
        if node.needed < len(node.children)
    ]
    text = said("medical-necessity", case, known=known)
    assert ("is enough" in text) is bool(few)


def _groups(node: object) -> list[object]:
    children = getattr(node, "children", ())
    return [node, *(one for child in children for one in _groups(child))] if children else []
