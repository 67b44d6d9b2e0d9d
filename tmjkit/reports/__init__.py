"""Reports: what a report says, and how many of them are made from a notebook."""

from tmjkit.reports.batch import ReportResult, run_reports
from tmjkit.reports.case_report import CaseReport
from tmjkit.reports.html import Section
from tmjkit.reports.template import TemplateError

__all__ = ["CaseReport", "ReportResult", "Section", "TemplateError", "run_reports"]
