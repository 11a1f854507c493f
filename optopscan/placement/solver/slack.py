"""Among choices that are equally good, one that leaves the fullest row the most room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import scipy.sparse as sp
from scipy.optimize import linprog

from optopscan.model.arrays import FloatArray, IntArray
from optopscan.placement.solver.components import binding
from optopscan.placement.solver.problem import UNIT_TOLERANCE, Problem, Solution

SOLVES_MAX = 10
CLOSE = 1e-3


def smallest_slack(problem: Problem, chosen: IntArray, n_row: int | None = None) -> float:
    """Return the smallest (rhs - use) / max(|rhs|, 1) of a choice, over those of the first ``n_row`` rows that some choice exceeds.

    Without ``n_row`` over all rows; inf where no row can be exceeded.
    """
    rows = np.flatnonzero(binding(problem)[:n_row])
    x = np.zeros(len(problem))
    x[chosen] = 1.0
    left: FloatArray = (problem.rhs - problem.rows @ x)[rows] / np.maximum(np.abs(problem.rhs[rows]), 1.0)
    return float(left.min(initial=np.inf))


def largest_share(problem: Problem, rows: IntArray, scale: FloatArray, enough: FloatArray) -> float:
    """Return an upper bound of the smallest slack of choices that reach ``enough``: with parts of candidates allowed."""
    n, n_row, n_clique = len(problem), len(problem.rhs), problem.cliques.shape[0]
    share = np.zeros(n_row)
    share[rows] = scale
    columns = [np.append(share, np.zeros(n_clique + len(enough)))[:, None]]
    limits = sp.vstack([problem.rows, problem.cliques, sp.csr_array(-problem.values[: len(enough)])])
    found = linprog(
        np.append(np.zeros(n), -1.0),
        A_ub=sp.csr_matrix(sp.hstack([limits, *columns])),
        b_ub=np.concatenate([problem.rhs, np.ones(n_clique), -enough]),
        bounds=[*[(0.0, 1.0)] * n, (None, None)],
        method="highs",
    )
    lightest = np.asarray(problem.rows.minimum(0.0).sum(axis=1)).ravel()[rows]
    most = float(((problem.rhs[rows] - lightest) / scale).min())
    return min(most, float(found.x[-1])) if found.x is not None else most


def most_slack(problem: Problem, found: Solution, solve: Callable[[Problem], Solution], n_row: int | None = None) -> Solution:
    """Return a choice as good as ``found`` before the last level, of the largest smallest slack, then the best in the last level.

    Right-hand sides of the first ``n_row`` rows (all without it) are lowered, halving what is unknown to 1e-3 in at most ten
    solves. What a limited solve does not reach counts as impossible, so the slack may be less than the largest, never the levels
    before. With one level slack comes after it.
    """
    rows = np.flatnonzero(binding(problem)[:n_row])
    if not rows.size or not np.isfinite(found.gap):
        return found
    n_before = max(len(problem.values) - 1, 1)
    reached = found.values[:n_before]
    enough = reached - UNIT_TOLERANCE * np.maximum(np.abs(reached), 1.0)
    scale = np.maximum(np.abs(problem.rhs[rows]), 1.0)

    def at(share: float, asked: Problem) -> IntArray | None:
        rhs = problem.rhs.copy()
        rhs[rows] -= share * scale
        answer = solve(replace(asked, rhs=rhs))
        fits = np.isfinite(answer.gap) and (answer.values[:n_before] >= enough).all()
        return answer.chosen if fits else None

    before = replace(problem, values=problem.values[:n_before])
    best = found.chosen
    least = max(smallest_slack(problem, best, n_row), 0.0)
    most = largest_share(problem, rows, scale, enough)
    for _ in range(SOLVES_MAX):
        if most - least <= CLOSE:
            break
        share = 0.5 * (least + most)
        chosen = at(share, before)
        if chosen is None:
            most = share
        else:
            best, least = chosen, max(share, smallest_slack(problem, chosen, n_row))
    if len(problem.values) > 1:
        chosen = at(least, problem)
        best = best if chosen is None else chosen
    return replace(found, chosen=best, values=problem.reached(best), proven=min(found.proven, n_before))
