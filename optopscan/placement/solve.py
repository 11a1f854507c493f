"""What is asked of the solver about a roof: the best first value, then the next, then a fixed order.

Overlap is kept out by clique rows: axis-parallel rectangles that meet pairwise
have a point in common, and one such point lies at the left edge of one and the
low edge of another. Node limits, never a clock: the same input gives the same
layout on a slow machine.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import scipy.sparse as sp
import shapely

from optopscan.geometry import plane
from optopscan.model.arrays import BoolArray, FloatArray, IntArray
from optopscan.placement.candidates import Candidates
from optopscan.placement.reactions import Rectangles
from optopscan.placement.rows import CapacityRows
from optopscan.placement.solver.choose import choose
from optopscan.placement.solver.highs import NODE_LIMIT
from optopscan.placement.solver.problem import Problem, Solution

__all__ = ["NODE_LIMIT", "Cut", "Known", "Solution", "largest_area_m2", "overlap_cliques", "solve", "strips"]
TIE_NODE_LIMIT = 50
OVERLAP_M = 1e-4
OVERLAP_M2 = 1e-3
MAXIMAL_BLOCK = 512


@dataclass(frozen=True, kw_only=True)
class Cut:
    """Weighted candidates may add up to at most ``most``; not ``exact`` where that may lose a layout that would pass."""

    candidates: tuple[int, ...]
    weights: tuple[float, ...]
    most: float
    exact: bool = True


class Known:
    """Answers found before, by all that was asked: products of one size ask much the same of one roof."""

    def __init__(self) -> None:
        self._cliques: dict[_Asked, sp.csr_array] = {}
        self._answers: dict[_Asked, Solution] = {}
        self.plans: dict[Hashable, Any] = {}
        self._counts: dict[_Asked, int] = {}

    def cliques(self, candidates: Candidates) -> sp.csr_array:
        """Return `overlap_cliques`."""
        roofs = tuple(block.roof for block in candidates.blocks)
        plans = [_plans(candidates, row)[1] for row in range(len(candidates.blocks))]
        sides = [side.tobytes() for plan in plans for side in (plan.u_m, plan.v_m, plan.du_m, plan.dv_m)]
        asked = (roofs, candidates.block.tobytes(), *sides, shapely.get_coordinates(candidates.polygons).tobytes())
        if asked not in self._cliques:
            self._cliques[asked] = overlap_cliques(candidates)
        return self._cliques[asked]

    def count(self, asked: tuple[Hashable, ...], made: Callable[[], int]) -> int:
        """Return a number that depends on what was asked and nothing else, made once."""
        if asked not in self._counts:
            self._counts[asked] = made()
        return self._counts[asked]

    def choose(self, problem: Problem, node_limit: int, *, slack_rows: int = 0) -> Solution:
        """Return `optopscan.placement.solver.choose.choose`."""
        matrices = [part.tobytes() for m in (problem.cliques, problem.rows) for part in (m.indptr, m.indices, m.data)]
        hints = [part.tobytes() for part in (problem.strip, problem.start_m, problem.end_m)]
        asked = (node_limit, slack_rows, problem.values.shape, problem.values.tobytes(), problem.rhs.tobytes(), *matrices, *hints)
        if asked not in self._answers:
            self._answers[asked] = choose(problem, node_limit=node_limit, later_node_limit=TIE_NODE_LIMIT, slack_rows=slack_rows)
        return self._answers[asked]


_Asked = tuple[object, ...]


def solve(
    candidates: Candidates,
    rows: CapacityRows,
    cliques: sp.csr_array,
    *,
    values: FloatArray,
    cuts: Sequence[Cut] = (),
    more: tuple[sp.csr_array, FloatArray] | None = None,
    node_limit: int = NODE_LIMIT,
    known: Known | None = None,
    slack: bool = False,
) -> Solution:
    """Return the best layout under capacity rows, clique rows and cuts.

    Parameters
    ----------
    cliques
        From `overlap_cliques`, (n_clique, n_candidate).
    values
        What each candidate adds (n_level, n_candidate): the sum of the first level is maximised, then of the next among
        layouts that are best for those before.
    more
        Further rows (n_row, n_candidate) with their right-hand sides.
    node_limit
        Branch-and-bound nodes of the first solve; those after it, which only order
        layouts of equal value, have a lower limit.
    known
        What was answered before on this roof.
    slack
        Of layouts of equal value, one that leaves the fullest capacity row the most room.

    Returns
    -------
    Solution
        Empty and optimal when no candidate is free.
    """
    free = np.flatnonzero(~rows.blocked)
    if not free.size:
        return Solution(chosen=free, optimal=True, gap=0.0)
    # the slope pushes ties to one end
    slope = np.arange(free.size) / free.size
    matrix, rhs = _limits(rows, cuts, more, free, len(candidates))
    problem = _problem(candidates, free, np.vstack([values[:, free], -slope]), cliques, matrix, rhs)
    found = (known or Known()).choose(problem, node_limit, slack_rows=rows.matrix.shape[0] if slack else 0)
    return replace(found, chosen=free[found.chosen])


def largest_area_m2(candidates: Candidates, cliques: sp.csr_array, *, node_limit: int = NODE_LIMIT, known: Known | None = None) -> float:
    """Return the area of one storey that the roof alone allows, whatever is underneath [m2]; a lower bound where the node limit ends it."""
    every = np.flatnonzero(candidates.height == 1)
    lowest_m2 = candidates.storey_area_m2[every, 0]
    problem = _problem(candidates, every, lowest_m2[None, :], cliques, sp.csr_array((0, every.size)), np.zeros(0))
    return float(lowest_m2[(known or Known()).choose(problem, node_limit).chosen].sum())


def strips(candidates: Candidates) -> tuple[IntArray, FloatArray, FloatArray]:
    """Return strip, start and end [m] of every candidate: those of one block that lie on one line along u, or else along v."""
    strip, start, end = np.full(len(candidates), -1), np.zeros(len(candidates)), np.zeros(len(candidates))
    count = 0
    for row in range(len(candidates.blocks)):
        at, plan = _plans(candidates, row)
        across_u, across_v = _lines(plan.v_m, plan.dv_m), _lines(plan.u_m, plan.du_m)
        along_u = across_u.max(initial=0) <= across_v.max(initial=0)
        line, low, size = (across_u, plan.u_m, plan.du_m) if along_u else (across_v, plan.v_m, plan.dv_m)
        strip[at], start[at], end[at] = count + line, low, low + size
        count += int(line.max(initial=-1)) + 1
    return strip, start, end


def _plans(candidates: Candidates, block: int) -> tuple[IntArray, Rectangles]:
    """Return the candidates of a block with their plans in the lowest storey."""
    rows = np.flatnonzero(candidates.block == block)
    return rows, candidates.blocks[block].rectangles.take(candidates.row[rows])


def _lines(start: FloatArray, size: FloatArray) -> IntArray:
    """Number the intervals so that those of one number all meet."""
    line = np.zeros(start.size, dtype=np.int64)
    number, reach = -1, -np.inf
    for at in np.argsort(start, kind="stable").tolist():
        if start[at] > reach - OVERLAP_M:
            number, reach = number + 1, np.inf
        line[at], reach = number, min(reach, start[at] + size[at])
    return line


def overlap_cliques(candidates: Candidates) -> sp.csr_array:
    """Return 0/1 rows (n_clique, n_candidate): of the candidates in a row at most one is placed."""
    pieces = [_block_cliques(candidates, block) for block in range(len(candidates.blocks))]
    pieces.append(_pair_rows(candidates))
    return sp.csr_array(sp.vstack(pieces, format="csr"))


def _problem(
    candidates: Candidates, free: IntArray, values: FloatArray, cliques: sp.csr_array, matrix: sp.csr_array, rhs: FloatArray
) -> Problem:
    strip, start, end = strips(candidates)
    held = sp.csr_array(cliques[:, free])
    return Problem(
        values=values,
        cliques=sp.csr_array(held[np.flatnonzero(np.diff(held.indptr) > 1)]),
        rows=matrix,
        rhs=rhs,
        strip=strip[free],
        start_m=start[free],
        end_m=end[free],
    )


def _limits(
    rows: CapacityRows, cuts: Sequence[Cut], more: tuple[sp.csr_array, FloatArray] | None, free: IntArray, n_candidate: int
) -> tuple[sp.csr_array, FloatArray]:
    weights = np.zeros((len(cuts), n_candidate))
    for row, cut in enumerate(cuts):
        weights[row, list(cut.candidates)] = cut.weights
    most = np.array([cut.most for cut in cuts], dtype=np.float64)
    further, limit = more if more is not None else (sp.csr_array((0, n_candidate)), np.zeros(0))
    every = sp.csr_array(sp.vstack([rows.matrix, sp.csr_array(weights), further], format="csr"))
    return sp.csr_array(every[:, free]), np.concatenate([rows.rhs, most, limit])


def _block_cliques(candidates: Candidates, block: int) -> sp.csr_array:
    columns, rectangles = _plans(candidates, block)
    u0, v0 = rectangles.u_m, rectangles.v_m
    over_u = _covers(np.unique(u0), u0, rectangles.du_m)
    over_v = _covers(np.unique(v0), v0, rectangles.dv_m)
    # a point counts when it is the left edge of one member and the low edge of another
    left = np.unique(u0)[:, None] == u0
    low = np.unique(v0)[:, None] == v0
    kept = []
    for row in range(len(left)):
        members = over_u[row] & over_v
        starts = (members & left[row]).any(axis=1) & (members & low).any(axis=1)
        kept.append(members[starts & (members.sum(axis=1) > 1)])
    members = _maximal(np.unique(np.concatenate(kept), axis=0))
    found = sp.lil_array((members.shape[0], len(candidates)))
    found[:, columns] = members.astype(np.float64)
    return sp.csr_array(found)


def _covers(points: FloatArray, start: FloatArray, size: FloatArray) -> BoolArray:
    """Return whether each interval holds a point just past each start, (n_point, n_interval)."""
    at = points[:, None] + OVERLAP_M
    return np.asarray((start[None, :] < at) & (start[None, :] + size[None, :] > at), dtype=np.bool_)


def _maximal(members: BoolArray) -> BoolArray:
    """Leave out the rows that are a subset of another row; rows are distinct."""
    if members.shape[0] < 2:
        return members
    ones = members.astype(np.float32)
    size = ones.sum(axis=1)
    keep = np.ones(len(members), dtype=np.bool_)
    for first in range(0, len(members), MAXIMAL_BLOCK):
        block = slice(first, first + MAXIMAL_BLOCK)
        # a superset of a distinct row is larger, so a row never drops itself
        inside = (ones[block] @ ones.T >= size[block, None]) & (size[None, :] > size[block, None])
        keep[block] = ~inside.any(axis=1)
    kept: BoolArray = members[keep]
    return kept


def _pair_rows(candidates: Candidates) -> sp.csr_array:
    """Return a row per overlapping pair from two frames of one roof."""
    polygons = np.asarray(candidates.polygons, dtype=object)
    roof = np.array([block.roof for block in candidates.blocks], dtype=np.int64)[candidates.block]
    pairs: list[tuple[int, int]] = []
    if len(candidates.blocks) > 1:
        one, other = shapely.STRtree(polygons).query(polygons, predicate="intersects")
        mixed = (one < other) & (candidates.block[one] != candidates.block[other]) & (roof[one] == roof[other])
        one, other = one[mixed], other[mixed]
        meets = shapely.area(plane.intersection(polygons[one], polygons[other])) > OVERLAP_M2
        pairs = sorted(zip(one[meets].tolist(), other[meets].tolist(), strict=True))
    row = np.repeat(np.arange(len(pairs)), 2)
    column = np.array(pairs, dtype=np.int64).reshape(-1)
    return sp.csr_array(sp.coo_array((np.ones(row.size), (row, column)), shape=(len(pairs), len(candidates))))
