"""What the letter's own words may say, what they may not, and that no text stops the linter."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lint_letters import ERISA, TODAY, example, letter, objections, rules, said
from lint_mutations import with_fact

from tmjkit.case import Determination, Reason, ReasonKind
from tmjkit.knowledge import Confidence, Direction, library
from tmjkit.letters import (
    Address,
    Blank,
    BulletList,
    Enclosures,
    Heading,
    Letter,
    Paragraph,
    Quote,
    Reference,
    Run,
    Signature,
    Table,
)
from tmjkit.letters.lint import Identity, contrary, lint

CASE = example(ERISA).case
OTHER = Identity("case-x", ("Quinn Testcase",), "1971-05-09", ("ZX-44821",))


@pytest.mark.parametrize(
    "words",
    [
        "I ask you to reverse it.",
        "Please send it within 30 days.",
        "Which law do you rely on?",
        "Please say which rule says so.",
        "Is it covered by the dental benefit?",
        "This letter was written on November 24, 2026.",
        "Form CMS-1696 is enclosed.",
        "The effective date of the plan is asked for.",
        "See page 2 of the notice.",
        "The studies are set out on both sides.",
    ],
)
def test_words_that_claim_nothing_pass(words: str) -> None:
    assert objections(said(letter(), words)) == ()


@pytest.mark.parametrize(
    "words",
    [
        "Please note that it is effective in 90% of patients.",
        "Studies show that it works.",
        "Most patients get better.",
        "It is safe and well tolerated.",
        "It will be covered by law: the law requires it.",
        "Please send it, as 29 CFR 2560.503-1 says.",
        "The injections will help.",
        "Los estudios demuestran que ayuda.",
        "It is always better than a splint.",
        "Please authorize 12 sessions.",
        "I was seen on March 3, 2025.",
    ],
)
def test_a_claim_needs_something_behind_it(words: str) -> None:
    assert "unsourced-claim" in rules(said(letter(), words))
    known = ("patient-avery",)
    assert "unsourced-claim" in rules(said(letter(), Run("For "), Run("me", records=known), words))
    fact = Run("x", facts=("F-FILE",))
    assert "unsourced-claim" not in rules(said(letter(), words.rstrip(".") + " ", fact))


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("Code 64999-50 was sent.", True),
        ("Code 64616 was sent.", False),
        ("Code D7880 was sent.", False),
        ("Diagnosis M79.11 stands.", True),
        ("Diagnosis M79.12 stands.", False),
        ("NDC 0023-1145-01 was used.", False),
        ("It was denied with CO-50.", False),
        ("It was denied with remark N115.", False),
        ("Send it to P.O. Box 64616.", True),
        ("It is in Ohio, OH 43999.", True),
        ("In 2026 it was 12,345 dollars, or $64616.", True),
        ("Call 614-555-0199.", True),
    ],
)
def test_codes_are_those_of_the_case(words: str, right: bool) -> None:
    shown = Run(words, records=("request-first",))
    assert ("foreign-code" not in rules(said(letter(), shown))) is right


def test_codes_in_a_fact_belong_to_the_fact() -> None:
    shown = Run("Code 64615 is another one.", facts=("F-FILE",))
    assert "foreign-code" not in rules(said(letter(), shown))


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("In my medical opinion it is needed.", False),
        ("To a reasonable degree of medical certainty it is so.", False),
        ("Continued care is therefore medically necessary.", False),
        ("It is the only option.", False),
        ("Say whether it is medically necessary.", True),
        ("The notice says that it is not medically necessary.", True),
        ("The clinician writes: “It is medically necessary.”", True),
        ("En mi opinión médica es así.", False),
        ("What is medically necessary is a matter of its words.", True),
    ],
)
def test_a_judgment_is_quoted_and_not_written(words: str, right: bool) -> None:
    assert ("written-judgment" not in rules(said(letter(), words))) is right


def test_every_finding_against_has_to_be_answered_that_a_letter_may_state() -> None:
    known = library()
    wanted = contrary(known)
    assert {"bmj-2023", "ernberg-2011"} <= set(wanted)
    for name, fact in known.facts.items():
        assert (name in wanted) is (fact.direction is Direction.AGAINST and fact.letter_ready)
    assert "cadth" not in contrary(with_fact("cadth", confidence=Confidence.MEMORY))


def test_a_clinics_own_finding_against_is_asked_for_too() -> None:
    more = with_fact("pihut-2016", direction=Direction.AGAINST)
    told = objections(letter(), known=more)
    assert [(item.rule, item.sentence) for item in told] == [("contrary-evidence", 0)]


def test_findings_without_an_answer_are_refused() -> None:
    cite = Run("No difference was seen", facts=("ernberg-2011",))
    pro = Run("Pain was lower", facts=("dltc-2024",))
    bare = Letter("note", "N", TODAY, (Paragraph((cite, Run(". "), pro)),))
    told = [item for item in objections(bare) if "does not answer" in item.why]
    assert [item.sentence for item in told] == [1]
    answer = Run("In this case other care was tried first, and the evidence is mixed.")
    answered = replace(bare, blocks=(*bare.blocks, Paragraph((answer,))))
    assert not [item for item in objections(answered) if "does not answer" in item.why]
    before = replace(bare, blocks=(Paragraph((answer,)), *bare.blocks))
    assert [item for item in objections(before) if "does not answer" in item.why]


def test_an_appeal_about_a_code_argues_nothing() -> None:
    denial = CASE.record("determination-denial")
    assert isinstance(denial, Determination)
    coded = (Reason(kind=ReasonKind.CODING, text="Wrong code."),)
    case = CASE.with_record(denial.model_copy(update={"reasons": coded}))
    small = Letter(
        "appeal",
        "An appeal",
        TODAY,
        (Paragraph((Run("Thank you."),)),),
        about_id=denial.id,
        argues=True,
    )
    assert "contrary-evidence" not in rules(small, case)
    assert "contrary-evidence" in rules(small)


def test_a_draft_has_only_its_gaps() -> None:
    from tmjkit.letters import compose

    case = example("medicaid-premature").case
    draft = compose("medical-necessity", case, today=TODAY, draft=True)
    found = objections(draft, case)
    assert {item.rule for item in found} == {"unresolved-citation"}
    assert all("a fact is missing here" in item.why for item in found)


runs = st.builds(
    Run,
    st.text(max_size=60)
    | st.sampled_from(["“", "”", "Exhibit ", "FDA-approved ", "TMD", "29 CFR ", "J0585", "[", "…"]),
    records=st.sampled_from([(), ("treatment-splint",), ("determination-denial",), ("gone",)]),
    facts=st.sampled_from([(), ("ernberg-2011",), ("A-MCO-FH",), ("gone",)]),
    exhibit=st.sampled_from(["", "A", "ZZ"]),
    gap=st.booleans(),
)
line = st.lists(runs, max_size=4).map(tuple)
blocks = st.one_of(
    st.builds(Heading, st.integers(1, 6), line),
    st.builds(Paragraph, line),
    st.builds(Quote, st.lists(line, max_size=2).map(tuple)),
    st.builds(BulletList, st.lists(line, max_size=3).map(tuple), st.booleans()),
    st.builds(
        Table,
        st.lists(line, max_size=2).map(tuple),
        st.lists(st.lists(line, max_size=2).map(tuple), max_size=2).map(tuple),
    ),
    st.builds(Address, st.just("date"), st.lists(line, max_size=2).map(tuple)),
    st.builds(Reference, st.lists(st.tuples(st.text(max_size=9), line), max_size=2).map(tuple)),
    st.builds(Blank, st.just("b"), line, line, st.integers(-1, 9)),
    st.builds(Signature, st.lists(line, max_size=2).map(tuple)),
    st.builds(Enclosures, st.lists(st.tuples(st.just("A"), line), max_size=2).map(tuple)),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(blocks, max_size=5).map(tuple), st.booleans())
def test_no_text_stops_the_linter(made: tuple[object, ...], argues: bool) -> None:
    hostile = Letter(
        "appeal",
        "An appeal",
        TODAY,
        made,
        about_id="determination-denial",
        argues=argues,  # type: ignore[arg-type]
    )
    found = lint(
        hostile,
        CASE,
        today=TODAY,
        others=(OTHER,),
        get_document=example(ERISA).documents.__getitem__,
    )
    assert found == tuple(sorted(found, key=lambda item: item.sentence))
    assert all(item.why and item.instead for item in found)


@pytest.mark.parametrize("words", ["a " * 20_000, "(" * 5_000, "“" * 5_000, "1-" * 5_000])
def test_long_text_takes_no_long_time(words: str) -> None:
    import time

    start = time.process_time()
    objections(said(letter(), Run(words, records=("treatment-splint",)), words))
    assert time.process_time() - start < 5


EFFECTS = [
    "Botulinum toxin relieves TMD pain.",
    "Injections reduce pain by half.",
    "The treatment improves sleep.",
    "It has no adverse effects.",
    "The treatment has no side effects.",
    "The treatment carries no danger.",
    "Nine out of ten patients improve.",
    "Nine in ten people get better.",
    "Ninety percent of them eat again.",
    "The AAOP recommends botulinum toxin for TMD.",
    "The American Dental Association endorses it.",
    "A Cochrane review supports this.",
    "La toxina alivia el dolor.",
    "Nueve de cada diez pacientes mejoran.",
]
LAWS = [
    "Under Minnesota law you must answer.",
    "under minnesota law you must answer.",
    "Texas requires coverage of it.",
    "The ACA requires you to cover it.",
    "You must by law answer.",
    "My state's insurance commissioner requires it.",
    "The No Surprises Act applies.",
    "Title XIX applies.",
    "La ley me da derecho.",
]


@pytest.mark.parametrize("words", EFFECTS + LAWS)
def test_a_claim_in_plain_words_needs_something_behind_it(words: str) -> None:
    assert "unsourced-claim" in rules(said(letter(), words))
    fact = Run("x", facts=("F-FILE",))
    assert "unsourced-claim" not in rules(said(letter(), words.rstrip(".") + " ", fact))


@pytest.mark.parametrize(
    "words",
    [
        "I ask whether it relieves pain in other people.",
        "I live in Texas.",
        "The office in Minnesota sent it.",
        "Please tell me of side effects?",
        "The doctor recommends rest.",
        "Care that the guideline recommends, as it was tried here.",
        "One of the two letters is enclosed.",
        "I asked for help with the form.",
        "Do you need more than one or two papers?",
    ],
)
def test_plain_words_that_claim_nothing_pass(words: str) -> None:
    assert {"wrong-regime", "written-judgment", "filled-signature"}.isdisjoint(
        rules(said(letter(), words))
    )


JUDGED = [
    "Treatment is essential to prevent harm.",
    "It is necessary to prevent further damage.",
    "In the doctor's view the treatment is necessary.",
    "In my dentist's opinion it cannot wait.",
    "Medical necessity exists.",
    "Medically, this is required.",
    "The treatment is needed.",
    "Es necesario desde el punto de vista médico.",
]


@pytest.mark.parametrize("words", JUDGED)
def test_a_judgment_is_quoted_and_never_written(words: str) -> None:
    assert "written-judgment" in rules(said(letter(), words))
    told = Run("\N{LEFT DOUBLE QUOTATION MARK}" + words + "\N{RIGHT DOUBLE QUOTATION MARK}")
    assert "written-judgment" not in rules(said(letter(), "It was said: ", told))
    assert "written-judgment" not in rules(said(letter(), "Please say whether " + words))


@pytest.mark.parametrize(
    "words",
    [
        "I certify that this is so.",
        "I, Jordan Example, certify this.",
        "I confirm under oath that all is so.",
        "All of this is said under penalty of perjury.",
        "Signed: Jordan Example",
        "Firmado: Jordan Example",
    ],
)
def test_nothing_is_attested_or_signed_for_anybody(words: str) -> None:
    assert "filled-signature" in rules(said(letter(), words))


def test_a_recorded_name_is_no_signature_and_an_empty_line_may_invite_one() -> None:
    name = Run("Jordan Example", records=("patient-avery",))
    assert "filled-signature" in rules(said(letter(), "Signed: ", name))
    for line in ("Signed: ____________", "Signature:", "Signed: Date: ____"):
        assert "filled-signature" not in rules(said(letter(), line))
