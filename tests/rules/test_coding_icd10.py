"""The shipped table of ICD-10-CM codes is the code list, code by code, and is read fast."""

import gzip
import importlib.util
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmjkit import knowledge
from tmjkit.rules.coding import lookup, missing_characters, release
from tmjkit.rules.coding.icd10 import mutual

ROOT = Path(__file__).resolve().parents[2]


def script():
    spec = importlib.util.spec_from_file_location("icd10_table", ROOT / "scripts" / "icd10.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def icd():
    """Return the package with the whole list; it takes seconds, so only once."""
    import simple_icd_10_cm

    return simple_icd_10_cm


def test_the_shipped_table_is_what_the_script_writes(icd):
    made = script()
    assert gzip.decompress(made.TABLE.read_bytes()).decode() == made.table()


def test_every_code_of_the_list_is_found_as_the_package_has_it(icd):
    codes = [code for code in icd.get_all_codes() if icd.is_category_or_subcategory(code)]
    assert len(codes) == 98225
    # Every code's own line; what lies above it is compared for a part, evenly spread.
    table = dict.fromkeys(codes)
    shipped = gzip.decompress(script().TABLE.read_bytes()).decode().splitlines()[1:]
    lines = {entry.split()[0].rstrip("+"): entry.split()[0] for entry in shipped}
    assert lines.keys() == table.keys()
    assert all(lines[code].endswith("+") != icd.is_leaf(code) for code in codes)
    for code in codes[::199]:
        seen = lookup(code)
        assert seen.billable == icd.is_leaf(code)
        above = [name for name in icd.get_ancestors(code) if code.startswith(name) and name != code]
        assert seen.parent == (above[0] if above else "")


def test_looking_a_code_up_never_builds_the_package_s_tree():
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from tmjkit.rules.coding import lookup; assert lookup('M79.11').billable;"
            "print('simple_icd_10_cm' in sys.modules)",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "False"


# ICD-10-CM 2026, update of April 1, 2026: facts ICD-LEAVES and C-M26-6-LEAVES.
LEAVES = [
    *(f"M26.6{kind}{side}" for kind in "012345" for side in "1239"),
    "M26.69",
    *("M79.10", "M79.11", "M79.12", "M79.18", "G24.4", "G47.63", "F45.8", "R68.84"),
    *("G43.701", "G43.709", "G43.711", "G43.719"),
]
HEADINGS = {
    "M26.6": (1, 2),
    **{f"M26.6{kind}": (1, 1) for kind in "012345"},
    "M79.1": (1, 1),
    "G43.7": (2, 2),
    "G43.70": (1, 1),
    "G43.71": (1, 1),
}


@pytest.mark.parametrize("code", LEAVES)
def test_what_the_facts_call_billable_is(code):
    assert lookup(code).billable
    assert missing_characters(code) is None


@pytest.mark.parametrize("code", HEADINGS)
def test_what_the_facts_call_a_heading_is_one(code):
    assert not lookup(code).billable
    assert missing_characters(code) == HEADINGS[code]


def test_exactly_25_codes_under_the_jaw_joint_can_be_billed(icd):
    under = [code for code in icd.get_all_codes() if code.startswith("M26.6") and icd.is_leaf(code)]
    assert len(under) == 25
    assert all(lookup(code).billable for code in under)


def test_the_release_is_a_dated_setting():
    assert release() == (date(2026, 4, 1), date(2026, 9, 30))
    assert "April 1, 2026" in release().words()
    assert "April 1, 2026" in knowledge.fact("C-ICD-RELEASE").statement


HARD = [
    ("R68.84", "M26.621"),
    ("R68.84", "M26.629"),
    ("G47.63", "F45.8"),
    ("M79.11", "M79.7"),
    ("M79.18", "M60.9"),
    ("G24.4", "G24.01"),
    ("G43.709", "G43.009"),
    ("M79.11", "F45.8"),
    ("M79.11", "F45.41"),
]


@pytest.mark.parametrize(("one", "other"), HARD)
def test_the_pairs_that_the_facts_name_stand_in_the_list(one, other):
    assert mutual(one, other)
    assert mutual(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("M26.621", "M79.11"), ("M26.69", "S03.00XA"), ("M79.11", "G47.63"), ("M26.631", "R51.9")],
)
def test_codes_that_may_coexist_do(one, other):
    assert not mutual(one, other)


@pytest.mark.parametrize(
    "text",
    ["", "M", "M7", "M79.1\n", "\nM79.11", "M79.11+", " M79.11", "M79.11 ", "M7911", "m79.11",
     "...", "2026-04-01", "M26-M27", "A00-A09", "1", "\u216f79.11", "M79.11\x00", "M79.111"],
)  # fmt: skip
def test_what_is_no_code_is_not_found(text):
    assert lookup(text) is None
    assert missing_characters(text) is None
    assert not mutual(text, "M79.11")


@given(st.text(max_size=9))
def test_any_text_can_be_looked_up(text):
    seen = lookup(text)
    assert seen is None or seen.code == text
