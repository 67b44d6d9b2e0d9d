"""Composes a letter: template and case in, `Letter` out."""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

from tmjkit import resources
from tmjkit.case import Case
from tmjkit.knowledge import Library, library
from tmjkit.language import ENGLISH, LANGUAGES, speaking, translated
from tmjkit.letters.environment import Sandbox, sandbox, templates_read
from tmjkit.letters.gap import Gap, LetterError, MissingFacts
from tmjkit.letters.kinds import Kind, State, kind_of
from tmjkit.letters.letter import Block, BulletList, Heading, Letter, Paragraph, Run
from tmjkit.letters.parse import blocks_of
from tmjkit.letters.picture import picture
from tmjkit.letters.resolve import Resolver
from tmjkit.letters.situation import Situation, Voice
from tmjkit.letters.value import clean, sheet

_LONGEST: Final = 500_000  # characters; the longest real letter has 30,000


def compose(
    kind: str,
    case: Case,
    *,
    today: dt.date,
    draft: bool = False,
    about: str | None = None,
    coverage_id: str | None = None,
    voice: str | None = None,
    language: str = ENGLISH,
    templates_dir: Path | None = None,
    known: Library | None = None,
    exhibits: Sequence[str] = (),
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
    about
        Id of the record that it is about: a denial, request, claim, provider or contact, as the
        kind has it; else the one that the case calls for.
    coverage_id
        The coverage it is about; else the one of the denial or request, else the primary one.
    voice
        Who speaks and signs; else whom the kind takes for what it is about, else its first voice.
    language
        Language of the text, one of `tmjkit.language.LANGUAGES`. What is filed is in English; in
        another language it is a copy for the patient, and says so.
    templates_dir
        A folder with templates of one's own, looked into before those that ship.
    known
        Facts and policies; those that ship with tmjkit when left out.
    exhibits
        Ids of documents in the order in which they are to be labelled A, B, C; those that the
        letter does not cite are passed over, and those not named follow in the order in which it
        cites them first.

    Raises
    ------
    MissingFacts
        When facts are missing and it is not a draft.
    LetterError
        When there is no such kind, it does not apply to this case, the ids are not in the case,
        or a template is wrong.
    """
    which = kind_of(kind)
    with speaking(_spoken(which, language)), templates_read() as used:
        situation = situate(
            which,
            case,
            today,
            about=about,
            coverage_id=coverage_id,
            voice=voice,
            known=known,
        )
        fit = which.fits(situation)
        if fit.state is State.NOT:
            raise LetterError(fit.why)
        with sheet() as printed:
            context = picture(which, situation)
            try:
                markdown = _templates(templates_dir).get_template(f"{kind}.md.j2").render(context)
            except (TemplateError, TypeError, UnicodeDecodeError) as error:
                raise LetterError(_where(error, kind)) from error
            except RecursionError:
                raise LetterError(f"template {kind}.md.j2: it includes or calls itself") from None
        if len(markdown) > _LONGEST:
            raise LetterError(f"template {kind}.md.j2: it makes a letter that nobody could read")
        resolver = Resolver(case, printed)
        blocks = blocks_of(markdown, resolver)
        asked = _asked(exhibits, resolver)
        if asked:
            # What is cited is known only now, and a label stands in the words that cite it.
            resolver = Resolver(case, printed, asked)
            blocks = blocks_of(markdown, resolver)
    gaps = tuple(resolver.gaps)
    if gaps and not draft:
        raise MissingFacts(gaps)
    subject = situation.subject
    about_record = subject.about or subject.denial or subject.asked
    with speaking(language):
        title = translated(which.title)
        top = _copy(which, language)
        blocks = (*top, *(_banner(gaps) if draft else ()), *blocks, *(_missing(gaps)))
    return Letter(
        kind=which.kind,
        title=title,
        date=today,
        blocks=blocks,
        exhibits=resolver.exhibits,
        facts=tuple(resolver.facts),
        records=tuple(resolver.records),
        gaps=gaps,
        draft=draft,
        language=language,
        footer=", ".join(part for part in (title, clean(case.patient.name)) if part),
        voice=situation.voice.value,
        coverage_id=subject.coverage.id if subject.coverage else "",
        about_id=about_record.id if about_record else "",
        argues=which.argues,
        template=_digest(used),
    )


def situate(
    kind: Kind,
    case: Case,
    today: dt.date,
    *,
    about: str | None = None,
    coverage_id: str | None = None,
    voice: str | None = None,
    known: Library | None = None,
) -> Situation:
    """Choose what a letter of this kind is about.

    Raises
    ------
    LetterError
        When an id is not in the case, or the voice is not one of the kind's.
    """
    if voice is not None and voice not in kind.voices:
        names = ", ".join(kind.voices)
        raise LetterError(f"the voice of this letter should be one of: {names}")
    subject = kind.pick(case, today, about, coverage_id)
    speaker = next((item for item in kind.voices if item.value == voice), None)
    return Situation(
        case, today, speaker or kind.speaks(subject) or kind.voices[0], subject, known or library()
    )


def _asked(exhibits: Sequence[str], resolver: Resolver) -> tuple[str, ...]:
    """Return the cited documents in the order that was asked for; nothing where it is theirs."""
    cited = [item.document_id for item in resolver.exhibits]
    wanted = [name for name in dict.fromkeys(exhibits) if name in cited]
    order = (*wanted, *(name for name in cited if name not in wanted))
    return () if list(order) == cited else order


def _spoken(kind: Kind, language: str) -> str:
    """Return the language to speak.

    Raises
    ------
    LetterError
        When tmjkit does not speak it, or only clinicians sign letters of this kind.
    """
    if language not in LANGUAGES:
        raise LetterError(f"the language should be one of: {', '.join(LANGUAGES)}")
    if language != ENGLISH and Voice.PATIENT not in kind.voices:
        raise LetterError(
            "this letter is the clinician's and is written in English only; letters that a patient "
            "can sign have a copy in another language"
        )
    return language


def _copy(kind: Kind, language: str) -> tuple[Block, ...]:
    """Say on a copy in another language that it is a copy: what is filed is in English.

    What is not sent, such as a script, is read in the language of whoever speaks.
    """
    if language == ENGLISH or not kind.sent:
        return ()
    words = translated("Copy for the patient. The letter that is filed is the one in English.")
    return (Paragraph((Run(words, italic=True),)),)


def _digest(used: dict[str, Path]) -> str:
    """Return the digest of the templates that were used, by name."""
    digest = sha256()
    for name in sorted(used):
        digest.update(f"{name}\0{_source(used[name], used[name].stat().st_mtime_ns)}\0".encode())
    return digest.hexdigest()


@lru_cache(maxsize=256)
def _source(path: Path, _: int) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _templates(own: Path | None) -> Sandbox:
    """Return the sandbox for an office's own folder; a file that is new there is found too."""
    if own is None:
        return _sandbox(None, ())
    return _sandbox(own, tuple(sorted(str(file) for file in own.rglob("*.j2"))))


@lru_cache(maxsize=8)
def _sandbox(own: Path | None, _: tuple[str, ...]) -> Sandbox:
    folders = (own,) if own else ()
    return sandbox((*folders, resources.path("templates") / "letters"))


def _where(error: TemplateError | TypeError | UnicodeDecodeError, kind: str) -> str:
    """Say which template is wrong; none of Jinja's messages holds a value of the case."""
    if isinstance(error, TemplateSyntaxError):
        return f"template {error.name}, line {error.lineno}: {error.message}"
    if isinstance(error, TemplateNotFound):
        return f"there is no template {error.name}"
    if isinstance(error, UnicodeDecodeError):
        return f"template {kind}.md.j2, or a part of it: should be text in UTF-8; save it so"
    if isinstance(error, TypeError):
        return f"template {kind}.md.j2: it uses a value for what it is not ({error})"
    return f"template {kind}.md.j2: {error.message}"


def _banner(gaps: Sequence[Gap]) -> tuple[Block, ...]:
    count = {0: "", 1: " 1 fact is missing."}.get(len(gaps), f" {len(gaps)} facts are missing.")
    return (Paragraph((Run(f"DRAFT, not to be sent.{count}", bold=True, gap=True),)),)


def _missing(gaps: Sequence[Gap]) -> tuple[Block, ...]:
    if not gaps:
        return ()
    items = tuple((Run(gap.what, bold=True), Run(f". Enter it in: {gap.where}")) for gap in gaps)
    return (Heading(2, (Run("Missing facts"),)), BulletList(items))
