"""What pages draw: read under a limit, and taken over without packing it anew where it is sound."""

import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pypdf import PageObject
    from pypdf.generic import StreamObject

_FLATE: Final = ("/FlateDecode", "/Fl")


class TooLarge(Exception):  # noqa: N818 -- it says what is wrong
    """What is drawn, once unpacked, is more than the limit."""


def streams(page: "PageObject") -> "list[StreamObject]":
    """Return the streams of a page's contents, in order.

    Raises
    ------
    TypeError
        When its contents are no streams.
    """
    from pypdf.generic import ArrayObject, NullObject, StreamObject  # noqa: PLC0415 -- heavy

    contents: Any = page.get("/Contents")
    found = contents.get_object() if contents is not None else None
    if found is None or isinstance(found, NullObject):
        return []
    items = list(found) if isinstance(found, ArrayObject) else [found]
    resolved = [item.get_object() for item in items]
    kept = [item for item in resolved if item is not None and not isinstance(item, NullObject)]
    if not all(isinstance(item, StreamObject) for item in kept):
        raise TypeError("contents that are no streams")
    return kept


def decoded(page: "PageObject", most: int) -> bytes:
    """Return what a page draws.

    Raises
    ------
    TooLarge
        When it is more than so many bytes.
    """
    parts: list[bytes] = []
    for data in _each(page, most):
        parts.append(data)
        most -= len(data)
    return b"\n".join(parts)


def measured(page: "PageObject", most: int) -> int:
    """Unpack what a page draws, to see that it can be read, and return how much it is.

    Raises
    ------
    TooLarge
        When it is more than so many bytes.
    """
    size = 0
    for data in _each(page, most):
        size += len(data)
    return size


def _each(page: "PageObject", most: int) -> Iterator[bytes]:
    from pypdf.errors import LimitReachedError  # noqa: PLC0415 -- heavy
    from pypdf.filters import decode_stream_data  # noqa: PLC0415 -- heavy

    for stream in streams(page):
        sound = _unpacked(stream, most)
        if sound is None:
            try:
                # Not `get_data`: it would keep what it unpacked of every page in memory.
                sound = decode_stream_data(stream) if "/Filter" in stream else stream._data
            except LimitReachedError:
                raise TooLarge from None
        if len(sound) > most:
            raise TooLarge
        most -= len(sound)
        yield sound


def packed(page: "PageObject", most: int) -> bytes:
    """Return what a page draws, packed with Flate.

    One sound stream stays as it is packed; several, and others, are packed anew.
    """
    found = streams(page)
    if len(found) == 1 and _unpacked(found[0], most) is not None:
        return found[0]._data
    return zlib.compress(decoded(page, most), 6)


def _unpacked(stream: "StreamObject", most: int) -> bytes | None:
    """Unpack a stream that is packed once with Flate and is whole; None for any other.

    Raises
    ------
    TooLarge
        When it is more than so many bytes.
    """
    filters: Any = stream.get("/Filter")
    filters = filters.get_object() if filters is not None else None
    if isinstance(filters, list):
        filters = filters[0] if len(filters) == 1 else None
    if filters not in _FLATE or "/DecodeParms" in stream or "/F" in stream:
        return None
    unpacking = zlib.decompressobj()
    try:
        data = unpacking.decompress(stream._data, most + 1)
    except zlib.error:
        return None
    if len(data) > most:
        raise TooLarge
    return data if unpacking.eof else None
