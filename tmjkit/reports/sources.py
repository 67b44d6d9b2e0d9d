"""How a record is known, as it stands beside the record in a report."""

import textwrap

from markupsafe import Markup, escape

from tmjkit.case import Case, DocumentSource, Record, source_words
from tmjkit.reports.html import Column

COLUMN = Column("Source", "source")

_LONGEST_QUOTE = 160


class Sources:
    """Writes the source cells of one case; it knows the names of the documents.

    Parameters
    ----------
    case
        The case that the records belong to.
    """

    def __init__(self, case: Case) -> None:
        self._names = {document.id: document.name for document in case.documents}
        self._providers = {provider.id: provider.title for provider in case.providers}

    def of(self, record: Record) -> Markup:
        """Return where the record is written, with the words there; marked when nowhere."""
        if not record.documented:
            words = source_words(record, self._names)
            return Markup('<strong class="undocumented">{}</strong>').format(words)
        quotes: dict[str, list[str]] = {}
        for source in record.sources:
            place = source_words(record.model_copy(update={"sources": (source,)}), self._names)
            told = quotes.setdefault(place, [])
            if isinstance(source, DocumentSource) and source.quote:
                told.append(source.quote)
        return Markup("<br>").join(
            Markup("{} {}").format(place, _quoted(told)) if told else escape(place)
            for place, told in quotes.items()
        )

    def provider(self, provider_id: str | None) -> str:
        """Return the name of a provider of the case, or an empty text."""
        return self._providers.get(provider_id, "") if provider_id else ""


def _quoted(quotes: list[str]) -> Markup:
    cut = textwrap.shorten(" … ".join(quotes), _LONGEST_QUOTE, placeholder=" …")
    return Markup('<span class="quote">“{}”</span>').format(cut)
