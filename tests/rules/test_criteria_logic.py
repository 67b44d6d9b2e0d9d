"""Three-valued logic and the tree of criteria (Kleene 1952, section 64)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmjkit.case import Case, PatientSource, Treatment
from tmjkit.knowledge import Policy
from tmjkit.rules.criteria import Mark, assess
from tmjkit.rules.criteria.marks import all_of, any_of, at_least, negated, when

TODAY = date(2026, 11, 23)
MET, UNMET, OPEN = Mark.MET, Mark.UNMET, Mark.UNDOCUMENTED
marks = st.lists(st.sampled_from(Mark), max_size=8)
ORDER = {UNMET: 0, OPEN: 1, MET: 2}


@pytest.mark.parametrize(
    ("a", "b", "both", "either"),
    [
        (MET, MET, MET, MET),
        (MET, OPEN, OPEN, MET),
        (MET, UNMET, UNMET, MET),
        (OPEN, OPEN, OPEN, OPEN),
        (OPEN, UNMET, UNMET, OPEN),
        (UNMET, UNMET, UNMET, UNMET),
    ],
)
def test_kleenes_tables(a, b, both, either):
    assert all_of([a, b]) is all_of([b, a]) is both
    assert any_of([a, b]) is any_of([b, a]) is either


@given(marks)
def test_de_morgan(found):
    assert negated(all_of(found)) is any_of(negated(mark) for mark in found)
    assert negated(any_of(found)) is all_of(negated(mark) for mark in found)
    assert [negated(negated(mark)) for mark in found] == found


@given(marks.filter(bool))
def test_all_and_any_are_the_two_ends_of_at_least(found):
    assert at_least(len(found), found) is all_of(found)
    assert at_least(1, found) is any_of(found)


@given(marks, st.integers(1, 9), st.integers(0, 7))
def test_a_child_that_gets_better_never_makes_its_group_worse(found, needed, place):
    if place >= len(found):
        return
    better = [*found[:place], MET, *found[place + 1 :]]
    assert ORDER[at_least(needed, better)] >= ORDER[at_least(needed, found)]


@given(st.lists(st.booleans(), min_size=1, max_size=6), marks.filter(bool), st.integers(1, 6))
def test_what_is_decided_stays_so_however_the_open_ones_turn_out(turns, found, needed):
    settled = [
        (MET if turns[place % len(turns)] else UNMET) if mark is OPEN else mark
        for place, mark in enumerate(found)
    ]
    before = at_least(needed, found)
    if before is not OPEN:
        assert at_least(needed, settled) is before


def test_certain_possible_and_impossible():
    assert [when(True, True), when(False, True), when(False, False)] == [MET, OPEN, UNMET]


def policy(criteria):
    return Policy(id="p-1", title="Example", example=True, criteria=criteria)


TESTS = st.sampled_from(
    [
        {"test": "age", "at_least": 18},
        {"test": "age", "at_least": 90},
        {"test": "document", "kinds": ["imaging"]},
        {"test": "treatment-tried", "kinds": ["nsaid"]},
    ]
)


def groups(inside):
    some = st.lists(inside, min_size=1, max_size=4)
    return st.one_of(
        some.map(lambda found: {"all_of": found}),
        some.map(lambda found: {"any_of": found}),
        some.flatmap(
            lambda found: st.integers(1, len(found)).map(
                lambda count: {"at_least": count, "of": found}
            )
        ),
    )


TREES = st.recursive(TESTS, groups, max_leaves=10)
CASE = Case(
    patient={"birth_date": "1990"},
    treatments=(Treatment(id="t-1", kind="nsaid", sources=(PatientSource(),)),),
)


def mark_of(criteria, case=CASE):
    return assess(case, policy(criteria), TODAY, knowledge={}).mark


@given(TREES)
def test_a_group_of_one_is_that_one(tree):
    alone = mark_of(tree)
    assert mark_of({"all_of": [tree]}) is alone
    assert mark_of({"any_of": [tree]}) is alone
    assert mark_of({"at_least": 1, "of": [tree]}) is alone


@given(TREES)
def test_the_whole_follows_from_the_parts(tree):
    def check(node):
        if node.children:
            assert node.mark is at_least(node.needed, [child.mark for child in node.children])
            for child in node.children:
                check(child)
        else:
            assert node.rule.startswith("criteria.")
            assert (node.mark is Mark.UNDOCUMENTED) == bool(node.needs)

    found = assess(CASE, policy(tree), TODAY, knowledge={})
    check(found.criteria)
    # What to get is told exactly where something is open that still matters.
    if found.mark is Mark.MET:
        assert not found.shopping
    if found.mark is Mark.UNDOCUMENTED:
        assert found.shopping


@given(TREES)
def test_what_settles_the_most_comes_first(tree):
    items = assess(CASE, policy(tree), TODAY, knowledge={}).shopping
    assert [item.settles for item in items] == sorted(
        (item.settles for item in items), reverse=True
    )
    texts = [item.text for item in items]
    assert len(texts) == len(set(texts))
