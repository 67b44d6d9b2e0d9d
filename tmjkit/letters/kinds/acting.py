"""Letters by which one person acts for another, and what is said by phone."""

from typing import Final

from tmjkit.letters.kinds.acting_calls import script, scripts
from tmjkit.letters.kinds.acting_confirmation import confirmation, confirms, who_called
from tmjkit.letters.kinds.acting_names import appointment, appoints
from tmjkit.letters.kinds.acting_picks import for_appointment, for_call, phone_contact
from tmjkit.letters.kinds.model import Kind, Part
from tmjkit.letters.situation import Voice

_ANYONE: Final = (Voice.PATIENT, Voice.ADVOCATE, Voice.CLINICIAN)

KINDS: Final[tuple[Kind, ...]] = (
    Kind(
        "appointment",
        "Appointment of a representative",
        Part.PREPARE,
        (Voice.PATIENT,),
        for_appointment,
        checklist="F2-AOR",
        fits=appoints,
        context=appointment,
    ),
    Kind(
        "call-script",
        "Script for a phone call",
        Part.CALL,
        _ANYONE,
        for_call,
        checklist="F2-PHONE-LOG",
        fits=scripts,
        context=script,
        sent=False,
    ),
    Kind(
        "call-confirmation",
        "Confirmation of a phone call",
        Part.CALL,
        (Voice.CLINICIAN, Voice.PATIENT, Voice.ADVOCATE),
        phone_contact,
        checklist="F2-PHONE-LOG",
        fits=confirms,
        context=confirmation,
        speaks=who_called,
    ),
)
