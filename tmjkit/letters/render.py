"""Chooses the renderer by the format; what is heavy is loaded when it is asked for."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tmjkit.letters.gap import LetterError
from tmjkit.letters.letter import Letter
from tmjkit.letters.situation import Voice

if TYPE_CHECKING:
    from tmjkit.letters.trace_rows import TraceRow

FORMATS: Final = ("docx", "pdf", "html", "md")
"""The formats that a letter can be written in."""


def render(
    letter: Letter,
    format: str,  # noqa: A002 -- the field's word
    *,
    letterhead: bytes | Path | None = None,
    trace: "Iterable[TraceRow] | None" = None,
) -> bytes:
    """Return the letter as the bytes of a file.

    Parameters
    ----------
    letter
        The letter.
    format
        One of `FORMATS`: docx, pdf, html or md.
    letterhead
        The clinic's letterhead, a .docx; letters in the clinician's voice stand on it as DOCX.
        Those of a patient or an advocate never do, nor do other formats.
    trace
        What the sentences rest on, from `trace_of`, for the office's own HTML.

    Raises
    ------
    LetterError
        When there is no such format, or the letterhead can't be used.
    """
    match format:
        case "md":
            from tmjkit.letters.markdown import to_markdown  # noqa: PLC0415

            return to_markdown(letter).encode()
        case "html":
            from tmjkit.letters.html import to_html  # noqa: PLC0415

            return to_html(letter, trace).encode()
        case "docx":
            from tmjkit.letters.docx import to_docx  # noqa: PLC0415 -- heavy

            return to_docx(letter, letterhead if letter.voice == Voice.CLINICIAN else None)
        case "pdf":
            from tmjkit.letters.pdf import to_pdf  # noqa: PLC0415

            return to_pdf(letter)
    raise LetterError(f"a letter can be written as: {', '.join(FORMATS)}")
