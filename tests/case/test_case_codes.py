"""Identifiers and codes are checked for their form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmjkit.case import (
    BotulinumSession,
    CaseError,
    Contact,
    Coverage,
    Diagnosis,
    Document,
    Provider,
    Reason,
    ServiceLine,
    check,
    npi_is_valid,
)


def test_the_worked_example_of_the_npi_check_digit():
    # CMS, "Requirements for NPI and NPI Check Digit": 123456789 has the check digit 3.
    assert npi_is_valid("1234567893")


@given(st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(place, shift):
    digits = [int(digit) for digit in "1234567893"]
    digits[place + 1] = (digits[place + 1] + shift) % 10
    assert not npi_is_valid("".join(map(str, digits)))


@pytest.mark.parametrize(
    "npi", ["", "123456789", "12345678933", "3234567893", "12345\uff167893", "abc"]
)
def test_what_is_no_npi_is_refused(npi):
    assert not npi_is_valid(npi)


@pytest.mark.parametrize(
    ("model", "data", "accepted"),
    [
        (Provider, {"name": "Ada", "npi": "1234567890"}, "National Provider Identifier"),
        (Provider, {"name": "Ada", "tax_id": "123"}, "00-1234567"),
        (Provider, {"name": "Ada", "phone": "call me"}, "phone or fax"),
        (Diagnosis, {"code": "M7911"}, "M79.11"),
        (Coverage, {"payer": "P", "state": "ZZ"}, "two letters"),
        (ServiceLine, {"code": "X"}, "five characters"),
        (Reason, {"carc": "hello"}, "CO-50"),
        (Reason, {"rarc": "50"}, "N115"),
        (Document, {"name": "d", "size": 1, "sha256": "x"}, "SHA-256"),
        (Contact, {"time_zone": "Mars/Olympus"}, "America/New_York"),
        (Contact, {"time_zone": "../../etc/passwd"}, "America/New_York"),
        (BotulinumSession, {"product": "onabotulinumtoxinA", "hcpcs": "J0586"}, "J0585"),
    ],
)
def test_a_wrong_code_says_what_would_be_right(model, data, accepted):
    with pytest.raises(CaseError) as caught:
        check(model, data)
    assert accepted in str(caught.value)


def test_codes_are_tidied_not_refused():
    assert Diagnosis(code=" m79.11 ").code == "M79.11"
    assert Coverage(payer="P", state="ca").state == "CA"
    assert Reason(carc="co-50", rarc="n115") == Reason(carc="CO-50", rarc="N115")
