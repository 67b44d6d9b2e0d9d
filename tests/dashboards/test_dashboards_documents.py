"""Documents: added once, shown page by page, their words marked as a source and compared."""

import base64
import io
from datetime import date

import docx
import ipywidgets as w
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tmjkit.case import Case, Document, DocumentSource, Treatment
from tmjkit.dashboards.case_model import CaseModel
from tmjkit.dashboards.desk import Desk
from tmjkit.dashboards.documents_model import DocumentsModel, quoted, resting, size_words
from tmjkit.dashboards.documents_view import DocumentsView
from tmjkit.dashboards.drafts import Drafts
from tmjkit.dashboards.pages_model import WIDTHS, PageError, Pages
from tmjkit.dashboards.panel import CaseContext
from tmjkit.dashboards.papers_model import PapersModel
from tmjkit.dashboards.policy_model import PolicyModel
from tmjkit.dashboards.quotes_model import (
    Standing,
    check_quote,
    marked,
    source_for,
    targets,
    with_source,
    without_source,
)
from tmjkit.dashboards.upload_check import UploadedFile, UploadRefused, checked
from tmjkit.store import Workspace

HOSTILE = "<script>x()</script><img src=x onerror=x()>"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def widgets(root: w.Widget) -> list[w.Widget]:
    return [root, *(one for child in getattr(root, "children", ()) for one in widgets(child))]


def shown(root: w.Widget) -> str:
    return "\n".join(one.value for one in widgets(root) if isinstance(one, w.HTML))


def press(root: w.Widget, label: str) -> None:
    found = [one for one in widgets(root) if isinstance(one, w.Button)]
    next(one for one in found if label in (one.tooltip, one.description)).click()


def field(root: w.Widget, label: str) -> w.Widget:
    return next(one for one in widgets(root) if getattr(one, "description", "") == label)


def picture(kind: str = "PNG", pages: int = 1) -> bytes:
    made = io.BytesIO()
    images = [Image.new("RGB", (900, 1200), (250, 250, 240 - n)) for n in range(pages)]
    extra = {"save_all": True, "append_images": images[1:]} if pages > 1 else {}
    images[0].save(made, kind, **extra)
    return made.getvalue()


def word_file() -> bytes:
    made = docx.Document()
    made.add_paragraph("Splint worn since March without relief.")
    table = made.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Opening", "28 mm"
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def file(name: str, data: bytes) -> UploadedFile:
    return checked(name, data, ("application/pdf", "image/png", "image/tiff", WORD, "text/plain"))


@pytest.fixture
def context(model: CaseModel) -> CaseContext:
    return CaseContext(model, Desk(), PapersModel(model), PolicyModel(model))


@pytest.fixture
def notice(erisa: Case, workspace: Workspace) -> Pages:
    """Return the denial notice of the example, open."""
    document = erisa.documents[0]
    return Pages(document, workspace.get_document(document.sha256))


def added(model: CaseModel, name: str, data: bytes) -> Pages:
    document = DocumentsModel(model).take(file(name, data))
    return Pages(document, data)


# Adding


def test_a_file_is_kept_with_its_bytes(model: CaseModel, workspace: Workspace) -> None:
    data = picture()
    document = DocumentsModel(model).take(file("Scan of a chart.png", data))
    assert document in model.open_case().documents
    assert (document.name, document.media_type) == ("Scan of a chart", "image/png")
    assert workspace.get_document(document.sha256) == data
    assert workspace.load(model.open_case().id).case.documents[-1] == document


def test_the_same_file_twice_is_told(model: CaseModel) -> None:
    documents = DocumentsModel(model)
    documents.take(file("one.png", picture()))
    number = model.revision
    with pytest.raises(UploadRefused, match="already, as “one”"):
        documents.take(file("another name.png", picture()))
    assert model.revision is number


def test_a_download_is_named_by_its_id(model: CaseModel, erisa: Case) -> None:
    paper = DocumentsModel(model).paper(erisa.documents[0])
    assert paper.name == f"{erisa.documents[0].id}.pdf"
    assert paper.data.startswith(b"%PDF")


def test_what_rests_on_a_document_is_counted(erisa: Case) -> None:
    document = erisa.documents[0]
    assert resting(erisa, document.id) == len({one.record.id for one in quoted(erisa, document.id)})
    assert resting(erisa, document.id) > 0
    assert resting(erisa, "document-none") == 0


@pytest.mark.parametrize(("count", "words"), [(0, "1 KB"), (53492, "52 KB"), (3 << 20, "3.0 MB")])
def test_sizes_read_as_people_write_them(count: int, words: str) -> None:
    assert size_words(count) == words


# Pages


def drawn(address: str) -> Image.Image:
    head, _, data = address.partition(",")
    assert head in ("data:image/png;base64", "data:image/jpeg;base64")
    return Image.open(io.BytesIO(base64.b64decode(data)))


def test_each_page_has_its_picture_and_text(notice: Pages) -> None:
    assert notice.count == 2
    first, second = notice.picture(1), notice.picture(2)
    assert first != second
    assert abs(drawn(first).width - WIDTHS[0]) <= 1
    assert abs(drawn(notice.picture(1, WIDTHS[1])).width - WIDTHS[1]) <= 1
    assert notice.picture(1) is first
    assert "Example Mutual" in notice.text(1)
    assert notice.text(1) != notice.text(2)
    assert notice.number(2) == 2


def test_a_scan_has_a_picture_and_no_text(model: CaseModel) -> None:
    pages = added(model, "scan.png", picture())
    assert drawn(pages.picture(1)).width <= WIDTHS[0]
    assert pages.text(1) == ""
    assert pages.number(1) is None


def test_a_fax_has_several_pages(model: CaseModel) -> None:
    pages = added(model, "fax.tif", picture("TIFF", 3))
    assert pages.count == 3
    assert pages.picture(1) != pages.picture(3)
    assert pages.number(3) == 3


def test_a_word_file_has_its_text(model: CaseModel) -> None:
    pages = added(model, "note.docx", word_file())
    assert "Splint worn since March" in pages.text(1)
    assert "Opening\t28 mm" in pages.text(1)
    assert pages.picture(1) == ""


def test_a_text_file_has_its_text(model: CaseModel) -> None:
    assert added(model, "note.txt", "Größe 28 mm".encode()).text(1) == "Größe 28 mm"


def test_a_damaged_page_is_told_without_its_words(erisa: Case) -> None:
    pages = Pages(erisa.documents[0], b"%PDF-1.7 secret words")
    with pytest.raises(PageError, match="damaged") as told:
        pages.picture(1)
    assert "secret" not in str(told.value)
    assert told.value.__cause__ is None
    assert pages.text(1) == ""


# Quotes


def words_of(pages: Pages, page: int, count: int = 8) -> str:
    return " ".join(pages.text(page).split()[20 : 20 + count])


def test_words_of_the_page_are_found(notice: Pages) -> None:
    assert check_quote(words_of(notice, 2), notice, 2).standing is Standing.FOUND


def test_a_slip_is_shown(notice: Pages) -> None:
    words = words_of(notice, 1).split()
    words[3] = "otherwise"
    told = check_quote(" ".join(words), notice, 1)
    assert told.standing is Standing.NOT_FOUND
    assert "the quote has “otherwise”" in told.told


def test_words_of_another_page_are_told_with_its_number(notice: Pages) -> None:
    told = check_quote(words_of(notice, 2), notice, 1)
    assert told.standing is Standing.NOT_FOUND
    assert "page 2" in told.told


def test_words_that_go_over_to_the_next_page_are_found(notice: Pages) -> None:
    end, begin = notice.text(1).split()[-4:], notice.text(2).split()[:4]
    assert check_quote(" ".join((*end, *begin)), notice, 1).standing is Standing.FOUND


def test_a_cut_out_not_is_refused(model: CaseModel) -> None:
    pages = added(model, "note.txt", b"The treatment is not covered by the plan at all.")
    told = check_quote("The treatment is … covered by the plan", pages, 1)
    assert told.standing is Standing.NOT_FOUND
    assert "opposite" in told.told


def test_words_of_a_scan_can_not_be_compared(model: CaseModel) -> None:
    pages = added(model, "scan.png", picture())
    told = check_quote("Pain on chewing", pages, 1)
    assert told.standing is Standing.UNCHECKED
    assert "no text" in told.told


def test_a_source_is_added_once_and_taken_out(notice: Pages, erisa: Case) -> None:
    source = source_for("  Some words ", notice, 2)
    assert source == DocumentSource(document_id=notice.document.id, page=2, quote="Some words")
    once = with_source(erisa.treatments[0], source)
    assert once.sources[-1] == source
    assert with_source(once, source) is once
    assert without_source(once, source) == erisa.treatments[0]


def test_every_record_can_be_proved_and_none_twice_the_same(erisa: Case) -> None:
    labels = [label for label, _ in targets(erisa)]
    assert len(labels) == len(set(labels))
    codes = {code: label for label, code in targets(erisa)}
    assert erisa.treatments[0].id in codes
    assert "new treatments" in codes
    assert erisa.documents[0].id not in codes


def test_quotes_are_marked_across_line_ends() -> None:
    text = "The plan does\nnot cover “this”\n treatment < 3."
    assert str(marked(text, ("does not cover", '"this" treatment'))) == (
        "The plan <mark>does\nnot cover</mark> <mark>“this”\n treatment</mark> &lt; 3."
    )


@settings(deadline=None)
@given(st.text(), st.lists(st.text(), max_size=4))
def test_marking_changes_no_word(text: str, quotes: list[str]) -> None:
    made = marked(text, (*quotes, text[2:9]))
    assert made.replace("<mark>", "").replace("</mark>", "").unescape() == (
        marked(text, ()).unescape()
    )


# The panel


def test_the_panel_shows_pages_and_takes_a_quote(context: CaseContext) -> None:
    view = DocumentsView(context)
    view.refresh()
    case = context.model.open_case()
    document = case.documents[0]
    assert f"{document.name}" in shown(view.widget)
    press(view.widget, f"Show pages: {document.name}")
    press(view.widget, "Next page")
    assert 'alt="Page 2: ' in shown(view.widget)
    assert "data:image/" in shown(view.widget)
    data = context.model.workspace.get_document(document.sha256)
    words = " ".join(Pages(document, data).text(2).split()[10:16])
    field(view.widget, "The words on the page").value = words
    press(view.widget, "Compare with the page")
    assert "These words stand on the page." in shown(view.widget)
    field(view.widget, "What they prove").value = case.treatments[0].id
    press(view.widget, "Use as source")
    treatment = context.model.open_case().treatments[0]
    assert treatment.sources[-1] == DocumentSource(document_id=document.id, page=2, quote=words)
    view.refresh()
    assert "<mark>" in shown(view.widget)
    assert field(view.widget, "The words on the page").value == ""


def test_wrong_words_are_not_kept(context: CaseContext) -> None:
    view = DocumentsView(context)
    view.refresh()
    document = context.model.open_case().documents[0]
    number = context.model.revision
    press(view.widget, f"Show pages: {document.name}")
    field(view.widget, "The words on the page").value = "Nobody ever wrote this here"
    field(view.widget, "What they prove").value = context.model.open_case().treatments[0].id
    press(view.widget, "Use as source")
    assert "do not stand on this page" in shown(view.widget)
    assert context.model.revision is number


def test_a_new_record_begins_with_the_quote(context: CaseContext) -> None:
    view = DocumentsView(context)
    view.refresh()
    document = context.model.open_case().documents[0]
    press(view.widget, f"Show pages: {document.name}")
    data = context.model.workspace.get_document(document.sha256)
    words = " ".join(Pages(document, data).text(1).split()[10:16])
    field(view.widget, "The words on the page").value = words
    field(view.widget, "What they prove").value = "new treatments"
    press(view.widget, "Use as source")
    field(view.widget, "Kind (needed)").value = "splint"
    press(view.widget, "Save")
    made = context.model.open_case().treatments[-1]
    assert isinstance(made, Treatment)
    assert made.sources == (DocumentSource(document_id=document.id, page=1, quote=words),)


def test_a_quote_of_a_scan_is_kept_and_says_so(context: CaseContext) -> None:
    added(context.model, "scan.png", picture())
    view = DocumentsView(context)
    view.refresh()
    press(view.widget, "Show pages: scan")
    assert "picture without text" in shown(view.widget)
    field(view.widget, "The words on the page").value = "Pain on chewing"
    field(view.widget, "What they prove").value = context.model.open_case().treatments[0].id
    press(view.widget, "Use as source")
    view.refresh()
    assert "could not be compared" in shown(view.widget)
    assert context.model.open_case().treatments[0].sources[-1].quote == "Pain on chewing"


def test_title_kind_and_date_change_and_the_digest_never(context: CaseContext) -> None:
    view = DocumentsView(context)
    view.refresh()
    before = context.model.open_case().documents[0]
    press(view.widget, f"Change: {before.name}")
    field(view.widget, "Name (needed)").value = "Notice of October"
    field(view.widget, "Date").value = "2026-10-13"
    assert not any("SHA" in getattr(one, "description", "") for one in widgets(view.widget))
    press(view.widget, "Save")
    after = context.model.open_case().documents[0]
    assert (after.name, str(after.date)) == ("Notice of October", "2026-10-13")
    assert (after.sha256, after.size, after.pages) == (before.sha256, before.size, before.pages)
    assert after.sources == before.sources


def test_what_was_typed_about_a_document_comes_back(
    context: CaseContext, workspace: Workspace
) -> None:
    view = DocumentsView(context)
    view.refresh()
    document = context.model.open_case().documents[1]
    press(view.widget, f"Change: {document.name}")
    field(view.widget, "Name (needed)").value = "Half a na"
    assert len(Drafts(workspace, "me", context.model.open_case().id).all()) == 1
    again = DocumentsView(context)
    again.refresh()
    assert field(again.widget, "Name (needed)").value == "Half a na"


def test_only_what_nothing_rests_on_can_be_removed(context: CaseContext) -> None:
    view = DocumentsView(context)
    view.refresh()
    added(context.model, "scan.png", picture())
    view.refresh()
    removes = [
        one.tooltip for one in widgets(view.widget) if getattr(one, "description", "") == "Remove"
    ]
    assert "Remove: scan" in removes
    first = context.model.open_case().documents[0]
    assert f"Remove: {first.name}" not in removes
    press(view.widget, "Remove: scan")
    press(view.widget, "Yes, remove")
    assert all(one.name != "scan" for one in context.model.open_case().documents)


def test_what_a_document_says_stays_text(context: CaseContext) -> None:
    document = DocumentsModel(context.model).take(
        file("x.txt", f"{HOSTILE} said the note".encode())
    )
    context.model.update(
        Document.model_validate(document.model_dump() | {"name": HOSTILE, "date": date(2026, 1, 1)})
    )
    view = DocumentsView(context)
    view.refresh()
    press(view.widget, f"Show pages: {HOSTILE}")
    field(view.widget, "The words on the page").value = HOSTILE
    press(view.widget, "Compare with the page")
    assert "<script>" not in shown(view.widget)
    assert "<img src=x" not in shown(view.widget)
