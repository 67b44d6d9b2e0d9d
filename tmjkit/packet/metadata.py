"""What the file says of itself: title and language, and nothing of people, machines or times."""

import io
from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pypdf import PdfWriter

_PRODUCER: Final = "tmjkit"
_XMP: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
   <dc:format>application/pdf</dc:format>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
   <pdf:Producer>{producer}</pdf:Producer>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def written(writer: "PdfWriter", title: str, language: str, identity: bytes) -> bytes:
    """Write the packet as a file; the same packet is always the same bytes.

    Parameters
    ----------
    writer
        The packet.
    title
        Title of the file; nothing about the patient.
    language
        Language of the letter (BCP 47).
    identity
        Sixteen bytes of what the packet is made of, and not of the clock.
    """
    from pypdf.generic import (  # noqa: PLC0415 -- heavy
        ArrayObject,
        BooleanObject,
        ByteStringObject,
        DecodedStreamObject,
        DictionaryObject,
        NameObject,
    )

    writer.metadata = {"/Title": title, "/Producer": _PRODUCER}
    told = DecodedStreamObject()
    xmp = _XMP.format(title=escape(title), language=escape(language), producer=_PRODUCER)
    told.set_data(xmp.encode())
    told[NameObject("/Type")] = NameObject("/Metadata")
    told[NameObject("/Subtype")] = NameObject("/XML")
    catalog = writer.root_object
    catalog[NameObject("/Metadata")] = writer._add_object(told)
    catalog[NameObject("/PageMode")] = NameObject("/UseOutlines")
    catalog[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/DisplayDocTitle"): BooleanObject(value=True)}
    )
    writer.pdf_header = "%PDF-1.7"
    writer._ID = ArrayObject([ByteStringObject(identity), ByteStringObject(identity)])
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()
