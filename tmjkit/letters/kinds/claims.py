"""Letters around a claim: cover letter, corrected claim, question to the payer."""

from typing import Final

from tmjkit.letters.kinds.model import Kind

KINDS: Final[tuple[Kind, ...]] = ()
