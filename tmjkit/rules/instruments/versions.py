"""Which version of the Graded Chronic Pain Scale a recorded number is of."""

import re
from typing import Final

from tmjkit.case import Instrument, Measurement, QuestionnaireForm

GCPS: Final = (Instrument.GCPS_GRADE, Instrument.GCPS_CPI)
GCPS_FORMS: Final = {2: QuestionnaireForm.GCPS_2, 1: QuestionnaireForm.GCPS_1}

_NUMBER: Final = re.compile(r"(?:^|[^0-9.])([12])(?:\.0+)?(?![0-9.])")


def gcps_version(measurement: Measurement) -> int | None:
    """Return 1 or 2 where the measurement says which version it is of, else None.

    It is read from the field `version`, such as "2.0", "v1" or "GCPS 2.0"; where that names both
    or neither, the version is not known.
    """
    named = {int(found) for found in _NUMBER.findall(measurement.version)}
    return named.pop() if len(named) == 1 else None
