"""Two people change one policy of the office: nobody's words are lost, nobody's are overwritten."""

import stat
import threading
from pathlib import Path

import ipywidgets as w
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.desk import Desk
from tmjkit.dashboards.policy_clash import flat, merged, unflat, with_theirs
from tmjkit.dashboards.policy_file import (
    Opened,
    PolicyChangedError,
    PolicyFileError,
    opened,
    text_of,
    write,
)
from tmjkit.dashboards.policy_form import PolicyForm
from tmjkit.dashboards.policy_model import PolicyModel
from tmjkit.dashboards.policy_texts import new_row
from tmjkit.dashboards.policy_view import PolicyView
from tmjkit.knowledge import Policy, library
from tmjkit.knowledge.place import VARIABLE

HEAD = {
    "title": "Botulinum toxins",
    "payer": "Example Health",
    "number": "EX-7",
    "effective": "2026-01-01",
    "retrieved": "2026-11-20",
}
AGE = new_row("age") | {"at_least": "18"}
WEEKS = new_row("interval") | {"weeks": "12"}


def enter(model: PolicyModel) -> Policy:
    form = model.form()
    form.texts, form.rows = {**form.texts, **HEAD}, [AGE, WEEKS]
    policy = model.save(form)
    assert policy is not None
    return policy


@pytest.fixture
def desk_one(model: CaseModel, monkeypatch: pytest.MonkeyPatch) -> PolicyModel:
    monkeypatch.delenv(VARIABLE, raising=False)
    return PolicyModel(model)


@pytest.fixture
def desk_two(desk_one: PolicyModel, model: CaseModel) -> PolicyModel:
    enter(desk_one)
    return PolicyModel(model)


def the_policy(model: PolicyModel) -> Policy:
    (policy,) = [one for one in model.policies() if one.origin]
    return policy


def both_open(one: PolicyModel, two: PolicyModel) -> tuple[PolicyForm, PolicyForm]:
    return one.form(the_policy(one)), two.form(the_policy(two))


def path_of(model: PolicyModel) -> Path:
    assert model.folder is not None
    return model.folder / the_policy(model).origin


def test_who_saves_second_is_refused_and_sees_what_is_different(
    desk_one: PolicyModel, desk_two: PolicyModel
) -> None:
    mine, theirs = both_open(desk_one, desk_two)
    theirs.update("number", "EX-8")
    theirs.update("title", "Their title")
    theirs.update("rows.1.weeks", "16")
    desk_two.save(theirs)
    written = path_of(desk_two).read_bytes()
    mine.update("title", "My title")
    mine.update("rows.0.at_least", "21")
    mine.update("note", "Only mine")

    with pytest.raises(PolicyChangedError):
        desk_one.save(mine)

    assert path_of(desk_two).read_bytes() == written
    assert mine.clash is not None
    assert [(one.label, one.mine, one.theirs) for one in mine.clash.both] == [
        ("Title", "My title", "Their title")
    ]
    assert [(one.path, one.theirs) for one in mine.clash.taken] == [
        ("number", "EX-8"),
        ("rows.1.weeks", "16"),
    ]
    assert mine.clash.taken[1].label.startswith("Criterion 2 (Weeks between sessions): ")
    saved = desk_one.save(mine)
    assert saved is not None
    assert (saved.title, saved.number, saved.note) == ("My title", "EX-8", "Only mine")
    assert [one.model_dump().get("at_least") for one in saved.tests] == [21, None]
    assert [one.model_dump().get("weeks") for one in saved.tests] == [None, 16]


def test_a_field_of_theirs_is_taken(desk_one: PolicyModel, desk_two: PolicyModel) -> None:
    mine, theirs = both_open(desk_one, desk_two)
    theirs.update("title", "Their title")
    desk_two.save(theirs)
    mine.update("title", "My title")
    mine.update("number", "EX-9")
    with pytest.raises(PolicyChangedError):
        desk_one.save(mine)
    mine.take_theirs("title")
    assert mine.clash is not None
    assert mine.clash.both == ()
    saved = desk_one.save(mine)
    assert saved is not None
    assert (saved.title, saved.number) == ("Their title", "EX-9")


@pytest.fixture
def with_two_intervals(desk_one: PolicyModel, desk_two: PolicyModel) -> PolicyForm:
    """Age and two intervals; both people changed the first, and I the second as well."""
    form = desk_one.form(the_policy(desk_one))
    form.add_row("interval")
    form.update("rows.2.weeks", "24")
    desk_one.save(form)
    desk_two.reload()
    mine, theirs = both_open(desk_one, desk_two)
    theirs.update("rows.1.weeks", "16")
    desk_two.save(theirs)
    mine.update("rows.1.weeks", "13")
    mine.update("rows.2.weeks", "25")
    with pytest.raises(PolicyChangedError):
        desk_one.save(mine)
    assert mine.clash is not None
    return mine


def weeks(form: PolicyForm) -> list[str]:
    return [row["weeks"] for row in form.rows if row["test"] == "interval"]


def test_a_choice_follows_its_criterion_when_another_is_taken_out(
    with_two_intervals: PolicyForm, desk_one: PolicyModel
) -> None:
    mine = with_two_intervals
    assert mine.clash is not None
    assert mine.clash.both[0].label.startswith("Criterion 2 (")
    mine.remove_row(0)
    (both,) = mine.clash.both
    assert both.label.startswith("Criterion 1 (")
    mine.take_theirs(both.path)
    assert weeks(mine) == ["16", "25"]
    assert mine.clash.both == ()
    saved = desk_one.save(mine)
    assert saved is not None
    assert [one.model_dump()["weeks"] for one in saved.tests] == [16, 25]


def test_a_choice_goes_with_the_criterion_that_is_taken_out(
    with_two_intervals: PolicyForm, desk_one: PolicyModel
) -> None:
    mine = with_two_intervals
    assert mine.clash is not None
    path = mine.clash.both[0].path
    mine.remove_row(1)
    assert mine.clash.both == ()
    mine.take_theirs(path)  # pressed a moment too late
    assert weeks(mine) == ["25"]
    assert desk_one.save(mine) is not None


def test_criteria_that_moved_are_never_taken_for_others(
    desk_one: PolicyModel, desk_two: PolicyModel
) -> None:
    form = desk_one.form(the_policy(desk_one))
    form.remove_row(0)
    form.add_row("interval")
    form.update("rows.1.weeks", "24")
    desk_one.save(form)
    desk_two.reload()
    mine, theirs = both_open(desk_one, desk_two)
    theirs.update("rows.1.weeks", "26")
    desk_two.save(theirs)
    # As many of the same kinds as before, but the first is what was the second.
    mine.remove_row(0)
    mine.add_row("interval")
    mine.update("rows.1.weeks", "24")
    with pytest.raises(PolicyChangedError):
        desk_one.save(mine)
    assert mine.clash is not None
    assert [one.path for one in mine.clash.both] == ["rows"]
    assert weeks(mine) == ["24", "24"]
    mine.take_theirs("rows")
    assert weeks(mine) == ["12", "26"]


def test_criteria_that_were_added_elsewhere_are_taken_as_a_whole(
    desk_one: PolicyModel, desk_two: PolicyModel
) -> None:
    mine, theirs = both_open(desk_one, desk_two)
    theirs.add_row("diagnosis")
    theirs.update("rows.2.codes", "M26.62")
    desk_two.save(theirs)
    mine.update("rows.0.at_least", "21")
    with pytest.raises(PolicyChangedError):
        desk_one.save(mine)
    assert mine.clash is not None
    (both,) = mine.clash.both
    assert both.path == "rows"
    assert both.mine == "2 criteria: Age; Weeks between sessions"
    assert both.theirs == "3 criteria: Age; Weeks between sessions; Diagnosis"
    assert [row["at_least"] for row in mine.rows if row["test"] == "age"] == ["21"]
    mine.take_theirs("rows")
    assert [row["test"] for row in mine.rows] == ["age", "interval", "diagnosis"]
    saved = desk_one.save(mine)
    assert saved is not None
    assert len(saved.tests) == 3


def test_mine_becomes_a_policy_of_its_own(desk_one: PolicyModel, desk_two: PolicyModel) -> None:
    mine, theirs = both_open(desk_one, desk_two)
    theirs.update("title", "Their title")
    desk_two.save(theirs)
    mine.update("title", "My title")
    with pytest.raises(PolicyChangedError):
        desk_one.save(mine)
    own = desk_one.save_alone(mine)
    assert own is not None
    titles = {one.id: one.title for one in desk_one.policies() if one.origin}
    assert titles == {"example-health-ex-7": "Their title", own.id: "My title"}


@pytest.mark.parametrize("what", ["deleted", "mark", "nested", "broken"])
def test_a_file_that_is_no_longer_the_forms_is_left_alone(
    what: str, desk_one: PolicyModel, desk_two: PolicyModel
) -> None:
    mine, _ = both_open(desk_one, desk_two)
    path = path_of(desk_two)
    text = path.read_text()
    changed = {
        "deleted": "",
        "mark": text.split("\n", 1)[1],
        "nested": text.replace("    all_of:", "    title: A whole\n    all_of:"),
        "broken": text + "more: 3\n",
    }[what]
    assert changed != text
    path.unlink()
    if changed:
        path.write_text(changed)
    mine.update("title", "My <b> title")
    with pytest.raises(PolicyChangedError):
        desk_one.save(mine)
    assert mine.clash is not None
    assert mine.clash.alone
    assert path.exists() == bool(changed)
    assert not changed or path.read_text() == changed
    assert bool(mine.clash.lines) == bool(changed)
    assert mine.texts["title"] == "My <b> title"
    if what == "broken":
        path.unlink()
    own = desk_one.save_alone(mine)
    assert own is not None
    assert own.title == "My <b> title"
    assert not changed or what == "broken" or path.read_text() == changed


def test_the_form_opens_with_what_is_saved_now(
    desk_one: PolicyModel, desk_two: PolicyModel
) -> None:
    known = the_policy(desk_two)
    form = desk_one.form(the_policy(desk_one))
    form.update("title", "New title")
    desk_one.save(form)
    assert desk_two.form(known).texts["title"] == "New title"
    path_of(desk_one).unlink()
    with pytest.raises(PolicyFileError, match="is gone"):
        desk_two.form(known)


def test_a_form_that_was_left_still_knows_what_it_began_with(
    desk_one: PolicyModel, desk_two: PolicyModel, model: CaseModel
) -> None:
    mine, theirs = both_open(desk_one, desk_two)
    mine.update("title", "Half typed")
    desk_one.drafts.keep(mine)
    theirs.update("title", "Their title")
    theirs.update("number", "EX-8")
    desk_two.save(theirs)
    later = PolicyModel(model)
    form = later.form_left(mine.key)
    assert form is not None
    with pytest.raises(PolicyChangedError):
        later.save(form)
    assert form.clash is not None
    assert [(one.mine, one.theirs) for one in form.clash.both] == [("Half typed", "Their title")]
    assert form.texts["number"] == "EX-8"


def test_of_many_that_save_at_once_one_wins_and_the_others_are_told(tmp_path: Path) -> None:
    form = PolicyForm(())
    form.texts, form.rows = {**form.texts, **HEAD}, [AGE]
    policy = form.policy()
    assert policy is not None
    write(tmp_path, policy)
    file = opened(tmp_path, f"{policy.id}.yaml")
    start, won, told = threading.Barrier(6), [], []

    def save(number: int) -> None:
        mine = policy.model_copy(update={"title": f"Title {number}"})
        start.wait()
        try:
            write(tmp_path, mine, replaces=file)
            won.append(mine.title)
        except PolicyChangedError:
            told.append(number)

    threads = [threading.Thread(target=save, args=(number,)) for number in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert (len(won), len(told)) == (1, 5)
    assert library(tmp_path).policies[policy.id].title == won[0]
    assert [one.name for one in tmp_path.iterdir()] == [file.name]


def test_a_file_that_could_not_be_written_whole_is_not_there_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, desk_one: PolicyModel
) -> None:
    policy = enter(desk_one)
    path = path_of(desk_one)
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    form = desk_one.form(policy)
    form.update("title", "Never there")
    with pytest.raises(PolicyFileError, match="No space left"):
        desk_one.save(form)
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    assert form.texts["title"] == "Never there"


@pytest.mark.parametrize(("folder", "file"), [(0o700, 0o600), (0o2770, 0o660), (0o755, 0o600)])
def test_a_file_is_the_groups_where_the_folder_is(folder: int, file: int, tmp_path: Path) -> None:
    place = tmp_path / "knowledge"
    place.mkdir()
    place.chmod(folder)
    form = PolicyForm(())
    form.texts, form.rows = {**form.texts, **HEAD}, [AGE]
    policy = form.policy()
    assert policy is not None
    write(place, policy)
    assert stat.S_IMODE((place / f"{policy.id}.yaml").stat().st_mode) == file


def test_a_file_that_became_a_link_is_not_written_through(tmp_path: Path) -> None:
    form = PolicyForm(())
    form.texts, form.rows = {**form.texts, **HEAD}, [AGE]
    policy = form.policy()
    assert policy is not None
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text(text_of(policy))
    folder = tmp_path / "knowledge"
    folder.mkdir()
    (folder / "x.yaml").symlink_to(elsewhere)
    with pytest.raises(PolicyChangedError):
        write(folder, policy, replaces=opened(folder, "x.yaml"))
    with pytest.raises(PolicyChangedError):
        write(folder, policy, replaces=Opened("not-there.yaml", ""))
    assert (folder / "x.yaml").is_symlink()


ROW = st.builds(
    lambda weeks, group: new_row("interval") | {"weeks": weeks, "group": group},
    st.text("12", max_size=2),
    st.sampled_from(["", "A"]),
)
SIDE = st.builds(
    lambda title, note, needed, rows: flat(
        {"title": title, "note": note, "needed.A": needed}, rows
    ),
    st.sampled_from("abc"),
    st.sampled_from("abc"),
    st.sampled_from("12"),
    st.lists(ROW, max_size=3),
)


@given(SIDE, SIDE, SIDE)
def test_nothing_of_either_is_dropped_unseen(
    before: dict[str, str], mine: dict[str, str], now: dict[str, str]
) -> None:
    shown, clash = merged(before, mine, now)
    assert flat(*unflat(shown)) == shown
    seen = {one.path for one in clash.both}
    for path in ("title", "note"):
        if mine[path] != before[path]:
            assert shown[path] == mine[path]
            assert (path in seen) == (now[path] not in (before[path], mine[path]))
        else:
            assert shown[path] == now[path]
    for one in clash.both:
        shown = with_theirs(shown, now, one)
    kept = merged(before, before, now)[0]
    assert kept == now
    if mine == before:
        assert shown == now


# On the page


def every(root: w.Widget) -> list[w.Widget]:
    return [root, *(one for child in getattr(root, "children", ()) for one in every(child))]


def find(root: w.Widget, name: str) -> w.Widget:
    return next(
        one
        for one in every(root)
        if name in (getattr(one, "description", ""), getattr(one, "tooltip", ""))
    )


def shown_in(root: w.Widget) -> str:
    return "".join(one.value for one in every(root) if isinstance(one, w.HTML))


def test_the_page_shows_both_sides_and_takes_a_choice(
    desk_one: PolicyModel, desk_two: PolicyModel
) -> None:
    desk = Desk()
    view = PolicyView(desk_one, desk)
    view.refresh()
    find(view.widget, "Change").click()
    theirs = desk_two.form(the_policy(desk_two))
    theirs.update("title", "<b>Theirs</b>")
    theirs.update("number", "EX-8")
    desk_two.save(theirs)
    find(view.widget, "Title (needed)").value = "Mine"
    find(view.widget, "Note").value = "Mine alone"
    find(view.widget, "Save").click()
    assert "was changed since you opened it" in desk.notice.value
    assert "saved elsewhere while you typed" in shown_in(view.widget)
    assert "&lt;b&gt;Theirs" in shown_in(view.widget)
    assert find(view.widget, "Title (needed)").value == "Mine"
    assert find(view.widget, "Number of the policy (needed)").value == "EX-8"
    assert view.unsaved
    find(view.widget, "Take theirs: Title").click()
    assert find(view.widget, "Title (needed)").value == "<b>Theirs</b>"
    find(view.widget, "Save").click()
    policy = the_policy(desk_one)
    assert (policy.title, policy.number, policy.note) == ("<b>Theirs</b>", "EX-8", "Mine alone")


def test_the_page_asks_about_a_criterion_where_it_stands_now(
    desk_one: PolicyModel, desk_two: PolicyModel
) -> None:
    view = PolicyView(desk_one, Desk())
    view.refresh()
    find(view.widget, "Change").click()
    theirs = desk_two.form(the_policy(desk_two))
    theirs.update("rows.1.weeks", "16")
    desk_two.save(theirs)
    find(view.widget, "Least number of weeks (needed)").value = "13"
    find(view.widget, "Save").click()
    name = "(Weeks between sessions): Least number of weeks"
    assert find(view.widget, f"Take theirs: Criterion 2 {name}")
    find(view.widget, "Take out: Criterion 1: Age").click()
    find(view.widget, f"Take theirs: Criterion 1 {name}").click()
    assert find(view.widget, "Least number of weeks (needed)").value == "16"
    assert "Take theirs" not in {getattr(one, "description", "") for one in every(view.widget)}


def test_the_page_saves_mine_beside_a_file_that_was_deleted(
    desk_one: PolicyModel, desk_two: PolicyModel
) -> None:
    view = PolicyView(desk_one, Desk())
    view.refresh()
    find(view.widget, "Change").click()
    path_of(desk_two).unlink()
    find(view.widget, "Title (needed)").value = "Mine"
    find(view.widget, "Save").click()
    assert "is gone" in shown_in(view.widget)
    assert find(view.widget, "Title (needed)").value == "Mine"
    find(view.widget, "Save mine as a policy of its own").click()
    assert the_policy(desk_one).title == "Mine"
