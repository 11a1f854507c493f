"""Footprint, enclosing rectangle and slope of a body."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.errors import GEOSException
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from optopscan.geometry.mesh import Faces
from optopscan.geometry.outline import outline
from optopscan.model.arrays import BoolArray, FloatArray

SNAP_M = 1e-5
SLIVER_M2 = 1e-4
_LEVEL = 1e-3
_SLOPE_SHARE = 0.05
_FLAT = 1.0 - 1e-9


def projected(corners: FloatArray) -> BaseGeometry:
    """Return the union of plane triangles [m], (n, 3, 2), as one valid polygon or multipolygon.

    Points are snapped to 0.01 mm, parts and holes under 1 cm2 are dropped, points on
    a straight line removed; ring order is normalised, so equal bodies give equal text.
    Empty input gives an empty polygon.
    """
    if len(corners) == 0:
        return Polygon()
    return tidy(_joined([one for group in _one_way(corners) for one in _sheets(group)]))


def _one_way(corners: FloatArray) -> list[FloatArray]:
    """Return the triangles that turn counter-clockwise and those that turn clockwise, apart: front and back of a body."""
    (ax, ay), (bx, by), (cx, cy) = (corners[:, i].T for i in range(3))
    turn = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    return [corners[turn > 0.0], corners[turn < 0.0]]


def _sheets(corners: FloatArray) -> list[BaseGeometry]:
    """Return shapes that together are the union of triangles of one turn: one where they fit together."""
    if len(corners) == 0:
        return []
    whole = outline(corners, SNAP_M)
    return [whole] if whole is not None else [_union(corners)]


def _union(corners: FloatArray) -> BaseGeometry:
    """Return the union of plane triangles on the grid; first as it is and then on the grid is three times as fast."""
    parts = shapely.polygons(np.round(corners / SNAP_M) * SNAP_M)
    try:
        return shapely.union_all([shapely.union_all(parts)], grid_size=SNAP_M)
    except GEOSException:
        return shapely.union_all(parts, grid_size=SNAP_M)


def _joined(shapes: list[BaseGeometry]) -> BaseGeometry:
    """Return the union of a few shapes on the grid; of shapes that repeat the largest, that one."""
    if not shapes:
        return Polygon()
    shapes = sorted(shapes, key=lambda one: -one.area)
    others = [one for one in shapes[1:] if not (shapely.equals(one, shapes[0]) or shapely.covers(shapes[0], one))]
    return shapely.union_all([shapes[0], *others], grid_size=SNAP_M) if others else shapes[0]


def tidy(shape: BaseGeometry) -> BaseGeometry:
    """Return polygons only, without slivers, pin holes and points on straight lines."""
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, Polygon) and part.area > SLIVER_M2]
    kept = [_without_pin_holes(part) if part.interiors else part for part in parts]
    if not kept:
        return Polygon()
    whole = kept[0] if len(kept) == 1 else MultiPolygon(kept)
    simple = shapely.simplify(whole, 2.0 * SNAP_M, preserve_topology=True)
    result = simple if simple.is_valid else shapely.make_valid(whole, method="structure")
    normal: BaseGeometry = shapely.normalize(result)
    return normal


def _without_pin_holes(part: Polygon) -> Polygon:
    return Polygon(part.exterior, [ring for ring in part.interiors if Polygon(ring).area > SLIVER_M2])


def footprint(body: Faces, *, closed: bool) -> BaseGeometry:
    """Return the plan outline of a body [m].

    The union of its upward faces; for an open body, whose faces may be missing or
    turned, of all faces that are not vertical.
    """
    corners, vectors, area = body.corners, body.vectors, body.area
    up = vectors[:, 2] if closed else np.abs(vectors[:, 2])
    seen = up > _LEVEL * np.maximum(area, 1e-30)
    faces, level = corners[seen], vectors[seen, 2] >= _FLAT * area[seen]
    shapes = [one for group in _levels(faces[level]) for one in _sheets(group[:, :, :2])]
    shapes.extend(one for group in _one_way(faces[~level][:, :, :2]) for one in _sheets(group))
    return tidy(_joined(shapes))


def _levels(corners: FloatArray) -> list[FloatArray]:
    """Return level triangles (n, 3, 3) apart by height: a sill lies below the top of its wall."""
    if len(corners) == 0:
        return []
    height = np.round(corners[:, 0, 2] / SNAP_M)
    if (height == height[0]).all():
        return [corners]
    return [corners[height == one] for one in np.unique(height)]


def rectangle(points: FloatArray) -> tuple[FloatArray, FloatArray, float, float]:
    """Return the smallest enclosing rectangle of plane points: middle, long direction, two sides [m].

    One side of the smallest rectangle lies on an edge of the convex hull (Freeman and
    Shapira 1975). Equal areas: the longest hull edge wins, then the smallest angle.

    Returns
    -------
    tuple
        Middle (2,), unit vector along the longer side (2,), longer side, shorter side.
    """
    hull = shapely.convex_hull(shapely.multipoints(points))
    corners = shapely.get_coordinates(hull)
    edges = np.diff(corners, axis=0) if len(corners) > 1 else np.zeros((0, 2))
    length = np.hypot(edges[:, 0], edges[:, 1])
    edges = edges[length > 1e-9]
    if len(edges) == 0:
        return points.mean(axis=0), np.array([1.0, 0.0]), 0.0, 0.0
    length = np.hypot(edges[:, 0], edges[:, 1])
    angle = np.mod(np.arctan2(edges[:, 1], edges[:, 0]), 0.5 * np.pi)
    along = corners[:, 0, None] * np.cos(angle) + corners[:, 1, None] * np.sin(angle)
    across = corners[:, 1, None] * np.cos(angle) - corners[:, 0, None] * np.sin(angle)
    sides = np.stack([np.ptp(along, axis=0), np.ptp(across, axis=0)])
    best = np.lexsort((np.round(angle, 9), -np.round(length, 6), np.round(sides[0] * sides[1], 6)))[0]
    u = np.array([np.cos(angle[best]), np.sin(angle[best])])
    v = np.array([-u[1], u[0]])
    middle = 0.5 * (along[:, best].min() + along[:, best].max()) * u + 0.5 * (across[:, best].min() + across[:, best].max()) * v
    long_first = sides[0, best] >= sides[1, best]
    direction = forward(u if long_first else v)
    return middle, direction, float(sides[:, best].max()), float(sides[:, best].min())


def forward(direction: FloatArray) -> FloatArray:
    """Return the direction or its opposite, such that its first clear component is positive."""
    clear = np.flatnonzero(np.abs(direction) > 1e-6)
    flip = len(clear) > 0 and direction[clear[0]] < 0.0
    result: FloatArray = -direction if flip else direction
    return result


def slope_deg(body: Faces) -> float:
    """Return the steepest upward face [deg] that, with all steeper ones, covers over 5 % of the plan area.

    nan for a body without upward faces.
    """
    vectors, area = body.vectors, body.area
    up: BoolArray = vectors[:, 2] > _LEVEL * np.maximum(area, 1e-30)
    if not up.any():
        return float("nan")
    plan, angle = vectors[up, 2], np.degrees(np.arccos(np.clip(vectors[up, 2] / area[up], -1.0, 1.0)))
    order = np.argsort(-angle, kind="stable")
    covered = np.cumsum(plan[order]) / plan.sum()
    steepest = order[int(np.searchsorted(covered, _SLOPE_SHARE, side="right").clip(0, len(order) - 1))]
    return float(np.round(angle[steepest], 3))
