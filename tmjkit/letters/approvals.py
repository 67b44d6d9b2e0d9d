"""What the payer approved before: the same treatment, of the same patient."""

import datetime as dt
import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from tmjkit.case import (
    HCPCS,
    AuthorizationRequest,
    Case,
    Claim,
    Coverage,
    Decision,
    Determination,
    DocumentSource,
    PartialDate,
)
from tmjkit.letters import choose
from tmjkit.letters.decision import noticed
from tmjkit.letters.situation import Situation
from tmjkit.letters.value import Value, clean
from tmjkit.letters.view import View, value
from tmjkit.rules import coverage_of

_GROUND: Final = re.compile(r"\bmedical(?:ly)?\s+necess", re.IGNORECASE)
_PRODUCTS: Final = frozenset(HCPCS.values())


def earlier_approvals(situation: Situation) -> tuple[View, ...]:
    """Return the payer's approvals of the same treatment on record, oldest first.

    Each has `day`, and `words`: the payer's own words on medical necessity in it, empty where none
    are recorded. Citing it cites the approval notice. The same treatment is the same product, and
    for one of the same diagnoses where both requests name theirs. What is asked for now counts for
    nothing, nor does an approval that was taken back, is undated or not from before the denial.
    """
    case, asked = situation.case, situation.subject.asked
    if asked is None or situation.coverage is None:
        return ()
    found = [
        (day, item)
        for item in case.determinations
        if item.decision is Decision.APPROVAL
        and (day := item.notice_date or item.received_date) is not None
        and _before(day, situation)
        and _same(case, item, asked)
        and _same_payer(coverage_of(case, item), situation.coverage)
        and not _taken_back(case, item, day)
    ]
    return tuple(
        _told(case, item, day) for day, item in sorted(found, key=lambda pair: pair[0].earliest)
    )


def _before(day: PartialDate, situation: Situation) -> bool:
    denial = situation.denial
    limit = (denial.notice_date or denial.received_date) if denial else None
    last: dt.date = limit.earliest if limit else situation.today
    return day.latest < last


def _same(case: Case, approval: Determination, asked: AuthorizationRequest | Claim) -> bool:
    other = choose.asked(case, approval)
    if not isinstance(other, AuthorizationRequest) or other.id == asked.id:
        return False
    if not _codes(other) & _codes(asked) & _PRODUCTS:
        return False
    ours, theirs = set(asked.diagnosis_codes), set(other.diagnosis_codes)
    return bool(ours & theirs) or not (ours and theirs)


def _codes(asked: AuthorizationRequest | Claim) -> set[str]:
    return {str(line.code) for line in asked.lines}


def _same_payer(one: Coverage | None, other: Coverage) -> bool:
    if one is None:
        return False
    names = {" ".join(item.payer.split()).casefold() for item in (one, other)}
    return one.id == other.id or len(names) == 1


def _taken_back(case: Case, approval: Determination, day: PartialDate) -> bool:
    """Tell whether a decision that denies the same request stands beside an approval or after it.

    One that came before was reversed by it.
    """
    return any(
        item.adverse
        and item.about_id == approval.about_id
        and (
            (when := item.notice_date or item.received_date) is None or when.latest >= day.earliest
        )
        for item in case.determinations
    )


def _told(case: Case, item: Determination, day: PartialDate) -> View:
    shown = noticed(item, case.documents)
    words = next(_grounds(shown), ())
    fields = {"day": value(day, item), "words": words}
    return View("earlier approval", MappingProxyType(fields), (shown,))


def _grounds(item: Determination) -> Iterator[View]:
    for source in item.sources:
        if isinstance(source, DocumentSource) and _GROUND.search(source.quote):
            quoted = {"text": Value(clean(source.quote), (item.id,))}
            record = item.model_copy(update={"sources": (source,)})
            yield View("words of an approval", MappingProxyType(quoted), (record,))
