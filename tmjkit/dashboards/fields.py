"""What a record's form has to ask, read from the record's pydantic model.

Label, help, unit and range stand in the model once; a field that is added there shows up in the
form without a word of widget code.
"""

import datetime as dt
import enum
import types
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, Final, Union, get_args, get_origin

import annotated_types
from pydantic import BaseModel, StringConstraints
from pydantic.fields import FieldInfo

from tmjkit.case import Choice, PartialDate, Record
from tmjkit.dashboards.words import label_of

_LONG: Final = 300
_LEFT_OUT: Final = frozenset({"id", "sources", "format"})

# Fields that hold an identifier given by others, and not the id of a record.
_NOT_REFERENCES: Final = frozenset({"tax_id", "payer_id", "member_id", "group_id"})
_TARGETS: Final[dict[str, tuple[str, ...]]] = {
    "document_id": ("documents",),
    "contact_id": ("contacts",),
    "provider_id": ("providers",),
    "asserter_id": ("providers",),
    "performer_id": ("providers",),
    "rendering_id": ("providers",),
    "referring_id": ("providers",),
    "facility_id": ("providers",),
    "coverage_id": ("coverages",),
    "determination_id": ("determinations",),
    "about_id": ("requests", "claims", "appeals", "determinations", "treatments", "sessions"),
}


class Kind(enum.Enum):
    """How a field is asked."""

    LINE = "one line of text"
    NOTE = "free text"
    LIST = "words, separated by commas"
    CHOICE = "one of a list"
    REFERENCE = "a record of the case"
    PARTIAL_DATE = "a date, as far as it is known"
    DAY = "a day"
    TIME = "a time of day"
    WHOLE = "a whole number"
    NUMBER = "a number"
    FLAG = "yes or no"
    YES_NO = "yes, no or not known"
    GROUP = "several fields"
    PARTS = "a list of parts"


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form.

    Parameters
    ----------
    path
        Name of the field; with dots inside a group.
    label, help, unit
        What people read.
    kind
        How it is asked.
    required
        Whether the record can't be without it.
    default
        What a new record has, as the form writes it; empty when nothing.
    options
        Label and code of each choice.
    targets
        Lists of the case that a reference can point into.
    minimum, maximum
        Range of a number, where there is one.
    fields
        The fields of a group, or of each part of a list.
    """

    path: str
    label: str
    help: str
    kind: Kind
    unit: str = ""
    required: bool = False
    default: str = ""
    options: tuple[tuple[str, str], ...] = ()
    targets: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    fields: tuple["Field", ...] = ()

    @property
    def accepted(self) -> str:
        """What a number can be, in words."""
        kind = "a whole number" if self.kind is Kind.WHOLE else "a number"
        low = "" if self.minimum is None else f" from {self.minimum:g}"
        high = "" if self.maximum is None else f" to {self.maximum:g}"
        return f"{kind}{low}{high} {self.unit}".rstrip()


@lru_cache(maxsize=64)
def fields_of(model: type[BaseModel], prefix: str = "", group: str = "") -> tuple[Field, ...]:
    """Return the fields of a model in its order; id and sources are not asked here."""
    asked = [name for name in model.model_fields if name not in _LEFT_OUT]
    return tuple(
        _field(f"{prefix}{name}", name, model.model_fields[name], group)
        # The note is the first field of every record, and the last thing that one asks.
        for name in sorted(asked, key=lambda name: name == "note")
    )


def editable(model: type[Record]) -> bool:
    """Tell whether people can fill in the record: a document's digest comes from its file."""
    return "sha256" not in model.model_fields


def parts_of(field: Field, count: int) -> tuple[tuple[Field, ...], ...]:
    """Return the fields of so many parts of a list, each with its own path."""
    return tuple(
        tuple(replace(one, path=f"{field.path}.{place}.{one.path}") for one in field.fields)
        for place in range(count)
    )


def _field(path: str, name: str, info: FieldInfo, group: str) -> Field:
    kind, details = _kind(name, path, info)
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    label = label_of(name, info)
    numeric = kind in (Kind.WHOLE, Kind.NUMBER)
    return Field(
        path=path,
        label=f"{group}: {label.lower()}" if group else label,
        help=(info.description or "").strip(),
        kind=kind,
        unit=str(extra.get("unit", "")),
        required=info.is_required() or _needs_text(info),
        default=_default(info),
        minimum=_bound(info, "ge", "gt") if numeric else None,
        maximum=_bound(info, "le", "lt") if numeric else None,
        **details,
    )


def _kind(name: str, path: str, info: FieldInfo) -> tuple[Kind, dict[str, Any]]:
    bare, optional = _bare(info.annotation)
    if name.endswith("_id") and name not in _NOT_REFERENCES:
        return Kind.REFERENCE, {"targets": _TARGETS.get(name, ())}
    if get_origin(bare) is tuple:
        inside, _ = _bare(get_args(bare)[0])
        if inside is str:
            return Kind.LIST, {}
        return Kind.PARTS, {"fields": fields_of(inside)}
    if isinstance(bare, type) and issubclass(bare, Choice):
        return Kind.CHOICE, {"options": tuple((one.label, one.value) for one in bare)}
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        return Kind.GROUP, {"fields": fields_of(bare, f"{path}.", label_of(name, info))}
    plain = {
        PartialDate: Kind.PARTIAL_DATE,
        dt.date: Kind.DAY,
        dt.time: Kind.TIME,
        int: Kind.WHOLE,
        float: Kind.NUMBER,
        Decimal: Kind.NUMBER,
        bool: Kind.YES_NO if optional else Kind.FLAG,
        str: Kind.NOTE if _length(info) > _LONG else Kind.LINE,
    }
    return plain[bare], {}


def _bare(annotation: Any) -> tuple[Any, bool]:
    """Take away what stands around a type: Annotated and None."""
    optional = False
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation = get_args(annotation)[0]
        elif origin in (Union, types.UnionType):
            inside = [one for one in get_args(annotation) if one is not type(None)]
            optional = len(inside) < len(get_args(annotation))
            if len(inside) != 1:
                return None, optional
            annotation = inside[0]
        else:
            return annotation, optional


def _constraints(info: FieldInfo) -> list[Any]:
    found = list(info.metadata)
    for one in (info.annotation, *get_args(info.annotation)):
        if get_origin(one) is Annotated:
            found += get_args(one)[1:]
    return found


def _length(info: FieldInfo) -> int:
    lengths = [
        one.max_length
        for one in _constraints(info)
        if isinstance(one, StringConstraints | annotated_types.MaxLen) and one.max_length
    ]
    return max(lengths, default=0)


def _needs_text(info: FieldInfo) -> bool:
    return any(
        isinstance(one, annotated_types.MinLen) and one.min_length > 0 for one in info.metadata
    )


def _bound(info: FieldInfo, *names: str) -> float | None:
    for one in _constraints(info):
        for name in names:
            value = getattr(one, name, None)
            if value is not None:
                return float(value)
    return None


def _default(info: FieldInfo) -> str:
    value = info.get_default(call_default_factory=False)
    if info.is_required() or value in (None, "", ()) or info.default_factory is not None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    return str(value.value) if isinstance(value, enum.Enum) else str(value)
