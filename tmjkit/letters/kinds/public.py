"""Appeals in public programs, complaints to a regulator."""

from typing import Final

from tmjkit.letters.kinds.model import Kind

KINDS: Final[tuple[Kind, ...]] = ()
