"""Long sides of a roof: the lines along which a walkway can run.

Terminology. *Outline*: the roof as if cores, obstacles and small notches were not
there; a courtyard stays a hole. *Gable*: the short end of a wing. *Long side*: the
edges between two gables, round corners; around a courtyard a whole ring. The inside
of the roof lies to the left of its points.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from optopscan.geometry import plane
from optopscan.model.arrays import BoolArray, FloatArray, freeze

CORE_GAP_M = 6.0  # a core in the facade fills a notch up to this wide
NOTCH_M = 2.0  # narrower notches and light wells are bridged
COURTYARD_M = 4.0  # a narrower hole is an obstacle
JOG_M = 1.5  # a smaller step in a facade does not bend the walkway
WING_M = 3.0  # what stands out less is no wing
PART_M2 = 20.0
COLLINEAR = math.sin(math.radians(2.0))
CORNER = math.sin(math.radians(30.0))
POINT_M = 1e-3
FAR_M = 1e4
SAMPLES = 9


@dataclass(frozen=True, kw_only=True, eq=False)
class LongSide:
    """Points (n_edge + 1, 2) [m] with the roof to their left; ``depth_m`` (n_edge) from the edge to the other side of its wing."""

    points_m: FloatArray
    depth_m: FloatArray
    closed: bool
    around_court: bool

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def length_m(self) -> FloatArray:
        """Length of each edge (n_edge) [m]."""
        return np.asarray(np.hypot(*np.diff(self.points_m, axis=0).T))

    @property
    def along(self) -> FloatArray:
        """Direction of each edge (n_edge, 2)."""
        return np.diff(self.points_m, axis=0) / self.length_m[:, None]

    @property
    def inward(self) -> FloatArray:
        """Direction into the roof of each edge (n_edge, 2)."""
        return np.column_stack([-self.along[:, 1], self.along[:, 0]])

    @property
    def facing(self) -> FloatArray:
        """Mean outward direction (2); short where the sides look all ways."""
        return np.asarray(-(self.length_m @ self.inward) / self.length_m.sum())


def outlines(roof: BaseGeometry, cores: Sequence[BaseGeometry]) -> tuple[shapely.Polygon, ...]:
    """Return the outline of each part of a roof, largest first."""
    reach = _closed(roof, CORE_GAP_M)
    filled = _closed(plane.union([roof, *(plane.intersection(core, reach) for core in cores)]), NOTCH_M)
    parts = [part for part in shapely.get_parts(filled) if isinstance(part, shapely.Polygon) and part.area >= PART_M2]
    found = [shapely.Polygon(part.exterior, [ring for ring in part.interiors if _is_court(ring)]) for part in parts]
    return tuple(sorted(found, key=lambda part: (-round(part.area, 3), *np.round(part.bounds, 3))))


def long_sides(outline: shapely.Polygon) -> tuple[tuple[LongSide, ...], ...]:
    """Return the sets of long sides of an outline: one set, or two for a square, whose ends can be either pair."""
    outline = shapely.geometry.polygon.orient(outline, 1.0)
    rings = [_corners(ring) for ring in (outline.exterior, *outline.interiors)]
    plain = shapely.Polygon(rings[0], rings[1:])
    if not plain.is_valid:
        plain = outline
        rings = [np.asarray(ring.coords)[:-1] for ring in (outline.exterior, *outline.interiors)]
    courts = tuple(_whole(ring, plain, around_court=True) for ring in rings[1:])
    gables = _gables(rings[0], plain)
    if gables.any():
        return ((*_between(rings[0], gables, plain), *courts),)
    if courts or len(rings[0]) != 4:
        return ((_whole(rings[0], plain, around_court=False), *courts),)
    return tuple(_between(rings[0], np.arange(4) % 2 == odd, plain) for odd in (0, 1))


def _closed(shape: BaseGeometry, gap_m: float) -> BaseGeometry:
    return shape.buffer(0.5 * gap_m, join_style="mitre").buffer(-0.5 * gap_m, join_style="mitre")


def _is_court(ring: shapely.LinearRing) -> bool:
    box = shapely.minimum_rotated_rectangle(shapely.Polygon(ring))
    sides = np.hypot(*np.diff(shapely.get_coordinates(box)[:3], axis=0).T)
    return len(sides) == 2 and float(sides.min()) >= COURTYARD_M


def _turns(points: FloatArray) -> FloatArray:
    """Return the sine of the turn at the start of each edge, left positive; 1 or -1 past a right angle."""
    step = np.roll(points, -1, axis=0) - points
    step = step / np.hypot(*step.T)[:, None]
    before = np.roll(step, 1, axis=0)
    sine, cosine = before[:, 0] * step[:, 1] - before[:, 1] * step[:, 0], np.sum(before * step, axis=1)
    return np.asarray(np.where(cosine < 0, np.sign(sine), sine))


def _corners(ring: shapely.LinearRing) -> FloatArray:
    """Return the corners of a ring without points on a straight line and without small jogs."""
    points = np.asarray(ring.coords, dtype=np.float64)[:-1, :2]
    while len(points) > 4:
        points = points[np.hypot(*(points - np.roll(points, 1, axis=0)).T) > POINT_M]
        straight = np.abs(_turns(points)) < COLLINEAR
        if straight.any():
            points = points[~straight] if straight.sum() <= len(points) - 3 else points[1:]
            continue
        jog = _first_jog(points)
        if jog is None:
            break
        points = jog
    return points


def _first_jog(points: FloatArray) -> FloatArray | None:
    """Return the ring with its shortest small jog drawn straight along the inner of the two lines, None without one."""
    n, turns = len(points), _turns(points)
    step = np.roll(points, -1, axis=0) - points
    for k in np.argsort(np.round(np.hypot(*step.T), 6), kind="stable").tolist():
        start, end = k, (k + 1) % n
        if float(np.hypot(*step[k])) >= JOG_M:
            return None
        if turns[start] * turns[end] >= 0 or abs(_cross(step[k - 1], step[end])) > COLLINEAR * math.prod(np.hypot(*step[[k - 1, end]].T)):
            continue
        # Left, then right: the line after the jog lies further in, and is drawn back to the edge before it.
        drop, other = ((k - 1) % n, (k - 2) % n) if turns[start] > 0 else ((k + 2) % n, (k + 2) % n)
        base, along = (points[end], step[end]) if turns[start] > 0 else (points[start], step[k - 1])
        slope = _cross(along, step[other])
        if abs(slope) < CORNER * math.hypot(*along) * math.hypot(*step[other]):
            continue
        moved = points.copy()
        moved[drop] = base + along * (_cross(points[other] - base, step[other]) / slope)
        kept = np.delete(moved, [start, end], axis=0)
        shape = shapely.Polygon(kept)
        if len(kept) >= 4 and shape.is_valid and shape.area > 0:
            return kept
    return None


def _cross(a: FloatArray, b: FloatArray) -> float:
    return float(a[0] * b[1] - a[1] * b[0])


def _gables(points: FloatArray, outline: shapely.Polygon) -> BoolArray:
    """Return which edges are the short end of a wing: square corners, sides that stand out, and longer than wide."""
    step = np.roll(points, -1, axis=0) - points
    length, turns = np.hypot(*step.T), _turns(points)
    convex = (turns > CORNER) & (np.roll(turns, -1) > CORNER)
    stands_out = np.minimum(np.roll(length, 1), np.roll(length, -1)) >= WING_M
    depth = np.array([_depth(points[k], points[(k + 1) % len(points)], outline) for k in range(len(points))])
    return np.asarray(convex & stands_out & (depth > 1.05 * length))


def _depth(start: FloatArray, end: FloatArray, outline: shapely.Polygon) -> float:
    """Return the distance from an edge to the other side [m]: lower quartile of points along it, for corners look down the next wing."""
    along = (end - start) / np.hypot(*(end - start))
    inward = np.array([-along[1], along[0]])
    found = []
    for part in (np.arange(SAMPLES) + 0.5) / SAMPLES:
        foot = start + part * (end - start)
        inside = plane.intersection(shapely.LineString([foot + POINT_M * inward, foot + FAR_M * inward]), outline)
        first = min(shapely.get_parts(inside), key=lambda run: run.distance(shapely.Point(foot)), default=None)
        found.append(POINT_M + first.length if first is not None else 0.0)
    return float(np.quantile(found, 0.25, method="lower"))


def _between(points: FloatArray, gables: BoolArray, outline: shapely.Polygon) -> tuple[LongSide, ...]:
    n, starts = len(points), np.flatnonzero(gables)
    found = []
    for k, gable in enumerate(starts.tolist()):
        following = starts[(k + 1) % len(starts)]
        count = (following - gable - 1) % n
        if count:
            rows = (gable + 1 + np.arange(count + 1)) % n
            found.append(_side(points[rows], outline, closed=False, around_court=False))
    return tuple(found)


def _whole(points: FloatArray, outline: shapely.Polygon, *, around_court: bool) -> LongSide:
    return _side(np.vstack([points, points[:1]]), outline, closed=True, around_court=around_court)


def _side(points: FloatArray, outline: shapely.Polygon, *, closed: bool, around_court: bool) -> LongSide:
    depth = np.array([_depth(start, end, outline) for start, end in itertools.pairwise(points)])
    return LongSide(points_m=points, depth_m=depth, closed=closed, around_court=around_court)
