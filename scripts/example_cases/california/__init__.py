"""Case 2: an insured California plan denied repeat injections as not medically necessary."""

from example_cases.california import care, findings, insurance, people
from example_cases.papers import Papers
from tmjkit.case import Case, DocumentKind

NAME = "california-not-medically-necessary"
PAPERS = "california"


def build(papers: Papers) -> Case:
    """Build the case and make its papers."""
    kind = DocumentKind
    documents = (
        papers.document(
            "document-denial", "Denial notice, October 6, 2026", kind.DENIAL, "2026-10-06"
        ),
        papers.document(
            "document-approval",
            "Authorization notice, August 29, 2025",
            kind.APPROVAL,
            "2025-08-29",
        ),
        papers.document(
            "document-injections", "Injection records", kind.INJECTION_RECORD, "2026-06-16"
        ),
        papers.document(
            "document-scores", "Questionnaire scores", kind.QUESTIONNAIRE, "2026-08-18"
        ),
        papers.document(
            "document-visit", "Visit note, August 18, 2026", kind.CLINICAL_NOTE, "2026-08-18"
        ),
        papers.document(
            "document-eob", "Explanation of benefits, March 6, 2026", kind.EOB, "2026-03-06"
        ),
    )
    return Case(
        id="case-example-california",
        patient=people.PATIENT,
        coverages=people.COVERAGES,
        providers=people.PROVIDERS,
        diagnoses=findings.DIAGNOSES,
        symptoms=findings.SYMPTOMS,
        measurements=findings.MEASUREMENTS,
        treatments=care.TREATMENTS,
        sessions=care.SESSIONS,
        documents=documents,
        requests=insurance.REQUESTS,
        claims=insurance.CLAIMS,
        determinations=insurance.DETERMINATIONS,
        appeals=insurance.APPEALS,
        contacts=insurance.CONTACTS,
        tasks=insurance.TASKS,
    )
