"""Write the table of ICD-10-CM codes that the rules look codes up in.

ICD-10-CM is made by the National Center for Health Statistics and is in the public domain; the
package simple-icd-10-cm (MIT) brings it as a tree, which takes seconds to build. The table holds of
it what a check needs: which codes there are, which of them are only headings, and which codes a
note of the type Excludes1 names. A test compares it with the package, code by code.

Run it when the package brings another release, after setting the two dates below.
"""

import gzip
import importlib.metadata
import re
import sys
from pathlib import Path

TABLE = Path(__file__).resolve().parent.parent / "tmjkit/rules/coding/icd10cm.txt.gz"
PACKAGE = "simple-icd-10-cm"
RELEASE, UNTIL = "2026-04-01", "2026-09-30"
READ_FROM = "1.5.0"  # the package's version whose data are that release

# Codes in the last brackets of a note; a dash says that longer codes are meant too. Notes with a
# range, or without a code, are left out: what they exclude can't be told with certainty.
_BRACKETS = re.compile(r"\(([^()]*)\)\s*$")
_CODE = re.compile(r"([A-TV-Z][0-9][0-9AB]|U[0-9]{2})(\.[0-9A-Z]{0,4})?-?")


def excluded(note: str) -> list[str]:
    """Return the codes that an Excludes1 note names, or none where it names more than codes."""
    found = _BRACKETS.search(note)
    codes = [part.strip() for part in found[1].split(",")] if found else []
    return codes if all(_CODE.fullmatch(code) for code in codes) else []


def table() -> str:
    """Return the table: one line per code, '+' after a heading, then the codes it excludes."""
    import simple_icd_10_cm as icd

    version = importlib.metadata.version(PACKAGE)
    if version != READ_FROM:
        sys.exit(f"{PACKAGE} is {version}: set the release of its data in {Path(__file__).name}")
    lines = [f"{RELEASE} {UNTIL} {PACKAGE} {version}"]
    for code in sorted(filter(icd.is_category_or_subcategory, icd.get_all_codes())):
        mark = "" if icd.is_leaf(code) else "+"
        notes = [name for note in icd.get_excludes1(code) for name in excluded(note)]
        lines.append(" ".join([code + mark, *notes]))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TABLE.write_bytes(gzip.compress(table().encode("ascii"), 9, mtime=0))
    print(TABLE)
