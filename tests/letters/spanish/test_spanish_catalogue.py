"""Every message has its Spanish, and the check finds what is wrong with a catalogue."""

import io
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tmjkit.knowledge import facts
from tmjkit.letters.environment import COUNTED
from tmjkit.letters.kinds import kinds
from tmjkit.letters.situation import Voice
from tmjkit.rules.catalog import catalog

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "templates" / "locale" / "es"
HEAD = """msgid ""
msgstr ""
"Language: es\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

"""
FORMS = ("I ask for %(what)s.",)
COUNT = ("{number} page", "{number} pages")


def entry(message, translation, flags=""):
    return f'{flags}msgid "{message}"\nmsgstr "{translation}"\n\n'


@pytest.fixture
def found(scripts):
    """Return what the check says of catalogues, each given as its entries."""
    from catalogues.check import state_of
    from catalogues.message import Message

    def check(*entries, head=HEAD):
        catalogues = {
            f"{number}.po": read_po(io.BytesIO((head + text).encode()), locale="es")
            for number, text in enumerate(entries)
        }
        said = {forms: Message(forms, ("here",)) for forms in (FORMS, COUNT, ("**Now**",))}
        return state_of(said, catalogues).lines

    return check


RIGHT = (
    entry("I ask for %(what)s.", "Pido %(what)s.")
    + 'msgid "{number} page"\nmsgid_plural "{number} pages"\n'
    + 'msgstr[0] "{number} página"\nmsgstr[1] "{number} páginas"\n\n'
    + entry("**Now**", "**Ahora**")
)


def test_every_message_is_translated_and_every_translation_fits(said, scripts):
    from catalogues.check import read, state_of

    assert list(state_of(said, read(FOLDER)).lines) == []


def test_a_catalogue_that_is_right_passes(found):
    assert found(RIGHT) == ()


def test_the_same_translation_may_stand_twice(found):
    assert found(RIGHT, entry("**Now**", "**Ahora**")) == ()


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('msgstr "Pido %(what)s."', 'msgstr ""', "untranslated"),
        ("Pido %(what)s.", "Pido esto.", "values in it should be the same"),
        ("Pido %(what)s.", "Pido %(que)s.", "values in it should be the same"),
        ("Pido %(what)s.", "Pido %(what)s. ", "space at its begin or end"),
        ("**Ahora**", "Ahora", "signs of Markdown"),
        ("**Ahora**", "**Ahora** <b>", "signs of Markdown"),
        ("{number} páginas", "", "not every plural form"),
        ("{number} páginas", "páginas", "values in it should be the same"),
        ('msgid "**Now**"', '#, fuzzy\nmsgid "**Now**"', "fuzzy"),
        ('msgid "**Now**"', 'msgid "**Then**"', "nothing says this any more"),
    ],
)
def test_what_is_wrong_is_named(found, old, new, problem):
    assert old in RIGHT
    lines = found(RIGHT.replace(old, new))
    assert any(problem in line for line in lines)


def test_two_translations_of_one_message_are_named(found):
    (line,) = found(RIGHT, entry("**Now**", "**Ya**"))
    assert "0.po says it in other words" in line


def test_other_plural_forms_are_named(found):
    head = HEAD.replace("nplurals=2; plural=(n != 1);", "nplurals=1; plural=0;")
    assert any("Plural-Forms" in line for line in found("", head=head))


def test_messages_are_found_wherever_they_are_said(said):
    texts = {form for forms in said for form in forms}
    assert {rule.says for rule in catalog().values()} <= texts
    assert all((noun, f"{noun}s") in said for noun in COUNTED)
    for kind in kinds():
        assert (kind.title in texts) or kind.voices == (Voice.CLINICIAN,)
    # A text of the code, one that a loop hands on, a constant, a term, a fact and a template.
    for text in (
        "reported by the patient",
        "Rests on",
        "Exhibit {label}",
        "Oral splint",
        facts()["F-NODEF"].statement,
        "To the appeals department:",
    ):
        assert text in texts


def test_writing_brings_the_files_in_step(scripts, said, tmp_path):
    from catalogues.check import read, state_of
    from messages import write

    folder = tmp_path / "es"
    folder.mkdir()
    (folder / "labels.po").write_text(HEAD + entry("Nobody says this", "x"), encoding="utf-8")
    before = state_of(said, read(folder))
    written = {path.name for path in write(folder, before)}
    after = state_of(said, read(folder))
    assert {"labels.po", "facts.po", "findings.po", "common.po"} <= written
    assert not after.obsolete
    assert not after.problems
    assert len(after.untranslated) == len(said)
    assert write(folder, state_of(said, read(FOLDER))) == []
