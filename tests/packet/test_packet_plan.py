"""Which parts come, and in which order, by the letter and the denial's class."""

from dataclasses import replace
from datetime import date

import pytest

from tmjkit import examples
from tmjkit.case import Appeal, Case, Reason, ReasonKind
from tmjkit.letters import Letter, compose, kinds
from tmjkit.packet import Options, PartKind, plan

TODAY = date(2026, 11, 23)
ERISA, CALIFORNIA = "self-funded-erisa-denial", "california-not-medically-necessary"
OWN = {
    PartKind.STEPS,
    PartKind.TIMELINE,
    PartKind.RESPONSE,
    PartKind.SOURCES,
    PartKind.CALLS,
}


def denied(name: str, *reasons: tuple[ReasonKind, str]) -> Case:
    """Return an example case whose denial has these reasons instead of its own."""
    case = examples.load(name).case
    [denial] = [item for item in case.determinations if item.adverse]
    told = tuple(Reason(kind=kind, text=text) for kind, text in reasons)
    return case.with_record(denial.model_copy(update={"reasons": told}))


def bare(case: Case, kind: str = "appeal", *, facts: tuple[str, ...] = ()) -> Letter:
    """Return a letter about the case's denial that cites nothing."""
    [denial] = [item for item in case.determinations if item.adverse]
    return Letter(
        kind=kind,
        title="A letter",
        date=TODAY,
        blocks=(),
        exhibits=(),
        facts=facts,
        about_id=denial.id,
        coverage_id=case.coverages[0].id,
    )


def own(letter: Letter, case: Case, **options: bool) -> list[PartKind]:
    """Return our own parts between index and exhibits."""
    planned = plan(letter, case, today=TODAY, options=Options(**options))
    return [item.kind for item in planned if item.kind in OWN]


STEP = (ReasonKind.STEP_THERAPY, "Step therapy was not completed: try conservative care first.")
EXPERIMENTAL = (ReasonKind.EXPERIMENTAL, "The service is experimental and investigational.")
NEEDED = (ReasonKind.NOT_MEDICALLY_NECESSARY, "It is not medically necessary.")
LATE = (ReasonKind.TIMELINESS, "The claim was filed after the time limit for filing had expired.")
NO_AUTH = (ReasonKind.NO_PRIOR_AUTHORIZATION, "Prior authorization was not obtained.")
NETWORK = (ReasonKind.NETWORK, "The provider is out of network.")


@pytest.mark.parametrize(
    ("reason", "first"),
    [
        (STEP, PartKind.STEPS),
        (NEEDED, PartKind.RESPONSE),
    ],
)
def test_what_answers_the_denial_comes_first(reason, first):
    case = denied(CALIFORNIA, reason)
    found = own(bare(case), case)
    assert found[0] is first
    assert set(found) == {PartKind.STEPS, PartKind.TIMELINE, PartKind.RESPONSE, PartKind.CALLS}


def test_an_experimental_denial_is_answered_with_the_literature_first():
    case = denied(CALIFORNIA, EXPERIMENTAL)
    found = own(bare(case, facts=("bmj-2023",)), case)
    assert found[0] is PartKind.SOURCES
    assert len(found) == len(set(found)) == 5


@pytest.mark.parametrize("reason", [LATE, NO_AUTH, NETWORK])
def test_a_denial_about_papers_is_not_answered_with_the_patients_history(reason):
    case = denied(CALIFORNIA, reason)
    assert own(bare(case), case) == [PartKind.CALLS]


def test_two_reasons_bring_what_either_needs():
    case = denied(CALIFORNIA, LATE, NEEDED)
    assert {PartKind.STEPS, PartKind.TIMELINE, PartKind.CALLS} <= set(own(bare(case), case))


@pytest.mark.parametrize("kind", ["claim-file", "plan-documents", "denial-reason", "claim-inquiry"])
def test_a_letter_that_asks_for_papers_brings_no_records_along(kind):
    case = denied(CALIFORNIA, NEEDED)
    assert own(bare(case, kind), case) == []


def test_a_complaint_brings_the_log_of_calls_and_no_charts():
    case = denied(CALIFORNIA, NEEDED)
    assert own(bare(case, "complaint"), case) == [PartKind.CALLS]


def test_a_request_for_the_treatment_brings_the_history_and_no_log():
    case = denied(CALIFORNIA, NEEDED)
    letter = replace(bare(case, "prior-authorization"), about_id="")
    assert own(letter, case) == [PartKind.STEPS, PartKind.TIMELINE, PartKind.RESPONSE]


def test_without_injections_there_is_no_response_chart():
    case = examples.load(ERISA).case
    assert PartKind.RESPONSE not in own(compose("appeal", case, today=TODAY), case)


def test_the_log_can_be_left_at_home():
    case = denied(CALIFORNIA, LATE)
    assert own(bare(case), case, calls=False) == []


def test_an_appeal_is_found_by_way_of_the_appeal_that_it_is_about():
    late = denied(CALIFORNIA, LATE)
    [denial] = [item for item in late.determinations if item.adverse]
    case = late.with_record(Appeal(id="appeal-one", determination_id=denial.id, sent="2026-10-20"))
    assert own(replace(bare(case), about_id="appeal-one"), case) == [PartKind.CALLS]


@pytest.mark.parametrize("name", [ERISA, CALIFORNIA])
def test_exhibits_keep_the_order_of_their_labels(name):
    case = examples.load(name).case
    letter = compose("appeal", case, today=TODAY)
    planned = plan(letter, case, today=TODAY)
    labels = [item.exhibit.label for item in planned if item.exhibit]
    assert labels == [exhibit.label for exhibit in letter.exhibits]
    assert [item.kind for item in planned][:3] == [PartKind.COVER, PartKind.LETTER, PartKind.INDEX]
    assert planned[-1].exhibit is not None
    assert all(item.why.endswith(".") for item in planned)


def test_the_provenance_table_comes_last_and_only_when_asked_for():
    case = examples.load(ERISA).case
    letter = compose("appeal", case, today=TODAY)
    asked = plan(letter, case, today=TODAY, options=Options(provenance=True))
    assert asked[-1].kind is PartKind.PROVENANCE
    assert PartKind.PROVENANCE not in {item.kind for item in plan(letter, case, today=TODAY)}


def test_what_is_read_out_has_no_cover_sheet():
    case = denied(CALIFORNIA, NEEDED)
    for kind in ("call-script", "peer-to-peer-notes"):
        script = plan(bare(case, kind), case, today=TODAY)
        assert script[0].kind is PartKind.LETTER
    sent = plan(bare(case, "call-confirmation"), case, today=TODAY)
    assert sent[0].kind is PartKind.COVER


def test_the_kinds_that_are_named_here_exist():
    from tmjkit.packet.plan import _ASKING, _COMPLAINING

    names = {kind.kind for kind in kinds()}
    assert names >= _ASKING | _COMPLAINING
