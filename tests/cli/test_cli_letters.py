"""Letters on the command line: listed, refused with a rule, set aside, traced, told to be stale."""

import json

import pytest

CASE = "case-example-erisa"
DAY = ("--today", "2026-11-23")


def listed(run):
    code, out, err = run("letter", "--list", CASE, *DAY, "--json")
    assert code == 0, err
    return {one["kind"]: one for one in json.loads(out)}


def status(run):
    code, out, err = run("letter", "status", CASE, *DAY, "--json")
    assert code == 0, err
    return json.loads(out)


def written(run, *more):
    code, _, err = run("letter", "appeal", CASE, "--to", "appeal.pdf", *DAY, *more)
    assert code == 0, err
    return status(run)


def test_the_list_says_what_is_ready_what_lacks_and_what_does_not_apply(clinic):
    found = listed(clinic)
    assert found["appeal"]["state"] == "ready"
    assert found["appeal"]["called_for"]
    assert found["medicaid-appeal"]["state"] == "does-not-apply"
    assert found["medicaid-appeal"]["why"]
    assert found["reconsideration"]["state"] == "does-not-apply"
    assert {one["state"] for one in found.values()} >= {"ready", "does-not-apply"}
    code, out, _ = clinic("letter", "--list", CASE, *DAY)
    assert code == 0
    assert "comes next" in out
    assert "Does not apply:" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("letter", "--list", CASE, "appeal"), "--list stands alone"),
        (("letter", "appeal", CASE, "--to", "a.pdf", "--override", "x"), "--why"),
        (("letter", "appeal", CASE, "--to", "a.pdf", "--language", "fr"), "en, es"),
        (("letter", "medical-necessity", CASE, "--to", "a.pdf", "--language", "es"), "English"),
        (("letter", "appeal", CASE, "--to", "a.pdf", "--voice", "clinician"), "patient"),
        (("letter", "sent", CASE, "letter-none", "--on", "2026-11-23"), "no letter"),
        (("letter", "external-review", CASE, "--to", "a.pdf"), "not now: "),
        (("packet", CASE, "--letter", "external-review", "--to", "a.pdf"), "not now: "),
        (("letter", "check"), "templates/letters"),
    ],
)
def test_what_can_not_be_is_said_in_one_line(clinic, arguments, said):
    code, _, err = clinic(*arguments)
    assert code != 0
    assert said in err
    assert err.count("\n") == 1


def test_a_letter_that_left_is_kept_with_what_it_rests_on(clinic):
    [one] = written(clinic)
    assert (one["kind"], one["state"], one["changes"]) == ("appeal", "matches", [])
    clinic("letter", "appeal", CASE, "--to", "draft.pdf", "--draft", *DAY)
    assert len(status(clinic)) == 1, "a draft does not leave"


def test_a_change_of_the_case_is_told_letter_by_letter(clinic, tmp_path):
    [one] = written(clinic)
    file = tmp_path / "case.json"
    clinic("case", "export", CASE, "--to", file)
    day = ("--today", "2026-11-24")
    code, _, err = clinic("letter", "sent", CASE, one["id"][:9], "--on", "2026-11-24", *day)
    assert code == 0, err
    code, out, _ = clinic("letter", "--list", CASE, *day, "--json")
    states = {one["kind"]: one["state"] for one in json.loads(out)}
    assert states["appeal"] == "does-not-apply", "it is out: not a second time"
    [sent] = status(clinic)
    assert sent["sent"] == "2026-11-24"
    assert sent["state"] == "matches"


def test_a_wrong_day_or_way_of_sending_is_refused(clinic):
    [one] = written(clinic)
    for more, said in (
        (("--on", "tomorrow"), "%Y-%m-%d"),
        (("--on", "2026-11-24", "--by", "pigeon"), "should be one of"),
        (("--on", "2030-11-24"), "lies ahead"),
        (("--on", "2026-11-01"), "before that day"),
    ):
        code, _, err = clinic("letter", "sent", CASE, one["id"], *more, "--today", "2026-11-24")
        assert code != 0
        assert said in err
        assert err.count("\n") == 1


def test_the_trace_names_record_page_and_quote(clinic, tmp_path):
    for ending in ("csv", "html", "md", "pdf", "docx"):
        written(clinic, "--trace", f"trace.{ending}")
        assert (tmp_path / f"trace.{ending}").stat().st_size > 500
    text = (tmp_path / "trace.csv").read_text(encoding="utf-8")
    assert "determination-denial" in text
    assert "29 CFR 2560.503-1(" in text


def test_a_copy_in_spanish_is_for_the_patient(clinic, tmp_path):
    clinic("letter", "appeal", CASE, "--to", "carta.md", "--language", "es", *DAY)
    text = (tmp_path / "carta.md").read_text(encoding="utf-8")
    assert "Copia para el paciente" in text or "Copia para la persona" in text


@pytest.fixture
def own(clinic, tmp_path):
    """Return `write(text)`, which puts a template for appeals beside the workspace."""
    folder = tmp_path / "templates" / "letters"
    folder.mkdir(parents=True)

    def write(text, name="reasons/experimental.md.j2"):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    return write


BOLD = "Botulinum toxin is FDA-approved for TMD.\n"


def test_a_letter_that_breaks_a_rule_is_refused_with_sentence_and_rule(clinic, own, tmp_path):
    own(BOLD)
    code, out, err = clinic("letter", "appeal", CASE, "--to", "appeal.pdf", *DAY)
    assert code == 1
    assert "FDA-approved for TMD" in out
    assert "--override" in err
    assert not (tmp_path / "appeal.pdf").exists()
    assert status(clinic) == []
    code, out, _ = clinic("letter", "appeal", CASE, "--to", "appeal.pdf", *DAY, "--json")
    rules = {one["rule"] for one in json.loads(out)["objections"]}
    why = ("--why", "The example of a test")
    aside = [part for rule in sorted(rules) for part in ("--override", rule, *why)]
    code, _, err = clinic("letter", "appeal", CASE, "--to", "appeal.pdf", *DAY, *aside)
    assert code == 0, err
    # It is kept in the case: the same sentences pass from then on, others do not.
    assert clinic("letter", "appeal", CASE, "--to", "appeal.pdf", *DAY)[0] == 0
    own(BOLD + "\nIt is also FDA-approved for bruxism.\n")
    assert clinic("letter", "appeal", CASE, "--to", "appeal.pdf", *DAY)[0] == 1


def test_an_override_that_nothing_needs_is_refused(clinic):
    arguments = ("--override", "no-such-rule", "--why", "because")
    code, _, err = clinic("letter", "appeal", CASE, "--to", "appeal.pdf", *DAY, *arguments)
    assert code == 1
    assert "no-such-rule" in err


def test_templates_of_the_office_are_checked_against_the_examples(clinic, own):
    own("Please apply the definition of the plan, word by word, and say what is not met.\n")
    code, out, err = clinic("letter", "check", *DAY)
    assert code == 0, out + err
    assert "letters of the examples use your templates" in out
    own(BOLD)
    own("{% if %}", "records-request.md.j2")
    own("words", "no-such-letter.md.j2")
    code, out, err = clinic("letter", "check", *DAY)
    assert code == 1
    assert "FDA-approved" in out
    assert "records-request.md.j2, line 1" in out
    assert "no-such-letter.md.j2" in out
    assert "problems" in err
