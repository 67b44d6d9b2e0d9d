"""How long a letter takes, as PDF and as DOCX, beside the same words put in naively.

Every letter that applies to an example is written in turn, each time with another date, so that
nothing is served from what typst or anybody else remembers of the letter before.
"""

import io
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

import docx
import typst
from _table import write

from tmjkit.case import Case
from tmjkit.examples import load, names
from tmjkit.letters import Letter, LetterError, MissingFacts, compose, kinds, pdf, render
from tmjkit.letters.lint import lint
from tmjkit.letters.sentence import sentences
from tmjkit.letters.typeset import typeset

ROUNDS = 3
TODAY = date(2026, 11, 23)
TARGET = 15


@dataclass
class Times:
    """Milliseconds of each step, one for each letter and round.

    `own` is what this project's code takes on its thread; `whole` is what a clock on the wall says.
    """

    compose: list[float] = field(default_factory=list)
    lint: list[float] = field(default_factory=list)
    data: list[float] = field(default_factory=list)
    pdf: list[float] = field(default_factory=list)
    typst: list[float] = field(default_factory=list)
    docx: list[float] = field(default_factory=list)
    naive_docx: list[float] = field(default_factory=list)
    naive_pdf: list[float] = field(default_factory=list)

    @property
    def own(self) -> list[float]:
        """What composing and preparing take for each letter: all but typst itself."""
        return [sum(pair) for pair in zip(self.compose, self.data, strict=True)]


def made(kind: str, case: Case, day: date) -> Letter:
    return compose(kind, case, today=day, draft=True)


def applying() -> list[tuple[str, Case]]:
    """Return each letter that applies to an example."""
    found = []
    for name in names():
        case = load(name).case
        for kind in kinds():
            try:
                made(kind.kind, case, TODAY)
            except (LetterError, MissingFacts):
                continue
            found.append((kind.kind, case))
    return found


def spent(times: list[float], work: Callable[[], object], *, wall: bool = False) -> object:
    clock = time.perf_counter if wall else time.thread_time
    begun = clock()
    result = work()
    times.append((clock() - begun) * 1000)
    return result


def by_python_docx(letter: Letter) -> bytes:
    """Put the same sentences into a document, one paragraph each, without any look."""
    document = docx.Document()
    for sentence in sentences(letter):
        document.add_paragraph(sentence.text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def by_typst(letter: Letter) -> bytes:
    """Compile the same sentences with typst's own function, one paragraph each."""
    source = "\n\n".join(f"#{_string(sentence.text)}" for sentence in sentences(letter))
    return typst.compile(source.encode(), format="pdf")


def _string(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def measure(letters: list[tuple[str, Case]], times: Times, first_day: date) -> None:
    """Write every letter once in each way; each way has its turn, as an office would use it."""
    inside: list[float] = []

    def timed(*args: object, **options: object) -> bytes:
        return spent(inside, lambda: typeset(*args, **options), wall=True)  # type: ignore[arg-type]

    days = [first_day + timedelta(days=place % 7) for place in range(len(letters))]
    composed = []
    for (kind, case), day in zip(letters, days, strict=True):
        composed.append(spent(times.compose, partial(made, kind, case, day)))
        pdf.typeset = lambda *_, **__: b""
        spent(times.data, partial(render, composed[-1], "pdf"))
        pdf.typeset = timed
        spent(times.pdf, partial(render, composed[-1], "pdf"), wall=True)
        pdf.typeset = typeset
    for letter, (_, case), day in zip(composed, letters, days, strict=True):
        spent(times.lint, partial(lint, letter, case, today=day))
    for way, kept in (
        (partial(render, format="docx"), times.docx),
        (by_python_docx, times.naive_docx),
        (by_typst, times.naive_pdf),
    ):
        for letter in composed:
            spent(kept, partial(way, letter), wall=True)
    times.typst += inside


def main() -> None:
    letters = applying()
    measure(letters, Times(), TODAY)  # the first of each reads templates, facts and fonts
    times = Times()
    for number in range(ROUNDS):
        measure(letters, times, TODAY + timedelta(days=7 * (number + 1)))
    middle = statistics.median
    pdf_time, docx_time = middle(times.pdf), middle(times.docx)
    naive_pdf, naive_docx = middle(times.naive_pdf), middle(times.naive_docx)
    whole = middle(map(sum, zip(times.compose, times.pdf, strict=True)))
    rows = [
        ("step", "median", "slowest tenth", "beside it"),
        ("compose", *_two(times.compose), "own time"),
        ("lint", *_two(times.lint), "own time"),
        ("prepare for typst", *_two(times.data), "own time"),
        ("own time of a PDF: compose and prepare", *_two(times.own), f"target {TARGET} ms"),
        ("typst itself", *_two(times.typst), ""),
        ("compose and PDF", f"{whole:.1f} ms", "", f"{1000 / whole:.0f} letters/s"),
        ("PDF", *_two(times.pdf), f"{pdf_time / naive_pdf:.2f} times `typst.compile`"),
        ("`typst.compile` of the bare sentences", *_two(times.naive_pdf), "1"),
        ("DOCX", *_two(times.docx), f"{docx_time / naive_docx:.2f} times bare python-docx"),
        ("bare python-docx, a paragraph a sentence", *_two(times.naive_docx), "1"),
    ]
    write(
        "letters",
        "Time of a letter after the first",
        rows,
        notes=f"{len(letters)} letters of the three examples, {ROUNDS} times each with another "
        "date, all in one process after a first round that is not counted. Own time is what our "
        "thread spends, without waiting for other programs; the rest is by the clock. The bare "
        "forms hold the same sentences without headings, tables, tags, links or styles.",
    )


def _two(times: list[float]) -> tuple[str, str]:
    slowest = sorted(times)[len(times) * 9 // 10]
    return f"{statistics.median(times):.1f} ms", f"{slowest:.1f} ms"


if __name__ == "__main__":
    main()
