"""Whether a file that somebody chose can be taken: its kind by its first bytes, and that it opens.

Models only: no widget here.
"""

import io
import json
import unicodedata
import warnings
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from tmjkit.case import CaseError
from tmjkit.reading.paper import read_document

LIMIT_BYTES: Final = 250 * 1024 * 1024
"""The largest file, where a panel names no smaller one."""

NAMES: Final = {
    "application/pdf": "PDF",
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/tiff": "TIFF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word (DOCX)",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel (XLSX)",
    "text/plain": "text (TXT)",
    "application/json": "JSON",
}
ENDINGS: Final = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/tiff": (".tif", ".tiff"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "text/plain": (".txt",),
    "application/json": (".json",),
}
PAPERS: Final = tuple(kind for kind in NAMES if kind != "application/json")
"""What a document of a case can be."""

_HEIC: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif"})
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PIXELS: Final = 150_000_000  # a letter page at 1200 dpi has 135 million
_LOADED_PIXELS: Final = 60_000_000
_NAME_LENGTH: Final = 200


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file that was taken.

    Parameters
    ----------
    name
        What it is called on the machine of who chose it, without folders; holds patients' names
        as people write them, so it is a value of the case like any other.
    data
        Its bytes.
    media_type
        What it is by its content.
    """

    name: str
    data: bytes
    media_type: str


class UploadRefused(Exception):  # noqa: N818 -- a refusal, told to people in its words
    """The file can't be taken; the text says why and what would be right."""


def checked(
    name: str, data: bytes, accept: tuple[str, ...], limit_bytes: int = LIMIT_BYTES
) -> UploadedFile:
    """Check a file.

    Parameters
    ----------
    name
        Its name as the browser tells it.
    data
        Its bytes.
    accept
        Media types that can be taken here, of those in `NAMES`.
    limit_bytes
        The largest that can be taken.

    Raises
    ------
    UploadRefused
        When it is empty, too large, of another kind, damaged, or locked with a password.
    """
    if not data:
        raise UploadRefused("the file is empty.")
    if len(data) > limit_bytes:
        raise UploadRefused(f"the file is larger than {megabytes(limit_bytes)}.")
    plain = plain_name(name)
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        raise UploadRefused(
            "it is a picture as iPhones keep it (HEIC), which few programs of payers open. "
            f"Save it as JPEG first. {_taken(accept)}"
        )
    if data.startswith(_OLD_OFFICE):
        raise UploadRefused(
            "it is an office file of the old kind, or one with a password. Save it again without "
            f"a password, as DOCX or PDF. {_taken(accept)}"
        )
    try:
        described = read_document(
            data, ending=PurePath(plain).suffix, name="uploaded file", kind="other"
        )
    except CaseError as error:
        why = "; ".join(problem.accepted for problem in error.problems)
        raise UploadRefused(f"it {why}. {_taken(accept)}") from None
    kind = described.media_type
    if kind not in accept:
        raise UploadRefused(f"it is of the kind {NAMES.get(kind, kind)}. {_taken(accept)}")
    if kind.startswith("image/"):
        _see(data)
    elif kind == "application/json":
        _parse(data)
    elif "openxmlformats" in kind:
        _unzip(data)
    return UploadedFile(plain, data, kind)


def plain_name(name: str) -> str:
    """Return a file's name without folders and without characters that nobody sees."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(one for one in last if not unicodedata.category(one).startswith("C")).strip()
    if len(seen) > _NAME_LENGTH:
        ending = PurePath(seen).suffix[:10]
        seen = seen[: _NAME_LENGTH - len(ending)] + ending
    return seen or "file"


def megabytes(count: int) -> str:
    """Write a size as people read it: megabytes of 1024 x 1024 bytes, rounded down."""
    return f"{count // (1024 * 1024)} MB" if count >= 1024 * 1024 else f"{count // 1024} KB"


def _taken(accept: tuple[str, ...]) -> str:
    names = [NAMES[kind] for kind in accept]
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
    return f"Here {listed} is taken."


def _see(data: bytes) -> None:
    from PIL import Image  # noqa: PLC0415 -- heavy

    damaged = UploadRefused("it is a picture that doesn't open: it is damaged.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of large pictures; they are counted here
        try:
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF")) as picture:
                pixels = picture.width * picture.height
                if 0 < pixels <= _LOADED_PIXELS:
                    picture.load()
                elif pixels <= _PIXELS:
                    picture.verify()
        except Image.DecompressionBombError:
            pixels = _PIXELS + 1
        except Exception:  # Pillow raises anything on bytes that are no picture
            raise damaged from None
    if pixels == 0:
        raise damaged
    if pixels > _PIXELS:
        raise UploadRefused(
            "it is a picture of too many pixels to be opened. Scan it with 300 dots per inch."
        )


def _parse(data: bytes) -> None:
    try:
        json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise UploadRefused("it should be JSON, and is damaged.") from None


def _unzip(data: bytes) -> None:
    import zipfile  # noqa: PLC0415 -- only for office files

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            whole = "[Content_Types].xml" in names
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        whole = False
    if not whole:
        raise UploadRefused("it is an office file that doesn't open: it is damaged.")
