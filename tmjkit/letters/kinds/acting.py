"""Letters by which one person acts for another, and what is said by phone."""

from typing import Final

from tmjkit.letters.kinds.model import Kind

KINDS: Final[tuple[Kind, ...]] = ()
