"""No claim without a source.

Source: practice of the office. Numbers, law, and what a treatment does come from a record or a
fact, so that whoever doubts one can look it up; a template's own words only lead from one to the
next.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from tmjkit.case import (
    Coverage,
    Determination,
    Document,
    PartialDate,
    Patient,
    Provider,
    Record,
    Representative,
)
from tmjkit.language import speaking
from tmjkit.letters.letter import BulletList, Heading, Paragraph, Quote, Table
from tmjkit.letters.lint.citations import STATE_NAMES
from tmjkit.letters.lint.matter import Matter, Said
from tmjkit.letters.lint.model import LintRule, Objection
from tmjkit.letters.lint.plainwords import flat
from tmjkit.letters.view import date_words

RULE: Final = LintRule(
    "unsourced-claim",
    "A claim without a source",
    "The letter's own words state a number, a date, a law, an effect, a safety or a promise, and "
    "neither a record nor a fact stands behind the sentence.",
    "practice of the office: what can be checked names what shows it",
)

_LOOKED_AT: Final = (BulletList, Heading, Paragraph, Quote, Table)
_WHO: Final = (Patient, Coverage, Provider, Representative)
"""Records that say who somebody is; they show nothing about a treatment."""

_COUNT: Final = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty"
    r"|fifty|sixty|seventy|eighty|ninety|a hundred|one hundred|hundred|thousand|un[oa]?|dos|tres"
    r"|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|veinte|cien)"
)
# Names with a number in them, which state nothing: a form, a questionnaire, a page, a step.
_NAMED: Final = re.compile(
    r"\b(?:cms|hcfa|form|formulario|ub|w|icd|cpt|phq|gad|gcps|jfls|axis|part|box(?:es)?|field"
    r"|step|item|level|question|page|pages|pp?\.|no\.|version|casilla|paso|parte|nivel|pregunta"
    r"|pagina|form cms)[-\s]*\d[\w./-]*"
)
_NUMBER: Final = re.compile(
    r"\d[\d.,:/-]*%?|\bper ?cent\b|\bpor ?ciento\b"
    r"|\b(?:half|most|many|hundreds|thousands|la mayoria|la mitad) (?:of|de) (?:the |los |las )?"
    r"(?:patients|people|studies|trials|cases|doctors|pacientes|personas|estudios|casos)\b"
    r"|\bmost (?:patients|people|doctors|studies)\b"
    rf"|\b{_COUNT} (?:out of|in|of) (?:every )?{_COUNT}\b|\b{_COUNT} de cada {_COUNT}\b"
    r"|\bby (?:half|a third|two thirds|a quarter)\b|\b(?:two|three) (?:thirds|quarters) of\b"
)
_STATE: Final = rf"(?:{'|'.join(sorted(STATE_NAMES, key=len, reverse=True)).lower()})"
_REQUIRES: Final = (
    r"(?:requires?|mandates?|obliges?|entitles?|guarantees?|forbids?|prohibits?|compels?|exige"
    r"|obliga)"
)
_CITED: Final = re.compile(
    r"\btitle (?:xix|xviii|xxi)\b|\bknox-keene\b|\b(?:no surprises|mental health parity(?: and "
    r"addiction equity)?|medicaid|medicare|social security|public health service|phs) act\b"
    r"|\b(?:c\.?\s?f\.?\s?r|u\.?\s?s\.?\s?c)\b|\u00a7|\berisa\b|\bhipaa\b|\baffordable care act\b"
)
_LAW: Final = re.compile(
    r"\b(?:federal |state )?(?:laws?|regulations?|statutes?|rules?) (?:requires?|gives?|says?"
    r"|obliges?|entitles?|forbids?|prohibits?|guarantees?|mandates?|states?)\b"
    r"|\b(?:required|obliged|forbidden|entitled|prohibited|mandated) (?:by|under) "
    r"(?:the |federal |state )*(?:law|regulation|statute)s?\b"
    rf"|\bunder (?:federal|state|{_STATE})(?:'s)? (?:\w+ )?laws?\b"
    rf"|\b(?:{_STATE}|the state|(?:my|your|this|our) state|the aca|medicaid|medicare|congress"
    rf"|commissioner|el estado) (?:(?:also|clearly|now|law) )*{_REQUIRES}\b"
    r"|\baca (?:requires?|says|gives|applies|obliges|mandates?|entitles|forbids|prohibits)\b"
    r"|\b(?:must|shall|have to),? by law\b|\bby law,? (?:you|your|the plan|it|they) \w+"
    r"|\bfiduciary dut(?:y|ies)\b|\bla ley (?:me|le|les|nos) (?:da|obliga|exige|concede)\b"
    r"|\blegally (?:required|obliged|bound|entitled)\b"
    r"|\bla ley (?:exige|obliga|prohibe|da|dice)\b|\b(?:segun|por) (?:la )?ley\b"
)
_EFFECT: Final = re.compile(
    r"\beffective\b(?! (?:date|on|from|as of|until|\d))|\bineffective\b|\befficac\w+"
    r"|\bproven\b|\bproves?\b|\bscientifically\b|\bclinically shown\b|\bwell[- ]tolerated\b"
    r"|\bsafe(?:ly|r|st)?\b(?! (?:harbor|date|day))|\bharmless\b|\brisk[- ]free\b|\bno risks?\b"
    r"|\bside[- ]effects?\b(?! (?:plan|watch))|\bsuccess(?:ful)? rates?\b|\bgold standard\b"
    r"|\bstandard of care\b|\bsuperior to\b|\bbetter than\b|\bworks (?:well|best|for)\b"
    r"|\bcures?d?\b"
    r"|\b(?:toxins?|botox|injections?|treatments?|medicines?|medication|drug|therapy|it|they|this)"
    r" (?:also |often |usually |clearly |greatly |quickly |really )*(?:relieves?|eases?|alleviates?"
    r"|improves?|lessens?|reduces? (?:\w+ ){0,2}?(?:pain|clenching|symptoms?|spasms?)|heals?"
    r"|helps? (?:nearly|almost|most|everyone|every|all|patients|people|with)"
    r"|stops? (?:the )?pain)\b"
    r"|\b(?:patients|people) (?:\w+ )?(?:improve|recover|get better|benefit)\b"
    r"|\b(?:no|without|free of|few|hardly any) (?:known |serious |lasting |any |major )*"
    r"(?:adverse|side|ill|unwanted|harmful)[- ](?:effects?|events?|reactions?)\b"
    r"|\b(?:no|without) (?:danger|harm|complications?)\b"
    r"|\b(?:[a-z]{2,5}|academy|association|society|college|guidelines?|organi[sz]ation|institute"
    r"|board|bodies|societies|academies|specialists?|experts) (?:strongly |also |all )*"
    r"(?:recommends?|endorses?|advises?|accepts?) (?:the use of |using )?"
    r"(?:botulinum|botox|the toxin|the treatment|this treatment|injections?|toxin)\b"
    r"|(?<!that the )\b(?:academy|association|society|college|institute|academies|societies)"
    r"(?: of \w+(?: \w+){0,3})? (?:strongly |also |all )*(?:recommends?|endorses?|supports?)\b"
    r"|(?<!that the )\b(?:guidelines?|reviews?|meta-analys[ei]s) (?:\w+ )?"
    r"(?:supports?|shows?|proves?|confirms?|recommends?|finds?|found|concludes?)\b"
    r"|\b(?:toxina|botox|tratamiento|inyecci[o]n(?:es)?|medicamento) (?:\w+ )?(?:alivian?"
    r"|mejoran?|curan?|reducen?|calman?|quitan?)\b"
    r"|\bsin (?:\w+ )?(?:efectos (?:secundarios|adversos)|riesgos?|peligro)\b"
    r"|\b(?:stud(?:y|ies)|research|trials?|evidence|literature|science|experts?|data|doctors?) "
    r"(?:clearly |also |has |have )*(?:shows?|shown|proves?|proven|confirms?|confirmed|supports?"
    r"|agrees?|suggests?|demonstrates?|finds?|found)\b"
    r"|\b(?:is|are|was|were) covered (?:by|under)\b"
    r"|\b(?:eficaz|eficaces|eficacia|efectiv[oa]s?|segur[oa]s? y|demostrad[oa]s?|comprobad[oa]s?)\b"
    r"|\b(?:los estudios|las investigaciones|la evidencia|los expertos) (?:\w+ )?"
    r"(?:muestran?|demuestran?|confirman?|apoyan?)\b|\best[ae]n? cubiert[oa]s?\b"
)
_PROMISE: Final = re.compile(
    r"\bguarante\w+|\balways\b|\bnever\b|\bundoubtedly\b|\bwithout (?:any |a )?doubt\b"
    r"|\b(?:treatment|toxin|botox|injections?|medicine|drug|it|they) will (?:surely |certainly )?"
    r"(?:work|help|relieve|stop|cure|heal|end|improve|prevent|reduce|succeed)\b"
    r"|\bgarantiz\w+|\bsiempre\b|\bnunca\b|\bjamas\b|\bsin duda\b"
)
_ORDER: Final = re.compile(
    r"^\W*(?:please|por favor|sirvase)\b(?! (?:note|remember|see|understand|consider|be aware"
    r"|authorize|approve|cover|pay|tenga en cuenta|recuerde|autorice|apruebe|cubra|pague))"
    r"|^\W*(?:ask|say|tell|send|give|call|write|name|confirm|note down|always|never|do not|don't"
    r"|pregunte|diga|digame|envie|escriba|confirme|nunca|siempre|no)\b"
)
_AS_FACT: Final = "Cite the law as a fact of the knowledge base, with fact()."
_OF_LAW: Final = ((_CITED, "a law", _AS_FACT), (_LAW, "what the law says", _AS_FACT))
_KINDS: Final = (
    *_OF_LAW,
    (_EFFECT, "what a treatment does", "Cite the study or the record that shows it, or leave it."),
    (_PROMISE, "a promise", "Promise nothing: say what is on record."),
    (_NUMBER, "a number", "Print the number from the case or from a fact, so that it is cited."),
)


def check(matter: Matter) -> Iterator[Objection]:
    """Object to claims in the template's own words that nothing stands behind."""
    days = _days(matter)
    for said in matter.said:
        if issubclass(said.kind, _LOOKED_AT) and not _stands(matter, said, law=True):
            found = _claim(matter, said, days)
            if found:
                yield found


def _claim(matter: Matter, said: Said, days: tuple[str, ...]) -> Objection | None:
    kinds = _OF_LAW if _stands(matter, said, law=False) else _KINDS
    own = said.own
    for day in days:
        own = own.replace(day, "")
    own = _NAMED.sub("", own)
    asks = own.endswith("?") or _ORDER.search(own)
    for pattern, what, instead in kinds:
        found = pattern.search(own)
        if found and (pattern is _CITED or not asks):
            why = f"“{found[0].strip()}” states {what}, and nothing that the letter cites shows it"
            return said.refused(RULE, why, instead)
    return None


def _days(matter: Matter) -> tuple[str, ...]:
    """Return today as a letter writes it: that it is written today needs no source."""
    return tuple(
        _day(PartialDate.of(day), language)
        for day in {matter.letter.date, matter.today}
        for language in {matter.letter.language, "en"}
    )


@lru_cache(maxsize=32)
def _day(day: PartialDate, language: str) -> str:
    with speaking(language):
        return flat(date_words(day))


def _stands(matter: Matter, said: Said, *, law: bool) -> bool:
    """Tell whether a record or fact stands behind a sentence."""
    if said.facts or any(run.gap for run in said.sentence.runs):
        return True
    return any(_shows(record, law=law) for record in matter.records_of(said))


def _shows(record: Record, *, law: bool) -> bool:
    """Tell whether a record can show a claim; of law only a decision or a paper can."""
    if law:
        return isinstance(record, Determination | Document)
    return not isinstance(record, _WHO)
