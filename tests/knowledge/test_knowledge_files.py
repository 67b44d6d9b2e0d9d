"""A knowledge file that can't be accepted is refused by file, fact and field."""

import textwrap

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tmjkit.knowledge import KnowledgeError, collect, read

GOOD = {
    "id": "X-1",
    "kind": "rule",
    "statement": "An appeal is filed within 30 days.",
    "citation": "Example Code 1",
    "url": "https://example.org/1",
    "confidence": "confirmed-copy",
    "regimes": ["fehb"],
    "clock": {
        "step": "first-appeal",
        "name": "appeal",
        "days": 30,
        "from": "receipt",
        "filed_as": ["internal-1"],
    },
}


def file(**changes):
    item = {key: value for key, value in (GOOD | changes).items() if value is not None}
    return yaml.safe_dump({"as_of": "2026-01-02", "facts": [item]})


def test_a_good_file_is_read():
    (item,) = read("good.yaml", file())
    assert item.clock.days == 30
    assert item.clock.counted_from == "receipt"
    assert item.clock.length == "30 days"
    assert item.as_of.isoformat() == "2026-01-02"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "rumor"}, "kind"),
        ({"citation": ""}, "citation"),
        ({"citation": None}, "citation"),
        ({"url": "none"}, "url"),
        ({"confidence": "sure"}, "confidence"),
        ({"regimes": ["mars"]}, "regimes.1: should be 'erisa"),
        ({"states": ["California"]}, "states.1: should be two capital letters"),
        ({"color": "red"}, "color"),
        ({"clock": GOOD["clock"] | {"days": "soon"}}, "clock.days"),
        ({"clock": GOOD["clock"] | {"days": 0}}, "clock.days"),
        ({"clock": GOOD["clock"] | {"from": "whenever"}}, "clock.from"),
        ({"clock": GOOD["clock"] | {"months": 2}}, "clock"),
        ({"clock": GOOD["clock"] | {"from": "notice-date", "presumed_receipt": 5}}, "clock"),
        ({"regimes": []}, "a clock should stand in a rule that names its regimes"),
        ({"direction": "for"}, "a direction should stand with evidence"),
        ({"citation": "29 CFR 2560.503-1"}, "an ERISA citation"),
        ({"citation": "29 USC 1132", "regimes": ["erisa-insured", "fehb"]}, "an ERISA citation"),
        ({"statement": "Under ERISA, 30 days."}, "an ERISA citation"),
        ({"id": "two words"}, "fact 1: id: should be letters, digits and hyphens"),
        ({"origin": "elsewhere.yaml"}, "origin: should be left out"),
    ],
)
def test_a_wrong_fact_names_file_id_and_field(changes, field):
    with pytest.raises(KnowledgeError) as caught:
        read("clinic.yaml", file(**changes))
    text = str(caught.value)
    assert "clinic.yaml" in text
    assert "id" in changes or "X-1" in text
    assert field in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "facts: should be a list"),
        ("- a", "facts: should be a list"),
        ("facts: {}", "facts: should be a list"),
        ("facts: [1]", "fact 1: should be a mapping"),
        ("facts: [", "should be YAML"),
        ("facts: []\nrules: []", "rules: is not a field of a knowledge file, which has: as_of"),
        ("facts: !!python/object/apply:os.getcwd []", "line 1: should be a plain value"),
        ("facts: [&a {id: X}, *a]", "no anchors and aliases"),
        ("facts: " + "[" * 100000, "should not be nested so deeply"),
        ("policies: 1", "policies: should be a list"),
        ("facts: []\nfacts: []", "line 2: the key 'facts' stands twice"),
    ],
)
def test_what_is_no_knowledge_file_is_refused(text, said):
    with pytest.raises(KnowledgeError) as caught:
        read("clinic.yaml", text)
    assert str(caught.value).startswith("clinic.yaml: ")
    assert said in str(caught.value)


def test_a_value_that_stands_twice_is_an_error_and_not_the_last_one():
    text = textwrap.dedent("""\
        as_of: 2026-01-02
        facts:
          - id: X-1
            confidence: memory
            confidence: confirmed-official
        """)
    with pytest.raises(KnowledgeError, match="line 5: the key 'confidence' stands twice"):
        read("clinic.yaml", text)


def test_an_id_in_two_files_names_both():
    with pytest.raises(KnowledgeError, match=r"b\.yaml: X-1: id: stands in a\.yaml too"):
        collect([("a.yaml", file()), ("b.yaml", file())])


@pytest.mark.parametrize("text", ["facts: 2026-02-31", "? [a]\n: 1", "&a [*a]", "? {a: 1}\n: 2"])
def test_yaml_that_means_nothing_is_refused(text):
    with pytest.raises(KnowledgeError, match=r"^odd\.yaml: "):
        read("odd.yaml", text)


@given(st.text(max_size=200))
def test_any_text_that_lists_no_facts_is_refused_with_the_file_named(text):
    with pytest.raises(KnowledgeError, match=r"^any\.yaml: "):
        read("any.yaml", f"{text}\n")
