"""Errors are logged by their place; their texts and values are nobody's business."""

import logging
import re

import pytest

from tmjkit.dashboards.trouble import SafeFormatter, new_reference, report, trace

SECRET = "Ada Example, born 1980-02-03"


def broken() -> Exception:
    try:
        try:
            raise KeyError(SECRET)  # noqa: TRY301
        except KeyError as inner:
            raise ValueError(SECRET) from inner
    except ValueError as error:
        error.add_note(SECRET)
        return error


def test_a_trace_names_types_and_places_and_no_value() -> None:
    text = trace(broken())
    assert SECRET not in text
    assert text.startswith("builtins.ValueError")
    assert "builtins.KeyError" in text
    assert re.search(r"at tests/dashboards/test_dashboards_trouble\.py:\d+ in broken", text)


def test_a_trace_of_errors_that_cause_each_other_ends() -> None:
    error = broken()
    assert error.__cause__ is not None
    error.__cause__.__cause__ = error
    assert trace(error).count("builtins.ValueError") == 1


def test_the_reference_on_the_page_is_the_one_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    reference = report(broken(), logging.getLogger("tmjkit.test"))
    assert reference in caplog.text
    assert SECRET not in caplog.text


def test_references_are_short_and_new_each_time() -> None:
    made = {new_reference() for _ in range(200)}
    assert len(made) == 200
    assert all(re.fullmatch(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", one) for one in made)


class Cell(dict[str, str]):
    pass


@pytest.mark.parametrize(
    ("message", "args"),
    [
        ("it broke: %s", (ValueError(SECRET),)),
        ("cell %r", (Cell(outputs=SECRET),)),
        ("cell %(outputs)s", (Cell(outputs=ValueError(SECRET)),)),
        ("list %s", ([SECRET],)),
        (ValueError(SECRET), ()),
    ],
)
def test_no_object_is_written_out(message: object, args: tuple[object, ...]) -> None:
    record = logging.getLogger("x").makeRecord("x", 40, "f", 1, message, args, None)
    text = SafeFormatter().format(record)
    assert SECRET not in text
    assert "ERROR x: " in text


def test_plain_words_and_numbers_stay() -> None:
    record = logging.getLogger("x").makeRecord(
        "x", 30, "f", 1, "%d %s %.1f", (404, "/x", 2.5), None
    )
    assert SafeFormatter().format(record).endswith("WARNING x: 404 /x 2.5")


def test_the_text_of_an_exception_is_not_written_even_if_another_handler_wrote_it() -> None:
    error = broken()
    record = logging.getLogger("x").makeRecord(
        "x", 40, "f", 1, "oh", (), (type(error), error, error.__traceback__)
    )
    plain = logging.Formatter().format(record)
    assert SECRET in plain
    assert SECRET not in SafeFormatter().format(record)
    assert SECRET in logging.Formatter().format(record)
