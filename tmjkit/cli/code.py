"""`tmjkit code`: what a code means, and whether the codes of a case fit the record."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from tmjkit.cli.errors import Refused
from tmjkit.cli.say import say, show_json
from tmjkit.cli.workspace import (
    DEFAULT,
    CaseArgument,
    JsonOption,
    TodayOption,
    WorkspaceOption,
    day,
    load_case,
    open_workspace,
)

if TYPE_CHECKING:
    from tmjkit.knowledge import Fact
    from tmjkit.rules.coding import Meaning, Notes

app = typer.Typer(
    help="Look a code up, and check the codes of a case. Codes are checked, never chosen."
)
_CHOSEN = "tmjkit checks codes and never chooses one: whoever gives the care does."


@app.command(epilog="Example: tmjkit code show M79.11")
def show(
    code: Annotated[
        str,
        typer.Argument(
            help="A code of a diagnosis, drug, procedure, modifier, NDC, or reason of a denial."
        ),
    ],
    *,
    as_json: JsonOption = False,
) -> None:
    """Tell what a code means in own words, with what to look out for and the source.

    For ICD-10-CM it tells whether the code can be billed, its heading, and what it excludes. Of CPT
    and CDT only the codes that matter here are known, by number and in own words.
    """
    from tmjkit.knowledge import facts
    from tmjkit.rules.coding import meaning, notes

    found = meaning(code, facts())
    if found.icd10 is None and not found.facts:
        raise Refused(
            "nothing is known of this code: it is not in the ICD-10-CM list, and not among the "
            "other codes that tmjkit explains; look it up in its own code book"
        )
    words = notes(found.icd10) if found.icd10 else None
    if as_json:
        show_json(_as_json(found, words))
        return
    say(found.code)
    if found.icd10:
        _show_icd10(found, words)
    for fact in found.facts:
        _show_fact(fact)
    say(_CHOSEN)


def _show_icd10(found: "Meaning", words: "Notes | None") -> None:
    from tmjkit.rules.coding import missing_characters, release

    entry = found.icd10
    if entry is None:
        return
    say(f"    in:        {release().words()}")
    if words:
        say(f"    title:     {words.title}")
    lacking = missing_characters(entry.code)
    if lacking:
        fewest, most = lacking
        more = str(fewest) if fewest == most else f"{fewest} to {most}"
        say(f"    billable:  no, it is a heading; codes below it have {more} more characters")
    else:
        say("    billable:  yes")
    if entry.parent:
        say(f"    heading:   {entry.parent}")
    if words:
        for text in words.includes:
            say(f"    includes:  {text}")
        for at, text in words.excludes1:
            say(f"    not with:  {text} (Excludes1 note at {at})")
        for at, text in words.excludes2:
            say(f"    not meant: {text} (Excludes2 note at {at}; both may stand)")


def _show_fact(fact: "Fact") -> None:
    say(f"{fact.title} [{fact.id}]")
    say(f"    {fact.statement}")
    entry = fact.code
    for words in (
        fact.note,
        f"It needs: {entry.needs}." if entry and entry.needs else "",
        f"It describes {entry.instead_of}." if entry and entry.instead_of else "",
        entry.means_next if entry else "",
        f"No longer used since {entry.ended}." if entry and entry.ended else "",
    ):
        if words:
            say(f"    {words}")
    say(f"    source: {fact.citation}; {fact.url}")
    caveat = f"; {fact.caveat}" if fact.caveat else ""
    say(f"    known:  {fact.confidence.label}, as of {fact.as_of}{caveat}")


def _as_json(found: "Meaning", words: "Notes | None") -> dict[str, Any]:
    from tmjkit.rules.coding import missing_characters, release

    entry = found.icd10
    return {
        "code": found.code,
        "icd10cm": entry
        and {
            "release": release().first.isoformat(),
            "title": words.title if words else None,
            "billable": entry.billable,
            "missing_characters": missing_characters(entry.code),
            "parent": entry.parent or None,
            "includes": list(words.includes) if words else [],
            "excludes1": _notes_json(words.excludes1 if words else ()),
            "excludes2": _notes_json(words.excludes2 if words else ()),
        },
        "facts": [fact.model_dump(mode="json", exclude_defaults=True) for fact in found.facts],
    }


def _notes_json(words: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [{"at": at, "note": text} for at, text in words]


@app.command(epilog="Example: tmjkit code check CASE --json")
def check(
    case: CaseArgument,
    workspace: WorkspaceOption = DEFAULT,
    today: TodayOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """List what does not fit about the codes of a case: diagnoses, units, waste, procedures, NDC.

    It never says which diagnosis or code to choose.
    """
    from tmjkit.knowledge import facts
    from tmjkit.rules.coding import coding_findings

    found = load_case(open_workspace(workspace), case)
    results = sorted(
        coding_findings(found, day(today), facts()), key=lambda item: item.severity.rank
    )
    if as_json:
        show_json([item.as_json() for item in results])
        return
    for item in results:
        say(f"[{item.severity.label}] {item.what}")
        say(f"    why: {item.why}")
        say(f"    do:  {item.where}")
    if not results:
        say("Nothing was found that does not fit.")
    say(_CHOSEN)
