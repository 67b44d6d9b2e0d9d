"""The languages that tmjkit speaks: message catalogues in `templates/locale`, and dates.

A message is English in the source and is its own key. `templates/locale/es/*.po` hold the Spanish
of it, one file for each place that messages come from; `scripts/messages.py` keeps them in step.
What has no translation stays English, and a test says where. Law keeps its English term beside the
Spanish one: a translated term of law would be ours, and not the law's.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from tmjkit import resources

ENGLISH: Final = "en"
LANGUAGES: Final[Mapping[str, str]] = MappingProxyType({ENGLISH: "English", "es": "Español"})
"""The languages, each by its code (BCP 47) and its own name."""

_current: ContextVar[str] = ContextVar("tmjkit_language", default=ENGLISH)


def current() -> str:
    """Return the code of the language that is spoken now."""
    return _current.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language inside the block.

    Raises
    ------
    ValueError
        When tmjkit does not speak it.
    """
    if language not in LANGUAGES:
        raise ValueError(f"the language should be one of: {', '.join(LANGUAGES)}")
    before = _current.set(language)
    try:
        yield
    finally:
        _current.reset(before)


def translated(message: str) -> str:
    """Return a message in the language that is spoken now; in English where it has no other."""
    return _messages(_current.get()).get(message, message)


def translated_plural(one: str, many: str, number: float) -> str:
    """Return the form of a message that fits the number, in the language that is spoken now."""
    form = one if number == 1 else many
    return _messages(_current.get()).get(form, form)


def day_words(day: dt.date) -> str:
    """Write a day in words, such as 'November 24, 2026' or '24 de noviembre de 2026'."""
    return _date(day, "long")


def month_words(day: dt.date) -> str:
    """Write the month of a day in words, such as 'November 2026' or 'noviembre de 2026'."""
    return _date(day, "LLLL y" if current() == ENGLISH else "LLLL 'de' y")


def _date(day: dt.date, form: str) -> str:
    from babel.dates import format_date  # noqa: PLC0415 -- only where another language is asked

    return format_date(day, format=form, locale=f"{current()}_US")


@lru_cache(maxsize=4)
def _messages(language: str) -> Mapping[str, str]:
    """Read the catalogues of a language: message to translation, plural forms each by its own."""
    if language == ENGLISH:
        return MappingProxyType({})
    from babel.messages.pofile import read_po  # noqa: PLC0415

    found: dict[str, str] = {}
    folder = resources.path("templates") / "locale" / language
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id and not message.fuzzy:
                    pairs = zip(_forms(message.id), _forms(message.string), strict=False)
                    found.update({key: words for key, words in pairs if words})
    return MappingProxyType(found)


def _forms(text: str | Sequence[str] | None) -> Sequence[str]:
    """Return the singular and plural of a message; one form where it has one."""
    return (text,) if isinstance(text, str) else text or ()
