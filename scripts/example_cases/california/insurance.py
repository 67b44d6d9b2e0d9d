"""What passed between the clinic and the plan, and what is still to be done."""

from decimal import Decimal

from example_cases.california.care import DOSES
from example_cases.papers import page, recorded_by, said_in
from tmjkit.case import (
    Appeal,
    AuthorizationRequest,
    Channel,
    Claim,
    Contact,
    Decision,
    Determination,
    Level,
    Reason,
    ReasonKind,
    ServiceLine,
    Task,
)

_DENIAL = "document-denial"
_APPROVAL = "document-approval"
_EOB = "document-eob"
_PAYER = "Example Health Plan of California"
_ZONE = "America/Los_Angeles"
_CLINIC = "provider-orofacial"
_SERVICE = "OnabotulinumtoxinA into masseter and temporalis, both sides"
_LOGGED = (recorded_by(_CLINIC),)


def _lines(*charges: Decimal | None, day: str | None = None) -> tuple[ServiceLine, ...]:
    drug, discarded, procedure = charges or (None, None, None)
    return (
        ServiceLine(
            code="J0585",
            units=70,
            charge=drug,
            date=day,
            description="OnabotulinumtoxinA, injected",
        ),
        ServiceLine(
            code="J0585",
            modifiers=("JW",),
            units=30,
            charge=discarded,
            date=day,
            description="OnabotulinumtoxinA, discarded from the vial",
        ),
        ServiceLine(
            code="64999",
            charge=procedure,
            date=day,
            description="Injection into the chewing muscles",
        ),
    )


REQUESTS = (
    AuthorizationRequest(
        id="request-2025",
        coverage_id="coverage-hmo",
        provider_id=_CLINIC,
        service=_SERVICE,
        lines=_lines(),
        doses=DOSES,
        diagnosis_codes=("M79.11",),
        sessions=2,
        interval_weeks=12,
        sent="2025-08-25",
        channel=Channel.PORTAL,
        reference="EHP-EX-250825",
        sources=(page(_APPROVAL, 1, "We have reviewed your request received on August 25, 2025."),),
    ),
    AuthorizationRequest(
        id="request-2026",
        coverage_id="coverage-hmo",
        provider_id=_CLINIC,
        service=_SERVICE,
        lines=_lines(),
        doses=DOSES,
        diagnosis_codes=("M79.11",),
        sessions=2,
        interval_weeks=12,
        sent="2026-09-29",
        channel=Channel.FAX,
        reference="EHP-EX-260929",
        sources=(
            page(_DENIAL, 1, "Received September 29, 2026"),
            page("document-visit", 2, "Request two more sessions of onabotulinumtoxinA"),
            said_in("contact-request"),
        ),
    ),
)

CLAIMS = (
    Claim(
        id="claim-session-2",
        coverage_id="coverage-hmo",
        provider_id=_CLINIC,
        start="2026-02-03",
        end="2026-02-03",
        lines=_lines(Decimal("630.00"), Decimal("270.00"), Decimal("400.00"), day="2026-02-03"),
        diagnosis_codes=("M79.11",),
        place_of_service="11",
        sent="2026-02-10",
        reference="EXC-CL-000202",
        paid=Decimal("870.00"),
        sources=(
            page(_EOB, 1, "02/03/2026 J0585 70 $630.00 $455.00 $455.00 $0.00"),
            page(_EOB, 1, "02/03/2026 J0585 JW 30 $270.00 $195.00 $195.00 $0.00"),
            page(_EOB, 1, "02/03/2026 64999 1 $400.00 $260.00 $220.00 $40.00"),
        ),
    ),
)

DETERMINATIONS = (
    Determination(
        id="determination-approval",
        coverage_id="coverage-hmo",
        about_id="request-2025",
        decision=Decision.APPROVAL,
        notice_date="2025-08-29",
        received_date="2025-08-29",
        reference="EHP-EX-250825",
        approved_units=200,
        approved_until="2026-08-28",
        sources=(
            page(_APPROVAL, 1, "200 units of J0585, for two sessions of one 100-unit vial"),
            page(_APPROVAL, 1, "August 29, 2025 through August 28, 2026"),
            page(
                _APPROVAL,
                1,
                "The service is approved as medically necessary for the member's jaw muscle pain",
            ),
        ),
    ),
    Determination(
        id="determination-denial",
        coverage_id="coverage-hmo",
        about_id="request-2026",
        decision=Decision.DENIAL,
        notice_date="2026-10-06",
        received_date="2026-10-09",
        reasons=(
            Reason(
                kind=ReasonKind.NOT_MEDICALLY_NECESSARY,
                text=(
                    "The records we received do not show meaningful improvement in pain or "
                    "function after the earlier injections. Continued treatment is therefore not "
                    "medically necessary."
                ),
            ),
        ),
        decided_by=(
            "Rowan Mockup, MD, Associate Medical Director, licensed in California, family medicine"
        ),
        reference="EHP-EX-260929",
        sources=(
            page(_DENIAL, 1, "October 6, 2026"),
            page(_DENIAL, 1, "REC'D 10/09/2026"),
            page(
                _DENIAL,
                1,
                "The records we received do not show meaningful improvement in pain or function "
                "after the earlier injections. Continued treatment is therefore not medically "
                "necessary.",
            ),
            page(
                _DENIAL,
                1,
                "Plan guideline BT-12, Repeat Botulinum Toxin. It asks that the record show a "
                "fall in pain of at least 30 percent on a number scale and better function, each "
                "lasting eight weeks or longer after the last session.",
            ),
            page(_DENIAL, 1, "The request form and page 1 of the visit note of August 18, 2026."),
        ),
    ),
)

APPEALS = (
    Appeal(
        id="appeal-grievance",
        determination_id="determination-denial",
        level=Level.INTERNAL_1,
        due="2027-04-07",
        note="180 days after October 9, 2026. Evidence is being put together.",
        sources=(
            page(
                _DENIAL,
                2,
                "You may file a grievance, which is an appeal, within 180 calendar days after you "
                "receive this notice.",
            ),
        ),
    ),
)

CONTACTS = (
    Contact(
        id="contact-request",
        date="2026-09-29",
        time="13:40",
        time_zone=_ZONE,
        channel=Channel.FAX,
        organization=_PAYER,
        number="415-555-0187",
        said="Request form, visit note, injection records and scores: 7 pages, confirmation kept.",
        sources=_LOGGED,
    ),
    Contact(
        id="contact-guideline",
        date="2026-10-12",
        time="09:30",
        time_zone=_ZONE,
        who="Sam, agent EX-52",
        organization=_PAYER,
        number="415-555-0180",
        reference="CALL-EX-1012",
        said="Asked for guideline BT-12 and for the records that were read.",
        promised="Guideline BT-12 by fax",
        promised_by="2026-10-16",
        kept=True,
        sources=_LOGGED,
    ),
    Contact(
        id="contact-pages",
        date="2026-11-16",
        time="15:15",
        time_zone=_ZONE,
        who="Noor, agent EX-58",
        organization=_PAYER,
        number="415-555-0184",
        reference="CALL-EX-1116",
        said=(
            "Which pages came with the fax of September 29? The agent sees 3 of 7 pages: the form "
            "and page 1 of the visit note. Injection records and scores are not on file."
        ),
        promised="A supervisor calls back about the missing pages",
        promised_by="2026-12-04",
        sources=_LOGGED,
    ),
)

TASKS = (
    Task(
        id="task-statement",
        title="Ask the patient for a statement on eating and working",
        owner="Patient",
        due="2026-12-18",
        about_id="appeal-grievance",
    ),
    Task(
        id="task-appeal",
        title="Send the grievance with injection records and scores",
        owner="Front desk",
        due="2027-01-29",
        about_id="appeal-grievance",
    ),
)
