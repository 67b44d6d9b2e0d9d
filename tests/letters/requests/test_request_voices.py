"""Who speaks and signs, and the copy in Spanish."""

import re
from pathlib import Path

import pytest
from request_letters import (
    CALIFORNIA,
    ERISA,
    KINDS,
    READY,
    TODAY,
    example,
    letter,
    represented,
    said,
)

from tmjkit.language import speaking, translated
from tmjkit.letters import LetterError, Signature, compose, plain
from tmjkit.letters.environment import sandbox
from tmjkit.letters.kinds import kind_of
from tmjkit.letters.situation import Voice

FOLDER = Path(__file__).parents[3] / "templates" / "letters"
SENT = [kind for kind in KINDS if kind_of(kind).sent]
BY_VOICE = [(kind, voice.value) for kind in SENT for voice in kind_of(kind).voices]
PATIENT = [kind for kind in KINDS if Voice.PATIENT in kind_of(kind).voices]
ADVOCATE = [kind for kind in KINDS if Voice.ADVOCATE in kind_of(kind).voices]
CLINICIAN_ONLY = [kind for kind in KINDS if kind not in PATIENT]


def signers(kind: str, **options: str) -> list[str]:
    case = represented(READY[kind]())
    return [
        plain(block.lines[0])
        for block in letter(kind, case, **options).blocks
        if isinstance(block, Signature)
    ]


@pytest.mark.parametrize(("kind", "voice"), BY_VOICE)
def test_whoever_speaks_signs(kind: str, voice: str) -> None:
    case = READY[kind]()
    clinician = (
        "Harper Placeholder, DMD" if "Blake" in case.patient.given else "Jordan Sample, DDS, MS"
    )
    who = {"patient": case.patient.name, "clinician": clinician, "advocate": "Lee Sample"}[voice]
    assert signers(kind, voice=voice)[0] == who
    assert letter(kind, represented(case), voice=voice).voice == voice


@pytest.mark.parametrize("kind", ADVOCATE)
def test_an_advocate_says_for_whom_and_since_when(kind: str) -> None:
    case = represented(READY[kind]())
    text = said(kind, case, voice="advocate")
    assert (
        f"authorized representative of {case.patient.name}, appointed on November 1, 2026" in text
    )
    assert "Example Advocates" in text
    assert not letter(kind, case, voice="advocate").gaps


@pytest.mark.parametrize("kind", ADVOCATE)
def test_without_an_appointment_an_advocate_can_not_write(kind: str) -> None:
    nobody = letter(kind, READY[kind](), voice="advocate")
    assert "Representative of the patient" in {gap.what for gap in nobody.gaps}
    unsigned = letter(kind, represented(READY[kind](), appointed=None), voice="advocate")
    assert ("representative-lee", "appointed") in {(gap.record, gap.field) for gap in unsigned.gaps}


def test_the_patient_signs_a_request_for_records_beside_the_advocate() -> None:
    assert signers("records-request", voice="advocate") == ["Lee Sample", "Avery Example"]
    text = said("records-request", represented(example(ERISA)), voice="advocate")
    assert "send the patient a copy" in text
    assert " me " not in text


@pytest.mark.parametrize("kind", KINDS)
def test_a_voice_that_is_not_the_kinds_is_refused(kind: str) -> None:
    others = {voice.value for voice in Voice} - {voice.value for voice in kind_of(kind).voices}
    for voice in others:
        with pytest.raises(LetterError, match="voice"):
            letter(kind, voice=voice)


# Spanish


@pytest.mark.parametrize("kind", CLINICIAN_ONLY)
def test_what_only_a_clinician_signs_is_in_english_only(kind: str) -> None:
    with pytest.raises(LetterError, match="English only"):
        letter(kind, language="es")


def templates_of(kind: str) -> list[str]:
    """Return a kind's template with the parts of requests that it uses."""
    found = [f"{kind}.md.j2"]
    for name in found:
        text = (FOLDER / name).read_text(encoding="utf-8")
        found += [
            part
            for part in re.findall(r'include "(parts/request_\w+\.md\.j2)"', text)
            if part not in found
        ]
    return found


def messages(kind: str) -> list[str]:
    environment = sandbox([FOLDER])
    found = []
    for name in templates_of(kind):
        text = (FOLDER / name).read_text(encoding="utf-8")
        for _, _, message in environment.extract_translations(text):
            found += [message] if isinstance(message, str) else [one for one in message if one]
    return found


@pytest.mark.parametrize("kind", PATIENT)
def test_every_message_of_a_request_has_its_spanish(kind: str) -> None:
    found = messages(kind)
    assert len(found) > 5
    with speaking("es"):
        same = {one for one in found if translated(one) == one}
        assert translated(kind_of(kind).title) != kind_of(kind).title
    # Words that both languages share.
    assert same <= {"Plan", "Fax %(number)s"}


@pytest.mark.parametrize("kind", PATIENT)
def test_no_sentence_of_a_template_stays_english_in_the_copy(kind: str) -> None:
    for voice in kind_of(kind).voices:
        case = represented(READY[kind]())
        english = letter(kind, case, voice=voice.value)
        text = said(kind, case, voice=voice.value, language="es")
        for message in messages(kind):
            for piece in re.split(r"%\(\w+\)s", message):
                words = piece.strip(" .,:;()")
                if len(words.split()) > 2:
                    assert words not in text, words
        spanish = letter(kind, case, voice=voice.value, language="es")
        assert spanish.facts == english.facts
        assert spanish.gaps == english.gaps
        assert len(spanish.blocks) == len(english.blocks) + 1
        assert [item.document_id for item in spanish.exhibits] == [
            item.document_id for item in english.exhibits
        ]


@pytest.mark.parametrize("kind", PATIENT)
def test_no_word_of_markup_or_of_a_placeholder_is_left(kind: str) -> None:
    for language in ("en", "es"):
        text = said(kind, language=language)
        assert not re.search(r"%\(|\)s\b|\{\{|\}\}|\{%|%\}", text)


def test_terms_of_law_keep_their_english_words() -> None:
    text = said("claim-file", language="es")
    for words in ("(claim file)", "(appeal)", "(summary plan description)", "29 CFR 2560.503-1"):
        assert words in text
    assert "(continuity of care)" in said(
        "continuity-of-care", READY["continuity-of-care"](), language="es"
    )


def test_the_copy_says_that_it_is_one() -> None:
    found = compose("denial-reason", example(CALIFORNIA), today=TODAY, language="es")
    assert found.language == "es"
    assert "Copia para el paciente" in plain(found.blocks[0].runs)  # type: ignore[union-attr]
