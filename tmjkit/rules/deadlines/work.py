"""The duties that were written down: tasks, promises, requests for papers."""

from collections.abc import Iterator, Sequence
from typing import Final

from tmjkit.case import Contact, DateRange, Extension, PapersKind, PapersRequest, Task
from tmjkit.knowledge import Fact
from tmjkit.rules.deadlines.extension import extended
from tmjkit.rules.deadlines.question import Start, start
from tmjkit.rules.deadlines.run import citation
from tmjkit.rules.deadlines.setting import Setting
from tmjkit.rules.deadlines.span import range_words, shift, words
from tmjkit.rules.deadlines.status import judge, judge_theirs
from tmjkit.rules.model import Deadline, Status, Whose
from tmjkit.rules.regime import regime


def tasks(setting: Setting) -> Iterator[Deadline]:
    """Yield `deadline.task`: every task with a day, as the office wrote it down.

    The title names its place in the list, because what people wrote may name the patient.
    """
    every = setting.case.tasks
    for place, task in enumerate(every, 1):
        if task.due is not None:
            yield _task(setting, task, f"Do task {place} of {len(every)}")


def _task(setting: Setting, task: Task, title: str) -> Deadline:
    day = task.due or setting.today
    due = DateRange(day, day)
    words_of_task = f"{task.title} ({task.owner})" if task.owner else task.title
    if task.done is not None:
        status, because = Status.MET, f"done on {words(task.done)}"
    else:
        status, because = judge(due, setting.today)
    return Deadline(
        rule="deadline.task",
        title=title,
        detail=words_of_task,
        spoken=words_of_task,
        trigger="the task",
        trigger_date=None,
        due=due,
        whose=Whose.OURS,
        status=status,
        because=because,
        arithmetic=f"Written down for {words(day)}",
        records=(task.id,),
    )


def promises(setting: Setting) -> Iterator[Deadline]:
    """Yield `deadline.promise`: what the other side promised by a day."""
    promised = [item for item in setting.case.contacts if item.promised_by is not None]
    for place, contact in enumerate(promised, 1):
        yield _promise(setting, contact, f"Check promise {place} of {len(promised)}")


def _promise(setting: Setting, contact: Contact, title: str) -> Deadline:
    day = contact.promised_by or setting.today
    due = DateRange(day, day)
    if contact.kept is None:
        status, because = judge(due, setting.today)
    elif contact.kept:
        status, because = Status.MET, "it was kept"
    else:
        status, because = Status.MISSED, "it was not kept, as recorded"
    who = contact.who or contact.organization
    said = ": ".join(part for part in (who, contact.promised) if part)
    return Deadline(
        rule="deadline.promise",
        title=title,
        detail=said,
        spoken=f"Promised by {said}" if who else f"Promised: {said}" if said else "",
        trigger="the promise",
        trigger_date=contact.date,
        due=due,
        whose=Whose.THEIRS,
        status=status,
        because=because,
        arithmetic=f"Promised for {words(day)}",
        records=(contact.id,),
        closed=contact.kept is not None,
    )


_STEPS: Final = {
    PapersKind.MEDICAL_RECORDS: "records",
    PapersKind.PLAN_DOCUMENTS: "plan-documents",
    PapersKind.EXPLANATION: "explanation",
}
_RULES: Final = {
    PapersKind.MEDICAL_RECORDS: "deadline.records",
    PapersKind.PLAN_DOCUMENTS: "deadline.plan-documents",
    PapersKind.CLAIM_FILE: "deadline.claim-file",
    PapersKind.EXPLANATION: "deadline.explanation",
    PapersKind.CRITERIA: "deadline.papers",
    PapersKind.OTHER: "deadline.papers",
}
_TITLES: Final = {
    PapersKind.MEDICAL_RECORDS: "Medical records that were asked for",
    PapersKind.PLAN_DOCUMENTS: "Plan documents that were asked for",
    PapersKind.CLAIM_FILE: "Claim file that was asked for",
    PapersKind.EXPLANATION: "Explanation why a missed rule should not matter",
    PapersKind.CRITERIA: "Coverage criteria that were asked for",
    PapersKind.OTHER: "Papers that were asked for",
}
_NO_TIME: Final = (
    "no rule on record gives a number of days for these papers: ask for a day, and enter it under "
    "Contacts as a promise"
)


def papers(setting: Setting) -> Iterator[Deadline]:
    """Yield the other side's time for papers that were asked for.

    The rules are `deadline.records`, `deadline.plan-documents`, `deadline.claim-file`,
    `deadline.explanation` and `deadline.papers`. Sources: 45 CFR 164.524(b)(2); 29 USC 1024(b)(4)
    for plans of private employers; 45 CFR 147.136(b)(2)(ii)(F)(2) and (b)(3)(ii)(F)(2).
    """
    for request in setting.case.papers:
        begun = start(request.sent, request.received, request.channel, setting.today)
        if begun is not None:
            yield _papers(setting, request, begun)


def _papers(setting: Setting, request: PapersRequest, begun: Start) -> Deadline:
    rules = _limits(setting, request)
    answered = request.answered
    if answered is not None and answered.earliest > setting.today:
        answered = None
    due, line, notes = _time(setting, request, begun, rules)
    if due is None:
        status, said = (
            (Status.CANNOT_START, _NO_TIME)
            if answered is None
            else (Status.NOT_NEEDED, f"answered on {answered.words()}")
        )
    else:
        bound = "exact" if _sent_counts(rules) else begun.bound
        status, said = judge_theirs(due, setting.today, done=answered, bound=bound, verb="answered")
    return Deadline(
        rule=_RULES[request.kind],
        title=_TITLES[request.kind],
        detail=request.what,
        trigger="the request",
        trigger_date=begun.day,
        due=due,
        whose=Whose.THEIRS,
        status=status,
        because="; ".join(part for part in (notes, said) if part),
        arithmetic=line,
        records=(request.id,),
        facts=tuple(item.id for item in rules),
        closed=answered is not None,
    )


def _sent_counts(rules: Sequence[Fact]) -> bool:
    return any(item.clock and item.clock.counted_from == "sent" for item in rules)


def _limits(setting: Setting, request: PapersRequest) -> list[Fact]:
    """Return the limit for the papers: by the plan that is asked, or whoever holds records."""
    step = _STEPS.get(request.kind, "")
    anyone = [item for item in setting.steps.get(step, ()) if item.clock and item.clock.anyone]
    if anyone:
        return anyone[:1]
    coverage = next(
        (item for item in setting.case.coverages if item.id == request.coverage_id), None
    )
    denial = next(
        (item for item in setting.case.determinations if item.id == request.determination_id), None
    )
    if coverage is None and denial is not None:
        coverage = setting.coverage(denial)
    if coverage is None and len(setting.case.coverages) == 1 and request.provider_id is None:
        coverage = setting.case.coverages[0]
    return setting.clocks(step, regime(coverage) if coverage else None)[:1]


def _time(
    setting: Setting, request: PapersRequest, begun: Start, rules: Sequence[Fact]
) -> tuple[DateRange | None, str, str]:
    clock = rules[0].clock if rules else None
    if clock is None:
        return None, begun.said, ""
    day, said = begun.day, begun.said
    if clock.counted_from == "sent" and request.sent is not None:
        day, said = request.sent, f"Asked for {request.sent.words()}"
    due = shift(day.range, clock)
    line = f"{said} + {clock.length} = {range_words(due)}"
    notes = ""
    if request.extension is not None:
        notice = Extension(noticed=request.extension)
        more = extended(clock, due, (notice,), setting.today)
        due, line, notes = more.due or due, line + more.arithmetic, more.because
    return due, f"{line}{citation(rules[0])}", notes
