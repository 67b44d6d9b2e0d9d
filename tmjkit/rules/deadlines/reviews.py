"""The other side's time to decide an appeal, a request for external review or a hearing.

Sources, as the knowledge base has them: 29 CFR 2560.503-1(i) for plans under it and its siblings;
42 CFR 422.590, 423.590, 438.408, 431.244; 5 CFR 890.105; 45 CFR 147.136(c) and (d), and the laws
of the seven states in `states.yaml`.
"""

from collections.abc import Iterator
from dataclasses import replace

from tmjkit.case import Appeal, Coverage, DateRange, Level
from tmjkit.knowledge import Matter
from tmjkit.rules.deadlines.answers import Answer, on_appeal
from tmjkit.rules.deadlines.cure import completion
from tmjkit.rules.deadlines.late import lateness
from tmjkit.rules.deadlines.made import Days, of_run, ours
from tmjkit.rules.deadlines.process import decision_rules, external_rules, follows_state
from tmjkit.rules.deadlines.question import Question, Start, about_appeal, sort, started
from tmjkit.rules.deadlines.requests import no_rule
from tmjkit.rules.deadlines.run import citation, plain, run
from tmjkit.rules.deadlines.setting import Setting
from tmjkit.rules.deadlines.span import add, range_words, words
from tmjkit.rules.deadlines.standing import GONE, TO_THE_PAYER
from tmjkit.rules.deadlines.status import judge, judge_theirs
from tmjkit.rules.deadlines.theirduty import duty
from tmjkit.rules.model import Deadline, RegimeResult, Status, Whose


def decisions_on_appeals(setting: Setting) -> Iterator[Deadline]:
    """Yield what the other side and we have to do about every appeal that was sent."""
    for appeal in setting.case.appeals:
        begun = started(appeal, setting.today)
        if begun is None or appeal.outcome in GONE:
            continue
        if appeal.level in TO_THE_PAYER:
            yield from _internal(setting, appeal, begun)
        elif appeal.level is Level.EXTERNAL:
            yield from _external(setting, appeal, begun)
        elif appeal.level is Level.FAIR_HEARING:
            yield from _hearing(setting, appeal, begun)


def _internal(setting: Setting, appeal: Appeal, begun: Start) -> Iterator[Deadline]:
    """Yield `deadline.appeal-decision`, and what a late one opens."""
    coverage, law = setting.coverage(appeal), setting.law(appeal)
    answer = on_appeal(setting.case, appeal)
    denial = setting.denial_of(appeal)
    question = about_appeal(appeal, setting.asked(denial), coverage, begun)
    found = sort(setting.clocks("appeal-decision", law), question)
    rules = found.drug or found.general
    reason = "" if rules else no_rule(law)
    facts: tuple[str, ...] = ()
    board = setting.holding(_BOARD, law) if _board_decides(coverage, question) else []
    if board:
        reason, rules = f"{board[0].statement.rstrip('.')}{citation(board[0])}", ()
        facts = (board[0].id,)
    if not rules and not facts and answer is not None:
        return
    made = duty(
        setting,
        "deadline.appeal-decision",
        f"The payer's decision on the {'urgent ' if question.urgent else ''}appeal",
        begun,
        rules,
        answer=answer,
        records=(appeal.id, *((answer.decision.id,) if answer and answer.decision else ())),
        extensions=appeal.extensions,
        reason=reason,
    )
    yield replace(made, facts=made.facts + facts)
    yield from lateness(
        setting, made, rules, law=law, coverage=coverage, answer=answer, denial=denial
    )
    yield from _silent(setting, appeal, law, made, answer)


_BOARD = ("A-APP-POST-BOARD",)


def _board_decides(coverage: Coverage | None, question: Question) -> bool:
    """Tell whether a union plan's board decides, whose meetings set the time."""
    return (
        coverage is not None
        and bool(coverage.multiemployer)
        and question.matters == {Matter.POST_SERVICE}
    )


def _silent(
    setting: Setting,
    appeal: Appeal,
    law: RegimeResult | None,
    theirs: Deadline,
    answer: Answer | None,
) -> Iterator[Deadline]:
    """Yield `deadline.silent-payer`: the last day to go on where the payer does not answer."""
    if appeal.sent is None:
        return
    for rule in setting.clocks("silent-payer", law):
        if rule.clock is None:
            continue
        days = of_run(plain("the request", "asked on", appeal.sent, rule.clock, citation(rule)))
        filed = any(
            item.level.value in rule.clock.filed_as and item.sent and item.id != appeal.id
            for item in setting.case.appeals
        )
        if answer is not None or filed:
            said = "it was answered" if answer else "review was asked for"
            status = Status.NOT_NEEDED, said
        elif theirs.due and setting.today <= theirs.due.latest and days.due:
            said = f"only if the carrier has not answered by {words(theirs.due.latest)}"
            status = Status.WAITING, said
        else:
            status = judge(days.due, setting.today) if days.due else (Status.CANNOT_START, "")
        title = f"Send the {rule.clock.name}, because the carrier does not answer"
        yield ours(
            "deadline.silent-payer", title, days, status, records=(appeal.id,), facts=(rule.id,)
        )


def _external(setting: Setting, appeal: Appeal, begun: Start) -> Iterator[Deadline]:
    """Yield the clocks of an external review that was asked for."""
    coverage, law = setting.coverage(appeal), setting.law(appeal)
    answer = on_appeal(setting.case, appeal)
    question = about_appeal(appeal, None, coverage, begun)
    rules = sort(decision_rules(setting, coverage, law), question).general
    assigned = _assigned(setting, appeal)
    urgent = "expedited " if question.urgent else ""
    counted = begun
    if any(rule.clock and rule.clock.counted_from == "assignment" for rule in rules):
        # Until the reviewer says that it has the case, only the earliest day is known.
        counted = assigned or replace(begun, bound="earliest")
    if rules or answer is None:
        yield duty(
            setting,
            "deadline.external-decision",
            f"The reviewer's decision in the {urgent}external review",
            counted,
            rules,
            answer=answer,
            records=(appeal.id, *((answer.decision.id,) if answer and answer.decision else ())),
            reason="" if rules else no_rule(law),
        )
    if law is None or not setting.clocks("external-preliminary", law):
        return
    if follows_state(coverage, law):
        yield from _preliminary(setting, appeal, begun, "external-preliminary-state", answer)
        return
    yield from _preliminary(setting, appeal, begun, "external-preliminary", answer)
    filing = _filing_range(setting, appeal, coverage, law)
    yield from completion(setting, appeal, answer, filing)
    yield from _with_the_reviewer(setting, appeal, law, assigned, answer)


def _assigned(setting: Setting, appeal: Appeal) -> Start | None:
    day = appeal.assigned
    if day is None or day.earliest > setting.today:
        return None
    return Start(day, f"The reviewer's notice of {day.words()}")


def _filing_range(
    setting: Setting, appeal: Appeal, coverage: Coverage | None, law: RegimeResult
) -> DateRange | None:
    denial = setting.denial_of(appeal)
    rule = next(iter(external_rules(setting, coverage, law)), None)
    if denial is None or rule is None:
        return None
    found = run(rule, denial.notice_date, denial.received_date)
    return None if isinstance(found, str) else found.due


def _preliminary(
    setting: Setting, appeal: Appeal, begun: Start, step: str, answer: Answer | None
) -> Iterator[Deadline]:
    """Yield `deadline.external-preliminary`: the plan checks the request and says what it found."""
    law = setting.law(appeal)
    if appeal.urgency == "expedited":
        return  # "immediately": no number to count with
    rules = setting.clocks(step, law)
    told = setting.clocks(f"{step}-notice", law)
    if not rules or rules[0].clock is None:
        return
    clock = rules[0].clock
    days = begun.day.range
    due = DateRange(add(days.earliest, clock), add(days.latest, clock))
    line = f"{begun.said} + {clock.length} = {range_words(due)}{citation(rules[0])}"
    if told and told[0].clock:
        more = told[0].clock
        due = DateRange(due.earliest, add(due.latest, more))
        line += f" + {more.length} for the notice = {words(due.latest)}{citation(told[0])}"
    asked = next((item for item in appeal.extensions if item.noticed), None)
    day = asked.noticed if asked else appeal.assigned
    if day is None and answer is not None:
        status = Status.NOT_NEEDED, "it was decided"
    else:
        status = judge_theirs(due, setting.today, done=day, bound=begun.bound, verb="told")
    yield Deadline(
        rule="deadline.external-preliminary",
        title="The plan's word whether the request for external review goes on",
        trigger="the day on which they got it",
        trigger_date=begun.day,
        due=due,
        whose=Whose.THEIRS,
        status=status[0],
        because=status[1],
        arithmetic=f"{line}; business days are counted without federal holidays",
        records=(appeal.id,),
        facts=tuple(item.id for item in (rules[0], *told[:1])),
        closed=day is not None or answer is not None,
    )


def _with_the_reviewer(
    setting: Setting,
    appeal: Appeal,
    law: RegimeResult,
    assigned: Start | None,
    answer: Answer | None,
) -> Iterator[Deadline]:
    """Yield `deadline.external-information` and `deadline.external-file`."""
    if appeal.urgency == "expedited":
        return
    waits = "the reviewer's notice that it has the case begins this time: enter it under Appeals"
    for rule in setting.clocks("external-information", law):
        if rule.clock is None:
            continue
        title = "Send the reviewer more information, if there is any"
        name, facts = "deadline.external-information", (rule.id,)
        if answer is not None:
            continue
        if assigned is None:
            days = Days(trigger="the reviewer's notice")
            status = Status.WAITING, waits
        else:
            end = f"{citation(rule)}; business days are counted without federal holidays"
            days = of_run(
                plain("the reviewer's notice", "notice of", assigned.day, rule.clock, end)
            )
            status = judge(days.due, setting.today) if days.due else (Status.WAITING, waits)
            if status[0] is Status.MISSED:
                status = Status.NOT_NEEDED, "the time for more information is over"
        yield ours(name, title, days, status, records=(appeal.id,), facts=facts)
    rules = setting.clocks("external-file", law)
    if rules and assigned is not None and answer is None:
        made = duty(
            setting,
            "deadline.external-file",
            "The plan's file for the reviewer",
            assigned,
            rules,
            answer=None,
            records=(appeal.id,),
            because="the claimant is not told of it: ask the reviewer whether it came, because it "
            "may reverse the denial where it did not",
        )
        if made.status is Status.MISSED:
            made = replace(made, status=Status.UNCLEAR, closed=True)
        yield made


def _hearing(setting: Setting, appeal: Appeal, begun: Start) -> Iterator[Deadline]:
    """Yield `deadline.hearing-decision`."""
    law = setting.law(appeal)
    answer = on_appeal(setting.case, appeal)
    rules = setting.clocks("hearing-decision", law)
    if not rules and answer is not None:
        return
    yield duty(
        setting,
        "deadline.hearing-decision",
        "The State's decision after the fair hearing",
        begun,
        rules,
        answer=answer,
        records=(appeal.id, *((answer.decision.id,) if answer and answer.decision else ())),
        reason="" if rules else no_rule(law),
    )
