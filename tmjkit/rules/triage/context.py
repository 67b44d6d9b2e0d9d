"""What triage looks at: the denial with what it is about, its coverage and law, the facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from tmjkit.case import AuthorizationRequest, Benefit, Case, Claim, Coverage, Determination
from tmjkit.knowledge import Fact, Regime
from tmjkit.rules.model import RegimeResult

# A dental plan that stands alone may be an excepted benefit (45 CFR 146.145, 148.220), which the
# federal rule on appeals and outside review does not reach; the States' reviews are on record for
# health plans. A case does not say whether the benefit stands alone, so neither is cited for it.
_NOT_FOR_DENTAL: Final = ("45 CFR 147.136", "Cal. Health & Saf. Code 1374.3")


@dataclass(frozen=True, slots=True)
class Context:
    """One denial and all that it stands in.

    Parameters
    ----------
    case, denial
        The case and the determination.
    coverage
        The coverage that decided; None where the case does not say which.
    law
        Its regime; None with no coverage.
    about
        The request or claim that was denied; None where the case does not say.
    today
        The day to judge by.
    known
        The facts to rest on.
    """

    case: Case
    denial: Determination
    coverage: Coverage | None
    law: RegimeResult | None
    about: AuthorizationRequest | Claim | None
    today: date
    known: Mapping[str, Fact]

    @property
    def regime(self) -> Regime | None:
        """The regime; None where it is not known."""
        return self.law.regime if self.law else None

    @property
    def dental(self) -> bool:
        """Whether the dental benefit was asked to pay."""
        return self.coverage is not None and self.coverage.benefit is Benefit.DENTAL

    @property
    def claim(self) -> Claim | None:
        """The claim that was denied; None where it was a request or nobody says."""
        return self.about if isinstance(self.about, Claim) else None

    @property
    def request(self) -> AuthorizationRequest | None:
        """The request that was denied; None where it was a claim or nobody says."""
        return self.about if isinstance(self.about, AuthorizationRequest) else None

    def holds(self, fact: Fact) -> bool:
        """Tell whether a fact may be said of this coverage."""
        if self.dental and any(words in fact.citation for words in _NOT_FOR_DENTAL):
            return False
        if self.law is None:
            return fact.applies(None)
        return fact.applies(
            self.law.regime, grandfathered=self.law.grandfathered, state=self.law.state
        )

    def held(self, *ids: str) -> tuple[str, ...]:
        """Return those of the facts that are known and may be said of this coverage."""
        return tuple(name for name in ids if name in self.known and self.holds(self.known[name]))


def decided(case: Case, denial: Determination) -> AuthorizationRequest | Claim | None:
    """Return the request or claim behind a denial, also through appeals, without circling."""
    asked: dict[str, AuthorizationRequest | Claim] = {}
    asked.update((item.id, item) for item in case.requests)
    asked.update((item.id, item) for item in case.claims)
    onward = {item.id: item.determination_id for item in case.appeals}
    onward |= {item.id: item.about_id for item in case.determinations}
    target, seen = denial.about_id, set[str]()
    while target and target not in seen:
        if target in asked:
            return asked[target]
        seen.add(target)
        target = onward.get(target)
    return None
