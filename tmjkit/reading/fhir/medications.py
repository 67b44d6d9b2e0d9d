"""From the name of a medication to the kind of treatment, by its ingredients.

The table holds the ingredients that are sure; whatever is not in it is another medication.
Tricyclics and SNRIs are the antidepressants that are given for pain (SSRIs are not, so they are
not here), and low-dose aspirin is given for the heart, not for pain.
"""

import re
from typing import Final

from tmjkit.case import TreatmentKind

_INGREDIENTS: Final = {
    TreatmentKind.OPIOID: """
        buprenorphine butorphanol codeine fentanyl hydrocodone hydromorphone levorphanol
        meperidine methadone morphine oxycodone oxymorphone pentazocine tapentadol tramadol
    """,
    TreatmentKind.GABAPENTINOID: "gabapentin pregabalin",
    TreatmentKind.MUSCLE_RELAXANT: """
        baclofen carisoprodol chlorzoxazone cyclobenzaprine metaxalone methocarbamol orphenadrine
        tizanidine
    """,
    TreatmentKind.ANTIDEPRESSANT: """
        amitriptyline nortriptyline imipramine desipramine doxepin duloxetine venlafaxine
        desvenlafaxine milnacipran levomilnacipran
    """,
    TreatmentKind.NSAID: """
        ibuprofen naproxen diclofenac etodolac indomethacin ketorolac meloxicam nabumetone
        oxaprozin piroxicam sulindac celecoxib ketoprofen flurbiprofen diflunisal salsalate
        tolmetin mefenamic fenoprofen aspirin
    """,
    TreatmentKind.ACETAMINOPHEN: "acetaminophen paracetamol",
}
# In this order: of a combination, the ingredient that a reviewer looks for first decides.
_KIND_OF: Final = {word: kind for kind, words in _INGREDIENTS.items() for word in words.split()}
_LOW_DOSE_ASPIRIN_MG: Final = 325  # below this it is given against clots, not against pain


def medication_kind(name: str) -> TreatmentKind:
    """Return the kind of treatment that a medication's name stands for.

    Parameters
    ----------
    name
        The name as a pharmacy writes it, such as 'Naproxen sodium 220 MG Oral Tablet'.
    """
    words = set(re.findall(r"[a-z]+", name.casefold()))
    found = {_KIND_OF[word] for word in words & _KIND_OF.keys()}
    if TreatmentKind.NSAID in found and "aspirin" in words:
        dose = re.search(r"aspirin\D{0,20}(\d{1,6})\s*mg", name.casefold())
        if dose and int(dose[1]) < _LOW_DOSE_ASPIRIN_MG:
            found.discard(TreatmentKind.NSAID)
    for kind in _INGREDIENTS:
        if kind in found:
            return kind
    return TreatmentKind.OTHER_MEDICATION
