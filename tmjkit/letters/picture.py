"""Everything that a template can read, taken from one case for one letter."""

from types import MappingProxyType
from typing import Any

from jinja2 import TemplateRuntimeError

from tmjkit.case import (
    HCPCS,
    Address,
    AuthorizationRequest,
    Case,
    Claim,
    Coverage,
    Determination,
    DocumentKind,
    DocumentSource,
    PartialDate,
    Provider,
    Record,
    Representative,
    StatementKind,
)
from tmjkit.language import translated
from tmjkit.letters import care, choose
from tmjkit.letters.approvals import earlier_approvals
from tmjkit.letters.decision import decision_view
from tmjkit.letters.environment import allow
from tmjkit.letters.gap import Gap
from tmjkit.letters.kinds import Kind
from tmjkit.letters.law import Law
from tmjkit.letters.situation import Situation
from tmjkit.letters.value import Citation, Value, clean
from tmjkit.letters.view import View, date_words, missing, value, view
from tmjkit.rules import standing


def picture(kind: Kind, situation: Situation) -> dict[str, Any]:
    """Return the context of a template: what every letter can read, and what its kind adds."""
    case, today, law = situation.case, situation.today, situation.law
    coverage, denial, asked = situation.coverage, situation.denial, situation.subject.asked
    prescriber = choose.prescriber(case, asked)
    first_line = care.first_line(case, today)
    policies = _documents(case, DocumentKind.POLICY)
    return {
        "title": Value(translated(kind.title)),
        "today": value(PartialDate.of(today)),
        "voice": situation.voice.value,
        "patient": _patient(case),
        "coverage": _coverage_view(coverage),
        "regime": _regime(law, coverage),
        "prescriber": _provider(prescriber),
        "representative": _representative(situation.representative),
        "request": _request(situation.request),
        "claim": _claim(situation.claim),
        "service": _service(asked, denial),
        "product": _product(asked),
        "denial": decision_view(denial, case.documents),
        "is_first_appeal": not standing(case, denial).begun_before,
        "authorization": _authorization(choose.authorization(case, coverage, asked, today), denial),
        "earlier_approvals": earlier_approvals(situation),
        "diagnoses": care.diagnoses(case),
        "symptoms": care.symptoms(case),
        "treatments": care.treatments(case, today)
        or missing("Treatments tried", "Treatments: add what was tried", record="treatments"),
        "first_line": first_line,
        "first_line_failed": any(item.fields["failed"] for item in first_line),
        "first_line_tried": any(item.fields["tried"] for item in first_line),
        "no_first_line": missing(
            "First-line care that was tried, with its dates and result",
            "Treatments: add the care that the guideline recommends first, once it was tried",
            record="treatments",
        ),
        "sessions": care.sessions(case, today),
        "measurements": care.measurements(case)
        or missing("Measurements with dates", "Measurements: add scores", record="measurements"),
        "reason_codes": tuple(
            item.kind.value for item in (denial.reasons if denial else ()) if item.kind
        ),
        "plan_documents": _documents(case, DocumentKind.PLAN),
        "applied_policies": tuple(item for item in policies if _is_source(item, denial)),
        "other_policies": tuple(item for item in policies if not _is_source(item, denial)),
        "policies": policies,
        "holds": allow(law.holds),
        "fact": allow(law.fact),
        "facts": allow(law.those),
        "cite": allow(_cite),
        "source": allow(_source),
        "missing": allow(missing),
        "statements": View(
            "statements",
            MappingProxyType({kind.value: _statements(case, kind) for kind in StatementKind}),
        ),
        **kind.context(situation),
    }


def _statements(case: Case, kind: StatementKind) -> tuple[View, ...]:
    """Return what was stated on a matter, each with `text`, `who` and `date`."""
    names = {item.id: item for item in case.providers}
    result = []
    for item in case.statements:
        if item.kind is not kind:
            continue
        by = names.get(item.provider_id or "")
        found = view(item, "statements")
        who = Value(clean(by.title), (by.id,)) if by else missing("Who stated it", "Statements")
        result.append(found.with_fields(who=who))
    return tuple(result)


def _representative(found: Representative | None) -> View | Gap:
    if found is None:
        return missing(
            "Representative of the patient",
            "Representatives: add who acts for the patient",
            record="representatives",
        )
    lines = _address_lines(found.address, found)
    return view(found, "representatives").with_fields(address_lines=lines)


def _cite(found: View | tuple[View, ...] | Gap) -> Citation | Gap:
    """Cite how something is known, in parentheses."""
    return found if isinstance(found, Gap) else Citation(_records(found), parentheses=True)


def _source(found: View | tuple[View, ...] | Gap) -> Citation | Gap:
    """Cite how something is known, for a column of a table."""
    return found if isinstance(found, Gap) else Citation(_records(found), parentheses=False)


def _records(found: object) -> tuple[Record, ...]:
    if isinstance(found, tuple) and found:
        return tuple(record for item in found for record in _records(item))
    if not isinstance(found, View) or not found.records:
        raise TemplateRuntimeError("a template can cite records only")
    return found.records


def _address_lines(address: Address | None, record: Record) -> tuple[Value, ...]:
    return tuple(value(line, record) for line in address.lines()) if address else ()


def _patient(case: Case) -> View:
    found = view(case.patient, "patient")
    name = (
        value(case.patient.name, case.patient)
        if case.patient.name
        else missing(
            "Name of the patient", "Patient, Family", record=case.patient.id, field="family"
        )
    )
    return found.with_fields(
        name=name, address_lines=_address_lines(case.patient.address, case.patient)
    )


def _coverage_view(coverage: Coverage | None) -> View | Gap:
    if coverage is None:
        return missing(
            "Insurance coverage",
            "Insurance coverages: add the payer with the member ID, or say on the denial or "
            "request which coverage it concerns",
            record="coverages",
        )
    return view(coverage, "coverages").with_fields(
        appeals_lines=_address_lines(coverage.appeals_address, coverage)
    )


def _regime(law: Law, coverage: Coverage | None) -> View | Gap:
    if law.result is None or law.result.regime is None:
        ask = law.result.asks[0] if law.result and law.result.asks else "Insurance coverages"
        return missing(
            "Law that governs the plan",
            f"Insurance coverage, Funding. {ask}",
            record=coverage.id if coverage else "coverages",
            field="funding",
        )
    found = law.result.regime
    records = (coverage,) if coverage else ()
    ids = tuple(record.id for record in records)
    label = Value(translated(found.label), ids, code=found.value)
    return View("regime", MappingProxyType({"label": label}), records)


def _provider(provider: Provider | None) -> View | Gap:
    if provider is None:
        return missing(
            "Prescribing clinician",
            "Providers: add the clinician with the role 'prescribing'",
            record="providers",
        )
    license_words = " ".join(
        part for part in (provider.license_state or "", provider.license_number) if part
    )
    found = view(provider, "providers")
    return found.with_fields(
        title=value(provider.title, provider),
        license=value(license_words, provider)
        if provider.license_number
        else found.fields["license_number"],
        address_lines=_address_lines(provider.address, provider),
    )


def _request(request: AuthorizationRequest | None) -> View | Gap:
    if request is None:
        return missing(
            "Authorization request",
            "Authorization requests: add what is asked for",
            record="requests",
        )
    found = view(request, "requests")
    return found.with_fields(
        doses=care.doses(found, request.doses, request),
        units=value(sum(dose.units for dose in request.doses), request),
    )


def _authorization(
    request: AuthorizationRequest | None, denial: Determination | None
) -> View | Gap:
    """Return the request that was sent, with `before`: whether the dates put it first."""
    if request is None:
        return _request(None)
    decided = (denial.notice_date or denial.received_date) if denial else None
    before = bool(request.sent and decided and request.sent.latest < decided.earliest)
    return view(request, "requests").with_fields(before=before)


def _claim(claim: Claim | None) -> View | Gap:
    if claim is None:
        return missing("Claim", "Claims: add the claim that was denied", record="claims")
    return view(claim, "claims")


def _service(asked: AuthorizationRequest | Claim | None, denial: Determination | None) -> Any:
    """Return what was denied, in words."""
    if isinstance(asked, AuthorizationRequest) and asked.service:
        return value(asked.service, asked)
    if isinstance(asked, Claim):
        words = "; ".join(line.description or line.code for line in asked.lines)
        day = f", {date_words(asked.start)}" if asked.start else ""
        if words:
            return value(words + day, asked)
    return missing(
        "Service that was denied",
        "Determination, About: choose the request or claim that it decides, and say there what "
        "was asked for",
        record=denial.id if denial else "determinations",
        field="about_id",
    )


def _product(asked: AuthorizationRequest | Claim | None) -> Any:
    """Return the product, from the code that is asked for."""
    products = {code: product for product, code in HCPCS.items()}
    for line in asked.lines if asked else ():
        if line.code in products:
            return value(products[line.code], asked)
    return missing(
        "Product",
        "Authorization request, lines: add the HCPCS code of the product, such as J0585",
        record=asked.id if asked else "requests",
        field="lines",
    )


def _documents(case: Case, kind: DocumentKind) -> tuple[View, ...]:
    """Return the documents of a kind; citing one cites the document itself."""
    return tuple(
        View(
            "document",
            view(item, "documents").fields,
            (item.model_copy(update={"sources": (DocumentSource(document_id=item.id),)}),),
        )
        for item in case.documents
        if item.kind is kind
    )


def _is_source(document: View, denial: Determination | None) -> bool:
    """Tell whether the denial rests on a document."""
    sources = denial.sources if denial else ()
    ids = {item.document_id for item in sources if isinstance(item, DocumentSource)}
    return any(record.id in ids for record in document.records)
