"""One document, page by page: its picture, its text, and the words that are marked as a source."""

from collections.abc import Callable

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.dashboards.desk import box, button, text
from tmjkit.dashboards.documents_model import quoted
from tmjkit.dashboards.markup import Markup, html
from tmjkit.dashboards.pages_model import WIDTHS, PageError, Pages
from tmjkit.dashboards.panel import CaseContext
from tmjkit.dashboards.quotes_model import marked
from tmjkit.dashboards.quotes_view import QuotesView

_SIZES = tuple(
    zip(("Fitted", "Larger", "Twice as large", "As large as it gets"), WIDTHS, strict=True)
)
_SAID = 400


class PagesView:
    """An open document.

    Parameters
    ----------
    context
        The case's page.
    pages
        The document.
    close
        Called when it is put away.
    """

    def __init__(self, context: CaseContext, pages: Pages, close: Callable[[], object]) -> None:
        self._context = context
        self._pages = pages
        safely = context.desk.safely
        self._number = w.BoundedIntText(description="Page", min=1, max=pages.count, value=1)
        self._size = w.Dropdown(description="Size of the picture", options=_SIZES)
        for field in (self._number, self._size):
            field.style.description_width = "initial"
            field.observe(safely(self._show), "value")
        self._before = button("Previous page", safely(lambda: self.turn(-1)))
        self._after = button("Next page", safely(lambda: self.turn(1)))
        self._of = text("", "tmj-page-of")
        self._picture = text("", "tmj-page-picture-box")
        self._text = text("", "tmj-page-text-box")
        self._quotes = QuotesView(context, pages, lambda: self.page)
        name = pages.document.name
        head = (
            text(html('<h3 dir="auto">{}</h3>', name)),
            button("Close the document", safely(close), tooltip=f"Close {name}"),
        )
        turns: list[w.Widget] = []
        if pages.count > 1:
            turns += [self._before, box((self._number,), "tmj-field"), self._of, self._after]
        if pages.has_pictures:
            turns.append(box((self._size,), "tmj-field"))
        columns = (
            (self._picture, box((self._text, self._quotes.widget), "tmj-page-words"))
            if pages.has_pictures
            else (self._text, self._quotes.widget)
        )
        self.widget = box(
            (
                box(head, "tmj-page-head"),
                box(turns, "tmj-page-turns"),
                box(columns, "tmj-page-columns"),
            ),
            "tmj-page-view",
        )
        self._show()

    @property
    def page(self) -> int:
        """The page that is shown, from 1."""
        return int(self._number.value)

    def turn(self, by: int) -> None:
        """Turn so many pages on, or back."""
        self._number.value = min(max(self.page + by, 1), self._pages.count)

    def refresh(self) -> None:
        """Mark the quotes as the case has them now; what is typed stays."""
        self._quotes.refresh()
        self._show_text()

    def close(self) -> None:
        """Let go of the document."""
        self._quotes.close()
        self._pages.close()

    def _show(self) -> None:
        last = self._pages.count
        self._before.disabled, self._after.disabled = self.page == 1, self.page == last
        self._of.value = html("<p>of {}</p>", last)
        self._picture.value = self._drawn()
        self._quotes.refresh()
        self._show_text()

    def _drawn(self) -> Markup:
        if not self._pages.has_pictures:
            return Markup()
        try:
            address = self._pages.picture(self.page, self._size.value)
        except PageError as error:
            return html('<p class="tmj-error">{}</p>', str(error))
        said = " ".join(self._pages.text(self.page).split())
        told = f"{said[:_SAID]}… The whole text stands beside it." if len(said) > _SAID else said
        fitted = "tmj-page-fitted" if self._size.value == WIDTHS[0] else ""
        return html(
            '<div class="tmj-page-scroll" tabindex="0" role="region" aria-label="Picture of page '
            '{}"><img class="{}" alt="Page {}: {}" src="{}"></div>',
            self.page,
            fitted,
            self.page,
            told or "picture without text",
            address,
        )

    def _show_text(self) -> None:
        said = self._pages.text(self.page)
        if not said.strip():
            self._text.value = html(
                "<h4>The text of the page</h4><p>{}</p>",
                "This page is a picture without text. Type the words as you read them."
                if self._pages.has_pictures
                else "The text of this kind of file can't be shown here. Download it to read it.",
            )
            return
        number = self._pages.number(self.page)
        quotes = tuple(
            one.source.quote
            for one in quoted(self._context.model.open_case(), self._pages.document.id)
            if one.source.page in (None, number)
        )
        self._text.value = html(
            '<h4>The text of the page</h4><div class="tmj-page-text" tabindex="0" role="region" '
            'aria-label="Text of page {}" dir="auto">{}</div>',
            self.page,
            marked(said, quotes),
        )
