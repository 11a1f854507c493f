"""The axial forces a part can take when a fixed moment goes with them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from optopscan.model.arrays import FloatArray


def admissible_interval(
    resistance_kn: Callable[[FloatArray], FloatArray], n_max_kn: npt.ArrayLike, *, n_grid: int = 400, n_bisect: int = 50
) -> tuple[FloatArray, FloatArray]:
    """Return the admissible axial force [n_lo, n_hi] where resistance depends on the force.

    With a fixed moment e = M / N falls as N grows, so axial load can help: too little
    fails as well as too much. Solves N <= N_Rd(M / N) for the clauses that use e.

    Parameters
    ----------
    resistance_kn
        Vectorised function of N [kN], called with shapes (n_grid, ...) and (...), that
        gives N_Rd of the same shape; it is not called with N = 0.
    n_max_kn
        Upper bound of N_Rd [kN], shape (...), for instance the squash load.
    n_grid
        Points to find the interval with. An interval narrower than n_max / n_grid can be
        missed; the result is then empty, never too wide.
    n_bisect
        Halvings of each edge.

    Returns
    -------
    tuple of FloatArray
        n_lo and n_hi [kN], shape (...): both 0 where no force is admissible, nan where an
        input is nan. Both lie on the admissible side, to n_max / n_grid / 2**n_bisect.
    """
    top = np.asarray(n_max_kn, dtype=np.float64)
    steps = np.arange(1, n_grid + 1).reshape((n_grid,) + (1,) * top.ndim)
    trial = steps * (top / n_grid)
    margin = resistance_kn(trial) - trial
    ok = margin >= 0.0
    best = np.argmax(np.where(np.isnan(margin), -np.inf, margin), axis=0) + 1
    # the run of admissible points around the best one
    below = np.max(np.where(~ok & (steps < best), steps, 0), axis=0)
    above = np.min(np.where(~ok & (steps > best), steps, n_grid + 1), axis=0)
    step = top / n_grid
    tiny = 1e-9 * step
    lo = _edge(resistance_kn, outside=np.maximum(below * step, tiny), inside=(below + 1) * step, n_bisect=n_bisect)
    hi = _edge(resistance_kn, outside=np.minimum(above, n_grid) * step, inside=(above - 1) * step, n_bisect=n_bisect)
    # admissible down to the smallest force tried: axial load is not needed
    lo = np.where(lo <= tiny, 0.0, lo)
    empty = ~ok.any(axis=0)
    unknown = np.isnan(top) | np.isnan(margin).any(axis=0)
    lo, hi = (np.where(unknown, np.nan, np.where(empty, 0.0, x)) for x in (lo, hi))
    return lo, hi


def _edge(resistance_kn: Callable[[FloatArray], FloatArray], *, outside: FloatArray, inside: FloatArray, n_bisect: int) -> FloatArray:
    """Return the admissible side of the edge between a force that fails and one that does not."""
    bad, good = np.asarray(outside, dtype=np.float64), np.asarray(inside, dtype=np.float64)
    # the outermost point may itself be admissible (nothing fails towards zero or the top)
    good = np.where(resistance_kn(bad) >= bad, bad, good)
    for _ in range(n_bisect):
        middle = 0.5 * (bad + good)
        ok = resistance_kn(middle) >= middle
        good, bad = np.where(ok, middle, good), np.where(ok, bad, middle)
    return good
