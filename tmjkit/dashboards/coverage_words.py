"""What holds for one coverage: which law, which benefit pays, what is excluded, what to ask."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tmjkit.case import Coverage
from tmjkit.dashboards.markup import Markup, html, join
from tmjkit.knowledge import Fact
from tmjkit.rules.assessment import CaseAssessment
from tmjkit.rules.model import Finding, RegimeResult
from tmjkit.rules.regime import asked_field
from tmjkit.rules.section import cited

_READ = (
    "Read in the plan document whether it excludes care of the jaw joint or TMD: an exclusion is "
    "argued otherwise than a denial for medical necessity."
)
_ELSEWHERE = ("regime.unknown", "regime.ask")
_FIELDS = {"missing.member-id": "member_id", "criteria.policy-missing": "policy"}


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to find out about a coverage, and the field that takes the answer."""

    words: str
    field: str


def questions(coverage: Coverage, law: RegimeResult, found: CaseAssessment) -> Iterator[Question]:
    """Yield what to find out about a coverage, what decides the law first."""
    for ask in law.asks:
        yield Question(ask, asked_field(ask))
    if coverage.excludes_tmd is None:
        yield Question(_READ, "excludes_tmd")
    elif coverage.excludes_tmd and not coverage.exclusion.strip():
        yield Question(
            "Copy the exclusion exactly as the plan document words it: its words decide how far "
            "it reaches.",
            "exclusion",
        )
    for finding in found.findings:
        if coverage.id in finding.records and finding.rule in _FIELDS:
            yield Question(_told(finding), _FIELDS[finding.rule])


def _told(finding: Finding) -> str:
    return f"{finding.what}. {finding.where}"


def law_words(
    coverage: Coverage, law: RegimeResult, found: CaseAssessment, known: Mapping[str, Fact]
) -> Markup:
    """Return what holds for the coverage, without the questions."""
    tone = "good" if law.regime else "bad"
    sources = [cited(known[name]) for name in law.facts if name in known]
    return html(
        '<div class="tmj-law tmj-finding tmj-tone-{}"><h3 dir="auto">{}</h3>'
        '<p><span class="tmj-badge">{}</span> <strong>{}</strong></p><p>{}</p><dl>{}</dl>{}</div>',
        tone,
        coverage.payer,
        "Law" if law.regime else "Not known",
        law.regime.label if law.regime else "Which law governs is not known yet",
        law.why,
        join(
            html('<div><dt>{}</dt><dd dir="auto">{}</dd></div>', label, words)
            for label, words in _facts(coverage, law, found)
        ),
        html(
            '<p class="tmj-why"><span class="tmj-label">Sources:</span> {}</p>', "; ".join(sources)
        )
        if sources
        else Markup(),
    )


def _facts(
    coverage: Coverage, law: RegimeResult, found: CaseAssessment
) -> Iterator[tuple[str, str]]:
    if law.state:
        yield "State", f"The law of {law.state} holds as well."
    # Of other plans the funding says it; the rule's own `insured` is about the reach of state law.
    if coverage.insured is not None:
        yield "Who bears the risk", "An insurer" if coverage.insured else "The plan itself"
    if law.grandfathered is not None:
        yield (
            "Grandfathered",
            "Yes: the federal rules of 45 CFR 147.136 do not reach the plan."
            if law.grandfathered
            else "No",
        )
    yield "Benefit that pays", coverage.benefit.label if coverage.benefit else "Not known yet"
    yield "Excluded", _excluded(coverage)
    for one in found.criteria:
        if one.policy.id == coverage.policy:
            yield "Policy", f"{one.policy.title}: {one.summary}"


def _excluded(coverage: Coverage) -> str:
    if coverage.excludes_tmd is None:
        return "Not known until the plan document was read"
    if not coverage.excludes_tmd:
        return "The plan document was read and excludes no care of the jaw joint or TMD"
    words = coverage.exclusion.strip()
    return (
        f"TMD, in these words: \N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}"
        if words
        else "TMD; the words are not recorded"
    )
