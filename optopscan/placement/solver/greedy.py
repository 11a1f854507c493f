"""The largest that still fits, again and again: fast, and what a better method is measured against."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from optopscan.placement.solver.components import impossible
from optopscan.placement.solver.highs import nothing
from optopscan.placement.solver.problem import Problem, Solution, canonical


def greedy(problem: Problem) -> Solution:
    """Return a choice that no candidate can be added to: by falling value, then from one end; without bound.

    Rows that only relief can keep are not looked after: where the choice breaks one, nothing is returned.
    """
    if impossible(problem):
        return nothing(problem, "greedy")
    place = np.empty(len(problem), dtype=np.int64)
    place[canonical(problem)] = np.arange(len(problem))
    by_candidate, use = sp.csc_array(problem.cliques), problem.rows.toarray()
    taken = np.zeros(problem.cliques.shape[0], dtype=np.bool_)
    room = problem.rhs + problem.tolerance()
    # a row that is not kept from the start may be helped, never worsened
    chosen = []
    for k in np.lexsort((place, -problem.values[0])).tolist():
        cliques = by_candidate.indices[by_candidate.indptr[k] : by_candidate.indptr[k + 1]]
        if problem.values[0, k] <= 0 or taken[cliques].any() or ((use[:, k] > room) & (use[:, k] > 0)).any():
            continue
        taken[cliques] = True
        room = room - use[:, k]
        chosen.append(k)
    found = np.array(sorted(chosen), dtype=np.int64)
    if not problem.feasible(found):
        return nothing(problem, "greedy", len(chosen))
    return Solution(chosen=found, optimal=False, gap=np.inf, values=problem.reached(found), how="greedy", steps=len(chosen))
