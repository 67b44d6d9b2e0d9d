"""Denial wordings, all made up for these tests, with the classes that they tell.

A class with a question mark is told only as possible.
"""

EXCLUSION = "contract-exclusion"
EXPERIMENTAL = "experimental"
NECESSITY = "not-medically-necessary"
AUTHORIZATION = "no-prior-authorization"
BENEFIT = "wrong-benefit"
CODING = "coding-or-information"
FILING = "timely-filing"
DUPLICATE = "duplicate"
NETWORK = "out-of-network"
QUANTITY = "quantity-or-interval"
STEP = "step-therapy"
ELIGIBILITY = "not-eligible"
OTHER = "other"


def maybe(kind):
    return f"{kind}?"


WORDINGS = [
    # Exclusions
    ("Services related to the temporomandibular joint are excluded.", [EXCLUSION]),
    ("SERVICES RELATED TO TEMPOROMANDIBULAR JOINT ARE EXCLUDED FROM YOUR BENEFITS", [EXCLUSION]),
    ("This is not a covered benefit.", [EXCLUSION]),
    (
        "Treatment of TMJ disorders isn\u2019t a covered benefit under your certificate.",
        [EXCLUSION],
    ),
    ("Your plan does not cover treatment of the jaw joint.", [EXCLUSION]),
    ("Section 4, General Exclusions of the policy, item 12, applies.", [EXCLUSION]),
    ("Please see the plan exclusions in your booklet.", [EXCLUSION]),
    ("No benefits are available for care of the jaw joint.", [EXCLUSION]),
    ("The injection was considered cosmetic.", [EXCLUSION]),
    ("Botulinum toxin for this use is a contract exclusion.", [EXCLUSION]),
    ("The policy excludes any care of temporo-\nmandibular disorders.", [EXCLUSION]),
    ("This falls outside the scope of coverage.", [EXCLUSION]),
    ("Not covered.", [maybe(EXCLUSION)]),
    ("Non-covered charge(s).", [maybe(EXCLUSION)]),
    ("The service is not eligible for reimbursement.", [maybe(EXCLUSION)]),
    # Experimental
    ("The service is considered experimental.", [EXPERIMENTAL]),
    ("This use is deemed to be INVESTIGATIONAL in our medical policy.", [EXPERIMENTAL]),
    ("Deemed experi-\nmental/investiga-\ntional for this diagnosis.", [EXPERIMENTAL]),
    ("Not covered because it is investigational.", [EXPERIMENTAL]),
    ("Excluded from coverage, as the treatment is unproven.", [EXPERIMENTAL]),
    ("There is insufficient evidence that it improves outcomes.", [EXPERIMENTAL]),
    ("Published studies have not shown that it works better than exercise.", [EXPERIMENTAL]),
    ("The eﬃcacy of the drug for this condition has not been established.", [EXPERIMENTAL]),
    ("The drug is not FDA-approved for this condition.", [EXPERIMENTAL]),
    ("An oﬀ-label use of the drug is not payable.", [EXPERIMENTAL]),
    ("The treatment is not the standard of care.", [EXPERIMENTAL]),
    ("The peer-reviewed literature does not support its use.", [EXPERIMENTAL]),
    # Not medically necessary
    ("The request is not medically necessary.", [NECESSITY]),
    ("It was determined that this is not medi-\r\ncally necessary for you.", [NECESSITY]),
    ("Medical necessity has not been established.", [NECESSITY]),
    ("The request does not meet criteria.", [NECESSITY]),
    ("Your case doesn\u2019t meet our clinical guidelines for this drug.", [NECESSITY]),
    ("Coverage criteria were not met.", [NECESSITY]),
    ("The member fails to meet the policy\u2019s requirements.", [NECESSITY]),
    ("There is a lack of medical necessity for the service.", [NECESSITY]),
    ("Injections are not clinically indicated at this time.", [NECESSITY]),
    ("The records do not show improvement.", [maybe(NECESSITY)]),
    ("We see the injections as elective.", [NECESSITY]),
    ("The care is not essential.", [NECESSITY]),
    # No prior authorization
    ("Prior authorization was not obtained.", [AUTHORIZATION]),
    ("No precertification on file for the date of service.", [AUTHORIZATION]),
    ("Pre-authorization required but not requested.", [AUTHORIZATION]),
    ("The provider failed to obtain prior approval.", [AUTHORIZATION]),
    ("Service was not pre-\nauthorized.", [AUTHORIZATION]),
    ("Authorization number is missing or invalid.", [AUTHORIZATION]),
    ("Precertification absent.", [AUTHORIZATION]),
    ("This service requires prior authorization.", [maybe(AUTHORIZATION)]),
    ("Precertification, notification and approval are absent.", [AUTHORIZATION]),
    ("Preauthorization requirements were not met.", [AUTHORIZATION]),
    # Another benefit
    ("These services are dental in nature.", [BENEFIT]),
    ("Please submit this claim to your dental carrier.", [BENEFIT]),
    ("The drug is covered under the pharmacy benefit.", [BENEFIT]),
    ("Another insurer is primary. Send us their explanation.", [BENEFIT]),
    ("TMJ care is considered dental and is not a medical service.", [BENEFIT]),
    # Coding or information
    ("The procedure code is invalid for the date of service.", [CODING]),
    ("Diagnosis is not consistent with the procedure billed.", [CODING]),
    ("We need additional information to decide.", [CODING]),
    ("The clinical notes were not received.", [CODING]),
    ("Claim lacks information needed for adjudication.", [CODING]),
    ("Missing modifier on line 2.", [CODING]),
    ("The requested documentation was not submitted.", [CODING]),
    # Too late
    ("The time limit for filing has expired.", [FILING]),
    ("Claim was not received within 90 days of service.", [FILING]),
    ("Denied for timely filing.", [FILING]),
    ("The claim was submitted after the filing deadline.", [FILING]),
    ("Late claim submission.", [FILING]),
    # Duplicate
    ("Exact duplicate claim/service.", [DUPLICATE]),
    ("This claim was previously processed.", [DUPLICATE]),
    # Network
    ("The provider is out-of-network.", [NETWORK]),
    ("Dr. Example is out-of-\nnetwork for your HMO.", [NETWORK]),
    ("You saw a non-participating provider.", [NETWORK]),
    ("Your dentist does not participate in our network.", [NETWORK]),
    ("No referral on file from your primary care doctor.", [NETWORK]),
    ("The care was not given by a network clinician.", [NETWORK]),
    # Quantity or interval
    ("The units billed exceed the maximum allowed.", [QUANTITY]),
    ("The service is too frequent.", [QUANTITY]),
    ("Injections less than 12 weeks apart are not payable.", [QUANTITY, maybe(EXCLUSION)]),
    ("Quantity limit exceeded.", [QUANTITY]),
    ("More units than approved were billed.", [QUANTITY]),
    ("The maximum for this benefit period and service has been reached.", [QUANTITY]),
    # Steps
    ("Step therapy requirements apply to this drug.", [STEP]),
    ("You must try physical therapy first.", [STEP]),
    ("There is no record of a trial of conservative treatment.", [STEP]),
    ("Conservative treatment has not been exhausted.", [STEP]),
    ("A splint and medication have not been tried.", [STEP]),
    ("A preferred drug is available.", [STEP]),
    ("A lower-cost alternative should be used first.", [STEP]),
    # Eligibility
    ("Coverage terminated before the date of service.", [ELIGIBILITY]),
    ("The member was not eligible on the date of service.", [ELIGIBILITY]),
    ("Your policy is no longer active.", [ELIGIBILITY]),
    ("Expenses incurred before coverage began.", [ELIGIBILITY]),
    # Several at once
    (
        "The service is experimental and not medically necessary.",
        [EXPERIMENTAL, NECESSITY],
    ),
    (
        "The treatment is investigational. In addition, TMJ services are excluded by your plan.",
        [EXPERIMENTAL, EXCLUSION],
    ),
    (
        "Not medically necessary, and prior authorization was not obtained.",
        [NECESSITY, AUTHORIZATION],
    ),
    (
        "Does not meet criteria: conservative therapy was not tried; units exceed the limit.",
        [NECESSITY, STEP, QUANTITY],
    ),
    (
        "Not considered medically necessary and is considered experimental.",
        [NECESSITY, EXPERIMENTAL],
    ),
    # Denied, supposed, or about something else
    ("The treatment is not considered experimental.", [OTHER]),
    ("It is not considered to be experimental or investigational, but dental.", [BENEFIT]),
    ("This was denied not because it is experimental but as not a covered benefit.", [EXCLUSION]),
    ("The exclusion does not apply.", [OTHER]),
    ("The plan does not exclude care of the jaw joint.", [OTHER]),
    ("This is not a duplicate; the claim is out of network.", [NETWORK]),
    ("Prior authorization is not required for this service.", [OTHER]),
    ("It isn't cosmetic, and the units exceed the limit.", [QUANTITY]),
    (
        "If your denial was because a treatment is experimental, you have the right to outside "
        "review. Prior authorization was not obtained.",
        [AUTHORIZATION],
    ),
    ("A fracture was excluded by imaging. The request does not meet criteria.", [NECESSITY]),
    ("This is a diagnosis of exclusion.", [OTHER]),
    ("See your dental evidence of coverage. The claim was filed late.", [FILING]),
    ("Please call us.", [OTHER]),
    ("...", [OTHER]),
]
