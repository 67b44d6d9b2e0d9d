"""How a case stands against the payers' criteria, as entries."""

from collections.abc import Iterator

from tmjkit.rules.criteria import Assessment, Judged, Mark
from tmjkit.rules.model import Finding
from tmjkit.rules.section import Entry, Section, Tone

_TONES = {Mark.MET: Tone.GOOD, Mark.UNMET: Tone.BAD, Mark.UNDOCUMENTED: Tone.OPEN}


def criteria_section(found: tuple[Assessment, ...], absent: tuple[Finding, ...]) -> Section:
    """Return each criterion with its mark, what decides it and what it lacks."""
    entries = [_absent(one) for one in absent]
    for one in found:
        entries.append(_head(one))
        entries += [_warning(warning) for warning in one.warnings]
        entries += [_test(test) for test in one.criteria.tests]
        entries += [_shopping(one)] if one.shopping else []
    lead = "" if entries else "No insurance coverage is recorded, so no policy can be chosen."
    return Section("criteria", "The payer's criteria", tuple(entries), lead)


def _absent(one: Finding) -> Entry:
    return Entry(
        mark="No policy",
        what=one.what,
        tone=Tone.OPEN,
        rule=one.rule,
        more=(("Why", one.why), ("Do", one.where)),
        records=one.records,
    )


def _head(one: Assessment) -> Entry:
    return Entry(
        mark=one.mark.label,
        what=f"{one.policy.title}: {one.summary}",
        tone=_TONES[one.mark],
        rule="criteria.policy",
    )


def _warning(one: Finding) -> Entry:
    return Entry(
        mark=one.severity.label,
        what=one.what,
        tone=Tone.OPEN,
        rule=one.rule,
        more=(("Why", one.why), ("Do", one.where)),
        facts=one.facts,
    )


def _test(test: Judged) -> Entry:
    return Entry(
        mark=test.mark.label,
        what=test.title,
        tone=_TONES[test.mark],
        rule=test.rule,
        more=tuple(_more(test)),
        records=test.records,
    )


def _more(test: Judged) -> Iterator[tuple[str, str]]:
    if test.wording:
        place = f" ({test.section})" if test.section else ""
        yield "The policy says", f"{test.wording}{place}"
    yield "Why", test.why
    if test.sources:
        yield "Shown by", "; ".join(test.sources)


def _shopping(one: Assessment) -> Entry:
    return Entry(
        mark="To get",
        what="What to ask for next, most useful first",
        tone=Tone.OPEN,
        rule="criteria.shopping-list",
        more=tuple(
            (f"{number}", f"{item.text}{f' ({item.choice})' if item.choice else ''}")
            for number, item in enumerate(one.shopping, 1)
        ),
        records=tuple(record for item in one.shopping for record in item.need.records),
    )
