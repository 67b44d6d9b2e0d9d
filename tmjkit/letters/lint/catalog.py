"""The rules of the linter, in the order in which a reader would ask."""

from collections.abc import Callable, Iterator
from typing import Final

from tmjkit.letters.lint import (
    approval,
    claims,
    codes,
    confirmed,
    documented,
    evidence,
    judgment,
    othercase,
    quotes,
    reasons,
    regimes,
    resolved,
    signing,
)
from tmjkit.letters.lint.matter import Matter
from tmjkit.letters.lint.model import LintRule, Objection

Check = Callable[[Matter], Iterator[Objection]]

CHECKS: Final[tuple[tuple[LintRule, Check], ...]] = tuple(
    (module.RULE, module.check)
    for module in (
        resolved,
        quotes,
        claims,
        documented,
        confirmed,
        regimes,
        approval,
        evidence,
        reasons,
        codes,
        othercase,
        judgment,
        signing,
    )
)
"""Each rule with what checks it."""

RULES: Final = tuple(rule for rule, _ in CHECKS)
"""Every rule of the linter."""
