"""A record's data as the texts of its form, and back; and what is wrong with it, by field."""

from collections.abc import Iterator, Mapping
from typing import Any

from tmjkit.case import CaseError
from tmjkit.dashboards.days import day_of
from tmjkit.dashboards.fields import Field, Kind, parts_of
from tmjkit.dashboards.form_errors import told
from tmjkit.dashboards.form_words import unfinished
from tmjkit.dashboards.record_sources import SOURCE, SOURCE_PAGE
from tmjkit.language import translated

Fields = tuple[Field, ...]
Texts = Mapping[str, str]

_NO_DAY = "no day"


def texts_of(fields: Fields, data: Mapping[str, Any]) -> dict[str, str]:
    """Return what stands in each field, by path; what a new record has where there is no data."""
    return dict(_texts(fields, data))


def data_of(fields: Fields, texts: Texts) -> dict[str, Any]:
    """Return the data that the texts of a form say; what stands empty is left out."""
    data: dict[str, Any] = {}
    for field in fields:
        name = field.path.rpartition(".")[2]
        if field.kind is Kind.GROUP:
            inside = data_of(field.fields, texts)
            if any(inside.values()):
                data[name] = inside
        elif field.kind is Kind.PARTS:
            data[name] = [data_of(part, texts) for part in parts_in(field, texts)]
        else:
            text = texts.get(field.path, "")
            if field.kind not in (Kind.LINE, Kind.NOTE):
                text = text.strip()
            if text or field.kind is Kind.FLAG:
                data[name] = _value(field, text)
    return data


def parts_in(field: Field, texts: Texts) -> tuple[Fields, ...]:
    """Return the fields of each part of a list that is asked at the moment."""
    return parts_of(field, int(texts.get(field.path) or 0))


def asked(fields: Fields, texts: Texts) -> Iterator[Field]:
    """Yield every field that is asked at the moment, with those of groups and parts."""
    for field in fields:
        yield field
        if field.kind is Kind.PARTS:
            for part in parts_in(field, texts):
                yield from part
        else:
            yield from asked(field.fields, texts)


def problems(error: CaseError, fields: Fields, texts: Texts) -> dict[str, str]:
    """Return what is wrong, by the path of the field that asks it; empty for the whole record."""
    return dict(_problems(error, {field.path: field for field in asked(fields, texts)}, texts))


def _texts(fields: Fields, data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for field in fields:
        value = data.get(field.path.rpartition(".")[2])
        if field.kind is Kind.GROUP:
            yield from _texts(field.fields, value or {})
        elif field.kind is Kind.PARTS:
            parts = value or []
            yield field.path, str(len(parts))
            for inside, part in zip(parts_of(field, len(parts)), parts, strict=True):
                yield from _texts(inside, part)
        else:
            yield field.path, _text(value) if data else field.default


def _problems(
    error: CaseError, known: Mapping[str, Field], texts: Texts
) -> Iterator[tuple[str, str]]:
    for problem in error.problems:
        path, why = problem.field, told(problem.accepted)
        if path.startswith("sources"):
            yield (SOURCE_PAGE if "page" in path else SOURCE), why
            continue
        while path and path not in known:
            path = path.rpartition(".")[0]
        field = known.get(path)
        if field and not texts.get(path, "").strip():
            why = translated("is missing and is needed")
        elif field and field.kind in (Kind.WHOLE, Kind.NUMBER):
            why = told(f"should be {field.accepted}")
        elif field and field.kind is Kind.DAY and day_of(texts[path]) is None:
            why = unfinished()
        yield path, why


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _value(field: Field, text: str) -> Any:
    if field.kind in (Kind.FLAG, Kind.YES_NO):
        return text == "yes"
    if field.kind is Kind.LIST:
        return [part.strip() for part in text.split(",") if part.strip()]
    if field.kind is Kind.DAY:
        # What is no day must not hold: pydantic reads a bare number as seconds since 1970.
        return day_of(text) or _NO_DAY
    return text
