"""Tests on what is asked for: product, units, weeks between sessions."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from tmjkit.case import (
    HCPCS,
    AuthorizationRequest,
    Case,
    Muscle,
    MuscleDose,
    PartialDate,
    Side,
    ToxinProduct,
)
from tmjkit.knowledge.criteria import Dose, Interval
from tmjkit.rules.criteria.marks import Mark, all_of, when
from tmjkit.rules.criteria.model import Need, Result, listed
from tmjkit.rules.criteria.papers import exact, session_need

UNDER_REQUESTS: Final = "Enter it under Requests."
_PRODUCTS: Final = {code: product for product, code in HCPCS.items()}
_LABELS: Final = {product.value: product.label for product in ToxinProduct}


def request_of(case: Case) -> AuthorizationRequest | None:
    """Return the request that is being prepared, else the one that was sent last."""
    first = PartialDate(1)
    return max(
        case.requests, key=lambda item: (item.sent is None, item.sent or first), default=None
    )


def products_words(test: Dose) -> str:
    """Return the products of a test in words."""
    return listed(tuple(_LABELS[product] for product in test.products), "or")


def judge_dose(case: Case, test: Dose, _today: date) -> Result:
    """Judge `dose` by the request: our own paper, which needs no other source.

    Units are compared only where the product is the one that the limit is for (fact E-UNITS:
    units of one product can't be converted into units of another).
    """
    request = request_of(case)
    if request is None:
        need = Need("The request: product, units by muscle and side", (), UNDER_REQUESTS)
        return Result(Mark.UNDOCUMENTED, "No request is recorded.", needs=(need,))
    product = _product(request)
    checks = [_product_check(product, test)]
    if test.max_units is not None:
        checks.append(_total_check(request, test.max_units))
    if test.max_units_per_muscle is not None:
        checks.append(_muscle_check(request, test.max_units_per_muscle))
    # Until the product is known, its units say nothing.
    if checks[0][0] is not Mark.MET:
        checks = checks[:1]
    mark = all_of(check[0] for check in checks)
    why = "; ".join(words for found, words in checks if found is mark)
    needs = (
        (Need(f"The request: {listed(_dose_asks(request, product))}", (), UNDER_REQUESTS),)
        if mark is Mark.UNDOCUMENTED
        else ()
    )
    return Result(mark, f"{why[:1].upper()}{why[1:]}.", (request.id,), needs)


def _dose_asks(request: AuthorizationRequest, product: ToxinProduct | None) -> tuple[str, ...]:
    asks = []
    if product is None:
        asks.append("the product's HCPCS code")
    if not request.doses:
        asks.append("units by muscle and side")
    return tuple(asks)


def _product(request: AuthorizationRequest) -> ToxinProduct | None:
    """Return the one product whose code stands in the request."""
    found = {_PRODUCTS[line.code] for line in request.lines if line.code in _PRODUCTS}
    return found.pop() if len(found) == 1 else None


def _product_check(product: ToxinProduct | None, test: Dose) -> tuple[Mark, str]:
    if not test.products:
        return Mark.MET, ""
    wanted = products_words(test)
    if product is None:
        return Mark.UNDOCUMENTED, f"the request does not tell the product; {wanted} is covered"
    if product.value in test.products:
        return Mark.MET, f"{product.label} is asked for"
    return Mark.UNMET, f"{product.label} is asked for, and {wanted} is covered"


def _total_check(request: AuthorizationRequest, limit: float) -> tuple[Mark, str]:
    if not request.doses:
        return Mark.UNDOCUMENTED, f"units are not recorded; at most {limit:g} are allowed"
    total = sum((dose.units for dose in request.doses), Decimal(0))
    words = f"{total:f} units are asked for, and at most {limit:g} are allowed"
    return when(total <= Decimal(str(limit)), possible=False), words


def _muscle_check(request: AuthorizationRequest, limit: float) -> tuple[Mark, str]:
    """Compare the units of each muscle of one side; for both sides half of what is recorded."""
    if not request.doses:
        words = f"units by muscle are not recorded; at most {limit:g} in one muscle are allowed"
        return Mark.UNDOCUMENTED, words
    units: dict[tuple[Muscle, str, Side], Decimal] = defaultdict(Decimal)
    names: dict[tuple[Muscle, str, Side], MuscleDose] = {}
    for dose in request.doses:
        sides = (Side.LEFT, Side.RIGHT) if dose.side is Side.BOTH else (dose.side,)
        for side in sides:
            key = (dose.muscle, dose.name.casefold(), side)
            units[key] += dose.units / len(sides)
            names[key] = dose
    above = [key for key, total in units.items() if total > Decimal(str(limit))]
    if not above:
        most = max(units.values())
        return Mark.MET, f"at most {most:f} units go into one muscle, and {limit:g} are allowed"
    told = listed(
        tuple(
            f"{names[key].name or key[0].label}, {key[2].label.lower()}: {units[key]:f} units"
            for key in above
        )
    )
    return Mark.UNMET, f"{told}; at most {limit:g} in one muscle are allowed"


def judge_interval(case: Case, test: Interval, today: date) -> Result:
    """Judge `interval`: weeks since the last session up to the day, and weeks asked for."""
    request = request_of(case)
    asked = request.interval_weeks if request else None
    records = (request.id,) if request and asked is not None else ()
    if asked is not None and asked < test.weeks:
        why = f"Sessions every {asked} weeks are asked for, and {test.weeks} weeks are needed."
        return Result(Mark.UNMET, why, records)
    done = [item for item in case.jaw_sessions if item.date is None or item.date.earliest <= today]
    if not done:
        if asked is None:
            need = Need("The request: weeks between sessions", (), UNDER_REQUESTS)
            why = "No earlier session and no interval in the request is recorded."
            return Result(Mark.UNDOCUMENTED, why, records, (need,))
        why = f"No earlier session is recorded, and every {asked} weeks are asked for."
        return Result(Mark.MET, why, records)
    length = timedelta(weeks=test.weeks)
    marks = {
        item.id: Mark.UNDOCUMENTED
        if item.date is None
        else when(item.date.latest + length <= today, item.date.earliest + length <= today)
        for item in done
    }
    mark = all_of(marks.values())
    found = [item for item in done if marks[item.id] is mark]
    records = (*records, *(item.id for item in found))
    dated = [item.date for item in found if item.date]
    if mark is Mark.UNDOCUMENTED:
        needs = tuple(
            session_need(case, item, (exact("the exact day of the session", item.date),))
            for item in found
        )
        days = listed(tuple(day.words() for day in dated)) or "not recorded"
        why = f"The day of the last session is open ({days}); {test.weeks} weeks are needed."
        return Result(mark, why, records, needs)
    last = max(dated)
    if mark is Mark.UNMET:
        ready = PartialDate.of(last.latest + length).words()
        why = f"The last session was {last.words()}: {test.weeks} weeks are over on {ready}."
        return Result(mark, why, records)
    weeks = (today - last.latest).days // 7
    why = f"The last session was {last.words()}, {weeks} weeks ago; {test.weeks} are needed."
    return Result(mark, why, records)
