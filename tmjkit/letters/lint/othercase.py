"""Nothing of another patient.

Source: 45 CFR 164.502(a): health information goes to nobody whom it does not concern. A name that
was pasted from another letter is a breach that has to be reported.
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from tmjkit.case import Case, PartialDate
from tmjkit.language import LANGUAGES, speaking
from tmjkit.letters.lint.commonnames import COMMON
from tmjkit.letters.lint.identity import Identity, identity_of
from tmjkit.letters.lint.matter import Matter
from tmjkit.letters.lint.model import LintRule, Objection
from tmjkit.letters.lint.plainwords import flat
from tmjkit.letters.view import date_words

RULE: Final = LintRule(
    "other-case",
    "Something of another patient",
    "A name, date of birth, member id or number of the patient of another case stands in the "
    "letter.",
    "45 CFR 164.502(a): no use or disclosure that is not permitted",
)

_WORD: Final = re.compile(r"[^\W_]+")
_SHORTEST: Final = 4
_FAMILY: Final = 2
_TITLE: Final = r"(?i:mrs?|ms|mx|miss|mister|dra?|sra?|srta|señora?|señorita|don|doña|patient)"
_DOES: Final = (
    r"(?:has|had|is|was|will|would|can|cannot|could|does|did|says?|said|told|reports?|reported"
    r"|suffers?|suffered|needs?|needed|wakes?|feels?|felt|takes?|took|received|tried|saw|came"
    r"|asks?|asked|denies|complains?|presents?|presented|underwent|tiene|tuvo|es|fue|dice|dijo"
    r"|sufre|necesita|recibi\u00f3)"
)
_INSTEAD: Final = "Take it out, and look in this case's notes for where it came from."


def check(matter: Matter) -> Iterator[Objection]:
    """Object to what belongs to the patient of another case."""
    if not matter.others:
        return
    passages = tuple(matter.passages(lambda said: said.flat))
    words = frozenset(word for one in passages for word in _WORD.findall(one.text))
    own = identity_of(matter.case)
    known = _people(matter.case, own)
    written = tuple(matter.passages(lambda said: said.text))
    own_words = _own_words(matter.case, own)
    numbers = {_bare(number) for number in own.ids}
    for other in matter.others:
        if other.case_id == matter.case.id:
            continue
        for what, pattern in _signs(other, words, known, numbers, matter):
            for passage in passages:
                for place in pattern.finditer(passage.text):
                    why = f"{what} of the patient of another case ({other.case_id}) stands here"
                    yield passage.at(place.start()).refused(RULE, why, _INSTEAD)
        for pattern in _families(other, words, own_words):
            for passage in written:
                for place in pattern.finditer(passage.text):
                    why = (
                        f"the family name of the patient of another case ({other.case_id}) stands "
                        "here, and nobody of this case is called so"
                    )
                    yield passage.at(place.start()).refused(RULE, why, _INSTEAD)


def _people(case: Case, own: Identity) -> frozenset[str]:
    """Return the names that belong into this case, each as a set of words in their order."""
    names = [
        *own.names,
        *(item.name for item in case.providers),
        *(item.name for item in case.representatives),
        *(item.who for item in case.contacts),
        *(item.decided_by for item in case.determinations),
    ]
    return frozenset(" ".join(_WORD.findall(flat(name))) for name in names)


def _own_words(case: Case, own: Identity) -> frozenset[str]:
    """Return every word of the names, payers and practices of this case."""
    names = [
        *_people(case, own),
        *(flat(item.payer) for item in case.coverages),
        *(flat(item.plan_name) for item in case.coverages),
        *(flat(item.organization) for item in case.providers),
    ]
    return frozenset(word for name in names for word in _WORD.findall(name))


def _families(
    other: Identity, words: frozenset[str], own: frozenset[str]
) -> Iterator[re.Pattern[str]]:
    """Yield how a family name alone stands for a person: after a title, or as who does something.

    A name that somebody or something of this case has too is left: it is theirs.
    """
    for name in other.names:
        written = _WORD.findall(name)
        last = flat(written[-1]) if len(written) > 1 else ""
        if len(last) < _FAMILY or last in own or last not in words:
            continue
        form = re.escape(written[-1])
        ways = rf"\b{_TITLE}\.?\s+(?:[^\W\d_]\.\s*)?(?i:{form})\b"
        if last not in COMMON:
            loud = "|".join({form, re.escape(written[-1].upper()), form[:1].upper() + form[1:]})
            ways += rf"|(?<![\w-])(?:{loud})(?:['\u2019]s\b|\s+{_DOES}\b)"
        yield re.compile(ways)


def _signs(
    other: Identity,
    words: frozenset[str],
    known: frozenset[str],
    numbers: set[str],
    matter: Matter,
) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield what to look for, as far as the letter has the words for it."""
    for name in other.names:
        parts = _WORD.findall(flat(name))
        if len(parts) > 1 and words.issuperset((parts[0], parts[-1])):
            joined = " ".join(parts)
            if not any(joined in one or one == f"{parts[0]} {parts[-1]}" for one in known):
                yield "the name", _name(parts)
    for number in other.ids:
        bare = _bare(number)
        if len(bare) >= _SHORTEST and any(map(str.isdigit, bare)) and bare not in numbers:
            parts = _WORD.findall(flat(number))
            if words.issuperset(parts) or bare in words:
                yield "a member id or number", _number(parts)
    day = _day(other.birth_date)
    if day is not None and str(day.year) in words and other.birth_date not in matter.recorded:
        yield "the date of birth", _date(day)


def _name(parts: list[str]) -> re.Pattern[str]:
    """Match 'Given Family' and 'Family, Given', with or without the names between or an initial."""
    first, *middle, last = map(re.escape, parts)
    between = "|".join([*middle, r"\w"])
    return re.compile(
        rf"\b{first}\b(?:[\s-]+(?:{between})\b\.?){{0,4}}[\s-]+{last}\b"
        rf"|\b{last}\b,?\s+{first}\b"
    )


def _number(parts: list[str]) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)" + r"[\W_]{0,2}".join(map(re.escape, parts)) + r"(?!\w)")


def _bare(number: str) -> str:
    return "".join(_WORD.findall(flat(number)))


def _day(written: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        return None


def _date(day: dt.date) -> re.Pattern[str]:
    """Match a day in the ways in which letters and notes write it."""
    forms = {day.isoformat(), f"{day:%m}/{day:%d}/{day.year}", f"{day:%d}.{day:%m}.{day.year}"}
    forms |= {f"{day.month}/{day.day}/{day.year}", f"{day:%m}-{day:%d}-{day.year}"}
    for language in LANGUAGES:
        with speaking(language):
            forms.add(flat(date_words(PartialDate.of(day))))
    month = f"{day:%B}".lower()
    forms |= {f"{month[:3]} {day.day}, {day.year}", f"{day.day} {month} {day.year}"}
    forms |= {f"{month} {day.day} {day.year}", f"{month[:3]}. {day.day}, {day.year}"}
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(forms))) + r")(?!\w)")
