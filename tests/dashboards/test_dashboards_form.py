"""A record's form follows from its model; what is typed becomes the record, or an error."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field as ModelField

from tmjkit.case import (
    LISTS,
    AuthorizationRequest,
    BotulinumSession,
    Case,
    ClinicianSource,
    Contact,
    Coverage,
    DocumentSource,
    Measurement,
    Patient,
    PatientSource,
    Provider,
    Record,
    Task,
    Treatment,
)
from tmjkit.dashboards.days import day_of
from tmjkit.dashboards.fields import Field, Kind, editable, fields_of
from tmjkit.dashboards.form_words import hint
from tmjkit.dashboards.record_form import RECORD, RecordForm
from tmjkit.dashboards.record_sources import (
    CLINICIAN,
    KEEP,
    NONE,
    PATIENT,
    SOURCE,
    SOURCE_PAGE,
    SOURCE_QUOTE,
)
from tmjkit.examples import load, names
from tmjkit.language import speaking

TYPES: dict[str, type[Record]] = {"patient": Patient, **LISTS}
EXAMPLES = [load(name).case for name in names()]


def field(model: type[Record], path: str) -> Field:
    return next(one for one in fields_of(model) if one.path == path)


# What a form asks


@pytest.mark.parametrize("model", TYPES.values(), ids=TYPES.keys())
def test_every_record_has_a_form_with_labels_and_help(model: type[Record]) -> None:
    fields = fields_of(model)
    assert {one.path for one in fields} == set(model.model_fields) - {"id", "sources"}
    assert all(one.label for one in fields)
    assert all(one.help.endswith(".") for one in fields)
    assert fields[-1].path == "note"
    assert editable(model) == (model not in (LISTS["documents"], LISTS["letters"]))


def test_a_new_field_of_a_record_is_asked_without_a_change_of_the_form() -> None:
    class Treatment2(Treatment):
        bite_force: int | None = ModelField(
            None, ge=0, le=900, description="Bite force.", json_schema_extra={"unit": "N"}
        )

    new = next(one for one in fields_of(Treatment2) if one.path == "bite_force")
    assert (new.label, new.kind, new.unit) == ("Bite force", Kind.WHOLE, "N")
    assert new.accepted == "a whole number from 0 to 900 N"


@pytest.mark.parametrize(
    ("model", "path", "kind"),
    [
        (Treatment, "kind", Kind.CHOICE),
        (Treatment, "start", Kind.PARTIAL_DATE),
        (Treatment, "sessions", Kind.WHOLE),
        (Treatment, "ongoing", Kind.FLAG),
        (Treatment, "response_text", Kind.NOTE),
        (Treatment, "provider_id", Kind.REFERENCE),
        (Measurement, "value", Kind.NUMBER),
        (Coverage, "grandfathered", Kind.YES_NO),
        (Coverage, "member_id", Kind.LINE),
        (Coverage, "appeals_address", Kind.GROUP),
        (Contact, "time", Kind.TIME),
        (Contact, "promised_by", Kind.DAY),
        (AuthorizationRequest, "diagnosis_codes", Kind.LIST),
        (BotulinumSession, "doses", Kind.PARTS),
    ],
)
def test_each_kind_of_value_is_asked_in_its_own_way(
    model: type[Record], path: str, kind: Kind
) -> None:
    assert field(model, path).kind is kind


def test_units_and_ranges_come_from_the_model() -> None:
    sessions = field(Treatment, "sessions")
    assert (sessions.unit, sessions.minimum, sessions.maximum) == ("sessions", 0, 1000)
    assert field(Treatment, "kind").required
    assert not field(Treatment, "name").required
    assert field(Provider, "name").required
    assert field(Provider, "role").default == "treating"


def test_a_choice_that_is_not_known_stays_possible_and_none_is_made_beforehand(
    erisa: Case,
) -> None:
    form = RecordForm(Treatment, erisa)
    assert form.options(field(Treatment, "kind"))[0] == ("Choose …", "")
    assert form.options(field(Treatment, "response"))[0] == ("Not known", "")
    givers = form.options(field(Treatment, "provider_id"))
    assert ("Riley Specimen, PT, DPT", "provider-pt") in givers or len(givers) == 6


# What becomes of what is typed


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda case: case.id)
def test_a_record_comes_out_of_its_form_as_it_went_in(case: Case) -> None:
    for name, record in case.records():
        if name != "documents":
            form = RecordForm(type(record), case, record)
            assert form.record() == record
            assert form.blockers() == ()
            assert not form.changed


def test_a_new_record_holds_what_was_typed_and_nothing_else(erisa: Case) -> None:
    form = RecordForm(Treatment, erisa)
    assert form.name == "New treatment"
    for path, text in {"kind": "splint", "start": " 2024-03 ", "sessions": "4"}.items():
        form.update(path, text)
    made = form.record()
    assert isinstance(made, Treatment)
    expected = Treatment(id=made.id, kind="splint", start="2024-03", sessions=4)
    assert made == expected
    assert made.response is None
    assert not made.documented


@given(
    value=st.floats(0, 100, allow_nan=False),
    year=st.integers(1990, 2030),
    note=st.text(max_size=60),
)
def test_any_measurement_survives_its_form(value: float, year: int, note: str) -> None:
    case = EXAMPLES[0]
    record = Measurement(instrument="mmo-unassisted", value=value, date=str(year), note=note)
    assert RecordForm(Measurement, case, record).record() == record


@given(text=st.text(max_size=40))
def test_no_text_breaks_a_form(text: str) -> None:
    form = RecordForm(Treatment, EXAMPLES[0])
    for path in ("kind", "start", "sessions", "provider_id", "note", SOURCE, SOURCE_PAGE):
        form.update(path, text)
    assert form.record() is None or not form.errors


def test_what_is_wrong_is_told_at_its_field(erisa: Case) -> None:
    form = RecordForm(Treatment, erisa)
    form.update("start", "last spring")
    form.update("sessions", "many")
    assert form.record() is None
    assert set(form.errors) == {"kind", "start", "sessions"}
    assert form.errors["kind"] == "is missing and is needed"
    assert "YYYY-MM-DD" in form.errors["start"]
    assert form.errors["sessions"] == "should be a whole number from 0 to 1000 sessions"
    assert "Sessions: should be a whole number from 0 to 1000 sessions" in form.blockers()
    form.update("sessions", "4")
    assert set(form.errors) == {"kind", "start"}


def test_what_does_not_go_together_is_told_for_the_whole_record(erisa: Case) -> None:
    form = RecordForm(Treatment, erisa)
    for path, text in {"kind": "splint", "start": "2024-03", "end": "2023"}.items():
        form.update(path, text)
    assert form.record() is None
    assert list(form.errors) == [RECORD]


def test_reset_brings_back_what_is_saved(erisa: Case) -> None:
    record = erisa.treatments[0]
    form = RecordForm(Treatment, erisa, record)
    form.update("name", "Something else")
    assert form.changed
    form.reset()
    assert not form.changed
    assert form.record() == record


def test_what_was_typed_can_be_kept_and_taken_up_again(erisa: Case) -> None:
    form = RecordForm(BotulinumSession, erisa)
    form.add_part(field(BotulinumSession, "doses"))
    form.update("doses.0.units", "12.5")
    kept = json.loads(json.dumps(form.state()))
    again = RecordForm(BotulinumSession, erisa)
    again.load_state({**kept, "unknown": 1})
    assert again.texts == form.texts
    assert len(again.parts(field(BotulinumSession, "doses"))) == 1


def test_parts_are_added_taken_out_and_keep_their_order(erisa: Case) -> None:
    doses = field(BotulinumSession, "doses")
    form = RecordForm(BotulinumSession, erisa)
    form.update("product", "onabotulinumtoxinA")
    for place, units in enumerate(("10", "20", "30")):
        form.add_part(doses)
        form.update(f"doses.{place}.muscle", "masseter")
        form.update(f"doses.{place}.side", "left")
        form.update(f"doses.{place}.units", units)
    form.remove_part(doses, 1)
    made = form.record()
    assert isinstance(made, BotulinumSession)
    assert [int(dose.units) for dose in made.doses] == [10, 30]
    form.update("doses.1.units", "none")
    assert form.record() is None
    assert list(form.errors) == ["doses.1.units"]


def test_a_group_that_is_left_empty_is_not_known(erisa: Case) -> None:
    form = RecordForm(Coverage, erisa)
    form.update("payer", "Example Payer")
    made = form.record()
    assert isinstance(made, Coverage)
    assert made.appeals_address is None
    form.update("appeals_address.state", "zz")
    assert form.record() is None
    assert "two letters" in form.errors["appeals_address.state"]


# A day, which is typed as text


@pytest.mark.parametrize(
    ("typed", "due"),
    [
        ("2026-12-05", "2026-12-05"),
        (" 12/5/2026 ", "2026-12-05"),
        ("01/31/2026", "2026-01-31"),
        ("", "None"),
    ],
)
def test_a_day_is_read_as_it_is_written_here(erisa: Case, typed: str, due: str) -> None:
    form = RecordForm(Task, erisa)
    form.update("title", "Send the appeal")
    form.update("due", typed)
    made = form.record()
    assert isinstance(made, Task)
    assert str(made.due) == due


@pytest.mark.parametrize(
    "typed",
    [
        *("2026-12-0", "2026-12", "2026", "12/5", "12/5/26", "12/5/202", "2026-02-30", "13/1/2026"),
        *("0202-12-05", "20261205", "86400", "2026-12-05T10:00", "tomorrow", "\u0662026-12-05"),
    ],
)
def test_a_day_that_is_half_typed_or_none_is_told_and_never_saved(erisa: Case, typed: str) -> None:
    task = Task(title="Send the appeal", due="2026-12-05")
    form = RecordForm(Task, erisa, task)
    form.update("due", typed)
    for touched_only in (False, True):
        assert form.record(touched_only=touched_only) is None
        assert list(form.errors) == ["due"]
        assert "such as 2026-01-31 or 1/31/2026" in form.errors["due"]
        assert "finish it or clear it" in form.errors["due"]


@given(day=st.dates(date(1880, 1, 1), date(2100, 12, 31)), american=st.booleans())
def test_the_beginning_of_a_day_is_no_day(day: date, *, american: bool) -> None:
    typed = f"{day.month}/{day.day}/{day.year}" if american else day.isoformat()
    assert day_of(typed) == day
    assert not any(day_of(typed[:end]) for end in range(len(typed)))


def test_where_spanish_is_spoken_a_day_before_or_after_the_month_is_not_guessed() -> None:
    with speaking("es"):
        assert day_of("5/12/2026") is None
        assert day_of("2026-12-05") == date(2026, 12, 5)
        assert "1/31" not in hint(field(Task, "due"))


# How it is known


def test_a_new_record_is_undocumented_until_somebody_says_how_it_is_known(erisa: Case) -> None:
    form = RecordForm(Treatment, erisa)
    form.update("kind", "splint")
    assert form.texts[SOURCE] == NONE
    for choice, source in ((CLINICIAN, ClinicianSource()), (PATIENT, PatientSource())):
        form.update(SOURCE, choice)
        made = form.record()
        assert made is not None
        assert made.sources == (source,)


def test_a_document_is_quoted_with_its_page(erisa: Case) -> None:
    form = RecordForm(Treatment, erisa)
    document = erisa.documents[0]
    form.update("kind", "splint")
    form.update(SOURCE, document.id)
    assert form.source_is_document
    form.update(SOURCE_PAGE, "2")
    form.update(SOURCE_QUOTE, "splint worn nightly")
    made = form.record()
    assert made is not None
    expected = DocumentSource(document_id=document.id, page=2, quote="splint worn nightly")
    assert made.sources == (expected,)
    form.update(SOURCE_PAGE, "two")
    assert form.record() is None
    assert list(form.errors) == [SOURCE_PAGE]


def test_a_source_is_added_to_those_that_are_there(erisa: Case) -> None:
    record = next(one for one in erisa.treatments if one.documented)
    form = RecordForm(Treatment, erisa, record)
    assert form.texts[SOURCE] == KEEP
    form.update(SOURCE, CLINICIAN)
    made = form.record()
    assert made is not None
    assert made.sources == (*record.sources, ClinicianSource())
    form.update(SOURCE, NONE)
    made = form.record()
    assert made is not None
    assert made.sources == ()


def test_choices_that_read_alike_are_told_apart(erisa: Case) -> None:
    labels = [label for label, _ in RecordForm(Treatment, erisa).source_options()]
    assert len(labels) == len(set(labels))
    assert len(labels) == 3 + len(erisa.documents) + len(erisa.contacts)
