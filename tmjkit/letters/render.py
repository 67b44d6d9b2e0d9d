"""Chooses the renderer by the format; what is heavy is loaded when it is asked for."""

from typing import Final

from tmjkit.letters.gap import LetterError
from tmjkit.letters.letter import Letter

FORMATS: Final = ("docx", "pdf", "html", "md")
"""The formats that a letter can be written in."""


def render(letter: Letter, format: str) -> bytes:  # noqa: A002 -- the field's word
    """Return the letter as the bytes of a file.

    Parameters
    ----------
    letter
        The letter.
    format
        One of `FORMATS`: docx, pdf, html or md.

    Raises
    ------
    LetterError
        When there is no such format.
    """
    match format:
        case "md":
            from tmjkit.letters.markdown import to_markdown  # noqa: PLC0415

            return to_markdown(letter).encode()
        case "html":
            from tmjkit.letters.html import to_html  # noqa: PLC0415

            return to_html(letter).encode()
        case "docx":
            from tmjkit.letters.docx import to_docx  # noqa: PLC0415 -- heavy

            return to_docx(letter)
        case "pdf":
            from tmjkit.letters.pdf import to_pdf  # noqa: PLC0415

            return to_pdf(letter)
    raise LetterError(f"a letter can be written as: {', '.join(FORMATS)}")
