"""The texts of a policy's form: from a policy, and back to what its models take."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from tmjkit.dashboards.policy_fields import Ask, Question, head_questions, test_questions
from tmjkit.knowledge import Policy
from tmjkit.knowledge.policy import AllOf, AnyOf, AtLeast, Criterion, Node

GROUPS: Final = ("A", "B", "C", "D")


def start_of(policy: Policy | None) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Return texts and rows of a policy, or of an empty form."""
    rows = rows_of(policy.criteria) if policy else [new_row("treatment-failed")]
    if rows is None:
        raise ValueError("this policy is nested deeper than the form")
    texts = dict(_head_texts(policy)) | {f"needed.{group}": "1" for group in GROUPS}
    return texts | (needed_of(policy.criteria) if policy else {}), rows


def new_row(test: str) -> dict[str, str]:
    """Return the texts of a new criterion."""
    texts = {question.name: question.default for question in test_questions(test)}
    return {"test": test, "group": "", **texts}


def rows_of(criteria: Node) -> list[dict[str, str]] | None:
    """Return the rows of a tree; None where it is nested deeper than the form can show."""
    rows = []
    letters = iter(GROUPS)
    for node in criteria.children if isinstance(criteria, AllOf) else (criteria,):
        if isinstance(node, AllOf):
            return None
        if not isinstance(node, AnyOf | AtLeast):
            rows.append({"test": node.test, "group": "", **dict(_test_texts(node))})
            continue
        group = next(letters, None)
        if group is None or node.title or node.section:
            return None
        for child in node.children:
            if isinstance(child, AllOf | AnyOf | AtLeast):
                return None
            rows.append({"test": child.test, "group": group, **dict(_test_texts(child))})
    if isinstance(criteria, AllOf) and (criteria.title or criteria.section):
        return None
    return rows


def needed_of(criteria: Node) -> dict[str, str]:
    """Return how many of each group are enough."""
    nodes = criteria.children if isinstance(criteria, AllOf) else (criteria,)
    groups = [node for node in nodes if isinstance(node, AnyOf | AtLeast)]
    return {f"needed.{GROUPS[place]}": str(node.needed) for place, node in enumerate(groups)}


def _head_texts(policy: Policy | None) -> Iterator[tuple[str, str]]:
    for question in head_questions():
        yield question.name, _text(getattr(policy, question.name)) if policy else question.default


def _test_texts(test: Criterion) -> Iterator[tuple[str, str]]:
    for question in test_questions(test.test):
        yield question.name, _text(getattr(test, question.name))


def _text(value: Any) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, float):
        return f"{value:g}"
    return str(getattr(value, "words", value))


def data_of(questions: tuple[Question, ...], texts: Mapping[str, str]) -> dict[str, Any]:
    """Return what the models take of a form's texts; a field without an answer is left out."""
    data: dict[str, Any] = {}
    for question in questions:
        text = texts.get(question.name, "").strip()
        if not text:
            continue
        if question.ask in (Ask.LIST, Ask.CHOICES):
            data[question.name] = [part.strip() for part in text.split(",") if part.strip()]
        elif question.ask is Ask.FLAG:
            data[question.name] = text == "yes"
        elif question.ask is Ask.DURATION:
            number, _, unit = text.partition(" ")
            # '1 week' and '6 weeks' are the same unit.
            data[question.name] = {f"{unit.removesuffix('s')}s": number} if number else None
        else:
            data[question.name] = text
    return data
