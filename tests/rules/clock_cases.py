"""Cases for the tests of clocks: one coverage, one thing asked for, decisions and appeals."""

from datetime import date

from tmjkit.case import (
    Appeal,
    AuthorizationRequest,
    Case,
    Claim,
    Coverage,
    Determination,
    ServiceLine,
)
from tmjkit.rules import deadlines

LATER = date(2029, 1, 1)
PLAN = {
    "erisa": "self-funded-erisa",
    "insured": "insured-group",
    "gov": "state-local-government",
    "ma": "medicare-advantage",
    "om": "original-medicare",
    "mco": "medicaid-managed-care",
    "ffs": "medicaid-ffs",
}


def lines(codes):
    return tuple(ServiceLine(code=code) for code in codes)


def coverage(plan, **fields):
    return Coverage(
        id="cov-1", payer="Example Health", funding=PLAN.get(plan, plan) or None, **fields
    )


def request(codes=("64999",), **fields):
    known = {"id": "r-1", "coverage_id": "cov-1", "lines": lines(codes)}
    return AuthorizationRequest(**known | fields)


def claim(codes=("64999",), **fields):
    return Claim(**{"id": "c-1", "coverage_id": "cov-1", "lines": lines(codes)} | fields)


def denial(kind="experimental", **fields):
    known = {
        "id": "d-1",
        "decision": "denial",
        "about_id": "r-1",
        "notice_date": "2026-03-02",
        "received_date": "2026-03-05",
        "reasons": ({"kind": kind, "text": "No."},) if kind else (),
    }
    return Determination(**known | fields)


def final(**fields):
    """Make a denial upheld at the first level of appeal."""
    return denial(**{"id": "d-2", "level": "internal-1", "about_id": "a-0"} | fields)


def first_denial(**fields):
    return denial(**{"notice_date": "2026-01-05", "received_date": "2026-01-08"} | fields)


FIRST_APPEAL = Appeal(id="a-0", determination_id="d-1", sent="2026-01-20", outcome="upheld")


def appeal(**fields):
    known = {"id": "a-1", "determination_id": "d-1", "received": "2026-05-04"}
    return Appeal(**known | fields)


def appealed(plan, *, post=False, codes=("64999",), cover=None, **fields):
    """Make a denial with an appeal that the payer got."""
    asked = claim(codes, sent="2026-01-02") if post else request(codes, sent="2026-01-02")
    return Case(
        coverages=(coverage(plan, **cover or {}),),
        claims=(asked,) if post else (),
        requests=() if post else (asked,),
        determinations=(denial(about_id=asked.id),),
        appeals=(appeal(**fields),),
    )


def upheld(plan, *, kind="experimental", cover=None, appeals=(), **fields):
    """Make a denial that was upheld on the first appeal."""
    return Case(
        coverages=(coverage(plan, **cover or {}),),
        requests=(request(sent="2026-01-02"),),
        determinations=(first_denial(kind=kind), final(kind=kind, **fields)),
        appeals=(FIRST_APPEAL, *appeals),
    )


def clock(case, rule, today=LATER):
    """Return the only clock of a rule."""
    (found,) = [item for item in deadlines(case, today) if item.rule == rule]
    return found


def rules_of(case, today):
    return {item.rule for item in deadlines(case, today)}


def ends(found):
    """Return the first and last day of a clock as text."""
    return tuple(map(str, found.due)) if found.due else None
