"""Exact choice of candidates: largest area, then preferred dwellings, then a fixed order.

Overlap is kept out by clique rows: axis-parallel rectangles that meet pairwise
have a point in common, and one such point lies at the left edge of one and the
low edge of another. Node limits, never a clock: the same input gives the same
layout on a slow machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
import shapely
from scipy.optimize import Bounds, LinearConstraint, milp

from optopscan.geometry import plane
from optopscan.model.arrays import BoolArray, FloatArray, IntArray, freeze
from optopscan.placement.candidates import Candidates
from optopscan.placement.rows import CapacityRows

NODE_LIMIT = 2_000
TIE_NODE_LIMIT = 50
OVERLAP_M = 1e-4
OVERLAP_M2 = 1e-3
AREA_TOLERANCE_M2 = 1e-4
OPTIMAL = 0
MAXIMAL_BLOCK = 512


@dataclass(frozen=True, kw_only=True, eq=False)
class Solution:
    """Chosen candidates in order; ``gap`` is the relative gap in area (0 where proven optimal, inf without bound)."""

    chosen: IntArray
    optimal: bool
    gap: float

    def __post_init__(self) -> None:
        freeze(self)


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
        self._answers: dict[_Asked, _Answer] = {}

    def cliques(self, candidates: Candidates) -> sp.csr_array:
        """Return `overlap_cliques`."""
        roofs = tuple(block.roof for block in candidates.blocks)
        plans = [block.rectangles.take(candidates.row[candidates.block == k]) for k, block in enumerate(candidates.blocks)]
        sides = [side.tobytes() for plan in plans for side in (plan.u_m, plan.v_m, plan.du_m, plan.dv_m)]
        asked = (roofs, candidates.block.tobytes(), *sides, shapely.get_coordinates(candidates.polygons).tobytes())
        if asked not in self._cliques:
            self._cliques[asked] = overlap_cliques(candidates)
        return self._cliques[asked]

    def milp(self, cost: FloatArray, constraints: Sequence[LinearConstraint], node_limit: int) -> _Answer:
        """Return the choice of least cost."""
        rows = [sp.csr_array(row.A) for row in constraints]
        sides = [np.broadcast_to(side, row.A.shape[0]).tobytes() for row in constraints for side in (row.lb, row.ub)]
        parts = [part.tobytes() for row in rows for part in (row.indptr, row.indices, row.data)]
        asked = (node_limit, len(rows), cost.tobytes(), *sides, *parts)
        if asked not in self._answers:
            self._answers[asked] = _milp(cost, constraints, node_limit)
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
        Branch-and-bound nodes per level; the last solve, which only orders layouts of equal value, has a lower limit.
    known
        What was answered before on this roof.

    Returns
    -------
    Solution
        Empty and optimal when no candidate is free.
    """
    free = np.flatnonzero(~rows.blocked)
    if not free.size:
        return Solution(chosen=free, optimal=True, gap=0.0)
    milp_of = (known or Known()).milp
    constraints = _constraints(rows, cliques, cuts, free, len(candidates))
    if more is not None:
        constraints.append(LinearConstraint(sp.csr_array(more[0][:, free]), ub=more[1]))
    chosen = np.zeros(0)
    optimal, gap = True, 0.0
    for level in values:
        answer = milp_of(-level[free], constraints, node_limit)
        if answer.chosen is None and not chosen.size:
            return Solution(chosen=free[:0], optimal=False, gap=float("inf"))
        if answer.chosen is None:
            break
        chosen, optimal, gap = answer.chosen, optimal and answer.optimal, max(gap, answer.gap)
        floor = float(level[free] @ chosen) - AREA_TOLERANCE_M2
        constraints.append(LinearConstraint(sp.csr_array(level[free][None, :]), lb=floor))
    # the slope pushes ties to one end
    ordered = milp_of(np.arange(free.size) / free.size, constraints, TIE_NODE_LIMIT)
    chosen = chosen if ordered.chosen is None else ordered.chosen
    return Solution(chosen=free[chosen > 0.5], optimal=optimal, gap=gap)


def largest_area_m2(candidates: Candidates, cliques: sp.csr_array, *, node_limit: int = NODE_LIMIT, known: Known | None = None) -> float:
    """Return the area of one storey that the roof alone allows, whatever is underneath [m2]; a lower bound where the node limit ends it."""
    constraints = _overlap(cliques, np.arange(len(candidates)))
    lowest_m2 = candidates.storey_area_m2[:, 0]
    answer = (known or Known()).milp(-lowest_m2, constraints, node_limit)
    return 0.0 if answer.chosen is None else float(lowest_m2 @ answer.chosen)


def overlap_cliques(candidates: Candidates) -> sp.csr_array:
    """Return 0/1 rows (n_clique, n_candidate): of the candidates in a row at most one is placed."""
    pieces = [_block_cliques(candidates, block) for block in range(len(candidates.blocks))]
    pieces.append(_pair_rows(candidates))
    return sp.csr_array(sp.vstack(pieces, format="csr"))


@dataclass(frozen=True, kw_only=True, eq=False)
class _Answer:
    chosen: FloatArray | None
    optimal: bool
    gap: float


def _milp(cost: FloatArray, constraints: Sequence[LinearConstraint], node_limit: int) -> _Answer:
    result = milp(
        cost,
        integrality=np.ones(cost.size),
        bounds=Bounds(0.0, 1.0),
        constraints=list(constraints),
        options={"node_limit": node_limit, "mip_rel_gap": 0.0},
    )
    if result.x is None:
        return _Answer(chosen=None, optimal=False, gap=float("inf"))
    optimal = result.status == OPTIMAL
    gap = 0.0 if optimal or result.mip_gap is None else float(result.mip_gap)
    return _Answer(chosen=np.round(result.x), optimal=optimal, gap=gap)


def _constraints(
    rows: CapacityRows, cliques: sp.csr_array, cuts: Sequence[Cut], free: IntArray, n_candidate: int
) -> list[LinearConstraint]:
    found = _overlap(cliques, free)
    if rows.rhs.size:
        found.append(LinearConstraint(rows.matrix[:, free], ub=rows.rhs))
    if cuts:
        matrix = np.zeros((len(cuts), n_candidate))
        for row, cut in enumerate(cuts):
            matrix[row, list(cut.candidates)] = cut.weights
        found.append(LinearConstraint(sp.csr_array(matrix[:, free]), ub=np.array([cut.most for cut in cuts])))
    return found


def _overlap(cliques: sp.csr_array, free: IntArray) -> list[LinearConstraint]:
    rows = sp.csr_array(cliques[:, free])
    rows = rows[np.flatnonzero(np.diff(rows.indptr) > 1)]
    return [LinearConstraint(rows, ub=np.ones(rows.shape[0]))] if rows.shape[0] else []


def _block_cliques(candidates: Candidates, block: int) -> sp.csr_array:
    columns = np.flatnonzero(candidates.block == block)
    rectangles = candidates.blocks[block].rectangles.take(candidates.row[columns])
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
