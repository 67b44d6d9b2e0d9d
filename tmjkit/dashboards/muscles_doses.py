"""Units by muscle and side: of a session as it is recorded, or as it is typed into its form."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pydantic import ValidationError

from tmjkit.case import BotulinumSession, Case, Muscle, MuscleDose, Side, ToxinProduct
from tmjkit.knowledge import Fact
from tmjkit.rules.coding.arithmetic import content, discarded
from tmjkit.rules.coding.say import count, number
from tmjkit.rules.coding.territories import Territory, territory
from tmjkit.rules.coding.units import unit_findings
from tmjkit.rules.model import Finding

_NUMBERS: Final = {
    "vials": "Vials",
    "vial_units": "Vial units",
    "units_wasted": "Units wasted",
}


@dataclass(frozen=True, slots=True)
class MuscleRow:
    """One muscle with what went into it.

    Parameters
    ----------
    muscle
        Which muscle; `OTHER` for one that has only a name.
    name
        The same in words.
    right, left
        Units of the patient's own right and left side.
    both
        Units recorded for both sides together; how they were divided is not known.
    sites
        Number of injection sites; None where it is not recorded for each dose.
    territory
        The nerve's territory, where the muscle's name tells.
    """

    muscle: Muscle
    name: str
    right: Decimal
    left: Decimal
    both: Decimal
    sites: int | None
    territory: Territory | None

    @property
    def total(self) -> Decimal:
        """Units of all sides."""
        return self.right + self.left + self.both


@dataclass(frozen=True, slots=True)
class Doses:
    """The units of one session.

    Parameters
    ----------
    session
        The session, as far as it holds.
    rows
        Its muscles, those of the diagram first.
    slips
        What was typed and is not counted, in words.
    """

    session: BotulinumSession
    rows: tuple[MuscleRow, ...]
    slips: tuple[str, ...] = ()

    @property
    def total(self) -> Decimal:
        """Units injected, all muscles together."""
        return self.session.units

    def side(self, side: Side) -> Decimal:
        """Return the units recorded for a side alone, or for both sides together."""
        return sum((one.units for one in self.session.doses if one.side is side), Decimal(0))

    def row(self, muscle: Muscle) -> MuscleRow | None:
        """Return the row of a muscle of the diagram, or None."""
        return next((row for row in self.rows if row.muscle is muscle), None)

    @property
    def vials_say(self) -> str:
        """Say how what was injected and discarded stands to what the vials held."""
        opened, session = content(self.session), self.session
        if opened is None:
            wasted = session.units_wasted
            rest = "" if wasted is None else f", {count(wasted, 'unit')} discarded"
            return (
                f"{count(self.total, 'unit')} injected{rest}; the vials and the units in one are "
                "not recorded, so nothing can be compared"
            )
        held = f"{session.vials} x {session.vial_units} = {count(opened, 'unit')} in the vials"
        if session.units_wasted is None:
            left = discarded(session)
            rest = "" if left is None else f"; {count(left, 'unit')} left in them"
            return (
                f"{held}, {number(self.total)} injected{rest}; what was discarded is not recorded"
            )
        both = self.total + session.units_wasted
        told = f"{number(self.total)} injected and {number(session.units_wasted)} discarded"
        if both == opened:
            return f"{held}: {told} add up"
        gap = count(abs(opened - both), "unit")
        return f"{held}: {told} are {gap} {'more' if both > opened else 'less'}"

    def warnings(self, known: Mapping[str, Fact]) -> tuple[Finding, ...]:
        """Return what the coding rules find wrong with the session alone."""
        # Alone in a case it can point to no provider or document, and the rule needs none.
        alone = self.session.model_copy(update={"sources": (), "provider_id": None})
        return tuple(unit_findings(Case(sessions=(alone,)), known))


def doses_of(session: BotulinumSession, slips: Iterable[str] = ()) -> Doses:
    """Return the units of a session by muscle and side."""
    groups: dict[tuple[Muscle, str], list[MuscleDose]] = {}
    for dose in session.doses:
        name = dose.name.strip() or dose.muscle.label
        key = (dose.muscle, name if dose.muscle is Muscle.OTHER else dose.muscle.label)
        groups.setdefault(key, []).append(dose)
    order = list(Muscle)
    rows = [_row(muscle, name, doses) for (muscle, name), doses in groups.items()]
    rows.sort(key=lambda row: order.index(row.muscle))
    return Doses(session, tuple(rows), tuple(slips))


def typed_doses(texts: Mapping[str, str]) -> Doses:
    """Return the units that stand in a session's form.

    What is no number within the record's own range is not counted and named in `slips`; the form
    tells it beside its field when it is saved.
    """
    doses, slips = [], []
    for place in range(int(texts.get("doses") or 0)):
        made = _dose(texts, place)
        if isinstance(made, MuscleDose):
            doses.append(made)
        elif made:
            slips.append(made)
    session = _session(texts, tuple(doses))
    slips += [
        f"{label}: what is typed is no number that counts"
        for name, label in _NUMBERS.items()
        if getattr(session, name) is None and texts.get(name, "").strip()
    ]
    return doses_of(session, slips)


def _dose(texts: Mapping[str, str], place: int) -> MuscleDose | str:
    """Return a dose that was typed; what is lacking in words, or nothing while it is empty."""
    typed = {
        name: texts.get(f"doses.{place}.{name}", "").strip() for name in MuscleDose.model_fields
    }
    typed = {name: words for name, words in typed.items() if words}
    if not typed:
        return ""
    try:
        return MuscleDose.model_validate(typed)
    except ValidationError as error:
        wrong = dict.fromkeys(str(one["loc"][0]) for one in error.errors(include_input=False))
        return f"Dose {place + 1} is not counted yet: look at {' and '.join(wrong)}"


def _session(texts: Mapping[str, str], doses: tuple[MuscleDose, ...]) -> BotulinumSession:
    """Return as much of the typed session as holds; each number for itself."""
    product = next(
        (one for one in ToxinProduct if one.value == texts.get("product")), ToxinProduct.OTHER
    )
    held: dict[str, object] = {}
    for name in _NUMBERS:
        typed = texts.get(name, "").strip()
        try:
            made = BotulinumSession.model_validate({"product": product, name: typed or None})
        except ValidationError:
            continue  # told by the caller as a slip
        held[name] = getattr(made, name)
    return BotulinumSession.model_validate({"product": product, "doses": doses, **held})


def _row(muscle: Muscle, name: str, doses: list[MuscleDose]) -> MuscleRow:
    sides: dict[Side, Decimal] = dict.fromkeys(Side, Decimal(0))
    for dose in doses:
        sides[dose.side] += dose.units
    sites = [dose.sites for dose in doses]
    known = [one for one in sites if one is not None]
    return MuscleRow(
        muscle=muscle,
        name=name,
        right=sides[Side.RIGHT],
        left=sides[Side.LEFT],
        both=sides[Side.BOTH],
        sites=sum(known) if len(known) == len(sites) else None,
        territory=territory(doses[0]),
    )


def dose_words(doses: Doses) -> Iterator[str]:
    """Yield each muscle and side with its units, in words."""
    for row in doses.rows:
        for side, units in (("right", row.right), ("left", row.left), ("both sides", row.both)):
            if units:
                yield f"{row.name}, {side}: {count(units, 'unit')}"
