"""A user's own fillable form gets the values; one that can't is refused with what to do."""

import io

import claim_cases
import pypdfium2
import pytest
from claim_forms import fillable
from pypdf import PdfReader

from tmjkit.packet.claim import ClaimError, cms1500
from tmjkit.packet.claim.fillable import field_names, fill, fill_form, read_map

MAP = """
1a: insured_id
"2": pt_name
6.self: {field: rel, value: S}
6.spouse: {field: rel, value: M}
27.yes: {field: assign}
"""
TEXTS = {"insured_id": 29, "pt_name": None}
BUTTONS = {"rel": ("S", "M", "C"), "assign": ("YES",)}


@pytest.fixture(scope="module")
def form():
    case = claim_cases.case()
    return cms1500(case.claims[0], case)


def test_the_fields_hold_the_values_and_show_them(form):
    filled = fill(fillable(TEXTS, BUTTONS), read_map(MAP), form.sheets[0].values)
    fields = PdfReader(io.BytesIO(filled)).get_fields()
    assert fields["insured_id"]["/V"] == "EX-0001"
    assert fields["rel"]["/V"] == "/S"
    assert fields["assign"]["/V"] == "/YES"
    document = pypdfium2.PdfDocument(filled)
    document.init_forms()
    bitmap = document[0].render(scale=1, may_draw_forms=True).to_numpy()
    assert (bitmap < 128).sum() > 50


def test_viewers_are_not_asked_to_make_the_appearance(form):
    filled = PdfReader(
        io.BytesIO(fill(fillable(TEXTS, BUTTONS), read_map(MAP), form.sheets[0].values))
    )
    asked = filled.root_object["/AcroForm"].get_object().get("/NeedAppearances")
    assert asked is None or not asked.value
    widget = next(
        found.get_object()
        for found in filled.pages[0]["/Annots"]
        if found.get_object()["/T"] == "pt_name"
    )
    assert b"EXAMPLE-SAMPLE" in widget["/AP"]["/N"].get_object().get_data()


def test_each_form_of_a_long_claim_is_filled():
    lines = [{**claim_cases.LINES[2]}] * 8
    case = claim_cases.case(claims=[claim_cases.claim(lines=lines)])
    made = fill_form(fillable(TEXTS, BUTTONS), read_map(MAP), cms1500(case.claims[0], case))
    assert len(made) == 2


def test_the_fields_are_listed():
    found = {item.name: item for item in field_names(fillable(TEXTS, BUTTONS))}
    assert found["insured_id"].longest == 29
    assert set(found["rel"].states) == {"S", "M", "C"}


@pytest.mark.parametrize(
    ("pdf", "words"),
    [
        (fillable({"pt_name": None}, BUTTONS), "no field 'insured_id'"),
        (fillable({"insured_id": 3, "pt_name": None}, BUTTONS), "takes 3 characters"),
        (fillable(TEXTS, {**BUTTONS, "rel": ("X",)}), "can be set to: X"),
        (fillable(), "no fields"),
        (fillable(TEXTS, password="secret"), "locked"),
        (fillable(TEXTS, xfa=True), "XFA"),
        (b"%PDF-1.7 nothing", "no PDF"),
        (b"", "no PDF"),
        (b"hello", "no PDF"),
    ],
)
def test_a_form_that_cannot_be_filled_is_refused(form, pdf, words):
    with pytest.raises(ClaimError, match=words) as stopped:
        fill(pdf, read_map(MAP), form.sheets[0].values)
    for value in ("EX-0001", "EXAMPLE-SAMPLE", "secret"):
        assert value not in str(stopped.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "should have lines"),
        ("- a\n- b", "should have lines"),
        ("1a: [", "no YAML"),
        ("1a: 5", "a field's name"),
        ("99z: x", "no place of the form"),
        ("'31': signature", "never filled in"),
        ("'12.name': signature", "never filled in"),
        ("13: signature", "never filled in"),
        ("1a: !!python/object/apply:os.system ['true']", "no YAML"),
        ("1a: " + "x" * 300_000, "too large"),
    ],
)
def test_a_map_that_is_wrong_is_refused(text, words):
    with pytest.raises(ClaimError, match=words):
        read_map(text)
