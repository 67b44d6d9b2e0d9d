"""Cases in which each letter of a public program, complaint, appointment or call can be written."""

from datetime import date

from tmjkit.case import (
    Address,
    Appeal,
    Case,
    Contact,
    Determination,
    Funding,
    Level,
    PapersKind,
    PapersRequest,
    PartialDate,
    Reason,
    ReasonKind,
    Representative,
    Statement,
)
from tmjkit.examples import load
from tmjkit.letters import Letter, compose
from tmjkit.letters.sentence import sentences

TODAY = date(2026, 11, 24)
ERISA, CALIFORNIA, MEDICAID = (
    "self-funded-erisa-denial",
    "california-not-medically-necessary",
    "medicaid-premature",
)
EXAMPLES = (ERISA, CALIFORNIA, MEDICAID)
KINDS = (
    "coverage-exception",
    "medicaid-appeal",
    "reconsideration",
    "fair-hearing",
    "complaint",
    "appointment",
    "call-script",
    "call-confirmation",
)
DENIAL = "determination-denial"


def example(name: str) -> Case:
    return load(name).case


def changed(case: Case, record_id: str, **fields: object) -> Case:
    """Return the case with some fields of one record changed."""
    data = case.record(record_id).model_dump() | fields
    return case.with_record(type(case.record(record_id)).model_validate(data))


def covered(case: Case, **fields: object) -> Case:
    """Return the case with its coverage changed."""
    return changed(case, case.coverages[0].id, **fields)


def under(funding: Funding | None, name: str = CALIFORNIA, **fields: object) -> Case:
    """Return an example as if its plan stood under another law."""
    return covered(example(name), funding=funding, **fields)


def with_advocate(case: Case, **fields: object) -> Case:
    given = {
        "id": "representative-kim",
        "name": "Kim Placeholder",
        "address": Address(line="5 Example Row", city="Sampleton", state="CA", postal_code="90000"),
        "phone": "415-555-0199",
        "until": PartialDate.parse("2027-11-24"),
    }
    return case.with_record(Representative.model_validate(given | fields))


def acting(case: Case) -> Case:
    """Return the case with a representative whom the patient has appointed."""
    return with_advocate(case, appointed=PartialDate.parse("2026-11-01"))


def with_opinion(case: Case, kind: str, text: str) -> Case:
    return case.with_record(
        Statement.model_validate(
            {
                "id": f"statement-{kind}",
                "kind": kind,
                "text": text,
                "provider_id": "provider-orofacial",
                "date": PartialDate.parse("2026-11-20"),
            }
        )
    )


def with_cut(case: Case, *, effective: str = "2026-12-01", noticed: str = "2026-11-20") -> Case:
    """Return the case whose denial ends a course that had been approved."""
    return changed(
        case,
        DENIAL,
        ends_course=True,
        effective=PartialDate.parse(effective),
        notice_date=PartialDate.parse(noticed),
        received_date=PartialDate.parse(noticed),
    )


def with_appeal(case: Case, level: Level = Level.INTERNAL_1, **fields: object) -> Case:
    given = {"id": "appeal-plan", "determination_id": DENIAL, "level": level}
    return _without_drafts(case).with_record(Appeal.model_validate(given | fields))


def _without_drafts(case: Case) -> Case:
    for item in case.appeals:
        for task in case.tasks:
            if task.about_id == item.id:
                case = case.without(task.id)
        case = case.without(item.id)
    return case


def upheld(case: Case, level: Level = Level.INTERNAL_1) -> Case:
    """Return the case whose plan has upheld its denial on appeal."""
    case = with_appeal(case, level, sent=PartialDate.parse("2026-10-15"))
    decision = Determination(
        id="determination-upheld",
        about_id="appeal-plan",
        coverage_id=case.coverages[0].id,
        decision="denial",  # type: ignore[arg-type]
        level=level,
        notice_date=PartialDate.parse("2026-11-10"),
        received_date=PartialDate.parse("2026-11-13"),
        reasons=(
            Reason(kind=ReasonKind.NOT_MEDICALLY_NECESSARY, text="The decision stays as it was."),
        ),
        reference="EHP-EX-UPHELD",
    )
    return case.with_record(decision)


def unanswered(case: Case) -> Case:
    """Return the case whose plan got an appeal and did not decide it in its time."""
    return with_appeal(
        case,
        sent=PartialDate.parse("2026-10-08"),
        received=PartialDate.parse("2026-10-09"),
    )


def late_papers(case: Case) -> Case:
    """Return the case whose plan was asked for its documents and did not send them."""
    return case.with_record(
        PapersRequest(
            id="papers-plan",
            kind=PapersKind.PLAN_DOCUMENTS,
            coverage_id=case.coverages[0].id,
            sent=PartialDate.parse("2026-09-01"),
            received=PartialDate.parse("2026-09-03"),
        )
    )


def called(case: Case, **fields: object) -> Case:
    """Return the case with a call to its payer."""
    given = {
        "id": "contact-call",
        "date": PartialDate.parse("2026-11-18"),
        "time": "10:15",
        "time_zone": "America/Los_Angeles",
        "organization": case.coverages[0].payer,
        "who": "Pat Specimen, agent EX-77",
        "number": "415-555-0180",
        "said": "Asked when the decision comes. The agent sees it as open.",
    }
    return case.with_record(Contact.model_validate(given | fields))


def written(kind: str, case: Case, **options: object) -> Letter:
    return compose(kind, case, today=TODAY, **options)  # type: ignore[arg-type]


def said(letter: Letter) -> str:
    """Return every sentence of a letter, one after the other."""
    return " ".join(sentence.text for sentence in sentences(letter))


def ready() -> dict[str, tuple[Case, str]]:
    """Return a case for every kind and voice in which it can be written, by kind and voice."""
    medicaid = acting(under(Funding.MEDICAID_MANAGED_CARE))
    medicare = acting(under(Funding.MEDICARE_ADVANTAGE))
    drug = acting(_undecided(under(Funding.PART_D, ERISA)))
    late = acting(late_papers(example(ERISA)))
    return {
        **{f"medicaid-appeal {voice}": (medicaid, voice) for voice in _ANYONE},
        **{f"reconsideration {voice}": (medicare, voice) for voice in _ANYONE},
        **{f"coverage-exception {voice}": (drug, voice) for voice in _ANYONE},
        **{f"fair-hearing {voice}": (upheld(medicaid), voice) for voice in _CLAIMANT},
        **{f"complaint {voice}": (late, voice) for voice in _CLAIMANT},
        "appointment patient": (with_advocate(example(ERISA)), "patient"),
        **{f"call-script {voice}": (acting(example(CALIFORNIA)), voice) for voice in _ANYONE},
        **{f"call-confirmation {voice}": (acting(example(ERISA)), voice) for voice in _ANYONE},
    }


_CLAIMANT = ("patient", "advocate")
_ANYONE = (*_CLAIMANT, "clinician")


def _undecided(case: Case) -> Case:
    for task in case.tasks:
        if task.about_id == DENIAL:
            case = case.without(task.id)
    return case.without(DENIAL)
