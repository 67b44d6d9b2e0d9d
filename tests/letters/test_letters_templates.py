"""Templates: what they may do, what they may not, and a clinic's own."""

from dataclasses import replace
from pathlib import Path

import pytest
from letter_cases import ERISA, TODAY, example, with_funding, words

from tmjkit.case import Funding
from tmjkit.knowledge import Confidence, fact, library
from tmjkit.letters import LetterError, MissingFacts, Paragraph, compose, plain


def say(folder: Path, template: str, name: str = ERISA, *, draft: bool = False) -> str:
    (folder / "appeal.md.j2").write_text(template, encoding="utf-8")
    # A folder's templates are read once, so each test has a folder of its own.
    return words(compose("appeal", example(name), today=TODAY, draft=draft, templates_dir=folder))


def test_a_clinic_can_use_its_own_template(tmp_path: Path) -> None:
    text = say(tmp_path, "# Our letter\n\nAbout {{ patient.name }} {{ cite(denial) }}.\n")
    assert text == "Our letter\nAbout Avery Example (Exhibit A, pp. 1 and 2)."


def test_a_clinic_can_replace_one_part_only(tmp_path: Path) -> None:
    (tmp_path / "reasons").mkdir()
    (tmp_path / "reasons" / "experimental.md.j2").write_text("Our own answer.\n")
    letter = compose("appeal", example(ERISA), today=TODAY, templates_dir=tmp_path)
    assert "Our own answer." in words(letter)
    assert "What I ask" in words(letter)


@pytest.mark.parametrize(
    "template",
    [
        "{{ patient.__class__ }}",
        "{{ patient['__class__'] }}",
        "{{ patient.fields }}",
        "{{ patient.records }}",
        "{{ patient.name.records }}",
        "{{ patient.name.text.__class__ }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ 'a'.upper() }}",
        "{{ ().__class__.__base__.__subclasses__() }}",
        "{{ cite.call }}",
        "{{ cite.__globals__ }}",
        "{{ self.__init__ }}",
        "{{ cycler }}",
        "{{ range(9) }}",
        "{{ 'a' * 999999999 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ patient.name | safe }}",
        "{{ patient.name | attr('records') }}",
        "{{ patient.name | map('upper') }}",
        "{{ patient }}",
        "{{ treatments }}",
        "{{ true }}",
        "{{ none }}",
        "{{ nothing }}",
        "{{ patient.nothing }}",
        "{{ cite(today) }}",
        "{{ fact('no-such-fact').statement }}",
        "{% include '../../../../etc/passwd' %}",
        "{% include 'no-such-part.md.j2' %}",
        "{% set patient.name = 'x' %}",
        "{% for x in patient.name %}{{ x }}{% endfor %}",
        "{{ patient.name",
        "{% do x %}",
        "{{ gettext('%(x)s %(y)s', x='1') }}",
        "{{ gettext('%(x)1000000000s', x='1') }}",
        "{{ gettext('%(x)r', x='1') }}",
        "{{ gettext('%s') }}",
        "{% trans x=''.__class__ %}a {{ x }}{% endtrans %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% include 'appeal.md.j2' %}",
        "```unknown\nx\n```",
        "```reference\nno colon\n```",
        "---",
    ],
)
def test_what_a_template_may_not_do_is_refused(tmp_path: Path, template: str) -> None:
    with pytest.raises(LetterError) as refused:
        say(tmp_path, template)
    assert "Avery" not in str(refused.value)


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("<b>x</b>", "<b>x</b>"),
        ("<script>x</script>\n", "<script>x</script>"),
        ("[x](https://example.org)", "[x](https://example.org)"),
        ("`x`", "`x`"),
        ("    indented", "indented"),
        ("{{ '*x* & <b>' }}", "*x* & <b>"),
        ("{{ patient.given ~ '*' ~ patient.family }}", "Avery*Example"),
        ("{% macro m(x) %}**{{ x }}**{% endmacro %}{{ m(patient.given) }}", "Avery"),
        ("{% set x %}*{{ patient.given }}*{% endset %}{{ x }}", "Avery"),
        ("{% trans x=patient.given %}{{ x }}: 100% so{% endtrans %}", "Avery: 100% so"),
        ("{{ [patient.given, 'and', patient.family] | join('; ') }}", "Avery; and; Example"),
    ],
)
def test_what_is_no_part_of_a_letter_is_shown_as_text(
    tmp_path: Path, template: str, shown: str
) -> None:
    assert say(tmp_path, template) == shown


def test_an_error_names_template_and_line(tmp_path: Path) -> None:
    with pytest.raises(LetterError, match=r"appeal\.md\.j2, line 2"):
        say(tmp_path, "x\n{% if %}\n")


def test_a_gap_counts_as_false_and_empty_until_it_is_printed(tmp_path: Path) -> None:
    template = (
        "{% if claim %}claim{% else %}none{% endif %}"
        "{% for line in claim.lines %}line{% endfor %}"
        "{% if claim is missing %}, missing{% endif %}"
    )
    assert say(tmp_path, template) == "none, missing"


def test_a_printed_gap_stops_the_letter(tmp_path: Path) -> None:
    with pytest.raises(MissingFacts, match="add the claim that was denied"):
        say(tmp_path, "{{ claim.lines }}")


def test_what_is_set_and_not_printed_is_neither_cited_nor_missed(tmp_path: Path) -> None:
    template = "{% set x %}{{ claim }} {{ cite(denial) }}{% endset %}Nothing more."
    (tmp_path / "appeal.md.j2").write_text(template)
    letter = compose("appeal", example(ERISA), today=TODAY, templates_dir=tmp_path)
    assert (letter.gaps, letter.exhibits) == ((), ())


def test_each_run_knows_where_its_words_come_from(tmp_path: Path) -> None:
    (tmp_path / "appeal.md.j2").write_text(
        "Seen by {{ prescriber.name }} {{ cite(prescriber) }}: {{ fact('bmj-2023').title }}."
    )
    letter = compose("appeal", example(ERISA), today=TODAY, templates_dir=tmp_path)
    [paragraph] = letter.blocks
    assert isinstance(paragraph, Paragraph)
    origins = [(run.text, run.records, run.facts, run.exhibit) for run in paragraph.runs]
    assert origins == [
        ("Seen by ", (), (), ""),
        ("Jordan Sample", ("provider-orofacial",), (), ""),
        (" ", (), (), ""),
        ("(Exhibit A, p. 1", ("provider-orofacial",), (), "A"),
        (")", ("provider-orofacial",), (), ""),
        (": ", (), (), ""),
        ("BMJ Rapid Recommendation 2023", (), ("bmj-2023",), ""),
        (".", (), (), ""),
    ]
    assert plain(paragraph.runs).startswith("Seen by Jordan Sample (Exhibit A, p. 1)")


def test_a_contact_a_patient_and_a_clinician_are_cited_in_words(tmp_path: Path) -> None:
    template = (
        "{% for t in treatments %}{{ t.what }} {{ cite(t) }}\n\n{% endfor %}{{ cite(symptoms[3]) }}"
    )
    text = say(tmp_path, template)
    assert "Nortriptyline (reported by the patient)" in text
    assert "Acupuncture or dry needling (no record attached)" in text
    assert text.endswith("(no record attached)")


def test_a_fact_of_another_regime_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "appeal.md.j2").write_text("{{ fact('F-FILE').statement }}", encoding="utf-8")
    case = with_funding(example(ERISA), Funding.INDIVIDUAL)
    with pytest.raises(LetterError, match="'F-FILE' does not hold for this coverage"):
        compose("appeal", case, today=TODAY, draft=True, templates_dir=tmp_path)


def test_a_fact_from_memory_is_refused(tmp_path: Path) -> None:
    unsure = fact("bmj-2023").model_copy(update={"confidence": Confidence.MEMORY})
    known = replace(library(), facts={**library().facts, "bmj-2023": unsure})
    (tmp_path / "appeal.md.j2").write_text("{{ fact('bmj-2023').statement }}", encoding="utf-8")
    with pytest.raises(LetterError, match="is not confirmed"):
        compose("appeal", example(ERISA), today=TODAY, templates_dir=tmp_path, known=known)


def test_exhibits_go_on_after_z() -> None:
    from tmjkit.letters.resolve import label

    assert [label(place) for place in (0, 25, 26, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip
