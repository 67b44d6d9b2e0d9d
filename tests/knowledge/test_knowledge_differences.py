"""Changes in a score that count: cited, sized, and refused where they can't be right."""

import pytest

from tmjkit import knowledge
from tmjkit.knowledge import Benefit, Difference, FactKind, KnowledgeError

FILE = """
as_of: 2026-11-23
facts:
  - id: X
    kind: {kind}
    title: X
    statement: X
    citation: X
    url: https://example.org
    confidence: confirmed-copy
    difference:
      - {{scales: [nrs-pain], benefit: minimal, least: {least}, amount: {amount}, unit: points}}
"""


def test_every_difference_names_study_size_and_scale():
    found = {
        (item.id, scale, size.benefit, size.words)
        for item in knowledge.facts().values()
        for size in item.difference
        for scale in size.scales
    }
    # Emshoff 2010; Calixtre 2020; J Oral Rehabil 2024; Dworkin 2008.
    assert ("E-MCID-VAS", "nrs-pain", Benefit.MODERATE, "37.9%") in found
    assert ("E-MCID-CAL", "nrs-pain", Benefit.MINIMAL, "0 to 1.9 points") in found
    assert ("E-MCID-CAL", "mmo-unassisted", Benefit.MINIMAL, "2.5 mm") in found
    assert ("E-MCID-2024", "nrs-pain", Benefit.MINIMAL, "0.8 points") in found
    assert ("E-MCID-2024", "nrs-pain", Benefit.SUBSTANTIAL, "2.18 points") in found
    assert ("E-MCID-2024", "jfls-20-mastication", Benefit.SUBSTANTIAL, "1.35 points") in found
    assert ("E-MCID-IMMPACT", "nrs-pain", Benefit.MINIMAL, "10 to 20%") in found
    assert ("E-MCID-IMMPACT", "nrs-pain", Benefit.MODERATE, "30%") in found
    assert ("E-MCID-IMMPACT", "nrs-pain", Benefit.SUBSTANTIAL, "50%") in found


def test_a_size_in_percent_is_told_from_one_in_points():
    share = Difference(scales=("nrs-pain",), benefit=Benefit.MODERATE, amount=30, unit="%")
    assert share.relative
    assert not share.model_copy(update={"unit": "points"}).relative


@pytest.mark.parametrize(
    ("kind", "least", "amount", "field"),
    [
        ("instrument", 2, 2, "least should be smaller"),
        ("instrument", 0, 0, "difference.1.amount"),
        ("instrument", -1, 2, "difference.1.least"),
        ("instrument", 0, 101, "difference.1.amount"),
        ("label", 0, 2, "a difference should stand with an instrument"),
    ],
)
def test_an_error_names_file_fact_and_field(kind, least, amount, field):
    with pytest.raises(KnowledgeError, match=f"(?s)own.yaml: X: .*{field}"):
        knowledge.read("own.yaml", FILE.format(kind=kind, least=least, amount=amount))


def test_the_instruments_of_the_dc_tmd_are_there():
    ids = {item.id for item in knowledge.facts().values() if item.kind is FactKind.INSTRUMENT}
    scored = {"E-GCPS", "E-GCPS-V1", "E-JFLS", "E-OBC", "E-PHQ4", "E-GAD7", "E-NRS", "E-MMO"}
    assert scored <= ids
    assert {"E-DCTMD", "E-DCTMD-MYALGIA"} <= ids
