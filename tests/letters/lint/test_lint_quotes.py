"""A quote is word for word in the paper it is cited from; else the nearest passage is shown."""

import io
from dataclasses import replace

import pytest
from lint_letters import TODAY

from tmjkit.case import (
    Case,
    Contact,
    ContactSource,
    Document,
    DocumentSource,
    Statement,
    StatementKind,
)
from tmjkit.letters import Exhibit, Letter, Paragraph, Quote, Run
from tmjkit.letters.lint import Objection, lint
from tmjkit.letters.lint.pieces import Held, held

PAPER = (
    "Example Plan\nThe service is considered investi-\ngational, because the eﬀect is not “proven” "
    "in peer\N{NON-BREAKING HYPHEN}reviewed studies.",
    "The second page goes on\nwith the end of it.",
)


def written(*pages: str) -> bytes:
    return "\n\f\n".join(pages).encode()


def case(quote: str = "", *, sources: tuple[object, ...] | None = None, **fields: object) -> Case:
    paper = Document(
        id="document-paper",
        name="Policy",
        media_type="text/plain",
        size=1,
        sha256="a" * 64,
        **fields,  # type: ignore[arg-type]
    )
    told = Statement(
        id="statement-paper",
        kind=StatementKind.OTHER,
        text=quote or "Something else entirely.",
        sources=sources
        if sources is not None
        else (DocumentSource(document_id="document-paper", page=1, quote=quote),),
    )
    return Case(id="case-quotes", documents=(paper,), statements=(told,))


def quoting(words: str, *, block: bool = False) -> Letter:
    mark = Run("“"), Run(words, records=("statement-paper",)), Run("” ")
    cite = Run("(Exhibit A, p. 1", records=("statement-paper",), exhibit="A")
    runs = (*mark, cite, Run(")", records=("statement-paper",)))
    made = Quote((runs,)) if block else Paragraph((Run("It says: "), *runs))
    exhibits = (Exhibit("A", "document-paper", "Policy", (1,)),)
    return Letter("note", "A note", TODAY, (made,), exhibits=exhibits)


def found(
    letter: Letter, known: Case, data: bytes | None = written(*PAPER)
) -> tuple[Objection, ...]:
    get = None if data is None else lambda _: data
    told = lint(letter, known, today=TODAY, get_document=get)
    return tuple(item for item in told if item.rule == "quote-not-found")


@pytest.mark.parametrize("block", [False, True])
@pytest.mark.parametrize(
    "words",
    [
        'The service is considered investigational, because the effect is not "proven"',
        "the service is   considered INVESTIGATIONAL",
        "peer-reviewed studies",
        "The service is … considered investigational, […] the effect is",
        "The service is [sic] considered investigational",
        "not “proven” in … studies ... The second page goes on",
        "The second page goes on with the end of it.",
    ],
)
def test_blanks_hyphens_ligatures_and_marks_make_no_difference(words: str, block: bool) -> None:
    assert found(quoting(words, block=block), case(words)) == ()


def test_another_word_is_refused_with_the_nearest_passage_its_page_and_the_difference() -> None:
    words = "The service is considered experimental, because the effect is not"
    (told,) = found(quoting(words), case(words))
    assert "“Policy”, page 1" in told.why
    assert "“experimental,”" in told.why
    assert "investi" in told.why
    assert told.sentence == 1


def test_words_that_are_nowhere_are_said_to_be_nowhere() -> None:
    words = "Zebras graze quietly beyond mountain lakes at dusk"
    (told,) = found(quoting(words), case(words))
    assert "nothing there is like it" in told.why


def test_pieces_around_an_ellipsis_each_have_to_be_there() -> None:
    words = "The service is considered … never in peer-reviewed studies"
    assert found(quoting(words), case(words))


TURNED = [
    # A negation is left out.
    "The service is considered … in peer-reviewed studies",
    "the effect is … “proven” in peer-reviewed studies",
    "the effect is [...] “proven” in peer-reviewed studies",
    "The second page goes on … is covered for jaw pain.",
    "It … is paid … lost.",
    "Otra vez … se paga.",
    # Something is put in, or the order is another one.
    "The service is [no longer] considered investigational",
    "[It] is considered investigational",
    "in peer-reviewed studies … The service is considered",
    "The service is … never … considered investigational",
    "The service is … not … considered investigational",
    # It begins in the middle of a negation.
    "“proven” in peer-reviewed studies",
    "proven in peer-reviewed studies",
]


@pytest.mark.parametrize("at_hand", [True, False])
@pytest.mark.parametrize("words", TURNED)
def test_a_shortened_quote_that_says_something_else_is_refused(words: str, at_hand: bool) -> None:
    more = "The second page goes on with it. No other use is covered for jaw pain. " + (
        "It is sent and is paid unless lost. Nada de esto se paga nunca. Otra vez no se paga."
    )
    pages = (PAPER[0], more)
    if at_hand:
        assert found(quoting(words), case(words), written(*pages))
        return
    told = case("\n".join(pages))
    assert found(quoting(words), told, None)


def test_pieces_stand_on_pages_that_adjoin() -> None:
    pages = ("The first words stand here.", "Some more stand here.", "The last words stand here.")
    near, far = "The first words … Some more stand", "The first words … The last words stand"
    assert held(near, pages) is Held.WHOLE
    assert held(far, pages) is Held.NOWHERE


def test_brackets_and_dots_of_the_paper_itself_may_be_quoted() -> None:
    words = "The [Plan] pays … when asked"
    assert found(quoting(words), case(words), written("Note: The [Plan] pays … when asked.")) == ()


def test_the_fair_place_counts_where_words_stand_twice() -> None:
    page = "It is not covered by this part. It is covered by that part, as we say."
    words = "It is … covered by that part"
    assert found(quoting("covered by that part"), case(words), written(page)) == ()
    assert found(quoting(words), case(words), written("It is plainly covered by that part")) == ()
    assert found(quoting(words), case(words), written("It is not covered by that part"))
    (told,) = found(
        quoting(words), case(words), written("It is un-\ncovered. not\ncovered by that part")
    )
    assert "the opposite" in told.why


def pdf(*pages: str) -> bytes:
    from pypdf import PdfWriter

    writer = PdfWriter()
    for _ in pages:
        writer.add_blank_page(200, 200)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_of_a_scan_the_recorded_quote_counts() -> None:
    words = "The service is not covered."
    known = case(words, pages=1)
    assert found(quoting(words), known, pdf("")) == ()
    unrecorded = case(words, sources=(DocumentSource(document_id="document-paper", page=1),))
    (told,) = found(quoting(words), unrecorded, pdf(""))
    assert "by eye" in told.why
    assert "no text that can be read" in told.why


def test_without_the_paper_the_record_counts() -> None:
    assert found(quoting("It is not covered."), case("It is not covered."), None) == ()
    (told,) = found(quoting("It is never covered."), case("It is not covered."), None)
    assert "not what the case records" in told.why


def test_words_of_a_call_are_held_against_the_contact() -> None:
    call = Contact(id="contact-call", said="They will call back.")
    known = case("They will call back.", sources=()).with_record(call)
    told = known.record("statement-paper")
    source = ContactSource(contact_id="contact-call")
    known = known.with_record(told.model_copy(update={"sources": (source,)}))
    letter = replace(quoting("They will call back."), exhibits=())
    assert found(letter, known) == ()
    assert found(replace(quoting("They will never call."), exhibits=()), known)


def test_the_templates_own_words_in_marks_are_held_against_the_exhibit_they_cite() -> None:
    cite = Run("(Exhibit A)", records=("document-paper",), exhibit="A")
    for words, right in (("considered investigational", True), ("fully covered here", False)):
        letter = replace(
            quoting("x"), blocks=(Paragraph((Run(f"It says “{words}” "), cite, Run("."))),)
        )
        assert (found(letter, case("y")) == ()) is right
    spoken = replace(quoting("x"), blocks=(Paragraph((Run("Say: “Good morning to you.”"),)),))
    assert found(spoken, case("y")) == ()


def test_a_paper_that_can_not_be_had_is_said() -> None:
    def gone(_: str) -> bytes:
        raise KeyError

    words = "It is not covered."
    told = lint(quoting(words), case(words), today=TODAY, get_document=gone)
    assert [item.rule for item in told] == ["unresolved-citation"]
    assert "KeyError" in told[0].why
