"""What the rules say of a case, as the page shows it."""

from datetime import date

from bs4 import BeautifulSoup

from tmjkit import examples
from tmjkit.case import Case, Coverage, Determination, Task
from tmjkit.dashboards import assessment_view, overview_view
from tmjkit.rules.assessment import assess_case

TODAY = date(2026, 11, 23)


def page(case: Case) -> BeautifulSoup:
    found = assess_case(case, TODAY)
    told = f"{overview_view.todo(found)}{assessment_view.assessment(found.sections)}"
    return BeautifulSoup(told, "html.parser")


def test_every_section_opens_with_how_much_is_in_it() -> None:
    soup = page(examples.load("self-funded-erisa-denial").case)
    heads = [one.get_text() for one in soup.select(".tmj-part summary")]
    assert [head.split(" (")[0] for head in heads] == [
        "Which law governs",
        "What is due, on both sides",
        "What kind of denial this is",
        "The payer's criteria",
        "What the scores show",
        "Codes and units",
    ]
    for part in soup.select(".tmj-part"):
        assert f"({len(part.select('li'))})" in part.select_one("summary").get_text()


def test_the_page_shows_what_the_command_line_says() -> None:
    case = examples.load("california-not-medically-necessary").case
    text = page(case).get_text(" ")
    for section in assess_case(case, TODAY).sections:
        for entry in section.entries:
            assert entry.what in text
            for _, words in entry.more:
                assert words in text
        for source in section.sources if section.key != "next" else ():
            assert source in text


def test_the_next_steps_come_first_and_everything_else_is_one_click_away() -> None:
    case = examples.load("medicaid-premature").case
    soup = page(case)
    found = assess_case(case, TODAY)
    everything = soup.select_one("details")
    assert f"({len(found.findings)})" in everything.select_one("summary").get_text()
    assert len(everything.select("li")) == len(found.findings)


def test_what_stands_in_a_case_is_text_and_never_markup() -> None:
    nasty = "<img src=x onerror=alert(1)>"
    case = Case(
        coverages=[Coverage(payer=nasty, funding="fehb")],
        determinations=[
            Determination(decision="denial", reasons=[{"text": f"Experimental {nasty}"}])
        ],
        tasks=[Task(title=nasty, due="2026-12-01")],
    )
    soup = page(case)
    assert soup.select("img") == []
    assert nasty in soup.get_text()


def test_an_empty_case_says_something_under_every_heading() -> None:
    for part in page(Case()).select(".tmj-part"):
        assert part.select("li") or part.select("p")
