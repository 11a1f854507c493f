"""Every choice that no other beats in two values at once."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from optopscan.model.arrays import FloatArray, IntArray, freeze
from optopscan.placement.solver.bounds import Paths
from optopscan.placement.solver.components import impossible
from optopscan.placement.solver.highs import highs
from optopscan.placement.solver.problem import Problem, canonical, unit_of
from optopscan.placement.solver.strips import paths_of, prepared, strips
from optopscan.placement.solver.sweep import sweep
from optopscan.placement.solver.track import Track

POINTS_MAX = 1_000
LABEL_LIMIT = 150_000
NO_LIMIT = 1e15


@dataclass(frozen=True, kw_only=True, eq=False)
class Front:
    """Points (n_point, 2) by falling first value, with a choice each; ``complete``: every point is proven and none left out."""

    points: FloatArray
    chosen: tuple[IntArray, ...]
    complete: bool

    def __post_init__(self) -> None:
        freeze(self)


def front(problem: Problem, *, label_limit: int = LABEL_LIMIT, node_limit: int | None = None) -> Front:
    """Return the Pareto front of the first two levels, both maximised.

    One sweep that tells labels apart by both values, down to a first value that the last point has at least. Where that
    takes too many labels, point after point: the best first value, the best second one there, then more of the second.

    Raises
    ------
    ValueError
        If there are no two levels.
    """
    if len(problem.values) < 2:
        raise ValueError("a front needs two levels of values")
    order = canonical(problem)
    asked = replace(problem.take(order), values=problem.values[:2, order])
    if impossible(asked):
        return Front(points=np.zeros((0, 2)), chosen=(), complete=True)
    paths = paths_of(asked)
    found = None if paths is None else _at_once(asked, paths, label_limit)
    chosen, complete = _one_by_one(asked, paths, node_limit) if found is None else (found, True)
    points = np.array([asked.reached(one) for one in chosen]).reshape(-1, 2)
    return Front(points=points, chosen=tuple(np.sort(order[one]) for one in chosen), complete=complete)


def _at_once(problem: Problem, paths: tuple[Paths, ...], label_limit: int) -> list[IntArray] | None:
    """Return a choice per point from one sweep, None where it does not get there."""
    turned = replace(problem, values=problem.values[::-1])
    most = strips(turned.at_level(0, np.zeros(0)), paths=paths)
    if most is None or not most.proven:
        return [] if most is not None and most.bound == -np.inf else None
    # any choice of the most there is of the second value will do: the sweep goes down to its first value
    last = strips(turned.at_level(1, turned.reached(most.chosen)), paths=paths, proof=False)
    least = problem.reached(most.chosen if last is None or not last.chosen.size else last.chosen)[0]
    second = -problem.values[1]
    unit = unit_of(second)
    # rounded to whole numbers where they are, so that equal is equal
    second = np.round(second / unit) if unit else second
    asked = prepared(paths, problem.at_level(0, np.zeros(0)))
    rows = np.concatenate([asked.rows, second[None, :]])
    limit, price = np.append(asked.limit, NO_LIMIT), np.append(asked.price, 0.0)
    tracks = tuple(Track(one, asked.value, rows, price, kept=1) for one in paths)
    swept = sweep(tracks, limit, price, float(least / (asked.unit or 1.0) - 1e-9 * abs(least)), label_limit=label_limit)
    return list(swept.ends) if swept.complete and swept.ends else None


def _one_by_one(problem: Problem, paths: tuple[Paths, ...] | None, node_limit: int | None) -> tuple[list[IntArray], bool]:
    """Return a choice per point, and whether that is all of them."""
    second = problem.values[1]
    unit = unit_of(second)
    step = 0.5 * unit if unit else 1e-6 * max(float(np.abs(second).max(initial=0.0)), 1.0)
    chosen: list[IntArray] = []
    part = problem
    while len(chosen) < POINTS_MAX:
        found = strips(part, paths=paths) if paths is not None else None
        if found is None or (found.proven < 2 and found.bound > -np.inf):
            found = highs(part, node_limit=node_limit)
        if found.proven < 2:
            return chosen, found.bound == -np.inf
        chosen.append(found.chosen)
        more = sp.csr_array(-second[None, :])
        rhs = np.append(problem.rhs, -float(found.values[1]) - step)
        part = replace(problem, rows=sp.csr_array(sp.vstack([problem.rows, more], format="csr")), rhs=rhs)
        if impossible(part):
            return chosen, True
    return chosen, False
