"""The report of one case: each method gives one section, which Jupyter shows as HTML.

The methods only lay out what the case records and what the rules find; nothing is computed here.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from markupsafe import Markup

from tmjkit.case import Case, Provider, Task, stage
from tmjkit.reports import clinical, insurance
from tmjkit.reports.html import (
    Column,
    Facts,
    Picture,
    Section,
    Table,
    bullets,
    headed,
    lines,
    paragraph,
    urgent,
    words,
)
from tmjkit.reports.sources import Sources
from tmjkit.rules import (
    Deadline,
    Finding,
    RegimeResult,
    Severity,
    deadlines,
    findings,
    regime,
)
from tmjkit.rules.section import cited

ADDRESS, KEY = "TMJKIT_WORKSPACE", "TMJKIT_WORKSPACE_KEY"

_URGENT = (Severity.OVERDUE, Severity.DUE)


@dataclass(frozen=True)
class CaseReport:
    """What a report says of one case.

    Parameters
    ----------
    case
        The case.
    today
        Day from which days left are counted and findings hold.
    """

    case: Case = field(repr=False)
    today: date

    @classmethod
    def open(cls, case_id: str | None = None, today: date | str | None = None) -> Self:
        """Open the report of a case in the workspace that the environment names.

        Parameters
        ----------
        case_id
            Id of the case; None for the first example case, which needs no workspace.
        today
            Day to count from, as a date or YYYY-MM-DD; None for today by this machine.

        Raises
        ------
        LookupError
            When a case is asked for and TMJKIT_WORKSPACE names no workspace.
        StoreError
            When the workspace can't be opened, or has no such case.
        """
        if today is None:
            today = date.today()  # noqa: DTZ011 -- the office's own calendar
        elif isinstance(today, str):
            today = date.fromisoformat(today)
        return cls(_example() if case_id is None else _load(case_id), today)

    @property
    def _sources(self) -> Sources:
        return Sources(self.case)

    def summary(self) -> Section:
        """Return who it is, who pays under which law, how far it has come."""
        patient = self.case.patient
        first = min(self.case.coverages, key=lambda coverage: coverage.rank, default=None)
        law = regime(first) if first else None
        facts = Facts(
            (
                ("Patient", patient.name),
                ("Date of birth", patient.birth_date),
                ("Providers", lines(map(_provider, self.case.providers))),
                ("Payer and plan", lines((first.payer, first.plan_name)) if first else None),
                ("Member ID", first.member_id if first else None),
                ("Group ID", first.group_id if first else None),
                ("Who funds the plan", first.funding.label if first and first.funding else None),
                ("Law that governs", _law(law) if law else None),
                ("Stage", stage(self.case).label),
                ("Case", self.case.id),
                ("Counted on", self.today),
            )
        )
        if law is None or not law.asks:
            return Section("summary", "Summary", (facts,))
        head = Markup("<h3>To find out about the coverage</h3>")
        return Section("summary", "Summary", (facts, head, bullets(law.asks)))

    def due(self) -> Section:
        """Return every clock and task: what is due, when, whose duty, and how it was counted."""
        clocks = sorted(deadlines(self.case, self.today), key=_clock_order)
        columns = (
            Column("What"),
            Column("Safe last day", "date"),
            Column("Days left", "number"),
            Column("Whose duty, where it stands"),
            Column("How the day was worked out", "prose"),
            Column("Rests on", "source"),
        )
        rows = [self._clock(clock) for clock in clocks]
        table = Table(
            "Deadlines, open ones first", columns, rows, "No clock runs on what is recorded."
        )
        clocked = {record for clock in clocks for record in clock.records}
        return Section("due", "What is due", (table, insurance.tasks(self.case, clocked)))

    def missing(self) -> Section:
        """Return what is missing, weak, undocumented or good to know, without what is due."""
        columns = (
            Column("What", "prose"),
            Column("How it matters"),
            Column("Why", "prose"),
            Column("Where to enter it, or what to do", "prose"),
            Column("Rests on", "source"),
        )
        clocks = {(clock.rule, clock.records) for clock in deadlines(self.case, self.today)}
        found = findings(self.case, self.today)
        rows = [self._finding(item) for item in found if (item.rule, item.records) not in clocks]
        table = Table(
            "Findings, most urgent first", columns, rows, "The rules find nothing missing."
        )
        return Section("missing", "What is missing or weak", (table,))

    def timeline(self) -> Section:
        """Return the treatment timeline as a picture with its text alternative."""
        from tmjkit.charts import timeline_chart  # noqa: PLC0415 -- matplotlib is heavy

        chart = timeline_chart(self.case, today=self.today)
        note = paragraph("The numbers behind the picture stand in the tables of this report.")
        return Section("timeline", "Timeline", (Picture(chart.title, chart.svg(), chart.alt), note))

    def diagnoses(self) -> Section:
        """Return diagnoses and symptoms."""
        tables = (clinical.diagnoses, clinical.symptoms)
        return self._tables("diagnoses", "Diagnoses and symptoms", tables)

    def measurements(self) -> Section:
        """Return scores and measurements."""
        return self._tables("measurements", "Measurements", (clinical.measurements,))

    def treatments(self) -> Section:
        """Return the treatments that were tried."""
        return self._tables("treatments", "Treatments tried", (clinical.treatments,))

    def injections(self) -> Section:
        """Return the botulinum toxin sessions."""
        return self._tables("injections", "Botulinum toxin injections", (clinical.injections,))

    def coverage(self) -> Section:
        """Return the coverages, requests and claims."""
        tables = (insurance.coverages, insurance.requests, insurance.claims)
        return self._tables("coverage", "Coverage, requests and claims", tables)

    def determinations(self) -> Section:
        """Return what payers and reviewers decided."""
        return self._tables("determinations", "Determinations", (insurance.determinations,))

    def appeals(self) -> Section:
        """Return the appeals."""
        return self._tables("appeals", "Appeals", (insurance.appeals,))

    def contacts(self) -> Section:
        """Return the contact log."""
        return self._tables("contacts", "Contacts", (insurance.contacts,))

    def documents(self) -> Section:
        """Return the documents with their digests."""
        return self._tables("documents", "Documents", (insurance.documents,))

    def _tables(self, key: str, title: str, tables: Sequence[clinical.MakeTable]) -> Section:
        return Section(key, title, [make(self.case, self._sources) for make in tables])

    def _clock(self, clock: Deadline) -> tuple[object, ...]:
        day = clock.safe_date
        left = (day - self.today).days if day and clock.open else None
        return (
            headed(clock.title, clock.detail),
            _due(clock),
            left if left is None or left >= 0 else urgent(f"{-left} past"),
            lines((clock.whose.label, clock.status.label, clock.because)),
            clock.arithmetic,
            lines((_trigger(clock), self._rests_on(clock.records, clock.facts))),
        )

    def _finding(self, item: Finding) -> tuple[object, ...]:
        label = item.severity.label
        mark: object = urgent(label) if item.severity in _URGENT else label
        return (
            item.what,
            lines((mark, item.due)),
            item.why,
            item.where,
            self._rests_on(item.records, item.facts),
        )

    def _rests_on(self, records: Sequence[str], facts: Sequence[str]) -> Markup:
        """Return the sources of records, then the citations of facts."""
        from tmjkit.knowledge import fact  # noqa: PLC0415 -- read only where findings are shown

        known = [
            self._sources.of(record)
            for record in map(self.case.record, records)
            if not isinstance(record, Task)  # a plan, which needs no source
        ]
        told = [cited(fact(fact_id)) for fact_id in facts]
        return lines(dict.fromkeys((*known, *told)))


def _example() -> Case:
    from tmjkit import examples  # noqa: PLC0415 -- only for the default parameters

    return examples.load(examples.names()[0]).case


def _load(case_id: str) -> Case:
    from tmjkit.store import Workspace, WorkspaceKey, find_passphrase  # noqa: PLC0415 -- heavy

    address = os.environ.get(ADDRESS)
    if not address:
        raise LookupError(
            f"Set {ADDRESS} to the workspace that holds the case, "
            "or leave case_id None to see the first example case."
        )
    key = os.environ.get(KEY)
    if key:
        workspace = Workspace.open(address, key=WorkspaceKey.from_text(key))
    else:
        import getpass  # noqa: PLC0415 -- by hand in JupyterLab, which shows the question

        workspace = Workspace.open(address, find_passphrase(address, getpass.getpass))
    return workspace.load(case_id).case


def _clock_order(clock: Deadline) -> tuple[bool, date]:
    return not clock.open, clock.safe_date or date.max


def _due(clock: Deadline) -> object:
    if clock.due is None:
        return None
    if clock.due.exact:
        return clock.due.earliest
    return lines((clock.due.earliest, words("at the latest", clock.due.latest)))


def _trigger(clock: Deadline) -> str:
    return f"{clock.trigger}, {clock.trigger_date}" if clock.trigger_date else clock.trigger


def _provider(provider: Provider) -> str:
    npi = f"NPI {provider.npi}" if provider.npi else "NPI not recorded"
    return f"{provider.title}: {provider.role.label.lower()}, {npi}"


def _law(law: RegimeResult) -> Markup:
    name = Markup("<strong>{}</strong>").format(law.regime.label) if law.regime else None
    state = f"State: {law.state}" if law.state else None
    return lines((name or "cannot be told yet", law.why, state))
