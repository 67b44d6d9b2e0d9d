"""The structure of the packet holds together: every element, page, link and header is found."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packet_files import read
from pypdf.generic import ArrayObject, DictionaryObject

from tmjkit import examples
from tmjkit.letters import compose
from tmjkit.packet import Options, assemble
from tmjkit.packet.elements import _renamed

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module", params=[False, True])
def reader(request):
    found = examples.load("california-not-medically-necessary")
    letter = compose("appeal", found.case, today=TODAY)
    options = Options(provenance=request.param, slip_sheets=request.param)
    get = found.documents.__getitem__
    return read(assemble(letter, found.case, get, today=TODAY, options=options))


def elements(reader):
    """Return every element with the reference to it, in reading order."""
    found, waiting = [], [reader.root_object["/StructTreeRoot"]["/K"][0].indirect_reference]
    while waiting:
        reference = waiting.pop(0)
        here = reference.get_object()
        found.append((reference, here))
        kids = here.get("/K", ArrayObject())
        kids = kids if isinstance(kids, ArrayObject) else [here.raw_get("/K")]
        waiting[:0] = [
            kid for kid in kids if hasattr(kid, "idnum") and "/S" in (kid.get_object() or {})
        ]
    return found


def _kids(element):
    kids = element.get("/K", ArrayObject())
    return kids if isinstance(kids, ArrayObject) else ArrayObject([element.raw_get("/K")])


def test_every_element_knows_its_parent_and_no_element_is_there_twice(reader):
    found = elements(reader)
    numbers = [reference.idnum for reference, _ in found]
    assert len(numbers) == len(set(numbers)) > 500
    for _, here in found[1:]:
        parent = here["/P"]
        kids = parent.get("/K")
        kids = kids if isinstance(kids, ArrayObject) else [parent.raw_get("/K")]
        assert here.indirect_reference in list(kids)


def test_what_is_marked_on_a_page_belongs_to_an_element_of_that_page(reader):
    numbers = reader.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    tree = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
    reached = {reference.idnum for reference, _ in elements(reader)}
    for page in reader.pages:
        owners = tree[int(page["/StructParents"])].get_object()
        assert isinstance(owners, ArrayObject)
        marks = page.get_contents().get_data().count(b"/MCID")
        assert marks == len(owners)
        for owner in owners:
            assert owner.idnum in reached
            here = owner.get_object()
            # An element that goes on over the page's end names its other pages one by one.
            pieces = [kid for kid in _kids(here) if isinstance(kid, DictionaryObject)]
            assert page in [here["/Pg"], *(kid["/Pg"] for kid in pieces if "/Pg" in kid)]
        for note in page.get("/Annots", ()):
            link = tree[int(note.get_object()["/StructParent"])].get_object()
            assert link["/S"] == "/Link"
            kids = [kid for kid in link["/K"] if isinstance(kid, DictionaryObject)]
            assert note in [kid.raw_get("/Obj") for kid in kids if "/Obj" in kid]


def test_every_header_that_a_cell_names_is_found_by_its_id(reader):
    names = reader.root_object["/StructTreeRoot"]["/IDTree"]["/Names"]
    known = {str(names[at]): names[at + 1].get_object() for at in range(0, len(names), 2)}
    assert list(known) == sorted(known)
    asked = 0
    for _, here in elements(reader):
        if "/ID" in here:
            assert known[str(here["/ID"])] == here
        for attributes in here.get("/A", ()):
            for name in attributes.get("/Headers", ()):
                assert known[str(name)]["/S"] == "/TH"
                asked += 1
    assert asked > 50


def test_the_parts_are_in_the_order_of_the_bookmarks(reader):
    parts = reader.root_object["/StructTreeRoot"]["/K"][0]["/K"]
    assert [part.get_object()["/T"] for part in parts] == [item.title for item in reader.outline]


def test_a_string_is_not_taken_for_a_name():
    code = rb"<</Type/StructElem/ID(U1)/T(see 7 0 R and \) (7 0 R) /ID(x))/Pg 7 0 R/K[8 0 R 12]>>"
    made, name = _renamed(code, {7: 70, 8: 80}, b"3-")
    told = (
        rb"<</Type/StructElem/ID(3-U1)/T(see 7 0 R and \) (7 0 R) /ID(x))/Pg 70 0 R/K[80 0 R 12]>>"
    )
    assert made == told
    assert name == b"3-U1"


def test_headers_get_the_new_ids_and_other_texts_do_not():
    code = b"<</Type/StructElem/A[<</Headers[(U1) (U2)]>><</O/X/Y(U1)>>]/Alt(U2)>>"
    made, _ = _renamed(code, {}, b"0-")
    assert made == b"<</Type/StructElem/A[<</Headers[(0-U1) (0-U2)]>><</O/X/Y(U1)>>]/Alt(U2)>>"


def test_a_name_that_nobody_knows_is_an_error_and_not_a_wrong_page():
    with pytest.raises(KeyError):
        _renamed(b"<</Type/StructElem/Pg 5 0 R>>", {7: 70}, b"")


@given(st.binary(max_size=40))
def test_any_text_stays_as_it_is(text):
    written = text.replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
    code = b"<</Type/StructElem/Alt(" + written + b")/Pg 7 0 R>>"
    made, _ = _renamed(code, {7: 70}, b"9-")
    assert made == code.replace(b"/Pg 7 0 R", b"/Pg 70 0 R") or b"/Pg 7 0 R" in text
