"""The field for files as widgets: ours under `tmjkit serve`, the ordinary one in JupyterLab."""

import logging
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ipywidgets as w  # type: ignore[import-untyped]

from tmjkit.case import CaseError
from tmjkit.dashboards.desk import Desk, box, text, trouble
from tmjkit.dashboards.markup import Markup, html
from tmjkit.dashboards.trouble import report
from tmjkit.dashboards.upload import UploadedFile, told_name
from tmjkit.dashboards.upload_check import ENDINGS, NAMES, UploadRefused, megabytes, plain_name
from tmjkit.store import StoreError

if TYPE_CHECKING:
    from tmjkit.dashboards.upload import Upload

_LOG = logging.getLogger("tmjkit.dashboards")


class ServedUploadView:
    """The field whose files come by HTTP; the page's script (upload.js) does the sending.

    The script puts what it knows into the hidden text, and waits for the answer that carries the
    file's name on the server before it sends the next one.
    """

    def __init__(self, upload: "Upload", desk: Desk, folder: Path) -> None:
        self._upload = upload
        self._folder = folder
        field = text(_field(upload), "tmj-upload-field")
        self._told = w.Text(description=f"{upload.label}: what arrived")
        self._told.add_class("tmj-upload-told")
        self._answer = text("", "tmj-upload-answer")
        self._told.observe(desk.safely_with(self._arrived), "value")
        self.widget = box((field, self._told, self._answer), "tmj-upload")

    def _arrived(self, change: dict[str, Any]) -> None:
        told = change["new"]
        if not told:
            return
        self._told.value = ""  # it holds a key
        name, called = told_name(told)

        def take() -> UploadedFile:
            _, file = self._upload.fetch(self._folder, told)
            self._upload.take(file)
            return file

        words = _tell(called or "The file", take)
        self._answer.value = html('<div data-tmj-arrived="{}">{}</div>', name, words)


class LabUploadView:
    """The ordinary widget; it holds whole files in memory, so the limit stands in its label."""

    def __init__(self, upload: "Upload", desk: Desk) -> None:
        self._upload = upload
        endings = ",".join(ending for kind in upload.accept for ending in ENDINGS[kind])
        limit = megabytes(upload.limit_bytes)
        self._chooser = w.FileUpload(
            description=f"{upload.label} (up to {limit})", accept=endings, multiple=True
        )
        self._answer = text("", "tmj-upload-answer")
        self._chooser.observe(desk.safely_with(self._chosen), "value")
        self.widget = box((self._chooser, self._answer), "tmj-upload")

    def _chosen(self, change: dict[str, Any]) -> None:
        chosen = tuple(change["new"])
        if not chosen:
            return
        self._chooser.value = ()
        said = Markup()
        for one in chosen:

            def take(one: Any = one) -> UploadedFile:
                file = self._upload.check(one["name"], bytes(one["content"]))
                self._upload.take(file)
                return file

            said += _tell(plain_name(one["name"]), take)
        self._answer.value = html("<div>{}</div>", said)


def _tell(name: str, take: Any) -> Markup:
    """Take a file; say what became of it."""
    try:
        file = take()
    except (UploadRefused, StoreError) as error:
        why = str(error)
    except CaseError as error:
        why = "; ".join(problem.accepted for problem in error.problems)
    except Exception as error:
        why = trouble(report(error, _LOG))
    else:
        return html('<p class="tmj-upload-taken">{}: taken.</p>', file.name)
    return html('<p class="tmj-upload-refused">{} was not taken: {}</p>', name, why)


def _field(upload: "Upload") -> Markup:
    """Write the field: chooser, bar and buttons; the script finds them by their classes."""
    made = secrets.token_hex(4)
    kinds = ", ".join(NAMES[kind] for kind in upload.accept)
    endings = ",".join(ending for kind in upload.accept for ending in ENDINGS[kind])
    return html(
        '<div class="tmj-drop" data-limit="{limit}" data-limit-words="{limit_words}" '
        'data-endings="{endings}">'
        '<label for="tmj-file-{id}">{label}</label>'
        '<input id="tmj-file-{id}" class="tmj-file" type="file" multiple accept="{endings}" '
        'aria-describedby="tmj-hint-{id}">'
        '<p class="tmj-help" id="tmj-hint-{id}">{kinds}; up to {limit_words}. You can drop files '
        "here, too.</p>"
        '<div class="tmj-sending" hidden>'
        '<p class="tmj-sending-name"></p>'
        '<div class="tmj-bar" role="progressbar" aria-label="{label}: sending" aria-valuemin="0" '
        'aria-valuemax="100" aria-valuenow="0"><div></div></div>'
        '<p class="tmj-percent" aria-hidden="true">0 %</p>'
        '<button type="button" class="tmj-button tmj-upload-cancel">Cancel: {label}</button>'
        "</div>"
        '<div class="tmj-upload-news" role="status"></div>'
        '<button type="button" class="tmj-button tmj-upload-again" hidden>Try again: {label}'
        "</button></div>",
        id=made,
        label=upload.label,
        limit=upload.limit_bytes,
        limit_words=megabytes(upload.limit_bytes),
        endings=endings,
        kinds=kinds,
    )
