"""Many polygons into triangles at once: the calls cost more than the work when each comes alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.errors import GEOSException

from optopscan.model.arrays import FloatArray, IntArray

_AREA = 1e-9
_TINY_M2 = 1e-12


def triangulate(polygons: Sequence[Sequence[FloatArray]]) -> list[IntArray | None]:
    """Return the triangles of plane polygons as rows of their corner points, counter-clockwise.

    Parameters
    ----------
    polygons
        Of each polygon the rings (n, 2), the outer one first, turning either way.

    Returns
    -------
    list[IntArray | None]
        Triangles (m, 3) in the rows of the polygon's rings laid end to end; None for one that crosses itself or has no area.
    """
    usable = [number for number, rings in enumerate(polygons) if all(len(ring) >= 3 for ring in rings)]
    found: list[IntArray | None] = [None] * len(polygons)
    if usable:
        try:
            made = _together([polygons[number] for number in usable])
        except (GEOSException, ValueError):
            made = [_alone(polygons[number]) for number in usable]
        for number, one in zip(usable, made, strict=True):
            found[number] = one
    return found


def _alone(rings: Sequence[FloatArray]) -> IntArray | None:
    try:
        return _together([rings])[0]
    except (GEOSException, ValueError):
        return None


def _together(polygons: Sequence[Sequence[FloatArray]]) -> list[IntArray | None]:
    loops = [ring for rings in polygons for ring in rings]
    lengths = np.array([len(ring) for ring in loops])
    points = np.concatenate(loops)
    closed = np.concatenate([part for ring in loops for part in (ring, ring[:1])])
    rings = shapely.linearrings(closed, indices=np.repeat(np.arange(len(loops)), lengths + 1))
    counts = np.array([len(one) for one in polygons])
    solids = shapely.polygons(rings, indices=np.repeat(np.arange(len(polygons)), counts))
    corners, owner = shapely.get_coordinates(shapely.constrained_delaunay_triangles(solids), return_index=True)
    corners, owner = corners.reshape(-1, 4, 2)[:, :3], owner[::4]
    ends = np.cumsum(lengths)[np.cumsum(counts) - 1]
    starts = np.concatenate([[0], ends[:-1]])
    rows, sound = _rows(points, starts, ends, corners, owner)
    (ax, ay), (bx, by), (cx, cy) = (corners[:, i].T for i in range(3))
    double = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    rows = np.where((double < 0.0)[:, None], rows[:, ::-1], rows)
    filled = 0.5 * np.bincount(owner, weights=np.abs(double), minlength=len(polygons))
    # a polygon that crosses itself is triangulated to another area than its rings enclose
    enclosed = shapely.area(solids)
    sound &= (np.abs(filled - enclosed) <= _AREA * enclosed) & (enclosed > _TINY_M2) & _sound_holes(solids, counts)
    parts = np.split(rows, np.searchsorted(owner, np.arange(1, len(polygons))))
    return [part if good else None for part, good in zip(parts, sound.tolist(), strict=True)]


def _sound_holes(solids: FloatArray, counts: IntArray) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Return whether polygons with holes are valid; for those without, the area tells."""
    sound = np.ones(len(solids), dtype=bool)
    holed = counts > 1
    sound[holed] = shapely.is_valid(solids[holed])
    return sound


def _rows(
    points: FloatArray, starts: IntArray, ends: IntArray, corners: FloatArray, owner: IntArray
) -> tuple[IntArray, np.ndarray[tuple[int, ...], np.dtype[np.bool_]]]:
    """Return the corners as rows of their polygon's points, and whether each polygon's corners all are such points."""
    whose = np.repeat(np.arange(len(starts)), ends - starts)
    own = (np.arange(len(points)) - starts[whose]).tolist()
    names = {(number, x, y): row for number, (x, y), row in zip(whose.tolist(), points.tolist(), own, strict=True)}
    rows = np.array(
        [names.get((number, x, y), -1) for number, triangle in zip(owner.tolist(), corners.tolist(), strict=True) for x, y in triangle],
        dtype=np.int64,
    ).reshape(-1, 3)
    sound = np.ones(len(starts), dtype=bool)
    sound[owner[(rows < 0).any(axis=1)]] = False
    return rows, sound
