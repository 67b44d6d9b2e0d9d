"""Makes a report for each of many cases, one fresh kernel each."""

import copy
import logging
import re
import secrets
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tmjkit.reports import template as templates
from tmjkit.reports.output import private_folder, write_private

if TYPE_CHECKING:
    from tmjkit.store import WorkspaceKey

FORMATS = ("html",)
ADDRESS, KEY = "TMJKIT_WORKSPACE", "TMJKIT_WORKSPACE_KEY"

_CASE_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")

log = logging.getLogger("tmjkit.reports")


@dataclass(frozen=True, slots=True)
class ReportResult:
    """What became of one case's report.

    Parameters
    ----------
    case_id
        Id of the case.
    path
        The report; None when it failed.
    seconds
        How long it took.
    error
        What failed, with a reference to the log and without patient data; None when it did not.
    """

    case_id: str
    path: Path | None
    seconds: float
    error: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the result as JSON can hold it."""
        return asdict(self) | {"path": str(self.path) if self.path else None}


def run_reports(
    template: str | Path,
    case_ids: Sequence[str],
    to: Path,
    *,
    workspace: str,
    key: "WorkspaceKey",
    formats: Sequence[str] = FORMATS,
    progress: Callable[[ReportResult], object] | None = None,
    timeout: float = 120,
    today: date | None = None,
) -> tuple[ReportResult, ...]:
    """Make a report for each case; one that fails does not stop the others.

    Each runs in a fresh kernel of this interpreter, in an empty folder, so that nothing of one
    case reaches the next. The workspace and its key reach the kernel by its environment, never
    by the notebook or the command line.

    Parameters
    ----------
    template
        Name of a report such as `case`, or the path of one's own notebook.
    case_ids
        Ids of the cases; one that stands twice gets one report.
    to
        Folder for the reports, made readable for its owner only. A report is named
        `CASE-ID.TEMPLATE.html`.
    workspace
        The workspace: a file, or a database address.
    key
        Its key.
    formats
        What to write; `html` is what there is.
    progress
        Called with each result as it is there.
    timeout
        Seconds that one cell may take before its kernel is killed.
    today
        Day to count from; by default today by this machine's calendar.

    Raises
    ------
    TemplateError
        When the template can't be used.
    ValueError
        When a case id or a format is not one.
    StoreError
        When the key doesn't open the workspace.
    """
    if unknown := sorted(set(formats) - set(FORMATS)):
        raise ValueError(f"There is no report format '{unknown[0]}': give {', '.join(FORMATS)}.")
    wanted = tuple(dict.fromkeys(case_ids))
    for place, case_id in enumerate(wanted, 1):
        if _CASE_ID.fullmatch(case_id) is None:
            raise ValueError(f"Case {place} of {len(wanted)}: that is not the id of a case.")
    notebook = templates.find(template)
    day = today or date.today()  # noqa: DTZ011 -- the office's own calendar
    environment = {ADDRESS: _checked(workspace, key), KEY: key.text()}
    with _without_uri_grammar():
        job = _Job(notebook, private_folder(Path(to)), day, environment, timeout)
    results = []
    for case_id in wanted:
        results.append(job.run(case_id))
        if progress is not None:
            progress(results[-1])
    return tuple(results)


class _Job:
    """What the reports of one batch share, none of which comes from a case."""

    def __init__(
        self,
        notebook: Path,
        folder: Path,
        today: date,
        environment: Mapping[str, str],
        timeout: float,
    ) -> None:
        from tmjkit.reports.exporter import TmjkitExporter  # noqa: PLC0415 -- heavy

        self._template = templates.read(notebook)
        self._notebook = notebook
        self._folder = folder
        self._today = today
        self._environment = environment
        self._timeout = timeout
        # One exporter for all: making it costs more than using it.
        self._exporter = TmjkitExporter()  # type: ignore[no-untyped-call]

    def run(self, case_id: str) -> ReportResult:
        """Make the report of one case."""
        from tmjkit.reports import failure, kernel  # noqa: PLC0415 -- heavy

        begun = time.perf_counter()
        path = self._folder / f"{case_id}.{templates.slug(self._notebook)}.html"
        doing = "setting the parameters"
        node = copy.deepcopy(self._template)
        try:
            templates.parametrize(node, case_id, self._today)
            doing = "starting the kernel"
            kernel.execute(node, self._environment, self._timeout)
            doing = "making the page"
            about = {"name": case_id, "path": str(self._notebook.parent)}
            page, _ = self._exporter.from_notebook_node(node, {"metadata": about})
            doing = "writing the file"
            write_private(path, page.encode())
        except Exception as error:  # whatever it is, the other cases go on
            reference = secrets.token_hex(4)
            said = failure.words(error, doing, self._timeout)
            # No exc_info: the text of the exception can be the patient's.
            log.error(  # noqa: TRY400
                "report of %s failed, reference %s: %s; at %s",
                case_id,
                reference,
                said,
                " > ".join(failure.places(error, node)) or "an unknown place",
            )
            seconds = time.perf_counter() - begun
            return ReportResult(case_id, None, seconds, f"{said} (reference {reference})")
        return ReportResult(case_id, path, time.perf_counter() - begun)


def _checked(address: str, key: "WorkspaceKey") -> str:
    """Return the address as it holds from another folder, once the key has opened it here."""
    from tmjkit.store import Workspace  # noqa: PLC0415 -- heavy

    workspace = Workspace.open(address, key=key)
    # The name of a file is its absolute path; that of a database lacks the password.
    return address if address.startswith("postgres") else workspace.place


@contextmanager
def _without_uri_grammar() -> Iterator[None]:
    """Import nbformat without `rfc3987_syntax`, which costs 0.8 s and is never used here.

    jsonschema imports it to check the format of URIs, whereupon it compiles a grammar; a
    notebook's schema has no such check. jsonschema does without where the import fails, which a
    None in `sys.modules` makes it do. Only this entry does so, and it takes the None away again:
    in a program of someone else's the grammar may be wanted.
    """
    name = "rfc3987_syntax"
    if name in sys.modules or "jsonschema" in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]  # how an import is made to fail
    try:
        yield
    finally:
        del sys.modules[name]
