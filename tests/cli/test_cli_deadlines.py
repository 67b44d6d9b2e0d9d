"""The list of clocks on the command line, and the calendar file that is imported twice."""

from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from tmjkit.case import Case, Coverage, Determination, Task
from tmjkit.cli.clocks import show_clocks
from tmjkit.rules import deadlines

CASE = "case-example-erisa"
TODAY = date(2026, 11, 23)


CROWDED = Case(
    coverages=(Coverage(payer="Example Health", funding="self-funded-erisa"),),
    determinations=(
        Determination(decision="denial", notice_date="2026-10-14", received_date="2026-10-19"),
    ),
    tasks=(
        Task(title="Write " + "a very long title " * 8, due="2026-12-01"),
        Task(title="Call\x1b[31m the plan\u202e", due="2026-11-01", done="2026-11-01"),
    ),
)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_list_keeps_to_the_width_of_the_terminal(capsys, width):
    show_clocks(deadlines(CROWDED, TODAY), width)
    lines = capsys.readouterr().out.splitlines()
    assert all(len(line) <= width for line in lines)
    text = " ".join(" ".join(lines).split())
    assert "Received October 19, 2026 + 180 days = April 17, 2027" in text
    assert "Falls on a Saturday: send by Friday, April 16, 2027" in text
    groups = [line for line in lines if line.endswith(":") and not line.startswith(" ")]
    assert groups == ["Open:", "Cannot start yet:", "Done:"]


def test_nothing_that_was_typed_steers_the_terminal(capsys):
    show_clocks(deadlines(CROWDED, TODAY), 80)
    out = capsys.readouterr().out
    assert "\x1b[31m" not in out
    assert "\u202e" not in out


def test_an_empty_list_has_its_head(capsys):
    show_clocks((), 80)
    assert capsys.readouterr().out.startswith("due  status  whose  what")


def test_a_second_calendar_updates_the_first_and_cancels_what_is_done(clinic):
    def events(*more):
        assert clinic("deadlines", CASE, "--ics", "due.ics", *more)[0] == 0
        found = Calendar.from_ical(Path("due.ics").read_bytes()).walk("VEVENT")
        return {str(item["uid"]): item for item in found}

    early = events("--today", "2026-10-20")
    late = events("--today", "2027-05-01")
    assert early.keys() == late.keys()
    titles = {str(item["summary"]) for item in late.values()}
    assert f"Overdue: Send the internal appeal (case {CASE})" in titles
    # The payer's decision came in time, so its event is cancelled in both.
    done = [item for item in late.values() if item["status"] == "CANCELLED"]
    assert any("payer's decision" in str(item["summary"]) for item in done)
    assert all(late[name]["sequence"] >= early[name]["sequence"] for name in early)
