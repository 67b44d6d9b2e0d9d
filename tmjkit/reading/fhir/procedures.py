"""From the code or the name of a procedure to the kind of treatment, where that is sure.

The tables hold code numbers only, never the text of a code set.
"""

import re
from collections.abc import Iterable
from typing import Final

from tmjkit.case import HCPCS, Purpose, ToxinProduct, TreatmentKind

# Code numbers as the payers' and societies' TMD pages use them. 20605 stands for a puncture as
# well as for an injection of a joint of middle size, and 64612 or 64615 do not name the drug,
# so none of them settles a kind.
_CODES: Final = {
    "97110": TreatmentKind.PHYSICAL_THERAPY,
    "97140": TreatmentKind.MANUAL_THERAPY,
    "20552": TreatmentKind.TRIGGER_POINT_INJECTION,
    "20553": TreatmentKind.TRIGGER_POINT_INJECTION,
    "20560": TreatmentKind.ACUPUNCTURE,
    "20561": TreatmentKind.ACUPUNCTURE,
    "97810": TreatmentKind.ACUPUNCTURE,
    "97813": TreatmentKind.ACUPUNCTURE,
    "D7870": TreatmentKind.ARTHROCENTESIS,
    "D7880": TreatmentKind.SPLINT,
    "D7881": TreatmentKind.SPLINT,
}

_JAW = r"(temporomandibular|\btmj\b|\bjaw\b)"
_MEANS_JAW: Final = re.compile(
    rf"{_JAW}|temporo-?mandibular|\btmd\b|masseter|masticat|temporalis|pterygoid|bruxism"
    r"|mouth opening|interincisal",
    re.I,
)
_NAMES: Final = (
    (r"physical therap|physiotherap", TreatmentKind.PHYSICAL_THERAPY),
    (r"cognitive[ -]behaviou?ral therap", TreatmentKind.CBT),
    (r"\bbiofeedback\b", TreatmentKind.BIOFEEDBACK),
    (r"\bacupuncture\b|\bdry needling\b", TreatmentKind.ACUPUNCTURE),
    (r"trigger[ -]point injection|injection of trigger[ -]point",
     TreatmentKind.TRIGGER_POINT_INJECTION),
    (r"(occlusal|stabili[sz]ation|oral|bite) (splint|guard|orthotic)|night ?guard",
     TreatmentKind.SPLINT),
    (rf"arthrocentesis.*{_JAW}|{_JAW}.*arthrocentesis", TreatmentKind.ARTHROCENTESIS),
    (rf"(arthroscop|arthroplast|arthrotom).*{_JAW}|{_JAW}.*(arthroscop|arthroplast|arthrotom)",
     TreatmentKind.SURGERY),
)  # fmt: skip

# Nonproprietary names (with FDA's suffixes left open) and brands name the product; "botulinum
# toxin" alone does not, and units mean something only for one product.
_PRODUCTS: Final = (
    (r"\bonabotulinum\s?toxin\s?a\b|\bbotox\b", ToxinProduct.ONABOTULINUM),
    (r"\babobotulinum\s?toxin\s?a\b|\bdysport\b", ToxinProduct.ABOBOTULINUM),
    (r"\bincobotulinum\s?toxin\s?a\b|\bxeomin\b", ToxinProduct.INCOBOTULINUM),
    (r"\brimabotulinum\s?toxin\s?b\b|\bmyobloc\b", ToxinProduct.RIMABOTULINUM),
    (r"\bdaxibotulinum\s?toxin\s?a\b|\bdaxxify\b", ToxinProduct.DAXIBOTULINUM),
)
_PRODUCT_OF_CODE: Final = {code: product for product, code in HCPCS.items()}


def procedure_kind(codes: list[str], name: str) -> TreatmentKind:
    """Return the kind of treatment; `OTHER` unless a code or the name makes it sure.

    Parameters
    ----------
    codes
        Procedure codes (CPT, HCPCS, CDT).
    name
        The name as the sender writes it.
    """
    for code in codes:
        if code in _CODES:
            return _CODES[code]
    text = name.casefold()
    found = {kind for pattern, kind in _NAMES if re.search(pattern, text)}
    return found.pop() if len(found) == 1 else TreatmentKind.OTHER


def toxin_product(codes: list[str], names: list[str]) -> ToxinProduct | None:
    """Return the botulinum toxin product that codes or names say clearly; None otherwise."""
    found = {_PRODUCT_OF_CODE[code] for code in codes if code in _PRODUCT_OF_CODE}
    text = "\n".join(names).casefold()
    found |= {product for pattern, product in _PRODUCTS if re.search(pattern, text)}
    return found.pop() if len(found) == 1 else None


def says_botulinum(names: list[str]) -> bool:
    """Tell whether any name speaks of botulinum toxin."""
    return any("botulin" in name.casefold() for name in names)


def purpose_of(texts: Iterable[str]) -> Purpose:
    """Tell from the words of a record whether it was for the jaw.

    Only the mention of the jaw settles it. Anything else stays open for a person to say:
    naproxen for a sprained foot is no treatment of the jaw, and a letter must not claim it.
    """
    said = any(_MEANS_JAW.search(text) for text in texts)
    return Purpose.JAW if said else Purpose.UNKNOWN
