"""The values stand where the form has their boxes, and nothing else is on the page."""

import claim_cases
import pypdfium2
import pytest

from tmjkit.packet.claim import ClaimError, cms1500
from tmjkit.packet.claim.overlay import overlay, place, trial_page
from tmjkit.packet.claim.slots import BY_KEY, SLOTS, printed


@pytest.fixture(scope="module")
def form():
    case = claim_cases.case()
    return cms1500(case.claims[0], case)


def found_at(pdf, words, slot, shift=(0.0, 0.0)):
    """Tell whether the words begin at the place of a slot, within half a millimeter across."""
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    x, y = place(slot, shift)
    text = page.get_text_range()
    start = 0
    while (start := text.find(words, start)) >= 0:
        left, bottom, _, _ = page.get_charbox(start, loose=True)
        origin_x, origin_y = left, bottom
        if abs(origin_x - x) < 1.5 and abs(origin_y - y) < 4:
            return True
        start += 1
    return False


@pytest.mark.parametrize(
    "key", ["1a", "2", "5.street", "11", "21.A", "24.1.shaded", "24.3.code", "25", "33.1", "33a"]
)
def test_a_value_stands_at_its_place(form, key):
    pdf = overlay(form)
    first = form.sheets[0].values[key].split("   ")[0]
    assert found_at(pdf, first, BY_KEY[key])


def test_amounts_end_at_the_line_before_the_cents(form):
    page = pypdfium2.PdfDocument(overlay(form))[0].get_textpage()
    text = page.get_text_range()
    _, _, right, _ = page.get_charbox(text.index("130000") + 3, loose=True)
    slot = BY_KEY["28.cents"]
    assert abs(right - place(slot)[0]) < 2


def test_columns_are_a_tenth_of_an_inch_and_lines_a_sixth():
    x1, y1 = place(BY_KEY["24.1.from.month"])
    x2, _ = place(BY_KEY["24.1.from.day"])
    assert x2 - x1 == pytest.approx(3 * 7.2)
    assert y1 - place(BY_KEY["24.2.from.month"])[1] == pytest.approx(24)
    assert x1 == pytest.approx(0.3 * 72)


def test_every_value_is_printed_once_and_nothing_else(form):
    page = pypdfium2.PdfDocument(overlay(form))[0].get_textpage()
    shown = "".join(page.get_text_range().split())
    wanted = "".join("".join(printed(form.sheets[0].values).values()).split())
    assert sorted(shown) == sorted(wanted)


def test_a_shift_moves_all_of_it(form):
    pdf = overlay(form, shift=(0.1, -0.05))
    assert found_at(pdf, "EX-0001", BY_KEY["1a"], (0.1, -0.05))
    assert not found_at(pdf, "EX-0001", BY_KEY["1a"])


def test_a_shift_off_the_page_is_refused(form):
    with pytest.raises(ClaimError, match="2 inches"):
        overlay(form, shift=(3, 0))


def test_the_same_claim_gives_the_same_bytes(form):
    assert overlay(form) == overlay(form)


def test_the_trial_page_fills_every_place():
    text = pypdfium2.PdfDocument(trial_page())[0].get_textpage().get_text_range()
    assert text.count("X") >= sum(slot.length for slot in SLOTS)


def test_words_that_look_like_pdf_are_only_words():
    patient = {**claim_cases.PATIENT, "given": ") Tj (Ada\\"}
    case = claim_cases.case(patient=patient)
    pdf = overlay(cms1500(case.claims[0], case))
    assert "EXAMPLE-SAMPLE, TJ ADA" in pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
