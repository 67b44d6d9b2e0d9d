"""What the page on requests as FHIR shows is what happens."""

import re
from pathlib import Path

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "pas.md").read_text(encoding="utf-8")


def test_the_python_of_the_page_makes_a_bundle_of_all_the_kinds_it_names():
    found = {}
    (code,) = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    exec(code, found)  # noqa: S102 -- the page's own example
    kinds = {entry["resource"]["resourceType"] for entry in found["bundle"]["entry"]}
    table = "\n".join(line for line in PAGE.splitlines() if line.startswith("|"))
    assert all(kind in table for kind in kinds)
