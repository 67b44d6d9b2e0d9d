"""No law of another regime in anything that the product says: letters, triage, findings, clocks.

Every kind of letter is composed as a draft and every rule is asked, for every way in which a plan
can be paid for and for none on record; what is shown is searched for the claims rules of ERISA.
"""

import json
import re
from datetime import date

import pytest
from letter_cases import CALIFORNIA, ERISA, MEDICAID, changed, example, with_funding, words

from tmjkit import knowledge
from tmjkit.case import Case, Determination, Funding, Level, Reason, ReasonKind
from tmjkit.knowledge import cites_erisa
from tmjkit.letters import LetterError, compose, kinds
from tmjkit.rules import deadlines, findings, regime
from tmjkit.rules.triage import triage, triage_findings

TODAY = date(2026, 11, 23)
FUNDINGS = [None, *Funding]
# Wider than what the schema of facts looks for: other spellings, and words of that law alone.
WORDS = re.compile(
    r"\bERISA\b|\b29\s*(?:C\.?\s?F\.?\s?R|U\.?\s?S\.?\s?C)\b|2560|\b502\s?\(|fiduciar|"
    r"Employee Retirement",
    re.IGNORECASE,
)
REASONS = (
    *(Reason(kind=kind, text=f"Reason given: {kind.label}.") for kind in ReasonKind),
    Reason(carc="CO-96"),
    Reason(text="The request can't be approved."),
)


def cases(name: str, funding: Funding | None) -> list[Case]:
    """Return an example under a funding: in several states, grandfathered, as a dental plan."""
    case = with_funding(example(name), funding)
    cover = case.coverages[0].id
    varied = [changed(case, cover, state=state) for state in ("CA", "NY", "WI", None)]
    varied.append(changed(case, cover, grandfathered=True, benefit="pharmacy", insured=True))
    varied.append(changed(case, cover, benefit="dental", excludes_tmd=True, insured=False))
    return varied


def everything(case: Case) -> dict[str, str]:
    """Return all that the product says of a case, by where it stands."""
    said = {f"letter {kind.kind}": drafted(kind.kind, case) for kind in kinds()}
    said["clocks"] = json.dumps([item.as_json() for item in deadlines(case, TODAY)])
    told = (*findings(case, TODAY), *triage_findings(case, TODAY, knowledge.facts()))
    said["findings"] = json.dumps([item.as_json() for item in told])
    said["regime"] = json.dumps([regime(item).as_json() for item in case.coverages])
    for place, one in enumerate(denials(case)):
        said[f"triage {place}"] = json.dumps(triage(case, one, TODAY).as_json())
    used = {name for item in told for name in item.facts}
    used |= {name for item in deadlines(case, TODAY) for name in item.facts}
    said["facts"] = " ".join(
        f"{fact.citation} {fact.statement} {fact.scope} {fact.note} {fact.url}"
        for fact in map(knowledge.fact, used)
    )
    return said


def denials(case: Case) -> list[Determination]:
    """Return denials for all reasons together and for none, at each level, and for each alone."""
    first = case.determinations[-1] if case.determinations else Determination(decision="denial")
    fields = first.model_dump() | {"decision": "denial"}
    varied = [(REASONS, level) for level in Level]
    varied += [((), Level.INITIAL), *(((reason,), Level.INITIAL) for reason in REASONS)]
    return [
        Determination.model_validate(fields | {"reasons": reasons, "level": level})
        for reasons, level in varied
    ]


def drafted(kind: str, case: Case) -> str:
    """Return the words of a draft; where no such letter can be, the words that say why."""
    try:
        return words(compose(kind, case, today=TODAY, draft=True))
    except LetterError as error:
        return str(error)


NOT_ERISA = [
    item for item in FUNDINGS if item not in (Funding.SELF_FUNDED_ERISA, Funding.INSURED_GROUP)
]


@pytest.mark.parametrize("funding", NOT_ERISA)
@pytest.mark.parametrize("name", [ERISA, CALIFORNIA, MEDICAID])
def test_no_erisa_citation_stands_anywhere_in_another_regime(
    name: str, funding: Funding | None
) -> None:
    for case in cases(name, funding):
        for place, text in everything(case).items():
            # The example's own papers are quoted as they stand and name what they name.
            found = WORDS.search(text)
            assert found is None, (place, text[max(0, found.start() - 80) : found.end() + 40])
            assert not cites_erisa(text), place


@pytest.mark.parametrize("funding", [Funding.SELF_FUNDED_ERISA, Funding.INSURED_GROUP])
def test_the_search_would_find_it(funding: Funding) -> None:
    case = with_funding(example(ERISA), funding)
    said = everything(case)
    for place in ("letter appeal", "findings", "clocks", "regime", "facts", "triage 0"):
        assert WORDS.search(said[place]), place


def test_every_kind_of_letter_is_looked_at() -> None:
    """Each is composed under some funding; elsewhere the words that refuse it are looked at."""
    names = (ERISA, CALIFORNIA)
    every = [with_funding(example(name), funding) for name in names for funding in Funding]
    for kind in kinds():
        lengths = [len(drafted(kind.kind, case)) for case in every]
        assert max(lengths) > 800, kind.kind
        assert min(lengths) > 20, kind.kind


@pytest.mark.parametrize("funding", FUNDINGS)
def test_triage_rests_only_on_facts_that_hold_for_the_plan(funding: Funding | None) -> None:
    for case in cases(CALIFORNIA, funding):
        law = regime(case.coverages[0])
        for one in denials(case):
            for cited in triage(case, one, TODAY).cited:
                assert knowledge.fact(cited.id).applies(
                    law.regime, grandfathered=law.grandfathered, state=law.state
                ), cited.id
