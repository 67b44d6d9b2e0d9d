"""What kind of denial each open one is, and what can be done about it, as entries."""

from collections.abc import Iterable, Iterator

from tmjkit.case import Case
from tmjkit.rules.section import Entry, Section, Tone
from tmjkit.rules.triage import ClassFound, Ground, Opening, Pull, Standing, Triage

_TONES = {
    Standing.CLOSED: Tone.BAD,
    Standing.WEAK: Tone.BAD,
    Standing.UNKNOWN: Tone.OPEN,
    Standing.ARGUABLE: Tone.OPEN,
    Standing.STRONG: Tone.GOOD,
    Standing.MENDABLE: Tone.GOOD,
}
_NOT_OPEN = (Opening.CLOSED, Opening.DOUBTFUL)


def denial_section(case: Case, found: Iterable[Triage]) -> Section:
    """Return each denial with its classes, how it stands, what to argue and where to go."""
    entries = [entry for one in found for entry in _denial(case, one)]
    lead = "" if entries else "No denial is entered under Determinations."
    return Section("triage", "What kind of denial this is", tuple(entries), lead)


def _denial(case: Case, one: Triage) -> Iterator[Entry]:
    notice = getattr(case.record(one.determination_id), "notice_date", None)
    of = f"Denial of {notice.words()}" if notice else "Denial without a date"
    weakest = one.weakest
    yield Entry(
        mark=one.standing.label,
        what=f"{of}: {one.lead}",
        tone=_TONES[one.standing],
        rule=weakest.rule if weakest else "triage.reason-missing",
        more=tuple(_about(one)),
        records=(one.determination_id,),
        facts=tuple(fact.id for fact in one.cited),
    )
    for item in one.classes:
        yield Entry(
            mark=item.standing.label,
            what=item.label,
            tone=_TONES[item.standing],
            rule=item.rule,
            more=tuple(_class(item)),
            records=(one.determination_id,),
            facts=item.used,
        )


def _about(one: Triage) -> Iterator[tuple[str, str]]:
    for ground in one.warnings:
        yield "Careful", ground.says
    for words in one.disagreements:
        yield "Disagrees", words
    for ground in one.asks:
        yield "Find out", ground.says
    for law in one.state_law:
        yield "State law", law.says


def _class(item: ClassFound) -> Iterator[tuple[str, str]]:
    for sign in item.signs:
        says = f" ({sign.says})" if sign.says else ""
        yield "Told by", f"{sign.how.label}: {sign.text}{says}"
    yield from _grounds(item.grounds)
    for words in item.argue:
        yield "Can be argued", words
    for words in item.barred:
        yield "Cannot", words
    for way in item.ways:
        mark = "Not open" if way.opening in _NOT_OPEN else "Way"
        yield mark, f"{way.route.label}, {way.opening.label.lower()}: {way.says}"
    yield "Next paper", item.letter.says


def _grounds(grounds: tuple[Ground, ...]) -> Iterator[tuple[str, str]]:
    for pull in Pull:
        for ground in grounds:
            if ground.pull is pull:
                yield pull.label, ground.says
