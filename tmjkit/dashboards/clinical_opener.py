"""Opens the form of a record at one of its fields, also from a button that stands in a table.

A table is markup, so its buttons carry the id of a record, and the page's script passes the id on
through a hidden input. Where no script of ours runs, as in JupyterLab, those buttons stay hidden,
and the list of the records has its own.
"""

from typing import Any

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.case import Record
from tmjkit.dashboards.desk import box, text
from tmjkit.dashboards.markup import Markup, html
from tmjkit.dashboards.panel import CaseContext
from tmjkit.dashboards.section_view import SectionView
from tmjkit.dashboards.words import title_of


class Opener:
    """Opens the forms of one list.

    Parameters
    ----------
    context
        The case's page.
    section
        The list whose forms it opens.
    first
        Field that is brought into view where none is named.
    """

    def __init__(self, context: CaseContext, section: SectionView, first: str) -> None:
        self._context = context
        self._section = section
        self._first = first
        self._turn = 0
        self._wish = w.Text()
        self._wish.add_class("tmj-wish")
        self._wish.observe(context.desk.safely_with(self._asked), "value")
        self._field = text("", "tmj-field-wish")
        self.widget = box((self._wish, self._field), "tmj-opener")

    def open(self, record_id: str, field: str = "") -> None:
        """Open the form of a record, and bring a field into view; of a new one without an id."""
        case = self._context.model.open_case()
        record = case.record(record_id) if record_id else None
        self._section.edit(record)
        form = self._section.unsaved
        if form is None or (form.original.id if form.original else "") != record_id:
            return  # another form is open and unsaved; the notice says so
        self._turn += 1
        self._field.value = html(
            '<span data-tmj-field="{}--{}" data-tmj-turn="{}"></span>',
            form.key,
            field or self._first,
            self._turn,
        )

    def _asked(self, change: dict[str, Any]) -> None:
        record_id = str(change["new"]).partition(" ")[0]
        known = {
            record.id
            for name, record in self._context.model.open_case().records()
            if name == self._section.name
        }
        if record_id in known:
            self.open(record_id)


def opens(record: Record, words: str = "Change") -> Markup:
    """Return a button for a table that opens the record's form; shown by the page's script."""
    return html(
        '<button type="button" class="tmj-in-table" data-tmj-opens="{}" hidden>{}'
        '<span class="tmj-hidden"> {}</span></button>',
        record.id,
        words,
        title_of(record),
    )
