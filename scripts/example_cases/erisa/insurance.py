"""What passed between the office and the plan, and what is still to be done."""

from example_cases.papers import page, recorded_by
from tmjkit.case import (
    AuthorizationRequest,
    Channel,
    Contact,
    Decision,
    Determination,
    Direction,
    Muscle,
    MuscleDose,
    Reason,
    ReasonKind,
    ServiceLine,
    Side,
    Task,
)

_DENIAL = "document-denial"
_PAYER = "Example Mutual Benefit Administrators"
_ZONE = "America/New_York"

_DOSES = tuple(
    MuscleDose(muscle=muscle, side=side, units=units, sites=sites)
    for muscle, units, sites in ((Muscle.MASSETER, 30, 3), (Muscle.TEMPORALIS, 10, 2))
    for side in (Side.RIGHT, Side.LEFT)
)

REQUESTS = (
    AuthorizationRequest(
        id="request-first",
        coverage_id="coverage-employer",
        provider_id="provider-orofacial",
        service="OnabotulinumtoxinA into masseter and temporalis, both sides",
        lines=(
            ServiceLine(code="J0585", units=80, description="OnabotulinumtoxinA, injected"),
            ServiceLine(
                code="J0585",
                modifiers=("JW",),
                units=20,
                description="OnabotulinumtoxinA, discarded from the vial",
            ),
            ServiceLine(code="64999", description="Injection into the chewing muscles"),
        ),
        doses=_DOSES,
        diagnosis_codes=("M79.11",),
        sessions=2,
        interval_weeks=12,
        sent="2026-10-01",
        channel=Channel.FAX,
        reference="PA-EX-261001",
        sources=(
            page(_DENIAL, 1, "Request received October 1, 2026"),
            page(
                "document-clinic-notes", 2, "80 units per session from a 100-unit single-dose vial"
            ),
            recorded_by("provider-orofacial"),
        ),
    ),
)

DETERMINATIONS = (
    Determination(
        id="determination-denial",
        coverage_id="coverage-employer",
        about_id="request-first",
        decision=Decision.DENIAL,
        notice_date="2026-10-14",
        received_date="2026-10-19",
        reasons=(
            Reason(
                kind=ReasonKind.EXPERIMENTAL,
                text=(
                    "Botulinum toxin injection for a temporomandibular disorder is considered "
                    "experimental or investigational, because published studies have not shown "
                    "that it improves health outcomes compared with established treatment."
                ),
            ),
        ),
        decided_by="Pat Placeholder, MD, Medical Director, board certified in internal medicine",
        reference="PA-EX-261001",
        sources=(
            page(_DENIAL, 1, "October 14, 2026"),
            page(_DENIAL, 1, "RECEIVED OCT 19 2026"),
            page(
                _DENIAL,
                1,
                "Botulinum toxin injection for a temporomandibular disorder is considered "
                "experimental or investigational, because published studies have not shown that "
                "it improves health outcomes compared with established treatment.",
            ),
            page(
                _DENIAL,
                1,
                "This decision is based on Section 7.4 of your plan document (Experimental or "
                "Investigational Services) and on our drug policy EM-DRUG-041, Botulinum Toxins.",
            ),
            page(
                "document-policy", 1, "Temporomandibular disorder, masseter or temporalis myalgia"
            ),
            page(
                _DENIAL,
                2,
                "We must receive your appeal within 180 days after the day you receive this "
                "notice.",
            ),
        ),
    ),
)

# The office keeps the log.
_LOGGED = (recorded_by("provider-orofacial"),)

CONTACTS = (
    Contact(
        id="contact-benefits",
        date="2026-09-24",
        time="10:20",
        time_zone=_ZONE,
        who="Dana, agent EX-17",
        organization=_PAYER,
        number="614-555-0170",
        reference="CALL-EX-0924",
        said=(
            "Is prior authorization needed for J0585? Yes. Is TMD excluded? The agent saw no "
            "exclusion and advised to send codes J0585 and 64999 with the office note."
        ),
        sources=_LOGGED,
    ),
    Contact(
        id="contact-request",
        date="2026-10-01",
        time="09:05",
        time_zone=_ZONE,
        channel=Channel.FAX,
        organization=_PAYER,
        number="614-555-0177",
        said="Request form and office note of September 22, 2026: 4 pages, confirmation printed.",
        sources=_LOGGED,
    ),
    Contact(
        id="contact-after-denial",
        date="2026-10-20",
        time="14:35",
        time_zone=_ZONE,
        who="Lee, agent EX-31",
        organization=_PAYER,
        number="614-555-0172",
        reference="CALL-EX-1020",
        said=(
            "Asked for a peer-to-peer talk with the medical director, reference PA-EX-261001. "
            "Offered October 22 or 23 after 3 pm."
        ),
        promised="The medical director calls Dr. Sample back",
        promised_by="2026-10-23",
        kept=False,
        sources=_LOGGED,
    ),
    Contact(
        id="contact-employer",
        date="2026-10-26",
        channel=Channel.EMAIL,
        direction=Direction.IN,
        who="Robin Placeholder, benefits manager",
        organization="Example Widgets, Inc.",
        said=(
            "Confirms that the health plan is self-funded and sends the plan document. Denials of "
            "the claims administrator can be brought before the benefits committee."
        ),
        sources=_LOGGED,
    ),
    Contact(
        id="contact-claim-file",
        date="2026-11-09",
        time="11:10",
        time_zone=_ZONE,
        who="Lee, agent EX-31",
        organization=_PAYER,
        number="614-555-0170",
        reference="CALL-EX-1109",
        said=(
            "Asked for the complete claim file, the full policy EM-DRUG-041 and the name and "
            "specialty of everyone who advised on the decision. The agent noted the request."
        ),
        promised="The claim file comes by mail",
        promised_by="2026-12-09",
        sources=_LOGGED,
    ),
)

TASKS = (
    Task(
        id="task-plan-document",
        title="Ask the employer for the plan document",
        owner="Front desk",
        due="2026-10-30",
        done="2026-10-26",
        about_id="coverage-employer",
    ),
    Task(
        id="task-opinion",
        title="Write the clinical opinion for the appeal",
        owner="Dr. Sample",
        due="2027-01-15",
        about_id="determination-denial",
    ),
    Task(
        id="task-mail-order",
        title="Ask the mail-order pharmacy for the nortriptyline record",
        owner="Patient",
        due="2027-01-08",
        about_id="treatment-nortriptyline",
    ),
    Task(
        id="task-appeal",
        title="Send the first-level appeal",
        owner="Front desk",
        due="2027-02-26",
        about_id="determination-denial",
    ),
)
