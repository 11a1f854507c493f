"""What touches a wall: floors on its head, walls above and below, foundations, beams that end on it.

Every wall is looked at in `N_SAMPLE` points along its axis, all walls at once. Shares
are fractions of these points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from optopscan.model.arrays import BoolArray, FloatArray, IntArray
from optopscan.model.building import Elements
from optopscan.structure.fields import plank_direction_deg

N_SAMPLE = 9
REST_M = 0.12  # soffit this far from a wall head still rests on it: felt, levelling, drawing accuracy
SIDE_M = 0.25  # a floor beside a wall is looked for this far from its face
FOOT_GAP_M = 0.6  # floor and finish between a wall and what stands above it
DEFAULT_M = 0.15  # thickness where none could be measured
MIN_FLOOR_M = 0.045


@dataclass(frozen=True, eq=False)
class Walls:
    """Walls in sample points: ``row`` in Elements (n), ``xy_m`` (n, 9, 2), unit axis ``u`` and normal ``v`` (n, 2)."""

    row: IntArray
    xy_m: FloatArray
    u: FloatArray
    v: FloatArray
    length_m: FloatArray
    thickness_m: FloatArray
    z0_m: FloatArray
    z1_m: FloatArray
    footprint: tuple[BaseGeometry, ...]

    def __len__(self) -> int:
        return len(self.row)


@dataclass(frozen=True, eq=False)
class FloorContact:
    """Floors at the head of each wall (n_wall).

    ``share`` of the length under a floor; ``left``, ``right`` the same beside the wall;
    ``ends`` where it lies on one side only, ``meet`` where two floors end, ``gap_m`` the
    usual distance to the soffit; ``depth_m`` of the floor, ``timber`` whether it is of
    wood; ``plank_deg`` direction of its planks (nan: none); ``at_level``: some floor of the
    model lies at the height of the head; ``reached``: ... a storey above its foot;
    ``covered``: share of the length under any floor or roof at any height.
    """

    share: FloatArray
    left: FloatArray
    right: FloatArray
    ends: FloatArray
    meet: FloatArray
    gap_m: FloatArray
    depth_m: FloatArray
    timber: BoolArray
    plank_deg: FloatArray
    at_level: BoolArray
    reached: BoolArray
    covered: FloatArray


def measure_walls(elements: Elements) -> Walls:
    """Return the walls of a building that have an axis."""
    axis = np.asarray(elements.axis_m, dtype=np.float64).reshape(-1, 4)
    row = np.array([i for i, k in enumerate(elements.kind) if k == "wall" and np.isfinite(axis[i]).all()], dtype=np.int64)
    start, end = axis[row, :2], axis[row, 2:]
    step = end - start
    length = np.hypot(step[:, 0], step[:, 1])
    u = step / np.maximum(length, 1e-9)[:, None]
    t = (np.arange(N_SAMPLE) + 0.5) / N_SAMPLE
    thickness = np.asarray(elements.thickness_m)[row]
    return Walls(
        row=row,
        xy_m=start[:, None, :] + t[None, :, None] * step[:, None, :],
        u=u,
        v=np.column_stack([-u[:, 1], u[:, 0]]),
        length_m=length,
        thickness_m=np.where(np.isfinite(thickness), thickness, DEFAULT_M),
        z0_m=np.asarray(elements.z0_m)[row],
        z1_m=np.asarray(elements.z1_m)[row],
        footprint=tuple(elements.footprint[int(i)] for i in row),
    )


def floor_rows(elements: Elements, groups: Sequence[str], not_structural: frozenset[str]) -> IntArray:
    """Return the slabs and roofs that can span."""
    thickness = np.asarray(elements.thickness_m)
    return np.array(
        [
            i
            for i, k in enumerate(elements.kind)
            if k in ("slab", "roof") and groups[i] not in not_structural and not thickness[i] < MIN_FLOOR_M
        ],
        dtype=np.int64,
    )


def _pairs(points: FloatArray, shapes: Sequence[BaseGeometry], reach_m: FloatArray | None = None) -> tuple[IntArray, IntArray]:
    """Return (point, shape) pairs in touch; ``reach_m`` per point."""
    if not len(points) or not len(shapes):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    tree = STRtree(list(shapes))
    made = shapely.points(points)
    found = tree.query(made, predicate="intersects") if reach_m is None else tree.query(made, predicate="dwithin", distance=reach_m)
    return found[0].astype(np.int64), found[1].astype(np.int64)


def _mark(n: int, point: IntArray) -> BoolArray:
    hit = np.zeros(n * N_SAMPLE, dtype=bool)
    hit[point] = True
    return hit.reshape(n, N_SAMPLE)


def floor_contact(elements: Elements, walls: Walls, slabs: IntArray, groups: Sequence[str]) -> FloorContact:
    """Return how the floors lie on each wall."""
    n = len(walls)
    shapes = [elements.footprint[int(i)] for i in slabs]
    z0, z1 = np.asarray(elements.z0_m)[slabs], np.asarray(elements.z1_m)[slabs]
    flat = walls.xy_m.reshape(-1, 2)
    reach = np.repeat(0.5 * walls.thickness_m + 0.03, N_SAMPLE)
    out = np.repeat(0.5 * walls.thickness_m + SIDE_M, N_SAMPLE)[:, None] * np.repeat(walls.v, N_SAMPLE, axis=0)

    def at_head(point: IntArray, slab: IntArray) -> tuple[IntArray, IntArray]:
        head, foot = walls.z1_m[point // N_SAMPLE], walls.z0_m[point // N_SAMPLE]
        rests = np.abs(z0[slab] - head) < REST_M
        # A floor that ends in the side of a wall, or goes through it under its head.
        framed = (z0[slab] < head) & (z0[slab] > foot + 0.5 * (head - foot)) & (z1[slab] > foot + 1.5)
        tall = (z0[slab] < head) & (z0[slab] > foot + 2.0)
        keep = rests | framed | tall
        return point[keep], slab[keep]

    near_p, near_s = _pairs(flat, shapes, reach)
    on_p, on_s = at_head(near_p, near_s)
    over = z1[near_s] > walls.z1_m[near_p // N_SAMPLE] + 0.02
    left_p, left_s = at_head(*_pairs(flat + out, shapes))
    right_p, right_s = at_head(*_pairs(flat - out, shapes))
    on, left, right = _mark(n, on_p), _mark(n, left_p), _mark(n, right_p)
    through = _mark(n, np.intersect1d(left_p * len(slabs) + left_s, right_p * len(slabs) + right_s) // max(len(slabs), 1))
    ends = on & (left ^ right)
    meet = on & left & right & ~through
    depth, timber, gap = _floor_of_wall(walls, slabs, elements, groups, on_p, on_s, z0, z1)
    planks = np.array([plank_direction_deg(elements, int(i)) for i in slabs]) if len(slabs) else np.zeros(0)
    area = shapely.area(np.array(shapes, dtype=object)) if len(slabs) else np.zeros(0)
    level = z0[area > 4.0]
    reached = np.abs(level[None, :] - walls.z1_m[:, None]) < 0.5 if len(level) else np.zeros((n, 0), dtype=bool)
    higher = level[None, :] > walls.z0_m[:, None] + 1.5 if len(level) else np.zeros((n, 0), dtype=bool)
    return FloorContact(
        share=on.mean(axis=1),
        left=left.mean(axis=1),
        right=right.mean(axis=1),
        ends=ends.mean(axis=1),
        meet=meet.mean(axis=1),
        gap_m=gap,
        depth_m=depth,
        timber=timber,
        plank_deg=_plank_direction(n, on_p, on_s, planks),
        at_level=np.asarray(reached.any(axis=1)),
        reached=np.asarray(higher.any(axis=1)),
        covered=_mark(n, near_p[over]).mean(axis=1),
    )


def _floor_of_wall(
    walls: Walls,
    slabs: IntArray,
    elements: Elements,
    groups: Sequence[str],
    point: IntArray,
    slab: IntArray,
    z0: FloatArray,
    z1: FloatArray,
) -> tuple[FloatArray, BoolArray, FloatArray]:
    """Return depth of the floor on each wall (planks and their topping together), whether it is timber, and the gap below it."""
    n = len(walls)
    depth, gap = np.full(n, np.nan), np.full(n, np.nan)
    timber = np.zeros(n, dtype=bool)
    own = np.asarray(elements.thickness_m)[slabs]
    steep = np.nan_to_num(np.asarray(elements.slope_deg)[slabs], nan=0.0) > 5.0
    pair = np.unique((point // N_SAMPLE) * max(len(slabs), 1) + slab)
    wall, first = np.unique(pair // max(len(slabs), 1), return_index=True)
    for k, rows in zip(wall.tolist(), np.split(pair % max(len(slabs), 1), first[1:]), strict=False):
        near = rows[np.abs(z0[rows] - z0[rows].min()) < 0.4] if len(rows) > 1 else rows
        height = float(z1[near].max() - z0[near].min())
        depth[k] = max(float(own[near].max()), height) if height < 0.7 and not steep[near].any() else float(own[near].max())
        timber[k] = all(groups[int(slabs[j])] in ("timber", "timber-frame") for j in near)
        gap[k] = float(np.min(np.abs(z0[near] - walls.z1_m[k]))) if (z0[near] > walls.z1_m[k] - 1e-3).all() else 0.0
    return depth, timber, gap


def _plank_direction(n: int, point: IntArray, slab: IntArray, planks: FloatArray) -> FloatArray:
    """Return the direction of the planks over each wall [degrees], nan where there are none or they disagree."""
    out = np.full(n, np.nan)
    if not len(slab):
        return out
    known = np.isfinite(planks[slab])
    angle = np.exp(2j * np.radians(planks[slab[known]]))
    wall = point[known] // N_SAMPLE
    total = np.bincount(wall, weights=angle.real, minlength=n) + 1j * np.bincount(wall, weights=angle.imag, minlength=n)
    count = np.bincount(wall, minlength=n)
    agree = (count > 0) & (np.abs(total) > 0.8 * count)
    out[agree] = np.degrees(np.angle(total[agree])) / 2.0 % 180.0
    return out


def plank_ends(elements: Elements, walls: Walls, slabs: IntArray) -> FloatArray:
    """Return for each wall how many plank ends lie on its head, per metre of length."""
    ends: list[FloatArray] = []
    level: list[float] = []
    for i in slabs.tolist():
        direction = plank_direction_deg(elements, i)
        if not np.isfinite(direction):
            continue
        corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(elements.footprint[i]))[:4]
        sides = np.roll(corners, -1, axis=0) - corners
        u = np.array([np.cos(np.radians(direction)), np.sin(np.radians(direction))])
        for k in range(4):
            if abs(float(sides[k] @ u)) < 0.3 * float(np.hypot(*sides[k])):  # the short sides
                ends.extend(corners[k] + f * sides[k] for f in (0.2, 0.5, 0.8))
                level.extend([float(elements.z0_m[i])] * 3)
    out = np.zeros(len(walls))
    if not ends:
        return out
    point, wall = _pairs(np.array(ends), walls.footprint, np.full(len(ends), 0.06))
    rests = np.abs(np.array(level)[point] - walls.z1_m[wall]) < REST_M + 0.05
    out += np.bincount(wall[rests], minlength=len(walls)) / 3.0
    return out / np.maximum(walls.length_m, 0.5)


@dataclass(frozen=True, eq=False)
class Stacks:
    """Walls above walls: pairs (``lower``, ``upper``) of rows of Walls and the share of the upper one's length.

    ``above``, ``below`` (n): share of each wall with another of like thickness above, below.
    ``held``: share of each wall with any wall right below; ``loaded``: any wall at all stands above it;
    ``touched``: ... and right on it, with no floor between.
    """

    lower: IntArray
    upper: IntArray
    pair_share: FloatArray
    above: FloatArray
    below: FloatArray
    held: FloatArray
    loaded: BoolArray
    touched: BoolArray


def stacks(walls: Walls) -> Stacks:
    """Return which walls stand above each other."""
    n = len(walls)
    flat = walls.xy_m.reshape(-1, 2)
    point, other = _pairs(flat, walls.footprint, np.repeat(np.maximum(0.5 * walls.thickness_m, 0.05), N_SAMPLE))
    me = point // N_SAMPLE
    up = walls.z0_m[other] - walls.z1_m[me]
    down = walls.z0_m[me] - walls.z1_m[other]
    is_above, is_below = (up > -0.1) & (up < FOOT_GAP_M), (down > -0.1) & (down < FOOT_GAP_M)
    alike = walls.thickness_m[other] >= 0.75 * walls.thickness_m[me]
    lower_p, upper_p = other[is_below], point[is_below]
    key = lower_p * n + upper_p // N_SAMPLE
    pair, count = np.unique(key, return_counts=True)
    return Stacks(
        lower=pair // max(n, 1),
        upper=pair % max(n, 1),
        pair_share=count / N_SAMPLE,
        above=_mark(n, point[is_above & alike]).mean(axis=1),
        below=_mark(n, point[is_below & alike]).mean(axis=1),
        held=_mark(n, point[is_below]).mean(axis=1),
        loaded=np.isin(np.arange(n), np.concatenate([me[is_above], lower_p])),
        touched=np.isin(np.arange(n), np.concatenate([me[is_above & (up < REST_M)], other[is_below & (down < REST_M)]])),
    )


def on_something(elements: Elements, walls: Walls, kinds: Sequence[str], gap_m: float) -> FloatArray:
    """Return the share of each wall with an element of these kinds right below its foot."""
    rows = [i for i, k in enumerate(elements.kind) if k in kinds]
    reach = np.repeat(0.5 * walls.thickness_m + 0.02, N_SAMPLE)
    point, other = _pairs(walls.xy_m.reshape(-1, 2), [elements.footprint[i] for i in rows], reach)
    down = walls.z0_m[point // N_SAMPLE] - np.asarray(elements.z1_m)[rows][other] if len(point) else np.zeros(0)
    return np.asarray(_mark(len(walls), point[(down > -0.3) & (down < gap_m)]).mean(axis=1))
