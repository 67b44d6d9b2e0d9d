"""Tells the classes of a denial from its reasons: words, codes, and the kind that was recorded."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from tmjkit.case import Determination, Reason
from tmjkit.knowledge import CodeSystem, Fact, FactKind
from tmjkit.knowledge.denial import DenialClass, DenialKind
from tmjkit.rules.triage.matching import Match, is_denied, matches, vocabulary
from tmjkit.rules.triage.model import How, Sign
from tmjkit.rules.triage.reading import Word, readings

_GROUP = re.compile(r"(?:(CO|CR|OA|PI|PR)-?)?(.+)")
# 'TMJ care is also excluded' is a reason of its own; 'excluded as investigational' is not.
_OWN_REASON: Final = frozenset(
    {"also", "separately", "additionally", "addition", "further", "furthermore", "moreover"}
)
_QUOTES: Final = 3
# 'experimental or investigational' is one quote.
_NEAR: Final = 5


@dataclass(frozen=True, slots=True)
class Told:
    """What the reasons of a denial tell.

    Parameters
    ----------
    signs
        The signs by class.
    disagreements
        Where a recorded kind and the words or codes of the same reason differ.
    unknown_codes
        Codes that the knowledge base does not have.
    remarks_needed
        Codes that say little without a remark code, where none is recorded.
    """

    signs: Mapping[DenialKind, tuple[Sign, ...]]
    disagreements: tuple[str, ...]
    unknown_codes: tuple[str, ...]
    remarks_needed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    faint: bool


def classes_of(known: Mapping[str, Fact]) -> tuple[tuple[Fact, DenialClass], ...]:
    """Return the facts that hold a class of denial."""
    return tuple(
        (fact, fact.denial)
        for fact in known.values()
        if fact.kind is FactKind.DENIAL and fact.denial is not None
    )


def told(denial: Determination, known: Mapping[str, Fact]) -> Told:
    """Read the reasons of a denial, each by itself.

    What tells a class only faintly, such as 'not covered', counts where nothing else in the same
    reason tells another class; so a further reason never takes a class away.
    """
    classes = [item for _, item in classes_of(known)]
    signs: dict[DenialKind, list[Sign]] = {}
    disagreements: list[str] = []
    unknown: dict[str, None] = {}
    remarks: dict[str, None] = {}
    for place, reason in enumerate(denial.reasons, 1):
        found = [
            *_words(reason.text, place, classes),
            *_codes(reason, place, classes, known),
        ]
        for how, recorded_code, number in _numbers(reason):
            meaning = _code_fact(how, number, known)
            if meaning is None:
                unknown[recorded_code] = None
            elif meaning.code and meaning.code.needs_remark and not reason.rarc:
                remarks[recorded_code] = None
        recorded = _recorded(reason, place, classes)
        disagreements += _differ(reason, place, recorded, found)
        for kind, sign in _kept(reason, place, [*recorded, *found]):
            signs.setdefault(kind, []).append(sign)
    return Told(
        signs={kind: tuple(signs[kind]) for kind in DenialKind if kind in signs},
        disagreements=tuple(disagreements),
        unknown_codes=tuple(unknown),
        remarks_needed=tuple(remarks),
    )


_Found = tuple[DenialKind, Sign]


def _kept(reason: Reason, place: int, found: Sequence[_Found]) -> list[_Found]:
    sure = [item for item in found if item[1].sure]
    if found:
        return sure or list(found)
    said = reason.text.strip() or reason.carc or reason.rarc
    if not said:
        return []
    if reason.text.strip():
        start = reason.text.index(said)
        return [(DenialKind.OTHER, Sign(How.WORDS, said, place, start, start + len(said)))]
    how = How.CARC if reason.carc else How.RARC
    return [(DenialKind.OTHER, Sign(how, said, place))]


def _recorded(reason: Reason, place: int, classes: Sequence[DenialClass]) -> list[_Found]:
    if reason.kind is None:
        return []
    return [
        # 'Other' says only that nobody found a kind that fits.
        (one.kind, Sign(How.RECORDED, reason.kind.label, place, sure=one.kind is not _OTHER))
        for one in classes
        if reason.kind.value in one.recorded
    ]


_OTHER: Final = DenialKind.OTHER


def _differ(
    reason: Reason, place: int, recorded: Sequence[_Found], found: Sequence[_Found]
) -> Iterator[str]:
    """Say where the recorded kind is none of those that the words and codes tell."""
    if reason.kind is None or any(kind is _OTHER for kind, _ in recorded):
        return
    sure = {kind: sign for kind, sign in found if sign.sure}
    if sure and not {kind for kind, _ in recorded} & {kind for kind, _ in found}:
        others = "; ".join(
            f"{kind.label} ({'“' + sign.text + '”' if sign.how is How.WORDS else sign.text})"
            for kind, sign in sure.items()
        )
        yield (
            f"Reason {place} is recorded as “{reason.kind.label}”, and the notice tells: {others}. "
            "Both are looked at; read the notice and correct the kind under Determinations."
        )


def _words(text: str, place: int, classes: Sequence[DenialClass]) -> list[_Found]:
    """Return the signs in the words of a reason; what overlaps is quoted once."""
    spans = _spans(text, tuple(classes))
    return [
        (kind, Sign(How.WORDS, text[span.start : span.end], place, span.start, span.end, sure))
        for kind, found in spans
        for sure in (True, False)
        for span in _joined([one for one in found if one.faint is not sure])[:_QUOTES]
    ]


def _joined(spans: Sequence[_Span]) -> list[_Span]:
    joined: list[_Span] = []
    for span in sorted(spans, key=lambda one: (one.start, one.end)):
        if joined and span.start <= joined[-1].end + _NEAR:
            last = joined.pop()
            span = _Span(last.start, max(last.end, span.end), span.faint)  # noqa: PLW2901 -- grown
        joined.append(span)
    return joined


# A notice is looked at several times in one run: by the findings, the assessment and the letter.
@lru_cache(maxsize=64)
def _spans(
    text: str, classes: tuple[DenialClass, ...]
) -> tuple[tuple[DenialKind, tuple[_Span, ...]], ...]:
    found: dict[DenialKind, list[_Span]] = {one.kind: [] for one in classes}
    for words in readings(text):
        known = vocabulary(words)
        hits = {one.kind: _hits(one.words, one, words, known) for one in classes}
        for one in classes:
            for match in hits[one.kind]:
                found[one.kind].append(_span(match, words, faint=_yields(match, one, hits, words)))
            for match in _hits(one.faint, one, words, known):
                found[one.kind].append(_span(match, words, faint=True))
    return tuple((kind, tuple(spans)) for kind, spans in found.items())


def _span(match: Match, words: Sequence[Word], *, faint: bool) -> _Span:
    return _Span(words[match.first].start, words[match.last].end, faint)


def _hits(
    phrases: Sequence[str],
    one: DenialClass,
    words: Sequence[Word],
    known: Mapping[str, Sequence[int]],
) -> list[Match]:
    void = [match for phrase in one.unless for match in matches(phrase, words, known)]
    return [
        match
        for phrase in phrases
        for match in matches(phrase, words, known)
        if not is_denied(match, words)
        and not any(other.first <= match.last and match.first <= other.last for other in void)
    ]


def _yields(
    match: Match,
    one: DenialClass,
    hits: Mapping[DenialKind, Sequence[Match]],
    words: Sequence[Word],
) -> bool:
    """Tell whether a phrase only paraphrases another class in its sentence."""
    sentence = words[match.first].sentence
    if any(word.sentence == sentence and word.text in _OWN_REASON for word in words):
        return False
    return any(
        words[other.first].sentence == sentence
        for kind in one.yields_to
        for other in hits.get(kind, ())
    )


def _codes(
    reason: Reason, place: int, classes: Sequence[DenialClass], known: Mapping[str, Fact]
) -> Iterator[_Found]:
    for how, recorded, number in _numbers(reason):
        meaning = _code_fact(how, number, known)
        says, facts = _meaning(meaning), (meaning.id,) if meaning else ()
        for one in classes:
            codes = (one.carc, one.carc_faint) if how is How.CARC else (one.rarc, one.rarc_faint)
            for sure, listed in zip((True, False), codes, strict=True):
                if number in listed:
                    yield one.kind, Sign(how, recorded, place, None, None, sure, says, facts)


def _numbers(reason: Reason) -> Iterator[tuple[How, str, str]]:
    """Yield each code of a reason: its kind, as it is recorded, and as lists have it."""
    if reason.carc:
        yield How.CARC, reason.carc, number_of(reason.carc)
    if reason.rarc:
        yield How.RARC, reason.rarc, reason.rarc


def _code_fact(how: How, number: str, known: Mapping[str, Fact]) -> Fact | None:
    system = CodeSystem.CARC if how is How.CARC else CodeSystem.RARC
    for fact in known.values():
        if fact.code and fact.code.system is system and fact.code.covers(number):
            return fact
    return None


def _meaning(fact: Fact | None) -> str:
    """Say what a code means and what usually follows; that it is no longer used, where so."""
    if fact is None or fact.code is None:
        return ""
    ended = fact.code.ended
    old = f" It has not been used since {ended.isoformat()}." if ended else ""
    after = f" {fact.code.means_next}" if fact.code.means_next else ""
    return f"{fact.statement}{old}{after}"


def number_of(carc: str) -> str:
    """Return a claim adjustment reason code without its group: 50 of CO-50."""
    found = _GROUP.fullmatch(carc)
    number = found[2] if found else carc
    return number.lstrip("0") or number


def group_of(carc: str) -> str:
    """Return the group of a claim adjustment reason code: CO of CO-50; empty without one."""
    found = _GROUP.fullmatch(carc)
    return (found[1] or "") if found else ""
