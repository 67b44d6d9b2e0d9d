"""Fills the values into the user's own fillable PDF, by a map from places to its field names.

The map is YAML: `24.1.code: cpt1`. A small box names the field and the state that crosses it:
`6.self: {field: rel_to_ins, value: S}`.
"""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tmjkit.packet.claim.model import ClaimError, Cms1500
from tmjkit.packet.claim.slots import BY_KEY, printed
from tmjkit.reading.paper import quiet

if TYPE_CHECKING:
    from pypdf import PdfReader

_MOST_MAP: Final = 200_000  # bytes; a map of every place is a tenth of it
_NO_PDF: Final = "the form is no PDF that can be read: download or export it again"
_DEEPEST: Final = 50
_SIGNS: Final = re.compile(r"^(12|13|31)([._-]|$)")


@dataclass(frozen=True, slots=True)
class Target:
    """A field of a PDF: its name, and the state that crosses it where it is a small box."""

    field: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """A field as the PDF has it: its name, kind, longest text and states."""

    name: str
    kind: str
    longest: int | None = None
    states: tuple[str, ...] = ()


def read_map(text: str) -> dict[str, Target]:
    """Read a field map.

    Raises
    ------
    ClaimError
        When it is no YAML of places and field names, names a place that is not there, or a
        signature.
    """
    import yaml  # noqa: PLC0415 -- heavy

    if len(text.encode()) > _MOST_MAP:
        raise ClaimError("the field map is too large to be one")
    try:
        content = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        raise ClaimError("the field map is no YAML: write lines such as '1a: insured_id'") from None
    if not isinstance(content, dict) or not content:
        raise ClaimError("the field map should have lines such as '1a: insured_id'")
    return {_key(key): _target(key, found) for key, found in content.items()}


def _key(key: object) -> str:
    text = str(key)
    if _SIGNS.match(text):
        raise ClaimError(f"the field map has {text}: signature boxes are never filled in")
    if text not in BY_KEY:
        raise ClaimError(
            f"the field map has '{text[:40]}', which is no place of the form: "
            "'tmjkit claim places' lists them"
        )
    return text


def _target(key: object, found: object) -> Target:
    if isinstance(found, str) and found:
        return Target(found)
    if isinstance(found, dict) and isinstance(found.get("field"), str):
        return Target(found["field"], str(found.get("value", "")))
    raise ClaimError(
        f"the field map at {key}: write a field's name, or 'field:' and 'value:' for a small box"
    )


def field_names(pdf: bytes) -> tuple[FieldInfo, ...]:
    """Return the fields of a fillable PDF, in its order.

    Raises
    ------
    ClaimError
        When the PDF is damaged, locked, has no fields, or keeps them in Adobe's own form (XFA).
    """
    reader = _open(pdf)
    with quiet():
        try:
            longest = _longest(reader)
        except Exception:
            raise ClaimError(_NO_PDF) from None
    fields = reader.get_fields() or {}
    return tuple(_info(name, found, longest.get(name)) for name, found in fields.items())


def fill(pdf: bytes, field_map: Mapping[str, Target], values: Mapping[str, str]) -> bytes:
    """Return the PDF with the values in its fields.

    The fields stay fields, each with its appearance made, so that every viewer and printer shows
    the values. What is too long for its place of the form is left out, as on paper, and names are
    cut.

    Parameters
    ----------
    pdf
        The fillable form.
    field_map
        Key of a place to the field for it, as `read_map` gives it.
    values
        Key of a place to what stands there (`Sheet.values`).

    Raises
    ------
    ClaimError
        When the PDF can't be filled, or a field is missing, too short, or has no such state.
        It names field and place, never a value.
    """
    from pypdf import PdfWriter  # noqa: PLC0415 -- heavy

    reader = _open(pdf)
    known = {found.name: found for found in field_names(pdf)}
    wanted: dict[str, Any] = {}
    for key, text in printed(values).items():
        target = field_map.get(key)
        if target is not None:
            wanted[target.field] = _fitting(key, text, target, known)
    with quiet():
        try:
            writer = PdfWriter(clone_from=reader)
            for page in writer.pages:
                if "/Annots" in page:
                    writer.update_page_form_field_values(page, wanted, auto_regenerate=False)
            buffer = io.BytesIO()
            writer.write(buffer)
        except Exception:
            # Not chained: the cause could quote a value.
            raise ClaimError(
                "the form's fields can't be written: open it in a PDF viewer, save it under a new "
                "name, and use that"
            ) from None
    return buffer.getvalue()


def fill_form(pdf: bytes, field_map: Mapping[str, Target], form: Cms1500) -> tuple[bytes, ...]:
    """Return the PDF filled once for each of the claim's forms."""
    return tuple(fill(pdf, field_map, sheet.values) for sheet in form.sheets)


def _fitting(key: str, text: str, target: Target, known: Mapping[str, FieldInfo]) -> str:
    found = known.get(target.field)
    if found is None:
        raise ClaimError(
            f"the form has no field '{target.field}', which the map has for {key}: "
            "'tmjkit claim fields' lists its fields"
        )
    if BY_KEY[key].mark:
        state = target.value or (found.states[0] if len(found.states) == 1 else "")
        if not found.states:  # a text field that takes the cross
            return text
        if state not in found.states:
            raise ClaimError(
                f"the field '{target.field}' for {key} can be set to: {', '.join(found.states)}; "
                "give one of them as 'value' in the map"
            )
        return f"/{state}"
    if found.longest is not None and len(text) > found.longest:
        raise ClaimError(
            f"the field '{target.field}' for {key} takes {found.longest} characters, and the value "
            f"has {len(text)}"
        )
    return text


def _open(pdf: bytes) -> "PdfReader":
    from pypdf import PdfReader  # noqa: PLC0415 -- heavy

    with quiet():
        try:
            reader = PdfReader(io.BytesIO(pdf))
            locked = reader.is_encrypted
            form = {} if locked else reader.root_object.get("/AcroForm", {})
            form = form.get_object() if hasattr(form, "get_object") else form
            fields = bool(form and reader.get_fields())
        except Exception:
            raise ClaimError(_NO_PDF) from None
    if locked:
        raise ClaimError(
            "the form is locked: open it with its password, print it to a new fillable PDF without "
            "one, or ask who made it for one that can be filled in"
        )
    if "/XFA" in form:
        raise ClaimError(
            "the form is one that only Adobe Reader can fill (XFA): use a form with ordinary fields"
        )
    if not fields:
        raise ClaimError(
            "the form has no fields to fill: use a fillable PDF, or print the values with --overlay"
        )
    return reader


def _info(name: str, found: Any, longest: int | None) -> FieldInfo:
    kind = {"/Tx": "text", "/Btn": "button", "/Ch": "choice"}.get(str(found.get("/FT")), "other")
    states = tuple(
        str(state).removeprefix("/")
        for state in found.get("/_States_", ())
        if str(state) not in ("/Off", "Off")
    )
    return FieldInfo(name, kind, longest, states)


def _longest(reader: "PdfReader") -> dict[str, int]:
    """Return the longest text of the fields that have one, of their own or a parent's."""
    found = {}
    for page in reader.pages:
        for reference in page.get("/Annots", ()):
            names, size = [], None
            node = reference.get_object()
            for _ in range(_DEEPEST):  # a damaged file can name a field as its own parent
                names += [str(node["/T"])] if "/T" in node else []
                size = size if size is not None else node.get("/MaxLen")
                if "/Parent" not in node:
                    break
                node = node["/Parent"].get_object()
            if size is not None:
                found[".".join(reversed(names))] = int(size)
    return found
