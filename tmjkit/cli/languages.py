"""The option `--language`: the explanation of a rule beside the words of the case."""

from typing import Annotated

import typer

from tmjkit.language import ENGLISH, LANGUAGES

LanguageOption = Annotated[
    str,
    typer.Option(
        help=f"Explain each rule in this language as well: {', '.join(LANGUAGES)}.",
    ),
]


def other_language(chosen: str) -> str | None:
    """Return the language to explain in beside English; None where it is English.

    Raises
    ------
    typer.BadParameter
        When tmjkit does not speak it.
    """
    if chosen not in LANGUAGES:
        raise typer.BadParameter(f"the language should be one of: {', '.join(LANGUAGES)}")
    return None if chosen == ENGLISH else chosen
