"""What a solver is asked and what it answers; no word about modules.

Maximise values[0] @ x, then values[1] @ x and so on, subject to cliques @ x <= 1,
rows @ x <= rhs and x in {0, 1}.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

import numpy as np
import scipy.sparse as sp

from optopscan.model.arrays import FloatArray, IntArray, freeze

FEASIBLE = 1e-9
UNIT_STEPS_MAX = 100_000.0
UNIT_TOLERANCE = 1e-6


@dataclass(frozen=True, kw_only=True, eq=False)
class Problem:
    """A choice among n candidates.

    ``values`` (n_level, n): levels in order of importance, each maximised. ``cliques`` (n_clique, n): 0/1, at most
    one per row. ``rows`` (n_row, n) @ x <= ``rhs``; negative coefficients are allowed. ``strip``, ``start_m``,
    ``end_m`` (n) are hints: candidates of one strip exclude each other where, and only where, their intervals
    overlap [m]; strip -1 is no hint. A wrong hint costs time, never the answer.

    Raises
    ------
    ValueError
        If a number is not finite or a shape does not fit.
    """

    values: FloatArray
    cliques: sp.csr_array
    rows: sp.csr_array
    rhs: FloatArray
    strip: IntArray
    start_m: FloatArray
    end_m: FloatArray

    def __post_init__(self) -> None:
        n = self.values.shape[1]
        if self.values.ndim != 2 or self.cliques.shape[1] != n or self.rows.shape != (len(self.rhs), n):
            raise ValueError("values, cliques, rows and rhs of a problem do not fit together")
        if not len(self.strip) == len(self.start_m) == len(self.end_m) == n:
            raise ValueError("hints must be given for every candidate")
        numbers = (self.values, self.rows.data, self.rhs, self.start_m, self.end_m)
        if not all(np.isfinite(part).all() for part in numbers):
            raise ValueError("a problem holds nan or inf")
        freeze(self)

    def __len__(self) -> int:
        return int(self.values.shape[1])

    def take(self, kept: IntArray) -> Problem:
        """Return the problem of some candidates; all rows stay, for one with rhs < 0 may still have to be met."""
        cliques = sp.csr_array(self.cliques[:, kept])
        return Problem(
            values=self.values[:, kept],
            cliques=sp.csr_array(cliques[np.flatnonzero(np.diff(cliques.indptr) > 1)]),
            rows=sp.csr_array(self.rows[:, kept]),
            rhs=self.rhs,
            strip=self.strip[kept],
            start_m=self.start_m[kept],
            end_m=self.end_m[kept],
        )

    def with_rows(self, kept: IntArray) -> Problem:
        """Return the problem under some of its rows."""
        return replace(self, rows=sp.csr_array(self.rows[kept]), rhs=self.rhs[kept])

    def at_level(self, level: int, reached: FloatArray) -> Problem:
        """Return the problem of one level alone; those before it keep what they ``reached`` (level), as rows."""
        before = self.values[:level]
        room = UNIT_TOLERANCE * np.maximum(np.abs(reached[:level]), 1.0) if level else np.zeros(0)
        return Problem(
            values=self.values[level : level + 1],
            cliques=self.cliques,
            rows=sp.csr_array(sp.vstack([self.rows, sp.csr_array(-before)], format="csr")) if level else self.rows,
            rhs=np.concatenate([self.rhs, room - reached[:level]]),
            strip=self.strip,
            start_m=self.start_m,
            end_m=self.end_m,
        )

    def reached(self, chosen: IntArray) -> FloatArray:
        """Return the value of a choice per level (n_level)."""
        found: FloatArray = self.values[:, chosen].sum(axis=1)
        return found

    def feasible(self, chosen: IntArray) -> bool:
        """Return whether a choice keeps every clique and row."""
        x = np.zeros(len(self))
        x[chosen] = 1.0
        fits = bool((self.rows @ x <= self.rhs + self.tolerance()).all())
        return fits and bool((self.cliques @ x <= 1.5).all())

    def tolerance(self) -> FloatArray:
        """Return by how much a row may be exceeded through rounding (n_row)."""
        return FEASIBLE * np.maximum(np.abs(self.rhs), 1.0)


@dataclass(frozen=True, kw_only=True, eq=False)
class Solution:
    """A choice of candidates, in order.

    ``optimal``, ``gap`` (relative; inf where nothing was found) and ``bound`` are about the first level: nothing is larger
    than the bound, -inf where there is no choice at all. ``proven`` counts the levels proven one after the other.
    ``values`` is what was reached per level, ``how`` names the method, ``steps`` counts its nodes or labels.
    """

    chosen: IntArray
    optimal: bool
    gap: float
    values: FloatArray = field(default_factory=lambda: np.zeros(0))
    bound: float = math.inf
    proven: int = 0
    how: str = ""
    steps: int = 0

    def __post_init__(self) -> None:
        freeze(self)


def canonical(problem: Problem) -> IntArray:
    """Return an order of the candidates that does not depend on the order they came in.

    Two candidates that share a place are the same in every number, so either of them will do.
    """
    columns = sp.csc_array(problem.rows)
    n_row = len(problem.rhs)
    # two fixed irregular weightings of the rows stand for the whole column
    weigh = np.stack([np.sqrt(np.arange(n_row) + 2.0) % 1.0, np.cbrt(np.arange(n_row) + 3.0) % 1.0]) if n_row else np.zeros((2, 0))
    marks = np.asarray((columns.T @ weigh.T).T)
    return np.lexsort((*marks[::-1], *problem.values[::-1], problem.end_m, problem.start_m, problem.strip)).astype(np.int64)


def unit_of(values: FloatArray) -> float:
    """Return the largest number that all values are whole multiples of; 0 where there is none worth using."""
    sizes = np.unique(np.abs(values))
    sizes = sizes[sizes > 0]
    if not sizes.size:
        return 0.0
    small = UNIT_TOLERANCE * float(sizes[0])
    unit = float(sizes[0])
    for size in sizes[1:].tolist():
        whole, rest = unit, size % unit
        while small < rest < whole - small:
            whole, rest = rest, whole % rest
        unit = whole
    steps = sizes / unit
    exact = np.abs(steps - np.round(steps)).max() < UNIT_TOLERANCE and steps[-1] <= UNIT_STEPS_MAX
    return unit if exact else 0.0
