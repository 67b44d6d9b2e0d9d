"""The words of a case that a payer's policy can name.

The knowledge base knows nothing of the case, so that the codes stand here once more; a test holds
them equal to the case's own.
"""

from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import AfterValidator

TREATMENT_KINDS: Final = (
    "self-care",
    "jaw-exercise",
    "physical-therapy",
    "manual-therapy",
    "cbt",
    "biofeedback",
    "splint",
    "nsaid",
    "acetaminophen",
    "muscle-relaxant",
    "antidepressant",
    "gabapentinoid",
    "opioid",
    "other-medication",
    "acupuncture",
    "trigger-point-injection",
    "joint-injection",
    "arthrocentesis",
    "surgery",
    "other",
)
DC_TMD: Final = (
    "myalgia",
    "local-myalgia",
    "myofascial-pain",
    "myofascial-pain-with-referral",
    "arthralgia",
    "headache-attributed-to-tmd",
    "disc-displacement-with-reduction",
    "disc-displacement-with-reduction-with-intermittent-locking",
    "disc-displacement-without-reduction-with-limited-opening",
    "disc-displacement-without-reduction-without-limited-opening",
    "degenerative-joint-disease",
    "subluxation",
)
INSTRUMENTS: Final = (
    "nrs-pain",
    "mmo-pain-free",
    "mmo-unassisted",
    "mmo-assisted",
    "gcps-grade",
    "gcps-cpi",
    "jfls-8",
    "jfls-20",
    "phq-4",
    "phq-9",
    "gad-7",
    "obc",
)
PROVIDER_ROLES: Final = (
    "treating",
    "prescribing",
    "referring",
    "primary-care",
    "therapist",
    "facility",
    "billing",
    "other",
)
TOXIN_PRODUCTS: Final = (
    "onabotulinumtoxinA",
    "abobotulinumtoxinA",
    "incobotulinumtoxinA",
    "rimabotulinumtoxinB",
    "daxibotulinumtoxinA",
    "other",
)
DOCUMENT_KINDS: Final = (
    "denial-letter",
    "approval-letter",
    "policy",
    "plan-document",
    "card",
    "clinical-note",
    "therapy-record",
    "prescription",
    "injection-record",
    "imaging",
    "questionnaire",
    "explanation-of-benefits",
    "invoice",
    "correspondence",
    "article",
    "health-record",
    "other",
)
BENEFITS: Final = ("medical", "dental", "pharmacy")


@dataclass(frozen=True, slots=True)
class Words:
    """Stands beside a word of a case in its annotation: what it can be, for a form to offer."""

    codes: tuple[str, ...]


def _one_of(words: tuple[str, ...]) -> AfterValidator:
    def check(value: str) -> str:
        if value not in words:
            raise ValueError(f"should be one of: {', '.join(words)}")
        return value

    return AfterValidator(check)


TreatmentWord = Annotated[str, Words(TREATMENT_KINDS), _one_of(TREATMENT_KINDS)]
DcTmdWord = Annotated[str, Words(DC_TMD), _one_of(DC_TMD)]
InstrumentWord = Annotated[str, Words(INSTRUMENTS), _one_of(INSTRUMENTS)]
RoleWord = Annotated[str, Words(PROVIDER_ROLES), _one_of(PROVIDER_ROLES)]
ProductWord = Annotated[str, Words(TOXIN_PRODUCTS), _one_of(TOXIN_PRODUCTS)]
DocumentWord = Annotated[str, Words(DOCUMENT_KINDS), _one_of(DOCUMENT_KINDS)]
BenefitWord = Annotated[str, Words(BENEFITS), _one_of(BENEFITS)]
