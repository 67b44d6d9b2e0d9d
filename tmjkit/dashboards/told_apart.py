"""What tells two patients of one name apart: the day of birth and the end of the member id."""

from calendar import month_abbr
from typing import Final, Protocol

from tmjkit.case import PartialDate

_SHOWN: Final = 4


class Summary(Protocol):
    """What is known of a patient in a list, as in `tmjkit.case.CaseSummary`."""

    @property
    def birth_date(self) -> str:
        """Day of birth, year first; may be partial or empty."""
        ...

    @property
    def member_ids(self) -> str:
        """One member id on each line."""
        ...


def told_apart(one: Summary) -> str:
    """Say when the patient was born and how the member ids end; what is not known is said too."""
    ends = [line.strip()[-_SHOWN:] for line in one.member_ids.splitlines() if line.strip()]
    member = f"member id ends in {', '.join(ends)}" if ends else "no member id"
    return f"{born(one) or 'birth date not known'} · {member}"


def born(one: Summary) -> str:
    """Say when the patient was born, as people read it; empty where it isn't known."""
    if not one.birth_date:
        return ""
    known = PartialDate.parse(one.birth_date)
    if known.month is None:
        return f"born {known.year}"
    month = month_abbr[known.month]
    day = f" {known.day}," if known.day else ""
    return f"born {month}{day} {known.year}"
