"""Cases at each stage of an appeal, made from the examples."""

from datetime import date
from typing import Any

from tmjkit.case import (
    Appeal,
    AuthorizationRequest,
    Case,
    Determination,
    Reason,
    ReasonKind,
    Representative,
    Statement,
)
from tmjkit.examples import load
from tmjkit.letters import (
    Address,
    Blank,
    BulletList,
    Enclosures,
    Letter,
    LetterError,
    Quote,
    Reference,
    Signature,
    Table,
    compose,
    plain,
)
from tmjkit.letters.compose import situate
from tmjkit.letters.kinds import Fit, kind_of

TODAY = date(2026, 11, 23)
ERISA, CALIFORNIA, MEDICAID = (
    "self-funded-erisa-denial",
    "california-not-medically-necessary",
    "medicaid-premature",
)


def example(name: str) -> Case:
    return load(name).case


def changed(case: Case, record_id: str, **fields: Any) -> Case:
    data = case.record(record_id).model_dump() | fields
    return case.with_record(type(case.record(record_id)).model_validate(data))


def covered(case: Case, **fields: Any) -> Case:
    """Return the case with fields of its coverage changed."""
    return changed(case, case.coverages[0].id, **fields)


def denied_for(case: Case, *kinds: ReasonKind) -> Case:
    reasons = tuple(Reason(kind=kind, text=f"Denied: {kind.label}.") for kind in kinds)
    return changed(case, "determination-denial", reasons=reasons)


def unappealed(case: Case) -> Case:
    """Return the case without the appeals that are planned in it, and the tasks about them."""
    planned = {item.id for item in case.appeals}
    for task in case.tasks:
        if task.about_id in planned:
            case = case.without(task.id)
    for name in planned:
        case = case.without(name)
    return case


def lost(name: str = ERISA, level: str = "internal-1", **coverage: Any) -> Case:
    """Return a case whose first appeal was lost, with the decision on it."""
    case = unappealed(covered(example(name), **coverage))
    case = case.with_record(
        Appeal(
            id="appeal-first",
            determination_id="determination-denial",
            level=level,
            sent="2026-10-25",
            outcome="upheld",
        )
    )
    return case.with_record(
        Determination(
            id="determination-upheld",
            coverage_id=case.coverages[0].id,
            about_id="appeal-first",
            decision="denial",
            level=level,
            notice_date="2026-11-10",
            received_date="2026-11-14",
            reference="UP-EX-1",
            reasons=(Reason(kind=ReasonKind.EXPERIMENTAL, text="We uphold it as experimental."),),
        )
    )


def second(name: str = ERISA, **coverage: Any) -> Case:
    """Return a case whose plan asks for a second appeal, with its last day."""
    return lost(name, internal_levels=2, **coverage).with_record(
        Appeal(
            id="appeal-second",
            determination_id="determination-upheld",
            level="internal-2",
            due="2027-01-09",
        )
    )


def silent(name: str = ERISA, **coverage: Any) -> Case:
    """Return a case whose first appeal the plan did not decide in time."""
    case = unappealed(covered(example(name), **coverage))
    day = {"notice_date": "2026-08-01", "received_date": "2026-08-05"}
    case = changed(case, "determination-denial", **day)
    appeal = Appeal(
        id="appeal-first",
        determination_id="determination-denial",
        level="internal-1",
        sent="2026-08-20",
        received="2026-08-21",
    )
    return case.with_record(appeal)


def certified(case: Case) -> Case:
    """Return the case with a clinician's statement on the urgency."""
    return case.with_record(
        Statement(
            id="statement-urgency",
            kind="urgency",
            text="Without this she will not regain her opening.",
            provider_id=case.providers[0].id,
            date="2026-11-20",
        )
    )


def urgent_request(case: Case) -> Case:
    denial = case.record("determination-denial")
    assert isinstance(denial, Determination)
    asked = denial.about_id
    assert asked is not None
    assert isinstance(case.record(asked), AuthorizationRequest)
    return changed(case, asked, urgency="expedited")


def represented(case: Case, **fields: Any) -> Case:
    given = {
        "id": "representative-advocate",
        "name": "Casey Advocate",
        "phone": "614-555-0199",
        "appointed": "2026-11-02",
    }
    return case.with_record(Representative.model_validate(given | fields))


def fit(kind: str, case: Case) -> Fit:
    which = kind_of(kind)
    return which.fits(situate(which, case, TODAY))


def said(kind: str, case: Case, **options: Any) -> str:
    """Return the words of a letter."""
    return words(compose(kind, case, today=TODAY, **options))


def refused(kind: str, case: Case) -> str:
    """Return why a letter is refused; empty where it is not."""
    try:
        compose(kind, case, today=TODAY, draft=True)
    except LetterError as error:
        return str(error)
    return ""


def blanks(letter: Letter) -> set[str]:
    return {block.name for block in letter.blocks if isinstance(block, Blank)}


def words(letter: Letter) -> str:
    lines: list[str] = []
    for block in letter.blocks:
        match block:
            case Table(head, rows):
                lines += [" ".join(plain(cell) for cell in row) for row in (head, *rows)]
            case Reference(rows):
                lines += [f"{term}: {plain(runs)}" for term, runs in rows]
            case BulletList(items):
                lines += [plain(runs) for runs in items]
            case Enclosures(items):
                lines += [plain(runs) for _, runs in items]
            case Quote(paragraphs):
                lines += [plain(runs) for runs in paragraphs]
            case Blank(label=label, prompt=prompt):
                lines += [plain(label), plain(prompt)]
            case Address(lines=entries) | Signature(lines=entries):
                lines += [plain(runs) for runs in entries]
            case _:
                lines.append(plain(block.runs))
    return "\n".join(lines)
