"""Whatever a notice says, triage answers; a further reason takes nothing away."""

import json
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from triage_cases import WORDINGS

from tmjkit import knowledge
from tmjkit.case import Case, Coverage, Determination, Funding, Level, Reason, ReasonKind
from tmjkit.knowledge import ERISA, cites_erisa
from tmjkit.rules.triage import triage

TODAY = date(2026, 11, 24)
FACTS = knowledge.facts()

WORDS = """
not no because if , . ; - experimental excluded plan prior authorization obtained medically
necessary duplicate dental units exceed
"""
TEXTS = st.one_of(
    st.text(max_size=200),
    st.sampled_from([text for text, _ in WORDINGS]),
    st.lists(
        st.sampled_from([*WORDS.split(), "\n", "\u2019", "\ufb01", "\u00ad"]),
        max_size=30,
    ).map(" ".join),
)
REASONS = st.builds(
    Reason,
    kind=st.none() | st.sampled_from(ReasonKind),
    text=TEXTS,
    carc=st.none() | st.sampled_from(["CO-50", "96", "PR-204", "OA-18", "29", "197", "1", "W9"]),
    rarc=st.none() | st.sampled_from(["N386", "M1"]),
)


def look(reasons, funding="individual", level="initial", **cover):
    coverage = Coverage(payer="Acme", funding=funding, state="CA", **cover)
    one = Determination(decision="denial", level=level, reasons=reasons)
    return triage(Case(coverages=(coverage,), determinations=(one,)), one, TODAY)


def kinds(result):
    return {item.kind for item in result.classes}


@settings(max_examples=150, deadline=None)
@given(
    st.lists(REASONS, max_size=3),
    st.none() | st.sampled_from(Funding),
    st.sampled_from(Level),
    st.none() | st.booleans(),
)
def test_it_never_raises_and_cites_only_what_holds(reasons, funding, level, excludes):
    result = look(reasons, funding, level, excludes_tmd=excludes)
    said = json.dumps(result.as_json())
    law = result.law
    for cited in result.cited:
        assert FACTS[cited.id].applies(law.regime, grandfathered=law.grandfathered, state=law.state)
    texts = [*(reason.text for reason in reasons), *(reason.carc or "" for reason in reasons)]
    if law.regime not in ERISA and not any(cites_erisa(text) for text in texts):
        assert not cites_erisa(said)


@settings(max_examples=100, deadline=None)
@given(st.lists(REASONS, max_size=3), REASONS)
def test_a_further_reason_never_takes_a_class_away(reasons, more):
    assert kinds(look(reasons)) <= kinds(look([*reasons, more]))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(REASONS, min_size=2, max_size=4).flatmap(
        lambda found: st.tuples(st.just(found), st.permutations(found))
    )
)
def test_the_order_of_the_reasons_makes_no_difference(pair):
    one, other = (look(reasons) for reasons in pair)
    assert [(item.kind, item.sure, item.standing) for item in one.classes] == [
        (item.kind, item.sure, item.standing) for item in other.classes
    ]
    assert one.standing is other.standing


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_a_quote_is_the_text_as_it_stands(text):
    reason = Reason(text=text)
    for found in look([reason]).classes:
        for sign in found.signs:
            assert reason.text[sign.start : sign.end] == sign.text


def test_a_whole_letter_and_what_repeats_without_end_are_read():
    long = " ".join(text for text, _ in WORDINGS) * 3
    assert len(kinds(look([Reason(text=long[:20000])]))) > 6
    # Gaps that could match in very many ways cost no more than the words there are.
    assert kinds(look([Reason(text="not prior authorization " * 800)]))
