"""Case 1: a self-funded employer plan denied the request as experimental."""

from example_cases.erisa import care, findings, insurance, people
from example_cases.papers import Papers
from tmjkit.case import Case, DocumentKind

NAME = "self-funded-erisa-denial"
PAPERS = "erisa"


def build(papers: Papers) -> Case:
    """Build the case and make its papers."""
    kind = DocumentKind
    documents = (
        papers.document(
            "document-denial", "Denial notice, October 14, 2026", kind.DENIAL, "2026-10-14"
        ),
        papers.document("document-plan", "Plan document, excerpt", kind.PLAN, "2026-01-01"),
        papers.document(
            "document-policy",
            "Drug policy EM-DRUG-041, Botulinum Toxins",
            kind.POLICY,
            "2026-04-01",
        ),
        papers.document(
            "document-clinic-notes",
            "Clinical notes and questionnaires, Example Orofacial Pain Center",
            kind.CLINICAL_NOTE,
            "2026-09-22",
        ),
        papers.document(
            "document-therapy",
            "Therapy records, Example Rehabilitation Center",
            kind.THERAPY_RECORD,
            "2025-10-30",
        ),
        papers.document(
            "document-splint", "Dental chart extract, splint", kind.CLINICAL_NOTE, "2026-03-24"
        ),
        papers.document(
            "document-pharmacy", "Prescription profile", kind.PRESCRIPTION, "2026-03-26"
        ),
    )
    return Case(
        id="case-example-erisa",
        patient=people.PATIENT,
        coverages=people.COVERAGES,
        providers=people.PROVIDERS,
        diagnoses=findings.DIAGNOSES,
        symptoms=findings.SYMPTOMS,
        measurements=findings.MEASUREMENTS,
        questionnaires=findings.QUESTIONNAIRES,
        treatments=care.TREATMENTS,
        documents=documents,
        requests=insurance.REQUESTS,
        determinations=insurance.DETERMINATIONS,
        contacts=insurance.CONTACTS,
        tasks=insurance.TASKS,
    )
