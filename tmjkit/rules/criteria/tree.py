"""Marks every node of a policy's tree, from the tests up."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from tmjkit.case import Case, source_words
from tmjkit.knowledge.criteria import (
    Age,
    Attestation,
    DiagnosisMade,
    DocumentPresent,
    Dose,
    DurationOfSymptoms,
    Interval,
    MeasurementTaken,
    SessionResponse,
    SessionsLimit,
    Specialist,
    StopRule,
    TreatmentFailed,
    TreatmentTried,
)
from tmjkit.knowledge.policy import AllOf, AnyOf, AtLeast, Criterion
from tmjkit.rules.criteria.clinical import (
    judge_age,
    judge_diagnosis,
    judge_duration,
    judge_specialist,
)
from tmjkit.rules.criteria.document import judge_attestation, judge_document
from tmjkit.rules.criteria.marks import Mark, at_least
from tmjkit.rules.criteria.measurement import judge_measurement
from tmjkit.rules.criteria.model import Judged, Result
from tmjkit.rules.criteria.request import judge_dose, judge_interval
from tmjkit.rules.criteria.session import judge_limit, judge_response, judge_stop
from tmjkit.rules.criteria.titles import title
from tmjkit.rules.criteria.treatment import judge_treatment

Judge = Callable[[Case, Any, date], Result]

RULES: Final[Mapping[type, tuple[str, Judge]]] = {
    TreatmentFailed: ("criteria.treatment-failed", judge_treatment),
    TreatmentTried: ("criteria.treatment-tried", judge_treatment),
    DiagnosisMade: ("criteria.diagnosis", judge_diagnosis),
    Specialist: ("criteria.specialist", judge_specialist),
    MeasurementTaken: ("criteria.measurement", judge_measurement),
    Dose: ("criteria.dose", judge_dose),
    Interval: ("criteria.interval", judge_interval),
    SessionsLimit: ("criteria.sessions-limit", judge_limit),
    SessionResponse: ("criteria.response", judge_response),
    StopRule: ("criteria.stop-rule", judge_stop),
    DocumentPresent: ("criteria.document", judge_document),
    DurationOfSymptoms: ("criteria.duration-of-symptoms", judge_duration),
    Age: ("criteria.age", judge_age),
    Attestation: ("criteria.attestation", judge_attestation),
}
"""The rule id of each kind of test and what judges it."""

Group = AllOf | AnyOf | AtLeast


def judge(case: Case, node: Group | Criterion, today: date) -> Judged:
    """Judge a node: a test by its records, a group by its children."""
    if isinstance(node, Group):
        return grouped(node, tuple(judge(case, child, today) for child in node.children))
    rule, test = RULES[type(node)]
    found = test(case, node, today)
    records = tuple(dict.fromkeys(found.records))
    return Judged(
        rule=rule,
        title=title(node),
        mark=found.mark,
        why=found.why,
        records=records,
        sources=_sources(case, records),
        needs=found.needs,
        wording=node.wording,
        section=node.section,
    )


def grouped(node: Group, children: tuple[Judged, ...]) -> Judged:
    """Return the mark of a group from those of its children."""
    marks = [child.mark for child in children]
    met = marks.count(Mark.MET)
    return Judged(
        rule="",
        title=title(node),
        mark=at_least(node.needed, marks),
        why=f"{met} of {len(marks)} are met, and {node.needed} "
        f"{'is' if node.needed == 1 else 'are'} needed.",
        section=node.section,
        children=children,
        needed=node.needed,
    )


def _sources(case: Case, records: tuple[str, ...]) -> tuple[str, ...]:
    names = {document.id: document.name for document in case.documents}
    found = {record.id: record for _, record in case.records()}
    words = []
    for record_id in records:
        record = found[record_id]
        if record_id in names:
            words.append(names[record_id])  # a paper is its own source
        elif not record.sources:
            words.append(source_words(record, names))
        words.extend(
            source_words(record.model_copy(update={"sources": (source,)}), names)
            for source in record.sources
        )
    return tuple(dict.fromkeys(words))
