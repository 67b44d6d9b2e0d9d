"""Each reason of a denial is quoted and answered.

Sources: 29 CFR 2560.503-1(h)(2)(iv) and 45 CFR 147.136(b): a review looks at what the claimant
says. A reason that nobody answered stands.
"""

from collections.abc import Iterator
from typing import Final

from tmjkit.case import Reason
from tmjkit.language import speaking, translated
from tmjkit.letters.kinds import kinds
from tmjkit.letters.letter import BulletList, Heading, Letter, Paragraph, Table
from tmjkit.letters.lint.matter import Matter, Said
from tmjkit.letters.lint.model import LintRule, Objection
from tmjkit.letters.lint.plainwords import flat, squeezed, word_count

RULE: Final = LintRule(
    "unanswered-reason",
    "A reason of the denial left unanswered",
    "A letter against a denial does not quote one of its reasons, or has no section that answers "
    "it in more than another quote.",
    "29 CFR 2560.503-1(h)(2)(iv); 45 CFR 147.136(b): the review takes into account what is sent in",
)

_ANSWER: Final = ("answer", "respuesta")
_WORDS: Final = 5


def check(matter: Matter) -> Iterator[Objection]:
    """Object to reasons of the denial that are not quoted or not answered."""
    if matter.denial is None or not _answers(matter.letter):
        return
    words = tuple(squeezed(said.text) for said in matter.said)
    for reason in matter.denial.reasons:
        told = reason.text or reason.carc or reason.rarc or ""
        needle = squeezed(told)
        if not needle:
            continue
        shown = f"“{told}”"
        place = next((at for at, text in enumerate(words) if needle in text), None)
        if place is None:
            yield Objection(
                RULE.id,
                0,
                told,
                f"the denial gives the reason {shown}, and the letter does not quote it",
                "Quote the reason word for word, and answer it below.",
            )
        elif not _answered(matter, reason, place):
            yield matter.said[place].refused(
                RULE,
                f"it quotes the reason {shown}, and no section of the letter answers it",
                "Add a section under the reason's name that says why it does not hold, and which "
                "record shows that.",
            )


def _answers(letter: Letter) -> bool:
    """Tell whether a letter is one that argues against a decision; to ask for a talk is not."""
    return letter.argues and any(kind.about_denial for kind in kinds() if kind.kind == letter.kind)


def _answered(matter: Matter, reason: Reason, place: int) -> bool:
    """Tell whether a section under the reason's name holds more than quotes, behind the quote."""
    names = _names(matter, reason)
    for at, said in enumerate(matter.said):
        if said.kind is not Heading or not any(name in said.flat for name in names):
            continue
        section = _section(matter, at)
        inside = at < place < at + 1 + len(section)
        body = section[place - at :] if inside else section
        if (inside or at > place) and any(_is_answer(matter, item) for item in body):
            return True
    return False


def _names(matter: Matter, reason: Reason) -> tuple[str, ...]:
    if reason.kind is None:
        return _ANSWER
    with speaking(matter.letter.language):
        return flat(reason.kind.label), flat(translated(reason.kind.label))


def _section(matter: Matter, at: int) -> tuple[Said, ...]:
    """Return what stands under a heading, to the next one of its rank or a higher one."""
    block = matter.letter.blocks[matter.said[at].block]
    level = block.level if isinstance(block, Heading) else 0
    found = []
    for said in matter.said[at + 1 :]:
        other = matter.letter.blocks[said.block]
        if isinstance(other, Heading) and other.level <= level:
            break
        found.append(said)
    return tuple(found)


def _is_answer(matter: Matter, said: Said) -> bool:
    """Tell whether it says something about the reason, and does not only tell of the notice."""
    if any(run.gap for run in said.sentence.runs):
        return True
    if not issubclass(said.kind, BulletList | Paragraph | Table):
        return False
    denial = matter.denial
    if denial is not None and said.records and set(said.records) <= {denial.id}:
        return False
    return word_count(said.own) >= _WORDS or bool(said.records or said.facts)
