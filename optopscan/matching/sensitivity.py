"""Which single property of a product, changed by how much, opens most roofs: from the margins, confirmed by one match more."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from optopscan.catalog.concept import Concept, Quantity
from optopscan.matching.matrix import Cell, Lack, Matrix, Sensitivity
from optopscan.placement.why.words import nl

FITTING = ("fits", "fits-if")
PROPERTIES: Mapping[str, tuple[float, int, str, str]] = {
    "load_kn_m2": (0.05, 2, "{} kN/m2 lichter", "{} kN/m2 lighter"),
    "length_lo_m": (0.05, 2, "{} m korter", "{} m shorter"),
    "width_m": (0.05, 2, "{} m smaller", "{} m narrower"),
    "transfer_span_max_m": (0.05, 2, "tussenlaag overspant {} m meer", "transfer layer spans {} m more"),
    "frame_span_max_m": (0.05, 2, "frame overspant {} m meer", "frame spans {} m more"),
    "transfer_depth_m": (0.05, 2, "tussenlaag {} m hoger", "transfer layer {} m deeper"),
    "overhang_max_m": (0.05, 2, "{} m meer uitkraging", "{} m more overhang"),
    "support_offset_max_m": (0.05, 2, "oplegging mag {} m meer naast de wand", "supports {} m farther beside the wall"),
}
"""Property -> step that a change is rounded up to (in the unit of the property), decimals, words in Dutch and in English."""
NOTHING_NL = "geen enkele eigenschap alleen opent meer daken (nagerekend: {}: {})"
NOTHING_EN = "no property alone opens more roofs (tried: {}: {})"


@dataclass(frozen=True, kw_only=True)
class Change:
    """One property changed by ``by`` (more, or less where less is better) and the blocks that the margins say it opens."""

    product: Concept
    key: str
    now: float
    by: float
    opens: int


def sensitivities(matrix: Matrix, products: Sequence[Concept], rerun: Callable[[Sequence[Concept]], Matrix]) -> tuple[Sensitivity, ...]:
    """Return a row for every product that fails somewhere by a property of its own, in the order of the products.

    Of each property of a product the change that opens most blocks by the margins is tried; the row is the one that opens most when tried.

    Parameters
    ----------
    rerun
        Matches products on the same blocks; called once, with the changed products, and not at all where there is nothing to change.
    """
    tried = [change for product in products for change in changes(matrix, product)]
    if not tried:
        return ()
    again = rerun([replace(changed(change), id=_trial(k)) for k, change in enumerate(tried)])
    rows: dict[str, list[Sensitivity]] = {}
    for k, change in enumerate(tried):
        rows.setdefault(change.product.id, []).append(_row(matrix, again, change, _trial(k)))
    # the changes of a product come best first, and of equals the first stays
    return tuple(max(found, key=lambda row: row.opened - row.closed) for found in rows.values())


def _trial(k: int) -> str:
    return f"{k:04d}"


def changes(matrix: Matrix, product: Concept) -> tuple[Change, ...]:
    """Return per property the least change that opens most blocks by the margins, the best first.

    Of equals the one that changes the smallest share of its property goes first.
    """
    needed: dict[str, list[tuple[float, float]]] = {}
    for cell in matrix.cells:
        if cell.product != product.id or cell.outcome != "fails":
            continue
        for lack in _single(cell):
            needed.setdefault(lack.key, []).append((lack.now, _rounded_up(lack.key, abs(lack.needed - lack.now))))
    found = [best for key, rows in sorted(needed.items()) if (best := _best(product, key, rows)) is not None]
    return tuple(sorted(found, key=lambda one: (-one.opens, one.by / max(abs(one.now), 1e-9), one.key)))


def _single(cell: Cell) -> list[Lack]:
    """Return the properties of which one alone would do on a block."""
    alone = cell.lacks if len(cell.lacks) == 1 or all(lack.instead for lack in cell.lacks) else ()
    return [lack for lack in alone if lack.key in PROPERTIES and math.isfinite(lack.needed) and math.isfinite(lack.now)]


def _best(product: Concept, key: str, rows: Sequence[tuple[float, float]]) -> Change | None:
    made = [
        Change(product=product, key=key, now=rows[0][0], by=by, opens=sum(other <= by for _, other in rows))
        for by in sorted({by for _, by in rows})
        if by > 0.0 and _possible(product, key, by)
    ]
    return min(made, key=lambda one: (-one.opens, one.by), default=None)


def _rounded_up(key: str, by: float) -> float:
    step, digits, *_ = PROPERTIES[key]
    return round(math.ceil(by / step - 1e-9) * step, digits + 1)


def _possible(product: Concept, key: str, by: float) -> bool:
    """True when something is left of the property: a floor weighs, a module has a size."""
    left = {"load_kn_m2": product.g_floor_kn_m2.lo, "length_lo_m": product.length_lo_m, "width_m": product.width_m}
    return key not in left or left[key] - by > 0.0


def changed(change: Change) -> Concept:
    """Return the product with the one property changed; everything else stays as it is."""
    product, by, key = change.product, change.by, change.key
    if key == "load_kn_m2":
        return replace(product, g_floor_kn_m2=_less(product.g_floor_kn_m2, by))
    if key == "length_lo_m":
        # the range moves down at its end; what is placed by default may not be shorter than that
        return replace(product, length_lo_m=product.length_lo_m - by)
    if key == "width_m":
        return replace(product, width_m=product.width_m - by, width_options_m=tuple(w - by for w in product.width_options_m))
    return replace(product, **{key: getattr(product, key) + by})


def _less(load: Quantity, by: float) -> Quantity:
    return replace(load, value=load.value - by, lo=load.lo - by, hi=load.hi - by)


def _row(before: Matrix, after: Matrix, change: Change, trial: str) -> Sensitivity:
    name = change.product.id
    old, new = _fitting(before, name), _fitting(after, trial)
    n = before.reach(name).n
    _, digits, words_nl, words_en = PROPERTIES[change.key]
    more = len(new) - len(old)
    told_nl, told_en = words_nl.format(nl(change.by, digits)), words_en.format(f"{change.by:.{digits}f}")
    gain_nl, gain_en = f"{_gain(more, n)} van de daken", f"{_gain(more, n)} of the roofs"
    return Sensitivity(
        product=name,
        key=change.key,
        now=change.now,
        by=change.by,
        predicted=change.opens,
        opened=len(new - old),
        closed=len(old - new),
        n=n,
        text_nl=f"{told_nl}: {gain_nl}" if more > 0 else NOTHING_NL.format(told_nl, gain_nl),
        text_en=f"{told_en}: {gain_en}" if more > 0 else NOTHING_EN.format(told_en, gain_en),
    )


def _gain(more: int, n: int) -> str:
    """Return the gain in whole percents; what is something never reads 0 %, what is not all never 100 %."""
    if not more:
        return "0 %"
    whole = min(max(math.floor(100.0 * abs(more) / n + 0.5), 1), 100 if abs(more) == n else 99)
    return f"{'+' if more > 0 else '-'}{whole} %"


def _fitting(matrix: Matrix, product: str) -> set[str]:
    return {cell.block for cell in matrix.cells if _fits(cell, product)}


def _fits(cell: Cell, product: str) -> bool:
    return cell.product == product and cell.outcome in FITTING
