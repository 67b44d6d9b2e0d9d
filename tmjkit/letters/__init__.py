"""What is said: letters composed from a case, and their renderers.

A template in `templates/letters/` and a case make one frozen `Letter`; Markdown, HTML, DOCX
and PDF are drawn from it. A fact that the case does not hold stops the letter, or shows as a
marked blank in a draft. The clinician's opinion and every signature stay blank.
"""

from tmjkit.letters.compose import compose
from tmjkit.letters.gap import Gap, LetterError, MissingFacts
from tmjkit.letters.html import to_html
from tmjkit.letters.kinds import Fit, Kind, State, default_kind, kind_of, kinds
from tmjkit.letters.letter import (
    Address,
    Blank,
    Block,
    BulletList,
    Enclosures,
    Exhibit,
    Heading,
    Letter,
    Paragraph,
    Quote,
    Reference,
    Run,
    Signature,
    Table,
    plain,
)
from tmjkit.letters.markdown import to_markdown
from tmjkit.letters.render import FORMATS, render
from tmjkit.letters.situation import Situation, Voice

__all__ = [
    "FORMATS",
    "Address",
    "Blank",
    "Block",
    "BulletList",
    "Enclosures",
    "Exhibit",
    "Fit",
    "Gap",
    "Heading",
    "Kind",
    "Letter",
    "LetterError",
    "MissingFacts",
    "Paragraph",
    "Quote",
    "Reference",
    "Run",
    "Signature",
    "Situation",
    "State",
    "Table",
    "Voice",
    "compose",
    "default_kind",
    "kind_of",
    "kinds",
    "plain",
    "render",
    "to_html",
    "to_markdown",
]
