"""CP-SAT of OR-tools, an optional peer of HiGHS."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from optopscan.errors import UsageError
from optopscan.model.arrays import FloatArray, IntArray
from optopscan.placement.solver.highs import by_level, nothing
from optopscan.placement.solver.problem import Problem, Solution, unit_of

CONFLICT_LIMIT = 200_000
SCALE = 1 << 20
DECIMALS = (1.0, 10.0, 100.0, 1_000.0, 10_000.0)
WHOLE = 1e-9
SEED = 1


def cpsat(
    problem: Problem, *, conflict_limit: int | None = CONFLICT_LIMIT, incumbent: IntArray | None = None, time_limit_s: float | None = None
) -> Solution:
    """Return the best choice that CP-SAT finds, on one thread.

    Rows are scaled to whole numbers, coefficients up and limits down: what it accepts keeps the rows as they were
    given. Values that are no whole multiples of one number are rounded to a millionth of the largest.

    Parameters
    ----------
    conflict_limit
        Conflicts per level; None for no limit.
    incumbent
        A choice to start from.
    time_limit_s
        For benchmarks only: with it the answer may depend on the machine [s].

    Raises
    ------
    UsageError
        Without the extra ``cpsat``.
    """
    try:
        from ortools.sat.python import cp_model
    except ImportError as error:
        raise UsageError("CP-SAT is not installed: pip install 'optopscan[cpsat]'") from error
    return by_level(problem, lambda _level, asked, _best: _one_level(cp_model, asked, conflict_limit, incumbent, time_limit_s), "cpsat")


def whole_rows(coefficients: FloatArray, most: float) -> tuple[IntArray, int]:
    """Return a row of whole numbers that nothing keeps which does not keep ``coefficients @ x <= most``.

    Equivalent where a few decimals say it all; else coefficients are rounded up and the limit down.
    """
    numbers = np.append(coefficients, most)
    for scale in DECIMALS:
        scaled = numbers * scale
        if np.abs(scaled - np.round(scaled)).max() <= WHOLE * scale and np.abs(scaled).max() < SCALE:
            whole = np.round(scaled).astype(np.int64)
            return whole[:-1], int(whole[-1])
    scale = SCALE / float(np.abs(coefficients).max())
    # a limit far from all coefficients says either everything or nothing
    return np.ceil(coefficients * scale).astype(np.int64), math.floor(max(min(most * scale, 2.0**50), -(2.0**50)))


def _one_level(
    cp_model: Any, problem: Problem, conflict_limit: int | None, incumbent: IntArray | None, time_limit_s: float | None
) -> Solution:
    model = cp_model.CpModel()
    x = [model.new_bool_var(f"x{k}") for k in range(len(problem))]
    for row in range(problem.cliques.shape[0]):
        members = problem.cliques.indices[problem.cliques.indptr[row] : problem.cliques.indptr[row + 1]]
        if members.size > 1:
            model.add_at_most_one([x[k] for k in members.tolist()])
    for row, most in enumerate(problem.rhs.tolist()):
        at = slice(problem.rows.indptr[row], problem.rows.indptr[row + 1])
        members, coefficients = problem.rows.indices[at], problem.rows.data[at]
        if np.maximum(coefficients, 0.0).sum() <= most:
            continue
        if not np.any(coefficients):
            return nothing(problem, "cpsat", proven=True)
        whole, limit = whole_rows(coefficients, most)
        model.add(cp_model.LinearExpr.weighted_sum([x[k] for k in members.tolist()], whole.tolist()) <= limit)
    value = problem.values[0]
    unit = unit_of(value) or float(np.abs(value).max(initial=0.0)) / SCALE or 1.0
    model.maximize(cp_model.LinearExpr.weighted_sum(x, np.round(value / unit).astype(np.int64).tolist()))
    if incumbent is not None:
        held = set(incumbent.tolist())
        for k, variable in enumerate(x):
            model.add_hint(variable, k in held)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = SEED
    if conflict_limit is not None:
        solver.parameters.max_number_of_conflicts = conflict_limit
    if time_limit_s is not None:
        solver.parameters.max_time_in_seconds = time_limit_s
    status = solver.solve(model)
    steps = int(solver.num_branches)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return nothing(problem, "cpsat", steps, proven=status == cp_model.INFEASIBLE)
    chosen = np.array([k for k, variable in enumerate(x) if solver.value(variable)], dtype=np.int64)
    best, optimal = float(value[chosen].sum()), bool(status == cp_model.OPTIMAL)
    bound = best if optimal else max(best, float(solver.best_objective_bound) * unit)
    gap = 0.0 if optimal else (bound - best) / max(abs(best), 1e-9)
    return Solution(
        chosen=chosen, optimal=optimal, gap=gap, values=np.array([best]), bound=bound, proven=int(optimal), how="cpsat", steps=steps
    )
