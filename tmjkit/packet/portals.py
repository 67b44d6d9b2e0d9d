"""Portals and what they take: those that ship, and the office's own from its workspace folder.

Every limit that ships stands in `portals.yaml` with the page that publishes it, the day on which
it was seen and how sure it is. An office adds its own in `portals.yaml` beside its workspace; one
of the same name replaces the shipped one.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from tmjkit.knowledge import Confidence

FILE = "portals.yaml"
_MOST: int = 1_000_000  # bytes of a file of portals

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class PortalError(Exception):
    """A portal is not known, or a packet can't be cut to its limits; never a word of a document."""


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class PortalSource(_Entry):
    """Where a limit is published."""

    url: _Text
    seen: date
    says: _Text
    confidence: Confidence


class Refusal(_Entry):
    """What a portal does not take.

    `when` says how it is seen in a case: the pharmacy benefit, a request for a drug, a decision of
    a company that decides for the payer, or only by asking.
    """

    what: _Text
    when: Literal["pharmacy", "drug-request", "vendor", "ask"] = "ask"
    instead: _Text


class Portal(_Entry):
    """A way by which a packet is sent, with its limits; None where none is known."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,40}$")]
    title: _Text
    most_files: int | None = Field(None, ge=1, le=10_000)
    most_pages: int | None = Field(None, ge=1, le=100_000)
    least_bytes: int | None = Field(None, ge=0, le=10**9)
    most_bytes: int | None = Field(None, ge=10_000, le=10**12)
    most_bytes_in_all: int | None = Field(None, ge=10_000, le=10**12)
    types: tuple[Annotated[str, StringConstraints(pattern=r"^\.[a-z0-9]{1,8}$")], ...] = ()
    black_and_white: bool = False
    sources: tuple[PortalSource, ...] = ()
    notes: tuple[_Text, ...] = ()
    refuses: tuple[Refusal, ...] = ()
    refuses_source: str = ""


def portals(folder: Path | None = None) -> Mapping[str, Portal]:
    """Return the portals by name, those of a folder in place of shipped ones of the same name.

    Raises
    ------
    PortalError
        When the folder's file can't be accepted; the text names entry and field.
    """
    own = folder / FILE if folder else None
    if own is None or not own.is_file():
        return _shipped()
    if own.stat().st_size > _MOST:
        raise PortalError(f"{FILE}: the file is too large to be a list of portals")
    return {**_shipped(), **_read(own.read_text(encoding="utf-8", errors="replace"))}


def portal(name: str, folder: Path | None = None) -> Portal:
    """Return the portal of that name.

    Raises
    ------
    PortalError
        When there is none; the text names those there are.
    """
    known = portals(folder)
    if name not in known:
        raise PortalError(f"there is no portal of that name; there are: {', '.join(known)}")
    return known[name]


@lru_cache(maxsize=1)
def _shipped() -> Mapping[str, Portal]:
    return _read(files("tmjkit.packet").joinpath(FILE).read_text(encoding="utf-8"))


def _read(text: str) -> dict[str, Portal]:
    import yaml  # noqa: PLC0415 -- heavy

    try:
        content: Any = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        raise PortalError(f"{FILE} is no YAML: write a list of portals") from None
    if not isinstance(content, list):
        raise PortalError(f"{FILE} should be a list of portals, each with a name and a title")
    found = {}
    for number, entry in enumerate(content, 1):
        try:
            item = Portal.model_validate(entry)
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            where = ".".join(str(part) for part in first["loc"]) or "entry"
            raise PortalError(f"{FILE}, portal no. {number}, {where}: {first['msg']}") from None
        if item.name in found:
            raise PortalError(f"{FILE}: two portals are called {item.name}")
        found[item.name] = item
    return found
