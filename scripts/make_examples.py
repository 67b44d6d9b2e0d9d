"""Make the example cases: `python scripts/make_examples.py [--to FOLDER]`.

Writes `<name>/case.json` and `<name>/documents/<document-id>.pdf` for each example case.
Running it again changes nothing.
"""

import argparse
from pathlib import Path

import typst
from example_cases import california, erisa, medicaid
from example_cases.papers import TYPST, Papers

CASES = (erisa, california, medicaid)


def write(folder: Path, name: str) -> None:
    """Write one example case into its folder."""
    module = next(module for module in CASES if name == module.NAME)
    papers = Papers(module.PAPERS)
    case = module.build(papers)
    documents = folder / name / "documents"
    documents.mkdir(parents=True, exist_ok=True)
    for old in documents.glob("*.pdf"):
        if old.stem not in papers.made:
            old.unlink()
    for document_id, pdf in papers.made.items():
        (documents / f"{document_id}.pdf").write_bytes(pdf)
    (folder / name / "case.json").write_bytes(case.to_json())
    print(f"{name}: {len(papers.made)} documents")


def main() -> None:
    """Read the command line and write all example cases."""
    parser = argparse.ArgumentParser(description="Make the example cases.")
    root = Path(__file__).resolve().parent.parent
    parser.add_argument("--to", type=Path, default=root / "examples", help="where to write")
    folder = parser.parse_args().to
    if typst.__version__ != TYPST:
        print(f"made with typst {typst.__version__}; the committed PDFs were made with {TYPST}")
    for module in CASES:
        write(folder, module.NAME)


if __name__ == "__main__":
    main()
