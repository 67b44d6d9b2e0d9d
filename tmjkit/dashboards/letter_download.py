"""The link by which a file leaves the page."""

import base64

from tmjkit.dashboards.letter_paper import Paper
from tmjkit.dashboards.markup import Markup, html

_KB = 1024


def download(paper: Paper) -> Markup:
    """Return the link; the page's script clicks it once, so that one click is enough."""
    return html(
        '<p><a class="tmj-download" data-tmj-download download="{}" href="data:{};base64,{}">'
        "Download {}</a> <small>{} KB</small></p>",
        paper.name,
        paper.media_type,
        base64.b64encode(paper.data).decode(),
        paper.name,
        max(1, round(len(paper.data) / _KB)),
    )
