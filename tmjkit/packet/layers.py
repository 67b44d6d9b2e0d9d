"""Layers that a document hides stay hidden in the packet (ISO 32000-1, 8.11)."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PdfReader, PdfWriter


def carry_layers(writer: "PdfWriter", reader: "PdfReader") -> None:
    """Take over which layers of a file are shown; call it after its pages were added."""
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject  # noqa: PLC0415 -- heavy

    found = reader.root_object.get("/OCProperties")
    layers: Any = found.get_object() if found is not None else {}
    if "/OCGs" not in layers:
        return
    setting = layers.get("/D", {}).get_object() if "/D" in layers else {}
    every = list(layers["/OCGs"].get_object())
    on, off = (_ids(setting.get(key)) for key in ("/ON", "/OFF"))
    hidden_first = setting.get("/BaseState") == "/OFF"
    mine = writer.root_object.setdefault(
        NameObject("/OCProperties"),
        DictionaryObject(
            {
                NameObject("/OCGs"): ArrayObject(),
                NameObject("/D"): DictionaryObject({NameObject("/OFF"): ArrayObject()}),
            }
        ),
    )
    for layer in every:
        copy = layer.get_object().clone(writer).indirect_reference
        mine["/OCGs"].append(copy)
        hidden = layer.idnum in off or (hidden_first and layer.idnum not in on)
        if hidden:
            mine["/D"]["/OFF"].append(copy)


def _ids(layers: Any) -> set[int]:
    return {layer.idnum for layer in layers.get_object()} if layers is not None else set()
