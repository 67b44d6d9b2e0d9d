"""Makes fillable PDFs with fields like those of a claim form."""

import io

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)


def _box(place):
    left, top = 40, 740 - 24 * place
    return ArrayObject([FloatObject(value) for value in (left, top, left + 220, top + 18)])


def _text(name, place, longest):
    field = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Tx"),
            NameObject("/T"): TextStringObject(name),
            NameObject("/DA"): TextStringObject("/Helv 10 Tf 0 g"),
            NameObject("/F"): NumberObject(4),
            NameObject("/Rect"): _box(place),
        }
    )
    if longest:
        field[NameObject("/MaxLen")] = NumberObject(longest)
    return field


def _button(writer, name, place, states):
    shapes = DictionaryObject(
        {
            NameObject(f"/{state}"): writer._add_object(DecodedStreamObject())
            for state in (*states, "Off")
        }
    )
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Btn"),
            NameObject("/T"): TextStringObject(name),
            NameObject("/F"): NumberObject(4),
            NameObject("/AS"): NameObject("/Off"),
            NameObject("/V"): NameObject("/Off"),
            NameObject("/AP"): DictionaryObject({NameObject("/N"): shapes}),
            NameObject("/Rect"): _box(place),
        }
    )


def fillable(texts=None, buttons=None, *, password="", xfa=False):
    """Return a PDF with text fields (name -> longest text) and small boxes (name -> states)."""
    writer = PdfWriter()
    page = writer.add_blank_page(612, 792)
    fields = ArrayObject()
    for place, (name, longest) in enumerate((texts or {}).items()):
        fields.append(writer._add_object(_text(name, place, longest)))
    for place, (name, states) in enumerate((buttons or {}).items(), len(texts or {})):
        fields.append(writer._add_object(_button(writer, name, place, states)))
    page[NameObject("/Annots")] = fields
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    form = DictionaryObject(
        {
            NameObject("/Fields"): fields,
            NameObject("/DR"): DictionaryObject(
                {
                    NameObject("/Font"): DictionaryObject(
                        {NameObject("/Helv"): writer._add_object(font)}
                    )
                }
            ),
        }
    )
    if xfa:
        form[NameObject("/XFA")] = ArrayObject()
    writer.root_object[NameObject("/AcroForm")] = writer._add_object(form)
    if password:
        writer.encrypt(password)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()
