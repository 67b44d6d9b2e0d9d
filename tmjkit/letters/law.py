"""What a template may say about law and evidence: only what holds for the coverage.

A fact that nobody confirmed, or that belongs to another regime, can't reach a letter: asking
for it is an error in the template, not a sentence in somebody's appeal.
"""

from types import MappingProxyType

from jinja2 import TemplateRuntimeError

from tmjkit.case import Coverage
from tmjkit.knowledge import Fact
from tmjkit.knowledge import fact as known
from tmjkit.letters.value import Value, clean
from tmjkit.letters.view import View
from tmjkit.rules import RegimeResult, regime

_APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"


class Law:
    """The facts that hold for one coverage.

    Parameters
    ----------
    coverage
        The coverage; None where the case does not say which.
    """

    def __init__(self, coverage: Coverage | None) -> None:
        self.result: RegimeResult | None = regime(coverage) if coverage else None

    def holds(self, fact_id: str) -> bool:
        """Tell whether a letter on this coverage may state the fact."""
        try:
            found = known(fact_id)
        except KeyError:
            raise TemplateRuntimeError(f"there is no fact '{fact_id}'") from None
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
        return _view(known(fact_id))

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
                "title": words(found.title),
                # Without its full stop, so that a citation can stand before it.
                "statement": words(found.statement.rstrip(".")),
                "citation": words(found.citation),
                "participants": words(str(found.participants or "")),
            }
        ),
    )
