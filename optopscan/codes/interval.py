"""The axial forces a part can take: the inverse of a check over N, as intervals.

Axial load can help (e = M / N), so a check that is passed by some N may be failed
by less and by more. An interval answers all storeys and concepts by comparison.

An empty interval is (inf, -inf), so that ``lo <= n_min`` and ``n_max <= hi`` are
both false: it never reads as ok. An unknown one is (nan, nan), with the same effect.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from optopscan.model.arrays import FloatArray


class Interval(NamedTuple):
    """Admissible axial force [kN], compression positive: from ``lo`` to ``hi``, both included."""

    lo: FloatArray
    hi: FloatArray


def as_float(value: npt.ArrayLike) -> FloatArray:
    """Return an array of float64, without a copy where it is one already."""
    return np.asarray(value, dtype=np.float64)


def interval(lo: npt.ArrayLike, hi: npt.ArrayLike, *, known: npt.ArrayLike = True) -> Interval:
    """Return an interval with the two conventions: empty is (inf, -inf), not known is (nan, nan).

    Parameters
    ----------
    lo, hi
        Bounds [kN], broadcastable; ``lo`` > ``hi`` is empty, ``nan`` in one is ``nan`` in both.
    known
        Booleans, broadcastable; False gives ``nan``.
    """
    low, high, is_known = np.broadcast_arrays(as_float(lo), as_float(hi), np.asarray(known, dtype=np.bool_))
    is_known = is_known & ~np.isnan(low) & ~np.isnan(high)
    empty = low > high
    return Interval(
        np.where(is_known, np.where(empty, np.inf, low), np.nan),
        np.where(is_known, np.where(empty, -np.inf, high), np.nan),
    )


def intersection(first: Interval, *others: Interval) -> Interval:
    """Return the forces that lie in every interval [kN]; empty in one is empty, ``nan`` in one is ``nan``."""
    lo, hi = first
    for other in others:
        # np.maximum and np.minimum pass nan on
        lo, hi = np.maximum(lo, other.lo), np.minimum(hi, other.hi)
    return interval(lo, hi)


def contains(admissible: Interval, n_kn: npt.ArrayLike) -> FloatArray:
    """Return 1.0 where the force is admissible, 0.0 where it is not, ``nan`` where either is unknown [-]."""
    n = as_float(n_kn)
    inside = (n >= admissible.lo) & (n <= admissible.hi)
    return np.where(np.isnan(n) | np.isnan(admissible.lo), np.nan, inside.astype(np.float64))


def admissible_interval(
    utilisation: Callable[[FloatArray], FloatArray],
    *,
    lower_kn: npt.ArrayLike,
    upper_kn: npt.ArrayLike,
    n_grid: int = 200,
    n_bisect: int = 50,
) -> Interval:
    """Return the axial forces with utilisation at most 1, by a scan and bisection.

    For checks without a closed inverse. Scans ``n_grid`` forces, takes the run of
    admissible ones around the lowest utilisation and closes in on both ends from
    inside. Exact for a utilisation with one valley over N, as all checks here have
    for a given moment; a valley narrower than a grid step is missed and comes out
    empty, never too wide.

    Parameters
    ----------
    utilisation
        Function of N [kN], called with shapes (n_grid, ...) and (...), that gives the
        unity check [-] of the same shape; ``nan`` anywhere on the scan gives ``nan``.
    lower_kn, upper_kn
        Range to search [kN], broadcastable; the answer stays inside.
    n_grid
        Forces in the scan, at least 2.
    n_bisect
        Halvings at each end.

    Returns
    -------
    Interval
        Both ends admissible, shape (...).

    Raises
    ------
    ValueError
        If ``n_grid`` is less than 2.
    """
    if n_grid < 2:
        raise ValueError(f"n_grid={n_grid} must be at least 2")
    low, high = np.broadcast_arrays(as_float(lower_kn), as_float(upper_kn))
    steps = np.arange(n_grid).reshape((n_grid,) + (1,) * low.ndim)
    step = (high - low) / (n_grid - 1)
    uc = utilisation(low + steps * step)
    ok = uc <= 1.0
    best = np.argmin(np.where(np.isnan(uc), np.inf, uc), axis=0)
    below = np.max(np.where(~ok & (steps < best), steps, -1), axis=0)
    above = np.min(np.where(~ok & (steps > best), steps, n_grid), axis=0)
    lo = _edge(utilisation, bad=low + np.maximum(below, 0) * step, good=low + (below + 1) * step, n_bisect=n_bisect)
    hi = _edge(utilisation, bad=low + np.minimum(above, n_grid - 1) * step, good=low + (above - 1) * step, n_bisect=n_bisect)
    known = ~np.isnan(uc).any(axis=0)
    empty = ~ok.any(axis=0)
    return interval(np.where(empty, np.inf, lo), np.where(empty, -np.inf, hi), known=known)


def _edge(utilisation: Callable[[FloatArray], FloatArray], *, bad: FloatArray, good: FloatArray, n_bisect: int) -> FloatArray:
    """Return the admissible side of the edge between a force that fails and one that does not."""
    # at the end of the range both are the same force and stay so
    for _ in range(n_bisect):
        middle = 0.5 * (bad + good)
        ok = utilisation(middle) <= 1.0
        good, bad = np.where(ok, middle, good), np.where(ok, bad, middle)
    return good
