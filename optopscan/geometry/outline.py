"""Outline of triangles that fit together: by cancelling edges, without a union.

Triangles of one plane face share their inner edges, once in each direction; what is left over runs
around the outline. Where the left-over is not a set of plain rings, or encloses another area than the
triangles have (they overlap, or meet along edges without sharing corners), there is no answer here.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from optopscan.model.arrays import FloatArray, IntArray

_SHIFT = 1 << 31
_MAX = 1 << 30
# Shapes of up to this many triangles are kept: they are the ones that come again.
_FEW = 64
_Shape = list[list[IntArray]]


def outline(corners: FloatArray, grid_m: float) -> BaseGeometry | None:
    """Return the union of plane triangles (n, 3, 2) [m] with their corners on a grid; None where it takes more than cancelling edges.

    The triangles may turn either way, all of them the same way.
    """
    steps = np.round(corners / grid_m).astype(np.int64)
    origin = steps[0, 0]
    local = steps - origin
    if int(np.abs(local).max()) >= _MAX:
        return None
    shape = _kept_shape(local.tobytes()) if len(local) <= _FEW else _shape(local)
    if shape is None:
        return None

    def metres(ring: IntArray) -> FloatArray:
        placed: FloatArray = (ring + origin) * grid_m
        return placed

    polygons = [Polygon(metres(shell), [metres(hole) for hole in holes]) for shell, *holes in shape]
    if not polygons:
        return Polygon()
    return polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)


@lru_cache(maxsize=1024)
def _kept_shape(local: bytes) -> _Shape | None:
    """Return what `_shape` does, kept: a building repeats its walls and floors, and on the grid they are the same to the last digit."""
    return _shape(np.frombuffer(local, dtype=np.int64).reshape(-1, 3, 2))


def _shape(local: IntArray) -> _Shape | None:
    """Return the rings of the polygons that triangles (n, 3, 2) make, of each the shell first; None where they make none."""
    a, b, c = local[:, 0], local[:, 1], local[:, 2]
    double = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    solid = double != 0
    local, double = local[solid], double[solid]
    if len(double) == 0:
        return []
    if double[0] < 0:
        local, double = local[:, ::-1], -double
    if (double < 0).any():
        return None
    rings = _rings(local)
    if rings is None:
        return None
    areas = [_double_area(ring) for ring in rings]
    shells = [ring for ring, area in zip(rings, areas, strict=True) if area > 0]
    holes = [ring for ring, area in zip(rings, areas, strict=True) if area < 0]
    if sum(areas) != int(double.sum()) or (len(shells) > 1 and holes):
        return None
    # rings that cross enclose the area twice or not at all: a plain polygon is proof that the triangles did not overlap
    polygons = [Polygon(ring, holes) for ring in shells]
    whole = polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)
    return [[ring, *holes] for ring in shells] if shapely.is_valid(whole) else None


def _rings(local: IntArray) -> list[IntArray] | None:
    """Return the rings around triangles (n, 3, 2), counter-clockwise; None where an edge or a corner is shared by more than two."""
    keys = (local[..., 0] + _MAX) * _SHIFT + (local[..., 1] + _MAX)
    edges = np.concatenate([keys[:, [0, 1]], keys[:, [1, 2]], keys[:, [2, 0]]]).tolist()
    follows: dict[int, int] = {}
    left: set[tuple[int, int]] = set()
    for a, b in edges:
        if (b, a) in left:
            left.remove((b, a))
        elif (a, b) in left:
            return None
        else:
            left.add((a, b))
    for a, b in sorted(left):
        if a in follows:
            return None
        follows[a] = b
    rings = []
    while follows:
        start, at = follows.popitem()
        ring = [start]
        while at != start:
            ring.append(at)
            step = follows.pop(at, None)
            if step is None:
                return None
            at = step
        numbers = np.array(ring, dtype=np.int64)
        rings.append(np.stack([numbers // _SHIFT - _MAX, numbers % _SHIFT - _MAX], axis=1))
    return rings


def _double_area(ring: IntArray) -> int:
    x, y = ring[:, 0], ring[:, 1]
    return int(x[:-1] @ y[1:] - x[1:] @ y[:-1] + x[-1] * y[0] - x[0] * y[-1])
