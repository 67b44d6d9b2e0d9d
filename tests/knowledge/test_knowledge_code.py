"""A code's values are checked when a knowledge file is read, and codes are matched by start."""

import pytest

from tmjkit.knowledge import Code, KnowledgeError, read

FACT = """
as_of: 2026-11-23
facts:
  - id: C-X
    kind: code
    title: A code
    statement: It means something.
    citation: A list of codes
    url: https://www.cms.gov/
    confidence: confirmed-copy
"""


def test_a_code_that_ends_in_a_dash_stands_for_all_that_begin_so():
    code = Code(system="icd-10-cm", codes=("M79.1-", "R68.84"), not_with=("M60.-",))
    assert code.covers("M79.11")
    assert code.covers("R68.84")
    assert not code.covers("R68.841")
    assert not code.covers("M79.7")
    assert code.excludes("M60.9")
    assert not code.excludes("M61.9")


def test_a_fact_of_kind_code_has_a_code_and_no_other_has():
    with pytest.raises(KnowledgeError, match=r"C-X: .*kind 'code'"):
        read("codes.yaml", FACT)
    other = FACT.replace("kind: code", "kind: practice")
    with pytest.raises(KnowledgeError, match=r"C-X: .*kind 'code'"):
        read("codes.yaml", other + "    code: {system: cpt, codes: ['64615']}\n")
    (fact,) = read("codes.yaml", FACT + "    code: {system: cpt, codes: ['64615']}\n")
    assert fact.code.covers("64615")


@pytest.mark.parametrize(
    "values",
    [
        {"system": "hcpcs", "codes": ["J0585"], "unit": 1},
        {"system": "hcpcs", "codes": ["J0585"], "product": "onabotulinumtoxinA"},
        {"system": "hcpcs", "codes": ["J0585"], "product": "onabotulinumtoxinA", "unit": 0},
        {"system": "cpt", "codes": ["64615"], "refused": True},
        {"system": "cpt", "codes": ["64615"], "vial": 100},
        {"system": "cpt", "codes": []},
        {"system": "icd-9", "codes": ["524.6"]},
    ],
)
def test_values_that_do_not_fit_are_refused(values):
    with pytest.raises(ValueError, match=r"should|greater|at least"):
        Code(**values)
