"""The letters that a case's page offers: which fit, made, kept, and told to be stale."""

import io
from dataclasses import replace
from pathlib import Path

import pytest

from tmjkit.case import Patient
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.letter_paper import Objected
from tmjkit.dashboards.papers_model import PapersModel
from tmjkit.letters import LetterError, MissingFacts, State
from tmjkit.letters.status import LetterState
from tmjkit.resources import path


@pytest.fixture
def papers(model: CaseModel) -> PapersModel:
    return PapersModel(model)


def test_what_comes_next_stands_first_and_what_does_not_apply_last(papers: PapersModel) -> None:
    found = papers.listed()
    assert found[0].kind.kind == "appeal"
    assert found[0].called_for
    assert found[-1].state is State.NOT
    assert found[-1].why


@pytest.mark.parametrize("ending", ["docx", "pdf", "html", "md"])
def test_papers_have_the_patients_name_inside_only(papers: PapersModel, ending: str) -> None:
    paper = papers.make("appeal", ending, draft=False)
    assert "case-example-erisa" in paper.name
    assert "Avery" not in paper.name
    assert paper.name.endswith(ending)
    if ending == "docx":
        from docx import Document

        text = "\n".join(one.text for one in Document(io.BytesIO(paper.data)).paragraphs)
        assert "Avery Example" in text


def test_a_letter_that_lacks_facts_says_which_and_where(papers: PapersModel) -> None:
    model = papers.case_model
    assert papers.gaps("appeal") == ()
    model.update(Patient(id=model.open_case().patient.id, family="Example"))
    assert papers.gaps("appeal")
    with pytest.raises(MissingFacts):
        papers.make("appeal", "pdf", draft=False)
    draft = papers.make("appeal", "pdf", draft=True)
    assert draft.name == "appeal-case-example-erisa-DRAFT.pdf"
    assert draft.data.startswith(b"%PDF")
    assert papers.written() == ()


def test_what_left_is_kept_and_told_when_it_no_longer_matches(papers: PapersModel) -> None:
    model = papers.case_model
    papers.make("appeal", "docx", draft=False)
    [one] = papers.written()
    assert one.state is LetterState.MATCHES
    papers.mark_sent(one.letter.id, model.today, "fax")
    [one] = papers.written()
    assert str(one.letter.sent) == model.today.isoformat()
    [appeal] = model.open_case().appeals
    assert (str(appeal.sent), appeal.channel) == (model.today.isoformat(), "fax")
    assert papers.listed()[0].kind.kind != "appeal", "an appeal that is out is not called for"
    denial = model.open_case().determinations[0]
    model.update(denial.model_copy(update={"reference": "PA-EX-CHANGED"}))
    [one] = papers.written()
    assert one.state is LetterState.CHANGED
    assert any("reference" in change.lower() for change in one.changes)
    assert not any("PA-EX" in change for change in one.changes)
    assert "correction" in one.advice


def test_a_letter_that_breaks_a_rule_is_refused_until_the_rule_is_set_aside(
    papers: PapersModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tmjkit.letters import Paragraph, Run

    plain = papers.compose

    def bold(kind: str, **options: object) -> object:
        letter = plain(kind, **options)  # type: ignore[arg-type]
        words = Paragraph((Run("Botulinum toxin is FDA-approved for TMD."),))
        return replace(letter, blocks=(*letter.blocks, words))

    monkeypatch.setattr(papers, "compose", bold)
    with pytest.raises(Objected) as refused:
        papers.make("appeal", "pdf", draft=False)
    rules = dict.fromkeys(item.rule for item in refused.value.objections)
    for rule in rules:
        letter = papers.compose("appeal")
        papers.set_aside(letter, papers.objections(letter), rule, "the example of a test")
    assert papers.make("appeal", "pdf", draft=False).data
    assert papers.case_model.open_case().overrides[0].by == papers.case_model.author


def test_a_copy_in_spanish_says_so_in_its_name(papers: PapersModel) -> None:
    paper = papers.make("appeal", "html", draft=False, language="es")
    assert paper.name == "appeal-es-case-example-erisa.html"


@pytest.mark.parametrize("named", [False, True])
def test_the_offices_own_templates_are_beside_the_workspace_or_where_they_are_named(
    model: CaseModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, named: bool
) -> None:
    folder = tmp_path / "templates"
    if named:
        folder = tmp_path / "shared"
        monkeypatch.setenv("TMJKIT_TEMPLATES", str(folder))
    (folder / "letters").mkdir(parents=True)
    own = (path("templates") / "letters" / "appeal.md.j2").read_text()
    (folder / "letters" / "appeal.md.j2").write_text(own + "\nIn the words of Example Clinic.\n")
    paper = PapersModel(model).make("appeal", "md", draft=True)
    assert b"In the words of Example Clinic." in paper.data


def test_what_is_not_due_leaves_as_a_draft_only(papers: PapersModel) -> None:
    with pytest.raises(LetterError, match="Not now"):
        papers.make("external-review", "pdf", draft=False)
    assert papers.make("external-review", "pdf", draft=True).name.endswith("-DRAFT.pdf")
