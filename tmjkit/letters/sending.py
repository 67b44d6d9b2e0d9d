"""What follows for the case when a letter was sent: the appeal, the request, the papers asked for.

A letter that left is a record of its own. Clocks and lists go by the appeals, requests and requests
for papers, so the day of sending is kept there too; else an appeal that is out would be called for
a second time.
"""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tmjkit.case import (
    Appeal,
    AuthorizationRequest,
    Case,
    Channel,
    Claim,
    ExportedLetter,
    Level,
    PapersKind,
    PapersRequest,
    PartialDate,
    Record,
    Urgency,
)
from tmjkit.language import ENGLISH
from tmjkit.letters.gap import LetterError
from tmjkit.rules import regime, standing

_FIRST: Final = frozenset({"appeal", "appeal-expedited", "medicaid-appeal", "reconsideration"})
_LEVELS: Final[Mapping[str, Level]] = MappingProxyType(
    {
        "appeal-second": Level.INTERNAL_2,
        "external-review": Level.EXTERNAL,
        "fair-hearing": Level.FAIR_HEARING,
    }
)
_PAPERS: Final[Mapping[str, PapersKind]] = MappingProxyType(
    {
        "claim-file": PapersKind.CLAIM_FILE,
        "plan-documents": PapersKind.PLAN_DOCUMENTS,
        "records-request": PapersKind.MEDICAL_RECORDS,
    }
)


def sent_records(
    letter: ExportedLetter,
    case: Case,
    on: dt.date,
    channel: Channel | None,
    *,
    today: dt.date,
    correct: bool = False,
) -> tuple[Record, ...]:
    """Return the letter as sent, with the records of the case that say the same.

    Parameters
    ----------
    letter
        A letter of the case.
    case
        The case.
    on, channel
        The day on which it was sent, and how.
    today
        The day by which `on` is judged.
    correct
        Whether this puts right a day that was entered before.

    Raises
    ------
    LetterError
        When the day lies before the letter or ahead of today, the letter is a copy that is not
        filed, or it was sent already.
    """
    if letter.language != ENGLISH:
        raise LetterError("this is a copy for the patient; the letter that is filed is in English")
    if on > today:
        raise LetterError("the day of sending lies ahead: record it once the letter is out")
    if letter.date is not None and on < letter.date:
        raise LetterError(
            f"the letter is dated {letter.date}, so it can't have been sent before that day"
        )
    if letter.sent is not None and not correct:
        raise LetterError(
            f"it was recorded as sent on {letter.sent} already; a correction has to be asked for"
        )
    fields = {"sent": PartialDate.of(on), "channel": channel}
    return (letter.model_copy(update=fields), *_followers(letter, case, fields))


def _followers(
    letter: ExportedLetter, case: Case, fields: Mapping[str, object]
) -> tuple[Record, ...]:
    about = next((item for _, item in case.records() if item.id == letter.about), None)
    level = _level(letter, case)
    if level is not None:
        return (_appeal(letter, case, level).model_copy(update=dict(fields)),)
    papers = _PAPERS.get(letter.kind)
    if papers is not None:
        return (_papers(letter, case, papers).model_copy(update=dict(fields)),)
    if isinstance(about, AuthorizationRequest) and about.sent in (None, letter.sent):
        return (about.model_copy(update=dict(fields)),)
    if isinstance(about, Claim) and about.sent in (None, letter.sent) and "claim" in letter.kind:
        return (about.model_copy(update={"sent": fields["sent"]}),)
    return ()


def _level(letter: ExportedLetter, case: Case) -> Level | None:
    if letter.kind not in _FIRST:
        return _LEVELS.get(letter.kind)
    coverage = next((item for item in case.coverages if item.id == letter.coverage), None)
    step = standing(case, None, law=regime(coverage) if coverage else None).first_step
    filed_as = step.clock.filed_as if step and step.clock else ()
    return next((item for item in Level if item.value in filed_as[:1]), Level.INTERNAL_1)


def _appeal(letter: ExportedLetter, case: Case, level: Level) -> Appeal:
    """Return the appeal that was being prepared, or that this letter began; else a new one."""
    for item in case.appeals:
        mine = item.determination_id in (letter.about, None) and item.level is level
        if mine and item.sent in (None, letter.sent):
            return item
    denials = {item.id for item in case.determinations}
    return Appeal(
        determination_id=letter.about if letter.about in denials else None,
        level=level,
        urgency=Urgency.EXPEDITED if letter.kind == "appeal-expedited" else Urgency.STANDARD,
    )


def _papers(letter: ExportedLetter, case: Case, kind: PapersKind) -> PapersRequest:
    for item in case.papers:
        if item.kind is kind and item.sent in (None, letter.sent):
            return item
    lists = {item.id: name for name, item in case.records()}
    places = {
        "provider_id": "providers",
        "determination_id": "determinations",
        "coverage_id": "coverages",
    }
    about = letter.about or ""
    fields = {field: about for field, name in places.items() if lists.get(about) == name}
    if "coverage_id" not in fields and lists.get(letter.coverage or "") == "coverages":
        fields["coverage_id"] = letter.coverage or ""
    return PapersRequest(kind=kind, **fields)
