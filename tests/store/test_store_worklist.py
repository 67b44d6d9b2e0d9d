"""The worklist shows what is asked for, all of it, in order, page by page, on both databases."""

import base64
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_cases import CHEAP, PASSPHRASE, execute, make_case, renamed, rows

from tmjkit.case import Case, Coverage, Handling, Patient, Stage
from tmjkit.store import DamagedRecord, StoreError, WorklistQuery, Workspace, search, worklist

TODAY = date(2026, 11, 24)
FAMILIES = ("Example", "Exampleton", "Sample", "Müller", "O'Hara", "Li", "Beadle", "Specimen")
PAYERS = ("Example Mutual", "Sample Health Plan", "Plan of Ohio", "")
OWNERS = ("Kim", "Front desk", "")
STAGES = tuple(stage.value for stage in Stage)
DUTIES = ("Call the plan", "Send the appeal", "")


def day(number):
    return (TODAY + timedelta(days=number)).isoformat()


def told(case):
    """Sum a case up from what its note says: the tests decide on every field."""
    stage, payer, owner, duty, due, whose, owes, ready, changes = case.patient.note.split("|")
    return replace(
        case.summary(),
        stage=stage,
        payer=payer,
        owner=owner,
        next_duty=duty,
        next_due=due,
        next_whose=whose,
        payer_due=owes,
        readiness=ready,
        changes_on=changes,
    )


def telling(number, stage="collecting", *, family=None, given="José", due=None, **said):
    """Return a case whose summary is what is said here, else something by its number."""
    fields = {
        "payer": PAYERS[number % 4],
        "owner": OWNERS[number % 3],
        "duty": DUTIES[number % 3],
        "whose": "ours" if number % 5 else "theirs",
        "owes": day(number % 11 - 5) if number % 4 == 0 else "",
        "ready": ("", "0", "2")[number % 3],
        "changes": "",
    } | said
    shown = day(number % 23 - 9) if due is None and number % 6 else due or ""
    if stage == "closed":
        shown = fields["owes"] = ""
    texts = [fields[name] for name in ("whose", "owes", "ready", "changes")]
    note = "|".join([stage, fields["payer"], fields["owner"], fields["duty"], shown, *texts])
    family = FAMILIES[number % 8] if family is None else family
    return Case(patient=Patient(family=family, given=given, note=note))


@pytest.fixture
def filled(place, clock):
    """Return a workspace with 120 cases in every stage."""
    made = Workspace.create(place, PASSPHRASE, clock=clock, kdf=CHEAP, summarize=told)
    made.save_new([telling(number, STAGES[number % 9]) for number in range(110)], "ann")
    for number in range(110, 120):
        made.save(telling(number, STAGES[number % 9]), None, "bo")
    return made


def expected(workspace, query):
    """Return what is asked for, found the long way."""
    fits, key = worklist.matcher(query, TODAY), worklist.order(query)
    rows = [row for row in workspace.summaries() if fits(row)]
    return sorted(rows, key=key, reverse=query.descending)


def pages(workspace, query, limit):
    """Return the rows of all pages, and what each page said was found."""
    rows, found, after = [], [], None
    while True:
        page = workspace.worklist(query, TODAY, after=after, limit=limit)
        rows += page.rows
        found.append(page.found)
        if page.after is None:
            return rows, found
        assert len(page.rows) == limit
        after = page.after


QUERIES = st.builds(
    WorklistQuery,
    words=st.sampled_from(
        [
            "",
            "exam",
            "examplet",
            "EXAMPLE jose",
            "muller",
            "ohara",
            "o'hara",
            "li",
            "call",
            "kim",
            "plan",
            "j",
            "zzz",
            "case-",
            "bead",
            "front desk appeal",
            "the",
            "examples",
            "exampleton",
            "%",
            "_",
        ]
    ),
    stages=st.lists(st.sampled_from(STAGES), max_size=3).map(tuple),
    payers=st.lists(st.sampled_from([*PAYERS, "Unknown"]), max_size=2).map(tuple),
    owners=st.lists(st.sampled_from([*OWNERS, "Nobody's"]), max_size=2).map(tuple),
    readiness=st.sampled_from(["", "ready", "lacking"]),
    due=st.sampled_from(["", "overdue", "week", "waiting"]),
    sort=st.sampled_from(["due", "saved", "name", "payer"]),
    descending=st.booleans(),
)


@pytest.mark.parametrize("few", [0, 30, 100_000])
def test_pages_are_what_is_asked_for_and_in_order(filled, few, monkeypatch):
    # With 0 every page is read along an index, with 100,000 none is.
    monkeypatch.setattr(search, "FEW", few)

    @settings(
        max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(QUERIES, st.integers(4, 60))
    def holds(query, limit):
        wanted = expected(filled, query)
        rows, found = pages(filled, query, limit)
        assert rows == wanted
        assert set(found) <= {len(wanted), None}

    holds()


@pytest.mark.parametrize("few", [0, 100_000])
def test_what_only_shares_a_token_is_not_shown(place, monkeypatch, few):
    monkeypatch.setattr(search, "FEW", few)
    monkeypatch.setattr("tmjkit.store.keys.Seals.token", lambda *_: 7)
    filled = Workspace.create(place, PASSPHRASE, kdf=CHEAP, summarize=told)
    filled.save_new([telling(number, STAGES[number % 9]) for number in range(60)], "ann")
    for query in (
        WorklistQuery(words="muller"),
        WorklistQuery(stages=("denied",)),
        WorklistQuery(owners=("Kim",), payers=("Plan of Ohio",)),
        WorklistQuery(readiness="ready"),
        WorklistQuery(stages=("denied",), sort="name"),
        WorklistQuery(payers=("Plan of Ohio",), sort="payer", descending=True),
    ):
        rows, _ = pages(filled, query, 7)
        assert sorted(rows) == sorted(expected(filled, query))


@pytest.mark.parametrize("sort", ["name", "payer"])
@pytest.mark.parametrize("descending", [False, True])
def test_the_order_by_name_opens_whole_only_the_rows_of_the_page(
    filled, monkeypatch, sort, descending
):
    whole = []
    real = search.open_summaries
    monkeypatch.setattr(
        search, "open_summaries", lambda rows, seals: whole.extend(rows) or real(rows, seals)
    )
    query = WorklistQuery(sort=sort, descending=descending, owners=("Kim", ""))
    monkeypatch.setattr(search, "FEW", 0)
    page = filled.worklist(query, TODAY, limit=5)
    assert list(page.rows) == expected(filled, query)[:5]
    assert page.found == len(expected(filled, query)) > len(whole) == 6


@pytest.mark.parametrize("sort", ["name", "payer"])
def test_a_summary_put_in_the_place_of_another_is_noticed_in_the_order_by_name(
    filled, place, monkeypatch, sort
):
    monkeypatch.setattr(search, "FEW", 0)
    one, two = sorted(row.case_id for row in filled.summaries() if row.stage != "closed")[:2]
    execute(
        place,
        "UPDATE case_summary SET sealed = (SELECT b.sealed FROM case_summary b "
        "WHERE b.case_id = :b) WHERE case_id = :a",
        a=one,
        b=two,
    )
    with pytest.raises(DamagedRecord, match=one):
        filled.worklist(WorklistQuery(sort=sort), TODAY, limit=1)


def test_the_first_page_has_what_is_overdue_and_no_closed_case(filled):
    page = filled.worklist(WorklistQuery(), TODAY)
    assert len(page.rows) == 50
    assert page.rows[0].next_due == day(-9)
    assert all(row.stage != "closed" for row in page.rows)
    assert page.found == sum(row.stage != "closed" for row in filled.summaries())


def found_by(workspace, words, **more):
    return {row.case_id for row in workspace.worklist(WorklistQuery(words, **more), TODAY).rows}


@pytest.fixture
def named(place):
    """Return a workspace, and a function that saves a case with a name and gives its id."""
    made = Workspace.create(place, PASSPHRASE, kdf=CHEAP, summarize=told)

    def add(family, given="", **said):
        bare = {"payer": "", "owner": "", "duty": ""}
        case = telling(0, family=family, given=given, **(bare | said))
        made.save(case, None, "ann")
        return case.id

    return made, add


@pytest.mark.parametrize(
    ("family", "given", "words"),
    [
        ("Núñez", "José", "jose nunez"),
        ("Nunez", "Jose", "JOSÉ NÚÑEZ"),
        ("Example", "Pat", "exa"),
        ("Exampleton", "Pat", "exampleto"),
        ("O'Hara", "Pat", "ohara"),
        ("O'Hara", "Pat", "o'hara"),
        ("Sample-Smith", "Pat", "smith"),
        ("Li", "An", "an li"),
        ("Straße", "Pat", "strasse"),
        ("Ivanov Иванов", "Pat", "иван"),
        ("Ada", "Bea", "ada bea"),
        ("Smith", "J.", "j smith"),
    ],
)
def test_a_name_is_found_by_its_words(named, family, given, words):
    workspace, add = named
    wanted = add(family, given)
    add("Other", "Person")
    assert found_by(workspace, words) == {wanted}


@pytest.mark.parametrize("words", ["xample", "ex", "examplex", "pat example other", "e", "%", "*"])
def test_nothing_else_is_found(named, words):
    workspace, add = named
    add("Example", "Pat")
    expected_all = words in ("%", "*")  # no word at all, so nothing is asked for
    assert bool(found_by(workspace, words)) == expected_all


def test_a_case_is_found_by_its_id_or_its_start(named):
    workspace, add = named
    wanted = add("Example")
    add("Sample")
    for words in (wanted, wanted[:13], wanted.removeprefix("case-"), wanted[5:15], wanted.upper()):
        assert found_by(workspace, words) == {wanted}
    assert found_by(workspace, f"{wanted} example") == {wanted}
    assert found_by(workspace, f"{wanted} sample") == set()


def test_a_name_that_could_begin_an_id_is_still_a_name(named):
    workspace, add = named
    wanted = add("Deadbeef")
    assert wanted in found_by(workspace, "dead")


def test_all_four_texts_are_searched(named):
    workspace, add = named
    wanted = add("Example", payer="Ohio Mutual", owner="Kim", duty="Call about it")
    add("Example")
    for words in ("ohio", "kim", "call", "ohio kim exa"):
        assert found_by(workspace, words) == {wanted}


def test_a_save_moves_the_case_and_changes_its_words(filled):
    case = telling(1, family="Zebra", due=day(30), payer="First Plan", owner="Noor")
    filled.save(case, None, "ann")
    assert found_by(filled, "zebra") == {case.id}
    other = telling(1, "denied", family="Quagga", due=day(-200), payer="Second Plan", owner="Sam")
    changed = case.model_copy(update={"patient": other.patient})
    filled.save(changed, 1, "ann")
    assert found_by(filled, "zebra") == set()
    assert found_by(filled, "quagga", payers=("Second Plan",), owners=("Sam",)) == {case.id}
    assert filled.worklist(WorklistQuery(), TODAY, limit=1).rows[0].case_id == case.id
    choices = filled.worklist_choices()
    assert "Second Plan" in choices.payers
    assert "First Plan" not in choices.payers
    assert choices.owners == ("Front desk", "Kim", "Sam")
    assert filled.verify().ok


def test_a_page_goes_on_where_the_last_one_ended_though_a_case_was_saved(filled):
    first = filled.worklist(WorklistQuery(), TODAY, limit=20)
    filled.save(telling(1, family="New", due=day(-300)), None, "bo")
    second = filled.worklist(WorklistQuery(), TODAY, limit=20, after=first.after)
    assert not {row.case_id for row in first.rows} & {row.case_id for row in second.rows}
    assert [row.next_due for row in second.rows] == sorted(row.next_due for row in second.rows)


def test_the_place_of_the_next_page_says_nothing_of_a_patient(filled):
    for sort in ("due", "saved", "name", "payer"):
        after = filled.worklist(WorklistQuery(sort=sort), TODAY, limit=5).after
        plain = base64.urlsafe_b64decode(after).decode()
        for text in (*FAMILIES, *PAYERS[:3], "José"):
            assert text.lower() not in plain.lower()


@pytest.mark.parametrize("after", ["", "x", "!", "bmFtZQ==", "ZHVlIC0gY2FzZS0=", "é" * 5])
def test_a_place_of_another_list_is_refused(filled, after):
    with pytest.raises(StoreError, match="first page"):
        filled.worklist(WorklistQuery(), TODAY, after=after)
    other = filled.worklist(WorklistQuery(sort="name"), TODAY, limit=5).after
    with pytest.raises(StoreError, match="first page"):
        filled.worklist(WorklistQuery(), TODAY, after=other)


@pytest.mark.parametrize(
    "wrong", [{"stages": ("lost",)}, {"sort": "size"}, {"due": "never"}, {"readiness": "maybe"}]
)
def test_what_cannot_be_asked_says_what_can(wrong):
    with pytest.raises(StoreError, match="one of"):
        WorklistQuery(**wrong)


def test_the_counts_are_those_of_the_lists(filled):
    counts = filled.worklist_counts(TODAY)
    lists = {
        due: len(expected(filled, WorklistQuery(due=due)))
        for due in ("", "overdue", "week", "waiting")
    }
    assert (counts.cases, counts.overdue, counts.due_this_week, counts.waiting) == tuple(
        lists.values()
    )
    assert all(lists.values())


def test_today_is_not_overdue_and_the_seventh_day_is_not_this_week(named):
    workspace, add = named
    ids = {
        number: add("Example", due=day(number), whose="ours", owes="") for number in (-1, 0, 6, 7)
    }
    assert found_by(workspace, "", due="overdue") == {ids[-1]}
    assert found_by(workspace, "", due="week") == {ids[0], ids[6]}


def test_a_day_of_theirs_is_not_our_overdue_one(named):
    workspace, add = named
    theirs = add("Example", due=day(-3), whose="theirs", owes=day(-3))
    assert found_by(workspace, "", due="overdue") == set()
    assert found_by(workspace, "", due="waiting") == {theirs}


def test_more_than_is_counted_is_not_told_as_a_number(filled, monkeypatch):
    monkeypatch.setattr(search, "COUNTED", 10)
    monkeypatch.setattr(search, "FEW", 5)
    page = filled.worklist(WorklistQuery(), TODAY, limit=20)
    assert len(page.rows) == 20
    assert page.found is None


def test_an_empty_workspace_has_an_empty_list(workspace):
    page = workspace.worklist(WorklistQuery(), TODAY)
    assert (page.rows, page.found, page.after) == ((), 0, None)
    assert workspace.worklist_counts(TODAY).cases == 0
    assert workspace.worklist_choices().payers == ()
    assert workspace.refresh_due(TODAY) == 0


class Rules:
    """Sums up by a day that can be moved: on the day in the note the case becomes overdue."""

    def __init__(self):
        self.today = TODAY

    def __call__(self, case):
        turn = case.tasks[0].due
        passed = self.today >= turn
        return replace(
            case.summary(),
            stage="approved" if passed else "collecting",
            next_duty="Passed" if passed else "Coming",
            changes_on="" if passed else turn.isoformat(),
        )


def test_a_summary_whose_day_has_come_is_made_anew(place):
    rules = Rules()
    rules.today = date(2025, 3, 1)
    workspace = Workspace.create(place, PASSPHRASE, kdf=CHEAP, summarize=rules)
    cases = [make_case(f"Example {number}") for number in range(7)]
    workspace.save_new(cases, "ann")
    before = [row.saved_at for row in workspace.summaries()]
    rules.today = cases[0].tasks[0].due
    assert found_by(workspace, "passed") == set()
    assert workspace.refresh_due(rules.today - timedelta(days=1)) == 0
    assert workspace.refresh_due(rules.today, limit=3) == 4
    assert len(found_by(workspace, "passed")) == 3
    assert workspace.refresh_due(rules.today, limit=3) == 1
    assert workspace.refresh_due(rules.today, limit=3) == 0
    assert len(found_by(workspace, "passed", stages=("approved",))) == 7
    assert found_by(workspace, "coming") == set()
    assert [row.saved_at for row in workspace.summaries()] == before
    assert workspace.verify().ok


def test_whoever_knows_no_day_looks_at_a_case_once_a_day(workspace):
    workspace.save_new([make_case() for _ in range(5)], "ann")
    assert workspace.refresh_due(TODAY, limit=2) == 3
    assert workspace.refresh_due(TODAY, limit=9) == 0
    assert workspace.refresh_due(TODAY) == 0
    assert workspace.refresh_due(TODAY + timedelta(days=1), limit=1) == 4


def test_a_summary_made_from_anything_else_is_made_anew(place):
    known = {"now": "policy of May"}

    def told_by(case):
        basis = known["now"] if case.patient.given == "Held" else ""
        return replace(case.summary(), next_duty=basis, basis=basis, changes_on="")

    workspace = Workspace.create(
        place,
        PASSPHRASE,
        kdf=CHEAP,
        summarize=told_by,
        bases=lambda: frozenset({"", "facts", known["now"]}),
    )
    given = ["Held"] * 5 + ["Other"] * 4
    workspace.save_new([Case(patient=Patient(family="E", given=one)) for one in given], "ann")
    assert workspace.refresh_due(TODAY) == 0
    known["now"] = "policy of June"
    assert found_by(workspace, "june") == set()
    assert workspace.refresh_due(TODAY, limit=2) == 3
    assert len(found_by(workspace, "june")) == 2
    assert workspace.refresh_due(TODAY, limit=9) == 0
    assert len(found_by(workspace, "june")) == 5
    assert found_by(workspace, "may") == set()
    assert {row.basis for row in workspace.summaries()} == {"", "policy of June"}
    # Whoever asks nothing of bases leaves them be, and what was changed by hand is noticed.
    plain = Workspace.open(place, PASSPHRASE, summarize=told_by)
    known["now"] = "policy of July"
    assert plain.refresh_due(TODAY) == 0
    assert len(found_by(plain, "june")) == 5
    execute(place, "UPDATE case_summary SET basis = 0")
    assert not workspace.verify().ok


def test_who_does_not_know_what_others_go_by_leaves_their_summaries_alone(place):
    def made_from(basis):
        def told_by(case):
            held = case.patient.given == "Held"
            due = TODAY.isoformat()
            used = basis if held else ""
            return replace(case.summary(), next_duty=basis, basis=used, changes_on=due)

        return {"summarize": told_by, "bases": lambda: frozenset({"", basis})}

    office = Workspace.create(place, PASSPHRASE, kdf=CHEAP, **made_from("office"))
    cases = [Case(patient=Patient(family="E", given=one)) for one in ("Held", "Held", "Other")]
    office.save_new(cases, "ann")
    elsewhere = Workspace.open(place, PASSPHRASE, **made_from("nothing"))
    assert elsewhere.refresh_due(TODAY, others=False) == 0
    assert len(found_by(elsewhere, "office")) == 2
    assert {row.basis for row in elsewhere.summaries()} == {"", "office"}
    # What both go by alike is brought to this day; what was made from the same basis, too.
    assert len(found_by(elsewhere, "nothing")) == 1
    elsewhere.save_new([Case(patient=Patient(family="E", given="Held"))], "ann")
    assert elsewhere.refresh_due(TODAY, others=False) == 0
    late = [row for row in elsewhere.summaries() if row.changes_on <= TODAY.isoformat()]
    assert {row.basis for row in late} == {"office"}
    # Who does know makes all of them anew.
    assert office.refresh_due(TODAY) == 0
    assert {row.basis for row in office.summaries()} == {"", "office"}


def test_a_case_that_does_not_open_stands_in_nobody_s_way(workspace, place):
    cases = [make_case(f"Example {number}") for number in range(4)]
    workspace.save_new(cases, "ann")
    execute(place, "UPDATE revision SET author = 'eve' WHERE case_id = :id", id=cases[1].id)
    assert workspace.refresh_due(TODAY, limit=2) in (1, 2)
    assert workspace.refresh_due(TODAY, limit=9) == 0
    late = [row.case_id for row in workspace.summaries() if row.changes_on <= TODAY.isoformat()]
    assert late == [cases[1].id]


def test_a_refresh_never_replaces_a_newer_summary(workspace, monkeypatch):
    from tmjkit.store import lists

    case = make_case()
    workspace.save(case, None, "ann")
    refresh = lists.refresh_summary

    def late(connection, one, seals):
        # What was summed up is one revision old by the time it is written.
        older = replace(one, row=one.row._replace(revision=one.row.revision - 1))
        refresh(connection, older, seals)

    monkeypatch.setattr(lists, "refresh_summary", late)
    workspace.save(renamed(case, "Newer"), 1, "bo")
    before = workspace.summaries()
    workspace.refresh_due(TODAY)
    assert workspace.summaries() == before
    assert workspace.verify().ok


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE case_summary SET due = '2030-01-01' WHERE case_id = :id",
        "UPDATE case_summary SET own_due = '2030-01-01' WHERE case_id = :id",
        "UPDATE case_summary SET changes_on = '2030-01-01' WHERE case_id = :id",
        "UPDATE case_summary SET saved_at = '2030-01-01T00:00:00.000000+00:00' WHERE case_id = :id",
        "UPDATE case_summary SET saved_at = 'long ago' WHERE case_id = :id",
    ],
)
def test_a_changed_day_is_noticed_in_the_list_and_by_a_verification(filled, place, statement):
    case = telling(1, due=day(1), whose="ours")
    filled.save(case, None, "ann")
    execute(place, statement, id=case.id)
    with pytest.raises(DamagedRecord, match=case.id):
        filled.worklist(WorklistQuery(words=case.id), TODAY)
    assert [fault.what for fault in filled.verify().faults] == [
        "its place in the worklist was changed"
    ]
    assert not filled.verify(case.id).ok
    filled.rebuild_summaries()
    assert filled.verify().ok
    assert found_by(filled, case.id) == {case.id}


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE case_summary SET stage = stage + 1 WHERE case_id = :id", "its place"),
        ("UPDATE case_summary SET owner = owner + 1 WHERE case_id = :id", "its place"),
        ("DELETE FROM case_word WHERE case_id = :id", "a word by which it is found is missing"),
    ],
)
def test_what_would_hide_a_case_is_found_by_a_verification(filled, place, statement, what):
    case = filled.summaries()[5].case_id
    execute(place, statement, id=case)
    [fault] = filled.verify().faults
    assert fault.case_id == case
    assert fault.what.startswith(what)
    filled.rebuild_summaries()
    assert filled.verify().ok


def test_a_changed_choice_is_noticed(filled, place):
    execute(place, "UPDATE list_value SET id = 'x' || id WHERE kind = 'payer'")
    assert len(filled.verify().faults) == 3
    with pytest.raises(DamagedRecord, match="filters"):
        filled.worklist_choices()
    filled.rebuild_summaries()
    assert filled.verify().ok
    assert len(filled.worklist_choices().payers) == 3


def test_the_index_made_anew_is_the_same(filled, place):
    def index():
        found = rows(place)
        listed = [[v for v in row if not isinstance(v, bytes)] for row in found["case_summary"]]
        return listed, found["case_word"], [row[:3] for row in found["list_value"]]

    before = index()
    filled.rebuild_summaries()
    assert index() == before


def test_tokens_of_two_workspaces_have_nothing_in_common(tmp_path):
    seen = []
    for name in ("one", "two"):
        workspace = Workspace.create(tmp_path / name, PASSPHRASE, kdf=CHEAP)
        workspace.save(make_case("Example"), None, "ann")
        seen.append({token for token, _ in rows(str(tmp_path / name))["case_word"]})
    assert len(seen[0]) == len(seen[1]) > 5
    assert not seen[0] & seen[1]


def test_owner_and_closing_reach_the_list(workspace):
    case = make_case()
    workspace.save(case, None, "ann")
    kept = case.with_record(Handling(date="2026-11-01", owner="Kim"))
    workspace.save(kept, 1, "ann")
    assert found_by(workspace, "", owners=("Kim",)) == {case.id}
    workspace.save(kept.with_record(Handling(date="2026-11-02", closed="paid")), 2, "ann")
    assert found_by(workspace, "") == set()
    assert found_by(workspace, "", stages=("closed",)) == {case.id}
    assert workspace.worklist_counts(TODAY).cases == 0


def test_payers_are_matched_as_the_case_writes_them(workspace):
    case = make_case().with_record(Coverage(payer="EXAMPLE mutual", rank=1))
    workspace.save(make_case(), None, "ann")
    workspace.save(case, None, "ann")
    assert len(found_by(workspace, "", payers=("Example Mutual",))) == 2
    assert found_by(workspace, "", payers=("example mutual",)) == set()
