"""Papers around a claim: bill, report, cover letter, corrected claim, question to the payer."""

from typing import Final

from tmjkit.letters.kinds import claims_decided, claims_picks
from tmjkit.letters.kinds.model import FITS, Fit, Kind, Part, later
from tmjkit.letters.situation import Situation, Voice


def _has_claim(situation: Situation) -> Fit:
    if situation.claim is None:
        return later("no claim is recorded")
    return FITS


def _cover(situation: Situation) -> Fit:
    claim = situation.claim
    if claim is None:
        return later("no claim is recorded")
    if claim.sent and claim.sent.earliest <= situation.today:
        return later("the latest claim was sent already")
    return FITS


def _report(situation: Situation) -> Fit:
    if situation.subject.about is None:
        return later("no botulinum toxin session of that day is recorded")
    return FITS


def _corrected(situation: Situation) -> Fit:
    claim = situation.claim
    if claim is None or not (claim.resubmission or claim.corrects):
        return later(
            "no claim is recorded that replaces an earlier one: add it to the claims, with what it "
            "does to the earlier one and that one's number"
        )
    return FITS


def _inquiry(situation: Situation) -> Fit:
    claim = situation.claim
    if claim is None or claim.sent is None or claim.sent.earliest > situation.today:
        return later("no claim was sent yet")
    return claims_decided.decided(situation, claim) or FITS


_ALL: Final = (Voice.CLINICIAN, Voice.PATIENT, Voice.ADVOCATE)

KINDS: Final[tuple[Kind, ...]] = (
    Kind(
        "superbill",
        "Itemized bill",
        Part.CLAIM,
        (Voice.CLINICIAN,),
        claims_picks.claim,
        fits=_has_claim,
        context=claims_picks.reads,
    ),
    Kind(
        "medical-report",
        "Report of a treatment session",
        Part.CLAIM,
        (Voice.CLINICIAN,),
        claims_picks.session,
        fits=_report,
        context=claims_picks.reads,
    ),
    Kind(
        "claim-cover",
        "Cover letter of a claim",
        Part.CLAIM,
        _ALL,
        claims_picks.claim,
        fits=_cover,
        context=claims_picks.reads,
    ),
    Kind(
        "corrected-claim",
        "Cover letter of a corrected claim",
        Part.CLAIM,
        _ALL,
        claims_picks.correction,
        fits=_corrected,
        context=claims_picks.reads,
    ),
    Kind(
        "claim-inquiry",
        "Question about a claim",
        Part.CLAIM,
        _ALL,
        claims_picks.sent,
        fits=_inquiry,
        context=claims_picks.reads,
    ),
)
