"""The example cases that come with tmjkit: fictional people, with the papers they would have.

They are made by `scripts/make_examples.py`; the demo, the tutorial and the tests use them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tmjkit import resources
from tmjkit.case import Case

TITLES: dict[str, str] = {
    "self-funded-erisa-denial": "Self-funded employer plan, denied as experimental",
    "california-not-medically-necessary": "California plan, repeat denied as not necessary",
    "medicaid-premature": "Medicaid managed care, first-line care not tried",
}
"""Name and title of each example case; the first is the one that the tutorial follows."""


@dataclass(frozen=True)
class Example:
    """One example case.

    Parameters
    ----------
    name
        Name of its folder, such as `self-funded-erisa-denial`.
    title
        What it is about, in a few words.
    case
        The case.
    documents
        The bytes of each document of the case, by SHA-256 digest in lower-case hex.
    """

    name: str
    title: str
    case: Case
    documents: Mapping[str, bytes] = field(repr=False)


def names() -> tuple[str, ...]:
    """Return the names of the example cases; the one that the tutorial follows is the first."""
    return tuple(TITLES)


def load(name: str) -> Example:
    """Read one example case with its documents.

    Raises
    ------
    KeyError
        When there is no example of that name; the message lists those that there are.
    """
    if name not in TITLES:
        raise KeyError(f"there is no example case of that name: choose one of {', '.join(TITLES)}")
    folder = resources.path("examples") / name
    case = Case.from_json((folder / "case.json").read_bytes())
    documents = {
        document.sha256: (folder / "documents" / f"{document.id}.pdf").read_bytes()
        for document in case.documents
    }
    return Example(name=name, title=TITLES[name], case=case, documents=documents)
