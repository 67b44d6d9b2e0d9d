"""Units by muscle and side: as recorded, as typed, in the picture and in the table."""

from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tmjkit.case import BotulinumSession, Case, Muscle, MuscleDose, Side
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.case_view import CaseView
from tmjkit.dashboards.desk import Desk
from tmjkit.dashboards.muscles_doses import doses_of, typed_doses
from tmjkit.dashboards.muscles_picture import picture, units_table
from tmjkit.dashboards.record_form import RecordForm
from tmjkit.dashboards.sessions_view import SessionsView
from tmjkit.dashboards.sessions_words import sums
from tmjkit.examples import load
from tmjkit.knowledge import library

HOSTILE = "<script>x()</script>\"'&{}"

DOSES = st.lists(
    st.builds(
        MuscleDose,
        muscle=st.sampled_from(list(Muscle)),
        name=st.sampled_from(["", "Frontalis", HOSTILE]),
        side=st.sampled_from(list(Side)),
        units=st.decimals(min_value="0.01", max_value=5000, places=2),
        sites=st.none() | st.integers(1, 50),
    ),
    max_size=8,
)


def session(*doses: MuscleDose, **fields: object) -> BotulinumSession:
    return BotulinumSession(product="onabotulinumtoxinA", doses=doses, **fields)


def dose(muscle: str, side: str, units: str, name: str = "") -> MuscleDose:
    return MuscleDose(muscle=muscle, side=side, units=units, name=name)


@settings(max_examples=60)
@given(doses=DOSES)
def test_no_unit_is_lost_or_doubled(doses: list[MuscleDose]) -> None:
    given_session = session(*doses)
    found = doses_of(given_session)
    assert sum((row.total for row in found.rows), Decimal(0)) == given_session.units
    assert sum((found.side(side) for side in Side), Decimal(0)) == given_session.units
    # What is recorded and what stands in the form of the same session are the same.
    form = RecordForm(BotulinumSession, Case(sessions=(given_session,)), given_session)
    typed = typed_doses(form.texts)
    assert typed.rows == found.rows
    assert typed.slips == ()


@settings(max_examples=30)
@given(doses=DOSES)
def test_pictures_and_tables_escape_every_name(doses: list[MuscleDose]) -> None:
    found = doses_of(session(*doses))
    made = picture(found, "shown") + units_table(found, "Units")
    assert "<script" not in made


def test_right_is_the_patients_own_right() -> None:
    drawn = picture(doses_of(session(dose("masseter", "right", "25"))), "shown")
    assert "Masseter, right: 25 units" in drawn
    # The face looks at who reads: the patient's right stands on the left of the picture.
    assert drawn.index("Patient&#39;s RIGHT" if "&#39;s RIGHT" in drawn else "Patient's RIGHT")
    place = drawn.index('class="tmj-muscle-units" x="106"')
    assert drawn[place:].split(">")[1].startswith("25")
    mirrored = picture(doses_of(session(dose("masseter", "left", "25"))), "shown")
    assert 'class="tmj-muscle-units" x="254"' in mirrored


def test_units_of_both_sides_together_are_not_divided() -> None:
    found = doses_of(session(dose("temporalis", "both", "20")))
    row = found.row(Muscle.TEMPORALIS)
    assert row is not None
    assert (row.right, row.left, row.both) == (0, 0, 20)
    assert picture(found, "shown").count(">both</text>") == 2
    assert "Both together" in units_table(found, "Units")
    assert "Both together" not in units_table(
        doses_of(session(dose("masseter", "left", "5"))), "Units"
    )


def test_a_muscle_without_a_shape_stands_in_the_table() -> None:
    found = doses_of(session(dose("other", "left", "5", "Frontalis")))
    assert "Frontalis" in units_table(found, "Units")
    assert "Facial territory" in units_table(found, "Units")
    assert "Frontalis, left: 5 units" in picture(found, "shown")


def test_vials_are_held_against_what_was_injected_and_discarded() -> None:
    masseter = dose("masseter", "left", "70")
    known = library().facts
    fits = doses_of(session(masseter, vials=1, vial_units=100, units_wasted=30))
    assert fits.vials_say == (
        "1 x 100 = 100 units in the vials: 70 injected and 30 discarded add up"
    )
    assert fits.warnings(known) == ()
    less = doses_of(session(masseter, vials=1, vial_units=100, units_wasted=20))
    assert "are 10 units less" in less.vials_say
    assert [one.rule for one in less.warnings(known)] == ["coding.vials"]
    assert "do not add up" in sums(less, known)
    more = doses_of(session(masseter, vials=1, vial_units=50))
    assert [one.rule for one in more.warnings(known)] == ["coding.vials"]
    assert "nothing can be compared" in doses_of(session(masseter)).vials_say


def test_what_is_half_typed_is_named_and_not_counted() -> None:
    form = RecordForm(BotulinumSession, Case())
    field = next(one for one in form.fields if one.path == "doses")
    form.add_part(field)
    assert typed_doses(form.texts).slips == ()
    form.update("doses.0.muscle", "masseter")
    form.update("doses.0.units", "25")
    form.update("vials", "two")
    found = typed_doses(form.texts)
    assert found.total == 0
    assert found.slips == (
        "Dose 1 is not counted yet: look at side",
        "Vials: what is typed is no number that counts",
    )
    form.update("doses.0.side", "left")
    form.update("doses.0.units", "NaN")
    assert typed_doses(form.texts).total == 0
    form.update("doses.0.units", "27.5")
    assert typed_doses(form.texts).total == Decimal("27.5")


@given(typed=st.text(max_size=12))
def test_anything_can_be_typed(typed: str) -> None:
    texts = {"doses": "1", "doses.0.muscle": "masseter", "doses.0.side": "left"}
    texts |= dict.fromkeys(("doses.0.units", "vials", "vial_units", "units_wasted"), typed)
    found = typed_doses(texts)
    assert "<script" not in sums(found, {})
    assert found.total >= 0


def said(widget: Any) -> str:
    """Return what a widget shows, from top to bottom; what is hidden shows nothing."""
    if widget.layout.display == "none":
        return ""
    own = getattr(widget, "value", "") if not hasattr(widget, "options") else ""
    return f"{own}" + "".join(said(one) for one in getattr(widget, "children", ()))


def test_the_diagram_stands_before_the_long_table(model: CaseModel) -> None:
    view = SessionsView(CaseView(model, Desk()).context)
    view.refresh()
    assert "tmj-face" not in said(view.widget)  # without a session there is nothing to draw
    assert said(view.widget).startswith("<h3>What the injections did</h3>")
    case = load("california-not-medically-necessary").case
    model.workspace.save(case, None, "setup")
    model.load(case.id)
    view.refresh()
    shown = said(view.widget)
    assert 0 < shown.index("tmj-face") < shown.index("What the injections did")
