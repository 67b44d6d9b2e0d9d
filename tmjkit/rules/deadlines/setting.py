"""What every clock is worked out in: a case, a day, and the clocks of a knowledge base by step."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

from tmjkit.case import Appeal, AuthorizationRequest, Case, Claim, Coverage, Determination
from tmjkit.knowledge import Fact, FactKind
from tmjkit.rules.model import RegimeResult
from tmjkit.rules.regime import coverage_of, regime

Asked = AuthorizationRequest | Claim


@dataclass(frozen=True)
class Setting:
    """A case on a day, with the facts that its clocks rest on.

    Parameters
    ----------
    case
        The case.
    today
        The day to judge by.
    known
        The facts, by id.
    steps
        Those of them that hold a clock, by its step.
    """

    case: Case
    today: date
    known: Mapping[str, Fact]
    steps: Mapping[str, tuple[Fact, ...]]

    @classmethod
    def of(cls, case: Case, today: date, known: Mapping[str, Fact]) -> Self:
        """Sort the clocks of the facts by their step."""
        steps: dict[str, list[Fact]] = defaultdict(list)
        for item in known.values():
            if item.clock is not None and item.kind is FactKind.RULE:
                steps[item.clock.step].append(item)
        return cls(case, today, known, {step: tuple(found) for step, found in steps.items()})

    def coverage(self, record: Determination | Asked | Appeal) -> Coverage | None:
        """Return the coverage that a record concerns; an appeal's is that of what it is against."""
        if isinstance(record, Appeal):
            denial = self.denial_of(record)
            if denial is not None:
                return coverage_of(self.case, denial)
            return self.case.coverages[0] if len(self.case.coverages) == 1 else None
        return coverage_of(self.case, record)

    def law(self, record: Determination | Asked | Appeal) -> RegimeResult | None:
        """Return the law that governs a record; None where the case does not say whose it is."""
        coverage = self.coverage(record)
        return regime(coverage) if coverage else None

    def clocks(self, step: str, law: RegimeResult | None) -> list[Fact]:
        """Return the facts with a clock of that step that hold under a law."""
        if law is None or law.regime is None:
            return []
        return [
            item
            for item in self.steps.get(step, ())
            if item.applies(law.regime, grandfathered=law.grandfathered, state=law.state)
        ]

    def holding(self, ids: tuple[str, ...], law: RegimeResult | None) -> list[Fact]:
        """Return the facts of some ids that hold under a law, in the order of the ids."""
        if law is None:
            return []
        named = (self.known[name] for name in ids if name in self.known)
        return [
            item
            for item in named
            if item.applies(law.regime, grandfathered=law.grandfathered, state=law.state)
        ]

    def denial_of(self, appeal: Appeal) -> Determination | None:
        """Return what an appeal is against; the only denial where it names none."""
        if appeal.determination_id is not None:
            return next(
                (item for item in self.case.determinations if item.id == appeal.determination_id),
                None,
            )
        adverse = [item for item in self.case.determinations if item.adverse]
        return adverse[0] if len(adverse) == 1 else None

    def asked(self, denial: Determination | None) -> Asked | None:
        """Return the request or claim at the bottom of a decision, through its appeals."""
        every: list[Asked] = [*self.case.requests, *self.case.claims]
        records = {item.id: item for item in every}
        appeals = {item.id: item for item in self.case.appeals}
        seen: set[str] = set()
        while denial is not None and denial.id not in seen and denial.about_id:
            seen.add(denial.id)
            if denial.about_id in records:
                return records[denial.about_id]
            appeal = appeals.get(denial.about_id)
            denial = self.denial_of(appeal) if appeal else None
        return None
