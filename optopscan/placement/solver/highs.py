"""HiGHS: any problem, one branch and bound per level."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import scipy.sparse as sp
from scipy.optimize import Bounds, LinearConstraint, milp

from optopscan.model.arrays import FloatArray, IntArray
from optopscan.placement.solver.problem import Problem, Solution, unit_of

NODE_LIMIT = 2_000
OPTIMAL = 0
INFEASIBLE = 2


def highs(
    problem: Problem,
    *,
    node_limit: int | None = NODE_LIMIT,
    later_node_limit: int | None = None,
    incumbent: IntArray | None = None,
    time_limit_s: float | None = None,
) -> Solution:
    """Return the best choice that branch and bound finds.

    Parameters
    ----------
    node_limit
        Branch-and-bound nodes of the first level; None for no limit.
    later_node_limit
        The same for the levels after it; None takes ``node_limit``.
    incumbent
        A feasible choice: nothing worse on the first level is looked for.
    time_limit_s
        For benchmarks only: with it the answer may depend on the machine [s].

    Returns
    -------
    Solution
        Empty, not optimal and of infinite gap where the limit ends before any choice is found, and where none exists.
    """
    start = incumbent if incumbent is not None and problem.feasible(incumbent) else None

    def one(level: int, asked: Problem, before: IntArray | None) -> Solution:
        limit = node_limit if level == 0 or later_node_limit is None else later_node_limit
        return _one_level(asked, limit, start if level == 0 else before, time_limit_s)

    return by_level(problem, one, "highs")


def by_level(problem: Problem, one: Callable[[int, Problem, IntArray | None], Solution], how: str) -> Solution:
    """Return the answer of a method that solves one level, called level after level with the best choice so far."""
    best = first = one(0, problem.at_level(0, np.zeros(0)), None)
    proven, steps = int(first.optimal), first.steps
    for level in range(1, len(problem.values) if np.isfinite(first.gap) else 1):
        answer = one(level, problem.at_level(level, problem.reached(best.chosen)), best.chosen)
        steps += answer.steps
        if np.isfinite(answer.gap) and answer.values[0] >= problem.values[level, best.chosen].sum():
            best = answer
        proven += int(answer.optimal and proven == level)
    return Solution(
        chosen=best.chosen,
        optimal=first.optimal,
        gap=first.gap,
        values=problem.reached(best.chosen),
        bound=first.bound,
        proven=proven,
        how=how,
        steps=steps,
    )


def nothing(problem: Problem, how: str, steps: int = 0, *, proven: bool = False) -> Solution:
    """Return the answer where no choice was found or, with a bound of -inf, is ``proven`` not to exist."""
    none = np.zeros(0, dtype=np.int64)
    bound = -np.inf if proven else np.inf
    return Solution(chosen=none, optimal=False, gap=np.inf, values=np.zeros(len(problem.values)), bound=bound, how=how, steps=steps)


def _one_level(problem: Problem, node_limit: int | None, incumbent: IntArray | None, time_limit_s: float | None) -> Solution:
    value = problem.values[0]
    if not len(problem):
        empty = np.zeros(0, dtype=np.int64)
        fits = problem.feasible(empty)
        none = Solution(chosen=empty, optimal=True, gap=0.0, values=np.zeros(1), bound=0.0, proven=1, how="highs")
        return none if fits else nothing(problem, "highs", proven=True)
    unit = unit_of(value)
    both = _limit(problem.cliques, np.ones(problem.cliques.shape[0])), _limit(problem.rows, problem.rhs)
    limits = [limit for limit in both if limit]
    if incumbent is not None:
        limits.append(LinearConstraint(sp.csr_array(value[None, :]), lb=problem.reached(incumbent)[0] - 1e-6))
    options: dict[str, float] = {"mip_rel_gap": 0.0}
    options |= {} if node_limit is None else {"node_limit": node_limit}
    options |= {} if time_limit_s is None else {"time_limit": time_limit_s}
    # whole units as cost: HiGHS sees by itself that the objective is a whole number
    cost = -np.round(value / unit) if unit else -value
    result = milp(cost, integrality=np.ones(value.size), bounds=Bounds(0.0, 1.0), constraints=limits, options=options)
    steps = int(result.mip_node_count or 0)
    if result.x is None:
        if incumbent is None:
            return nothing(problem, "highs", steps, proven=result.status == INFEASIBLE)
        best = float(problem.reached(incumbent)[0])
        return Solution(chosen=incumbent, optimal=False, gap=np.inf, values=np.array([best]), how="highs", steps=steps)
    chosen = np.flatnonzero(result.x > 0.5)
    best, optimal = float(value[chosen].sum()), result.status == OPTIMAL
    bound = best if optimal or result.mip_dual_bound is None else max(best, -float(result.mip_dual_bound) * (unit or 1.0))
    gap = 0.0 if optimal else (bound - best) / max(abs(best), 1e-9)
    return Solution(
        chosen=chosen, optimal=optimal, gap=gap, values=np.array([best]), bound=bound, proven=int(optimal), how="highs", steps=steps
    )


def _limit(matrix: sp.csr_array, most: FloatArray) -> LinearConstraint | None:
    """Return the rows that can be exceeded; None without any."""
    kept = np.flatnonzero(np.asarray(matrix.maximum(0.0).sum(axis=1)).ravel() > most)
    if not kept.size:
        return None
    rows = sp.csr_array(matrix[kept])
    # 32-bit indices, as HiGHS wants them
    rows.indices, rows.indptr = rows.indices.astype(np.int32), rows.indptr.astype(np.int32)
    return LinearConstraint(rows, ub=most[kept])
