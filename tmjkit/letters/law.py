"""What a template may say about law and evidence: only what holds for the coverage.

A fact that nobody confirmed, or that belongs to another regime, can't reach a letter: asking
for it is an error in the template, not a sentence in somebody's appeal.
"""

from collections.abc import Mapping
from types import MappingProxyType

from jinja2 import TemplateRuntimeError

from tmjkit.case import Benefit, Coverage
from tmjkit.knowledge import Fact
from tmjkit.language import translated
from tmjkit.letters.value import Value, clean
from tmjkit.letters.view import View
from tmjkit.rules import RegimeResult, regime

# A dental plan that stands alone may be an excepted benefit (45 CFR 146.145 and 148.220), which the
# federal rule on appeals and external review does not reach; and what States say of outside review
# is on record for health plans. A case does not record whether the dental benefit stands alone, so
# neither is cited for it.
_NOT_FOR_DENTAL = ("45 CFR 147.136", "Cal. Health & Saf. Code 1374.3")

_APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"


class Law:
    """The facts that hold for one coverage.

    Parameters
    ----------
    coverage
        The coverage; None where the case does not say which.
    known
        The facts that there are, by their ids.
    """

    def __init__(self, coverage: Coverage | None, known: Mapping[str, Fact]) -> None:
        self._known = known
        self.result: RegimeResult | None = regime(coverage) if coverage else None
        self._dental = coverage is not None and coverage.benefit is Benefit.DENTAL

    def holds(self, fact_id: str) -> bool:
        """Tell whether a letter on this coverage may state the fact."""
        found = self._known.get(fact_id)
        if found is None:
            raise TemplateRuntimeError(f"there is no fact '{fact_id}'")
        if self._dental and any(words in found.citation for words in _NOT_FOR_DENTAL):
            return False
        if self.result is None:
            return found.letter_ready and found.applies(None)
        return found.letter_ready and found.applies(
            self.result.regime,
            grandfathered=self.result.grandfathered,
            state=self.result.state,
        )

    def fact(self, fact_id: str) -> View:
        """Return a fact that holds.

        Raises
        ------
        TemplateRuntimeError
            When it does not hold for this coverage, or nobody confirmed it.
        """
        if not self.holds(fact_id):
            raise TemplateRuntimeError(
                f"the fact '{fact_id}' does not hold for this coverage, or is not confirmed: "
                "ask with 'holds' first"
            )
        return _view(self._known[fact_id])

    def those(self, *fact_ids: str) -> tuple[View, ...]:
        """Return those of the facts that hold, in the order asked for."""
        return tuple(self.fact(fact_id) for fact_id in fact_ids if self.holds(fact_id))


def _view(found: Fact) -> View:
    def words(text: str) -> Value:
        return Value(clean(text).replace("'", _APOSTROPHE), facts=(found.id,))

    return View(
        f"fact {found.id}",
        MappingProxyType(
            {
                "title": words(translated(found.title)),
                # Without its full stop, so that a citation can stand before it.
                "statement": words(translated(found.statement).rstrip(".")),
                "citation": words(found.citation),
                "participants": words(str(found.participants or "")),
            }
        ),
    )
