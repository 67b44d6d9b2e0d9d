"""Write the parts of the documentation that follow from the code.

Run it after changing a command or a record; a test fails when the pages are out of date.
"""

import re
import sys
from pathlib import Path

import typer
from pydantic import BaseModel
from typer.core import TyperGroup

from tmjkit.case import LISTS, Case, Choice, Patient, insurance, people, source, treatment
from tmjkit.cli.app import app
from tmjkit.knowledge import Fact, FactKind, card, facts
from tmjkit.letters import kinds
from tmjkit.rules.catalog import catalog

DOCS = Path(__file__).resolve().parent.parent / "docs"
PARTS = (
    people.Address,
    treatment.MuscleDose,
    insurance.ServiceLine,
    insurance.Extension,
    insurance.Reason,
    source.DocumentSource,
    source.ContactSource,
    source.PatientSource,
    source.ClinicianSource,
)
_PAYLOADS = ("time limit", "change", "law", "letter", "care", "code", "stance", "denial")


def commands() -> str:
    """Return the page of all commands with their arguments and options."""
    root = typer.main.get_command(app)
    lines = [
        "# Commands",
        "",
        "Every command has `--help`. A command that succeeds leaves with exit code 0; one that",
        "fails says why in one line on standard error and leaves with another code.",
        "",
        "The workspace is `--workspace`, or the environment's `TMJKIT_WORKSPACE`, or",
        "`workspace.tmjkit` in the current folder. The passphrase is `TMJKIT_PASSPHRASE`, or what",
        "the system's keyring holds, or it is asked for.",
        "",
    ]
    for name, command in _walk("tmjkit", root):
        lines += [f"## {name}", "", _text(command.help), ""]
        usage = " ".join(
            [
                "$",
                name,
                *command.collect_usage_pieces(
                    command.make_context(name, [], resilient_parsing=True)
                ),
            ]
        )
        usage = re.sub(r"\{([^}]+)\}", lambda found: found[1].upper(), usage)
        lines += ["```text", usage, "```", ""]
        rows = [row for row in map(_parameter, command.params) if row]
        if rows:
            lines += ["| Argument or option | Meaning |", "|---|---|", *rows, ""]
        if command.epilog:
            lines += [f"Example: `{command.epilog.removeprefix('Example: ')}`", ""]
    return "\n".join(lines)


def _walk(name: str, command: object) -> list[tuple[str, typer.core.TyperCommand]]:
    if isinstance(command, TyperGroup):
        return [
            entry for sub in command.commands.values() for entry in _walk(f"{name} {sub.name}", sub)
        ]
    return [(name, command)]


def _text(text: str | None) -> str:
    return re.sub(r"[ \t]*\n[ \t]*", "\n", (text or "").strip())


def _parameter(parameter: object) -> str:
    if parameter.name == "help":
        return ""
    argument = parameter.param_type_name == "argument"
    shown = (parameter.metavar or parameter.name.upper()) if argument else ""
    names = shown or ", ".join((*parameter.opts, *parameter.secondary_opts))
    words = (getattr(parameter, "help", "") or "").replace("|", "\\|")
    env = getattr(parameter, "envvar", None)
    return f"| `{names}` | {words}{f' Environment: `{env}`.' if env else ''} |"


def fields() -> str:
    """Return the tables of all records with their fields."""
    lines = []
    lists = {kind: name for name, kind in LISTS.items()}
    for kind in (Case, Patient, *LISTS.values(), *PARTS):
        where = f" (`{lists[kind]}`)" if kind in lists else ""
        lines += [f"## {_spaced(kind.__name__)}{where}", "", _first(kind), ""]
        lines += ["| Field | Type | Meaning |", "|---|---|---|"]
        lines += [_field(kind, name) for name in kind.model_fields]
        lines.append("")
    lines += ["## Terms", "", "The closed lists, with the code that the JSON holds.", ""]
    for choice in sorted(Choice.__subclasses__(), key=lambda kind: kind.__name__):
        if not choice.__module__.startswith("tmjkit.case"):
            continue
        lines += [f"### {_spaced(choice.__name__)}", "", _first(choice), ""]
        lines += ["| Code | Term |", "|---|---|"]
        lines += [f"| `{member.value}` | {member.label} |" for member in choice]
        lines.append("")
    return "\n".join(lines)


def _spaced(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).capitalize()


def _first(kind: type) -> str:
    return (kind.__doc__ or "").strip().split("\n")[0]


def _field(kind: type[BaseModel], name: str) -> str:
    field = kind.model_fields[name]
    schema = kind.model_json_schema(mode="validation")["properties"][name]
    unit = (field.json_schema_extra or {}).get("unit", "") if field.json_schema_extra else ""
    limits = [
        f"{word} {schema_of[key]:g}"
        for schema_of in _branches(schema)
        for key, word in (("minimum", "from"), ("exclusiveMinimum", "above"), ("maximum", "to"))
        if key in schema_of
    ]
    extra = " ".join([*limits, unit]).strip()
    needed = ", needed" if field.is_required() else ""
    kind = f"{_type(field.annotation)}{needed}{f' ({extra})' if extra else ''}"
    return f"| `{name}` | {kind} | {field.description} |"


def _branches(schema: dict) -> list[dict]:
    found = [schema, *schema.get("anyOf", [])]
    return [
        one for one in found if "minimum" in one or "maximum" in one or "exclusiveMinimum" in one
    ]


def _type(annotation: object) -> str:
    text = str(annotation)
    if "tuple" in text:
        return "list"
    for word, said in (
        ("PartialDate", "date, may be partial"),
        ("datetime.date", "date"),
        ("datetime.time", "time"),
        ("bool", "yes or no"),
        ("Decimal", "number"),
        ("float", "number"),
        ("int", "whole number"),
        ("Literal", "text"),
    ):
        if re.search(rf"\b{re.escape(word)}\b", text):
            return said
    for choice in Choice.__subclasses__():
        if re.search(rf"\b{choice.__name__}\b", text):
            words = _spaced(choice.__name__).lower()
            return f"[{words}](#{words.replace(' ', '-')})"
    return "record" if re.search(r"tmjkit\.case\.\w+\.[A-Z]", text) else "text"


def rules() -> str:
    """Return the page of all rules by their ids."""
    lines = [
        "# Rule ids",
        "",
        "Every finding and every clock names the rule that says it. A fact's id can be looked up",
        "with `tmjkit knowledge show`.",
        "",
    ]
    for area in dict.fromkeys(rule.area for rule in catalog().values()):
        lines += [f"## {area}", "", "| Id | What it says | Source | Facts |", "|---|---|---|---|"]
        lines += [
            f"| `{rule.id}` | {rule.says} | {rule.source} | {', '.join(rule.facts)} |"
            for rule in catalog().values()
            if rule.area == area
        ]
        lines.append("")
    return "\n".join(lines)


def facts_page() -> str:
    """Return the page of every fact with its source, by kind."""
    known = facts()
    last = max(fact.as_of for fact in known.values())
    lines = [
        "# Every fact with its source",
        "",
        f"The {len(known)} facts that ship with tmjkit, checked up to {last.isoformat()}.",
        "[The knowledge base](knowledge.md) says what the words on how they were confirmed mean.",
        "",
    ]
    for kind in FactKind:
        found = [fact for fact in known.values() if fact.kind is kind]
        if found:
            lines += [f"## {kind.label}", ""]
            for fact in found:
                lines += [*_entry(fact), ""]
    return "\n".join(lines)


def _entry(fact: Fact) -> list[str]:
    beside = {"kind", "says", "source", "look up", "as of"}
    said = {label: words for label, words in card(fact) if label not in beside}
    details = [words for label, words in card(fact) if label in _PAYLOADS]
    caveat = said.pop("caveat", "")
    rest = [f"{label}: {_plain(words)}" for label, words in said.items() if label not in _PAYLOADS]
    return [
        f"**{_plain(fact.title)}** `{fact.id}`<br>",
        f"{_plain(fact.statement)}<br>",
        *([f"**{_plain(caveat.capitalize())}.**<br>"] if caveat else []),
        f"Source: [{_plain(fact.citation)}](<{fact.url}>). {_sentence(rest)}",
        *([f"<br>Values: {_plain('; '.join(details))}"] if details else []),
        f"{{: #{fact.id} }}",
    ]


def _sentence(parts: list[str]) -> str:
    return " ".join(f"{part[0].upper()}{part[1:].rstrip('.')}." for part in parts)


def _plain(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>{}|])", r"\\\1", text)


def letters_table() -> str:
    """Return the table of all kinds of letters, in the order of the journey."""
    lines = ["| kind | letter | part of the journey | who can sign |", "|---|---|---|---|"]
    for kind in kinds():
        voices = ", ".join(voice.label.lower() for voice in kind.voices)
        title = f"[{kind.title}](facts.md#{kind.checklist})" if kind.checklist else kind.title
        lines.append(f"| `{kind.kind}` | {title} | {kind.part.label} | {voices} |")
    return "\n".join(lines)


def _between(page: str, name: str, text: str) -> str:
    """Return the page with the text between its two marks of that name."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    head, rest = (DOCS / page).read_text(encoding="utf-8").split(begin)
    return f"{head}{begin}\n\n{text}\n{end}{rest.split(end)[1]}"


def pages() -> dict[Path, str]:
    """Return every page that follows from the code, with what should be on it."""
    return {
        DOCS / "commands.md": commands(),
        DOCS / "facts.md": facts_page(),
        DOCS / "rule-ids.md": rules(),
        DOCS / "case.md": _between("case.md", "fields", fields()),
        DOCS / "letters.md": _between("letters.md", "kinds", f"{letters_table()}\n"),
    }


if __name__ == "__main__":
    for page, text in pages().items():
        page.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{page.name}\n")
