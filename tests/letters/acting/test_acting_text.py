"""The letters as they read: snapshots, what the linter says of them, and their Spanish."""

import re

import pytest
from acting_cases import CALIFORNIA, EXAMPLES, KINDS, TODAY, example, late_papers, ready, under
from syrupy.assertion import SnapshotAssertion

from tmjkit.case import Funding
from tmjkit.language import translated
from tmjkit.letters import LetterError, compose, render
from tmjkit.letters.kinds import State, kind_of
from tmjkit.letters.letter import Blank, Heading, Paragraph, Reference, plain
from tmjkit.letters.lint import lint
from tmjkit.letters.listing import letters_of

READY = ready()
_WORDS = re.compile(
    r"\b(?:the|this|your|please|which|was|were|with|from|and|of|is|are|for|by)\b", re.IGNORECASE
)


@pytest.mark.parametrize("name", READY)
def test_a_letter_reads_as_it_did(name: str, snapshot: SnapshotAssertion) -> None:
    case, voice = READY[name]
    letter = compose(name.split(maxsplit=1)[0], case, today=TODAY, voice=voice)
    assert render(letter, "md").decode() == snapshot


@pytest.mark.parametrize("name", READY)
def test_the_linter_has_nothing_to_say(name: str) -> None:
    case, voice = READY[name]
    letter = compose(name.split(maxsplit=1)[0], case, today=TODAY, voice=voice)
    assert lint(letter, case, today=TODAY) == ()


@pytest.mark.parametrize("funding", list(Funding))
@pytest.mark.parametrize("kind", KINDS)
def test_no_letter_rests_on_the_law_of_another_plan(kind: str, funding: Funding) -> None:
    case = late_papers(under(funding))
    try:
        letter = compose(kind, case, today=TODAY, draft=True)
    except LetterError:
        return
    wrong = [item for item in lint(letter, case, today=TODAY) if item.rule == "wrong-regime"]
    assert wrong == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_an_example_is_ready_for_passes_the_linter(name: str) -> None:
    case = example(name)
    listed = [item for item in letters_of(case, today=TODAY) if item.kind.kind in KINDS]
    assert {item.kind.kind for item in listed} == set(KINDS)
    for item in listed:
        if item.state is State.READY:
            letter = compose(item.kind.kind, case, today=TODAY)
            assert lint(letter, case, today=TODAY) == (), item.kind.kind


@pytest.mark.parametrize("name", [name for name in READY if "clinician" not in name])
def test_the_spanish_copy_leaves_none_of_the_letters_own_words_in_english(name: str) -> None:
    case, voice = READY[name]
    letter = compose(name.split(maxsplit=1)[0], case, today=TODAY, voice=voice, language="es")
    for block in letter.blocks:
        match block:
            case Paragraph(runs) | Heading(runs=runs):
                own = "".join(run.text for run in runs if not (run.records or run.facts))
            case Blank(label=label, prompt=prompt):
                own = f"{plain(label)} {plain(prompt)}"
            case Reference(rows):
                own = " ".join(term for term, _ in rows)
            case _:
                continue
        # A term of law keeps its English in parentheses.
        told = re.sub(r"\([^)]*\)", "", own)
        assert not _WORDS.search(told), told


@pytest.mark.parametrize("kind", KINDS)
def test_titles_and_checklists_stand(kind: str) -> None:
    which = kind_of(kind)
    assert which.title
    assert translated(which.title) == which.title
    assert (which.checklist == "") == (kind == "complaint")


def test_the_case_on_the_same_day_gives_the_same_letter() -> None:
    case = example(CALIFORNIA)
    assert compose("call-script", case, today=TODAY) == compose("call-script", case, today=TODAY)
