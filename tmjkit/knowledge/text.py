"""Reads the YAML of a knowledge file as data only, strictly."""

from collections.abc import Hashable
from typing import Any, Final

import yaml

# The parser in C reads the same YAML several times faster; PyYAML may be built without it.
_Loader: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


_DEEPEST: Final = 60


class KnowledgeError(ValueError):
    """A knowledge file that can't be accepted; the text names file, fact and field."""


class _Strict(_Loader):  # type: ignore[misc]
    """YAML as data only, in which a key that stands twice is an error."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 -- PyYAML's signature
        keys: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue
            if key.value in keys:
                raise KnowledgeError(f"{_line(key)}: the key '{shown(key.value)}' stands twice")
            keys.add(key.value)
        built: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return built


def parse(text: str) -> Any:
    """Read one YAML document.

    A key that stands twice is an error and not the last one; so is an alias, through which a
    small file could stand for a huge one.

    Raises
    ------
    KnowledgeError
        When it can't be read; the text names the line and repeats no sentence.
    """
    try:
        _check(text)
        return yaml.load(text, _Strict)  # noqa: S506 -- derived from the safe loader
    except KnowledgeError:
        raise
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}: " if mark else ""
        raise KnowledgeError(f"{place}should be YAML") from None
    except (ValueError, OverflowError, TypeError):  # such as a date that does not exist
        raise KnowledgeError("should be YAML whose values exist") from None


def _check(text: str) -> None:
    # Before any tree is built: the parser in C ends the whole program on a tree too deep for it.
    depth = 0
    for event in yaml.parse(text, _Loader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise KnowledgeError(f"{_line(event)}: should not be nested so deeply")
        if isinstance(event, yaml.AliasEvent):
            raise KnowledgeError(f"{_line(event)}: should be written out: no anchors and aliases")
        if getattr(event, "tag", None) is not None:
            raise KnowledgeError(f"{_line(event)}: should be a plain value, without a tag")


def _line(place: Any) -> str:
    return f"line {place.start_mark.line + 1}"


def shown(word: object) -> str:
    """Return a word of a file as an error may repeat it: an id or a key, and no sentence."""
    text = str(word)
    fits = len(text) <= 80 and all(c.isalnum() or c in "-_." for c in text)  # noqa: PLR2004
    return text if text and fits else "…"
