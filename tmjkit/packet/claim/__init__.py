"""The claim on paper: the values of the form CMS-1500 and where they stand."""

from tmjkit.packet.claim.cms1500 import cms1500
from tmjkit.packet.claim.model import Box, BoxProblem, ClaimError, Cms1500, Sheet

__all__ = ["Box", "BoxProblem", "ClaimError", "Cms1500", "Sheet", "cms1500"]
