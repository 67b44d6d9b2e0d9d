"""The codes that ship are those of the fact sheet, in own words, and agree with the code list."""

import pytest

from tmjkit import knowledge
from tmjkit.case import HCPCS, ToxinProduct
from tmjkit.knowledge import CodeSystem, FactKind

CODES = {fact.id: fact for fact in knowledge.facts().values() if fact.kind is FactKind.CODE}


def of(system):
    return {
        code: fact
        for fact in CODES.values()
        if fact.code.system is system
        for code in fact.code.codes
    }


# Sections C1, C2 and C4 of the fact sheet.
def test_every_code_of_the_fact_sheet_ships():
    assert of(CodeSystem.HCPCS).keys() == {"J0585", "J0586", "J0587", "J0588", "J0589"}
    assert of(CodeSystem.CPT).keys() == {
        *("64612", "64615", "64642", "64999", "20552", "20553", "20605"),
        *("95873", "95874", "96372"),
    }
    assert of(CodeSystem.CDT).keys() == {"D7899", "D7880", "D7881", "D9613"}
    assert of(CodeSystem.CARC).keys() == {
        *("11", "15", "16", "18", "29", "50", "55", "56", "96"),
        *("151", "197", "198", "204", "242"),
    }
    assert of(CodeSystem.RARC).keys() == {"N386"}
    assert of(CodeSystem.GROUP).keys() == {"CO", "PR", "OA", "PI"}
    assert of(CodeSystem.MODIFIER).keys() >= {"JW", "JZ", "RT", "LT", "50", "59", "25"}


@pytest.mark.parametrize("product", [item for item in ToxinProduct if item in HCPCS])
def test_a_product_and_its_code_agree_with_the_case_file(product):
    fact = of(CodeSystem.HCPCS)[HCPCS[product]]
    assert fact.code.product == product.value
    # HCPCS Level II: one billing unit is 1 unit, of J0586 5 and of J0587 100.
    assert fact.code.unit == {"J0586": 5, "J0587": 100}.get(HCPCS[product], 1)


def test_only_the_cosmetic_product_is_refused():
    refused = [fact.id for fact in CODES.values() if fact.code.refused]
    assert refused == ["C-NDC-COSMETIC"]


def test_what_a_license_protects_stands_only_as_a_number_with_own_words():
    for fact in CODES.values():
        if fact.code.system in (CodeSystem.CPT, CodeSystem.CDT):
            assert "own words" in fact.citation or fact.id == "C-64999"


def test_no_fact_about_a_code_advises_a_code():
    for fact in CODES.values():
        text = f"{fact.statement} {fact.note}".casefold()
        assert not any(word in text for word in ("best fit", "instead of", "better code", "use g"))


def test_a_medicare_rule_holds_for_medicare_only():
    assert CODES["C-JZ-MEDICARE"].regimes == (knowledge.Regime.ORIGINAL_MEDICARE,)
