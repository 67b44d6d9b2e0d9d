"""Each request as Markdown, as it stands; read a change of one as a reader of the letter would."""

import re

import pytest
from request_letters import KINDS, MEDICAID, READY, TODAY, example
from syrupy.assertion import SnapshotAssertion

from tmjkit.letters import compose, to_markdown


def without_evidence(text: str) -> str:
    """Return the text without the section on the published evidence, which appeals share."""
    return re.sub(r"(?ms)^(#+ [^\n]*[Ee]vidence[^\n]*)\n.*?(?=^#+ )", r"\1\n\n", text)


@pytest.mark.parametrize("kind", KINDS)
def test_a_request_reads_as_it_did(kind: str, snapshot: SnapshotAssertion) -> None:
    text = to_markdown(compose(kind, READY[kind](), today=TODAY))
    assert without_evidence(text) == snapshot


@pytest.mark.parametrize("kind", ["records-request", "plan-documents", "prior-authorization"])
def test_a_draft_of_an_early_case_reads_as_it_did(kind: str, snapshot: SnapshotAssertion) -> None:
    assert to_markdown(compose(kind, example(MEDICAID), today=TODAY, draft=True)) == snapshot
