"""How classes stand that the office settles with papers: dates, codes, approvals, coverage."""

from datetime import timedelta
from typing import Final

from tmjkit.case import AuthorizationRequest, Claim, Decision, Determination
from tmjkit.rules.triage.classify import group_of
from tmjkit.rules.triage.context import Context
from tmjkit.rules.triage.model import Ground, Pull, Standing

Weight = tuple[Standing, tuple[Ground, ...]]

_WEEKS: Final = 12
_APPROVES: Final = frozenset({Decision.APPROVAL, Decision.PARTIAL})


def authorization(context: Context) -> Weight:
    """Weigh 'no prior authorization': whether an approval for the same is on record."""
    found = _approvals(context)
    if found:
        says = (
            f"An approval is on record{_day(found[0])}. Show it with its number, its days and its "
            "units, and check that it holds the day and the code that were denied."
        )
        return Standing.STRONG, (Ground(Pull.FOR, says, tuple(item.id for item in found)),)
    asked = [item for item in context.case.requests if item.sent]
    if asked and context.claim is not None:
        says = (
            "A request for authorization was sent, and no approval is recorded. Look for the "
            "payer's answer, and enter it under Determinations."
        )
        return Standing.UNKNOWN, (Ground(Pull.OPEN, says, tuple(item.id for item in asked)),)
    says = (
        "No approval is on record. Whether the payer takes a request now depends on its own rules, "
        "and then on necessity."
    )
    return Standing.WEAK, (Ground(Pull.AGAINST, says),)


def _approvals(context: Context) -> list[Determination]:
    requests = {item.id: item for item in context.case.requests}
    return [
        item
        for item in context.case.determinations
        if item.decision in _APPROVES
        and item.id != context.denial.id
        and item.about_id in requests
        and _same_codes(requests[item.about_id], context.about)
        and not _over(item, context.claim)
    ]


def _same_codes(request: AuthorizationRequest, about: AuthorizationRequest | Claim | None) -> bool:
    if about is None or not about.lines or not request.lines:
        return True
    return bool({line.code for line in about.lines} & {line.code for line in request.lines})


def _over(approval: Determination, claim: Claim | None) -> bool:
    """Tell whether an approval had ended, or had not been given, by the first day of service."""
    if claim is None or claim.start is None:
        return False
    ended = approval.approved_until is not None and (
        approval.approved_until.latest < claim.start.earliest
    )
    given = approval.notice_date
    return ended or (given is not None and given.earliest > claim.start.latest)


def _day(item: Determination) -> str:
    return f", of {item.notice_date.words()}" if item.notice_date else ""


def benefit(context: Context) -> Weight:
    """Weigh 'another benefit': by the diagnosis, and whether the other one was asked."""
    grounds = []
    supported = [item for item in context.case.jaw_diagnoses if item.documented]
    if supported:
        labels = "; ".join(dict.fromkeys(item.label for item in supported))
        says = f"The record supports a diagnosis of muscle or joint, not of teeth: {labels}."
        grounds.append(Ground(Pull.FOR, says, tuple(item.id for item in supported)))
    others = [item for item in context.case.coverages if item is not context.coverage]
    if others:
        says = "Another coverage is recorded: ask it as well, and keep its answer."
        grounds.append(Ground(Pull.OPEN, says, tuple(item.id for item in others)))
    else:
        says = (
            "No other coverage is recorded. Ask the patient for the dental and the pharmacy card, "
            "and enter them under Coverages."
        )
        grounds.append(Ground(Pull.OPEN, says))
    crossover = context.held("B-WA", "B-NY", "B-WV", "nasem-2020")
    if crossover:
        says = (
            "On record about the line between medical and dental care of the jaw: "
            f"{'; '.join(context.known[name].title for name in crossover)}."
        )
        grounds.append(Ground(Pull.FOR, says, facts=crossover))
    return (Standing.ARGUABLE if supported else Standing.UNKNOWN), tuple(grounds)


def coding(context: Context) -> Weight:
    """Weigh 'coding or information': it is mended by what the record says."""
    says = (
        "It is mended by a correction or by the missing paper, where the record has it. What does "
        "not fit is listed by the checks on codes."
    )
    records = (context.about.id,) if context.about else ()
    return Standing.MENDABLE, (Ground(Pull.OPEN, says, records),)


def filing(context: Context) -> Weight:
    """Weigh 'filed too late': by the days of service and of sending and the payer's own time."""
    claim, coverage = context.claim, context.coverage
    liable = _write_off(context)
    days = coverage.claim_days if coverage else None
    day = (claim.received or claim.sent) if claim else None
    if claim is None or claim.start is None or day is None or days is None:
        says = (
            "It can't be counted yet: enter the day of service and the day on which the payer took "
            "the claim under Claims, and the payer's time for filing under Coverages."
        )
        return Standing.UNKNOWN, (Ground(Pull.OPEN, says), *liable)
    first = (claim.end or claim.start).earliest + timedelta(days)
    last = (claim.end or claim.start).latest + timedelta(days)
    what = "received" if claim.received else "sent"
    line = f"Service {(claim.end or claim.start).words()} + {days} days; {what} {day.words()}."
    if day.latest <= first:
        says = f"By the record it was in time: {line} Show the payer's own proof of that day."
        return Standing.STRONG, (Ground(Pull.FOR, says, (claim.id,)), *liable)
    if day.earliest > last:
        says = (
            f"By the record it was late: {line} What is left is a reason that the payer accepts, "
            "such as another payer's late decision."
        )
        return Standing.WEAK, (Ground(Pull.AGAINST, says, (claim.id,)), *liable)
    says = f"The days on record do not show whether it was in time: {line} Enter the exact days."
    return Standing.UNKNOWN, (Ground(Pull.OPEN, says, (claim.id,)), *liable)


def _write_off(context: Context) -> tuple[Ground, ...]:
    groups = {group_of(reason.carc) for reason in context.denial.reasons if reason.carc}
    if "CO" not in groups:
        return ()
    says = (
        "The group code CO puts it on the provider's contract: a provider of the network usually "
        "may not bill the patient for it."
    )
    return (Ground(Pull.FOR, says, facts=context.held("C-GROUP-CO")),)


def duplicate(context: Context) -> Weight:
    """Weigh 'duplicate': by another claim on record for the same days."""
    claim = context.claim
    others = [
        item
        for item in context.case.claims
        if claim is not None
        and item is not claim
        and item.start == claim.start
        and {line.code for line in item.lines} & {line.code for line in claim.lines}
    ]
    if others:
        says = "Another claim for the same day and code is on record: answer what became of it."
        return Standing.MENDABLE, (Ground(Pull.OPEN, says, tuple(item.id for item in others)),)
    says = (
        "No other claim for the same day is on record here. Ask the payer for the number, the day "
        "and the fate of the one that it has."
    )
    return Standing.UNKNOWN, (Ground(Pull.OPEN, says),)


def network(context: Context) -> Weight:
    """Weigh 'out of network': it turns on who in the network can give the care."""
    says = (
        "It turns on whether somebody in the network can give this care within a reasonable time "
        "and distance. Log each call under Contacts: who, when, what they said."
    )
    facts = context.held("F-GAP", "A-EXT-MEDJ")
    return Standing.UNKNOWN, (Ground(Pull.OPEN, says, facts=facts),)


def quantity(context: Context) -> tuple[Ground, ...]:
    """Return the grounds on dose and interval: what was asked for against 12 weeks, and approvals.

    Source: fact D-CRIT-4 (policies usually ask for 12 weeks or more between sessions).
    """
    grounds = []
    request = context.request
    weeks = request.interval_weeks if request else None
    facts = context.held("D-CRIT-4")
    if request and weeks is not None:
        short = weeks < _WEEKS
        says = (
            f"The request asks for {weeks} weeks between sessions. Policies usually ask for "
            f"{_WEEKS} or more{', so the record has to say why' if short else ''}."
        )
        pull = Pull.AGAINST if short else Pull.FOR
        grounds.append(Ground(pull, says, (request.id,), facts))
    approved = context.denial.approved_units
    if approved is not None:
        says = f"The decision approves {approved.normalize():f} units: say what the rest is for."
        grounds.append(Ground(Pull.OPEN, says, (context.denial.id,)))
    found = _approvals(context)
    if found:
        says = "An approval is on record: compare its units, days and sessions with what was given."
        grounds.append(Ground(Pull.OPEN, says, tuple(item.id for item in found)))
    if not grounds:
        says = "Which units, sessions or interval it is about is not recorded: read the notice."
        grounds.append(Ground(Pull.OPEN, says))
    return tuple(grounds)


def eligibility(context: Context) -> Weight:
    """Weigh 'not eligible': by the days of coverage on record and the day of service."""
    coverage, claim = context.coverage, context.claim
    start = claim.start if claim else None
    if coverage is None or coverage.start is None or start is None:
        says = (
            "Enter the first and last day of coverage under Coverages and the day of service, and "
            "get the payer's own answer on eligibility in writing."
        )
        return Standing.UNKNOWN, (Ground(Pull.OPEN, says),)
    records = (coverage.id, claim.id) if claim else (coverage.id,)
    before = start.latest < coverage.start.earliest
    after = coverage.end is not None and start.earliest > coverage.end.latest
    if before or after:
        says = "By the days on record the service was outside the coverage."
        return Standing.WEAK, (Ground(Pull.AGAINST, says, records),)
    says = "By the days on record the coverage held on the day of service: show it."
    return Standing.ARGUABLE, (Ground(Pull.FOR, says, records),)


def other(_: Context) -> Weight:
    """Weigh a reason that fits no class: it has to be understood first."""
    says = "Ask the payer which rule the reason rests on, in writing."
    return Standing.UNKNOWN, (Ground(Pull.OPEN, says),)
