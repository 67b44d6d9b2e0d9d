"""Everything that the rules say of one case, worked out once and shown everywhere."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tmjkit.case import Case
from tmjkit.knowledge import Library, library
from tmjkit.rules.assessment.clocks import clock_section
from tmjkit.rules.assessment.codes import code_section
from tmjkit.rules.assessment.course import course_section
from tmjkit.rules.assessment.denial import denial_section
from tmjkit.rules.assessment.law import law_section
from tmjkit.rules.assessment.policy import criteria_section
from tmjkit.rules.assessment.steps import steps_section
from tmjkit.rules.coding import coding_findings
from tmjkit.rules.criteria import Assessment, assess, missing_policy, policy_of
from tmjkit.rules.deadlines import deadlines
from tmjkit.rules.duty import next_duty
from tmjkit.rules.findings import findings
from tmjkit.rules.instruments import Score, instrument_findings, score
from tmjkit.rules.model import Deadline, Finding, RegimeResult
from tmjkit.rules.regime import regime
from tmjkit.rules.response import CaseResponse, response, response_findings
from tmjkit.rules.section import Section
from tmjkit.rules.triage import Triage, triage


@dataclass(frozen=True, slots=True)
class CaseAssessment:
    """What the rules say of a case on a day.

    Parameters
    ----------
    case_id, today
        The case and the day.
    laws
        Id of each coverage with its regime.
    deadlines
        Every clock.
    triages
        Every adverse determination.
    criteria
        Every coverage that has a policy.
    scores
        Every questionnaire about the jaw.
    response
        The scores around everything that was tried.
    coding
        What does not fit about the codes.
    findings
        What someone should know or do, most urgent first.
    sections
        All of it laid out for reading: law, deadlines, denial, criteria, response, coding, what
        to do next.
    """

    case_id: str
    today: date
    laws: tuple[tuple[str, RegimeResult], ...]
    deadlines: tuple[Deadline, ...]
    triages: tuple[Triage, ...]
    criteria: tuple[Assessment, ...]
    scores: tuple[Score, ...]
    response: CaseResponse
    coding: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    sections: tuple[Section, ...]

    def section(self, key: str) -> Section:
        """Return the section of that key.

        Raises
        ------
        KeyError
            When there is none.
        """
        for section in self.sections:
            if section.key == key:
                return section
        raise KeyError(f"an assessment has no section '{key}'")

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold, in the order of the sections."""
        return {
            "case": self.case_id,
            "today": self.today.isoformat(),
            "regime": [{"coverage": name, **law.as_json()} for name, law in self.laws],
            "deadlines": [one.as_json() for one in self.deadlines],
            "triage": [one.as_json() for one in self.triages],
            "criteria": [one.as_json() for one in self.criteria],
            "scores": [one.as_json() for one in self.scores],
            "response": self.response.as_json(),
            "coding": [one.as_json() for one in self.coding],
            "next": [one.as_json() for one in self.section("next").entries],
            "findings": [one.as_json() for one in self.findings],
        }


def assess_case(case: Case, today: date, *, known: Library | None = None) -> CaseAssessment:
    """Work out what the rules say of a case.

    Parameters
    ----------
    case
        The case.
    today
        The day to judge by.
    known
        Facts and policies; those that ship with tmjkit when left out.
    """
    from_here = library() if known is None else known
    facts, policies = from_here.facts, from_here.policies
    clocks = deadlines(case, today, knowledge=facts)
    denials = tuple(
        triage(case, one, today, knowledge=facts) for one in case.determinations if one.adverse
    )
    chosen = [(one, policy_of(case, one, policies)) for one in case.coverages]
    judged = tuple(assess(case, one, today, knowledge=facts) for _, one in chosen if one)
    absent = tuple(one for item in case.coverages if (one := missing_policy(item, policies)))
    scores = tuple(score(one) for one in case.jaw_questionnaires)
    course = response(case, today, knowledge=facts)
    measured = (
        *instrument_findings(case, today, facts),
        *response_findings(case, today, facts),
    )
    codes = tuple(coding_findings(case, today, facts))
    found = findings(case, today, knowledge=facts, policies=policies)
    sections = (
        law_section(case),
        clock_section(clocks, today),
        denial_section(case, denials),
        criteria_section(judged, absent),
        course_section(scores, course, measured),
        code_section(case, codes),
        steps_section(found, judged, next_duty(case, today, clocks)),
    )
    return CaseAssessment(
        case_id=case.id,
        today=today,
        laws=tuple((one.id, regime(one)) for one in case.coverages),
        deadlines=clocks,
        triages=denials,
        criteria=judged,
        scores=scores,
        response=course,
        coding=codes,
        findings=found,
        sections=tuple(one.cited(facts) for one in sections),
    )
