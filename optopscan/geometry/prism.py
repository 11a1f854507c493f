"""Prisms and their meshes, exact and without a solid modeller.

Terminology. *Prism*: a plane polygon, with holes, swept along a vector. *Straight*: swept along its
own normal. *Box*: a straight prism on a rectangle.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import shapely
from shapely.geometry import Polygon

from optopscan.geometry.triangulate import triangulate
from optopscan.model.arrays import FloatArray, IntArray
from optopscan.model.building import Mesh


class GeometryError(ValueError):
    """The input is no solid, or cannot be handled exactly here."""


SAME_M = 1e-6
# Directions in files are rounded: 20 microradians are 4 micrometres across a wall of 0.2 m.
PARALLEL_RAD = 2e-5
SLIVER_M2 = 1e-7
# Polygons up to this many corners are tried as convex ones; with more than four corners turning one way is not enough.
_FEW, _TURNS_ONCE = 64, 4
# Openings end flush with faces but for rounding: on this grid such edges meet, and no skin without thickness is left.
FLUSH_M = 1e-5


@dataclass(frozen=True, eq=False)
class Prism:
    """Rings (n, 2) [m], the outer one first, in the plane of two unit axes (2, 3) through an origin (3,), swept along a vector (3,) [m]."""

    rings: tuple[FloatArray, ...]
    axes: FloatArray
    origin_m: FloatArray
    sweep_m: FloatArray

    @cached_property
    def normal(self) -> FloatArray:
        """Unit normal of the polygon, on the side the prism is swept to."""
        n = cross(self.axes[0], self.axes[1])
        return n if float(n @ self.sweep_m) >= 0.0 else -n

    @cached_property
    def height_m(self) -> float:
        """Distance between the end faces [m]."""
        return float(self.normal @ self.sweep_m)

    @cached_property
    def straight(self) -> bool:
        """Whether the prism is swept along its own normal."""
        height = self.height_m
        off = (abs(along - height * up) for along, up in zip(self.sweep_m.tolist(), self.normal.tolist(), strict=True))
        return bool(max(off) <= PARALLEL_RAD * height)

    @cached_property
    def rectangle(self) -> FloatArray | None:
        """Corner, first and second side (3, 2) [m] of a rectangular polygon without holes; None for another."""
        if len(self.rings) != 1 or len(self.rings[0]) != 4:
            return None
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = self.rings[0].tolist()
        if max(abs(ax + cx - bx - dx), abs(ay + cy - by - dy)) > SAME_M:
            return None
        bx, by, dx, dy = bx - ax, by - ay, dx - ax, dy - ay
        sides = math.hypot(bx, by) * math.hypot(dx, dy)
        if sides <= 0.0 or abs(bx * dx + by * dy) > PARALLEL_RAD * sides:
            return None
        return np.array(((ax, ay), (bx, by), (dx, dy)))

    @cached_property
    def box(self) -> FloatArray | None:
        """Corner and three sides (4, 3) [m] in space of a straight prism on a rectangle; None for another."""
        if self.rectangle is None or not self.straight:
            return None
        found = np.empty((4, 3))
        np.matmul(self.rectangle, self.axes, out=found[:3])
        found[0] += self.origin_m
        found[3] = self.sweep_m
        return found

    def points(self, flat: FloatArray, along: float = 0.0) -> FloatArray:
        """Return points (n, 2) of the polygon's plane in space, moved along the sweep by a share of it."""
        placed: FloatArray = flat @ self.axes + (self.origin_m + along * self.sweep_m)
        return placed

    def along_box_side(self, side: int) -> Prism | None:
        """Return a box described as swept along its first or second side; None for what is no box."""
        shape = self.rectangle
        if shape is None or not self.straight:
            return None
        corner, first, second = shape
        swept, other = (first, second) if side == 0 else (second, first)
        width, height = float(np.hypot(*other)), self.height_m
        axes = np.stack([(other / width) @ self.axes, self.sweep_m / height])
        ring = np.array([[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]])
        return Prism((ring,), axes, self.points(corner[None])[0], swept @ self.axes)


def cross(a: FloatArray, b: FloatArray) -> FloatArray:
    """Return the cross product of two vectors (3,); quicker than numpy's for single ones."""
    ax, ay, az = a.tolist()
    bx, by, bz = b.tolist()
    return np.array((ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx))


def area(ring: FloatArray) -> float:
    """Return the signed area of a ring [m2], positive when counter-clockwise."""
    x, y = (ring - ring[0]).T
    return 0.5 * float(x[:-1] @ y[1:] - x[1:] @ y[:-1] + x[-1] * y[0] - x[0] * y[-1])


def prism_meshes(prisms: Sequence[Prism]) -> list[Mesh | None]:
    """Return the meshes of prisms, faces outward; None for a polygon that crosses itself or has no area.

    Prisms on convex polygons with the same number of corners are worked out together; polygons that prisms share, once.
    """
    found: list[Mesh | None] = [None] * len(prisms)
    alike: dict[int, list[int]] = {}
    shared: dict[int, list[int]] = {}
    for row, prism in enumerate(prisms):
        if len(prism.rings) == 1 and len(prism.rings[0]) <= _FEW:
            alike.setdefault(len(prism.rings[0]), []).append(row)
        else:
            shared.setdefault(id(prism.rings), []).append(row)
    for n, rows in alike.items():
        for row in _convex_meshes(prisms, n, rows, found):
            shared.setdefault(id(prisms[row].rings), []).append(row)
    firsts = [prisms[rows[0]].rings for rows in shared.values()]
    turned = [[ring if (area(ring) > 0.0) == (number == 0) else ring[::-1] for number, ring in enumerate(rings)] for rings in firsts]
    for rows, rings, cap in zip(shared.values(), turned, triangulate(turned), strict=True):
        if cap is not None:
            flat = np.concatenate(rings)
            outward, inward = both_ways(np.concatenate([cap[:, ::-1], cap + len(flat), _walls([len(ring) for ring in rings])]))
            for row in rows:
                found[row] = _walled(prisms[row], flat, outward, inward)
    return found


def _convex_meshes(prisms: Sequence[Prism], n: int, rows: Sequence[int], found: list[Mesh | None]) -> list[int]:
    """Fill in the meshes of prisms on convex polygons with n corners; return the rows of the others."""
    rings = np.array([prisms[row].rings[0] for row in rows])
    side = np.roll(rings, -1, axis=1) - rings
    after = np.roll(side, -1, axis=1)
    turn = side[:, :, 0] * after[:, :, 1] - side[:, :, 1] * after[:, :, 0]
    left, right = (turn > 0.0).all(axis=1), (turn < 0.0).all(axis=1)
    if n > _TURNS_ONCE:  # a star turns one way only, too, but more than once around
        once = np.abs(np.arctan2(turn, (side * after).sum(axis=2)).sum(axis=1)) < 3.0 * np.pi
        left, right = left & once, right & once
    rings[right] = rings[right, ::-1]
    axes, sweep = np.array([prisms[row].axes for row in rows]), np.array([prisms[row].sweep_m for row in rows])
    bottom = rings @ axes + np.array([prisms[row].origin_m for row in rows])[:, None]
    points = np.concatenate([bottom, bottom + sweep[:, None]], axis=1)
    to_back = (np.cross(axes[:, 0], axes[:, 1]) * sweep).sum(axis=1) < 0.0
    faces = _convex_faces(n)
    for number, row in enumerate(rows):
        if left[number] or right[number]:
            found[row] = Mesh(vertices_m=points[number], faces=faces[int(to_back[number])])
    return [row for row, sound in zip(rows, (left | right).tolist(), strict=True) if not sound]


@lru_cache(maxsize=64)
def _convex_faces(n: int) -> tuple[IntArray, IntArray]:
    fan = np.stack([np.zeros(n - 2, dtype=np.int64), np.arange(1, n - 1), np.arange(2, n)], axis=1)
    return both_ways(np.concatenate([fan[:, ::-1], fan + n, _walls([n])]))


def both_ways(faces: IntArray) -> tuple[IntArray, IntArray]:
    """Return faces and the same turned around, read-only, for many meshes to share."""
    other = faces[:, ::-1].copy()
    for one in (faces, other):
        one.setflags(write=False)
    return faces, other


def prism_mesh(prism: Prism) -> Mesh:
    """Return the mesh of one prism, faces outward.

    Raises
    ------
    GeometryError
        If the polygon crosses itself or has no area.
    """
    mesh = prism_meshes([prism])[0]
    if mesh is None:
        raise GeometryError("polygon crosses itself or has no area")
    return mesh


def _walled(prism: Prism, flat: FloatArray, outward: IntArray, inward: IntArray) -> Mesh:
    """Return end faces and walls; ``flat`` counter-clockwise (holes clockwise) in the prism's axes."""
    bottom = prism.points(flat)
    # a left-handed pair of axes, or a sweep to the back, turns every face
    along = float(cross(prism.axes[0], prism.axes[1]) @ prism.sweep_m) > 0.0
    return Mesh(vertices_m=np.concatenate([bottom, bottom + prism.sweep_m]), faces=outward if along else inward)


def _walls(lengths: Sequence[int]) -> IntArray:
    """Return the faces between two copies of rings laid end to end, the second copy after the first."""
    n = sum(lengths)
    first = np.arange(n)
    starts = np.cumsum([0, *lengths[:-1]])
    following = np.concatenate([start + (np.arange(length) + 1) % length for start, length in zip(starts, lengths, strict=True)])
    return np.concatenate([np.stack([first, following, following + n], axis=1), np.stack([first, following + n, first + n], axis=1)])


def polygon_of(rings: Sequence[FloatArray]) -> Polygon:
    """Return a valid polygon, outer ring counter-clockwise.

    Raises
    ------
    GeometryError
        If the rings cross themselves or one another, or enclose no area.
    """
    if any(len(ring) < 3 for ring in rings):
        raise GeometryError("polygon with fewer than three points")
    polygon = Polygon(rings[0], rings[1:])
    if not polygon.is_valid or polygon.area <= SLIVER_M2:
        raise GeometryError("polygon crosses itself or has no area")
    return shapely.orient_polygons(polygon)
