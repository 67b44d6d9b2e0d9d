"""What each rule says and where it comes from: the data behind every rule id.

One YAML file for each area, the part of the id before its dot. Code names a rule by its whole id
as one string, so that a test can hold the two against each other.
"""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Rule(BaseModel):
    """One rule: its id, what it says in a sentence, and its source."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, StringConstraints(pattern=r"^[a-z]+\.[a-z0-9]+(-[a-z0-9]+)*$")] = Field(
        description="Stable id, such as 'missing.member-id'."
    )
    says: _Text = Field(description="What it says, in one sentence.")
    source: _Text = Field(
        description="Citation, or 'practice of the office' where no rule asks for it."
    )
    facts: tuple[_Text, ...] = Field((), description="Ids of the facts that it can rest on.")

    @property
    def area(self) -> str:
        """The part of the id before the dot."""
        return self.id.partition(".")[0]


_RULES = TypeAdapter(tuple[Rule, ...])


@cache
def catalog() -> Mapping[str, Rule]:
    """Return every rule by its id. Read once.

    Raises
    ------
    ValueError
        When an id stands twice or in the file of another area.
    """
    folder = resources.files("tmjkit.rules.catalog")
    found: dict[str, Rule] = {}
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".yaml"))
    for name in names:
        text = (folder / name).read_text(encoding="utf-8")
        for rule in _RULES.validate_python(yaml.safe_load(text)):
            if rule.id in found or rule.area != name.removesuffix(".yaml"):
                raise ValueError(f"{name}: {rule.id}: should stand once, in the file of its area")
            found[rule.id] = rule
    return MappingProxyType(found)
