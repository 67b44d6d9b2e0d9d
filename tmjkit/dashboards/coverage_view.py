"""The panel of coverages: beside each which law governs it, and what is still to find out."""

from collections.abc import Iterator
from functools import partial

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.case import Coverage
from tmjkit.dashboards.clinical_opener import Opener
from tmjkit.dashboards.coverage_words import Question, law_words, questions
from tmjkit.dashboards.desk import box, button, put, text
from tmjkit.dashboards.fields import fields_of
from tmjkit.dashboards.markup import html
from tmjkit.dashboards.panel import CaseContext
from tmjkit.dashboards.section_view import SectionView


class CoverageView:
    """Coverages with their law.

    Attributes
    ----------
    sections
        The list with its form, by name.
    """

    def __init__(self, context: CaseContext) -> None:
        self._context = context
        section = SectionView("coverages", context)
        self.sections = {"coverages": section}
        self._opener = Opener(context, section, "payer")
        self._laws = box((), "tmj-laws")
        self.widget = box(
            (self._laws, box((section.widget,), "tmj-list-of"), self._opener.widget), "tmj-lists"
        )

    def refresh(self) -> None:
        """Show the coverages as they are now; an open form stays as it is."""
        self.sections["coverages"].refresh()
        case = self._context.model.open_case()
        put(self._laws, [self._law(one) for one in sorted(case.coverages, key=lambda x: x.rank)])

    def _law(self, coverage: Coverage) -> w.Widget:
        found = self._context.assessment()
        law = dict(found.laws)[coverage.id]
        asked = list(questions(coverage, law, found))
        words = text(law_words(coverage, law, found, self._context.policy.library.facts))
        head = [text(html("<h4>To find out ({})</h4>", len(asked)))] if asked else []
        return box(
            (words, *head, *(self._question(coverage, one) for one in asked)), "tmj-law-card"
        )

    def _question(self, coverage: Coverage, asked: Question) -> w.Widget:
        name = dict(_labels())[asked.field]
        enter = self._context.desk.safely(partial(self._opener.open, coverage.id, asked.field))
        return box(
            (
                text(html("<p>{}</p>", asked.words), "tmj-question-words"),
                button(f"Enter: {name}", enter, tooltip=f"Enter: {name}, of {coverage.payer}"),
            ),
            "tmj-question",
        )


def _labels() -> Iterator[tuple[str, str]]:
    for field in fields_of(Coverage):
        yield field.path, field.label
