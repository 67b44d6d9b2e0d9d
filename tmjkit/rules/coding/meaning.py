"""What is known of one code, whichever set it is of: for people who look a code up."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from tmjkit.knowledge import CodeSystem, Fact
from tmjkit.rules.coding.adjustments import explain_carc, explain_rarc
from tmjkit.rules.coding.book import about
from tmjkit.rules.coding.icd10 import Icd10, lookup
from tmjkit.rules.coding.ndc import known_as

_PLAIN = (
    CodeSystem.HCPCS,
    CodeSystem.CPT,
    CodeSystem.CDT,
    CodeSystem.MODIFIER,
    CodeSystem.GROUP,
    CodeSystem.NDC,
)
_BARE_ICD = 3  # characters of an ICD-10-CM code before its dot


@dataclass(frozen=True, slots=True)
class Meaning:
    """What is known of a code.

    Parameters
    ----------
    code
        The code as it is written in its set.
    icd10
        Its entry in the ICD-10-CM list; None where it is no such code.
    facts
        The facts about it, in own words, each with its source. A number can mean something in
        several sets, such as 50 as a modifier and as a reason of a denial.
    """

    code: str
    icd10: Icd10 | None
    facts: tuple[Fact, ...]


def meaning(text: str, known: Mapping[str, Fact]) -> Meaning:
    """Tell what is known of a code, written with or without dot, group or hyphens."""
    name = text.strip().upper()
    code = _dotted(name)
    entry = lookup(code)
    found = [fact for fact, _ in about(known, name, *_PLAIN)]
    if entry is not None:
        found += [fact for fact, _ in about(known, code, CodeSystem.ICD10CM)]
    found += [fact for fact, _ in known_as(name, known)]
    for said in (explain_carc(name, known), explain_rarc(name, known)):
        found += [known[fact] for fact in said.facts] if said else []
    return Meaning(
        code if entry else name, entry, tuple({item.id: item for item in found}.values())
    )


def _dotted(name: str) -> str:
    bare = name.replace(".", "")
    return f"{bare[:_BARE_ICD]}.{bare[_BARE_ICD:]}" if len(bare) > _BARE_ICD else bare


@dataclass(frozen=True, slots=True)
class Notes:
    """The words of the ICD-10-CM list at a code (public domain), with those of its headings.

    Parameters
    ----------
    title
        Its title.
    includes
        Terms that it includes.
    excludes1, excludes2
        What is not coded with it, and what is not meant by it; each with the code whose note it is.
    """

    title: str
    includes: tuple[str, ...]
    excludes1: tuple[tuple[str, str], ...]
    excludes2: tuple[tuple[str, str], ...]


def notes(entry: Icd10) -> Notes | None:
    """Read the words of the list at a code; None where the installed package has no such code.

    The package builds its tree first, which takes some seconds: only for a person who asks.
    """
    icd: Any = import_module("simple_icd_10_cm")
    if not icd.is_category_or_subcategory(entry.code):
        return None
    above = [entry.code, *icd.get_ancestors(entry.code)]
    within = [code for code in dict.fromkeys(above) if not icd.is_chapter(code)]
    return Notes(
        title=icd.get_description(entry.code),
        includes=tuple(icd.get_inclusion_term(entry.code)),
        excludes1=tuple((code, text) for code in within for text in icd.get_excludes1(code)),
        excludes2=tuple((code, text) for code in within for text in icd.get_excludes2(code)),
    )
