"""The panel of documents: add files, say what they are, look at their pages, mark their words."""

from functools import partial

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.case import Case, Document
from tmjkit.dashboards.autosave import Autosave
from tmjkit.dashboards.begun import Begun
from tmjkit.dashboards.desk import box, button, put, text
from tmjkit.dashboards.documents_model import DocumentsModel, resting, size_words
from tmjkit.dashboards.drafts import Draft
from tmjkit.dashboards.form_view import FormView
from tmjkit.dashboards.letter_download import download
from tmjkit.dashboards.markup import Markup, html
from tmjkit.dashboards.pages_model import Pages
from tmjkit.dashboards.pages_view import PagesView
from tmjkit.dashboards.panel import CaseContext
from tmjkit.dashboards.record_form import RecordForm
from tmjkit.dashboards.upload import Upload
from tmjkit.dashboards.upload_check import UploadedFile

_ASKED = ("name", "kind", "date", "note")


class DocumentsView:
    """The documents of the case, the form of one, and the pages of one."""

    def __init__(self, context: CaseContext) -> None:
        self._context = context
        self._model = DocumentsModel(context.model)
        self._form: FormView | None = None
        self._saver: Autosave | None = None
        self._pages: PagesView | None = None
        self._open_id = ""
        self._resumed = False
        self._upload = Upload(context.desk, "Add documents", self._take)
        self._begun = Begun(
            "documents", context.desk, self._context.model.drafts, self._form_of, self._open_form
        )
        self._described = box((), "tmj-document-form")
        self._rows = box((), "tmj-rows tmj-documents")
        self._link = text("", "tmj-result")
        self._view = box((), "tmj-document-pages")
        head = text(html("<h3>Papers of the case</h3>"))
        self.widget = box(
            (
                self._upload.widget,
                head,
                self._begun.widget,
                self._described,
                self._rows,
                self._link,
                self._view,
            ),
            "tmj-documents-panel",
        )

    def refresh(self) -> None:
        """Show the documents as they are now; an open form and an open page stay."""
        case = self._context.model.case
        if case is None:
            return
        put(self._rows, [self._row(one, case) for one in case.documents])
        if not case.documents:
            put(self._rows, (text("None yet."),))
        if self._pages is not None:
            if any(one.id == self._open_id for one in case.documents):
                self._pages.refresh()
            else:
                self._put_away()
        self._follow(case)
        if not self._resumed:
            self._resumed = True
            left = self._begun.first()
            if left is not None and self._form is None:
                self._open_form(left)
            self._show_begun()
        elif self._begun.widget.children:
            self._show_begun()

    # The list

    def _row(self, document: Document, case: Case) -> w.Widget:
        safely = self._context.desk.safely
        count = resting(case, document.id)
        place = box((), "tmj-row-actions")
        offered = [
            ("Show pages", partial(self.show, document)),
            ("Download", partial(self._download, document)),
            ("Change", partial(self.describe, document)),
        ]
        if not count:
            offered.append(("Remove", partial(self._ask, place, document)))
        place.children = tuple(
            button(label, safely(do), tooltip=f"{label}: {document.name}") for label, do in offered
        )
        return box((text(_row(document, count), "tmj-record"), place), "tmj-row")

    def _ask(self, place: w.Box, document: Document) -> None:
        safely, name = self._context.desk.safely, document.name
        remove = partial(self._context.model.remove, document.id)
        yes = button("Yes, remove", safely(remove), css="tmj-danger", tooltip=f"Remove {name}")
        keep = button("Keep", safely(self.refresh), tooltip=f"Keep {name}")
        put(place, (text("Remove it from the case?"), yes, keep))

    def _download(self, document: Document) -> None:
        self._link.value = download(self._model.paper(document))

    # Adding and describing

    def _take(self, file: UploadedFile) -> None:
        document = self._model.take(file)
        if self._form is None or not self._form.form.changed:
            self.describe(document)

    def describe(self, document: Document) -> None:
        """Open the form that says what a document is; its bytes never change."""
        if self._form is not None and self._form.form.changed:
            self._context.desk.warn("Save or cancel the document's form that is open first.")
            return
        case = self._context.model.open_case()
        self._open_form(self._begun.left(document.id) or RecordForm(Document, case, document))

    def _open_form(self, form: RecordForm) -> None:
        if form.original is None:
            self._context.desk.warn("The document that this form is about was removed.")
            return
        self._close_form()
        model, desk = self._context.model, self._context.desk
        self._saver = Autosave(form, model, model.drafts(), desk.later)
        self._form = FormView(form, desk, self._save, self._give_up, self._saver, only=_ASKED)
        put(self._described, (self._form.widget,))
        self._show_begun()

    def _form_of(self, draft: Draft) -> RecordForm:
        """Make the form of a document that was left, with what was typed."""
        case = self._context.model.open_case()
        known = {one.id: one for one in case.documents}
        form = RecordForm(Document, case, known.get(draft.record_id), draft.record_id)
        form.resume(draft.typed, draft.start)
        return form

    def _show_begun(self) -> None:
        self._begun.show(self._form.form if self._form else None)

    def _follow(self, case: Case) -> None:
        """Let an open form go on on top of the case as it is now."""
        if self._form is None or self._saver is None or self._saver.busy:
            return
        form = self._form.form
        now = next(
            (one for one in case.documents if form.original and one.id == form.original.id), None
        )
        if now is None:
            self._close_form()
        elif form.case is not case and not self._context.model.conflict:
            form.rebase(now, case)

    def _save(self) -> None:
        if self._form is not None and self._form.saved():
            self._close_form()

    def _give_up(self) -> None:
        if self._saver is not None:
            self._saver.give_up()
        self._close_form()

    def _close_form(self) -> None:
        if self._form is not None:
            self._form.close()
        self._form = self._saver = None
        put(self._described, ())
        self._show_begun()

    # Pages

    def show(self, document: Document) -> None:
        """Open the pages of a document."""
        self._put_away()
        data = self._model.data(document)
        self._open_id = document.id
        self._pages = PagesView(self._context, Pages(document, data), self._put_away)
        put(self._view, (self._pages.widget,))

    def _put_away(self) -> None:
        if self._pages is not None:
            self._pages.close()
        self._pages, self._open_id = None, ""
        put(self._view, ())


def _row(document: Document, count: int) -> Markup:
    pages = document.pages
    facts = [document.kind.label, str(document.date or "no date")]
    if pages:
        facts.append(f"{pages} page{'' if pages == 1 else 's'}")
    facts.append(size_words(document.size))
    if not count:
        rests = "no record rests on it yet"
    else:
        rests = "1 record rests on it" if count == 1 else f"{count} records rest on it"
    return html(
        '<div class="tmj-record-text" dir="auto"><p class="tmj-record-title">{}</p>'
        '<p class="tmj-source">{} · {}</p>{}</div>',
        document.name,
        " · ".join(facts),
        rests,
        html("<p>{}</p>", document.note) if document.note else "",
    )
