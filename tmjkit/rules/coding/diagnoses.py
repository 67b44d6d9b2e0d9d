"""Whether each ICD-10-CM code exists, can be billed, and says what the record says."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from tmjkit.case import AuthorizationRequest, Case, Claim, Decision, Diagnosis, Side
from tmjkit.knowledge import Code, CodeSystem, Fact
from tmjkit.rules.coding.icd10 import lookup, missing_characters, release
from tmjkit.rules.coding.say import listed, note, wrong
from tmjkit.rules.model import Finding

# ICD-10-CM, M26.60 to M26.65: the last character says the side (facts C-M26-60 to C-M26-65).
_SIDED: Final = re.compile(r"M26\.6[0-5]([1239])")
_SIDES: Final = {"1": Side.RIGHT, "2": Side.LEFT, "3": Side.BOTH}
_SIDE_OPEN: Final = "9"

_ASK: Final = (
    "Compare it with the clinician's record. Whoever made the diagnosis says which code it has; "
    "the record decides, not what a policy covers."
)


@dataclass(frozen=True, slots=True)
class Use:
    """A diagnosis code, with the records that carry it."""

    code: str
    diagnoses: tuple[Diagnosis, ...]
    bills: tuple[str, ...]
    places: tuple[str, ...]

    @property
    def records(self) -> tuple[str, ...]:
        """Ids of all records that carry it."""
        return (*(item.id for item in self.diagnoses), *self.bills)

    @property
    def where(self) -> str:
        """Where it is entered, as the start of an advice."""
        return f"It is entered under {listed(self.places)}."


def uses(case: Case) -> tuple[Use, ...]:
    """Return each diagnosis code of the case once, in the order of the case file.

    A diagnosis that is not about the jaw is looked at only where a request or claim carries it.
    """
    sent: list[tuple[str, AuthorizationRequest | Claim]] = []
    sent += [("Requests", item) for item in case.requests]
    sent += [("Claims", item) for item in case.claims]
    carried = dict.fromkeys(code for _, item in sent for code in item.diagnosis_codes)
    codes = dict.fromkeys(item.code for item in case.jaw_diagnoses if item.code) | carried
    found = []
    for code in codes:
        own = case.diagnoses if code in carried else case.jaw_diagnoses
        diagnoses = tuple(item for item in own if item.code == code)
        holders = [(name, item) for name, item in sent if code in item.diagnosis_codes]
        places = ("Diagnoses",) * bool(diagnoses) + tuple(name for name, _ in holders)
        found.append(Use(code, diagnoses, tuple(item.id for _, item in holders), places))
    return tuple(found)


def diagnosis_findings(case: Case, today: date, known: Mapping[str, Fact]) -> Iterator[Finding]:
    """Yield what is wrong with single codes.

    The rules are `coding.not-a-code`, `coding.heading`, `coding.vague-code`, `coding.side` and
    `coding.release`. Source: the ICD-10-CM tabular list, update of April 1, 2026.
    """
    table = [
        (fact, entry)
        for fact in known.values()
        if (entry := fact.code) is not None and entry.system is CodeSystem.ICD10CM
    ]
    for use in uses(case):
        found = lookup(use.code)
        if found is None:
            yield _not_a_code(use)
        elif not found.billable:
            yield _heading(use, table)
        else:
            yield from _vague(use, table)
            yield from _side(use)
    yield from _release(case, today)


def _not_a_code(use: Use) -> Finding:
    return wrong(
        "coding.not-a-code",
        f"{use.code} is not in {release().words()}",
        "A request or claim with a code that does not exist comes back without a decision.",
        f"{use.where} Look for a slip in typing. {_ASK}",
        use.records,
        facts=["C-ICD-RELEASE"],
    )


def _heading(use: Use, table: list[tuple[Fact, Code]]) -> Finding:
    rows = [(fact, entry) for fact, entry in table if entry.lacks and entry.covers(use.code)]
    fewest, most = missing_characters(use.code) or (1, 1)
    wanted = f"{fewest} more" if fewest == most else f"{fewest} to {most} more"
    plural = "" if fewest == most == 1 else "s"
    lacks = "".join(f" What it leaves open: {entry.lacks}." for _, entry in rows)
    return wrong(
        "coding.heading",
        f"{use.code} is only a heading and can't be billed; a code below it has {wanted} "
        f"character{plural}",
        f"Payers return a request or claim whose code is a heading.{lacks}",
        f"{use.where} {_ASK}",
        use.records,
        facts=["C-ICD-RELEASE", *(fact.id for fact, _ in rows)],
    )


def _vague(use: Use, table: list[tuple[Fact, Code]]) -> Iterator[Finding]:
    """Yield `coding.vague-code`: a code that leaves the kind, the cause or the side open."""
    rows = [(fact, entry) for fact, entry in table if entry.vague and entry.covers(use.code)]
    sided = _SIDED.fullmatch(use.code)
    open_ones = [entry.vague for _, entry in rows]
    if sided and sided[1] == _SIDE_OPEN:
        open_ones.append("the side")
    if open_ones:
        yield note(
            "coding.vague-code",
            f"{use.code} does not say: {'; '.join(open_ones)}",
            "A reviewer sees a diagnosis that was left open, and asks what the treatment is for.",
            f"{use.where} Where the clinician's record says more, ask the clinician whether the "
            "code can say it too.",
            use.records,
            facts=[fact.id for fact, _ in rows],
        )


def _side(use: Use) -> Iterator[Finding]:
    """Yield `coding.side`: the code says one side and the diagnosis another."""
    sided = _SIDED.fullmatch(use.code)
    said = _SIDES.get(sided[1]) if sided else None
    misfits = [item for item in use.diagnoses if said and item.side and item.side is not said]
    if said and misfits:
        yield wrong(
            "coding.side",
            f"{use.code} means: {said.label.lower()}; the diagnosis is recorded as: "
            f"{listed(str(item.side.label).lower() for item in misfits if item.side)}",
            "Two records that name different sides make both doubtful.",
            f"{use.where} Look at the clinician's record and correct whichever is wrong.",
            [*(item.id for item in misfits), *use.bills],
        )


def _release(case: Case, today: date) -> Iterator[Finding]:
    """Yield `coding.release`: services for which another list of codes holds.

    A request without days of service is about services still to come, so it is judged by the last
    day of its approval where there is one, and by today where there is none.
    """
    last = release().last
    late = [
        item.id for item in case.requests if item.diagnosis_codes and _day(case, item, today) > last
    ]
    for claim in case.claims:
        days = [line.date for line in claim.lines] + [claim.start, claim.end]
        if claim.diagnosis_codes and any(day.latest > last for day in days if day is not None):
            late.append(claim.id)
    if late:
        yield note(
            "coding.release",
            f"Diagnosis codes were compared with {release().words()}; for services after "
            f"{last:%B} {last.day}, {last.year} another list holds",
            "A list of codes holds from October to September, and codes come and go. The newer "
            "list was not checked.",
            "Before sending, look the codes up in the list that holds on the day of service.",
            late,
            facts=["C-ICD-RELEASE"],
        )


def _day(case: Case, request: AuthorizationRequest, today: date) -> date:
    days = [line.date.latest for line in request.lines if line.date]
    days += [
        item.approved_until.latest
        for item in case.determinations
        if item.about_id == request.id
        and item.decision in (Decision.APPROVAL, Decision.PARTIAL)
        and item.approved_until
    ]
    return max(days, default=today)
