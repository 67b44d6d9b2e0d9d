"""What a code of a public or licensed code set means, in values that a rule can compute with.

CPT belongs to the American Medical Association and CDT to the American Dental Association: only
the numbers stand here, with meanings in this project's own words. HCPCS Level II and ICD-10-CM are
public. A code is never here to be chosen: whoever treats decides, and rules only check.
"""

import datetime as dt
from decimal import Decimal
from typing import Self

from pydantic import Field, model_validator

from tmjkit.knowledge.part import KnowledgePart, Text
from tmjkit.knowledge.terms import Term


class CodeSystem(Term):
    """The set that a code belongs to."""

    HCPCS = "hcpcs", "HCPCS Level II"
    CPT = "cpt", "CPT"
    CDT = "cdt", "CDT"
    ICD10CM = "icd-10-cm", "ICD-10-CM"
    MODIFIER = "modifier", "Modifier"
    NDC = "ndc", "National Drug Code"
    CARC = "carc", "Claim adjustment reason code (CARC)"
    RARC = "rarc", "Remittance advice remark code (RARC)"
    GROUP = "group", "Claim adjustment group code"


class Code(KnowledgePart):
    """One code or a few that mean the same; the meaning is the fact's statement."""

    system: CodeSystem = Field(description="The set that it belongs to.")
    codes: tuple[Text, ...] = Field(
        min_length=1,
        description="The codes; one that ends in '-' stands for all codes that begin so.",
    )
    product: str = Field("", description="For a drug: the product, as a case file names it.")
    unit: Decimal | None = Field(
        None, gt=0, description="For a drug: units of the product in one billing unit."
    )
    vial: int | None = Field(None, gt=0, description="For an NDC: units in one vial.")
    refused: bool = Field(
        default=False,
        description="For an NDC: whether it is not the therapeutic product.",
    )
    not_with: tuple[Text, ...] = Field(
        (), description="Codes that do not stand beside it, in the form of `codes`."
    )
    soft: bool = Field(
        default=False, description="Whether standing beside them can be right, and is only asked."
    )
    lacks: str = Field("", description="For a heading: what the longer codes say beyond it.")
    vague: str = Field("", description="For a code that leaves something open: what.")
    needs: str = Field("", description="What the record has to show for it.")
    instead_of: str = Field(
        "", description="What it describes, where people put it for injecting jaw muscles."
    )
    once: bool = Field(default=False, description="Whether it stands once in a session.")
    means_next: str = Field("", description="For a reason of a denial: what usually follows.")
    needs_remark: bool = Field(
        default=False, description="For a CARC: whether a remark code has to say what it means."
    )
    ended: dt.date | None = Field(None, description="Day from which it is no longer used.")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.unit is None) != (self.system is not CodeSystem.HCPCS or not self.product):
            raise ValueError("a unit should stand with a drug's HCPCS code, and only there")
        if (self.refused or self.vial) and self.system is not CodeSystem.NDC:
            raise ValueError("vial and refused should stand only with an NDC")
        return self

    def covers(self, code: str) -> bool:
        """Tell whether a code is one of these."""
        return _among(code, self.codes)

    def excludes(self, code: str) -> bool:
        """Tell whether a code is one that does not stand beside these."""
        return _among(code, self.not_with)


def _among(code: str, named: tuple[str, ...]) -> bool:
    return any(code.startswith(name[:-1]) if name.endswith("-") else code == name for name in named)
