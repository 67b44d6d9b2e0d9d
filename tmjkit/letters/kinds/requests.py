"""Letters before a decision, and the requests for papers and talks around one."""

from typing import Final

from tmjkit.letters.kinds import requests_care, requests_network, requests_papers
from tmjkit.letters.kinds.model import Kind

KINDS: Final[tuple[Kind, ...]] = (
    *requests_papers.KINDS,
    *requests_care.KINDS,
    *requests_network.KINDS,
)
