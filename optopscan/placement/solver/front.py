"""Every choice that no other beats in two values at once."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from optopscan.model.arrays import FloatArray, IntArray, freeze
from optopscan.placement.solver.components import impossible
from optopscan.placement.solver.highs import highs
from optopscan.placement.solver.problem import Problem, canonical, unit_of
from optopscan.placement.solver.strips import paths_of, strips

POINTS_MAX = 1_000


@dataclass(frozen=True, kw_only=True, eq=False)
class Front:
    """Points (n_point, 2) by falling first value, with a choice each; ``complete``: every point is proven and none left out."""

    points: FloatArray
    chosen: tuple[IntArray, ...]
    complete: bool

    def __post_init__(self) -> None:
        freeze(self)


def front(problem: Problem, *, node_limit: int | None = None) -> Front:
    """Return the Pareto front of the first two levels, both maximised.

    The best first value, with the best second value there; then the same among choices of more of the second, until there are none.
    Overlap is compiled once for all points.

    Raises
    ------
    ValueError
        If there are no two levels.
    """
    if len(problem.values) < 2:
        raise ValueError("a front needs two levels of values")
    order = canonical(problem)
    asked = replace(problem.take(order), values=problem.values[:2, order])
    second = asked.values[1]
    unit = unit_of(second)
    step = 0.5 * unit if unit else 1e-6 * max(float(np.abs(second).max(initial=0.0)), 1.0)
    paths = paths_of(asked)
    points: list[FloatArray] = []
    chosen: list[IntArray] = []
    complete, part = True, asked
    if impossible(asked):
        return Front(points=np.zeros((0, 2)), chosen=(), complete=True)
    while complete and len(points) < POINTS_MAX:
        found = strips(part, paths=paths) if paths is not None else None
        if found is None or (found.proven < 2 and found.bound > -np.inf):
            found = highs(part, node_limit=node_limit)
        if found.proven < 2:
            complete = found.bound == -np.inf
            break
        points.append(found.values)
        chosen.append(np.sort(order[found.chosen]))
        more = sp.csr_array(-second[None, :])
        rhs = np.append(asked.rhs, -float(found.values[1]) - step)
        part = replace(asked, rows=sp.csr_array(sp.vstack([asked.rows, more], format="csr")), rhs=rhs)
        if impossible(part):
            break
    return Front(points=np.array(points).reshape(-1, 2), chosen=tuple(chosen), complete=complete)
