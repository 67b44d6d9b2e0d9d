"""What letters about a denial can read beside the picture: plan, policy, law that helps."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from tmjkit.case import Benefit, Instrument, Measurement, ReasonKind
from tmjkit.knowledge import Regime
from tmjkit.knowledge.mandate import Mandate, MandateForm, Reach
from tmjkit.letters import care
from tmjkit.letters.decision import decision_view
from tmjkit.letters.gap import Gap
from tmjkit.letters.kinds.appeals_answer import answers
from tmjkit.letters.kinds.appeals_chain import reasoned
from tmjkit.letters.kinds.appeals_process import (
    RULES,
    STATE,
    WITH_FORMS,
    WITHOUT_OWN,
    process_name,
)
from tmjkit.letters.situation import Situation
from tmjkit.letters.value import Value, clean
from tmjkit.letters.view import View, missing
from tmjkit.rules import Mark, RegimeResult, assess, policy_of
from tmjkit.rules.criteria import policy_words
from tmjkit.rules.triage import triage

_ON_CRITERIA: Final = frozenset(
    {
        ReasonKind.EXPERIMENTAL,
        ReasonKind.NOT_MEDICALLY_NECESSARY,
        ReasonKind.STEP_THERAPY,
        ReasonKind.QUANTITY,
    }
)
# The state's own words on its process, where they can stand in a letter as they are.
_STATES: Final = ("A-CA", "A-NY", "A-IL", "A-MN")
_ANY_FEDERAL: Final = ("A-EXT-SCOPE",)
_OTHER: Final = (
    "A-MA-DEC",
    "A-PTD-DEC",
    "A-OM-QIC",
    "A-MCO-FH",
    "A-MCO-DEEMED",
    "A-FFS-DEC",
    "A-TRI-2",
    "A-FEHB-OPM",
)
# Scores of mood and habits are nobody's business in an appeal about pain and function.
_PRIVATE: Final = frozenset({Instrument.PHQ_4, Instrument.PHQ_9, Instrument.GAD_7, Instrument.OBC})
_BINDING: Final = (MandateForm.MANDATE, MandateForm.PARITY, MandateForm.NO_EXCLUSION)
_ITS_WORDS: Final = (Reach.STRONG, Reach.GOOD)


def of_appeal(situation: Situation) -> Mapping[str, Any]:
    """Add the reasons to answer, what helps against them, and the rights that are kept.

    `answered` is the decision whose reasons are answered: a decision on an appeal that gives none
    of its own upholds those of the one before.

    `mandates` are laws of the State on coverage that reach this plan, where the plan excludes;
    `criteria` are those of the payer's policy that the record meets, `policy` its name; `later` is
    what is open after this letter.
    """
    reasons = reasoned(situation.case, situation.denial)
    return {
        "answered": decision_view(reasons, situation.case.documents),
        "reason_codes": tuple(
            item.kind.value for item in (reasons.reasons if reasons else ()) if item.kind
        ),
        "to_reviewer": False,
        **answers(situation),
        "mandates": mandates(situation),
        **criteria(situation),
        **readings(situation),
        "later": later(situation),
    }


def readings(situation: Situation) -> Mapping[str, Any]:
    """Return the measurements of pain and function, in short.

    Where the treatment was never given, the first and the latest reading tell where the patient
    stands, and `shortened` says that there are others. Where it was given, every reading is told,
    because what it did is read from them.
    """
    case, today = situation.case, situation.today
    found = [
        item
        for item in care.measurements(case)
        if isinstance(item.records[0], Measurement) and item.records[0].instrument not in _PRIVATE
    ]
    gap: Gap = missing("Measurements with dates", "Measurements: add scores", record="measurements")
    if care.sessions(case, today):
        return {"readings": tuple(found) or gap, "shortened": False}
    short = tuple(_ends(item) for item in found)
    fewer = any(
        len(item.records) < len(whole.records) for item, whole in zip(short, found, strict=True)
    )
    return {"readings": short or gap, "shortened": fewer}


def _ends(item: View) -> View:
    """Return a measurement with its first and latest reading; undated ones are all kept."""
    shown = tuple(
        (reading, record)
        for place, (reading, record) in enumerate(
            zip(item.fields["readings"], item.records, strict=True)
        )
        if place in (0, _last_dated(item)) or getattr(record, "date", None) is None
    )
    fields = {**item.fields, "readings": tuple(reading for reading, _ in shown)}
    return View(item.name, MappingProxyType(fields), tuple(record for _, record in shown))


def _last_dated(item: View) -> int:
    dated = [
        place
        for place, record in enumerate(item.records)
        if getattr(record, "date", None) is not None
    ]
    return max(dated, default=0)


def mandates(situation: Situation) -> tuple[View, ...]:
    """Return the laws of the State on coverage of TMD that reach this plan, against an exclusion.

    Which reach the plan is triage's word. A law that is only an offer or an opinion, or whose words
    speak of surgery or of other care, does not take an exclusion of an injection away, and is not
    told.
    """
    denial = reasoned(situation.case, situation.denial)
    if denial is None or not any(item.kind is ReasonKind.EXCLUDED for item in denial.reasons):
        return ()
    found = triage(situation.case, denial, situation.today, knowledge=situation.known.facts)
    reaching = (
        name
        for law in found.state_law
        if law.reaches
        for name in law.facts
        if _binds(situation.known.facts[name].mandate)
    )
    return situation.law.those(*dict.fromkeys(reaching))


def _binds(mandate: Mandate | None) -> bool:
    return mandate is not None and mandate.form in _BINDING and mandate.reach in _ITS_WORDS


def criteria(situation: Situation) -> Mapping[str, Any]:
    """Return the criteria of the payer's own policy that the record meets, in its words.

    An example policy is nobody's, and what is not met or not shown is no argument: neither is told.
    """
    coverage, denial = situation.coverage, reasoned(situation.case, situation.denial)
    nothing: Mapping[str, Any] = {"criteria": (), "policy": Value("")}
    if coverage is None or denial is None:
        return nothing
    if not any(item.kind in _ON_CRITERIA for item in denial.reasons):
        return nothing
    policy = policy_of(situation.case, coverage, situation.known.policies)
    if policy is None or policy.example:
        return nothing
    case = situation.case
    found = assess(case, policy, situation.today, knowledge=situation.known.facts)
    met = tuple(
        View(
            "criterion",
            MappingProxyType(
                {
                    "wording": Value(clean(test.wording), (coverage.id,)),
                    "section": Value(clean(test.section) or "-", (coverage.id,)),
                }
            ),
            tuple(case.record(name) for name in test.records),
        )
        for test in found.criteria.tests
        if test.mark is Mark.MET and test.wording and test.records
    )
    return {"criteria": met, "policy": Value(clean(policy_words(policy)), (coverage.id,))}


def later(situation: Situation) -> tuple[View, ...]:
    """Return what is open after this letter, under the process that governs the plan."""
    coverage, law = situation.coverage, situation.law
    if coverage is None or law.result is None or coverage.benefit is Benefit.DENTAL:
        # A dental benefit that stands alone may be excepted from outside review.
        return law.those(*_OTHER)
    name = process_name(coverage, law.result)
    if not name:
        return law.those(*(_ANY_FEDERAL if _federal(law.result) else ()), *_OTHER)
    own = law.those(*(_STATES if name in WITH_FORMS else ()))
    if own or name in WITH_FORMS or name == STATE:
        return own or law.those("A-EXT-STATE")
    return law.those(*RULES[name].scope, *RULES[name].time)


def _federal(law: RegimeResult) -> bool:
    """Tell whether it is a federal process though not which: in both what is reviewed is the same.

    Sources: 45 CFR 147.136(d)(4), for a government's plan that no insurer bears, and fact A-FL.
    """
    if law.regime is Regime.GOVERNMENT:
        return law.insured is False
    return law.state in WITHOUT_OWN
