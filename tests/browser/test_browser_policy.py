"""A person enters a payer's policy in the browser and chooses it for a case."""

from pathlib import Path

import pytest
from browsing import Dashboards, OpenPage, opened, ready
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

ERISA = "/voila/render/case.ipynb?case=case-example-erisa"


def test_a_payers_policy_is_entered_and_chosen(open_page: OpenPage, dashboards: Dashboards) -> None:
    page = open_page(ERISA)
    ready(page)
    opened(page, "policy")
    section = page.locator(".tmj-policy")
    expect(section).to_contain_text("tmjkit ships no payer's policy")
    section.get_by_role("button", name="Enter a policy").click()
    form = section.locator(".tmj-policy-form")
    form.get_by_label("Title (needed)").fill("Botulinum toxins")
    form.get_by_label("Payer (needed)").fill("Example Mutual")
    form.get_by_label("Number of the policy (needed)").fill("EM-DRUG-041")
    form.get_by_label("Holds from (needed)").fill("2026-04-01")
    form.get_by_role("button", name="Save").click()
    expect(form.locator(".tmj-error")).not_to_have_count(0)
    form.get_by_label("Text retrieved on (needed)").fill("2026-11-20")
    form.get_by_label("Oral splint").check()
    form.get_by_label("Duration", exact=True).fill("8")
    form.get_by_label("Duration in").select_option("weeks")
    form.get_by_label("Kind", exact=True).select_option("Weeks between sessions")
    form.get_by_role("button", name="Add criterion").click()
    form.get_by_label("Least number of weeks (needed)").fill("12")
    form.get_by_role("button", name="Save").click()
    expect(section.locator(".tmj-record-title")).to_contain_text("Example Mutual EM-DRUG-041")

    folder = Path(dashboards.workspace.place).parent / "knowledge"
    assert [path.name for path in folder.iterdir()] == ["example-mutual-em-drug-041.yaml"]
    chosen = section.get_by_label("Policy for Example Mutual Benefit Administrators")
    chosen.select_option(
        "Example Mutual EM-DRUG-041, Botulinum toxins, effective April 1, 2026, "
        "retrieved November 20, 2026 [example-mutual-em-drug-041]"
    )
    section.get_by_role("button", name="Use this policy").click()
    expect(page.locator("#tmj-live")).to_contain_text("Saved as revision")
    case = dashboards.workspace.load("case-example-erisa").case
    assert case.coverages[0].policy == "example-mutual-em-drug-041"
