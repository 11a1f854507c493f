"""The business case of one building in three columns: leave, renovate, renovate and extend.

Every number is an assumption by id or an amount of the record; what is not known stays unknown and is named. Costs are
investments [EUR]; income is the present value of rent less upkeep over the term [EUR]; gap = costs - income.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from optopscan.catalog.assumptions import Assumed
from optopscan.feasibility.amount import ZERO, Amount, annuity_factor, exactly, total, unknown
from optopscan.feasibility.business_facts import Facts

COLUMNS = ("leave", "renovate", "extend")
MONTHS = 12.0


@dataclass(frozen=True, kw_only=True)
class Post:
    """One line of cost or income [EUR]: ``amount`` times ``price``; ``assumption`` is the id of the price."""

    assumption: str
    amount: Amount
    price: Amount
    eur: Amount


@dataclass(frozen=True, kw_only=True)
class Column:
    """One choice: costs [EUR] with their lines, rent and upkeep [EUR/year], their present value [EUR], and the gap [EUR]."""

    key: str
    dwellings: Amount
    costs: tuple[Post, ...]
    cost: Amount
    rent_year: Amount
    upkeep_year: Amount
    income: Amount
    gap: Amount
    gap_per_dwelling: Amount


@dataclass(frozen=True, kw_only=True)
class Closing:
    """What would have to be true of the new dwellings for the extension to pay for itself, the renovation apart.

    ``gap`` is that of the extension alone [EUR], ``contribution`` that gap per new dwelling [EUR], nothing below zero;
    ``rent_month`` the rent of a new dwelling at which no contribution is needed [EUR/month].
    """

    cost: Amount
    gap: Amount
    contribution: Amount
    rent_month: Amount


@dataclass(frozen=True, kw_only=True)
class Carbon:
    """CO2 [kg], emitted and stored apart: of the extension, of renovation with extension, and of demolition with rebuilding."""

    emitted: Amount
    stored: Amount
    extend_emitted: Amount
    rebuild_emitted: Amount
    rebuild_stored: Amount


@dataclass(frozen=True, kw_only=True)
class Case:
    """The whole case; ``foundation`` says how its lines were counted: none, all, threshold, checked, missing or own."""

    columns: tuple[Column, ...]
    closing: Closing
    carbon: Carbon
    parking_places: Amount
    foundation: str
    lines_over: Amount
    n_lines: int


class _Values:
    """Assumptions as amounts, by id."""

    def __init__(self, assumptions: Mapping[str, Assumed]) -> None:
        self._assumptions = assumptions

    def __call__(self, key: str) -> Amount:
        row = self._assumptions[key]
        return Amount(lo=row.lo, hi=row.hi) if row.known else unknown(key)

    def post(self, key: str, amount: Amount, scale: float = 1.0) -> Post:
        price = self(key)
        return Post(assumption=key, amount=amount, price=price, eur=amount * price * exactly(scale))


def business_case(facts: Facts, assumptions: Mapping[str, Assumed]) -> Case:
    """Return the case of one variant.

    Parameters
    ----------
    assumptions
        Every assumption by id (`optopscan.catalog.assumptions`), with what the record tells (`with_record`).
    """
    values = _Values(assumptions)
    old, new = values("existing-dwellings"), exactly(float(facts.dwellings))
    factor = annuity_factor(values("period-years"), values("discount-rate"))
    places = (values("parking-norm") * new - values("parking-free")).floored()
    over, n_over, how = _lines_over(facts, assumptions["foundation-threshold"])
    works = _extension(facts, values, over, places)
    renovation = values.post("renovation", old)
    move = {name: values.post("temporary-housing", old * values(f"moving-share-{name}")) for name in ("renovation", "extension")}
    rents = {name: (values(f"rent-{name}") * exactly(MONTHS), values(f"upkeep-{name}")) for name in ("now", "renovated", "new")}
    leave = _column("leave", old, _with_fees(values, (values.post("keep-works", old),)), ((old, *rents["now"]),), factor)
    renovate = _column("renovate", old, (*_with_fees(values, (renovation,)), move["renovation"]), ((old, *rents["renovated"]),), factor)
    extend = _column(
        "extend",
        old + new,
        (*_with_fees(values, (renovation, *works)), move["extension"]),
        ((old, *rents["renovated"]), (new, *rents["new"])),
        factor,
    )
    return Case(
        columns=(leave, renovate, extend),
        closing=_closing(values, works, new, rents["new"], factor, _more_moving(values, old)),
        carbon=_carbon(facts, values),
        parking_places=places,
        foundation=how,
        lines_over=n_over,
        n_lines=len(facts.lines or ()),
    )


def _column(key: str, dwellings: Amount, costs: tuple[Post, ...], let: tuple[tuple[Amount, Amount, Amount], ...], factor: Amount) -> Column:
    """Return a column; ``let`` are groups of dwellings with rent and upkeep of one [EUR/year]."""
    cost = total(post.eur for post in costs)
    rent, upkeep = total(n * each for n, each, _ in let), total(n * each for n, _, each in let)
    # the number of dwellings is the same for rent and upkeep, so the two are taken together before they are multiplied
    income = factor * total(n * (rent_one - upkeep_one) for n, rent_one, upkeep_one in let)
    gap = cost - income
    per = gap.per(dwellings) if dwellings.missing or dwellings.lo > 0.0 else unknown("existing-dwellings")
    return Column(
        key=key,
        dwellings=dwellings,
        costs=costs,
        cost=cost,
        rent_year=rent,
        upkeep_year=upkeep,
        income=income,
        gap=gap,
        gap_per_dwelling=per,
    )


def _with_fees(values: _Values, works: tuple[Post, ...]) -> tuple[Post, ...]:
    """Return works with design and fees on them, and VAT on both."""
    built = total(post.eur for post in works)
    fees = values.post("design-fees", built, 0.01)
    return (*works, fees, values.post("vat", built + fees.eur, 0.01))


def _extension(facts: Facts, values: _Values, over: Mapping[str, Amount], places: Amount) -> tuple[Post, ...]:
    """Return the works of the extension alone; a post of which there is nothing is left out."""
    posts = [values.post("product-price", exactly(facts.gfa_m2))]
    posts += [values.post(key, facts.works[key]) for key in sorted(facts.works)]
    posts.append(values.post("transfer-layer", ZERO if facts.own_support else exactly(facts.roof_m2)))
    posts.append(values.post("strengthen-part", _parts_to_strengthen(facts, values)))
    posts += [values.post(key, over[key]) for key in ("foundation-line", "strengthen-pile") if key in over]
    columns = exactly(float(facts.own_columns)) if facts.own_columns or not facts.own_support else unknown("amount:own-foundation")
    posts.append(values.post("own-foundation", columns))
    posts.append(values.post("parking-price", places))
    return tuple(post for post in posts if post.amount != ZERO)


def _parts_to_strengthen(facts: Facts, values: _Values) -> Amount:
    stated = values("parts-to-strengthen")
    return ZERO if not stated.known and facts.outcome == "ok" else stated


def _lines_over(facts: Facts, threshold: Assumed) -> tuple[dict[str, Amount], Amount, str]:
    """Return what of the foundation is to be strengthened (strips in m, piles in number), how many lines, and how that was counted."""
    if facts.own_support:
        return {}, ZERO, "own"
    if facts.lines is None:
        nobody_knows = unknown("amount:foundation-line")
        return {"foundation-line": nobody_knows}, nobody_knows, "missing"
    if facts.foundation == "ok":
        return {}, ZERO, "checked"
    counted = [(*(_over(line.ratio, threshold) if threshold.known else (0.0, 1.0)), line) for line in facts.lines]
    found = {}
    for key, pile in (("foundation-line", False), ("strengthen-pile", True)):
        own = [(lo, hi, 1.0 if pile else line.length_m) for lo, hi, line in counted if line.pile == pile]
        if own:
            found[key] = Amount(lo=sum(lo * size for lo, _, size in own), hi=sum(hi * size for _, hi, size in own))
    number = Amount(lo=sum(lo for lo, _, _ in counted), hi=sum(hi for _, hi, _ in counted))
    return found, number, "threshold" if threshold.known else "all"


def _over(ratio: float, threshold: Assumed) -> tuple[float, float]:
    """Return whether a line lies above the threshold, at least and at most; a ratio that is not known may."""
    if math.isnan(ratio):
        return 0.0, 1.0
    return float(ratio > threshold.hi), float(ratio > threshold.lo)


def _more_moving(values: _Values, old: Amount) -> Amount:
    """Return what temporary housing costs more with the extension than without [EUR]; never a saving."""
    shares = (values("moving-share-extension") - values("moving-share-renovation")).floored()
    return shares * old * values("temporary-housing")


def _closing(values: _Values, works: tuple[Post, ...], new: Amount, rent: tuple[Amount, Amount], factor: Amount, moving: Amount) -> Closing:
    cost = total(post.eur for post in _with_fees(values, works)) + moving
    gap = cost - factor * new * (rent[0] - rent[1])
    needed = cost.per(factor) + new * rent[1] if factor.missing or factor.lo > 0.0 else unknown("period-years")
    return Closing(cost=cost, gap=gap, contribution=gap.per(new).floored(), rent_month=needed.per(new * exactly(MONTHS)).floored())


def _carbon(facts: Facts, values: _Values) -> Carbon:
    old, new = values("existing-gfa"), exactly(facts.gfa_m2)
    emitted, stored = new * values("product-emitted"), new * values("product-stored")
    return Carbon(
        emitted=emitted,
        stored=stored,
        extend_emitted=emitted + old * values("renovation-emitted"),
        rebuild_emitted=old * values("demolition-emitted") + (old + new) * values("rebuild-emitted"),
        rebuild_stored=(old + new) * values("rebuild-stored"),
    )
