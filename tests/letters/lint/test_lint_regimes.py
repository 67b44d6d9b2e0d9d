"""No law of another kind of plan or another state, whether a fact or written out."""

import pytest
from lint_letters import CALIFORNIA, ERISA, TODAY, example, objections, said

from tmjkit.case import Benefit, Case, Funding
from tmjkit.knowledge import facts
from tmjkit.letters import Letter, Paragraph, Run
from tmjkit.letters.lint.citations import cited
from tmjkit.rules import regime

OF = {
    "As 29 CFR 2560.503-1(h)(2)(iii) says.": {"self-funded-erisa", "insured-group"},
    "As 29 C.F.R. § 2560.503-1 says.": {"self-funded-erisa", "insured-group"},
    "ERISA gives this right.": {"self-funded-erisa", "insured-group"},
    "As 29 USC 1132(a)(1)(B) says.": {"self-funded-erisa", "insured-group"},
    "As 42 CFR 438.408 says.": {"medicaid-managed-care"},
    "As 42 CFR Part 438 says.": {"medicaid-managed-care"},
    "As 42 CFR 431.221 says.": {"medicaid-managed-care", "medicaid-ffs"},
    "As 42 CFR 422.590 says.": {"medicare-advantage"},
    "As 42 C.F.R. §423.590 says.": {"part-d"},
    "As 42 CFR 405.942 says.": {"original-medicare"},
    "As 45 CFR 147.136 says.": {
        "self-funded-erisa",
        "insured-group",
        "individual",
        "state-local-government",
    },
    "As 5 CFR 890.105 says.": {"fehb"},
    "As 32 CFR 199.10 says.": {"tricare"},
    "As Cal. Health & Saf. Code 1374.30 says.": {
        "insured-group",
        "individual",
        "state-local-government",
        "medicaid-managed-care",
        "medicaid-ffs",
    },
    "The Department of Managed Health Care can be asked.": {
        "insured-group",
        "individual",
        "state-local-government",
        "medicaid-managed-care",
        "medicaid-ffs",
    },
    "The dmhc can be asked.": {
        "insured-group",
        "individual",
        "state-local-government",
        "medicaid-managed-care",
        "medicaid-ffs",
    },
    "California requires an answer.": {
        "insured-group",
        "individual",
        "state-local-government",
        "medicaid-managed-care",
        "medicaid-ffs",
    },
    "Under california law you answer.": {
        "insured-group",
        "individual",
        "state-local-government",
        "medicaid-managed-care",
        "medicaid-ffs",
    },
    "I will ask for a State fair hearing.": {"medicaid-managed-care", "medicaid-ffs"},
    "Title XIX says so.": {"medicaid-managed-care", "medicaid-ffs"},
    "title xix says so.": {"medicaid-managed-care", "medicaid-ffs"},
    "The Medicaid Act says so.": {"medicaid-managed-care", "medicaid-ffs"},
}


def with_plan(funding: Funding | None, **fields: object) -> Case:
    case = example(CALIFORNIA).case
    cover = case.coverages[0].model_copy(update={"funding": funding, "insured": None} | fields)
    return case.with_record(cover)


def note(words: str | Run, case: Case) -> Letter:
    run = Run(words) if isinstance(words, str) else words
    cover = case.coverages[0].id
    return Letter("note", "A note", TODAY, (Paragraph((run,)),), coverage_id=cover)


def refused(words: str | Run, case: Case) -> bool:
    return "wrong-regime" in {item.rule for item in objections(note(words, case), case)}


@pytest.mark.parametrize("funding", [None, *Funding])
@pytest.mark.parametrize("words", OF)
def test_a_citation_stands_only_where_it_governs(words: str, funding: Funding | None) -> None:
    assert refused(words, with_plan(funding)) is (funding not in OF[words])


def test_the_law_of_another_state_is_refused() -> None:
    case = with_plan(Funding.INDIVIDUAL)
    assert not refused("As the California Insurance Code says.", case)
    for words in (
        "As N.Y. Ins. Law 4904 says.",
        "As the Texas Insurance Code says.",
        "As RCW 48.43.535 says.",
        "As 215 ILCS 180 says.",
        "As Fla. Stat. 627.419 says.",
        "As Minn. Stat. 62Q.73 says.",
        "As West Virginia Code 33-16-3f says.",
    ):
        assert refused(words, case), words


def test_no_law_is_cited_while_the_funding_is_unknown() -> None:
    letter = note("As 29 CFR 2560.503-1 says.", with_plan(None))
    (found,) = (item for item in objections(letter, with_plan(None)) if item.rule == "wrong-regime")
    assert "funding" in found.instead


def test_a_grandfathered_plan_and_a_dental_benefit_are_told_nothing_of_that_rule() -> None:
    words = "As 45 CFR 147.136(d) says."
    assert not refused(words, with_plan(Funding.INDIVIDUAL))
    assert refused(words, with_plan(Funding.INDIVIDUAL, grandfathered=True))
    assert refused(words, with_plan(Funding.INDIVIDUAL, benefit=Benefit.DENTAL))
    right = Run("New evidence is given.", facts=("A-NEWEV-IND",))
    assert not refused(right, with_plan(Funding.INDIVIDUAL))
    assert refused(right, with_plan(Funding.INDIVIDUAL, grandfathered=True))


def test_a_governments_plan_that_no_insurer_stands_behind_hears_nothing_of_insurance_law() -> None:
    words = "As the California Insurance Code says."
    government = Funding.STATE_LOCAL_GOVERNMENT
    assert not refused(words, with_plan(government, insured=True))
    assert refused(words, with_plan(government, insured=False))


@pytest.mark.parametrize("funding", [None, *Funding])
def test_a_fact_may_stand_where_it_applies_and_nowhere_else(funding: Funding | None) -> None:
    case = with_plan(funding)
    law = regime(case.coverages[0])
    for fact in facts().values():
        if fact.letter_ready:
            right = fact.applies(law.regime, grandfathered=law.grandfathered, state=law.state)
            assert refused(Run(fact.statement, facts=(fact.id,)), case) is not right, fact.id


def test_what_a_paper_says_is_quoted_as_it_stands() -> None:
    case = with_plan(Funding.MEDICAID_FFS)
    noted = Run("The notice names ERISA.", records=("determination-denial",))
    assert not refused(noted, case)


def test_the_table_agrees_with_the_facts_on_whom_a_citation_governs() -> None:
    for fact in facts().values():
        # The rule on prior authorization cites one part for programs that each have their own.
        if (
            fact.id.startswith("A-0057")
            or not fact.regimes
            or ";" in fact.citation
            or "," in fact.citation
        ):
            continue
        for found in cited(fact.citation):
            if found.state:
                assert not fact.states or found.state in fact.states, fact.id
            else:
                assert found.regimes.issuperset(fact.regimes), (fact.id, found)


def test_plain_words_are_no_citation() -> None:
    for words in (
        "The code and the law of the plan.",
        "Dr. A. Example of Georgia wrote it.",
        "Washington, D.C. is far.",
        "Please say which law you applied.",
        "A letter from New York.",
    ):
        assert not list(cited(words)), words


def test_every_sentence_of_the_letter_is_looked_at() -> None:
    found = objections(
        said(note("Hello.", example(ERISA).case), "Fine. As 42 CFR 438.408 says. Good.", at=0)
    )
    told = [item.text for item in found if item.rule == "wrong-regime"]
    assert told == ["As 42 CFR 438.408 says."]
