"""Independent parts of a problem."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components

from optopscan.model.arrays import BoolArray, IntArray
from optopscan.placement.solver.problem import Problem


def binding(problem: Problem) -> BoolArray:
    """Return which rows some choice exceeds (n_row)."""
    most = np.asarray(problem.rows.maximum(0.0).sum(axis=1)).ravel()
    return np.asarray(most > problem.rhs + problem.tolerance(), dtype=np.bool_)


def impossible(problem: Problem) -> bool:
    """Return whether one row alone leaves no choice at all."""
    least = np.asarray(problem.rows.minimum(0.0).sum(axis=1)).ravel()
    return bool((least > problem.rhs + problem.tolerance()).any())


def components(problem: Problem) -> tuple[tuple[IntArray, Problem], ...]:
    """Return (candidates, problem) of each part that shares no clique and no binding row with the rest, in order.

    The best choice of the whole is the best of every part, level by level, for all levels add up.
    """
    rows = np.flatnonzero(binding(problem))
    kept = problem.with_rows(rows)
    ties = sp.csr_array(sp.vstack([problem.cliques, kept.rows], format="csr"))
    n, n_tie = len(problem), ties.shape[0]
    graph = sp.coo_array(ties)
    at_row, at_column = graph.coords
    graph = sp.coo_array((np.ones(at_row.size), (at_column, n + at_row)), shape=(n + n_tie, n + n_tie))
    count, label = connected_components(graph, directed=False)
    row_label = label[n + problem.cliques.shape[0] :]
    found = []
    for part in range(count):
        members, own = np.flatnonzero(label[:n] == part), np.flatnonzero(row_label == part)
        if members.size:
            found.append((members, kept.take(members).with_rows(own)))
    return tuple(found)
