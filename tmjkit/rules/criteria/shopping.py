"""The shopping list: which papers and details to get, most useful first."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from tmjkit.rules.criteria.marks import Mark, at_least
from tmjkit.rules.criteria.model import Judged, Need, ShoppingItem


def shopping(root: Judged) -> tuple[ShoppingItem, ...]:
    """Return what to get for the tests that are not shown and still matter.

    A test matters while every group that it stands in is not met yet. First comes what alone
    would settle the most of what has to be met, then what nothing else can stand in for, then
    what the most tests ask for, then the order of the policy. What several tests ask of one paper
    is one item.
    """
    wanted = list(_wanting(root))
    merged: dict[tuple[str, tuple[str, ...]], Need] = {}
    asked: dict[tuple[str, tuple[str, ...]], list[Judged]] = {}
    for test in wanted:
        for need in test.needs:
            key = (need.paper, need.records)
            before = merged.get(key)
            asks = tuple(dict.fromkeys((*(before.asks if before else ()), *need.asks)))
            merged[key] = replace(need, asks=asks)
            asked.setdefault(key, []).append(test)
    items = []
    for key, need in merged.items():
        alone = {id(test) for test in asked[key] if len(test.needs) == 1}
        items.append(
            ShoppingItem(
                need=need,
                opens=tuple(dict.fromkeys(test.title for test in asked[key])),
                settles=_met(root, alone) - _met(root, ()),
                choice=_choice(root, asked[key]),
            )
        )
    order = sorted(items, key=lambda item: (-item.settles, bool(item.choice), -len(item.opens)))
    return tuple(order)


def relevant(root: Judged) -> Iterator[Judged]:
    """Yield the tests whose groups are not met yet: what is left out of a met group is done."""
    if root.mark is Mark.MET:
        return
    if not root.children:
        yield root
    for child in root.children:
        yield from relevant(child)


def _wanting(root: Judged) -> Iterator[Judged]:
    yield from (test for test in relevant(root) if test.mark is Mark.UNDOCUMENTED)


def _choice(root: Judged, tests: list[Judged]) -> str:
    """Say where one paper of several would do; a test that needs it for sure leaves no choice."""
    found = {_group_of(root, test) for test in tests}
    return found.pop() if len(found) == 1 else ""


def _group_of(node: Judged, test: Judged) -> str:
    """Return the nearest group around a test of which not all are needed, in words."""
    for child in node.children:
        if child is test or any(inside is test for inside in child.tests):
            inner = "" if child is test else _group_of(child, test)
            count = len(node.children)
            if inner or node.needed >= count:
                return inner
            verb = "is" if node.needed == 1 else "are"
            return f"{node.title}: {node.needed} of {count} {verb} enough"
    return ""


def _met(root: Judged, given: Collection[int]) -> int:
    """Count the criteria that have to be met and are, where the given tests are taken for met."""
    return _count(root, given, asked=True)[1]


def _count(node: Judged, given: Collection[int], *, asked: bool) -> tuple[Mark, int]:
    if not node.children:
        mark = Mark.MET if id(node) in given else node.mark
        return mark, int(asked and mark is Mark.MET)
    each = asked and node.needed == len(node.children)
    inside = [_count(child, given, asked=each) for child in node.children]
    mark = at_least(node.needed, (mark for mark, _ in inside))
    return mark, sum(count for _, count in inside) + int(asked and mark is Mark.MET)
