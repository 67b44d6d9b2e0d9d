"""`tmjkit case list` counts what is lacking by the policies that the office entered."""

import json

POLICY = """
policies:
- id: example-health-7
  title: Botulinum toxins
  payer: Example Health
  number: EX-7
  effective: 2026-01-01
  retrieved: 2026-11-20
  criteria: {test: age, at_least: 120}
"""


def lacking(run):
    code, out, _ = run("case", "list", "--json")
    assert code == 0
    return [int(row["readiness"]) for row in json.loads(out) if row["readiness"]]


def test_the_list_follows_the_offices_policies(tmjkit, tmp_path, monkeypatch):
    from tmjkit.case import Case, Coverage, Patient
    from tmjkit.store import Workspace

    monkeypatch.delenv("TMJKIT_KNOWLEDGE", raising=False)
    assert tmjkit("init")[0] == 0
    store = Workspace.open(tmp_path / "clinic.tmjkit", "correct horse battery staple")
    held = Coverage(payer="Example Health", policy="example-health-7")
    patient = Patient(family="Example", birth_date="1980-02-29")
    store.save(Case(patient=patient, coverages=[held]), None, "ann")
    [without] = lacking(tmjkit)
    (tmp_path / "knowledge").mkdir()
    file = tmp_path / "knowledge" / "seven.yaml"
    file.write_text(POLICY, encoding="utf-8")
    assert lacking(tmjkit) == [without + 1]
    monkeypatch.setenv("TMJKIT_KNOWLEDGE", str(tmp_path / "elsewhere"))
    assert lacking(tmjkit) == [without]
    monkeypatch.delenv("TMJKIT_KNOWLEDGE")
    assert lacking(tmjkit) == [without + 1]
    file.write_text("policies: 7", encoding="utf-8")
    assert lacking(tmjkit) == [without]
    code, _, err = tmjkit("case", "list")
    assert code == 0
    assert "seven.yaml" in err


def test_who_names_no_folder_for_a_server_leaves_the_list_of_the_others(
    tmjkit, tmp_path, monkeypatch
):
    from tmjkit.case import Case, Coverage, Patient
    from tmjkit.cli import case as command
    from tmjkit.cli import workspace as opening
    from tmjkit.rules.office import Office
    from tmjkit.store import Workspace

    monkeypatch.delenv("TMJKIT_KNOWLEDGE", raising=False)
    assert tmjkit("init")[0] == 0
    store = Workspace.open(tmp_path / "clinic.tmjkit", "correct horse battery staple")
    held = Coverage(payer="Example Health", policy="example-health-7")
    patient = Patient(family="Example", birth_date="1980-02-29")
    store.save(Case(patient=patient, coverages=[held]), None, "ann")
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / "seven.yaml").write_text(POLICY, encoding="utf-8")
    counted = lacking(tmjkit)

    # As it is for a postgresql:// address that has no folder beside it.
    def unknown(_):
        return Office(None, lambda: opening.day(None))

    monkeypatch.setattr(command, "office_of", unknown)
    monkeypatch.setattr(opening, "office_of", unknown)
    assert lacking(tmjkit) == counted
