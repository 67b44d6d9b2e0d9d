"""Where messages come from: templates, code, labels, facts and rules.

Nothing here keeps a list of messages: each is found where it is said, so that a new one can't be
forgotten.
"""

import ast
import importlib
import itertools
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

from catalogues.message import Message
from tmjkit.case import LISTS, Choice, Patient, Record
from tmjkit.dashboards.fields import Field, fields_of
from tmjkit.dashboards.intake_more import PARTS
from tmjkit.dashboards.intake_questions import QUESTIONS
from tmjkit.dashboards.panels import PANELS
from tmjkit.dashboards.words import SECTIONS
from tmjkit.knowledge import Confidence, Regime, facts
from tmjkit.letters.environment import COUNTED, sandbox
from tmjkit.letters.kinds import kinds
from tmjkit.letters.view import NAMES
from tmjkit.rules.catalog import catalog

ROOT = Path(__file__).resolve().parents[2]
_TEMPLATES = ROOT / "templates" / "letters"
_CODE = ROOT / "tmjkit"
# Rooms whose lists of terms a letter, a finding or a listing can print.
_ROOMS = ("case", "knowledge", "rules", "letters")
_FACT_ID = re.compile(r"[\"']([A-Za-z0-9][A-Za-z0-9-]+)[\"']")
_SAYS = "translated"
_THEIRS = re.compile(
    r"(The (payer|plan|State|reviewer)'s|[A-Z][a-z ]+ that (was|were) asked for)[^.]*$"
)


def messages() -> dict[tuple[str, ...], Message]:
    """Return every message, by its forms, in the order of where it is said."""
    found: dict[tuple[str, ...], list[str]] = {}
    said = (
        *_templates(),
        *_code(),
        *_clocks(),
        *_labels(),
        *_facts(),
        *_rules(),
        *_interview(),
        *_fields(),
    )
    for forms, place in said:
        found.setdefault(forms, []).append(place)
    return {forms: Message(forms, tuple(dict.fromkeys(places))) for forms, places in found.items()}


def area_of(message: Message) -> str:
    """Return the catalogue that a message belongs to by where it is said first."""
    first = message.places[0]
    if first.startswith("tmjkit/knowledge"):
        return "facts"
    if first.startswith("tmjkit/rules/catalog"):
        return "findings"
    if first.startswith("tmjkit/dashboards"):
        return "forms"
    if not first.startswith("templates/letters/"):
        return "labels" if ":" in first else "common"
    name = first.removeprefix("templates/letters/").removesuffix(".md.j2")
    module = next((kind.fits.__module__ for kind in kinds() if kind.kind == name), "")
    area = module.rpartition(".")[2].partition("_")[0]
    return area if area in ("requests", "appeals", "public", "acting", "claims") else "common"


def _templates() -> Iterator[tuple[tuple[str, ...], str]]:
    """Read the marked messages with the very environment that composes letters."""
    environment = sandbox([_TEMPLATES])
    for path in sorted(_TEMPLATES.rglob("*.j2")):
        place = path.relative_to(ROOT).as_posix()
        for _, _, said in environment.extract_translations(path.read_text(encoding="utf-8")):
            words = (said,) if isinstance(said, str) else said
            yield tuple(word for word in words if word is not None), place


def _code() -> Iterator[tuple[tuple[str, ...], str]]:
    """Find the constant texts that code hands to `translated` and `translated_plural`."""
    for path in sorted(_CODE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if _SAYS not in text or path.name == "language.py":
            continue
        place = path.relative_to(ROOT).as_posix()
        tree = ast.parse(text)
        known = _constants(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                if node.func.id == _SAYS:
                    for word in _texts(node.args[0], known):
                        yield (word,), place
                elif node.func.id == f"{_SAYS}_plural":
                    forms = [_texts(argument, known) for argument in node.args[:2]]
                    yield from ((pair, place) for pair in zip(*forms, strict=True))


def _clocks() -> Iterator[tuple[tuple[str, ...], str]]:
    """Return what the clocks of the other side are called, which a script for a call asks after."""
    for path in sorted((_CODE / "rules" / "deadlines").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        known = _constants(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call | ast.Dict):
                given = (
                    [*node.args, *(item.value for item in node.keywords)]
                    if isinstance(node, ast.Call)
                    else node.values
                )
                for text in (text for value in given for text in _texts(value, known)):
                    if _THEIRS.match(text):
                        yield (text,), path.relative_to(ROOT).as_posix()


def _constants(tree: ast.Module) -> dict[str, list[str]]:
    """Return the texts that a name of the module can stand for: constants, and loops over them."""
    found: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        target: ast.expr | None = None
        value: ast.expr | None = None
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target, value = node.targets[0], node.value
        elif isinstance(node, ast.AnnAssign):
            target, value = node.target, node.value
        elif isinstance(node, ast.comprehension | ast.For):
            target, value = node.target, node.iter
        if isinstance(target, ast.Name) and value is not None:
            found.setdefault(target.id, []).extend(_texts(value, {}))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tmjkit."):
            for alias in node.names:
                if alias.name.isupper():
                    constant = getattr(importlib.import_module(str(node.module)), alias.name, None)
                    if isinstance(constant, str):
                        found.setdefault(alias.asname or alias.name, []).append(constant)
    return found


def _texts(node: ast.expr, known: dict[str, list[str]]) -> list[str]:
    """Return the texts that an expression can be, as far as they stand in the source."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.Name):
        return known.get(node.id, [])
    if isinstance(node, ast.JoinedStr):
        pieces = [_texts(part, known) for part in node.values]
        return ["".join(chosen) for chosen in itertools.product(*pieces)]
    parts: list[ast.expr] = []
    match node:
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            pass
        case ast.Dict(values=parts) | ast.BoolOp(values=parts):
            pass
        case ast.IfExp(body=one, orelse=other):
            parts = [one, other]
        case ast.Subscript(value=whole) | ast.FormattedValue(value=whole):
            parts = [whole]
    return [text for part in parts for text in _texts(part, known)]


def _labels() -> Iterator[tuple[tuple[str, ...], str]]:
    """Return terms of closed lists, names of lists, titles of letters, and nouns that count."""
    for room in _ROOMS:
        package = importlib.import_module(f"tmjkit.{room}")
        for item in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(item.name)
    # Only of these rooms: what else is loaded depends on what ran before.
    spoken = tuple(f"tmjkit.{room}." for room in _ROOMS)
    found = (one for one in Choice.__subclasses__() if one.__module__.startswith(spoken))
    lists = (*found, Regime, Confidence)
    for terms in sorted(lists, key=lambda one: (one.__module__, one.__name__)):
        for term in terms:
            yield (term.label,), f"{terms.__module__.replace('.', '/')}.py:{terms.__name__}"
    regime = importlib.import_module("tmjkit.rules.regime")
    for name, question in vars(regime).items():
        if name.startswith("_ASK_"):
            for law in Regime if "{label}" in question else (None,):
                asked = question.format(label=law.label) if law else question
                yield (asked,), f"tmjkit/rules/regime.py:{name}"
    for name in NAMES.values():
        yield (name,), "tmjkit/letters/view.py:NAMES"
    for kind in kinds():
        if len(kind.voices) > 1 or kind.voices[0].value != "clinician":
            yield (kind.title,), f"{kind.fits.__module__.replace('.', '/')}.py:{kind.kind}"
    for noun in COUNTED:
        yield (noun, f"{noun}s"), "tmjkit/letters/environment.py:COUNTED"


def _facts() -> Iterator[tuple[tuple[str, ...], str]]:
    """Return what letters can state of the knowledge base: facts that a letter names.

    By the id, or by a beginning of ids that ends in a hyphen, such as REGULATOR-. Check-lists are
    for the writer and are never stated.
    """
    known = facts()
    checklists = {kind.checklist for kind in kinds()}
    named: set[str] = set()
    for path in (*_TEMPLATES.rglob("*.j2"), *(_CODE / "letters").rglob("*.py")):
        named.update(_FACT_ID.findall(path.read_text(encoding="utf-8")))
    stems = tuple(name for name in named if name.isupper() and name.endswith("-"))
    for name, fact in sorted(known.items()):
        timed = fact.clock is not None  # a script for a call asks after every time of the payer's
        if not timed and name not in named and not (stems and name.startswith(stems)):
            continue
        if name not in checklists and fact.letter_ready:
            yield (fact.title,), f"tmjkit/knowledge:{name}"
            yield (fact.statement,), f"tmjkit/knowledge:{name}"
            for care in fact.care:
                yield (care.name,), f"tmjkit/knowledge:{name}"


def _rules() -> Iterator[tuple[tuple[str, ...], str]]:
    """Return what each rule says, which explains its findings."""
    for rule in catalog().values():
        yield (rule.says,), f"tmjkit/rules/catalog/{rule.area}.yaml:{rule.id}"


def _interview() -> Iterator[tuple[tuple[str, ...], str]]:
    """Return the questions of an interview, and what its parts and lists are called."""
    for question in QUESTIONS:
        place = f"tmjkit/dashboards/intake_questions.py:{question.key}"
        yield (question.asks,), place
        yield (question.help,), place
    for spec in PANELS:
        if spec.key in PARTS:
            yield (spec.title,), f"tmjkit/dashboards/panels.py:{spec.key}"
    for name in _asked_lists():
        for words in SECTIONS[name]:
            yield (words,), f"tmjkit/dashboards/words.py:{name}"


def _fields() -> Iterator[tuple[tuple[str, ...], str]]:
    """Return label, help and unit of each field that an interview asks."""
    kinds_of: dict[str, type[Record]] = {"patient": Patient, **LISTS}
    for name in _asked_lists():
        for field in _inside(fields_of(kinds_of[name])):
            for words in (field.label, field.help, field.unit):
                if words:
                    yield (words,), f"tmjkit/dashboards/fields.py:{name}.{field.path}"


def _asked_lists() -> tuple[str, ...]:
    """Return the lists whose forms an interview shows, in its questions or in its longer part."""
    of_parts = [name for spec in PANELS if spec.key in PARTS for name in spec.holds]
    return tuple(dict.fromkeys((*(one.section for one in QUESTIONS), *of_parts)))


def _inside(fields: tuple[Field, ...]) -> Iterator[Field]:
    for field in fields:
        yield field
        yield from _inside(field.fields)
