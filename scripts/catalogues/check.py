"""What is wrong with the catalogues of a language."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po

from catalogues.message import Message, edges, marks, placeholders

FORMS = 2
PLURALS = "nplurals=2; plural=(n != 1);"


@dataclass(frozen=True, slots=True)
class State:
    """How the catalogues stand against the messages.

    Parameters
    ----------
    problems
        What is wrong, one line each, with the file.
    untranslated
        Messages that no catalogue translates.
    obsolete
        Messages of each file that nothing says any more.
    """

    problems: tuple[str, ...] = ()
    untranslated: tuple[Message, ...] = ()
    obsolete: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def lines(self) -> tuple[str, ...]:
        """Everything that has to be put right."""
        lacking = tuple(
            f"untranslated: {item.forms[0]!r} ({item.places[0]})" for item in self.untranslated
        )
        old = tuple(
            f"{name}: nothing says this any more: {words!r}"
            for name, all_of_them in self.obsolete.items()
            for words in all_of_them
        )
        return (*self.problems, *lacking, *old)


def read(folder: Path) -> dict[str, Catalog]:
    """Read the catalogues of a folder, by the names of their files."""
    found = {}
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            found[path.name] = read_po(file, locale=folder.name, abort_invalid=True)
    return found


def state_of(said: Mapping[tuple[str, ...], Message], catalogues: Mapping[str, Catalog]) -> State:
    """Compare the catalogues with the messages.

    A message may stand in two catalogues as long as both say the same.
    """
    problems: list[str] = []
    first: dict[str, tuple[str, str]] = {}
    done: set[tuple[str, ...]] = set()
    obsolete: dict[str, tuple[str, ...]] = {}
    for name, catalogue in catalogues.items():
        if str(catalogue.plural_forms).rstrip(";") != PLURALS.rstrip(";"):
            problems.append(f"{name}: the header should hold 'Plural-Forms: {PLURALS}'")
        old: list[str] = []
        for entry in _entries(catalogue):
            forms, words = _forms(entry.id), _forms(entry.string)
            if forms not in said:
                old.append(forms[0])
                continue
            problems += [f"{name}: {line}: {forms[0]!r}" for line in _wrong(entry, forms, words)]
            if any(words):
                done.add(forms)
            for form, word in zip(forms, words, strict=False):
                before = first.setdefault(form, (name, word))
                if word and before[1] and before[1] != word:
                    problems.append(f"{name}: {before[0]} says it in other words: {form!r}")
        if old:
            obsolete[name] = tuple(old)
    left = tuple(message for forms, message in said.items() if forms not in done)
    return State(tuple(problems), left, obsolete)


def _wrong(entry: Entry, forms: tuple[str, ...], words: tuple[str, ...]) -> Iterator[str]:
    """Tell what is wrong with one translation."""
    if entry.fuzzy:
        yield "marked fuzzy, so it is not used"
    if not any(words):
        return
    if len(words) != len(forms) or not all(words):
        yield "not every plural form is there" if len(forms) == FORMS else "it has no plural"
        return
    for place, (form, word) in enumerate(zip(forms, words, strict=True)):
        # A singular may leave out its number: "one unit".
        one_of_two = place == 0 and len(forms) == FORMS
        same = set(placeholders(word)) == set(placeholders(form))
        if not (same or (one_of_two and set(placeholders(word)) <= set(placeholders(forms[1])))):
            yield "the values in it should be the same"
        if marks(word) != marks(form):
            yield "the signs of Markdown in it should be the same"
        if edges(word) != edges(form):
            yield "a space at its begin or end should be there in both"


def _entries(catalogue: Iterable[Entry]) -> Iterator[Entry]:
    return (entry for entry in catalogue if entry.id)


def _forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())
