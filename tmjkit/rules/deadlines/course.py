"""Our clocks where a course of treatment that was approved is cut or ended, and for a claim.

Sources: 42 CFR 438.420 (Medicaid managed care); 29 CFR 2560.503-1(f)(2)(ii)(A) for plans under it
and its siblings; the payer's manual or contract for the time to file a claim.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from tmjkit.case import Appeal, Claim, DateRange, Determination
from tmjkit.rules.deadlines.filing import judged
from tmjkit.rules.deadlines.made import Days, of_run, ours
from tmjkit.rules.deadlines.run import run
from tmjkit.rules.deadlines.setting import Setting
from tmjkit.rules.deadlines.span import range_words
from tmjkit.rules.deadlines.standing import against
from tmjkit.rules.deadlines.status import judge
from tmjkit.rules.model import Deadline, Status


def running_courses(setting: Setting) -> Iterator[Deadline]:
    """Yield what has to be done before the end of a course that the payer had approved."""
    for denial in setting.case.determinations:
        if not denial.ends_course:
            continue
        yield from _continued(setting, denial)
        yield from _protected(setting, denial)


def _continued(setting: Setting, denial: Determination) -> Iterator[Deadline]:
    """Yield `deadline.continue-benefits`: Medicaid, the later of 10 days and the effective day."""
    law = setting.law(denial)
    for rule in setting.clocks("continue-benefits", law):
        found = run(rule, denial.notice_date, denial.received_date)
        appeals = [item for item in against(setting.case, denial) if item.continues_benefits]
        if isinstance(found, str):
            days = Days(trigger="the plan's notice", reason=found)
        elif denial.effective is None:
            days = replace(
                of_run(found),
                bound="earliest",
                because="the day on which it takes effect is not recorded; if it is later, so is "
                "the last day",
            )
        else:
            effect = denial.effective.range
            due = DateRange(
                max(found.due.earliest, effect.earliest), max(found.due.latest, effect.latest)
            )
            line = (
                f"{found.arithmetic}, or the day on which it takes effect, "
                f"{denial.effective.words()}, whichever is later: {range_words(due)}"
            )
            days = replace(of_run(found), due=due, arithmetic=line)
        warning = "if the member loses, the plan may take back what it paid meanwhile"
        status = _course_status(setting, denial, days, appeals)
        yield ours(
            "deadline.continue-benefits",
            "Ask that benefits go on until the appeal is decided, if the patient wants that risk",
            replace(days, because="; ".join(part for part in (days.because, warning) if part)),
            status,
            records=(denial.id, *(item.id for item in appeals)),
            facts=(rule.id,),
        )


def _course_status(
    setting: Setting, denial: Determination, days: Days, appeals: list[Appeal]
) -> tuple[Status, str]:
    status, said = judged(setting, denial, appeals, days)
    if status is Status.CANNOT_START and days.bound == "earliest":
        said = "the safe date has passed: enter the day on which it takes effect"
    return status, said


def _protected(setting: Setting, denial: Determination) -> Iterator[Deadline]:
    """Yield `deadline.ongoing-course`: appeal before an approved course is cut or ended."""
    names = ("A-DEC-CONC-STOP", "A-DEC-CONC-STOP-IND", "A-DEC-CONC-STOP-GOV")
    rules = setting.holding(names, setting.law(denial))
    if not rules:
        return
    if denial.effective is None:
        days = Days(reason="the day on which the course is cut or ended is not recorded")
    else:
        day = timedelta(days=1)
        due = DateRange(denial.effective.earliest - day, denial.effective.latest - day)
        days = Days(
            trigger="the day on which the course is cut or ended",
            trigger_date=denial.effective,
            due=due,
            arithmetic=f"It takes effect on {denial.effective.words()}, so the appeal belongs "
            f"before that day: {range_words(due)} ({rules[0].citation})",
            because="the plan owes notice early enough for an appeal and its decision before that",
        )
    appeals = against(setting.case, denial)
    yield ours(
        "deadline.ongoing-course",
        "Appeal before the approved course is cut or ended",
        days,
        judged(setting, denial, appeals, days),
        records=(denial.id, *(item.id for item in appeals)),
        facts=(rules[0].id,),
    )


def claims_to_file(setting: Setting) -> Iterator[Deadline]:
    """Yield `deadline.claim`: a claim within the payer's days after the service."""
    for claim in setting.case.claims:
        day = claim.start or claim.end
        coverage = setting.coverage(claim)
        known = coverage is not None and coverage.claim_days is not None
        # A claim that was sent has no clock where nobody knows how long there was.
        if day is not None and day.earliest <= setting.today and (known or not claim.sent):
            yield _claim(setting, claim)


def _claim(setting: Setting, claim: Claim) -> Deadline:
    coverage = setting.coverage(claim)
    length = coverage.claim_days if coverage else None
    day = claim.start or claim.end
    sent = claim.sent if claim.sent and claim.sent.earliest <= setting.today else None
    if length is None or day is None:
        reason = (
            "the payer's time for claims is not recorded: it stands in its manual or contract; "
            "enter it under Coverages, Days to file a claim"
        )
        days = Days(trigger="the service", trigger_date=day, reason=reason)
        status = (Status.NOT_NEEDED, "it was sent") if sent else (Status.CANNOT_START, reason)
    else:
        due = day.plus_days(length)
        safe = "" if due.exact else "; the first is the safe one"
        days = Days(
            trigger="the service",
            trigger_date=day,
            due=due,
            arithmetic=f"Service on {day.words()} + {length} days = {range_words(due)}{safe} "
            "(the payer's manual or contract)",
        )
        status = judge(due, setting.today, sent=sent)
    return ours("deadline.claim", "File the claim", days, status, records=(claim.id,))
