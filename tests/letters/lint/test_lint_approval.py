"""No product is called approved for TMD; that it is off-label may be said in any words."""

import pytest
from lint_letters import letter, objections, rules, said

from tmjkit.knowledge import facts
from tmjkit.letters import Letter, Paragraph, Run

CALLED_APPROVED = [
    "Botox is FDA-approved for TMD.",
    "Botox is FDA approved for bruxism.",
    "Botox is approved by the FDA for the treatment of jaw clenching.",
    "Botox has been cleared by the F.D.A. for masseter pain.",
    "Botox is approved by the U.S. FDA for TMD.",
    "Dr. A. Example says that Botox is FDA-approved for Ms. B. Sample, who has TMD.",
    "The FDA has approved botulinum toxin for temporomandibular disorders.",
    "The Food and Drug Administration approved this drug for bruxism.",
    "Botulinum toxin is indicated for TMD.",
    "Botox is labeled for TMJ pain.",
    "TMD is an FDA-approved indication of Botox.",
    "TMD is a labeled indication of Botox.",
    "For TMD, Botox is an approved treatment.",
    "This on-label use for the masseter is safe.",
    "Botox is approved for migraine, spasticity and TMD.",
    "Botox is approved for TMD.",
    "It is cleared for jaw pain.",
    "The drug has FDA approval for this condition.",
    "Botox is not experimental: it is FDA-approved for TMD.",
    "Botox is not experimental, because it is approved by the FDA for bruxism.",
    "It is not only safe, it is FDA-approved for TMD.",
    "There is no doubt that Botox is FDA-approved for TMD.",
    "It is not true that Botox is not FDA-approved for TMD.",
    "B\N{ZERO WIDTH SPACE}otox is FDA\N{NON-BREAKING HYPHEN}approved for TMD.",
    "Botox is \N{LATIN SMALL LETTER A}pproved by the FDA\nfor   TMD.",
    "El Botox está aprobado por la FDA para el bruxismo.",
    "La FDA aprobó la toxina para el trastorno temporomandibular.",
    "La toxina está indicada para el dolor de la mandíbula.",
    "Este medicamento está aprobado para el músculo masetero.",
    "Botox está aprobado por la FDA para los trastornos temporomandibulares.",
    "Botox está avalado por la FDA para el bruxismo.",
    "La FDA respalda Botox para el dolor de la mandíbula.",
    "The FDA has given its approval to Botox for bruxism.",
    "The FDA sanctioned Botox for bruxism.",
    "The FDA accepts Botox for TMD.",
    "The FDA green-lit Botox for TMJ.",
    "Botox enjoys FDA endorsement for TMD.",
    "Botox for TMD carries the approval of the Food & Drug Administration.",
    "Regulators approved Botox for TMD.",
    "TMD falls within the label of Botox.",
    "The package insert lists TMD.",
    "Botox is FDA\N{SOFT HYPHEN}approved for TMD.",
    "The treatment is FDA-approved.",
    "Botox is FDA approved. It is used here for TMD.",
    "Botox is approved.",
    "La toxina está aprobada por la FDA.",
    "The FDA has approved this treatment.",
    "Botox is FDA-approved for migraine and TMD, and its use for wrinkles is off-label.",
]
RIGHT = [
    "TMD, bruxism and masseter myalgia are not among the approved indications of Botox.",
    "Botox is not approved for TMD.",
    "Botox is not FDA-approved for TMD.",
    "No botulinum toxin is FDA-approved for TMD.",
    "Botox isn\N{RIGHT SINGLE QUOTATION MARK}t approved by the FDA for bruxism.",
    "Temporomandibular disorder is not a labeled indication of the product.",
    "Its use for TMD is off-label: the FDA has approved it for chronic migraine.",
    "Botox is FDA-approved for chronic migraine and is used off-label for TMD.",
    "FDA approval for TMD has not been given.",
    "Neither bruxism nor TMD is an FDA-approved indication.",
    "Please say whether the drug is approved by the FDA for TMD.",
    "The plan approved two sessions for the jaw in 2025.",
    "You approved the treatment for temporomandibular disorder last year.",
    "El Botox no está aprobado por la FDA para el bruxismo.",
    "La toxina no está indicada para la mandíbula.",
    "The label says what a product was approved for.",
    "Botox is FDA-approved for chronic migraine, and its use for TMD is off-label.",
    "The product is FDA-approved for chronic migraine.",
    "Botox is approved by the FDA for other conditions.",
    "The treatment is not FDA-approved.",
    "The treatment was approved.",
    "The treatment is approved by the plan.",
    "The package insert does not list TMD.",
    "The use is off-label: the drug is FDA-approved, and not for TMD.",
]


@pytest.mark.parametrize("words", CALLED_APPROVED)
def test_a_sentence_that_calls_it_approved_is_refused(words: str) -> None:
    broken = said(letter(), words)
    found = [item for item in objections(broken) if item.rule == "approved-use"]
    assert found
    assert all(item.text in words.replace("\n", " ") or "\n" in words for item in found)


@pytest.mark.parametrize("words", RIGHT)
def test_the_truth_may_be_said(words: str) -> None:
    assert "approved-use" not in rules(said(letter(), words))


@pytest.mark.parametrize("fact", [item for item in facts().values() if item.letter_ready])
def test_no_fact_that_a_letter_may_state_calls_it_approved(fact: object) -> None:
    stated = Run(fact.statement, facts=(fact.id,))  # type: ignore[attr-defined]
    small = Letter("note", "A note", letter().date, (Paragraph((stated,)),))
    assert "approved-use" not in rules(small)


def test_words_of_the_payers_notice_are_the_payers() -> None:
    quoted = Run("“Botox is FDA-approved for TMD.”", records=("determination-denial",))
    assert "approved-use" not in rules(said(letter(), quoted))
    told = Run("Botox is FDA-approved for TMD.", records=("treatment-splint",))
    assert "approved-use" in rules(said(letter(), told))


def test_bold_letters_and_several_runs_hide_nothing() -> None:
    parts = (Run("Botox is FDA-"), Run("appro", bold=True), Run("ved for "), Run("TMD."))
    assert "approved-use" in rules(said(letter(), *parts))
