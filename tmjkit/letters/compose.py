"""Composes a letter: template and case in, `Letter` out."""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

from tmjkit import resources
from tmjkit.case import Case
from tmjkit.letters.environment import Sandbox, sandbox
from tmjkit.letters.gap import Gap, LetterError, MissingFacts
from tmjkit.letters.kinds import Kind, kind_of
from tmjkit.letters.letter import Block, BulletList, Heading, Letter, Paragraph, Run
from tmjkit.letters.parse import blocks_of
from tmjkit.letters.picture import picture
from tmjkit.letters.resolve import Resolver
from tmjkit.letters.value import clean, sheet


def compose(
    kind: str,
    case: Case,
    *,
    today: dt.date,
    draft: bool = False,
    coverage_id: str | None = None,
    determination_id: str | None = None,
    templates_dir: Path | None = None,
) -> Letter:
    """Compose a letter from a case.

    Parameters
    ----------
    kind
        Name of the kind, one of `kinds()`.
    case
        The case. Nothing is said that it does not record.
    today
        Date on the letter.
    draft
        Write it although facts are missing: they become visible blanks, the missing facts are
        listed at the end and the letter is marked DRAFT.
    coverage_id
        The coverage it is about; else the one of the denial or request, else the primary one.
    determination_id
        The denial that it answers; else the latest first decision that denies.
    templates_dir
        A folder with templates of one's own, looked into before those that ship.

    Raises
    ------
    MissingFacts
        When facts are missing and it is not a draft.
    LetterError
        When there is no such kind, the ids are not in the case, or a template is wrong.
    """
    which = kind_of(kind)
    context = picture(case, which, today, coverage_id, determination_id)
    folders = (templates_dir,) if templates_dir else ()
    with sheet() as printed:
        try:
            markdown = _sandbox(*folders).get_template(f"{kind}.md.j2").render(context)
        except (TemplateError, TypeError) as error:
            raise LetterError(_where(error, kind)) from error
    resolver = Resolver(case, printed)
    blocks = blocks_of(markdown, resolver)
    gaps = tuple(resolver.gaps)
    if gaps and not draft:
        raise MissingFacts(gaps)
    return Letter(
        kind=which.kind,
        title=which.title,
        date=today,
        blocks=(*_banner(gaps), *blocks, *_missing(gaps)) if draft else blocks,
        exhibits=resolver.exhibits,
        facts=tuple(resolver.facts),
        records=tuple(resolver.records),
        gaps=gaps,
        draft=draft,
        footer=_footer(which, case),
    )


@lru_cache(maxsize=8)
def _sandbox(*folders: Path) -> Sandbox:
    return sandbox((*folders, resources.path("templates") / "letters"))


def _where(error: TemplateError | TypeError, kind: str) -> str:
    """Say which template is wrong; none of Jinja's messages holds a value of the case."""
    if isinstance(error, TemplateSyntaxError):
        return f"template {error.name}, line {error.lineno}: {error.message}"
    if isinstance(error, TemplateNotFound):
        return f"there is no template {error.name}"
    if isinstance(error, TypeError):
        return f"template {kind}.md.j2: it uses a value for what it is not ({error})"
    return f"template {kind}.md.j2: {error.message}"


def _footer(kind: Kind, case: Case) -> str:
    """Name letter and patient: pages of a fax get separated."""
    return ", ".join(part for part in (kind.title, clean(case.patient.name)) if part)


def _banner(gaps: Sequence[Gap]) -> tuple[Block, ...]:
    count = {0: "", 1: " 1 fact is missing."}.get(len(gaps), f" {len(gaps)} facts are missing.")
    return (Paragraph((Run(f"DRAFT, not to be sent.{count}", bold=True, gap=True),)),)


def _missing(gaps: Sequence[Gap]) -> tuple[Block, ...]:
    if not gaps:
        return ()
    items = tuple((Run(gap.what, bold=True), Run(f". Enter it in: {gap.where}")) for gap in gaps)
    return (Heading(2, (Run("Missing facts"),)), BulletList(items))
