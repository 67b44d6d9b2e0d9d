"""What every record promises: documented fields, honest ranges, silence about values."""

import json
import types
import typing

import pytest
from annotated_types import Ge, Gt, Le, Lt
from pydantic import ValidationError

from tmjkit.case import (
    ITEMS,
    LISTS,
    SCALES,
    Address,
    Case,
    CaseError,
    Choice,
    ClinicianSource,
    ContactSource,
    Coverage,
    DocumentSource,
    Extension,
    Instrument,
    Measurement,
    MuscleDose,
    Patient,
    PatientSource,
    Problem,
    Questionnaire,
    QuestionnaireForm,
    Reason,
    ServiceLine,
    Treatment,
    check,
)

PARTS = [
    Case,
    Patient,
    *LISTS.values(),
    Address,
    MuscleDose,
    Reason,
    Extension,
    ServiceLine,
    DocumentSource,
    ContactSource,
    PatientSource,
    ClinicianSource,
]
FIELDS = [(part, name) for part in PARTS for name in part.model_fields]


def _plain(annotation):
    """Return the types inside a union."""
    if isinstance(annotation, types.UnionType) or typing.get_origin(annotation) is typing.Union:
        return set(typing.get_args(annotation)) - {type(None)}
    return {annotation}


@pytest.mark.parametrize(("part", "name"), FIELDS, ids=lambda x: getattr(x, "__name__", x))
def test_every_field_says_what_it_is_and_every_number_its_range_and_unit(part, name):
    field = part.model_fields[name]
    assert field.description, "no description"
    assert field.description.endswith("."), "a description is a sentence"
    names = {getattr(kind, "__name__", "") for kind in _plain(field.annotation)}
    if names & {"int", "float", "Decimal"} and "bool" not in names:
        bounds = {type(item) for item in field.metadata}
        assert bounds & {Ge, Gt}
        assert bounds & {Le, Lt}
        assert (field.json_schema_extra or {})["unit"]


def test_every_choice_has_words_of_its_own():
    for kind in Choice.__subclasses__():
        labels = [member.label for member in kind]
        assert all(labels)
        assert len(set(labels)) == len(labels), kind


@pytest.mark.parametrize("instrument", list(Instrument))
def test_a_measurement_keeps_to_its_instrument(instrument):
    scale = SCALES.get(instrument)
    if scale is None:
        assert Measurement(instrument=instrument, name="Overbite", value=3, unit="mm")
        with pytest.raises(ValidationError, match="name"):
            Measurement(instrument=instrument, value=3)
        return
    assert scale.source
    for value in (scale.minimum, scale.maximum):
        assert Measurement(instrument=instrument, value=value).unit_label == scale.unit
    for value in (scale.minimum - 1, scale.maximum + 1, float("nan"), float("inf")):
        with pytest.raises(CaseError):
            check(Measurement, {"instrument": instrument, "value": value})
    if scale.whole:
        with pytest.raises(CaseError, match="whole"):
            check(Measurement, {"instrument": instrument, "value": scale.minimum + 0.5})


@pytest.mark.parametrize("form", list(QuestionnaireForm))
def test_a_questionnaire_keeps_to_its_items(form):
    limits = ITEMS[form].maximum
    assert ITEMS[form].source
    most = Questionnaire(form=form, answers=[str(limit) for limit in limits])
    assert most.values == limits
    none = Questionnaire(form=form, answers=["-"] * len(limits))
    assert none.values == (None,) * len(limits)
    for answers in ([*most.answers, "0"], most.answers[1:], [*most.answers[1:], ""]):
        with pytest.raises(CaseError):
            check(Questionnaire, {"form": form, "answers": answers})
    too_much = [str(limits[0] + 1), *most.answers[1:]]
    with pytest.raises(CaseError, match=f"answer 1 should be a whole number from 0 to {limits[0]}"):
        check(Questionnaire, {"form": form, "answers": too_much})


@pytest.mark.parametrize("kind", [LISTS["contacts"], LISTS["requests"], LISTS["appeals"]])
def test_a_time_zone_is_one_of_the_list(kind):
    assert kind(time_zone="America/Denver").time_zone == "America/Denver"
    with pytest.raises(CaseError, match="IANA"):
        check(kind, {"time_zone": "Mountain"})


def test_a_record_without_a_source_is_undocumented():
    assert not Treatment(kind="splint").documented
    assert Treatment(kind="splint", sources=[PatientSource()]).documented


def test_an_end_before_the_start_is_refused_only_when_it_is_certain():
    assert Treatment(kind="splint", start="2024-03-20", end="2024-03")
    with pytest.raises(CaseError, match="end"):
        check(Treatment, {"kind": "splint", "start": "2024-04", "end": "2024-03"})
    with pytest.raises(CaseError, match="goes on"):
        check(Treatment, {"kind": "splint", "end": "2024-03", "ongoing": True})


SECRET = "Zebediah-Q-Secretperson"


@pytest.mark.parametrize(
    "data",
    [
        {"patient": {"id": "p", "birth_date": SECRET}},
        {"patient": {"id": "p", SECRET[:3]: 1, "gender": SECRET}},
        {"treatments": [{"kind": SECRET}]},
        {"treatments": SECRET},
        {"contacts": [{"time": SECRET, "time_zone": SECRET, "number": SECRET}]},
        {"documents": [{"name": SECRET, "size": SECRET, "sha256": SECRET}]},
        {"sessions": [{"product": "other", "doses": [{"muscle": SECRET}]}]},
        {"measurements": [{"instrument": "nrs-pain", "value": SECRET}]},
        {"treatments": [{"kind": "splint", "sources": [{"type": "document", "page": SECRET}]}]},
    ],
)
def test_the_text_of_an_error_never_holds_the_value(data):
    with pytest.raises(CaseError) as caught:
        Case.from_json(json.dumps({"format": "tmjkit.case/1", **data}))
    assert SECRET not in str(caught.value)
    assert SECRET not in repr(caught.value)
    assert caught.value.__cause__ is None
    assert SECRET in caught.value.explain()


def test_an_error_names_record_field_value_and_what_is_accepted():
    data = {"format": "tmjkit.case/1", "treatments": [{"id": "treatment-1", "kind": "magic"}]}
    with pytest.raises(CaseError) as caught:
        Case.from_json(json.dumps(data))
    [problem] = caught.value.problems
    assert problem.record == "treatments[0] treatment-1"
    assert problem.field == "kind"
    assert problem.value == "magic"
    assert "'splint'" in problem.accepted
    assert "magic" in caught.value.explain()


def test_a_long_value_is_cut_where_it_is_shown():
    assert len(Problem("case", "note", "too long", "x" * 10_000).value_text) < 100


def test_the_repr_of_a_case_says_nothing_about_the_patient():
    case = Case(patient=Patient(family=SECRET), coverages=[Coverage(payer=SECRET)])
    assert SECRET not in f"{case!r} {case}"


@pytest.mark.parametrize(
    ("model", "field"),
    [("tasks", "due"), ("tasks", "done"), ("contacts", "promised_by"), ("appeals", "due")],
)
@pytest.mark.parametrize("day", ["0206-12-01", "9999-12-31", "2026-13-01", "2026-12"])
def test_a_slip_in_the_year_is_refused_where_it_is_typed(model, field, day):
    data = {"title": "x", field: day} if model == "tasks" else {field: day}
    with pytest.raises(CaseError) as caught:
        check(LISTS[model], data)
    assert caught.value.problems[0].field == field


def test_a_name_that_stands_where_an_id_or_a_field_should_is_not_repeated():
    data = {"treatments": [{"id": "zebediah-secret", "kind": "nsaid", "Zebediah has HIV": 1}]}
    with pytest.raises(CaseError) as caught:
        Case.from_json(json.dumps({"format": "tmjkit.case/1", **data}))
    assert "ebediah" not in str(caught.value)
    assert "Zebediah has HIV" in caught.value.explain()
