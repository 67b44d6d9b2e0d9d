"""The copies in Spanish: the template's own words are all said, and law keeps its English term."""

import re

import pytest
from appeal_cases import (
    CALIFORNIA,
    ERISA,
    TODAY,
    certified,
    denied_for,
    example,
    lost,
    represented,
    second,
    silent,
    urgent_request,
)

from tmjkit.case import Case, ReasonKind
from tmjkit.letters import compose
from tmjkit.letters.sentence import sentences

_ENGLISH = re.compile(r"\b(the|and|was|with|not|that|this|for|which|from|please)\b", re.IGNORECASE)
_TERM = re.compile(r"\([^)]*\)")  # the English term of law beside the Spanish one
CASES = [
    ("appeal", example(ERISA)),
    ("appeal", example(CALIFORNIA)),
    *(("appeal", denied_for(example(CALIFORNIA), kind)) for kind in ReasonKind),
    ("appeal-second", second()),
    ("appeal-expedited", example(ERISA)),
    ("appeal-expedited", certified(example(ERISA))),
    ("external-review", lost()),
    ("external-review", silent()),
    ("external-review", urgent_request(lost())),
    *(
        ("external-review", lost(CALIFORNIA, state=state, internal_levels=1, product=None))
        for state in ("CA", "NY", "TX", "IL", "WA", "MN", "OR")
    ),
]


@pytest.mark.parametrize(("kind", "case"), CASES)
@pytest.mark.parametrize("voice", ["patient", "advocate"])
def test_no_sentence_of_the_template_stays_english(kind: str, case: Case, voice: str) -> None:
    letter = compose(kind, represented(case), today=TODAY, language="es", voice=voice, draft=True)
    for sentence in sentences(letter):
        for run in sentence.runs:
            # What the case and the sources wrote stays as they wrote it; gaps are for the writer.
            if run.records or run.facts or run.gap or sentence.text.startswith("DRAFT"):
                continue
            own = _TERM.sub("", run.text)
            if "Enter it in" in own or "Missing facts" in own:
                continue
            assert not _ENGLISH.search(own), own


@pytest.mark.parametrize(
    ("kind", "case", "term"),
    [
        ("appeal", example(ERISA), "(appeal)"),
        ("appeal-second", second(), "(second-level appeal)"),
        ("appeal-expedited", example(ERISA), "(expedited appeal)"),
        ("external-review", lost(), "(external review)"),
    ],
)
def test_a_term_of_law_keeps_its_english_word_and_the_letter_says_it_is_a_copy(
    kind: str, case: Case, term: str
) -> None:
    letter = compose(kind, case, today=TODAY, language="es")
    assert term in letter.title
    first = " ".join(item.text for item in sentences(letter)[:2])
    assert "La carta que se presenta es la que está en inglés." in first


def test_the_copy_rests_on_the_same_records_facts_and_exhibits() -> None:
    for kind, case in (("appeal", example(ERISA)), ("external-review", lost())):
        english = compose(kind, case, today=TODAY)
        spanish = compose(kind, case, today=TODAY, language="es")
        assert english.facts == spanish.facts
        assert english.records == spanish.records
        assert english.exhibits == spanish.exhibits
        assert len(english.blocks) + 1 == len(spanish.blocks)
