"""What triage says of a denial: classes with their signs, grounds, routes and the next letter."""

from dataclasses import dataclass
from typing import Any

from tmjkit.case import Choice
from tmjkit.knowledge.denial import DenialKind
from tmjkit.rules.model import RegimeResult


class How(Choice):
    """What a sign is."""

    WORDS = "words", "the notice's words"
    CARC = "carc", "claim adjustment reason code"
    RARC = "rarc", "remittance advice remark code"
    RECORDED = "recorded", "the kind recorded for the reason"


class Route(Choice):
    """A way that can be gone against a denial."""

    CORRECTED_CLAIM = "corrected-claim", "Corrected claim"
    SEND_INFORMATION = "send-information", "Send what is missing"
    LATE_AUTHORIZATION = "late-authorization", "Authorization after the service"
    OTHER_BENEFIT = "other-benefit", "The other benefit or payer"
    NETWORK_EXCEPTION = "network-exception", "Exception for a gap in the network"
    SPONSOR = "sponsor", "Exception by the employer"
    STEP_EXCEPTION = "step-exception", "Exception from step therapy"
    INTERNAL = "internal", "Appeal to the payer"
    SECOND_INTERNAL = "second-internal", "Second appeal to the payer"
    EXTERNAL = "external", "Review outside the plan"
    FAIR_HEARING = "fair-hearing", "State fair hearing"


class Opening(Choice):
    """Whether a route is open."""

    OPEN = "open", "Open"
    LATER = "later", "Open later"
    ASK = "ask", "To be found out"
    DOUBTFUL = "doubtful", "Usually not open"
    CLOSED = "closed", "Not open"


class Standing(Choice):
    """How strong the case against a denial looks, in words; never a probability or a promise."""

    CLOSED = "closed-by-plan", "Closed by the plan's terms"
    WEAK = "weak", "Weak as it stands"
    UNKNOWN = "unknown", "Cannot be told yet"
    ARGUABLE = "arguable", "Arguable"
    STRONG = "strong-points", "Strong points"
    MENDABLE = "mendable", "Can be mended by correcting or adding"

    @property
    def rank(self) -> int:
        """Place from the weakest, from 0."""
        return list(Standing).index(self)


class Pull(Choice):
    """Which way a ground pulls."""

    FOR = "for", "Helps"
    AGAINST = "against", "Must be answered"
    OPEN = "open", "To find out"


@dataclass(frozen=True, slots=True)
class Sign:
    """What says that a class holds.

    Parameters
    ----------
    how
        What it is.
    text
        The notice's own words, the code as it is recorded, or the label of the recorded kind.
    reason
        Place of the reason in the determination, from 1.
    start, end
        Where the words stand in the reason's text; None for codes and kinds.
    sure
        Whether it tells this class and no other.
    says
        For a code: what it means, in own words.
    facts
        Ids of the facts that it rests on.
    """

    how: How
    text: str
    reason: int
    start: int | None = None
    end: int | None = None
    sure: bool = True
    says: str = ""
    facts: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold."""
        return {
            "how": self.how.value,
            "text": self.text,
            "reason": self.reason,
            "start": self.start,
            "end": self.end,
            "sure": self.sure,
            "says": self.says,
            "facts": list(self.facts),
        }


@dataclass(frozen=True, slots=True)
class Ground:
    """One thing that speaks for or against, or has to be found out."""

    pull: Pull
    says: str
    records: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold."""
        return {
            "pull": self.pull.value,
            "says": self.says,
            "records": list(self.records),
            "facts": list(self.facts),
        }


@dataclass(frozen=True, slots=True)
class Way:
    """A route, whether it is open and why."""

    route: Route
    opening: Opening
    says: str
    facts: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold."""
        return {
            "route": self.route.value,
            "opening": self.opening.value,
            "says": self.says,
            "facts": list(self.facts),
        }


@dataclass(frozen=True, slots=True)
class NextLetter:
    """The paper that comes next: a stable name of its kind, and a sentence."""

    kind: str
    says: str

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold."""
        return {"kind": self.kind, "says": self.says}


@dataclass(frozen=True, slots=True)
class ClassFound:
    """One class that holds of a denial.

    Parameters
    ----------
    kind
        The class.
    rule
        Id of the rule that says it.
    sure
        Whether a sign tells it and no other class; else it is only possible.
    signs
        What says so, in the order of the reasons.
    argue, barred
        What can be argued, and what can't or does not help.
    standing, grounds
        How strong it looks, and why.
    ways
        The routes, with whether each is open.
    letter
        The paper that comes next for it.
    facts
        Ids of the facts on the class itself.
    """

    kind: DenialKind
    rule: str
    sure: bool
    signs: tuple[Sign, ...]
    argue: tuple[str, ...]
    barred: tuple[str, ...]
    standing: Standing
    grounds: tuple[Ground, ...]
    ways: tuple[Way, ...]
    letter: NextLetter
    facts: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The class in words."""
        return self.kind.label if self.sure else f"{self.kind.label} (possible)"

    @property
    def used(self) -> tuple[str, ...]:
        """Ids of all facts that it rests on, each once."""
        groups = (
            self.facts,
            *(sign.facts for sign in self.signs),
            *(ground.facts for ground in self.grounds),
            *(way.facts for way in self.ways),
        )
        return tuple(dict.fromkeys(name for group in groups for name in group))

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold."""
        return {
            "kind": self.kind.value,
            "label": self.label,
            "rule": self.rule,
            "sure": self.sure,
            "signs": [sign.as_json() for sign in self.signs],
            "argue": list(self.argue),
            "barred": list(self.barred),
            "standing": self.standing.value,
            "standing_words": self.standing.label,
            "grounds": [ground.as_json() for ground in self.grounds],
            "ways": [way.as_json() for way in self.ways],
            "letter": self.letter.as_json(),
            "facts": list(self.facts),
        }


@dataclass(frozen=True, slots=True)
class StateLaw:
    """What is on record of a state's law on coverage, and whether it reaches this plan.

    `reaches` is None where that has to be found out.
    """

    reaches: bool | None
    says: str
    facts: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold."""
        return {"reaches": self.reaches, "says": self.says, "facts": list(self.facts)}


@dataclass(frozen=True, slots=True)
class Cited:
    """A fact as it is shown: with its citation and what has to be said beside it."""

    id: str
    title: str
    citation: str
    caveat: str

    @property
    def words(self) -> str:
        """The citation, with its caveat."""
        return f"{self.citation} ({self.caveat})" if self.caveat else self.citation

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold."""
        return {
            "id": self.id,
            "title": self.title,
            "citation": self.citation,
            "caveat": self.caveat,
        }


@dataclass(frozen=True, slots=True)
class Triage:
    """What kind of denial a determination is, and what can be done about it.

    Parameters
    ----------
    determination_id
        Id of the determination.
    coverage_id
        Id of its coverage; None where the case does not say which.
    law
        The regime of that coverage; None where it is not known which coverage decided.
    classes
        The classes that hold, in a fixed order.
    standing
        The weakest of them: a denial falls only when each of its reasons is answered.
    lead
        What it comes to, in a sentence or two.
    asks
        What to find out before anything is sent, one sentence each.
    disagreements
        Where the recorded kind and the notice's words or codes tell different classes.
    warnings
        What must not be overlooked, such as a diagnosis that no record supports.
    state_law
        What is on record of the state's law on coverage.
    cited
        Every fact that it rests on.
    """

    determination_id: str
    coverage_id: str | None
    law: RegimeResult | None
    classes: tuple[ClassFound, ...]
    standing: Standing
    lead: str
    asks: tuple[Ground, ...] = ()
    disagreements: tuple[str, ...] = ()
    warnings: tuple[Ground, ...] = ()
    state_law: tuple[StateLaw, ...] = ()
    cited: tuple[Cited, ...] = ()

    @property
    def weakest(self) -> ClassFound | None:
        """The class that decides whether the denial can fall: a sure one before a possible one."""
        return min(self.classes, key=lambda item: (not item.sure, item.standing.rank), default=None)

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON can hold."""
        return {
            "determination": self.determination_id,
            "coverage": self.coverage_id,
            "law": self.law.as_json() if self.law else None,
            "classes": [item.as_json() for item in self.classes],
            "standing": self.standing.value,
            "standing_words": self.standing.label,
            "lead": self.lead,
            "asks": [ask.as_json() for ask in self.asks],
            "disagreements": list(self.disagreements),
            "warnings": [warning.as_json() for warning in self.warnings],
            "state_law": [law.as_json() for law in self.state_law],
            "facts": [fact.as_json() for fact in self.cited],
        }
