"""What the scores did around treatments and sessions: windows, changes, wear-off, what else was."""

import json
from datetime import date
from pathlib import Path

import pytest

from tmjkit import examples, knowledge
from tmjkit.case import BotulinumSession, Case, Measurement, PatientSource, Questionnaire, Treatment
from tmjkit.knowledge import Benefit, Confidence
from tmjkit.rules.response import FOLLOWED, Direction, Reach, response
from tmjkit.rules.response.words import (
    change_words,
    interval_words,
    other_words,
    verdict_words,
    wear_off_words,
)

TODAY = date(2026, 11, 23)


def session(day, **more):
    return BotulinumSession(product="onabotulinumtoxinA", date=day, **more)


def pain(day, value, **more):
    return Measurement(instrument="nrs-pain", date=day, value=value, **more)


def case_of(*records):
    made = Case()
    for record in records:
        made = made.with_record(record)
    return made


def only(*records, today=TODAY, **more):
    """Return the one episode of a case."""
    (found,) = response(case_of(*records), today, **more).episodes
    return found


def of_pain(*records, **more):
    return only(*records, **more).on("nrs-pain")


# The last value of the 8 weeks (56 days) before, the day itself included.
@pytest.mark.parametrize(
    ("days", "value"),
    [
        ([("2026-01-01", 8)], 8),  # the day of the session
        ([("2025-12-31", 7), ("2025-12-01", 8)], 7),
        ([("2025-11-06", 6)], 6),  # 56 days before
        ([("2025-11-05", 6)], None),  # 57 days before
        ([("2026-01-02", 6)], None),
        ([("2025-12-31", 7), ("2025-12-31", 5)], 5),  # two on a day: what claims less improvement
    ],
)
def test_the_baseline_is_the_last_value_of_the_eight_weeks_before(days, value):
    found = of_pain(session("2026-01-01"), *(pain(*item) for item in days), pain("2026-02-01", 4))
    assert (found.baseline.value if found.baseline else None) == value


# 2 to 12 weeks (14 to 84 days) after.
@pytest.mark.parametrize(
    ("day", "counts"),
    [("2026-01-14", False), ("2026-01-15", True), ("2026-03-26", True), ("2026-03-27", False)],
)
def test_the_follow_up_of_a_session_is_taken_2_to_12_weeks_after_it(day, counts):
    found = of_pain(session("2026-01-01"), pain("2026-01-01", 8), pain(day, 4))
    assert bool(found.follow_up) is counts
    assert (found.best is not None) is counts
    assert found.last.after.value == 4


def test_a_session_is_judged_by_its_best_value_and_a_treatment_by_its_last():
    values = [pain("2026-01-01", 8), pain("2026-01-29", 3), pain("2026-03-01", 5)]
    injected = only(session("2026-01-01"), *values)
    change = injected.judged(injected.on("nrs-pain"))
    assert (change.absolute, change.percent) == (-5, -62.5)
    exercised = only(Treatment(kind="jaw-exercise", start="2026-01-01", end="2026-03-01"), *values)
    change = exercised.judged(exercised.on("nrs-pain"))
    assert (change.absolute, change.percent) == (-3, -37.5)
    assert change.direction is Direction.BETTER


def test_of_two_values_on_a_day_the_one_that_claims_less_counts():
    found = of_pain(session("2026-01-01"), pain("2026-01-01", 8), pain("2026-02-01", 2),
                    pain("2026-02-01", 5))  # fmt: skip
    assert found.best.after.value == 5


@pytest.mark.parametrize(
    ("treatment", "day", "counts"),
    [
        # up to 8 weeks after the end; without an end up to 12 weeks after the start
        ({"end": "2026-02-01"}, "2026-03-29", True),
        ({"end": "2026-02-01"}, "2026-03-30", False),
        ({}, "2026-03-26", True),
        ({}, "2026-03-27", False),
        ({"ongoing": True}, "2026-11-23", True),
    ],
)
def test_how_long_values_belong_to_a_treatment(treatment, day, counts):
    found = of_pain(
        Treatment(kind="splint", start="2026-01-01", **treatment), pain("2026-01-01", 8),
        pain(day, 4),
    )  # fmt: skip
    assert bool(found.after) is counts


def test_opening_gets_better_when_it_grows():
    def opening(day, value):
        return Measurement(instrument="mmo-unassisted", date=day, value=value)

    episode = only(session("2026-01-01"), opening("2026-01-01", 34), opening("2026-02-01", 38))
    change = episode.on("mmo-unassisted").best
    assert change.direction is Direction.BETTER
    assert change.absolute == 4
    (verdict,) = change.verdicts
    # About 2.5 mm (Calixtre 2020).
    assert (verdict.fact, verdict.reach) == ("E-MCID-CAL", Reach.REACHED)
    assert "which opening was measured" in verdict.limit
    worse = only(session("2026-01-01"), opening("2026-01-01", 38), opening("2026-02-01", 34))
    assert worse.on("mmo-unassisted").best.direction is Direction.WORSE


def reaches(before, after, fact, benefit):
    found = of_pain(session("2026-01-01"), pain("2026-01-01", before), pain("2026-02-01", after))
    return next(
        item.reach for item in found.best.verdicts if (item.fact, item.benefit) == (fact, benefit)
    )


MINIMAL, MODERATE, SUBSTANTIAL = Benefit.MINIMAL, Benefit.MODERATE, Benefit.SUBSTANTIAL


@pytest.mark.parametrize(
    ("before", "after", "fact", "benefit", "reach"),
    [
        # J Oral Rehabil 2024: 0.80 points, substantial 2.18
        (7, 6.2, "E-MCID-2024", MINIMAL, Reach.REACHED),
        (7, 6.21, "E-MCID-2024", MINIMAL, Reach.NOT_REACHED),
        (7, 4.82, "E-MCID-2024", SUBSTANTIAL, Reach.REACHED),
        (7, 5, "E-MCID-2024", SUBSTANTIAL, Reach.NOT_REACHED),
        # Calixtre 2020: 0 to 1.9 points
        (7, 5.1, "E-MCID-CAL", MINIMAL, Reach.REACHED),
        (7, 6, "E-MCID-CAL", MINIMAL, Reach.WITHIN),
        (7, 7, "E-MCID-CAL", MINIMAL, Reach.NOT_REACHED),
        (7, 8, "E-MCID-CAL", MINIMAL, Reach.NOT_REACHED),
        # IMMPACT (Dworkin 2008): 10 to 20%, 30%, 50%
        (10, 9, "E-MCID-IMMPACT", MINIMAL, Reach.WITHIN),
        (10, 9.1, "E-MCID-IMMPACT", MINIMAL, Reach.NOT_REACHED),
        (10, 8, "E-MCID-IMMPACT", MINIMAL, Reach.REACHED),
        (10, 7, "E-MCID-IMMPACT", MODERATE, Reach.REACHED),
        (10, 7.1, "E-MCID-IMMPACT", MODERATE, Reach.NOT_REACHED),
        (10, 5, "E-MCID-IMMPACT", SUBSTANTIAL, Reach.REACHED),
        # Emshoff 2010: 37.9%
        (10, 6.21, "E-MCID-VAS", MODERATE, Reach.REACHED),
        (10, 6.22, "E-MCID-VAS", MODERATE, Reach.NOT_REACHED),
    ],
)
def test_a_change_is_held_against_each_confirmed_source(before, after, fact, benefit, reach):
    assert reaches(before, after, fact, benefit) is reach


def test_sources_that_differ_are_both_shown():
    found = of_pain(session("2026-01-01"), pain("2026-01-01", 7), pain("2026-02-01", 6))
    line = verdict_words(found.best)[0]
    assert "sources differ" in line
    assert "Reached: 0.8 points" in line
    assert "Within the range that the source gives: 0 to 1.9 points" in line
    assert all(item.confidence for item in found.best.verdicts)


def test_a_scale_without_a_confirmed_difference_says_so():
    def phq(day, value):
        return Measurement(instrument="phq-4", date=day, value=value)

    episode = only(session("2026-01-01"), phq("2026-01-01", 8), phq("2026-02-01", 2))
    assert verdict_words(episode.on("phq-4").best) == ["No confirmed difference for this scale."]


def test_what_nobody_confirmed_is_no_measure():
    known = {
        name: fact.model_copy(update={"confidence": Confidence.MEMORY})
        for name, fact in knowledge.facts().items()
    }
    found = of_pain(
        session("2026-01-01"), pain("2026-01-01", 7), pain("2026-02-01", 2), knowledge=known
    )
    assert found.best.verdicts == ()


def test_where_sources_of_a_fact_differ_that_is_said_beside_it():
    known = {
        name: fact.model_copy(update={"confidence": Confidence.CONFLICT})
        for name, fact in knowledge.facts().items()
    }
    found = of_pain(
        session("2026-01-01"), pain("2026-01-01", 7), pain("2026-02-01", 2), knowledge=known
    )
    assert all("sources differ" in item.limit for item in found.best.verdicts)


def test_no_percentage_is_taken_from_zero_or_of_grades():
    found = of_pain(session("2026-01-01"), pain("2026-01-01", 0), pain("2026-02-01", 2))
    assert found.best.percent is None
    assert {item.size for item in found.best.verdicts} == {
        "0 to 1.9 points",
        "0.8 points",
        "2.18 points",
    }

    def grade(day, value):
        return Measurement(instrument="gcps-grade", version="2.0", date=day, value=value)

    episode = only(session("2026-01-01"), grade("2026-01-01", 4), grade("2026-02-01", 2))
    change = episode.on("gcps-2-grade").best
    assert change.percent is None
    assert change_words(change) == "IV to II, better, after 4.4 weeks"


def test_scores_of_questionnaires_count_with_their_subscales():
    def chewing(day, answer):
        return Questionnaire(form="jfls-20", date=day, answers=[answer] * 6 + ["1"] * 14)

    episode = only(session("2026-01-01"), chewing("2026-01-01", "6"), chewing("2026-02-01", "4"))
    change = episode.on("jfls-20-mastication").best
    assert change.absolute == -2
    (verdict,) = change.verdicts
    # 1.35 points (J Oral Rehabil 2024).
    assert (verdict.benefit, verdict.reach) == (SUBSTANTIAL, Reach.REACHED)
    assert episode.on("jfls-20").best.before.value == pytest.approx((6 + 1 + 1) / 3)
    assert episode.on("jfls-20-short").best.before.value == pytest.approx((6 * 3 + 5) / 8)
    assert episode.on("jfls-8") is None


def test_a_recorded_score_and_the_answers_of_its_day_are_one_value_with_both_sources():
    asked = Questionnaire(form="phq-4", date="2026-01-01", answers=["1", "1", "1", "1"])
    told = Measurement(instrument="phq-4", date="2026-01-01", value=9, sources=[PatientSource()])
    (point,) = response(case_of(asked, told), TODAY).points
    assert point.value == 4
    assert point.records == (asked.id, told.id)
    assert point.documented
    assert point.computed


def test_versions_of_the_gcps_are_never_compared():
    def intensity(day, value, version):
        return Measurement(instrument="gcps-cpi", date=day, value=value, version=version)

    case = case_of(
        session("2026-01-01"),
        intensity("2026-01-01", 80, "1.0"),
        intensity("2026-02-01", 30, "2.0"),
        intensity("2026-02-01", 20, ""),
    )
    found = response(case, TODAY)
    (episode,) = found.episodes
    assert all(item.best is None and item.last is None for item in episode.scales)
    assert found.left_out == ("scores of the Graded Chronic Pain Scale without its version: 1",)


def test_values_after_the_next_session_belong_to_that_one():
    case = case_of(
        session("2026-01-01", id="session-1"),
        session("2026-03-01", id="session-2"),
        pain("2026-01-01", 8),
        pain("2026-03-01", 6),  # taken before the second injection
        pain("2026-04-01", 2),
    )
    first, second = response(case, TODAY).sessions
    assert [point.value for point in first.on("nrs-pain").after] == [6]
    assert second.on("nrs-pain").baseline.value == 6
    assert [point.value for point in second.on("nrs-pain").after] == [2]


def test_two_records_of_one_day_are_one_day_of_injections():
    case = case_of(
        session("2026-01-01"), session("2026-01-01"), pain("2026-01-01", 8), pain("2026-02-01", 4)
    )
    for episode in response(case, TODAY).sessions:
        assert episode.on("nrs-pain").best.absolute == -4
        assert episode.since_previous is None


@pytest.mark.parametrize(
    ("first", "second", "weeks", "held"),
    [
        ("2026-01-01", "2026-03-26", (12, 12), True),
        ("2026-01-01", "2026-03-25", (11.9, 11.9), False),
        ("2026-01", "2026-04-01", (8.6, 12.9), None),
        ("2026-01", "2026-02-15", (2.1, 6.4), False),
        ("2025-12", "2026-03-26", (12.1, 16.4), True),
    ],
)
def test_whether_twelve_weeks_lay_between_sessions(first, second, weeks, held):
    _, found = response(case_of(session(first), session(second)), TODAY).sessions
    assert (found.since_previous, found.interval_held) == (weeks, held)
    assert "after the session before" in interval_words(found)


def test_the_recorded_interval_counts_where_there_is_no_session_before():
    assert only(session("2026-01-01", interval_weeks=12)).interval_held is True
    assert only(session("2026-01-01", interval_weeks="11.5")).interval_held is False
    assert only(session("2026-01-01")).interval_held is None
    assert interval_words(only(session("2026-01-01"))) == ""


def worn(values, *more, today=TODAY):
    """Return how long a session of January 1, 2026 lasted, by scores so many weeks after it."""
    days = [
        pain(date.fromordinal(date(2026, 1, 1).toordinal() + 7 * week).isoformat(), value)
        for week, value in values
    ]
    found = response(case_of(session("2026-01-01"), *days, *more), today).sessions
    return found[0].wear_off


def test_an_effect_is_over_at_the_first_value_less_than_a_fifth_below_baseline():
    found = worn([(0, 10), (4, 3), (10, 8), (14, 8.1), (16, 3)])
    assert (found.still, found.back, found.next_session) == (10, 14, False)
    assert wear_off_words(found) == "between 10 and 14 weeks by the pain scores"


def test_an_effect_that_goes_on_lasted_at_least_until_the_last_value():
    found = worn([(0, 10), (4, 3), (10, 5)])
    assert (found.still, found.back, found.next_session) == (10, None, False)
    assert wear_off_words(found).startswith("at least 10 weeks")
    found = worn([(0, 10), (4, 3), (10, 5), (14, 10)], session("2026-03-20"))
    assert (found.still, found.back, found.next_session) == (10, None, True)
    assert "then came the next session" in wear_off_words(found)


def test_a_late_value_ends_an_effect_and_is_no_proof_of_one():
    found = worn([(0, 10), (4, 3), (40, 9)])
    assert (found.still, found.back) == (4, 40)
    found = worn([(0, 10), (4, 3), (40, 3)])
    assert (found.still, found.back) == (4, None)


def test_without_an_improvement_there_is_nothing_to_wear_off():
    found = worn([(0, 10), (4, 9), (8, 10)])
    assert (found.still, found.back) == (None, None)
    assert "no fall of pain by 20%" in wear_off_words(found)


def test_the_recorded_duration_stands_beside_the_scores():
    episode = only(
        session("2026-01-01", duration_weeks=13), pain("2026-01-01", 10), pain("2026-02-01", 3)
    )
    assert wear_off_words(episode.wear_off).startswith("about 13 weeks by the record; at least 4.4")
    alone = only(session("2026-01-01", duration_weeks=13))
    assert wear_off_words(alone.wear_off) == "about 13 weeks by the record"
    assert only(session("2026-01-01")).wear_off is None


def test_what_else_was_begun_or_ended_in_between_is_named():
    def care(name, **when):
        return Treatment(kind="other", name=name, **when)

    found = response(
        case_of(
            session("2026-01-01"),
            pain("2025-12-20", 8),
            pain("2026-02-01", 3),
            care("begun before", start="2025-06-01", ongoing=True),
            care("begun between", start="2026-01-10", ongoing=True),
            care("ended between", start="2025-06-01", end="2026-01-05"),
            care("perhaps begun", start="2026", ongoing=True),
            care("begun on the last day", start="2026-02-01", ongoing=True),
            care("begun later", start="2026-03-01", ongoing=True),
            Treatment(kind="other", name="for a knee", start="2026-01-10", purpose="other"),
        ),
        TODAY,
    )
    (episode,) = found.sessions
    told = [other_words(item) for item in episode.others]
    assert told == [
        "perhaps begun may have been begun in between (2026)",
        "ended between was ended in between (January 5, 2026)",
        "begun between was begun in between (January 10, 2026)",
    ]


def test_a_baseline_under_the_effect_of_the_session_before_is_told():
    case = case_of(session("2026-01-01"), session("2026-03-26"), pain("2026-02-20", 3))
    _, second = response(case, TODAY).sessions
    assert "January 1, 2026, whose effect may not have worn off: Pain" in second.notes[0]
    late = case_of(session("2026-01-01"), session("2026-03-26"), pain("2026-03-26", 8))
    assert response(late, TODAY).sessions[1].notes == ()
    before_both = case_of(session("2026-01-01"), session("2026-02-01"), pain("2026-01-01", 8))
    assert response(before_both, TODAY).sessions[1].notes == ()


def test_a_date_without_its_day_counts_only_where_every_day_lies_in_the_window():
    sure = of_pain(session("2026-02-01"), pain("2026-01", 8), pain("2026-03", 3))
    assert sure.best.absolute == -5
    assert sure.best.weeks == (4, 8.3)
    episode = only(session("2026-02-15"), pain("2026-02", 8), pain("2026-02-15", 7))
    assert episode.on("nrs-pain").baseline.value == 7
    assert [str(point.day) for point in episode.unsure] == ["2026-02"]
    vague = only(session("2026-02"), pain("2026-02-10", 8), pain("2026-04-01", 3))
    assert vague.on("nrs-pain").baseline is None
    assert [point.value for point in vague.unsure] == [8]


def test_what_is_still_to_come_is_ignored():
    case = case_of(
        session("2026-01-01"), session("2027-01-01"), pain("2026-01-01", 8),
        pain("2027-02-01", 1), Treatment(kind="splint", start="2027"),
        Questionnaire(form="phq-4", date="2027", answers=["1"] * 4),
    )  # fmt: skip
    found = response(case, TODAY)
    assert [str(item.start) for item in found.episodes] == ["2026-01-01"]
    assert [point.value for point in found.points] == [8]


def test_what_is_not_about_the_jaw_is_not_used():
    case = case_of(
        session("2026-01-01", purpose="other"),
        pain("2026-01-01", 8, purpose="unknown"),
        Questionnaire(form="phq-4", date="2026-01-01", answers=["1"] * 4, purpose="other"),
    )
    found = response(case, TODAY)
    assert (found.episodes, found.points, found.left_out) == ((), (), ())


def test_what_cannot_be_used_is_counted():
    case = case_of(
        pain(None, 8), session(None), Treatment(kind="splint"),
        Questionnaire(form="phq-4", date="2026-01-01", answers=["-"] * 4),
        Measurement(instrument="other", name="Days off work", value=3, date="2026-01-01"),
    )  # fmt: skip
    assert response(case, TODAY).left_out == (
        "scores or questionnaires without a date: 1",
        "questionnaires with too many missing answers: 1",
        "injection sessions without a date: 1",
        "treatments without a start: 1",
    )


def test_an_empty_case_has_no_response():
    found = response(Case(), TODAY)
    assert found.as_json() == {
        "today": "2026-11-23",
        "episodes": [],
        "series": {},
        "left_out": [],
        "facts": [],
    }


@pytest.mark.parametrize("name", examples.names())
def test_the_examples_become_json_and_rest_on_facts_that_exist(name):
    case = examples.load(name).case
    found = response(case, TODAY)
    data = json.loads(json.dumps(found.as_json()))
    assert len(data["episodes"]) == len(found.episodes)
    assert set(data["facts"]) <= set(knowledge.facts())
    for point in found.points:
        for record in point.records:
            assert case.record(record)


def test_the_sessions_of_the_california_example():
    found = response(examples.load("california-not-medically-necessary").case, TODAY)
    first, second = found.sessions
    assert change_words(first.on("nrs-pain").best) == (
        "7 to 3 points (\N{MINUS SIGN}57%), better, after 6 weeks"
    )
    assert change_words(second.on("jfls-8").best).startswith("3.75 to 1.75 points")
    assert (second.since_previous, second.interval_held) == ((20, 20), True)
    assert (second.wear_off.recorded, second.wear_off.still, second.wear_off.back) == (16, 13, 28)


def test_every_scale_that_the_knowledge_base_sizes_is_followed():
    names = {
        scale
        for fact in knowledge.facts().values()
        for size in fact.difference
        for scale in size.scales
    }
    assert names <= set(FOLLOWED)
    for fact in knowledge.facts().values():
        for size in fact.difference:
            units = {FOLLOWED[scale].unit for scale in size.scales}
            assert size.relative or units == {size.unit}


def test_the_example_of_the_docs_runs(capsys):
    page = Path(__file__).parents[2] / "docs" / "instruments.md"
    code = page.read_text().partition("```python")[2].partition("```")[0]
    exec(compile(code, str(page), "exec"), {})  # noqa: S102 -- our own page
    out = capsys.readouterr().out
    assert out.startswith("7.0 3.0 -57.1")
    assert "Calixtre 2020" in out
    assert "Grade III: moderately limiting 70.0" in out
