"""The sandbox in which templates run.

A template reads the fields of views and of loops, calls the few functions it was given and
its own macros, and nothing else: no attribute of a Python object, no method, no arithmetic
that could fill the memory. What it prints goes through one door, `_finalize`.

What a patient may sign is marked with `{% trans %}`, so that it can be said in another language;
values stand in it under names, `{% trans day=denial.notice_date %}… {{ day }} …{% endtrans %}`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Final, TypeVar

from jinja2 import (
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateRuntimeError,
    TemplateSyntaxError,
    Undefined,
    pass_context,
)
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from tmjkit.language import translated, translated_plural
from tmjkit.letters.gap import Gap
from tmjkit.letters.value import Citation, Missing, Value, clean
from tmjkit.letters.view import View

F = TypeVar("F", bound=Callable[..., Any])

_read: ContextVar[dict[str, Path] | None] = ContextVar("tmjkit_templates_read", default=None)


@contextmanager
def templates_read() -> Iterator[dict[str, Path]]:
    """Collect the templates that are used inside the block, also by blocks inside of it."""
    found: dict[str, Path] = {}
    token = _read.set(found)
    try:
        yield found
    finally:
        _read.reset(token)
        around = _read.get()
        if around is not None:
            around.update(found)


_LOOP = frozenset({"first", "index", "last", "length"})
_VALUE = frozenset({"code", "number"})


class _Allowed:
    """A function that templates may call."""

    __slots__ = ("call",)

    def __init__(self, call: Callable[..., Any]) -> None:
        self.call = call

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.call(*args, **kwargs)


def allow(function: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a function as one that templates may call."""
    return _Allowed(function)


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja with an allow-list in the place of its list of what is dangerous."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})
    newstyle_gettext = True  # the extension keeps what is there, and 'extend' changes nothing

    def get_template(self, name: Any, *args: Any, **kwargs: Any) -> Template:
        """Return a template, and note that the letter that is composed now uses it."""
        read = _read.get()
        try:
            found = super().get_template(name, *args, **kwargs)
        except TemplateSyntaxError as error:
            if read is not None and error.filename:
                read[error.name or ""] = Path(error.filename)
            raise
        if read is not None and found.filename:
            read[found.name or ""] = Path(found.filename)
        return found

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a field of a view, a property of a loop or a macro of an imported template."""
        if isinstance(obj, Gap):
            return obj
        if isinstance(obj, View):
            known = attribute in obj.fields
            message = f"{obj.name} has no field '{attribute}'"
            return obj.fields[attribute] if known else self.undefined(message)
        if isinstance(obj, Undefined):
            return super().getattr(obj, attribute)
        if not _readable(obj, attribute):
            raise SecurityError(f"a template can't read '{attribute}' here")
        return getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return an item of a tuple by its place, or a field by its name."""
        if isinstance(obj, tuple) and isinstance(argument, int | slice):
            try:
                return obj[argument]
            except IndexError:
                return self.undefined("the list is shorter than that")
        if isinstance(argument, str):
            return self.getattr(obj, argument)
        raise SecurityError("a template can't read an item here")

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ARG002
        """Refuse: what a template may read is listed in `getattr`."""
        return False

    def is_safe_callable(self, obj: Any) -> bool:
        """Allow macros and the functions that composing gives."""
        return isinstance(obj, Macro | BlockReference | _Allowed)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002
        """Refuse arithmetic: numbers in a letter are worked out where they can be tested."""
        raise SecurityError(f"a template can't compute with '{operator}'")


def _readable(obj: object, attribute: str) -> bool:
    """Tell whether a template may read this of a value, a loop or an imported template."""
    match obj:
        case Value():
            return attribute in _VALUE
        case LoopContext():
            return attribute in _LOOP
        case TemplateModule():
            return isinstance(getattr(obj, attribute, None), Macro)
    return False


@pass_context  # a function that needs the context is never run while a template is compiled
def _finalize(_: Context, printed: Any) -> Any:
    return _ready(printed)


def _ready(printed: Any) -> Any:
    """Return what may stand on the page; plain text becomes a value, which is kept apart."""
    match printed:
        case Undefined() | Markup() | Value() | Citation():
            return printed
        case Gap():
            return Missing(printed)
        case bool() | None:
            raise TemplateRuntimeError("a template can't print yes, no or nothing: use an 'if'")
        case str() | int():
            return Value(clean(str(printed)))
    raise TemplateRuntimeError("a template can't print a whole record or list: print its fields")


def _lower(printed: Any) -> Any:
    """Begin with a small letter, unless the word is an abbreviation such as NSAID."""
    if isinstance(printed, Value) and not printed.text[1:2].isupper():
        text = printed.text[:1].lower() + printed.text[1:]
        return Value(text, printed.records, printed.facts, printed.code, printed.number)
    return printed


def _upper(printed: Any) -> Any:
    if isinstance(printed, Value):
        text = printed.text[:1].upper() + printed.text[1:]
        return Value(text, printed.records, printed.facts, printed.code, printed.number)
    return printed


COUNTED: Final = ("appeal", "day", "month", "page", "session", "unit", "visit", "week", "year")
"""What a template can count; each is a message of the catalogues, in both forms."""


def _counted(number: Any, noun: str) -> Any:
    """Write a number with its noun: 1 session, 2 sessions."""
    if noun not in COUNTED:
        raise TemplateRuntimeError(f"a template can't count '{noun}', only {', '.join(COUNTED)}")
    if not isinstance(number, Value):
        return number
    text = f"{number.text} {translated_plural(noun, f'{noun}s', number.number or 0)}"
    return Value(text, number.records, number.facts, number.code, number.number)


def _join(items: Iterable[Any], separator: str) -> Markup:
    ready = [_ready(item) for item in items]
    return Markup(separator).join(ready)  # noqa: S704 -- the template's own words


def _gettext(message: str, **values: Any) -> Markup:
    """Say a message of a template in the language that is spoken now, with its values."""
    return _filled(translated(message), values)


def _ngettext(one: str, many: str, number: Any, **values: Any) -> Markup:
    count = number.number if isinstance(number, Value) else number
    return _filled(translated_plural(one, many, 0 if count is None else count), values)


_SLOT: Final = re.compile(r"%(?:\((\w+)\)s|(%)|)")


def _filled(message: str, values: dict[str, Any]) -> Markup:
    """Put values into a message: `%(name)s` is a value, `%%` a percent sign, nothing else is."""

    def put(slot: re.Match[str]) -> str:
        if slot[2]:
            return "%"
        if slot[1] not in values:
            raise TemplateRuntimeError("a message names a value that it was not given")
        return escape(_ready(values[slot[1]]))

    return Markup(_SLOT.sub(put, message))  # noqa: S704 -- the template's or catalogue's own words


def sandbox(folders: Iterable[Path]) -> Sandbox:
    """Make the environment that looks for templates in these folders, in their order."""
    environment = Sandbox(
        loader=FileSystemLoader([str(folder) for folder in folders], encoding="utf-8"),
        undefined=StrictUndefined,
        finalize=_finalize,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.add_extension("jinja2.ext.i18n")
    environment.policies["ext.i18n.trimmed"] = True
    environment.globals.clear()
    environment.globals.update({"gettext": allow(_gettext), "ngettext": allow(_ngettext)})
    environment.filters.clear()
    environment.filters.update(
        {
            "count": len,
            "counted": _counted,
            "join": _join,
            "lower_first": _lower,
            "upper_first": _upper,
        }
    )
    environment.tests.clear()
    environment.tests["missing"] = lambda found: isinstance(found, Gap)
    return environment
