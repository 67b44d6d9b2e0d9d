"""No product is called approved for TMD or bruxism: the use is off-label.

Sources: BOTOX prescribing information, section 1 (fact E-LABEL-IND); 21 CFR 201.57(c)(2) for what
an indication is. To say that a use is not approved is right, in whatever words.
"""

import re
from collections.abc import Iterator
from typing import Final

from tmjkit.letters.lint.matter import Matter, Said
from tmjkit.letters.lint.model import LintRule, Objection
from tmjkit.letters.lint.plainwords import flat

RULE: Final = LintRule(
    "approved-use",
    "Called approved for TMD",
    "A sentence calls the treatment FDA-approved, cleared, labeled or indicated for TMD, bruxism, "
    "clenching or the jaw muscles.",
    "BOTOX prescribing information, section 1: TMD is no approved indication",
)

_FDA: Final = (
    r"(?:\bf\.?\s?d\.?\s?a\b\.?|\bfda(?=approv|clear|licens|label|endors)"
    r"|food (?:and|&) drug administration|\b(?:federal )?regulators?\b|\bhealth authorities\b"
    r"|administracion de (?:alimentos y medicamentos|medicamentos y alimentos))"
)
_APPROVE: Final = (
    r"(?:approv(?:ed|al|als|es|ing)|clear(?:ed|ance|s)|licens(?:ed|ure)|authoriz(?:ed|ation)"
    r"|label(?:l?ed|ing)?|indicat(?:ed|ion|ions)|aprob(?:ad[oa]s?|acion|o)|autorizad[oa]s?"
    r"|indicad[oa]s?|indicacion(?:es)?|endors(?:ed|es|ement)|sanction(?:ed|s)|accept(?:ed|s|ance)"
    r"|green-?(?:lit|lights?|lighted)|bless(?:ed|es|ing)|avala(?:d[oa]s?|n)?"
    r"|respald(?:an?|ad[oa]s?|o))"
)
# Words that speak of the FDA or of the label whatever stands around them.
_STRONG: Final = re.compile(
    rf"{_FDA}[\s'-]{{0,3}}s?\s?"
    r"(?:has |have |had |ha |already |fully |formally |recently |now |given |gave |granted |its "
    rf"|full |formal |su |dio ){{0,4}}{_APPROVE}"
    rf"|\b{_APPROVE}\b(?:\W+\w+){{0,3}}?\W+(?:by|from|of|por|de) (?:the |la )?(?:u\.?s\.? )?{_FDA}"
    r"|\b(?:approved|labell?ed|licensed|on-?label|aprobad[oa]) (?:indication|use|treatment|therapy"
    r"|indicacion|uso|tratamiento)s?\b|\b(?:indicacion|uso|tratamiento) aprobad[oa]\b"
    r"|\bon[- ]label\b|\blabell?ed for\b|\bindicated (?:for|in|to)\b|\bindicad[oa]s? (?:para|en)\b"
    r"|\b(?:federal(?:ly)?|government(?:ally)?|regulatory|regulator)[ -]approv(?:al|ed)\b"
    r"|\b(?:within|inside|part of|covered by) (?:the|its|botox's) (?:\w+ )?label(?:l?ing)?\b"
    r"|\b(?:package insert|prescribing information|label(?:l?ing)?) "
    r"(?:lists|names|includes|mentions|covers)\b"
)
# Words that payers use too: 'your plan approved it for TMD' says nothing of the FDA.
_WEAK: Final = re.compile(
    r"\b(?:approved|cleared|licensed|authorized|aprobad[oa]s?|autorizad[oa]s?)"
    r" (?:for|to treat|in|para|en)\b"
)
_PAYER: Final = re.compile(
    r"\b(?:you|your|plan|payer|insurer|insurance|company|carrier|request|authorization|sessions?"
    r"|course|claim|coverage|administrator|department|appeal|benefit|usted|seguro|solicitud)\b"
)
_CONDITION: Final = re.compile(
    r"\b(?:tmjd?|tmd|temporo-?mandibular(?:es)?|cranio-?mandibular(?:es)?|bruxism|bruxers?|brux|clench\w*"
    r"|grind(?:ing|s)?|jaws?|masseters?|masseteric|temporalis|masticat\w+|chewing|orofacial(?:es)?"
    r"|myofascial|ttm|atm|mandibul\w+|maseter\w*|maseteros?|bruxismo|apretamiento|apretar"
    r"|rechinar|rechinamiento|miofascial(?:es)?"
    r"|(?:this|that|my|the patient's|this patient's|such a) (?:use|purpose|condition|diagnosis"
    r"|indication|disorder|problem|pain|treatment)|est[ea] (?:uso|afeccion|diagnostico|trastorno)"
    r"|mi (?:afeccion|diagnostico|dolor))\b"
)
_NOT: Final = re.compile(
    r"\b(?:not|no|never|neither|nor|without|none|nobody|nothing|cannot|lacks?|lacking|unapproved"
    r"|unlabell?ed|non|off-?label|outside|beyond|rather than|instead of|whether|if|unless"
    r"|ni|sin|nunca|tampoco|ningun[oa]?|fuera de|aunque no)\b|n't\b|\bnon-"
)
_NO_NOT: Final = re.compile(
    r"\bno (?:doubt|question|less)\b|\bnot (?:only|just|merely|simply)\b"
    r"|\bwithout (?:a |any )?doubt\b"
    r"|\bsin duda\b|\bno solo\b|\bnot (?:true|correct|right) that\b"
    r"|\bnobody (?:doubts|denies)\b"
)
_UNTRUE: Final = re.compile(r"\bnot (?:true|correct|right) that\b|\b(?:wrong|untrue|false) that\b")
# What it is approved for, or used for without being so: a sentence that names one of these is about
# that use, and not about this treatment.
_ELSEWHERE: Final = re.compile(
    r"\b(?:migraines?|headaches?|spasticity|dystonia|blepharospasm|strabismus|hyperhidrosis"
    r"|sweating|bladder|incontinence|sialorrhea|drooling|wrinkles?|glabellar|lines|cosmetic"
    r"|palsy|(?:other|another|different|some|certain|several|eight) (?:\w+ )?"
    r"(?:conditions?|uses?|indications?|purposes?|diseases?|things?|adults?)"
    r"|what|migranas?|cefaleas?|espasticidad|distonia|blefaroespasmo|estrabismo|hiperhidrosis"
    r"|vejiga|arrugas|otr[oa]s? (?:afeccion(?:es)?|usos?|indicacion(?:es)?|fines))\b"
)
_IT: Final = (
    r"(?:(?:botox|botulinum|toxins?|toxina|xeomin|dysport|jeuveau|myobloc|daxxify|drug|medicine"
    r"|medication|product|treatment|therapy|injections?|medicamento|producto|tratamiento"
    r"|inyecciones|it|this)\b[^.;]{0,40}?)"
)
# 'The treatment is FDA-approved', with nothing said of what for.
_ALONE: Final = re.compile(
    rf"\b{_IT}\b(?:is|are|was|were|has|have|been|esta|es|fue|ha sido|cuenta con|tiene|carries"
    rf"|enjoys|received|bears)\b[^.;]{{0,25}}?(?:{_FDA}[\s'-]{{0,3}}s?\s?{_APPROVE}"
    rf"|\b{_APPROVE} (?:by|from|of|por|de) (?:the |la )?(?:u\.?s\.? )?{_FDA})"
    rf"|{_FDA}[\s'-]{{0,3}}(?:has |have |ya |already )?(?:approv(?:ed|es)|aprobo|ha aprobado"
    rf"|endors(?:ed|es)|accept(?:ed|s)|clear(?:ed|s)|sanction(?:ed|s))\b[^.;]{{0,20}}?\b{_IT}"
    r"|\b(?:botox|botulinum toxin|xeomin|dysport|drug|medicine|medication|product) (?:is|has been|"
    r"was) (?:fully |already |now )?approved\W*$"
)
_OFF_LABEL: Final = re.compile(
    r"^(?: (?:pain|disorders?|here|itself))?,? (?:is|are|remains?|stays|es|esta|sigue) "
    r"(?:still |only |therefore )?(?:an? )?(?:off-?label|unapproved|not \w*-?approved|fuera de)\b"
)
# Behind one of these a 'not' reaches no further: 'not experimental, because it is approved'.
_BREAK: Final = re.compile(
    r"\b(?:because|since|but|however|therefore|although|though|while|whereas|yet|porque|pero"
    r"|ya que|sin embargo|as it|and (?:it |they |so )?(?:is|are|was|were|has|have)|y (?:esta|es)"
    r"|which (?:is|are|was|has))\b"
)
_DENIED_LATER: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|had|does|do|did|would)(?:n't| not| never| nowhere)\b"
    r"|\b(?:is|are) (?:lacking|missing|absent)\b|\b(?:no|nunca) (?:existe|esta|ha|fue|se)\b"
)
# Without one of these nothing is called approved, so that most sentences are looked at once.
_STEMS: Final = (
    *("approv", "clear", "licens", "authoriz", "label", "indica", "aprob", "autoriz", "endors"),
    *("sanction", "accept", "green", "bless", "avala", "respald", "insert", "prescrib"),
)
_CLAUSES: Final = re.compile(
    r"[;:]\s|[!?]\s|(?<!\b\w)(?<!\bdr)(?<!\bmr)(?<!\bms)(?<!\bmrs)(?<!\bvs)(?<!\binc)\.\s|,?\s\b(?:but|however|pero)\b\s"
)


def check(matter: Matter) -> Iterator[Objection]:
    """Object to each sentence that calls the treatment approved for the jaw."""
    decisions = frozenset(item.id for item in matter.case.determinations)
    passages = tuple(matter.passages(lambda said: _words(said, decisions)))
    of_jaw = any(_CONDITION.search(passage.text) for passage in passages)
    for passage in passages:
        if not any(stem in passage.text for stem in _STEMS):
            continue
        start = 0
        for end in (*_CLAUSES.finditer(passage.text), None):
            clause = passage.text[start : end.start() if end else None]
            place = _calls_approved(clause)
            if place is None and of_jaw:
                place = _stands_alone(clause)
            if place is not None:
                yield passage.at(start + place).refused(
                    RULE,
                    "it calls the treatment approved or indicated for the jaw, and no botulinum "
                    "toxin is: the use is off-label",
                    "Say that the use is off-label, or leave the sentence out.",
                )
            start = end.end() if end else 0


def _words(said: Said, decisions: frozenset[str]) -> str:
    """Return the words to look at: what the payer's own notice says is the payer's."""
    if decisions.isdisjoint(said.records):
        return said.flat
    kept = (
        run.text
        for run in said.sentence.runs
        if not (run.records and decisions.issuperset(run.records))
    )
    return flat("".join(kept))


def _calls_approved(clause: str) -> int | None:
    """Return where a clause calls the treatment approved for the jaw; None where it does not."""
    found = [*_STRONG.finditer(clause)]
    if not _PAYER.search(clause):
        found += _WEAK.finditer(clause)
    for match in found:
        reaches = _CONDITION.search(clause, 0, match.start()) or _reaches(clause[match.end() :])
        if reaches and not _denied(clause, match):
            return match.start()
    return None


def _reaches(after: str) -> bool:
    """Tell whether what is approved reaches the jaw, not so 'for migraine, off-label for TMD'."""
    place = _CONDITION.search(after)
    if place is None or _NOT.search(after, 0, place.start()):
        return False
    elsewhere = _ELSEWHERE.search(after, 0, place.start())
    return not (elsewhere and _OFF_LABEL.search(after[place.end() :]))


def _stands_alone(clause: str) -> int | None:
    """Return where a clause calls it approved and names no use at all: the letter is of the jaw."""
    found = _ALONE.search(clause)
    if found is None or _CONDITION.search(clause) or _ELSEWHERE.search(clause):
        return None
    if _NOT.search(_NO_NOT.sub(" ", clause)):
        return None
    return found.start()


def _denied(clause: str, match: re.Match[str]) -> bool:
    before = clause[: match.start()]
    breaks = [found.end() for found in _BREAK.finditer(before)]
    near = _NO_NOT.sub(" ", before[breaks[-1] :] if breaks else before)
    if bool(_NOT.search(near)) is not bool(_UNTRUE.search(before)):
        return True
    after = clause[match.end() :]
    end = _BREAK.search(after)
    return _DENIED_LATER.search(after[: end.start()] if end else after) is not None
