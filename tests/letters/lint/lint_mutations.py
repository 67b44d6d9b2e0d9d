"""One pair for each way to break a rule: a letter that breaks it, and its repair."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache

from lint_letters import ERISA, TODAY, example, letter, mapped, said

from tmjkit.case import (
    Case,
    ClinicianSource,
    Determination,
    Reason,
    ReasonKind,
    Statement,
    StatementKind,
)
from tmjkit.knowledge import Confidence, Library, library
from tmjkit.letters import (
    Blank,
    Block,
    BulletList,
    Enclosures,
    Heading,
    Letter,
    Paragraph,
    Quote,
    Run,
    Signature,
    Table,
    compose,
    plain,
)
from tmjkit.letters.lint import Identity, identity_of
from tmjkit.letters.sentence import sentences

DENIAL = "determination-denial"
OTHER = Identity("case-other", ("Quinn Testcase",), "1971-05-09", ("ZX-44821",))


@dataclass(frozen=True)
class Pair:
    """A letter that breaks a rule, and the same letter put right."""

    rule: str
    name: str
    broken: Letter
    repaired: Letter
    case: Case
    words: str = ""
    options: dict[str, object] = field(default_factory=dict)
    right_case: Case | None = None
    right_options: dict[str, object] | None = None


def _case(name: str = ERISA) -> Case:
    return example(name).case


def _told(rule: str, name: str, broken: str | Run, right: str | Run, **more: object) -> Pair:
    """Pair two paragraphs, each added to the appeal of the first example."""
    words = broken if isinstance(broken, str) else broken.text
    return Pair(rule, name, said(letter(), broken), said(letter(), right), _case(), words, more)


def _changed_runs(found: Letter, change: Callable[[Run], Run]) -> Letter:
    """Change the runs of paragraphs, quotes, lists and tables."""

    def runs(old: tuple[Run, ...]) -> tuple[Run, ...]:
        return tuple(map(change, old))

    def block(old: Block) -> Block:
        match old:
            case Paragraph(inside):
                return Paragraph(runs(inside))
            case Quote(paragraphs):
                return Quote(tuple(map(runs, paragraphs)))
            case BulletList(items):
                return replace(old, items=tuple(map(runs, items)))
            case Table(head, rows):
                return Table(head, tuple(tuple(map(runs, row)) for row in rows))
        return old

    return mapped(found, block)


def _without_section(found: Letter, name: str) -> Letter:
    """Leave out a heading that holds these words, and what stands under it but quotes."""
    kept, inside = [], False
    for block in found.blocks:
        if isinstance(block, Heading):
            inside = name in plain(block.runs).lower()
        if not inside or isinstance(block, Quote):
            kept.append(block)
    return replace(found, blocks=tuple(kept))


def _without_fact(found: Letter, name: str) -> Letter:
    """Leave out every row and item that rests on a fact."""

    def rests(runs: tuple[Run, ...]) -> bool:
        return any(name in run.facts for run in runs)

    def block(old: Block) -> Block:
        if isinstance(old, BulletList):
            return replace(old, items=tuple(item for item in old.items if not rests(item)))
        if isinstance(old, Table):
            return Table(old.head, tuple(row for row in old.rows if not any(map(rests, row))))
        return old

    return mapped(found, block)


@cache
def with_fact(name: str, **fields: object) -> Library:
    """Return what is known, with a fact of its own confidence, kind or direction."""
    known = library()
    facts = dict(known.facts)
    facts[name] = facts[name].model_copy(update=fields)
    return replace(known, facts=facts)


def _unsourced() -> tuple[Case, Case]:
    """Return a case with a treatment that nothing shows, and the same with a source."""
    case = _case()
    record = case.record("treatment-splint")
    return case.with_record(record.model_copy(update={"sources": ()})), case


def _stated() -> Case:
    return _case().with_record(
        Statement(
            id="statement-need",
            kind=StatementKind.NECESSITY,
            text="Six kinds of care brought no lasting relief, and I expect a trial to tell.",
            provider_id="provider-orofacial",
            sources=(ClinicianSource(provider_id="provider-orofacial"),),
        )
    )


def _two_reasons() -> Case:
    case = _case()
    denial = case.record(DENIAL)
    assert isinstance(denial, Determination)
    second = Reason(text="The code does not fit the diagnosis.", kind=ReasonKind.CODING)
    both = denial.model_copy(update={"reasons": (*denial.reasons, second)})
    return case.with_record(both)


def _statement_runs() -> tuple[Letter, Letter]:
    text = "Six kinds of care brought no lasting relief, and I expect a trial to tell."
    words = Run(text, records=("statement-need",))
    return said(letter(), words), said(letter(), "The clinician states: “", words, "”")


def pairs() -> tuple[Pair, ...]:
    appeal, case = letter(), _case()
    reason = next(
        run.text
        for sentence in sentences(appeal)
        for run in sentence.runs
        if run.records == (DENIAL,) and "experimental or investigational, because" in run.text
    )
    wrong_quote = _changed_runs(
        appeal,
        lambda run: (
            replace(run, text=run.text.replace("have not shown", "have never shown"))
            if run.text == reason
            else run
        ),
    )
    unenclosed = mapped(
        appeal,
        lambda old: Enclosures(old.items[1:]) if isinstance(old, Enclosures) else old,
    )
    unshown, shown = _unsourced()
    statement, quoted = _statement_runs()
    two = _two_reasons()
    documents = example(ERISA).documents
    unanswered = _without_section(appeal, "answer: experimental")
    said_so = compose("appeal", unshown, today=TODAY)
    signed = mapped(
        appeal,
        lambda old: (
            Signature((*old.lines, (Run("/s/ Avery Example"),)))
            if isinstance(old, Signature)
            else old
        ),
    )
    filled = mapped(
        letter("medical-necessity"),
        lambda old: (
            replace(old, prompt=(Run("“It is the best that I know.”"),))
            if isinstance(old, Blank)
            else old
        ),
    )
    return (
        _told("unresolved-citation", "a gap", Run("[Member ID: missing]", gap=True), "Thank you."),
        _told("unresolved-citation", "Jinja", "The member is {{ patient.name }}.", "Thank you."),
        _told(
            "unresolved-citation", "an exhibit that is none", "See Exhibit ZZ.", "See Exhibit A."
        ),
        _told(
            "unresolved-citation",
            "a fact that is not there",
            Run("Something holds.", facts=("no-such-fact",)),
            Run("Something holds.", facts=("F-FILE",)),
        ),
        _told(
            "unresolved-citation",
            "a record that is not there",
            Run("Something was tried.", records=("treatment-gone",)),
            Run("Something was tried.", records=("treatment-naproxen",)),
        ),
        Pair("unresolved-citation", "not enclosed", unenclosed, appeal, case),
        Pair(
            "quote-not-found",
            "a word changed, the paper at hand",
            wrong_quote,
            appeal,
            case,
            "have never shown",
            {"get_document": documents.__getitem__},
        ),
        Pair(
            "quote-not-found",
            "a word changed, without the paper",
            wrong_quote,
            appeal,
            case,
            "have never shown",
        ),
        _told("unsourced-claim", "an effect", "This treatment is proven.", "It was tried."),
        _told("unsourced-claim", "a number", "It helps 9 of 10 people.", "It helped here."),
        _told("unsourced-claim", "a promise", "The toxin will help.", "I ask for a trial."),
        _told(
            "unsourced-claim",
            "a law",
            "Federal law requires you to answer.",
            Run("Federal law requires an answer.", facts=("F-FILE",)),
        ),
        Pair("undocumented-record", "not said", appeal, said_so, unshown, "Stabilization splint"),
        Pair(
            "undocumented-record",
            "a source is entered",
            appeal,
            appeal,
            unshown,
            "Stabilization splint",
            right_case=shown,
        ),
        Pair(
            "unconfirmed-fact",
            "memory",
            appeal,
            appeal,
            case,
            options={"known": with_fact("F-FILE", confidence=Confidence.MEMORY)},
            right_options={},
        ),
        _told(
            "unconfirmed-fact",
            "a payer's stance",
            Run("The policy says so.", facts=("D-AETNA-0113",)),
            "Please send the policy.",
        ),
        _told(
            "wrong-regime",
            "a fact of Medicaid",
            Run("A hearing is open.", facts=("A-MCO-FH",)),
            Run("The file is free.", facts=("F-FILE",)),
        ),
        _told(
            "wrong-regime",
            "a rule of Medicaid, written out",
            Run("As 42 CFR 438.408 says, answer in time."),
            "Answer in time.",
        ),
        _told(
            "approved-use", "called approved", "Botox is FDA-approved for TMD.", "It is off-label."
        ),
        Pair(
            "contrary-evidence",
            "left out",
            _without_fact(appeal, "ernberg-2011"),
            appeal,
            case,
            "Ernberg 2011",
        ),
        Pair(
            "unanswered-reason", "no section answers it", unanswered, appeal, case, "experimental"
        ),
        Pair(
            "unanswered-reason",
            "not quoted",
            appeal,
            compose("appeal", two, today=TODAY),
            two,
            "does not fit the diagnosis",
        ),
        _told(
            "foreign-code",
            "a CPT code",
            "The code is 64615.",
            Run("The code is 64999.", records=("request-first",)),
        ),
        _told(
            "foreign-code",
            "a HCPCS code",
            "The drug is J0588.",
            Run("The drug is J0585.", records=("request-first",)),
        ),
        _told(
            "foreign-code",
            "a diagnosis",
            "It is G43.709.",
            Run("It is M79.11.", records=("diagnosis-myofascial",)),
        ),
        _told(
            "other-case",
            "a name",
            "Quinn Testcase had the same.",
            "Somebody had the same.",
            others=(OTHER, identity_of(case)),
        ),
        _told(
            "other-case",
            "family name first",
            "TESTCASE, QUINN had the same.",
            "Somebody had the same.",
            others=(OTHER,),
        ),
        _told("other-case", "a date of birth", "Born 05/09/1971.", "Thank you.", others=(OTHER,)),
        _told("other-case", "a number", "Member zx 44821.", "Thank you.", others=(OTHER,)),
        _told(
            "written-judgment",
            "an opinion",
            "The treatment is medically necessary.",
            "Please say whether the treatment is medically necessary.",
        ),
        Pair(
            "written-judgment",
            "a statement without quotation marks",
            statement,
            quoted,
            _stated(),
            "Six kinds of care",
        ),
        Pair("filled-signature", "signed", signed, appeal, case, "/s/"),
        Pair(
            "filled-signature",
            "a blank filled",
            filled,
            letter("medical-necessity"),
            case,
            "the best",
        ),
        _told("filled-signature", "a tick", "[x] I agree.", "Thank you."),
        _told("filled-signature", "an attestation", "I hereby certify it.", "Thank you."),
    )
