"""Nothing of another patient stands in a letter; nothing of one's own is taken for it."""

import pytest
from lint_letters import CALIFORNIA, ERISA, example, letter, objections, said

from tmjkit.case import Contact
from tmjkit.letters.lint import Identity, identity_of

OTHER = Identity("case-7", ("María Ann Fictional-Sample",), "1990-03-07", ("W1234-56", "group"))


def found(words: str, *others: Identity) -> list[str]:
    told = objections(said(letter(), words), others=others or (OTHER,))
    return [item.text for item in told if item.rule == "other-case"]


@pytest.mark.parametrize(
    "words",
    [
        "As for Maria Ann Fictional-Sample.",
        "As for MARÍA SAMPLE.",
        "As for Sample, Maria.",
        "As for Sample Maria.",
        "As for Maria A. Sample.",
        "Born March 7, 1990.",
        "Born 3/7/1990.",
        "Born 03/07/1990.",
        "Born 1990-03-07.",
        "Born 7 March 1990.",
        "Nacida el 7 de marzo de 1990.",
        "Member W1234-56.",
        "Member w123456.",
        "Member W1234 56.",
    ],
)
def test_a_name_birthday_or_number_of_another_is_found(words: str) -> None:
    (told,) = found(words)
    assert words.startswith(told)


@pytest.mark.parametrize(
    "words",
    [
        "Maria wrote a sample.",
        "A fictional sample of Marias.",
        "In March 1990.",
        "March 7, 1991.",
        "Member W1234-567.",
        "The group is large.",
        "XW1234-56.",
    ],
)
def test_what_only_looks_like_it_passes(words: str) -> None:
    assert found(words) == []


COMMON = Identity("case-5", ("Quinn Young",), "", ())
RARE = Identity("case-9", ("Quinn Zyzzfield",), "", ())


@pytest.mark.parametrize(
    "words",
    [
        "As for Mr. Young.",
        "As for MRS YOUNG.",
        "Ms. M. Young was seen.",
        "La Sra. Young tiene dolor.",
    ],
)
def test_a_family_name_with_a_title_is_found_however_common(words: str) -> None:
    assert found(words, COMMON)


@pytest.mark.parametrize(
    "words",
    ["Zyzzfield has pain.", "ZYZZFIELD has pain.", "Dr. Zyzzfield.", "It is Zyzzfield\u2019s jaw."],
)
def test_a_rare_family_name_that_does_something_is_found(words: str) -> None:
    assert found(words, RARE)


@pytest.mark.parametrize(
    "words",
    [
        "Young has been said of it.",
        "YOUNG is how the form puts it.",
        "A young patient was seen.",
        "The town of Zyzzfield.",
        "In Zyzzfield, the office is closed.",
    ],
)
def test_a_word_that_is_no_person_here_passes(words: str) -> None:
    assert found(words, COMMON, RARE) == []


def test_a_family_name_of_this_case_is_this_cases() -> None:
    case = example(ERISA).case
    family = case.patient.name.split()[-1]
    other = Identity("case-9", (f"Quinn {family}",), "", ())
    assert found(f"Mr. {family} has pain.", other) == []
    called = case.providers[0].name.split()[-1]
    other = Identity("case-9", (f"Quinn {called}",), "", ())
    assert found(f"Dr. {called} has seen it.", other) == []


def test_ones_own_values_are_never_anothers() -> None:
    own = identity_of(example(ERISA).case)
    twin = Identity("case-twin", own.names, own.birth_date, own.ids)
    assert objections(letter(), others=(own, twin)) == ()


def test_a_clinician_or_agent_of_this_case_may_be_a_patient_elsewhere() -> None:
    case = example(ERISA).case
    name = case.providers[0].name
    other = Identity("case-8", (name,), "", ())
    assert objections(letter("medical-necessity"), others=(other,)) == ()
    spoken = Contact(id="contact-new", who="Maria Ann Fictional-Sample, agent 4")
    known = case.with_record(spoken)
    told = objections(said(letter(), "I spoke with Maria Ann Fictional-Sample."), known)
    assert "other-case" not in {item.rule for item in told}


def test_a_leak_in_the_cases_own_notes_is_found() -> None:
    from tmjkit.letters import Run

    leaked = said(letter(), Run("Seen with Maria Sample.", records=("treatment-splint",)))
    told = objections(leaked, others=(OTHER,))
    assert [item.rule for item in told] == ["other-case"]
    assert OTHER.case_id in told[0].why
    assert "Maria" not in told[0].why


def test_who_the_patient_is_comes_from_the_case() -> None:
    case = example(CALIFORNIA).case
    who = identity_of(case)
    assert who.case_id == case.id
    assert case.patient.name in who.names
    assert who.birth_date == str(case.patient.birth_date)
    assert case.coverages[0].member_id in who.ids
    assert objections(letter(), others=(who,)) == ()
    assert objections(said(letter(), f"As for {case.patient.name}."), others=(who,))
