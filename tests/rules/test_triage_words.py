"""The words and codes of a denial tell its classes, however they were typed or scanned."""

import pytest
from triage_cases import WORDINGS, maybe

from tmjkit import knowledge
from tmjkit.case import Determination, Reason, ReasonKind
from tmjkit.knowledge.denial import DenialKind
from tmjkit.rules.triage.classify import classes_of, group_of, number_of, told

KNOWN = knowledge.facts()


def read(*reasons):
    return told(Determination(decision="denial", reasons=reasons), KNOWN)


def classes(*reasons):
    return {
        kind.value if any(sign.sure for sign in signs) else maybe(kind.value)
        for kind, signs in read(*reasons).signs.items()
    }


@pytest.mark.parametrize(("text", "expected"), WORDINGS)
def test_a_wording_tells_its_classes(text, expected):
    # What is only possible is told where nothing is sure.
    sure = {kind for kind in expected if not kind.endswith("?")}
    assert classes(Reason(text=text)) == (sure or set(expected))


def test_the_table_is_long_enough():
    assert len(WORDINGS) >= 60


VARIANTS = {
    "upper case": str.upper,
    "a line for each word": lambda text: text.replace(" ", "\n"),
    "wide blanks": lambda text: text.replace(" ", "\u00a0 \t"),
    "soft hyphens": "\u00ad".join,
    "zero width": "\u200b".join,
    "ligatures": lambda text: text.replace("fi", "\ufb01").replace("ff", "\ufb00"),
    "smart quotes": lambda text: text.replace("'", "\u2019"),
    "long hyphens": lambda text: text.replace("-", "\u2010"),
    "in quotation marks": lambda text: f"\u201c{text}\u201d",
}


@pytest.mark.parametrize("name", VARIANTS)
def test_how_it_was_typed_or_scanned_makes_no_difference(name):
    for text, _ in WORDINGS:
        if "\n" not in text:
            assert classes(Reason(text=VARIANTS[name](text))) == classes(Reason(text=text)), text


@pytest.mark.parametrize(("text", "expected"), WORDINGS)
def test_a_sign_quotes_the_text_as_it_stands(text, expected):
    assert expected
    for signs in read(Reason(text=text)).signs.values():
        for sign in signs:
            assert text[sign.start : sign.end] == sign.text
            assert sign.reason == 1


def test_words_beside_each_other_are_one_quote():
    (sign,) = read(Reason(text="It is Experimental or\ninvestigational.")).signs[
        DenialKind.EXPERIMENTAL
    ]
    assert sign.text == "Experimental or\ninvestigational"


CODES = [
    ("CO-50", "", {"not-medically-necessary"}),
    ("50", "", {"not-medically-necessary"}),
    ("050", "", {"not-medically-necessary"}),
    ("55", "", {"experimental"}),
    ("PR56", "", {"experimental"}),
    ("197", "", {"no-prior-authorization"}),
    ("15", "", {"no-prior-authorization"}),
    ("198", "", {"quantity-or-interval"}),
    ("151", "", {"quantity-or-interval"}),
    ("204", "", {"contract-exclusion"}),
    ("242", "", {"out-of-network"}),
    ("29", "", {"timely-filing"}),
    ("OA-18", "", {"duplicate"}),
    ("16", "", {"coding-or-information"}),
    ("11", "", {"coding-or-information"}),
    ("96", "", {"contract-exclusion?", "coding-or-information?"}),
    ("", "N386", {"not-medically-necessary?"}),
    ("55", "N386", {"experimental"}),
    ("45", "", {"other"}),
]


@pytest.mark.parametrize(("carc", "rarc", "expected"), CODES)
def test_a_code_tells_what_it_can(carc, rarc, expected):
    assert classes(Reason(carc=carc or None, rarc=rarc or None)) == expected


def test_a_code_says_what_it_means_in_own_words_with_its_fact():
    (sign,) = read(Reason(carc="CO-15")).signs[DenialKind.NO_AUTHORIZATION]
    assert sign.text == "CO-15"
    assert "2018" in sign.says  # the code is no longer used
    assert sign.facts == ("C-CARC-15",)


def test_a_vague_code_asks_for_the_remark_code_and_words_decide_it():
    assert read(Reason(carc="CO-96")).remarks_needed == ("CO-96",)
    assert read(Reason(carc="CO-96", rarc="N386")).remarks_needed == ()
    assert classes(Reason(carc="96", text="TMJ care is excluded by your plan.")) == {
        "contract-exclusion"
    }
    assert classes(Reason(carc="96", text="Invalid modifier.")) == {"coding-or-information"}


def test_a_code_that_is_not_on_record_is_said_and_not_guessed():
    found = read(Reason(carc="PR-227", rarc="M127"))
    assert found.unknown_codes == ("PR-227", "M127")
    assert set(found.signs) == {DenialKind.OTHER}


@pytest.mark.parametrize(
    ("code", "group", "number"),
    [("CO-50", "CO", "50"), ("CO50", "CO", "50"), ("50", "", "50"), ("PI-A1", "PI", "A1")],
)
def test_a_code_is_split_into_group_and_number(code, group, number):
    assert (group_of(code), number_of(code)) == (group, number)


@pytest.mark.parametrize("kind", list(ReasonKind))
def test_every_kind_that_a_case_can_record_is_a_class(kind):
    ((found, (sign,)),) = read(Reason(kind=kind)).signs.items()
    assert sign.text == kind.label
    assert found in DenialKind


def test_the_classes_name_only_kinds_that_a_case_can_record():
    named = {code for _, one in classes_of(KNOWN) for code in one.recorded}
    assert named == {kind.value for kind in ReasonKind}
    assert {one.kind for _, one in classes_of(KNOWN)} == set(DenialKind)


def test_a_kind_that_the_words_contradict_is_said_and_both_are_kept():
    found = read(Reason(kind="experimental", text="The claim was filed late."))
    assert set(found.signs) == {DenialKind.EXPERIMENTAL, DenialKind.TIMELY_FILING}
    (said,) = found.disagreements
    assert "“Experimental or investigational”" in said
    assert "“filed late”" in said


@pytest.mark.parametrize(
    "reason",
    [
        Reason(kind="experimental", text="It is investigational."),
        Reason(kind="experimental", text="Not covered."),
        Reason(kind="excluded", text="Not covered."),
        Reason(kind="other", text="It is investigational."),
        Reason(kind="missing-information", carc="16"),
        Reason(kind="eligibility", text="Please call us."),
    ],
)
def test_what_agrees_or_tells_nothing_is_no_contradiction(reason):
    assert read(reason).disagreements == ()


def test_an_empty_reason_tells_nothing():
    assert read(Reason()).signs == {}
    assert read(Reason(text=" \n ")).signs == {}
    assert read().signs == {}
