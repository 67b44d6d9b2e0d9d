"""Cases in which each kind of request can be written, made from the three examples."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from tmjkit.case import (
    AuthorizationRequest,
    Case,
    Claim,
    Contact,
    Coverage,
    Funding,
    Reason,
    ReasonKind,
    Representative,
    ServiceLine,
    Statement,
)
from tmjkit.examples import load
from tmjkit.knowledge import Library, library
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
    "plan-documents",
    "records-request",
    "claim-file",
    "denial-reason",
    "medical-necessity",
    "prior-authorization",
    "re-authorization",
    "late-authorization",
    "peer-to-peer",
    "peer-to-peer-notes",
    "network-exception",
    "continuity-of-care",
    "plan-exception",
    "other-benefit",
)
POLICY = "example-payer-041"


def example(name: str) -> Case:
    return load(name).case


def changed(case: Case, record_id: str, **fields: object) -> Case:
    """Return the case with some fields of one record changed."""
    data = case.record(record_id).model_dump() | fields
    return case.with_record(type(case.record(record_id)).model_validate(data))


def words(letter: Letter) -> str:
    """Return the words of a letter, one statement on a line."""
    return "\n".join(item.text for item in sentences(letter))


def asked_anew(case: Case) -> Case:
    """Return the case with a request that is being prepared, like the latest one."""
    data = case.requests[-1].model_dump() | {
        "id": "request-new",
        "sent": None,
        "channel": None,
        "reference": "",
        "received": None,
        "sources": (),
    }
    return case.with_record(AuthorizationRequest.model_validate(data))


def denied_for(case: Case, kind: ReasonKind, text: str = "The notice says why.") -> Case:
    return changed(case, "determination-denial", reasons=(Reason(kind=kind, text=text),))


def given_without_asking() -> Case:
    """Return a case in which a claim was denied because nobody had asked for authorization."""
    case = denied_for(
        example(ERISA),
        ReasonKind.NO_PRIOR_AUTHORIZATION,
        "Prior authorization was required and was not obtained.",
    )
    claim = Claim(
        id="claim-late",
        coverage_id=case.coverages[0].id,
        start="2026-10-02",
        reference="CL-EX-7",
        lines=(ServiceLine(code="J0585", units=80, description="OnabotulinumtoxinA, injected"),),
        diagnosis_codes=("M79.11",),
    )
    case = changed(case.with_record(claim), "determination-denial", about_id=claim.id)
    return case.with_record(
        Contact(
            id="contact-asked",
            date="2026-09-24",
            topic="authorization",
            who="Dana, agent EX-17",
            reference="CALL-EX-0924",
            said="Is authorization needed? The agent saw no need.",
        )
    )


def outside_network() -> Case:
    case = changed(asked_anew(example(ERISA)), "provider-orofacial", network="out")
    for place, (who, number, said) in enumerate(
        (
            ("Sam Sample, DDS", "614-555-0160", "Does not treat the jaw."),
            ("Example Pain Group", "614-555-0161", "Takes no new patients."),
        )
    ):
        case = case.with_record(
            Contact(
                id=f"contact-network-{place}",
                date=f"2026-11-0{place + 2}",
                topic="network",
                who=who,
                number=number,
                said=said,
            )
        )
    return case


def left_network() -> Case:
    return changed(
        asked_anew(example(CALIFORNIA)),
        "provider-orofacial",
        network="left",
        network_end="2026-10-31",
    )


def to_another_benefit() -> Case:
    case = denied_for(
        example(ERISA), ReasonKind.WRONG_BENEFIT, "This is a matter of the dental benefit."
    )
    dental = Coverage(
        id="coverage-dental",
        payer="Sample Dental Plan",
        plan_name="Example Widgets, Inc. Dental Plan",
        funding="self-funded-erisa",
        member_id="EX-D-0001",
        benefit="dental",
        rank=2,
    )
    return case.with_record(dental)


READY: MappingProxyType[str, Callable[[], Case]] = MappingProxyType(
    {
        "plan-documents": lambda: example(ERISA),
        "records-request": lambda: example(ERISA),
        "claim-file": lambda: example(ERISA),
        "denial-reason": lambda: example(ERISA),
        "medical-necessity": lambda: example(ERISA),
        "prior-authorization": lambda: asked_anew(example(ERISA)),
        "re-authorization": lambda: asked_anew(example(CALIFORNIA)),
        "late-authorization": given_without_asking,
        "peer-to-peer": lambda: example(ERISA),
        "peer-to-peer-notes": lambda: example(ERISA),
        "network-exception": outside_network,
        "continuity-of-care": left_network,
        "plan-exception": lambda: example(ERISA),
        "other-benefit": to_another_benefit,
    }
)
"""A case for each kind in which nothing is missing."""


def letter(kind: str, case: Case | None = None, **options: object) -> Letter:
    """Compose a letter as a draft, from the kind's own case where none is given."""
    case = READY[kind]() if case is None else case
    return compose(kind, case, today=TODAY, draft=True, **options)  # type: ignore[arg-type]


def said(kind: str, case: Case | None = None, **options: object) -> str:
    return words(letter(kind, case, **options))


def with_funding(case: Case, funding: Funding | None) -> Case:
    for coverage in case.coverages:
        case = changed(case, coverage.id, funding=funding)
    return case


def represented(case: Case, **fields: object) -> Case:
    """Return the case with somebody whom the patient appointed."""
    data = {
        "id": "representative-lee",
        "name": "Lee Sample",
        "organization": "Example Advocates",
        "phone": "614-555-0199",
        "appointed": "2026-11-01",
    } | fields
    return case.with_record(Representative.model_validate(data))


def stated(case: Case, kind: str, text: str, **fields: object) -> Case:
    """Return the case with a statement of its prescriber."""
    data = {
        "id": f"statement-{kind}",
        "kind": kind,
        "text": text,
        "provider_id": "provider-orofacial",
        "date": "2026-11-20",
    } | fields
    return case.with_record(Statement.model_validate(data))


def with_policy(case: Case) -> tuple[Case, Library]:
    """Return the case with a payer's policy chosen for its coverage, and what knows the policy."""
    known = library()
    shipped = known.policies["example-conservative-care"]
    policy = shipped.model_copy(
        update={
            "id": POLICY,
            "title": "Botulinum toxins",
            "payer": "Example Mutual Benefit Administrators",
            "number": "EM-DRUG-041",
            "effective": date(2026, 1, 1),
            "retrieved": date(2026, 11, 1),
            "example": False,
        }
    )
    policies = MappingProxyType({**known.policies, policy.id: policy})
    case = changed(case, case.coverages[0].id, policy=POLICY)
    return case, replace(known, policies=policies)
