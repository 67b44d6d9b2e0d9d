"""Small cases for the coding rules, about nobody."""

from datetime import date

from tmjkit import knowledge
from tmjkit.case import (
    AuthorizationRequest,
    BotulinumSession,
    Case,
    Claim,
    ClinicianSource,
    Coverage,
    Diagnosis,
    MuscleDose,
    ServiceLine,
)
from tmjkit.rules.coding import coding_findings

TODAY = date(2026, 6, 1)
DAY = "2026-03-02"
BY_CLINICIAN = (ClinicianSource(),)


def found(case, today=TODAY):
    """Return the findings by rule; a rule that says something twice has them in order."""
    by_rule = {}
    for item in coding_findings(case, today, knowledge.facts()):
        by_rule.setdefault(item.rule, []).append(item)
    return by_rule


def only(case, rule, today=TODAY):
    """Return the one finding of a rule."""
    (item,) = found(case, today)[rule]
    return item


def dose(units=30, muscle="masseter", side="right", name=""):
    return MuscleDose(muscle=muscle, side=side, units=units, name=name)


def line(code, units=1, *modifiers, **fields):
    return ServiceLine(code=code, units=units, modifiers=modifiers, **fields)


def session(day=DAY, *doses, product="onabotulinumtoxinA", **fields):
    fields.setdefault("id", f"session-{day}")
    return BotulinumSession(date=day, product=product, doses=doses, **fields)


def claim(*lines, day=DAY, codes=(), **fields):
    fields.setdefault("id", "claim-1")
    return Claim(start=day, lines=lines, diagnosis_codes=codes, **fields)


def request(*lines, codes=(), **fields):
    fields.setdefault("id", "request-1")
    return AuthorizationRequest(lines=lines, diagnosis_codes=codes, **fields)


def diagnosis(code, **fields):
    fields.setdefault("sources", BY_CLINICIAN)
    return Diagnosis(id=f"diagnosis-{code.replace('.', '-').lower()}", code=code, **fields)


def cover(funding="insured-group", benefit="medical"):
    return Coverage(id="coverage-1", payer="Example Health", funding=funding, benefit=benefit)


def billed(*lines, sessions=(), funding="insured-group", benefit="medical", **fields):
    """Make a case with one claim, and the sessions that it is for."""
    return Case(
        coverages=(cover(funding, benefit),), claims=(claim(*lines, **fields),), sessions=sessions
    )


def asked(*lines, codes=(), diagnoses=(), **fields):
    """Make a case with one request."""
    return Case(
        coverages=(cover(),),
        requests=(request(*lines, codes=codes, **fields),),
        diagnoses=diagnoses,
    )
