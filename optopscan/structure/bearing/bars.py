"""Columns, beams and members: what rests on them, what they rest on, and where beams end on walls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.strtree import STRtree

from optopscan.model.arrays import BoolArray, FloatArray, IntArray
from optopscan.model.building import Elements
from optopscan.structure.bearing.contacts import N_SAMPLE, Walls

TOUCH_M = 0.12  # a beam ends at the face of what holds it, or at its axis
LEVEL_M = 0.2  # plates, felt and drawing accuracy between a bar and what lies on it
STRIP_M = 0.02
BUTT_M = 0.5  # a beam that ends against a wall is clear of it this far along
GRAZE_M = 0.03
STOREY_M = 1.5  # nothing built to be lived in is lower
SLENDER = 60.0


@dataclass(frozen=True, eq=False)
class Bars:
    """Bars (n_bar): ``row`` in Elements, whether it stands upright, whether something rests on it, and whether it goes on below.

    ``reached``: some floor, roof or beam of the model lies a storey above its foot.
    ``slender``: length over the smaller side.
    """

    row: IntArray
    upright: BoolArray
    carries: BoolArray
    stands: BoolArray
    reached: BoolArray
    slender: FloatArray


def measure_bars(elements: Elements, slabs: IntArray) -> Bars:
    """Return what rests on each column, beam and member and what it rests on."""
    row = np.array([i for i, k in enumerate(elements.kind) if k in ("column", "beam", "member")], dtype=np.int64)
    z0, z1 = np.asarray(elements.z0_m), np.asarray(elements.z1_m)
    length, side = np.asarray(elements.length_m)[row], np.asarray(elements.thickness_m)[row]
    height = z1[row] - z0[row]
    column = np.array([elements.kind[int(i)] == "column" for i in row], dtype=bool)
    upright = column | (height > 0.8 * np.nan_to_num(length, nan=0.0))
    others = np.array(
        [i for i, k in enumerate(elements.kind) if k in ("wall", "slab", "roof", "column", "beam", "member", "footing", "pile")]
    )
    carries, stands = np.zeros(len(row), dtype=bool), np.zeros(len(row), dtype=bool)
    reached = np.zeros(len(row), dtype=bool)
    if len(row):
        shapes = np.array(elements.footprint, dtype=object)
        tree = STRtree(shapes[others])
        me, near = tree.query(shapes[row], predicate="dwithin", distance=TOUCH_M)
        other = others[near]
        keep = other != row[me]
        me, other = me[keep], other[keep]
        head, foot = z1[row[me]], z0[row[me]]
        flat = np.array([elements.kind[int(i)] in ("slab", "roof", "beam", "member") for i in other], dtype=bool)
        # On the head, or framed into the upper part of an upright bar.
        on = (z0[other] > head - LEVEL_M) & (z0[other] < head + LEVEL_M)
        framed = flat & (z0[other] < head) & (z1[other] > head - LEVEL_M) & (z0[other] > foot + 0.3 * (head - foot))
        pitched = flat & (z0[other] < head + LEVEL_M) & (z1[other] > head - LEVEL_M) & (z1[other] - z0[other] > 0.4)
        through = ~upright[me] & (z0[other] < head) & (z1[other] > head + 0.02) & (z0[other] > foot - 0.02)
        hit = on | (upright[me] & (framed | pitched)) | through
        carries[me[hit]] = True
        under = (z1[other] > foot - 0.7) & (z1[other] < foot + LEVEL_M) & (z0[other] < foot - 0.05)
        stands[me[under]] = True
        flat_rows = np.concatenate([slabs, row[~upright]])
        tops = z0[flat_rows]
        reached = float(tops.max()) > z0[row] + STOREY_M if len(slabs) else reached
    with np.errstate(divide="ignore", invalid="ignore"):
        slender = np.nan_to_num(np.maximum(height, np.nan_to_num(length)) / side, nan=0.0, posinf=0.0)
    return Bars(row, upright, carries, stands, reached, slender)


def landings(elements: Elements, walls: Walls) -> IntArray:
    """Return per wall how many beams end on it: of another line on or in it, of its own line against its end."""
    ends, way, low = _beam_ends(elements)
    out = np.zeros(len(walls), dtype=np.int64)
    if not len(ends) or not len(walls):
        return out
    end, wall = STRtree(list(walls.footprint)).query(shapely.points(ends), predicate="dwithin", distance=TOUCH_M)
    on_column = _ends_on_columns(elements, ends, low)
    crossing = np.abs((way[end] * walls.u[wall]).sum(axis=1)) < 0.9
    at_head = (walls.z1_m[wall] > low[end] - LEVEL_M) & (walls.z0_m[wall] < low[end] - 0.3)
    hit = crossing & at_head & ~on_column[end]
    # A wall in line with the beam holds its end where nothing across does; one that runs on under the beam says nothing.
    across = np.bincount(end[hit], minlength=len(ends)) > 0
    inward = shapely.points(ends[end] + BUTT_M * way[end])
    apart = shapely.distance(np.array(walls.footprint, dtype=object)[wall], inward) > 0.5 * BUTT_M
    hit |= ~crossing & at_head & ~on_column[end] & ~across[end] & apart
    return out + np.bincount(wall[hit], minlength=len(walls))


def resting(elements: Elements, walls: Walls) -> IntArray:
    """Return per wall how many bars touch its head from above: plates, beams across or along it, columns."""
    rows = np.array(
        [i for i, k in enumerate(elements.kind) if k in ("beam", "member", "column") and elements.thickness_m[i] >= STRIP_M], dtype=np.int64
    )
    if not len(rows) or not len(walls):
        return np.zeros(len(walls), dtype=np.int64)
    # A beam that a column holds at the end of the wall only grazes it.
    inner = shapely.buffer(np.array(walls.footprint, dtype=object), -GRAZE_M, join_style="mitre")
    bar, wall = STRtree(inner).query([elements.footprint[int(i)] for i in rows], predicate="intersects")
    gap = np.asarray(elements.z0_m)[rows[bar]] - walls.z1_m[wall]
    return np.asarray(np.bincount(wall[(gap > -0.05) & (gap < LEVEL_M)], minlength=len(walls)), dtype=np.int64)


def _ends_on_columns(elements: Elements, ends: FloatArray, low: FloatArray) -> BoolArray:
    """Return which beam ends a column holds, so that a wall beside it does not."""
    rows = np.array([i for i, k in enumerate(elements.kind) if k == "column"], dtype=np.int64)
    out = np.zeros(len(ends), dtype=bool)
    if len(rows):
        end, column = STRtree([elements.footprint[int(i)] for i in rows]).query(shapely.points(ends), predicate="dwithin", distance=TOUCH_M)
        z0, z1 = np.asarray(elements.z0_m)[rows[column]], np.asarray(elements.z1_m)[rows[column]]
        out[end[(z1 > low[end] - LEVEL_M) & (z0 < low[end] - 0.5)]] = True
    return out


def _beam_ends(elements: Elements) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return ends, direction into the bar and soffit of the level bars, two rows per bar."""
    axis = np.asarray(elements.axis_m).reshape(-1, 4)
    z0 = np.asarray(elements.z0_m)
    rows = np.array(
        [
            i
            for i, k in enumerate(elements.kind)
            if k in ("beam", "member") and np.isfinite(axis[i]).all() and elements.thickness_m[i] >= STRIP_M
        ],
        dtype=np.int64,
    )
    step = axis[rows, 2:] - axis[rows, :2]
    way = step / np.maximum(np.hypot(step[:, 0], step[:, 1]), 1e-9)[:, None]
    ends = np.concatenate([axis[rows, :2], axis[rows, 2:]])
    return ends, np.concatenate([way, -way]), np.tile(z0[rows], 2)


def infill_share(elements: Elements, walls: Walls) -> FloatArray:
    """Return the share of each wall that lies under a beam which columns hold at both ends."""
    axis = np.asarray(elements.axis_m).reshape(-1, 4)
    z0, z1 = np.asarray(elements.z0_m), np.asarray(elements.z1_m)
    columns = [i for i, k in enumerate(elements.kind) if k == "column"]
    beams = np.array([i for i, k in enumerate(elements.kind) if k == "beam" and np.isfinite(axis[i]).all()], dtype=np.int64)
    out = np.zeros(len(walls))
    if not len(beams) or len(columns) < 2 or not len(walls):
        return out
    held = _held_by_columns(elements, beams, columns)
    beams = beams[held]
    if not len(beams):
        return out
    reach = np.repeat(0.5 * walls.thickness_m, N_SAMPLE)
    points = shapely.points(walls.xy_m.reshape(-1, 2))
    point, beam = STRtree([elements.footprint[int(i)] for i in beams]).query(points, predicate="dwithin", distance=reach)
    wall, row = point // N_SAMPLE, beams[beam]
    over = (z0[row] > walls.z1_m[wall] - LEVEL_M) & (z0[row] < walls.z1_m[wall] + LEVEL_M)
    over |= (z0[row] < walls.z1_m[wall]) & (z1[row] >= walls.z1_m[wall] - LEVEL_M)
    step = axis[row, 2:] - axis[row, :2]
    along = np.abs((step * walls.u[wall]).sum(axis=1)) > 0.94 * np.hypot(step[:, 0], step[:, 1])
    hit = np.zeros(len(points), dtype=bool)
    hit[point[over & along]] = True
    return np.asarray(hit.reshape(len(walls), N_SAMPLE).mean(axis=1))


def _held_by_columns(elements: Elements, beams: IntArray, columns: Sequence[int]) -> BoolArray:
    """Return whether a column stands under both ends of each beam or under several points of it."""
    axis = np.asarray(elements.axis_m).reshape(-1, 4)
    z0, z1 = np.asarray(elements.z0_m), np.asarray(elements.z1_m)
    rows = np.array(columns, dtype=np.int64)
    shapes = np.array(elements.footprint, dtype=object)
    beam, near = STRtree(shapes[rows]).query(shapes[beams], predicate="dwithin", distance=TOUCH_M)
    column = rows[near]
    under = (z1[column] > z0[beams[beam]] - LEVEL_M) & (z0[column] < z0[beams[beam]] - 0.5)
    beam, column = beam[under], column[under]
    centre = shapely.get_coordinates(shapely.centroid(shapes[column])) if len(column) else np.zeros((0, 2))
    start, end = axis[beams[beam], :2], axis[beams[beam], 2:]
    length = np.maximum(np.hypot(*(end - start).T), 1e-9)
    s = ((centre - start) * (end - start)).sum(axis=1) / length**2
    low, high = np.full(len(beams), np.inf), np.full(len(beams), -np.inf)
    np.minimum.at(low, beam, s)
    np.maximum.at(high, beam, s)
    return np.asarray((low < 0.15) & (high > 0.85) & np.isfinite(low))
