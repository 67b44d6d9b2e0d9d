"""The calendar file holds each open duty once, updates on import, and names nobody unasked."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from tmjkit import examples
from tmjkit.case import Appeal, Case, Contact, Coverage, DateRange, Determination, Task
from tmjkit.packet.calendar import calendar
from tmjkit.rules import Deadline, Status, Whose, deadlines

TODAY = date(2026, 6, 1)
NOW = datetime(2026, 6, 1, 12, 30, 15, tzinfo=UTC)

CASE = Case(
    id="case-1",
    coverages=(Coverage(payer="Acme", funding="medicare-advantage"),),
    determinations=(
        Determination(
            id="d-1", decision="denial", notice_date="2026-05-20", received_date="2026-06-30"
        ),
    ),
    tasks=(
        Task(id="t-1", title="Call Jordan Example", due="2026-06-10"),
        Task(id="t-2", title="No day"),
        Task(id="t-3", title="Late", due="2026-05-10"),
    ),
    contacts=(
        Contact(id="c-1", who="Agent 7", promised="to call Jordan", promised_by="2026-06-05"),
    ),
)


def events(case=CASE, *, today=TODAY, now=NOW, **options):
    data = calendar(deadlines(case, today), case.id, now=now, **options)
    return {str(item["uid"]): item for item in Calendar.from_ical(data).walk("VEVENT")}


def test_every_open_duty_is_one_all_day_event():
    found = sorted(events().values(), key=lambda item: item.decoded("dtstart"))
    assert [(item.decoded("dtstart").isoformat(), str(item["summary"])) for item in found] == [
        ("2026-05-10", "Overdue: Do task 3 of 3 (case case-1)"),
        ("2026-06-05", "Check promise 1 of 1 (case case-1)"),
        ("2026-06-10", "Do task 1 of 3 (case case-1)"),
        ("2026-07-24", "Send the reconsideration (case case-1)"),
    ]
    for item in found:
        assert type(item.decoded("dtstart")) is date
        assert item.decoded("dtend") == item.decoded("dtstart") + timedelta(days=1)
        assert item["class"] == "PRIVATE"


def test_alarms_go_off_14_7_and_1_days_ahead():
    for item in events().values():
        ahead = [alarm.decoded("trigger") for alarm in item.walk("VALARM")]
        if str(item["summary"]).startswith("Overdue"):
            assert ahead == []
        else:
            assert ahead == [timedelta(days=-days) for days in (14, 7, 1)]
            assert all(alarm["action"] == "DISPLAY" for alarm in item.walk("VALARM"))


def test_what_is_done_is_cancelled_in_the_calendar_that_holds_it():
    sent = CASE.with_record(Appeal(determination_id="d-1", sent="2026-06-01"))
    done = sent.with_record(sent.tasks[0].model_copy(update={"done": date(2026, 6, 1)}))
    before, after = events(), events(done, now=NOW + timedelta(minutes=1))
    cancelled = {name for name, item in after.items() if item["status"] == "CANCELLED"}
    assert {str(before[name]["summary"]) for name in cancelled} == {
        "Send the reconsideration (case case-1)",
        "Do task 1 of 3 (case case-1)",
    }
    assert all(not after[name].walk("VALARM") for name in cancelled)
    assert all(after[name]["sequence"] > before[name]["sequence"] for name in cancelled)


def test_a_second_file_updates_the_same_events():
    later = NOW + timedelta(seconds=1)
    moved = CASE.with_record(CASE.tasks[0].model_copy(update={"due": date(2026, 6, 12)}))
    first, second = events(), events(moved, now=later)
    assert first.keys() == second.keys()
    for name, item in first.items():
        again = second[name]
        assert again["sequence"] > item["sequence"]
        assert again.decoded("last-modified") > item.decoded("last-modified")
        assert again.decoded("last-modified") == later


def test_two_cases_and_two_duties_never_share_an_id():
    other = CASE.model_copy(update={"id": "case-2"})
    assert not events().keys() & events(other).keys()
    assert len(events()) == 4


def test_the_same_moment_gives_the_same_bytes_in_any_time_zone():
    clocks = deadlines(CASE, TODAY)
    east = NOW.astimezone(timezone(timedelta(hours=5)))
    assert calendar(clocks, "case-1", now=NOW) == calendar(clocks, "case-1", now=east)


def test_a_moment_without_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        calendar((), "case-1", now=NOW.replace(tzinfo=None))


def test_no_name_and_nothing_typed_stands_in_the_file_unless_asked_for():
    clocks = deadlines(CASE, TODAY)
    silent = calendar(clocks, CASE.id, now=NOW)
    assert b"Jordan" not in silent
    assert b"Agent 7" not in silent
    named = calendar(clocks, CASE.id, now=NOW, name="Jordan Example")
    assert b"Jordan Example: Call Jordan Example" in named


@pytest.mark.parametrize("name", examples.names())
def test_the_example_cases_are_silent_about_their_patients(name):
    case = examples.load(name).case
    data = calendar(deadlines(case, date(2026, 11, 23)), case.id, now=NOW)
    unfolded = data.replace(b"\r\n ", b"").decode()
    assert Calendar.from_ical(data).walk("VEVENT")
    # "Example" and "Sample" are names here and ordinary words; the given name is only a name.
    assert case.patient.given not in unfolded
    assert case.patient.name not in unfolded


def test_a_range_names_the_safe_day_and_the_last_possible_one():
    (item,) = [item for item in events().values() if "reconsideration" in str(item["summary"])]
    text = str(item["description"])
    assert "This is the safe date; the last that is possible is 2026-08-29." in text
    assert "42 CFR 422.582(b)(1)" in text
    assert "Case case-1 in tmjkit." in text


def test_a_safe_date_meanwhile_is_tentative():
    unknown = Case(
        coverages=(Coverage(payer="Acme"),),
        determinations=(Determination(decision="denial", notice_date="2026-05-20"),),
    )
    (item,) = events(unknown).values()
    assert item["status"] == "TENTATIVE"
    # 60 days after May 20 is July 19, a Sunday.
    assert item.decoded("dtstart") == date(2026, 7, 17)


def test_no_duty_gives_an_empty_calendar():
    parsed = Calendar.from_ical(calendar((), "case-1", now=NOW))
    assert parsed["version"] == "2.0"
    assert parsed.walk("VEVENT") == []


HOSTILE = st.text(max_size=80) | st.sampled_from(
    ["a;b,c\\d:e", "x\r\nEND:VEVENT\r\nBEGIN:VEVENT", "line\nbreak", "ünï çødé 😀" * 30, '"q"']
)


@given(HOSTILE, HOSTILE)
def test_any_words_come_back_as_words(name, detail):
    item = Deadline(
        rule="deadline.task",
        title="Do an open task",
        detail=detail,
        trigger="the task",
        trigger_date=None,
        due=DateRange(TODAY, TODAY),
        whose=Whose.OURS,
        status=Status.RUNNING,
        arithmetic="Written down",
        records=("t-1",),
    )
    data = calendar((item,), "case-1", now=NOW, name=name)
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    shown = "".join(sign if sign.isprintable() else " " for sign in f"{name}: {item.label}")
    whole = " ".join(shown.split())
    got = str(event["summary"])
    assert got == whole or (got.endswith("…") and whole.startswith(got[:-1]))
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert len(event.walk("VALARM")) == 3
