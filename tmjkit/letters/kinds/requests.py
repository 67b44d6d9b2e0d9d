"""Letters before a decision: medical necessity, authorization, papers, network, course of care."""

from typing import Final

from tmjkit.letters import choose
from tmjkit.letters.kinds.model import Kind, Part
from tmjkit.letters.situation import Voice

KINDS: Final = (
    Kind(
        "medical-necessity",
        "Letter of medical necessity",
        Part.REQUEST,
        (Voice.CLINICIAN,),
        choose.request,
        checklist="F2-LMN",
        argues=True,
    ),
)
