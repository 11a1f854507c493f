"""Small random problems, and the best choice by trying every subset."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from optopscan.placement.solver.problem import Problem


def problem_of(values, cliques, rows, rhs, strip=None, start=None, end=None):
    values = np.atleast_2d(np.asarray(values, dtype=float))
    n = values.shape[1]
    return Problem(
        values=values,
        cliques=sp.csr_array(np.asarray(cliques, dtype=float).reshape(-1, n)),
        rows=sp.csr_array(np.asarray(rows, dtype=float).reshape(-1, n)),
        rhs=np.asarray(rhs, dtype=float),
        strip=np.full(n, -1) if strip is None else np.asarray(strip),
        start_m=np.zeros(n) if start is None else np.asarray(start, dtype=float),
        end_m=np.ones(n) if end is None else np.asarray(end, dtype=float),
    )


def cliques_of(strip, start, end, corners=()):
    """Return a row per pair of one strip that overlaps, and per pair of a corner (candidates one, candidates other)."""
    n = len(strip)
    pairs = [(i, j) for i in range(n) for j in range(i) if strip[i] == strip[j] and start[i] < end[j] and start[j] < end[i]]
    pairs += [(i, j) for one, other in corners for i in one for j in other]
    cliques = np.zeros((len(pairs), n))
    for row, pair in enumerate(pairs):
        cliques[row, list(pair)] = 1.0
    return cliques


def random_problem(seed, n_strip=1, n=11, negative=False, corner=False, levels=1, whole=True):
    """Return strips on whole positions, rows that hold neighbours in position, and what is asked for besides."""
    rng = np.random.default_rng([seed, n_strip, negative, corner, levels, whole])
    strip, start = rng.integers(0, n_strip, n), rng.integers(0, 12, n).astype(float)
    end = start + rng.integers(2, 5, n)
    value = (end - start) * (1.0 if whole else 1.0 + 0.3 * rng.random(n))
    corners = []
    if corner:
        # the low end of each strip against the low end of the next
        for one in range(n_strip - 1):
            corners.append((np.flatnonzero((strip == one) & (start < 3)), np.flatnonzero((strip == one + 1) & (start < 3))))
    walls = np.arange(0.0, 16.0, 4.0)
    reach = np.maximum(0.0, 4.0 - np.abs(0.5 * (start + end) - walls[:, None])) * rng.uniform(0.8, 1.2, n)
    per_strip = [reach * (strip == one) for one in range(n_strip)]
    rows = reach if rng.random() < 0.5 else np.concatenate(per_strip)
    if negative:
        rows = np.concatenate([rows, -rows[:1] + 0.5 * rows[1:2], np.where(rng.random(n) < 0.5, -1.0, 1.0)[None, :]])
    rhs = rng.uniform(0.2, 0.8) * np.maximum(rows, 0.0).sum(axis=1)
    if negative:
        rhs[-1] = float(rng.integers(-2, 2))
        rhs[-2] = float(rng.uniform(-1.0, 1.0))
    values = np.stack([value, *(rng.integers(0, 4, n).astype(float) for _ in range(levels - 1))])
    return problem_of(values, cliques_of(strip, start, end, corners), rows, rhs, strip, start, end)


def feasible_choices(problem):
    """Return 0/1 rows of every subset that keeps everything."""
    n = len(problem)
    every = ((np.arange(2**n)[:, None] >> np.arange(n)) & 1).astype(float)
    every = every[(every @ problem.cliques.toarray().T <= 1.0).all(axis=1)]
    return every[(every @ problem.rows.toarray().T <= problem.rhs + problem.tolerance()).all(axis=1)]


def brute_force(problem):
    """Return the best values level by level, None where no subset will do."""
    left = feasible_choices(problem)
    if not len(left):
        return None
    best = []
    for value in problem.values:
        reached = left @ value
        best.append(reached.max())
        left = left[reached >= reached.max() - 1e-9]
    return np.array(best)
