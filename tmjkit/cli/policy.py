"""`tmjkit policy`: payers' policies, and how a case stands against one."""

import shutil
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tmjkit.cli.errors import Refused
from tmjkit.cli.files import suffix_of, write_private
from tmjkit.cli.library import KnowledgeOption, library_of
from tmjkit.cli.say import clean, say, show_json, show_table
from tmjkit.cli.workspace import (
    DEFAULT,
    AuthorOption,
    CaseArgument,
    JsonOption,
    TodayOption,
    WorkspaceOption,
    author,
    day,
    load_case,
    open_workspace,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tmjkit.case import Case
    from tmjkit.knowledge import Fact, Policy
    from tmjkit.knowledge.policy import Node
    from tmjkit.rules import Assessment
    from tmjkit.rules.criteria import Judged

_WIDEST = 100

app = typer.Typer(
    help="Payers' coverage policies: list, show, check a case against one, a file to fill in."
)

PolicyArgument = Annotated[str, typer.Argument(metavar="ID", help="Id of the policy.")]


@app.command("list", epilog="Example: tmjkit policy list")
def list_policies(
    workspace: WorkspaceOption = DEFAULT,
    knowledge: KnowledgeOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """List the policies that are entered, and the examples that ship."""
    found = library_of(workspace, knowledge).policies.values()
    if as_json:
        show_json([_head(policy) for policy in found])
        return
    show_table(
        ("id", "payer", "number", "title", "effective", "retrieved", "from"),
        (
            (
                policy.id,
                policy.payer or "no payer",
                policy.number,
                policy.title,
                policy.effective.isoformat() if policy.effective else "",
                policy.retrieved.isoformat() if policy.retrieved else "",
                policy.origin or "ships with tmjkit",
            )
            for policy in found
        ),
    )


@app.command("show", epilog="Example: tmjkit policy show example-conservative-care")
def show(
    policy: PolicyArgument,
    workspace: WorkspaceOption = DEFAULT,
    knowledge: KnowledgeOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Show a policy: whose it is, and its tree of criteria."""
    from tmjkit.rules.criteria import policy_words

    found = _named(policy, library_of(workspace, knowledge).policies)
    if as_json:
        show_json(found.model_dump(mode="json", exclude_defaults=True))
        return
    say(policy_words(found))
    if found.example:
        say("An example: no payer's policy.")
    for label, text in (
        ("id", found.id),
        ("benefit", found.benefit or ""),
        ("url", found.url),
        ("from", found.origin or "ships with tmjkit"),
        ("note", found.note),
        ("facts", ", ".join(found.facts)),
    ):
        if text:
            _wrapped(f"{label}: {text}", "  ", "    ")
    _tree(found.criteria, 1)


@app.command("check", epilog="Example: tmjkit policy check CASE --policy example-conservative-care")
def check(
    case: CaseArgument,
    policy: Annotated[
        str | None,
        typer.Option(
            "--policy", help="Id of the policy; if left out, the one that the coverage names."
        ),
    ] = None,
    workspace: WorkspaceOption = DEFAULT,
    knowledge: KnowledgeOption = None,
    today: TodayOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Check a case against a policy: what is met, not met or not shown, and what to get."""
    from tmjkit.rules import assess

    library = library_of(workspace, knowledge)
    found = load_case(open_workspace(workspace), case)
    chosen = _chosen(policy, found, library.policies)
    results = [assess(found, one, day(today), knowledge=library.facts) for one in chosen]
    if as_json:
        show_json([one.as_json() for one in results])
        return
    for one in results:
        _assessment(one)
    _stances(found, library.facts)


@app.command("attest", epilog="Example: tmjkit policy attest CASE document-note no-infection")
def attest(
    case: CaseArgument,
    document: Annotated[str, typer.Argument(help="Id of the document that states it.")],
    name: Annotated[str, typer.Argument(help="Name of the attestation in the policy.")],
    workspace: WorkspaceOption = DEFAULT,
    by: AuthorOption = "",
    *,
    remove: Annotated[
        bool, typer.Option("--remove", help="Take the mark away from the document.")
    ] = False,
) -> None:
    """Mark a document of a case as stating what a policy wants a clinician to attest."""
    from tmjkit.case import Document

    store = open_workspace(workspace)
    loaded = store.load(store.find_case(case))
    paper = next((one for one in loaded.case.documents if one.id == document), None)
    if paper is None:
        ids = ", ".join(one.id for one in loaded.case.documents) or "none"
        raise Refused(f"this case has no document of that id; it has: {ids}")
    if (name in paper.attests) is not remove:
        raise Refused("that is so already; nothing was changed")
    names = tuple(one for one in paper.attests if one != name) if remove else (*paper.attests, name)
    changed = Document.model_validate(paper.model_dump() | {"attests": names})
    store.save(loaded.case.with_record(changed), base=loaded.revision.number, author=author(by))
    say(f"{paper.name}: {', '.join(names) or 'attests nothing'}")


@app.command("template", epilog="Example: tmjkit policy template knowledge/my-payer.yaml")
def template(
    file: Annotated[
        Path | None,
        typer.Argument(help="File to write, ending in .yaml; printed where it is left out."),
    ] = None,
) -> None:
    """Write a file with comments for a payer's policy, to be filled in."""
    from importlib import resources

    source = resources.files("tmjkit.knowledge") / "templates" / "policy.yaml"
    text = source.read_text(encoding="utf-8")
    if file is None:
        typer.echo(text, nl=False)
        return
    suffix_of(file, ("yaml", "yml"))
    if file.exists():
        raise Refused(f"{file} is there already: give a new name, nothing was changed")
    write_private(file, text.encode())
    say(str(file))


@app.command("words", epilog="Example: tmjkit policy words")
def words(*, as_json: JsonOption = False) -> None:
    """List the words that the criteria of a policy can use, with what each means."""
    from tmjkit.case import DcTmd, DocumentKind, Instrument, ProviderRole, ToxinProduct
    from tmjkit.case import TreatmentKind as Kinds

    lists = {
        "kinds of treatment": Kinds,
        "dc_tmd": DcTmd,
        "instrument": Instrument,
        "products": ToxinProduct,
        "kinds of document": DocumentKind,
        "roles": ProviderRole,
    }
    if as_json:
        show_json({name: {one.value: one.label for one in terms} for name, terms in lists.items()})
        return
    rows = ((name, one.value, one.label) for name, terms in lists.items() for one in terms)
    show_table(("for", "word", "meaning"), rows)


def _named(name: str, policies: "Mapping[str, Policy]") -> "Policy":
    if name in policies:
        return policies[name]
    raise Refused(f"there is no policy '{name}'; 'tmjkit policy list' has them all")


def _chosen(
    name: str | None, case: "Case", policies: "Mapping[str, Policy]"
) -> "tuple[Policy, ...]":
    """Return the policy asked for, or those that the case's coverages name."""
    if name is not None:
        return (_named(name, policies),)
    named = dict.fromkeys(cover.policy for cover in case.coverages if cover.policy)
    if not named:
        raise Refused(
            "no coverage of this case names a policy: choose one under Coverages, Policy, or give "
            "--policy with an id of 'tmjkit policy list'"
        )
    return tuple(_named(one, policies) for one in named)


def _head(policy: "Policy") -> dict[str, object]:
    return policy.model_dump(mode="json", exclude={"criteria"})


def _tree(node: "Node", depth: int) -> None:
    from tmjkit.knowledge.policy import AllOf, AnyOf, AtLeast
    from tmjkit.rules.criteria import title

    section = f" ({node.section})" if node.section else ""
    _wrapped(f"- {title(node)}{section}", "  " * depth, "  " * depth + "  ")
    if isinstance(node, AllOf | AnyOf | AtLeast):
        if node.title and not isinstance(node, AllOf):
            _wrapped(f"{node.needed} of {len(node.children)}", "  " * depth + "  ")
        for child in node.children:
            _tree(child, depth + 1)
    elif node.wording:
        _wrapped(f"“{node.wording}”", "  " * depth + "  ")


def _assessment(found: "Assessment") -> None:
    from tmjkit.rules.criteria import policy_words

    typer.echo(typer.style(clean(policy_words(found.policy)), bold=True))
    for warning in found.warnings:
        _wrapped(f"[{warning.severity.label}] {warning.what}. {warning.where}", "  ", "    ")
    _wrapped(found.summary, "")
    say("")
    _judged(found.criteria, 0)
    say("")
    if found.shopping:
        typer.echo(typer.style("To get, most useful first", bold=True))
        for number, item in enumerate(found.shopping, 1):
            _wrapped(f"{number}. {item.text}", "  ", "     ")
            _wrapped(f"for: {'; '.join(item.opens)}", "     ", "       ")
            if item.choice:
                _wrapped(item.choice, "     ", "       ")
        say("")
    typer.echo(typer.style("What was tried", bold=True))
    show_table(
        ("when", "how long", "what", "followed", "result", "why it stopped", "source"),
        (
            (
                row.period,
                row.days,
                row.label,
                row.adherence,
                row.response,
                row.stop_reason,
                row.source,
            )
            for row in found.ledger.rows
        ),
    )
    say("")


def _stances(case: "Case", known: "Mapping[str, Fact]") -> None:
    """Tell what was read of the payers' documents, each with how surely."""
    from tmjkit.rules.criteria import stances_of

    for payer in dict.fromkeys(cover.payer for cover in case.coverages):
        found = stances_of(payer, known)
        if found:
            typer.echo(typer.style(clean(f"What was read of {payer}"), bold=True))
        for fact in found:
            _wrapped(f"{fact.statement} ({fact.caveat}; {fact.id})", "  ", "    ")


def _judged(node: "Judged", depth: int) -> None:
    indent = "  " * depth
    _wrapped(f"[{node.mark.label}] {node.title}", indent, indent + "    ")
    _wrapped(node.why, indent + "    ")
    if node.sources and not node.children:
        _wrapped(f"Source: {'; '.join(node.sources)}", indent + "    ", indent + "      ")
    for child in node.children:
        _judged(child, depth + 1)


def _wrapped(text: str, first: str, after: str | None = None) -> None:
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    for line in textwrap.wrap(
        clean(text),
        width,
        initial_indent=first,
        subsequent_indent=first if after is None else after,
        break_long_words=False,
        break_on_hyphens=False,
    ):
        typer.echo(line)
