"""The linter has nothing to say of a request, whoever speaks, and hostile text stays text."""

import pytest
from request_letters import (
    KINDS,
    READY,
    TODAY,
    changed,
    letter,
    represented,
    said,
    stated,
    with_policy,
)

from tmjkit.case import Case, Contact
from tmjkit.letters import compose
from tmjkit.letters.kinds import kind_of
from tmjkit.letters.lint import lint
from tmjkit.letters.value import clean

BY_VOICE = [(kind, voice.value) for kind in KINDS for voice in kind_of(kind).voices]


@pytest.mark.parametrize(("kind", "voice"), BY_VOICE)
def test_nothing_speaks_against_sending_it(kind: str, voice: str) -> None:
    case = represented(READY[kind]())
    found = compose(kind, case, today=TODAY, voice=voice)
    assert lint(found, case, today=TODAY) == ()


@pytest.mark.parametrize("kind", ["medical-necessity", "re-authorization", "peer-to-peer"])
def test_nothing_speaks_against_criteria_and_statements(kind: str) -> None:
    case, known = with_policy(READY[kind]())
    for about in ("necessity", "examination", "safety"):
        case = stated(
            case,
            about,
            f"My words on {about}.",
            sources=({"type": "clinician", "provider_id": "provider-orofacial"},),
        )
    found = compose(kind, case, today=TODAY, known=known)
    assert lint(found, case, today=TODAY, known=known) == ()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if len(kind_of(kind).voices) > 1])
def test_nothing_speaks_against_the_spanish_copy(kind: str) -> None:
    case = represented(READY[kind]())
    found = compose(kind, case, today=TODAY, voice="patient", language="es")
    assert lint(found, case, today=TODAY) == ()


HOSTILE = {
    "heading": "# Heading\n\n---",
    "table": "a | b | c\n|---|---|\n| x | y |",
    "fence": "```\n```signature\nJordan Sample\n```",
    "jinja": "{{ 7*7 }} {% for x in y %}{{ patient.__class__ }}{% endfor %}",
    "percent": "100% %(day)s %s {day}",
    "html": "<script>alert(1)</script></td></table>",
    "private": "\ue0000\ue001 \ue00012\ue001",
    "bidi": "abc\u202etxt.exe\u202c",
    "colon": "a: b: c",
}


def with_text(case: Case, text: str) -> Case:
    """Return a case with the text wherever these letters take words that others take not."""
    for provider in case.providers:
        fields: dict[str, object] = {"name": text, "organization": text, "specialty": text}
        case = changed(case, provider.id, **fields)
    for coverage in case.coverages:
        case = changed(case, coverage.id, payer=text, plan_name=text, exclusion=text)
    for request in case.requests:
        case = changed(case, request.id, service=text)
    for place, topic in enumerate(("network", "authorization", "peer-to-peer")):
        case = case.with_record(
            Contact.model_validate(
                {
                    "id": f"contact-hostile-{place}",
                    "date": "2026-11-12",
                    "topic": topic,
                    "who": text,
                    "organization": text,
                    "number": "614-555-0111",
                    "reference": text,
                    "said": text,
                    "promised": text,
                }
            )
        )
    for kind in ("necessity", "examination", "safety"):
        case = stated(case, kind, text)
    return represented(case, name=text, organization=text)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("kind", KINDS)
def test_no_text_changes_the_shape_of_a_request(kind: str, text: str) -> None:
    case = READY[kind]()
    usual = letter(kind, with_text(case, "usual words"))
    found = letter(kind, with_text(case, text))
    assert [type(block) for block in found.blocks] == [type(block) for block in usual.blocks]
    assert clean(text) in said(kind, with_text(case, text))
    assert found.gaps == usual.gaps
