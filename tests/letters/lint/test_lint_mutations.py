"""A letter that breaks a rule is refused with sentence and rule, and its repair is accepted."""

import re
from pathlib import Path

import pytest
from lint_letters import TODAY, example
from lint_mutations import Pair, pairs

import tmjkit.letters.lint
from tmjkit.examples import names
from tmjkit.letters import LetterError, MissingFacts, compose, kinds
from tmjkit.letters.lint import RULES, lint
from tmjkit.letters.sentence import sentences

PAIRS = pairs()


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.rule}: {pair.name}")
def test_what_breaks_a_rule_is_refused_and_its_repair_accepted(pair: Pair) -> None:
    options = {"today": TODAY} | pair.options
    found = [item for item in lint(pair.broken, pair.case, **options) if item.rule == pair.rule]
    assert found
    told = sentences(pair.broken)
    for item in found:
        if item.sentence:
            assert item.text == told[item.sentence - 1].text
        assert item.text
        assert item.why
        assert not item.why.endswith(".")
        assert item.instead.endswith(".")
    assert any(pair.words in item.text for item in found)
    right = options if pair.right_options is None else {"today": TODAY} | pair.right_options
    assert lint(pair.repaired, pair.right_case or pair.case, **right) == ()


def test_every_rule_has_a_letter_that_breaks_it() -> None:
    assert {pair.rule for pair in PAIRS} == {rule.id for rule in RULES}


def test_the_catalogue_holds_every_rule_of_the_code_once() -> None:
    folder = Path(tmjkit.letters.lint.__file__).parent
    modules = [
        file for file in folder.glob("*.py") if "RULE: Final = LintRule(" in file.read_text()
    ]
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids)) == len(modules)
    for rule in RULES:
        assert all((rule.id, rule.title, rule.says, rule.source))
        assert rule.says.endswith(".")


def test_the_manual_explains_every_rule_and_its_example_runs() -> None:
    manual = (Path(__file__).parents[3] / "docs" / "linter.md").read_text(encoding="utf-8")
    for rule in RULES:
        assert f"| `{rule.id}` |" in manual
    (code,) = re.findall(r"```python\n(.*?)```", manual, re.DOTALL)
    exec(compile(code, "docs/linter.md", "exec"), {})  # noqa: S102


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("kind", [kind.kind for kind in kinds()])
def test_the_letters_of_the_examples_pass(name: str, kind: str) -> None:
    case = example(name).case
    documents = example(name).documents
    try:
        found = compose(kind, case, today=TODAY)
    except MissingFacts:
        found = compose(kind, case, today=TODAY, draft=True)
    except LetterError:
        pytest.skip("does not apply to this case")
    told = lint(found, case, today=TODAY, get_document=documents.__getitem__)
    left = [item for item in told if not item.why.startswith("a fact is missing here")]
    assert left == []
    assert found.draft or told == ()
