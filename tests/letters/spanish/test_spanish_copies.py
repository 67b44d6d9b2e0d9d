"""Each letter that a patient can sign, as a Spanish copy of each example case."""

import calendar
import datetime as dt
import re
from functools import cache

import pytest

from tmjkit import language
from tmjkit.case import (
    Case,
    DcTmd,
    Decision,
    Funding,
    Instrument,
    Muscle,
    Part,
    Record,
    Response,
    Side,
    StopReason,
    TreatmentKind,
)
from tmjkit.examples import TITLES, load
from tmjkit.letters import (
    Address,
    Blank,
    BulletList,
    Enclosures,
    LetterError,
    Paragraph,
    Quote,
    Reference,
    Signature,
    Table,
    compose,
    plain,
)
from tmjkit.letters.kinds import kind_of, kinds
from tmjkit.letters.situation import Voice

TODAY = dt.date(2026, 11, 24)
MONTHS = tuple(calendar.month_name)[1:]
ENGLISH_DAY = re.compile(rf"({'|'.join(MONTHS)}) [0-9]{{1,2}}, [0-9]{{4}}")
SPANISH_DAY = re.compile(r"[0-9]{1,2} de [a-z]+ de [0-9]{4}")
# Words that hardly an English sentence does without, and that no Spanish sentence has.
ENGLISH = re.compile(
    r"\b(the|of|and|is|are|was|that|this|with|which|for|from|please|your|by|it)\b", re.IGNORECASE
)
SIGNED = [kind for kind in kinds() if Voice.PATIENT in kind.voices]
COPIES = [(kind.kind, name) for kind in SIGNED for name in TITLES]


@cache
def letter(kind, name, chosen):
    """Return the letter, or None where it does not apply to the case."""
    try:
        return compose(
            kind, load(name).case, today=TODAY, draft=True, voice="patient", language=chosen
        )
    except LetterError:
        return None


def both(kind, name):
    english, spanish = letter(kind, name, "en"), letter(kind, name, "es")
    if english is None or spanish is None:
        assert english is spanish
        pytest.skip(f"{kind} does not apply to this example")
    return english, spanish


def runs_of(block):
    rows: tuple = ()
    match block:
        case Table(head, body):
            rows = tuple(cell for row in (head, *body) for cell in row)
        case Reference(pairs) | Enclosures(pairs):
            rows = tuple(runs for _, runs in pairs)
        case BulletList(rows) | Quote(rows) | Address(_, rows) | Signature(rows):
            pass
        case Blank(_, label, prompt):
            rows = (label, prompt)
        case _:
            rows = (block.runs,)
    return [run for runs in rows for run in runs]


def words_of_case(part: Part, found=None, *, labels=True):
    """Return every text that a case records, and what its records are called."""
    found = set() if found is None else found
    for field in type(part).model_fields:
        value = getattr(part, field)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Part):
                words_of_case(item, found, labels=labels)
            elif isinstance(item, str):
                found.add(str(item))
        if labels and isinstance(part, Record) and hasattr(part, "label"):
            found.add(part.label)
    return found


class Recording(dict):
    """A catalogue that remembers what it was asked for and did not have."""

    def __init__(self, known):
        super().__init__(known)
        self.missed = set()

    def get(self, key, default=None):
        if key not in self:
            self.missed.add(key)
        return super().get(key, default)


@pytest.fixture
def missed(monkeypatch):
    """Return `left(kind, case)`: the messages that stay English in the Spanish copy of a letter."""
    messages = Recording(language._messages("es"))
    monkeypatch.setattr(language, "_messages", lambda chosen: messages if chosen == "es" else {})

    def left(kind, case):
        messages.missed.clear()
        compose(kind, case, today=TODAY, draft=True, voice="patient", language="es")
        return messages.missed - words_of_case(case) - {""}

    return left


@pytest.mark.parametrize(("kind", "name"), COPIES)
def test_no_message_falls_back_to_english(kind, name, missed):
    try:
        assert missed(kind, load(name).case) == set()
    except LetterError:
        pytest.skip(f"{kind} does not apply to this example")


@pytest.mark.parametrize("funding", Funding)
def test_no_message_falls_back_under_any_law(funding, missed):
    base = load("california-not-medically-necessary").case
    written = 0
    for state in ("CA", "NY", "TX"):
        fields = {"funding": funding, "state": state}
        case = base.with_record(base.coverages[0].model_copy(update=fields))
        for kind in SIGNED:
            try:
                assert missed(kind.kind, case) == set()
            except LetterError:
                continue
            written += 1
    assert written > len(SIGNED)


@pytest.mark.parametrize(("kind", "name"), COPIES)
def test_the_words_of_the_letter_itself_are_spanish(kind, name):
    _, spanish = both(kind, name)
    # What is missing is listed at the end of a draft for the office, by the names of its forms.
    own = spanish.blocks[: -2 if spanish.gaps else None]
    left = [
        run.text
        for block in own
        if not isinstance(block, Quote)
        for run in runs_of(block)
        if not run.records and not run.facts and not run.gap and not run.exhibit
        # A term of law stands beside its Spanish in parentheses.
        if ENGLISH.search(re.sub(r"\([^)]*\)|“[^”]*”", "", run.text))
    ]
    assert left == []


@pytest.mark.parametrize(("kind", "name"), COPIES)
def test_terms_of_closed_lists_are_spanish(kind, name):
    _, spanish = both(kind, name)
    recorded = "\n".join(words_of_case(load(name).case, labels=False))
    terms = {
        term.label
        for terms in (
            Instrument,
            TreatmentKind,
            Muscle,
            Side,
            Response,
            StopReason,
            DcTmd,
            Decision,
        )
        for term in terms
        if len(term.label) > 6 and language._messages("es")[term.label] != term.label
    }
    text = "\n".join(
        "".join(run.text for run in runs_of(block))
        for block in spanish.blocks
        if not isinstance(block, Quote)
    )
    # The English name of a scale stands beside the Spanish one in parentheses.
    text = re.sub(r"\([^()]*\)", "", text)
    assert [term for term in sorted(terms) if term in text and term not in recorded] == []


@pytest.mark.parametrize(("kind", "name"), COPIES)
def test_a_copy_says_that_it_is_one(kind, name):
    english, spanish = both(kind, name)
    if not kind_of(kind).sent:
        pytest.skip("it is read out, and nothing of it is filed")
    first = spanish.blocks[0]
    assert isinstance(first, Paragraph)
    assert plain(first.runs).startswith("Copia para el paciente")
    assert spanish.language == "es"
    assert "Copia" not in plain(runs_of(english.blocks[0]))
    assert spanish.title != english.title


@pytest.mark.parametrize(("kind", "name"), COPIES)
def test_both_rest_on_the_same_records_and_facts(kind, name):
    english, spanish = both(kind, name)
    assert set(spanish.records) == set(english.records)
    assert set(spanish.facts) == set(english.facts)
    assert spanish.exhibits == english.exhibits
    assert len(spanish.gaps) == len(english.gaps)


@pytest.mark.parametrize(("kind", "name"), COPIES)
def test_quotes_of_the_case_stay_as_recorded(kind, name):
    quotes = [
        [
            # Where it stands is said behind it, in the letter's language.
            re.sub(r"\s*\([^()]*\)$", "", plain(runs))
            for block in one.blocks
            if isinstance(block, Quote)
            for runs in block.paragraphs
        ]
        for one in both(kind, name)
    ]
    assert quotes[0] == quotes[1]


@pytest.mark.parametrize(("kind", "name"), COPIES)
def test_dates_are_written_in_spanish(kind, name):
    _, spanish = both(kind, name)
    runs = [run for block in spanish.blocks for run in runs_of(block)]
    assert not [run.text for run in runs if ENGLISH_DAY.fullmatch(run.text)]
    assert any(SPANISH_DAY.search(run.text) for run in runs)


@pytest.mark.parametrize(
    "kind", [kind.kind for kind in kinds() if Voice.PATIENT not in kind.voices]
)
def test_a_letter_that_only_a_clinician_signs_is_in_english_only(kind):
    case = load("self-funded-erisa-denial").case
    with pytest.raises(LetterError, match="English only"):
        compose(kind, case, today=TODAY, draft=True, language="es")


def test_a_language_that_tmjkit_does_not_speak_is_refused():
    case: Case = load("self-funded-erisa-denial").case
    with pytest.raises(LetterError, match="en, es"):
        compose("appeal", case, today=TODAY, draft=True, language="fr")
