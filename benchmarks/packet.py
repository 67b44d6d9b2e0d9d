"""How long a packet takes, beside what pypdf alone takes to merge the same files."""

import gc
import hashlib
import io
import random
import resource
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import typst
from _table import write
from PIL import Image
from pypdf import PdfReader, PdfWriter

from tmjkit import examples
from tmjkit.case import Case, Document
from tmjkit.letters import Exhibit, Letter, compose
from tmjkit.packet import Options, Packet, assemble, merge
from tmjkit.packet.images import image_pdf
from tmjkit.packet.parts import Part

ROUNDS = 11
TODAY = date(2026, 11, 23)
WORDS = (
    "pain jaw splint opening visit noted muscle masseter temporalis dose units weeks follow plan "
    "denied request therapy exercise"
)


def notes(pages: int, seed: int) -> bytes:
    """Return visit notes: text with headings, as a word processor writes them."""
    chance = random.Random(seed)  # noqa: S311 -- made-up files
    text = "\n#pagebreak()\n".join(
        f"= Visit note {number}\n"
        + "\n\n".join(" ".join(chance.choices(WORDS.split(), k=90)) for _ in range(5))
        for number in range(pages)
    )
    setup = "#set page(width: 612pt, height: 792pt, margin: 60pt)\n"
    return typst.compile((setup + text).encode(), timestamp=0)


def scan(pages: int, seed: int) -> bytes:
    """Return a scan: a JPEG of a grey page for each sheet, about 100 kB each."""
    chance = random.Random(seed)  # noqa: S311 -- made-up files
    writer = PdfWriter()
    for _ in range(pages):
        noise = Image.frombytes("L", (170, 220), chance.randbytes(170 * 220))
        picture = noise.resize((850, 1100))
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", quality=60, dpi=(100, 100))
        made = image_pdf(buffer.getvalue())
        writer.append(PdfReader(io.BytesIO(made or b"")))
    merged = io.BytesIO()
    writer.write(merged)
    return merged.getvalue()


def input_of(
    files: Mapping[str, bytes], *, bare: bool
) -> tuple[Letter, Case, Callable[[str], bytes]]:
    """Return the ERISA case's appeal with these files as more exhibits.

    A bare one is of a kind of its own, and of a case without any treatment: its packet is letter,
    index and exhibits.
    """
    example = examples.load("self-funded-erisa-denial")
    letter = compose("appeal", example.case, today=TODAY)
    store = dict(example.documents)
    documents = []
    for name, data in files.items():
        digest = hashlib.sha256(data).hexdigest()
        documents.append(Document(id=f"document-{name}", name=name, size=len(data), sha256=digest))
        store[digest] = data
    more = tuple(
        Exhibit(f"X{place}", document.id, document.name) for place, document in enumerate(documents)
    )
    if bare:
        case = Case(id="case-benchmark", documents=documents)
        cited = replace(letter, kind="benchmark", exhibits=more, facts=(), about_id="")
    else:
        known = (*example.case.documents, *documents)
        case = example.case.model_copy(update={"documents": known})
        cited = replace(letter, exhibits=(*letter.exhibits, *more))
    return cited, case, store.__getitem__


def by_pypdf(files: list[bytes]) -> bytes:
    """Merge files with pypdf alone."""
    writer = PdfWriter()
    for data in files:
        writer.append(PdfReader(io.BytesIO(data)))
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def files_of(work: Callable[[], object]) -> list[bytes]:
    """Return the files that a packet is put together from: ours and the exhibits."""
    taken: list[bytes] = []

    def watched(parts: Sequence[Part], *rest: Any) -> bytes:
        taken.extend(pages.reader.stream.getvalue() for part in parts for pages in part.pages)
        return putting(parts, *rest)

    putting, merge.merged = merge.merged, watched
    try:
        work()
    finally:
        merge.merged = putting
    return taken


def seconds(work: Callable[[], object]) -> float:
    gc.collect()  # what the other one left behind is not this one's
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def row(name: str, files: Mapping[str, bytes], *, bare: bool) -> tuple[str, ...]:
    """Measure both, in turn, so that whatever else the machine does hits both."""
    given = input_of(files, bare=bare)

    def ours() -> Packet:
        return assemble(*given, today=TODAY, options=Options(cover=not bare))

    whole = files_of(ours)

    by_pypdf(whole)  # what is loaded and compiled once is not counted
    pairs = [(seconds(lambda: by_pypdf(whole)), seconds(ours)) for _ in range(ROUNDS)]
    theirs, mine = (statistics.median(side) for side in zip(*pairs, strict=True))
    packet = ours()
    return (
        name,
        f"{packet.pages}",
        f"{len(packet.pdf) / 1e6:.1f}",
        f"{theirs * 1000:.0f}",
        f"{mine * 1000:.0f}",
        f"{mine / theirs:.2f}",
    )


def main() -> None:
    texts = {f"n{number}": notes(30, number) for number in range(10)}
    scans = {f"s{number}": scan(30, number) for number in range(10)}
    half = dict(list(texts.items())[:5] + list(scans.items())[:5])
    rows = [
        ("exhibits", "pages", "MB", "pypdf, ms", "packet, ms", "ratio"),
        row("300 pages of text", texts, bare=True),
        row("300 pages scanned", scans, bare=True),
        row("150 of each", half, bare=True),
        row("150 of each, with cover, charts and tables", half, bare=False),
    ]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # kilobytes on Linux
    write(
        "packet",
        "A packet of 300 pages, beside merging the same files with pypdf alone",
        rows,
        "The packet's time holds everything: setting the letter and the index (in the last row "
        "also cover, tables and charts), stamps and Bates numbers on each page, links, bookmarks, "
        "tags, metadata, digests, and the reading of every page for damage. pypdf merges the same "
        "files when they are ready: letter, index, what else was set, and the exhibits. Medians of "
        f"{ROUNDS} rounds in turn. Peak memory of the whole run: {peak:.0f} MB.",
    )


if __name__ == "__main__":
    main()
