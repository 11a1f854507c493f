"""Strips kept free along the edges of a roof, each edge by the side of the world it looks to.

An edge looks along its outward normal, so the south wing of a courtyard building has an edge that
looks north: the one along the courtyard. Along an edge a strip of its own depth is cut off, with
straight corners. Around a courtyard corner the strips are carried on until they meet; at an obtuse
outer corner a deep strip is carried on under the next edge, never farther than its own depth.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, get_args

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from optopscan.geometry import plane
from optopscan.model.arrays import FloatArray

Side = Literal["noord", "oost", "zuid", "west"]
SIDES: tuple[Side, ...] = get_args(Side)

SECTOR_DEG = 45.0
SAME_DEG = 1e-6  # an edge that looks exactly between two sides belongs to both
STRAIGHT_M = 1e-6
BEYOND_M = 1e-6  # strips begin just outside the edge, or rounding leaves hairs along it
MITRE_LIMIT = 5.0


def looks_to(normal: FloatArray, north_deg: float) -> FloatArray:
    """Return whether edges look to north, east, south and west, (n, 4) as bool; on a border both.

    Parameters
    ----------
    normal
        Outward unit normals (n, 2).
    north_deg
        From the y axis to north, clockwise positive [deg].
    """
    bearing_deg = np.degrees(np.arctan2(normal[:, 0], normal[:, 1])) - north_deg
    off_deg = np.abs((bearing_deg[:, None] - 90.0 * np.arange(4) + 180.0) % 360.0 - 180.0)
    return np.asarray(off_deg <= SECTOR_DEG + SAME_DEG)


def set_back(polygon: BaseGeometry, side_m: FloatArray, north_deg: float = 0.0) -> BaseGeometry:
    """Return a roof less the strips along its edges, courtyards included.

    Parameters
    ----------
    polygon
        Polygon or multipolygon [m].
    side_m
        Depth of the strip [m] on the side of north, east, south and west, (4,).
    north_deg
        From the y axis to north, clockwise positive [deg].
    """
    if np.ptp(side_m) == 0.0:
        depth_m = float(side_m[0])
        return polygon if depth_m == 0.0 else polygon.buffer(-depth_m, join_style="mitre")
    left = [_set_back(part, side_m, north_deg) for part in shapely.get_parts(polygon) if not part.is_empty]
    return plane.union(left)


def _set_back(polygon: BaseGeometry, side_m: FloatArray, north_deg: float) -> BaseGeometry:
    # Corners that are none would break a strip in two.
    outline = shapely.orient_polygons(polygon.simplify(STRAIGHT_M))
    rings = [np.asarray(ring.coords)[:-1, :2] for ring in (outline.exterior, *outline.interiors)]
    return plane.difference(polygon, plane.union([strip for ring in rings for strip in _strips(ring, side_m, north_deg)]))


def _strips(corner: FloatArray, side_m: FloatArray, north_deg: float) -> Iterator[BaseGeometry]:
    """Yield what the edges of a ring take, with the roof on the left of its corners (n, 2)."""
    along = np.roll(corner, -1, axis=0) - corner
    along = along / np.linalg.norm(along, axis=1, keepdims=True)
    inward = np.column_stack([-along[:, 1], along[:, 0]])
    depth_m = np.where(looks_to(-inward, north_deg), side_m, 0.0).max(axis=1)
    for k in range(len(corner)):
        after = (k + 1) % len(corner)
        a, b, n, d = corner[k], corner[after], inward[k], float(depth_m[k])
        next_n, next_d = inward[after], float(depth_m[after])
        turn = float(along[k, 0] * along[after, 1] - along[k, 1] * along[after, 0])
        if d > 0.0:
            yield shapely.Polygon([a - n * BEYOND_M, b - n * BEYOND_M, b + n * d, a + n * d])
        if turn < 0.0:
            yield from _inner_corner(b, n, next_n, d, next_d)
        elif turn > 0.0 and float(along[k] @ along[after]) > 0.0:
            yield from _outer_corner(b, along[k], along[after], n, d)
            yield from _outer_corner(b, -along[after], -along[k], next_n, next_d)


def _inner_corner(at: FloatArray, n1: FloatArray, n2: FloatArray, d1: float, d2: float) -> list[BaseGeometry]:
    """Return what two strips take at a corner that the roof goes around: between their normals, within both depths."""
    cos = float(n1 @ n2)
    # How far the corner goes along either normal before the other strip ends it.
    t1 = min(d1, d2 / cos) if cos > 0.0 else d1
    t2 = min(d2, d1 / cos) if cos > 0.0 else d2
    sin2 = 1.0 - cos * cos
    points = [at, at + n1 * t1]
    if sin2 > 0.0:
        meet = ((d1 - d2 * cos) * n1 + (d2 - d1 * cos) * n2) / sin2
        if d1 >= d2 * cos and d2 >= d1 * cos:
            far_m = float(np.hypot(*meet))
            points.append(at + meet * min(1.0, MITRE_LIMIT * max(d1, d2) / far_m if far_m > 0.0 else 1.0))
    shape = shapely.Polygon([*points, at + n2 * t2])
    return [shape] if shape.is_valid and shape.area > 0.0 else []


def _outer_corner(at: FloatArray, out: FloatArray, edge: FloatArray, n: FloatArray, depth_m: float) -> list[BaseGeometry]:
    """Return what a strip of ``depth_m`` takes beyond its end, between its own normal and the next edge.

    ``out`` points along the strip out of it, ``edge`` along the next edge away from the corner.
    """
    cos, sin = float(out @ edge), float(n @ edge)
    # To where the next edge leaves the strip, at most the depth; less again at a corner that is nearly straight.
    reach_m = depth_m * (cos / sin if cos <= sin else sin / cos)
    end = edge * (reach_m / cos)
    shape = shapely.Polygon([at, at + end, at + out * reach_m + n * depth_m, at + n * depth_m])
    return [shape] if shape.is_valid and shape.area > 0.0 else []
