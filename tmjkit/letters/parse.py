"""From the rendered Markdown of a template to the blocks of a letter.

Only what a letter needs is understood: headings, paragraphs, emphasis, lists, quotes, tables
and fences. A fence names a block that Markdown has no word for:

- ``date``, ``sender``, ``recipient``: lines under each other;
- ``reference``: lines of `Term: value`;
- ``blank NAME [LINES]``: room to write; its first line is the label, the rest the prompt;
- ``signature``: room to sign, with the lines that stand under it;
- ``enclosures``: the exhibits cited, filled in when all are known.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from tmjkit.letters.gap import LetterError
from tmjkit.letters.letter import (
    Address,
    Blank,
    Block,
    BulletList,
    Enclosures,
    Heading,
    Paragraph,
    Quote,
    Reference,
    Run,
    Runs,
    Signature,
    Table,
    plain,
)
from tmjkit.letters.resolve import Resolver

_NOT_IN_LETTERS: Final = (
    "autolink",
    "backticks",
    "code",
    "html_block",
    "html_inline",
    "image",
    "lheading",
    "link",
    "reference",
)
_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False}).enable("table")
_MARKDOWN.disable(list(_NOT_IN_LETTERS))

# What Markdown gives a meaning to within a line; most cells of a table hold nothing of it.
_SPECIAL: Final = re.compile(r"[^\w\s.,:;()'\"/%\ue000\ue001-]|\n")


def _inline(state: StateCore) -> None:
    """Parse the text of blocks; where nothing in it is special, it is one piece of text."""
    for token in state.tokens:
        if token.type == "inline" and token.children is not None:
            if token.content and not _SPECIAL.search(token.content):
                token.children.append(Token("text", "", 0, content=token.content))
            else:
                state.md.inline.parse(token.content, state.md, state.env, token.children)


_MARKDOWN.core.ruler.at("inline", _inline)

_ROLES: Final = frozenset({"date", "sender", "recipient"})
_LINES: Final = 4


def blocks_of(markdown: str, resolver: Resolver) -> tuple[Block, ...]:
    """Parse a rendered template.

    Raises
    ------
    LetterError
        When the template holds what a letter can't.
    """
    return _without_empty_lists(tuple(_Reader(_MARKDOWN.parse(markdown), resolver).blocks()))


def _without_empty_lists(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Leave out a list of enclosures that nothing stands on, with the heading right above it."""
    empty = {place for place, item in enumerate(blocks) if item == Enclosures(())}
    heads = {place - 1 for place in empty if place and isinstance(blocks[place - 1], Heading)}
    return tuple(item for place, item in enumerate(blocks) if place not in empty | heads)


class _Reader:
    def __init__(self, tokens: Sequence[Token], resolver: Resolver) -> None:
        self._tokens = tokens
        self._place = 0
        self._resolver = resolver

    def _next(self) -> Token:
        self._place += 1
        return self._tokens[self._place - 1]

    def _until(self, kind: str) -> Iterator[Token]:
        """Yield the tokens up to the one of this kind, which is taken too."""
        while (token := self._next()).type != kind:
            yield token

    def _inline(self, kind: str) -> Runs:
        """Read the text of a block that ends with this kind."""
        runs: list[Run] = []
        for token in self._until(kind):
            runs.extend(self._runs(token))
        return merged(runs)

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks from top to bottom."""
        while self._place < len(self._tokens):
            token = self._next()
            match token.type:
                case "heading_open":
                    yield Heading(int(token.tag[1:]), self._inline("heading_close"))
                case "paragraph_open":
                    runs = self._inline("paragraph_close")
                    if plain(runs):
                        yield Paragraph(runs)
                case "blockquote_open":
                    yield self._quote()
                case "bullet_list_open" | "ordered_list_open":
                    yield self._list(token)
                case "table_open":
                    yield self._table()
                case "fence":
                    yield self._fence(token)
                case _:
                    raise _refused(token)

    def _quote(self) -> Quote:
        paragraphs = []
        for token in self._until("blockquote_close"):
            if token.type != "paragraph_open":
                raise _refused(token)
            paragraphs.append(self._inline("paragraph_close"))
        return Quote(tuple(paragraphs))

    def _list(self, opening: Token) -> BulletList:
        inside = self._until(opening.type.replace("_open", "_close"))
        items = tuple(self._item() for token in inside if token.type == "list_item_open")
        return BulletList(items, ordered=opening.type == "ordered_list_open")

    def _item(self) -> Runs:
        runs: list[Run] = []
        for token in self._until("list_item_close"):
            if token.type == "inline":
                runs.extend(self._runs(token))
            elif token.type not in ("paragraph_open", "paragraph_close"):
                raise _refused(token)
        return merged(runs)

    def _table(self) -> Table:
        inside = self._until("table_close")
        head, *rows = [self._row() for token in inside if token.type == "tr_open"]
        return Table(head, tuple(rows))

    def _row(self) -> tuple[Runs, ...]:
        return tuple(
            merged(self._runs(token)) for token in self._until("tr_close") if token.type == "inline"
        )

    def _fence(self, token: Token) -> Block:
        kind, *rest = token.info.split()
        texts = [line.strip() for line in token.content.splitlines() if line.strip()]
        lines = tuple(runs for line in texts if plain(runs := merged(self._resolver.runs(line))))
        if kind in _ROLES:
            return Address(kind, lines)
        if kind == "signature":
            return Signature(lines)
        if kind == "reference":
            return Reference(tuple(self._pair(line) for line in texts))
        if kind == "blank" and rest and lines:
            room = int(rest[1]) if len(rest) > 1 and rest[1].isdecimal() else _LINES
            prompt = [run for line in lines[1:] for run in (*line, Run(" "))]
            return Blank(rest[0], lines[0], merged(prompt[:-1]), room)
        if kind == "enclosures":
            return self._resolver.enclosures()
        raise LetterError(f"a letter has no block '{token.info}'")

    def _pair(self, line: str) -> tuple[str, Runs]:
        term, colon, rest = line.partition(":")
        if not colon:
            raise LetterError("each line of a reference block should be 'Term: value'")
        return term.strip(), merged(self._resolver.runs(rest.strip()))

    def _runs(self, inline: Token) -> Iterator[Run]:
        bold = italic = False
        for token in inline.children or ():
            match token.type:
                case "text" | "text_special":
                    yield from self._resolver.runs(token.content, bold=bold, italic=italic)
                case "softbreak" | "hardbreak":
                    yield Run(" ", bold, italic)
                case "strong_open" | "strong_close":
                    bold = token.type == "strong_open"
                case "em_open" | "em_close":
                    italic = token.type == "em_open"
                case _:
                    raise _refused(token)


def merged(runs: Iterator[Run] | Sequence[Run]) -> Runs:
    """Join neighbours of one style and origin, and trim the ends."""
    kept: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        last = kept[-1] if kept else None
        if last is not None and _alike(last, run):
            kept[-1] = _with_text(last, last.text + run.text)
        else:
            kept.append(run)
    if kept:
        kept[0] = _with_text(kept[0], kept[0].text.lstrip())
        kept[-1] = _with_text(kept[-1], kept[-1].text.rstrip())
    return tuple(run for run in kept if run.text)


def _alike(one: Run, other: Run) -> bool:
    return (
        one.records == other.records
        and one.facts == other.facts
        and one.bold == other.bold
        and one.italic == other.italic
        and one.exhibit == other.exhibit
        and one.gap == other.gap
    )


def _with_text(run: Run, text: str) -> Run:
    if text == run.text:
        return run
    return Run(text, run.bold, run.italic, run.records, run.facts, run.exhibit, run.gap)


def _refused(token: Token) -> LetterError:
    return LetterError(f"a letter can't hold '{token.type.removesuffix('_open')}'")
