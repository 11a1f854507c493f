"""How far each draw of what is not known gets: the needs of every state compared with the draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optopscan.checks.estimator.factors import Factor, FinishFactor, ProductFactor, StrengthFactor
from optopscan.checks.estimator.needs import KNOWN, Needs
from optopscan.checks.utilisation import UC_TOLERANCE
from optopscan.model.arrays import BoolArray, FloatArray, IntArray

NO_BOUNDS = (0.0, 0.0)


@dataclass(frozen=True, kw_only=True, eq=False)
class Ladder:
    """One concept: the needs of the building as it stands, and of 1..n storeys on top of it.

    ``credit_kn_m2`` is ballast that goes with evidence and is set off against the load of the extension, which is
    the heavier of the two (`nets_ballast`).
    """

    product: ProductFactor
    existing: Needs
    storeys: tuple[Needs, ...]
    credit_kn_m2: float = 0.0


@dataclass(frozen=True, kw_only=True, eq=False)
class Drawn:
    """The factors and their draws (n_sample, n_factor), uniform between 0 and 1.

    ``finish_base_kn_m2`` is what the take-down already holds; the needs count from there.
    """

    factors: tuple[Factor, ...]
    u: FloatArray
    finish_base_kn_m2: float = 0.0

    def column(self, factor: Factor) -> FloatArray:
        """Return the draws of one factor (n_sample,)."""
        return self.u[:, self.factors.index(factor)]

    def finish_kn_m2(self) -> FloatArray:
        """Return the finish above what the take-down holds [kN/m2], (n_sample,); nothing where it is no factor."""
        for factor in self.factors:
            if isinstance(factor, FinishFactor):
                return factor.values(self.column(factor)) - self.finish_base_kn_m2
        return np.zeros(len(self.u))

    def finish_bounds(self) -> tuple[float, float]:
        """Return the bounds of `finish_kn_m2`."""
        for factor in self.factors:
            if isinstance(factor, FinishFactor):
                return factor.lo_kn_m2 - self.finish_base_kn_m2, factor.hi_kn_m2 - self.finish_base_kn_m2
        return NO_BOUNDS

    def strengths(self) -> FloatArray:
        """Return what is there of each strength factor, and 1 for `KNOWN` in the last column, (n_sample, n + 1)."""
        columns = [f.values(self.column(f)) for f in self.factors if isinstance(f, StrengthFactor)]
        return np.stack([*columns, np.ones(len(self.u))], axis=1)


def reached(ladder: Ladder, drawn: Drawn) -> IntArray:
    """Return the storeys that every draw carries (n_sample,): the largest n with all states 0..n passed."""
    finish, there = drawn.finish_kn_m2(), drawn.strengths()
    going = passes(ladder.existing, finish, np.zeros(len(finish)), there, drawn.finish_bounds(), NO_BOUNDS)
    count = np.zeros(len(finish), dtype=np.int64)
    for n, needs in enumerate(ladder.storeys, start=1):
        added, bounds = _added(ladder, drawn, n)
        going = going & passes(needs, finish, added, there, drawn.finish_bounds(), bounds)
        count += going
    return count


def _added(ladder: Ladder, drawn: Drawn, storeys: int) -> tuple[FloatArray, tuple[float, float]]:
    load = ladder.product.load_kn_m2(drawn.column(ladder.product), storeys) - ladder.credit_kn_m2
    low, high = (ladder.product.load_kn_m2(np.array([0.0, 1.0]), storeys) - ladder.credit_kn_m2).tolist()
    return load, (low, high)


def nets_ballast(product: ProductFactor, credit_kn_m2: float) -> bool:
    """Return whether one storey is never lighter than the ballast that goes for it."""
    return bool(product.load_kn_m2(0.0, 1) >= credit_kn_m2)


def passes(
    needs: Needs, finish: FloatArray, added: FloatArray, there: FloatArray, finish_bounds: tuple[float, float], bounds: tuple[float, float]
) -> BoolArray:
    """Return for every draw whether all needs are met (n_sample,)."""
    rows = needs.leading(finish_bounds, bounds)
    basis = np.stack([np.ones(len(finish)), finish, added])
    good = np.ones(len(finish), dtype=np.bool_)
    for factor in np.unique(rows.factor).tolist():
        most = (rows.coefficient[rows.factor == factor] @ basis).max(axis=0)
        good &= most <= there[:, factor] * (1.0 + UC_TOLERANCE)
    return good


def governing_parts(ladder: Ladder, drawn: Drawn, storeys: int) -> tuple[tuple[int, float], ...]:
    """Return the parts with the largest unity check at this storey count, with the share of draws in which they have it.

    Largest share first; the shares sum to one.
    """
    added, bounds = _added(ladder, drawn, storeys)
    rows = ladder.storeys[storeys - 1].leading(drawn.finish_bounds(), bounds)
    finish, there = drawn.finish_kn_m2(), drawn.strengths()
    best, part = np.full(len(finish), -np.inf), np.zeros(len(finish), dtype=np.int64)
    basis = np.stack([np.ones(len(finish)), finish, added])
    for k in range(len(rows.factor)):
        uc = (rows.coefficient[k] @ basis) / there[:, rows.factor[k]]
        higher = uc > best
        best, part = np.where(higher, uc, best), np.where(higher, rows.part[k], part)
    found, count = np.unique(part, return_counts=True)
    order = sorted(zip(count.tolist(), found.tolist(), strict=True), key=lambda row: (-row[0], row[1]))
    return tuple((p, c / len(finish)) for c, p in order)


def parts_of(needs: Needs, factor: int, most: int, finish: Sequence[float], added: Sequence[float]) -> tuple[int, ...]:
    """Return the parts that need most of one factor, largest need first."""
    own = needs.factor == factor
    at = np.array([1.0, float(np.mean(finish)), float(np.mean(added))])
    need = needs.coefficient[own] @ at
    ranked: dict[int, None] = {}
    for k in np.argsort(-need, kind="stable").tolist():
        ranked.setdefault(int(needs.part[own][k]))
        if len(ranked) == most:
            break
    return tuple(ranked)


__all__ = ["KNOWN", "Drawn", "Ladder", "governing_parts", "nets_ballast", "parts_of", "passes", "reached"]
