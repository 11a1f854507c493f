"""Walls side by side: outer leaves, linings, and short pieces bonded to a wall that carries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.strtree import STRtree

from optopscan.model.arrays import BoolArray, FloatArray, IntArray
from optopscan.structure.bearing.contacts import N_SAMPLE, FloorContact, Walls

LEAF_GAP_M = 0.30  # cavity with present-day insulation
TOUCH_GAP_M = 0.03
LEAF_MOST_M = 0.125  # outer leaves and linings are a half brick thick
OUTER_MOST_M = 0.15  # ... or a concrete facade panel
RUN_GAP_M = 0.35  # wall pieces in one line, cut by a cross wall
LINING_RATIO = 0.6
STUB_M = 0.65
FACING = frozenset(("clay", "natural-stone", "masonry"))


@dataclass(frozen=True, eq=False)
class Beside:
    """Sample points of walls and parallel walls beside them: ``wall``, ``sample``, ``other``, side (+1 left, -1 right), clear gap [m]."""

    wall: IntArray
    sample: IntArray
    other: IntArray
    side: IntArray
    gap_m: FloatArray


def beside(walls: Walls) -> Beside:
    """Return which parallel walls run beside each other at the same height, not more than a cavity apart."""
    n = len(walls)
    points = shapely.points(walls.xy_m.reshape(-1, 2)) if n else np.zeros(0, dtype=object)
    shapes = np.array(walls.footprint, dtype=object)
    reach = np.repeat(0.5 * walls.thickness_m + LEAF_GAP_M, N_SAMPLE)
    point, other = STRtree(shapes).query(points, predicate="dwithin", distance=reach) if n else (np.zeros(0, int), np.zeros(0, int))
    wall = point // N_SAMPLE
    overlap = np.minimum(walls.z1_m[wall], walls.z1_m[other]) - np.maximum(walls.z0_m[wall], walls.z0_m[other])
    parallel = np.abs((walls.u[wall] * walls.u[other]).sum(axis=1)) > 0.95
    keep = (wall != other) & parallel & (overlap > 0.5 * (walls.z1_m - walls.z0_m)[wall])
    point, wall, other = point[keep], wall[keep], other[keep]
    away = ((walls.xy_m[other, N_SAMPLE // 2] - walls.xy_m[wall, point % N_SAMPLE]) * walls.v[wall]).sum(axis=1)
    gap = np.abs(away) - 0.5 * (walls.thickness_m[wall] + walls.thickness_m[other])
    apart = gap > -0.02
    return Beside(wall[apart], (point % N_SAMPLE)[apart], other[apart], np.sign(away[apart]).astype(np.int64), gap[apart])


def outer_leaves(walls: Walls, floor: FloorContact, near: Beside, groups: Sequence[str]) -> BoolArray:
    """Return walls that are outer leaves: the floor is on the wall behind, and nothing lies beyond.

    A leaf may stand before several short inner walls; these count together. A slab drawn
    on to the outer face does not make a facing of a half brick carry.
    """
    n = len(walls)
    facing = np.array([groups[int(i)] in FACING for i in walls.row], dtype=bool)
    thin = walls.thickness_m <= LEAF_MOST_M
    out = np.zeros(n, dtype=bool)
    for side, beyond in ((1, floor.right), (-1, floor.left)):
        better = floor.share[near.other] > floor.share[near.wall] + 0.3
        same = (floor.share[near.other] >= 0.4) & (walls.thickness_m[near.other] >= 0.95 * walls.thickness_m[near.wall])
        covered_by_slab = same & thin[near.wall] & facing[near.wall] & ~facing[near.other]
        use = (near.side == side) & (better | covered_by_slab)
        seen = np.zeros((n, N_SAMPLE), dtype=bool)
        seen[near.wall[use], near.sample[use]] = True
        out |= (seen.mean(axis=1) > 0.3) & (beyond < 0.5) & (walls.thickness_m <= OUTER_MOST_M)
    return out


def linings(walls: Walls, floor: FloorContact, near: Beside) -> BoolArray:
    """Return thin walls that stand against a much thicker wall under the same floor: plaster, facing, lining."""
    n = len(walls)
    thick = walls.thickness_m[near.wall] <= LINING_RATIO * walls.thickness_m[near.other]
    use = (near.gap_m < TOUCH_GAP_M) & thick & (walls.thickness_m[near.wall] <= LEAF_MOST_M)
    use &= floor.share[near.other] >= floor.share[near.wall] - 0.3
    seen = np.zeros((n, N_SAMPLE), dtype=bool)
    seen[near.wall[use], near.sample[use]] = True
    return np.asarray(seen.mean(axis=1) > 0.6)


def stubs(walls: Walls, groups: Sequence[str]) -> tuple[IntArray, IntArray]:
    """Return pairs (stub, wall): short pieces in touch with a longer wall of the same material and height."""
    if not len(walls):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    shapes = np.array(walls.footprint, dtype=object)
    short = np.flatnonzero(walls.length_m < np.maximum(STUB_M, 3.0 * walls.thickness_m))
    k, other = STRtree(shapes).query(shapes[short], predicate="dwithin", distance=TOUCH_GAP_M)
    stub = short[k]
    material = np.array([groups[int(i)] for i in walls.row], dtype=object)
    same = (stub != other) & (material[stub] == material[other]) & (np.abs(walls.z1_m[stub] - walls.z1_m[other]) < 0.2)
    longer = walls.length_m[other] > walls.length_m[stub]
    crossing = np.abs((walls.u[stub] * walls.u[other]).sum(axis=1)) < 0.95
    keep = same & longer & crossing
    return stub[keep].astype(np.int64), other[keep].astype(np.int64)


def runs(walls: Walls, groups: Sequence[str]) -> tuple[IntArray, IntArray, IntArray]:
    """Return (piece, neighbour, end): wall pieces in one line, of one thickness, material and height; end 0 or 1 of the piece."""
    none = np.zeros(0, np.int64)
    if not len(walls):
        return none, none, none
    half = 0.5 * walls.length_m[:, None] * walls.u
    middle = walls.xy_m[:, N_SAMPLE // 2]
    ends = np.stack([middle - half, middle + half], axis=1)
    shapes = np.array(walls.footprint, dtype=object)
    point, other = STRtree(shapes).query(shapely.points(ends.reshape(-1, 2)), predicate="dwithin", distance=RUN_GAP_M)
    piece, end = point // 2, point % 2
    material = np.array([groups[int(i)] for i in walls.row], dtype=object)
    offset = np.abs(((middle[other] - middle[piece]) * walls.v[piece]).sum(axis=1))
    along = ((middle[other] - middle[piece]) * walls.u[piece]).sum(axis=1) * np.where(end == 1, 1.0, -1.0)
    keep = (piece != other) & (material[piece] == material[other]) & (np.abs(walls.z1_m[piece] - walls.z1_m[other]) < 0.05)
    keep &= (np.abs(walls.thickness_m[piece] - walls.thickness_m[other]) < 0.005) & (offset < 0.03) & (along > 0)
    keep &= np.abs((walls.u[piece] * walls.u[other]).sum(axis=1)) > 0.995
    return piece[keep].astype(np.int64), other[keep].astype(np.int64), end[keep].astype(np.int64)
