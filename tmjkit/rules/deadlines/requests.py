"""The payer's time for a first decision on a request or a claim, and ours to answer its questions.

Sources, as the knowledge base has them: 29 CFR 2560.503-1(f) for plans under it and its siblings
for individual and government plans; 42 CFR 422.568-422.572, 423.568-423.572, 438.210, 440.230;
RCW 48.43.830 for insured plans in Washington.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from tmjkit.case import AuthorizationRequest, Claim, Urgency
from tmjkit.knowledge import Fact, Matter
from tmjkit.rules.deadlines.answers import Answer, on_request
from tmjkit.rules.deadlines.cure import cures
from tmjkit.rules.deadlines.late import lateness
from tmjkit.rules.deadlines.question import Question, Start, about_request, sort, started
from tmjkit.rules.deadlines.setting import Setting
from tmjkit.rules.deadlines.theirduty import duty
from tmjkit.rules.model import Deadline, RegimeResult, Status


def first_decisions(setting: Setting) -> Iterator[Deadline]:
    """Yield what the payer and we have to do about every request and claim that was sent."""
    for request in setting.case.requests:
        yield from _request(setting, request)
    for claim in setting.case.claims:
        yield from _claim(setting, claim)


def _request(setting: Setting, request: AuthorizationRequest) -> Iterator[Deadline]:
    """Yield `deadline.decision`, `deadline.drug-decision` and what hangs on them."""
    begun = started(request, setting.today)
    if begun is None:
        return
    law = setting.law(request)
    answer = on_request(setting.case, request)
    question = about_request(request, setting.coverage(request), begun)
    rules = setting.clocks("decision", law)
    if _asked_in_time(request, begun) and question.urgent:
        rules = setting.clocks("concurrent-decision", law) or rules
    found = sort(rules, question)
    urgent = "urgent " if question.urgent else ""
    if found.general or not found.drug:
        yield from _decision(
            setting,
            "deadline.decision",
            f"The payer's decision on the {urgent}request",
            (request, begun, law, answer, found.general),
        )
    if found.drug:
        yield from _decision(
            setting,
            "deadline.drug-decision",
            f"The payer's decision on the {urgent}request for the drug",
            (request, begun, law, answer, found.drug),
        )
    yield from _what_is_missing(setting, request, begun, question, answer)
    yield from cures(
        setting,
        request,
        request.extensions,
        law,
        matters=question.matters,
        answer=answer,
        urgent=question.urgent,
    )


def _asked_in_time(request: AuthorizationRequest, begun: Start) -> bool:
    """Tell whether more of a course was asked for at least 24 hours before its end.

    Without a time of day that is certain where it came on an earlier day than the last.
    """
    end = request.approved_until
    return request.continues and end is not None and begun.day.latest + timedelta(1) <= end.earliest


_Parts = tuple[
    AuthorizationRequest | Claim, Start, RegimeResult | None, Answer | None, tuple[Fact, ...]
]


def _decision(setting: Setting, rule: str, title: str, parts: _Parts) -> Iterator[Deadline]:
    asked, begun, law, answer, rules = parts
    if not rules and answer is not None:
        return  # it was decided, and no rule says by when it should have been
    made = duty(
        setting,
        rule,
        title,
        begun,
        rules,
        answer=answer,
        records=(asked.id, *((answer.decision.id,) if answer and answer.decision else ())),
        extensions=asked.extensions,
        reason="" if rules else no_rule(law),
    )
    yield made
    yield from lateness(
        setting, made, rules, law=law, coverage=setting.coverage(asked), answer=answer
    )


def no_rule(law: RegimeResult | None) -> str:
    """Say why no time for a decision is known."""
    if law is None:
        return "it is not recorded which coverage decides"
    if law.regime is None:
        return "it is not known who funds the plan, and that decides which time holds"
    if law.grandfathered:
        return "the plan is recorded as grandfathered: its own document gives the time"
    return (
        f"no time for this decision is on record for this kind of plan ({law.regime.label}): ask "
        "the payer, and note what it promises under Contacts"
    )


def _what_is_missing(
    setting: Setting,
    request: AuthorizationRequest,
    begun: Start,
    question: Question,
    answer: Answer | None,
) -> Iterator[Deadline]:
    """Yield `deadline.say-what-is-missing`: 24 hours, for urgent requests."""
    if request.urgency is not Urgency.EXPEDITED:
        return
    rules = sort(setting.clocks("say-what-is-missing", setting.law(request)), question).general
    if not rules:
        return
    asked = next((item for item in request.extensions if item.missing_information), None)
    told = Answer(asked.noticed or asked.asked_received, "asked") if asked else answer
    made = duty(
        setting,
        "deadline.say-what-is-missing",
        "The payer's word on what is missing for the urgent request",
        begun,
        rules,
        answer=told,
        records=(request.id,),
    )
    if told is None and made.status is not Status.RUNNING:
        # Who asks for nothing is not late with it: the decision itself has its own time.
        said = "nothing is recorded as asked for"
        made = replace(made, status=Status.NOT_NEEDED, because=said)
    yield made


def _claim(setting: Setting, claim: Claim) -> Iterator[Deadline]:
    """Yield `deadline.decision` for a claim."""
    begun = started(claim, setting.today)
    if begun is None:
        return
    law = setting.law(claim)
    answer = on_request(setting.case, claim)
    matters = frozenset({Matter.POST_SERVICE})
    question = Question(
        matters=matters,
        urgent=False,
        day=begun.day,
        codes=frozenset(line.code for line in claim.lines),
    )
    rules = sort(setting.clocks("decision", law), question).general
    if rules or answer is None:
        yield from _decision(
            setting,
            "deadline.decision",
            "The payer's decision on the claim",
            (claim, begun, law, answer, rules),
        )
    yield from cures(setting, claim, claim.extensions, law, matters=matters, answer=answer)
