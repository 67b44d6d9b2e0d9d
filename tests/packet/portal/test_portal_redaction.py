"""A third person in a document is found, and the warning itself names nobody."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmjkit import examples
from tmjkit.case import Case
from tmjkit.packet.redaction import Identity, Kind, identity_of, review, strangers
from tmjkit.packet.redaction_known import patient_of
from tmjkit.reading import page_texts

LETTERS = Path(__file__).parents[4] / "shared" / "data" / "letters"

CASE = Case.model_validate(
    {
        "id": "case-redaction",
        "patient": {
            "id": "patient-1",
            "family": "Example",
            "given": "Ada Maria",
            "birth_date": "1990-05-06",
            "phone": "614-555-0142",
            "email": "ada.example@gmail.com",
        },
        "coverages": [
            {
                "id": "coverage-1",
                "payer": "Example Mutual",
                "member_id": "EX-0001",
                "subscriber": "Sample, Robin",
                "subscriber_birth_date": "1960-01-02",
            }
        ],
        "providers": [{"id": "provider-1", "name": "Jordan Sample", "qualification": "DDS"}],
    }
)


def found(*pages, others=()):
    return strangers(pages, identity_of(CASE), document_id="document-1", others=others)


def kinds(*pages, **options):
    return [item.kind for item in found(*pages, **options)]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("SSN 123-45-6789", Kind.SSN),
        ("Social Security number: 123456789", Kind.SSN),
        ("Member ID: ZZ-9999", Kind.MEMBER_ID),
        ("Subscriber Number W123456789", Kind.MEMBER_ID),
        ("Medicare ID (MBI): 1EG4-TE5-MK72", Kind.MEMBER_ID),
        ("DOB: 03/15/1952", Kind.BIRTH_DATE),
        ("Date of birth: March 15, 1952", Kind.BIRTH_DATE),
        ("born on 1952-03-15", Kind.BIRTH_DATE),
        ("DOB 3/15/52", Kind.BIRTH_DATE),
        ("Patient: JOHNSON, MARGARET A.", Kind.NAME),
        ("Re: Margaret Johnson", Kind.NAME),
        ("Dear Michael Johnson,", Kind.NAME),
        ("Home phone (916) 555-0198", Kind.PHONE),
        ("write to someone.else@gmail.com", Kind.EMAIL),
        ("Phone: 614-234-9876", Kind.PHONE),
        ("Call Maria at 614-234-9876", Kind.PHONE),
        ("Ms. Maria Lopez was seen.", Kind.NAME),
        ("Name: Maria Lopez", Kind.NAME),
        ("Patient Name Maria Lopez", Kind.NAME),
        ("Paciente: Ana Lopez", Kind.NAME),
        ("Nombre: Ana de la Cruz", Kind.NAME),
        ("Her husband, Tom Lopez, drove her.", Kind.NAME),
    ],
)
def test_a_third_person_is_found(line, kind):
    assert kinds("Office note", line) == [kind]


@pytest.mark.parametrize(
    "line",
    [
        "Patient: Ada Example",
        "Patient: EXAMPLE, ADA M.",
        "Dear Ada Maria Example:",
        "Ms. Ada Example was seen.",
        "Name: Ada M. Example",
        "Provider name: Blake Specimen",
        "Seen by Ms. Blake Specimen, RN",
        "Office phone: 614-234-9876",
        "Phone: 800-234-9876",
        "DOB: 05/06/1990",
        "DOB 5/6/90",
        "Date of birth: January 2, 1960",
        "Member ID EX-0001",
        "Member ID: EX0001",
        "Insured: Robin Sample",
        "Re: Prior Authorization Request",
        "Re: Your Claim",
        "Dear Medical Director,",
        "Member Services: (800) 555-2222",
        "Cell phone 614-555-0142",
        "ada.example@gmail.com",
        "office@orofacial.example.org",
        "Claim 123-45-67890",
        "Member: see the card",
        "Fax 614-555-0199",
    ],
)
def test_people_of_the_case_and_offices_are_no_alarm(line):
    assert kinds(line) == []


def test_a_label_on_a_line_of_its_own_belongs_to_the_next():
    assert kinds("Patient:\nJOHNSON, MARGARET A.\nDOB:\n03/15/1952") == [Kind.NAME, Kind.BIRTH_DATE]


def test_page_and_line_are_told():
    [item] = found("nothing", "one\ntwo\nDOB: 03/15/1952")
    assert (item.page, item.line) == (2, 3)
    assert item.text.startswith("document-1, page 2, line 3: ")


def test_two_record_numbers_in_one_document_are_told_and_one_is_not():
    patient = "Patient: Ada Example"
    assert kinds(patient, "MRN: 847291", "MRN: 847291") == []
    assert kinds(patient, "MRN: 847291", "MRN 555111") == [Kind.RECORD_NUMBER]


def test_a_record_number_in_a_document_that_does_not_name_the_patient_is_told():
    assert kinds("Office note", "MRN: 847291") == [Kind.RECORD_NUMBER]


def test_a_person_of_another_case_is_found_anywhere_on_a_line():
    other = Identity(names=(frozenset({"blake", "specimen"}),), ids=frozenset({"EX90002"}))
    assert kinds("seen together with Specimen, Blake today", others=[other]) == [Kind.OTHER_CASE]
    assert kinds("policy EX-90002", others=[other]) == [Kind.OTHER_CASE]
    assert kinds("a specimen for Dr. Blake", others=[other]) == []


def test_the_subscriber_that_two_cases_share_is_no_alarm():
    assert kinds("Insured: Robin Sample, EX-0001", others=[patient_of(CASE)]) == []


@given(
    st.from_regex(r"[1-8][0-9]{2}-[1-9][0-9]-[1-9][0-9]{3}", fullmatch=True),
    st.from_regex(r"[A-Z]{2}[0-9]{8}", fullmatch=True),
)
def test_no_warning_holds_the_number(ssn, member):
    text = " ".join(item.text + repr(item) for item in found(f"SSN {ssn}", f"Member ID: {member}"))
    assert ssn not in text
    assert member not in text
    assert ssn.replace("-", "") not in text


def test_no_warning_holds_the_name_or_the_date():
    text = " ".join(item.text for item in found("Patient: Margaret Johnson DOB: 03/15/1952"))
    for part in ("Margaret", "Johnson", "1952", "03/15"):
        assert part not in text


@given(st.text(max_size=400))
def test_any_text_is_looked_through(text):
    for item in found(text):
        assert item.page == 1


def test_a_long_line_does_not_take_long():
    line = "Patient: " + "A" * 200_000 + " Home " + "1-" * 100_000
    assert found(line) == ()


@pytest.mark.parametrize("name", examples.names())
def test_the_example_documents_give_no_false_alarm(name):
    example = examples.load(name)
    others = [patient_of(examples.load(n).case) for n in examples.names() if n != name]
    warnings, unread = review(example.case, example.documents.__getitem__, others=others)
    assert warnings == ()
    assert unread == ()


def test_the_papers_of_one_case_among_those_of_another_are_found():
    mine = examples.load("self-funded-erisa-denial")
    theirs = examples.load("california-not-medically-necessary")
    known = identity_of(mine.case)
    for document in theirs.case.documents:
        texts = page_texts(theirs.documents[document.sha256], document.media_type)
        assert strangers(texts, known, document_id=document.id, others=[patient_of(theirs.case)])


def test_a_document_without_text_is_named_as_unread():
    example = examples.load("medicaid-premature")
    _, unread = review(example.case, lambda _: b"\x89PNG\r\n\x1a\n")
    assert {item.document_id for item in unread} == {d.id for d in example.case.documents}


@pytest.mark.shared
@pytest.mark.skipif(not LETTERS.is_dir(), reason="the public letters are not beside the checkout")
@pytest.mark.parametrize("name", ["01_Prior_Auth_Request_Form.pdf", "pa_denial_001.txt"])
def test_letters_to_other_people_are_found(name):
    data = (LETTERS / name).read_bytes()
    texts = page_texts(data, "application/pdf" if name.endswith("pdf") else "text/plain")
    told = {item.kind for item in found(*texts)}
    assert {Kind.NAME, Kind.MEMBER_ID} <= told
