"""Denials with their triage, deadlines with what follows, and who looks after a case."""

from datetime import date, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from tmjkit.case import (
    Appeal,
    Case,
    ClosedReason,
    Contact,
    Decision,
    Determination,
    Outcome,
    Reason,
    Task,
    closed_by,
    owner_of,
)
from tmjkit.dashboards import deadlines_model, handling_view
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.case_view import CaseView
from tmjkit.dashboards.deadlines_view import DeadlinesView, clock
from tmjkit.dashboards.decisions_view import DecisionsView
from tmjkit.dashboards.desk import Desk
from tmjkit.dashboards.handling_view import HandlingView, PeopleView
from tmjkit.dashboards.panel import CaseContext
from tmjkit.dashboards.triage_model import Denial, denials, last_day
from tmjkit.dashboards.triage_view import notice, reading
from tmjkit.knowledge import library
from tmjkit.rules import Status
from tmjkit.rules.assessment import assess_case

TODAY = date(2026, 11, 23)


@pytest.fixture
def context(model: CaseModel) -> CaseContext:
    return CaseView(model, Desk()).context


def _denials(case: Case) -> tuple[Denial, ...]:
    return denials(case, assess_case(case, TODAY))


def _buttons(widget: Any) -> dict[str, Any]:
    found = {}
    for child in getattr(widget, "children", ()):
        found |= _buttons(child)
    if hasattr(widget, "click"):
        found[f"{widget.description}|{widget.tooltip}"] = widget
    return found


def _press(widget: Any, label: str) -> None:
    found = [one for name, one in _buttons(widget).items() if label in name]
    assert len(found) == 1, (label, list(_buttons(widget)))
    found[0].click()


# Denials


def test_a_denial_shows_its_ways_with_the_day_that_the_rules_count(erisa: Case) -> None:
    (one,) = _denials(erisa)
    clocks = {item.way.route.value: item.clock for item in one.ways}
    appeal = clocks["internal"]
    assert appeal is not None
    (counted,) = (
        item
        for item in assess_case(erisa, TODAY).deadlines
        if item.rule == "deadline.internal-appeal"
    )
    assert appeal == counted
    assert last_day(appeal) == "April 16, 2027", "the 17th is a Saturday"
    shown = reading(one)
    assert "April 16, 2027" in shown
    assert "send by Friday, April 16, 2027" in shown
    assert "off-label" in shown
    assert "Arguable" in shown


def test_what_the_notice_lacks_stands_beside_it(erisa: Case) -> None:
    bare = Determination(decision=Decision.DENIAL, coverage_id=erisa.coverages[0].id)
    found = next(one for one in _denials(erisa.with_record(bare)) if one.record.id == bare.id)
    rules = {item.rule for item in found.lacking}
    assert rules == {"missing.notice-date", "missing.received-date", "missing.denial-reason"}
    said = notice(found)
    assert "What the notice lacks" in said
    assert "Not recorded" in said


def test_a_denial_that_was_set_right_comes_last_and_offers_no_letter(
    context: CaseContext, erisa: Case
) -> None:
    denial = erisa.determinations[0]
    context.model.update(
        Appeal(
            determination_id=denial.id,
            sent="2026-11-01",
            outcome=Outcome.OVERTURNED,
            decided="2026-11-20",
        )
    )
    (one,) = _denials(context.model.open_case())
    assert not one.stands
    view = DecisionsView(context)
    view.refresh()
    assert not [name for name in _buttons(view.widget) if name.startswith("Write:")]


def test_words_of_a_notice_are_escaped(erisa: Case) -> None:
    mark = "<img src=x onerror=alert(1)>"
    hostile = Determination(
        decision=Decision.DENIAL,
        notice_date="2026-11-01",
        reasons=(Reason(text=mark),),
        decided_by=mark,
        coverage_id=erisa.coverages[0].id,
    )
    found = next(one for one in _denials(erisa.with_record(hostile)) if one.record.id == hostile.id)
    assert "<img" not in notice(found) + reading(found)


def test_a_button_opens_the_letter_about_this_denial(model: CaseModel, erisa: Case) -> None:
    went: list[str] = []
    context = CaseView(model, Desk()).context
    context.go = went.append
    view = DecisionsView(context)
    view.refresh()
    _press(view.widget, "Write: Appeal of a denial")
    assert went == ["letters"]
    assert (context.papers.kind, context.papers.about_id) == (
        "appeal",
        erisa.determinations[0].id,
    )


def test_what_somebody_opened_stays_open_where_nothing_changed(context: CaseContext) -> None:
    view = DecisionsView(context)
    view.refresh()
    before = view.widget.children[0].children
    context.model.update(Task(title="Something else"))
    view.refresh()
    assert view.widget.children[0].children == before


# Deadlines


def test_a_payer_past_its_own_clock_is_told_with_what_follows(context: CaseContext) -> None:
    model = context.model
    late = Contact(
        organization="Example Mutual", promised="A call", promised_by=TODAY - timedelta(days=4)
    )
    model.update(late)
    found = deadlines_model.clocks(context.assessment().deadlines, TODAY, library())
    (one,) = (item for item in found if item.payer_late)
    assert one.deadline.records[0] == late.id
    assert one.follows
    said = clock(one)
    assert "past its own clock since November 19, 2026" in said
    assert "Payer late" in said


def test_each_clock_says_how_it_was_worked_out_and_by_which_law(context: CaseContext) -> None:
    found = deadlines_model.clocks(context.assessment().deadlines, TODAY, library())
    appeal = next(one for one in found if one.deadline.rule == "deadline.internal-appeal")
    said = clock(appeal)
    assert "Received October 19, 2026 + 180 days" in said
    assert "29 CFR 2560.503-1" in said
    assert appeal.left == (date(2027, 4, 16) - TODAY).days
    assert appeal.badge[0] == f"{appeal.left} days left"


def test_a_task_is_done_and_a_promise_settled_by_one_click(context: CaseContext) -> None:
    model = context.model
    view = DeadlinesView(context)
    view.refresh()
    _press(view.widget, "Done today: Send the first-level appeal")
    task = next(one for one in model.open_case().tasks if one.title.startswith("Send the first"))
    assert task.done == TODAY
    view.refresh()
    assert not [name for name in _buttons(view.widget) if "Done today: Send the first" in name]
    _press(view.widget, "Not kept|")
    assert [one.kept for one in model.open_case().contacts].count(False) == 2


def test_a_task_without_a_day_is_not_lost(context: CaseContext) -> None:
    context.model.update(Task(title="Ask for a day"))
    view = DeadlinesView(context)
    view.refresh()
    _press(view.widget, "Done today: Ask for a day")
    assert deadlines_model.without_day(context.model.open_case()) == ()


@pytest.mark.parametrize("named", [True, False])
def test_the_calendar_names_the_patient_only_when_asked(context: CaseContext, named: bool) -> None:
    deadlines = context.assessment().deadlines
    data = deadlines_model.calendar_file(context.model, deadlines, named=named)
    assert ("Avery" in data.decode()) is named
    events = Calendar.from_ical(data).walk("VEVENT")
    timed = [one for one in deadlines if one.due is not None and one.status is not Status.WAITING]
    assert len(events) == len(timed)


# Who looks after it


def test_a_case_is_taken_over_closed_and_opened_again(context: CaseContext) -> None:
    model = context.model
    view = HandlingView(context)
    view.refresh()
    _press(view.widget, "Take it over")
    assert owner_of(model.open_case().handling) == "me"
    view.refresh()
    assert "Looked after by me" in view._words.value
    assert view._take.layout.display == "none"
    assert view._close.layout.display == "none"
    view._reason.widget.value = ClosedReason.PAID.value
    assert view._close.layout.display != "none"
    _press(view.widget, "Close the case")
    assert closed_by(model.open_case().handling) is not None
    view.refresh()
    assert ClosedReason.PAID.label in view._words.value
    _press(view.widget, "Open it again")
    assert closed_by(model.open_case().handling) is None


def test_a_case_that_was_never_saved_offers_nobody(model: CaseModel) -> None:
    model.new()
    view = HandlingView(CaseView(model, Desk()).context)
    view.refresh()
    shown = [one for one in view._actions.children if one.layout.display != "none"]
    assert shown == []


def test_the_panels_hold_the_sections_whose_forms_can_be_resumed(context: CaseContext) -> None:
    assert set(PeopleView(context).sections) == {*handling_view.LISTS, "handling"}
    assert set(DeadlinesView(context).sections) == {"tasks"}
    assert "determinations" in DecisionsView(context).sections
