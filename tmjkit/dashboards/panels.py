"""The panels of a case's page, in their order."""

from typing import Final

from tmjkit.dashboards.panel import CaseContext, Content, Spec


def _policy(context: CaseContext) -> Content:
    from tmjkit.dashboards.policy_view import PolicyView  # noqa: PLC0415 -- made when opened

    return PolicyView(context.policy, context.desk)


def _letters(context: CaseContext) -> Content:
    from tmjkit.dashboards.papers_view import PapersView  # noqa: PLC0415

    return PapersView(context)


def _packet(context: CaseContext) -> Content:
    from tmjkit.dashboards.packet_view import PacketView  # noqa: PLC0415

    return PacketView(context)


def _written(context: CaseContext) -> Content:
    from tmjkit.dashboards.written_view import WrittenView  # noqa: PLC0415

    return WrittenView(context)


def _decisions(context: CaseContext) -> Content:
    from tmjkit.dashboards.decisions_view import DecisionsView  # noqa: PLC0415

    return DecisionsView(context)


def _deadlines(context: CaseContext) -> Content:
    from tmjkit.dashboards.deadlines_view import DeadlinesView  # noqa: PLC0415

    return DeadlinesView(context)


def _people(context: CaseContext) -> Content:
    from tmjkit.dashboards.handling_view import PeopleView  # noqa: PLC0415

    return PeopleView(context)


def _calls(context: CaseContext) -> Content:
    from tmjkit.dashboards.calls_view import CallsView  # noqa: PLC0415

    return CallsView(context)


def _documents(context: CaseContext) -> Content:
    from tmjkit.dashboards.documents_view import DocumentsView  # noqa: PLC0415

    return DocumentsView(context)


def _history(context: CaseContext) -> Content:
    from tmjkit.dashboards.history_view import HistoryView  # noqa: PLC0415

    return HistoryView(context)


def _overview(context: CaseContext) -> Content:
    from tmjkit.dashboards.overview_view import OverviewView  # noqa: PLC0415

    return OverviewView(context)


def _rules(context: CaseContext) -> Content:
    from tmjkit.dashboards.assessment_view import AssessmentView  # noqa: PLC0415

    return AssessmentView(context)


def _timeline(context: CaseContext) -> Content:
    from tmjkit.dashboards.overview_view import TimelineView  # noqa: PLC0415

    return TimelineView(context)


def _clinical(context: CaseContext) -> Content:
    from tmjkit.dashboards.clinical_view import ClinicalView  # noqa: PLC0415

    return ClinicalView(context)


def _sessions(context: CaseContext) -> Content:
    from tmjkit.dashboards.sessions_view import SessionsView  # noqa: PLC0415

    return SessionsView(context)


def _coverage(context: CaseContext) -> Content:
    from tmjkit.dashboards.coverage_view import CoverageView  # noqa: PLC0415

    return CoverageView(context)


def _treatments(context: CaseContext) -> Content:
    from tmjkit.dashboards.treatments_view import TreatmentsView  # noqa: PLC0415

    return TreatmentsView(context)


PANELS: Final = (
    Spec("todo", "What to do next", "Now", _overview),
    Spec("calls", "Calls and contacts", "Now", _calls, ("contacts",), ("contacts", "calls")),
    Spec("deadlines", "Deadlines and tasks", "Now", _deadlines, ("tasks",)),
    Spec("timeline", "Timeline", "Now", _timeline),
    Spec(
        "people",
        "Patient and people",
        "The case",
        _people,
        ("providers", "representatives"),
        ("patient", "providers", "representatives", "handling"),
    ),
    Spec("coverage", "Coverage and law", "The case", _coverage, ("coverages",)),
    Spec("policy", "Payer's policy", "The case", _policy),
    Spec(
        "clinical",
        "Diagnoses and measurements",
        "The case",
        _clinical,
        ("diagnoses", "symptoms", "measurements", "questionnaires", "statements"),
    ),
    Spec("treatments", "Treatments", "The case", _treatments, ("treatments",)),
    Spec("sessions", "Injections", "The case", _sessions, ("sessions",)),
    Spec("documents", "Documents", "The case", _documents, ("documents",)),
    Spec(
        "decisions",
        "Requests, decisions, appeals",
        "Papers",
        _decisions,
        ("requests", "claims", "determinations", "appeals", "papers"),
    ),
    Spec("letters", "Letters", "Papers", _letters),
    Spec("packet", "Packet", "Papers", _packet),
    Spec(
        "written",
        "Letters written",
        "Papers",
        _written,
        ("letters",),
        ("letters", "overrides"),
    ),
    Spec("rules", "What the rules say", "The case as a whole", _rules),
    Spec("history", "History", "The case as a whole", _history),
)
"""Every list of a case stands in exactly one of them; a test holds it."""
