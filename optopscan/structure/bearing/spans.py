"""Would the floor still hold without this wall? Spans between the other supports, by rays.

From points on the wall head rays run along and across the wall, as far as the floor
goes, to the nearest other support of that floor: a wall, a beam, or the strip between
two columns. The shorter of the two ways counts, as for a slab that spans two ways; where
planks show one direction, only that one. The span over the depth of the floor says
whether the wall is needed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.strtree import STRtree

from optopscan.model.arrays import BoolArray, FloatArray, IntArray
from optopscan.model.building import Elements
from optopscan.structure.bearing.contacts import FloorContact, Walls

REACH_M = 12.0
# Span over depth. EN 1992-1-1 table 7.4N gives 20-30 for lightly stressed slabs; what was built reaches about 35.
CONCRETE_USUAL, CONCRETE_MOST = 30.0, 37.0
# Joist floors: 1/20 is usual, beyond 1/26 they are felt to move.
TIMBER_USUAL, TIMBER_MOST = 20.0, 26.0
CANTILEVER = 2.5  # EN 1992-1-1 table 7.4N: K = 0.4 against 1.0 for a span between two supports
THINNEST_M = 0.12  # a thinner floor is a board on joists or a topping on steel: its own depth says nothing
PANEL_M = 9.0  # columns up to this far apart hold a strip of floor between them
RAY_SAMPLES = (1, 4, 7)
BACK_SPAN_M = 1.0  # a cantilever must go on this far beyond its support to another one
EXTRA_M = 0.15  # drawn axes stop short of the wall that they meet
PARALLEL = 0.94


@dataclass(frozen=True, eq=False)
class Lines:
    """Support lines of floors (n_line): two ends, the height of their top and foot, and the row of the wall (-1: beam or columns)."""

    xy_m: FloatArray
    top_m: FloatArray
    foot_m: FloatArray
    wall: IntArray
    support: BoolArray


@dataclass(frozen=True, eq=False)
class Hits:
    """Nearest distances [m]: for every ray and line that meet, the ray, the line and how far."""

    ray: IntArray
    line: IntArray
    distance_m: FloatArray


def support_lines(elements: Elements, walls: Walls, bar_carries: BoolArray) -> Lines:
    """Return walls, beams and column strips as lines; ``bar_carries`` (n_element): bars that count."""
    ends = np.concatenate([walls.xy_m[:, :1, :], walls.xy_m[:, -1:, :]], axis=1)
    half = (ends[:, 1] - ends[:, 0]) / 16.0  # samples stop 1/18 of the length from either end
    ends = np.stack([ends[:, 0] - half - EXTRA_M * walls.u, ends[:, 1] + half + EXTRA_M * walls.u], axis=1)
    parts = [(ends, walls.z1_m, walls.z0_m, np.arange(len(walls)), np.zeros(len(walls), dtype=bool))]
    axis, z0, z1 = np.asarray(elements.axis_m).reshape(-1, 4), np.asarray(elements.z0_m), np.asarray(elements.z1_m)
    beams = np.array(
        [i for i, k in enumerate(elements.kind) if k in ("beam", "member") and bar_carries[i] and np.isfinite(axis[i]).all()],
        dtype=np.int64,
    )
    level = beams[z1[beams] - z0[beams] < 1.0]
    made = axis[level].reshape(-1, 2, 2)
    parts.append((made, z1[level], z0[level] - 1.0, np.full(len(level), -1), np.ones(len(level), dtype=bool)))
    columns = np.array([i for i, k in enumerate(elements.kind) if k == "column" and bar_carries[i]], dtype=np.int64)
    strips = _column_strips(elements, columns)
    count = len(strips[1])
    parts.append((strips[0], strips[1], strips[2], np.full(count, -1), np.ones(count, dtype=bool)))
    return Lines(*(np.concatenate([p[k] for p in parts]) for k in range(5)))


def _column_strips(elements: Elements, columns: IntArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return lines between each column and its four nearest neighbours at the same height."""
    none = np.zeros((0, 2, 2)), np.zeros(0), np.zeros(0)
    if len(columns) < 2:
        return none
    centre = shapely.get_coordinates(shapely.centroid(np.array([elements.footprint[int(i)] for i in columns], dtype=object)))
    top, foot = np.asarray(elements.z1_m)[columns], np.asarray(elements.z0_m)[columns]
    tree = STRtree(shapely.points(centre))
    a, b = tree.query(shapely.points(centre), predicate="dwithin", distance=PANEL_M)
    far = np.hypot(*(centre[a] - centre[b]).T)
    keep = (a != b) & (far > 1.0) & (np.abs(top[a] - top[b]) < 0.35)
    a, b, far = a[keep], b[keep], far[keep]
    order = np.lexsort((b, far, a))
    a, b = a[order], b[order]
    rank = np.arange(len(a)) - np.searchsorted(a, a)
    a, b = a[rank < 4], b[rank < 4]
    return np.stack([centre[a], centre[b]], axis=1).reshape(-1, 2, 2), top[a], foot[a]


def cast(walls: Walls, lines: Lines) -> Hits:
    """Return where the four rays of each sample of each wall meet other support lines of the same floor.

    Ray number: ((wall x samples) + sample) x 4 + direction; directions are forward,
    backward, left, right.
    """
    n, k = len(walls), len(RAY_SAMPLES)
    if not n or not len(lines.top_m):
        return Hits(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    start = np.repeat(walls.xy_m[:, RAY_SAMPLES, :].reshape(-1, 2), 4, axis=0)
    way = np.stack([walls.u, -walls.u, walls.v, -walls.v], axis=1)
    way = np.repeat(way[:, None], k, axis=1).reshape(-1, 2)
    rays = shapely.linestrings(np.stack([start, start + REACH_M * way], axis=1))
    ray, line = STRtree(shapely.linestrings(lines.xy_m)).query(rays, predicate="intersects")
    wall = ray // (4 * k)
    head = walls.z1_m[wall]
    same_floor = (lines.top_m[line] > head - 0.35) & (lines.foot_m[line] < head - 0.5) & (lines.wall[line] != wall)
    # A beam above the floor or far below it is no support of this floor.
    same_floor &= (lines.wall[line] >= 0) | (np.abs(lines.top_m[line] - head) < 0.7)
    ray, line = ray[same_floor], line[same_floor]
    d, p = way[ray], lines.xy_m[line]
    q = p[:, 1] - p[:, 0]
    cross = d[:, 0] * q[:, 1] - d[:, 1] * q[:, 0]
    length = np.hypot(q[:, 0], q[:, 1])
    apart = np.abs((d * q).sum(axis=1)) < PARALLEL * length
    r = p[:, 0] - start[ray]
    far = (r[:, 0] * q[:, 1] - r[:, 1] * q[:, 0]) / np.where(apart, cross, 1.0)
    return Hits(ray[apart].astype(np.int64), line[apart].astype(np.int64), np.maximum(far[apart], 0.0))


def slenderness(walls: Walls, floor: FloorContact, lines: Lines, hits: Hits, counts: BoolArray) -> FloatArray:
    """Return span over depth (n_wall) of the floor on each wall if that wall were not there.

    Parameters
    ----------
    counts
        Walls (n_wall) taken as supports; beams and column strips always count.

    Returns
    -------
    ndarray
        nan where no floor lies on the wall or its depth says nothing; inf where nothing else holds it.
    """
    n, k = len(walls), len(RAY_SAMPLES)
    far = np.full(n * k * 4, np.inf)
    use = lines.support[hits.line] | np.where(lines.wall[hits.line] >= 0, np.append(counts, False)[lines.wall[hits.line]], False)
    np.minimum.at(far, hits.ray[use], hits.distance_m[use])
    last = np.zeros(n * k * 4)
    np.maximum.at(last, hits.ray[use], hits.distance_m[use])
    held = last > far + BACK_SPAN_M
    ahead, behind, left, right = np.moveaxis(far.reshape(n, k, 4), 2, 0)
    held_ahead, held_behind, held_left, held_right = np.moveaxis(held.reshape(n, k, 4), 2, 0)
    left = np.where((floor.left > 0.5)[:, None], left, np.inf)
    right = np.where((floor.right > 0.5)[:, None], right, np.inf)
    # A floor that meets another over the wall does not go on.
    cut = (floor.meet > 0.5)[:, None]
    across = np.where(cut, np.inf, _span(left, right, held_left, held_right))
    along = _span(ahead, behind, held_ahead, held_behind)
    angle = np.degrees(np.arctan2(walls.u[:, 1], walls.u[:, 0])) % 180.0
    turn = np.abs((floor.plank_deg - angle + 90.0) % 180.0 - 90.0)
    across = np.where((turn < 30.0)[:, None], np.inf, across)
    along = np.where((turn > 60.0)[:, None], np.inf, along)
    span = np.median(np.minimum(across, along), axis=1)
    known = (floor.share >= 0.3) & (floor.depth_m >= THINNEST_M)
    return np.where(known, span / np.where(known, floor.depth_m, 1.0), np.nan)


def _span(one: FloatArray, other: FloatArray, one_held: BoolArray, other_held: BoolArray) -> FloatArray:
    """Return the span between supports on both sides, else that of a cantilever over the only one; with no back span it falls."""
    both = np.isfinite(one) & np.isfinite(other)
    alone = np.minimum(np.where(one_held, one, np.inf), np.where(other_held, other, np.inf))
    return np.where(both, one + other, CANTILEVER * alone)


def limits(timber: BoolArray) -> tuple[FloatArray, FloatArray]:
    """Return the usual and the largest span over depth of a floor."""
    return np.where(timber, TIMBER_USUAL, CONCRETE_USUAL), np.where(timber, TIMBER_MOST, CONCRETE_MOST)
