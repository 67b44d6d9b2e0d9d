"""A clinician's judgment is quoted or left blank, never written.

Source: practice of the office; a statement of medical opinion is its clinician's alone (28 USC
1746 for what signing it means).
"""

import re
from collections.abc import Iterator
from typing import Final

from tmjkit.case import Statement
from tmjkit.letters.letter import Blank, Quote
from tmjkit.letters.lint.matter import Matter, Said
from tmjkit.letters.lint.model import LintRule, Objection
from tmjkit.letters.lint.plainwords import flat, word_count

RULE: Final = LintRule(
    "written-judgment",
    "A clinician's judgment in the letter's own words",
    "A medical opinion, or that the treatment is necessary, is said in the template's own words, "
    "or a recorded statement stands without quotation marks.",
    "practice of the office: tmjkit judges for nobody",
)

_OPINION: Final = re.compile(
    r"\bin my (?:\w+ ){0,3}(?:opinion|judge?ment)\b"
    r"|\b(?:based on|in) my (?:clinical |professional |medical )(?:experience|judge?ment|opinion)\b"
    r"|\bto a reasonable degree of (?:medical|clinical|dental) certainty\b"
    r"|\bas (?:a|the|your|the treating) (?:physician|clinician|dentist|specialist),? i "
    r"(?:believe|find|judge|conclude|recommend)\b"
    r"|\bi (?:strongly |firmly )?(?:believe|conclude|judge|recommend|find|opine|expect) "
    r"(?:that )?(?:this|the|my|botulinum|botox|it|he|she|they|continued|further)\b"
    r"|\bi have (?:determined|concluded|judged)\b"
    r"|\ben mi opinion (?:medica|clinica|profesional)\b|\ba mi juicio (?:medico|clinico)\b"
)
_NECESSARY: Final = re.compile(
    r"\b(?:is|are|was|were|remains?|be) (?:therefore |clearly |both |indeed )*"
    r"(?:medically|clinically) (?:necessary|appropriate|indicated|required|justified)\b"
    r"|\b(?:is|are|remains?) (?:the )?(?:best|only|most appropriate) (?:\w+ )?"
    r"(?:option|choice|treatment|alternative)\b"
    r"|\bmedical necessity is (?:clear|shown|established|met|proven|evident)\b"
    r"|\bmedical necessity (?:clearly |plainly )?exists\b|\bthere is (?:clear )?medical necessity\b"
    r"|\bmedically,? (?:this|it|the treatment) is\b"
    r"|\b(?:is|are|remains?) (?:therefore |clearly |both )*(?:essential|necessary|needed|vital"
    r"|crucial|indispensable|required) to (?:prevent|avoid|treat|stop|relieve|preserve|protect"
    r"|restore|control|keep)\b"
    r"|\b(?:treatment|therapy|toxin|botox|injections?) (?:is|are|remains?) (?:therefore |clearly )?"
    r"(?:essential|necessary|needed|vital|crucial|indispensable)(?=\W*$|[.;,]| for (?:me|my|the "
    r"patient|her|his|this))"
    r"|\bin (?:the|my|her|his|our|their|this) (?:\w+ )?(?:doctor|dentist|clinician|physician"
    r"|specialist|surgeon|provider)(?:'s|s'|s)? (?:\w+ )?(?:view|opinion|judge?ment)\b"
    r"|\b(?:a juicio|en opinion) (?:de mi|del|de la) (?:medic[oa]|dentista|doctora?|especialista)\b"
    r"|\bnecesari[oa]s? desde el punto de vista (?:medico|clinico)\b"
    r"|\b(?:es|son) (?:esencial|necesari[oa]|indispensable)(?:es|s)? para "
    r"(?:prevenir|evitar|tratar)\b"
    r"|\b(?:es|son) (?:medicamente|clinicamente) (?:necesari[oa]s?|apropiad[oa]s?)\b"
)
_OPEN: Final = re.compile(
    r"\b(?:what|whether|if|why|which|how|whatever|is not|are not|isn't|not|que|si|no)\b[^.;:]*$"
)
_LONG: Final = 5


def check(matter: Matter) -> Iterator[Objection]:
    """Object to a medical opinion that nobody stated."""
    told = {item.id: flat(item.text) for item in matter.case.statements}
    for said in matter.said:
        if said.kind is Blank:
            continue
        own = re.sub(r'"[^"]*"', " ", said.own)
        found = (_OPINION.search(own) if _clinical(matter, own) else None) or _asserted(own)
        if found:
            yield said.refused(
                RULE,
                f"“{found[0]}” is a clinician's judgment, in words that no clinician wrote",
                "Enter what the clinician stated under Statements and quote it, or leave a blank "
                "for it.",
            )
        if told and said.kind is not Quote:
            yield from _bare_statement(matter, said, told)


def _clinical(matter: Matter, own: str) -> bool:
    """Tell whether an opinion is a clinician's: a patient may say what the patient thinks."""
    return matter.letter.voice != "patient" or any(
        word in own
        for word in ("medical", "clinical", "professional", "expert", "medica", "clinic")
    )


def _asserted(own: str) -> re.Match[str] | None:
    found = _NECESSARY.search(own)
    if found is None or own.endswith("?") or _OPEN.search(own[: found.start()]):
        return None
    return found


def _bare_statement(matter: Matter, said: Said, told: dict[str, str]) -> Iterator[Objection]:
    """Object to the words of a recorded statement that stand outside quotation marks."""
    outside = re.sub(r'"[^"]*"', " ", said.flat)
    for record in matter.records_of(said):
        if not isinstance(record, Statement):
            continue
        for run in said.sentence.runs:
            words = flat(run.text)
            if (
                record.id in run.records
                and word_count(words) >= _LONG
                and words in told[record.id]
                and words in outside
            ):
                yield said.refused(
                    RULE,
                    "words that a person stated stand here as if they were the letter's own",
                    "Put them in quotation marks, with who stated them and when.",
                )
