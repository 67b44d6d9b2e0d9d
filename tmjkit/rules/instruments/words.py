"""A score in plain words, so that command line, page and letter say the same."""

from typing import Final

from tmjkit.case import QuestionnaireForm
from tmjkit.rules.instruments.model import Score, Subscore

_SKIPPED: Final = frozenset({"anxiety", "depression"})  # advised against; a note has them
_GCPS: Final = (QuestionnaireForm.GCPS_2, QuestionnaireForm.GCPS_1)


def score_words(found: Score) -> str:
    """Say what a questionnaire came to, with its parts, or why it has no score."""
    parts = [
        f"{part.label.partition(',')[0].lower()} {_number(part)}"
        for part in found.parts
        if part.value is not None and part.name not in _SKIPPED
    ]
    tail = f" ({', '.join(parts)})" if parts else ""
    if found.value is None:
        return f"no score: {found.because}{tail}"
    if found.form in _GCPS:
        head = found.word
    else:
        head = f"{round(found.value, 2):g} of {found.maximum:g}"
        head += f", {found.word}" if found.word else ""
    if found.prorated:
        missing = "1 answer" if found.missing == 1 else f"{found.missing} answers"
        head += f"; {missing} missing, made up for as the scale allows"
    return f"{head}{tail}"


def _number(part: Subscore) -> str:
    return "none" if part.value is None else f"{round(part.value, 2):g}"
