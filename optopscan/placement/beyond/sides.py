"""The outline of a building as straight sides, and what the model shows in the plane of one side.

Terminology. *Side*: a straight stretch of the outline, from left to right as seen
from outside. Along it the coordinate is t, outward it is u, both from its first corner.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from optopscan.geometry import plane
from optopscan.model.beyond import WallHole
from optopscan.model.building import Elements
from optopscan.model.structure import Structure
from optopscan.structure.fields import is_gallery

JOINT_M = 0.3  # half the width of a joint or cavity between floors that is no outline
STRIP_M = 1.2  # half the width of galleries and balconies, which are no building
JOG_M = 0.35  # smaller steps leave a side straight
SNAP_DEG = 3.0  # sides this near to the direction of the building follow it
BEHIND_M = 0.6  # walls this far inside the outline of the floors stand in the side
BEFORE_M = 1.0  # and this far outside it
HOLE_M = 0.2  # smaller holes are passages for pipes
HOLE_M2 = 0.1
LOW_M = 0.3  # a wall that reaches no further into a storey does not show it


@dataclass(frozen=True, kw_only=True)
class Side:
    """A straight side: corners [m], outline turns at both ends [deg, left positive], lengths of its neighbours [m]."""

    x0_m: float
    y0_m: float
    x1_m: float
    y1_m: float
    turn_before_deg: float
    turn_after_deg: float
    before_m: float
    after_m: float

    @property
    def length_m(self) -> float:
        """Length [m]."""
        return math.hypot(self.x1_m - self.x0_m, self.y1_m - self.y0_m)

    @property
    def _along(self) -> tuple[float, float]:
        return (self.x1_m - self.x0_m) / self.length_m, (self.y1_m - self.y0_m) / self.length_m

    def to_side(self, shape: BaseGeometry) -> BaseGeometry:
        """Return a plan shape in (t, u)."""
        cos, sin = self._along
        t = -(self.x0_m * cos + self.y0_m * sin)
        u = -(self.x0_m * sin - self.y0_m * cos)
        return shapely.affinity.affine_transform(shape, [cos, sin, sin, -cos, t, u])

    def to_building(self, shape: BaseGeometry) -> BaseGeometry:
        """Return a shape in (t, u) in building coordinates."""
        cos, sin = self._along
        return shapely.affinity.affine_transform(shape, [cos, sin, sin, -cos, self.x0_m, self.y0_m])


@dataclass(frozen=True, kw_only=True, eq=False)
class Face:
    """The plane of a side in (t, z): solid and openings, element rows, outermost u [m]."""

    walls: tuple[int, ...]
    covered: BaseGeometry
    openings: BaseGeometry
    front_m: float


def floor_rows(structure: Structure, elements: Elements) -> list[int]:
    """Return the fields that are floors of the building itself: no gallery or balcony."""
    return [f for f, members in enumerate(structure.fields.elements) if not is_gallery(elements, members)]


def outline(shapes: Iterable[BaseGeometry]) -> BaseGeometry:
    """Return the closed plan of floors without joints, stair holes, and strips as narrow as a gallery."""
    whole = plane.union(list(shapes))
    closed = whole.buffer(JOINT_M, join_style="mitre").buffer(-JOINT_M, join_style="mitre")
    filled = shapely.union_all([shapely.Polygon(part.exterior) for part in _polygons(closed)])
    opened = filled.buffer(-STRIP_M, join_style="mitre").buffer(STRIP_M, join_style="mitre")
    return shapely.union_all(_polygons(opened))


def sides(plan: BaseGeometry) -> tuple[Side, ...]:
    """Return the straight sides of an outline, polygon by polygon from its lowest left corner."""
    found: list[Side] = []
    for polygon in sorted(_polygons(plan), key=lambda p: tuple(round(v, 3) for v in p.bounds)):
        found.extend(_sides(_corners(polygon), _direction_deg(polygon)))
    return tuple(found)


def face_of(side: Side, elements: Elements, *, z0_m: float, z1_m: float) -> Face:
    """Return what walls in the plane of a side show between two heights, in (t, z)."""
    band = shapely.box(0.0, z0_m, side.length_m, z1_m)
    rows = walls_in(side, elements, z0_m=z0_m, z1_m=z1_m)
    solids, holes = [], []
    for i in rows:
        shown = _in_side(side, elements, i)
        if shown is not None:
            hull = shown.convex_hull
            solids.append(plane.intersection(hull, band))
            holes.extend(_holes(plane.intersection(plane.difference(hull, shown), band)))
    front = max((float(side.to_side(elements.footprint[i]).bounds[3]) for i in rows), default=0.0)
    return Face(walls=tuple(rows), covered=plane.union(solids), openings=plane.union(holes), front_m=max(front, 0.0))


def walls_in(side: Side, elements: Elements, *, z0_m: float, z1_m: float) -> list[int]:
    """Return the walls that stand in the plane of a side somewhere between two heights."""
    found = []
    for i in np.flatnonzero((elements.z1_m > z0_m + LOW_M) & (elements.z0_m < z1_m - LOW_M)).tolist():
        if elements.kind[i] != "wall":
            continue
        t0, u0, t1, u1 = side.to_side(elements.footprint[i]).bounds
        in_plane = u0 >= -BEHIND_M and u1 <= BEFORE_M and t1 - t0 > u1 - u0
        if in_plane and min(t1, side.length_m) - max(t0, 0.0) >= HOLE_M:
            found.append(i)
    return found


def wall_holes(openings: BaseGeometry) -> tuple[WallHole, ...]:
    """Return the bounding rectangles of openings, from left to right and bottom up."""
    boxes = [tuple(round(v, 3) for v in part.bounds) for part in _polygons(openings)]
    return tuple(WallHole(t0_m=t0, t1_m=t1, z0_m=z0, z1_m=z1) for t0, z0, t1, z1 in sorted(boxes))


def _polygons(shape: BaseGeometry) -> list[shapely.Polygon]:
    return [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon" and part.area > 1e-6]


def _holes(shape: BaseGeometry) -> list[BaseGeometry]:
    """Return the pieces large enough for a window or door."""
    found = []
    for part in _polygons(shape):
        t0, z0, t1, z1 = part.bounds
        if part.area >= HOLE_M2 and min(t1 - t0, z1 - z0) >= HOLE_M:
            found.append(part)
    return found


def _in_side(side: Side, elements: Elements, row: int) -> BaseGeometry | None:
    """Return the solid face of a wall in (t, z) of a side; None where its face is not known."""
    shown = elements.elevation[row]
    axis = np.asarray(elements.axis_m[row])
    if shown is None or not np.isfinite(axis).all():
        return None
    ends = side.to_side(shapely.LineString([axis[:2], axis[2:]]))
    (t0, _), (t1, _) = ends.coords
    return shapely.affinity.affine_transform(shown, [1.0 if t1 >= t0 else -1.0, 0.0, 0.0, 1.0, t0, 0.0])


def _corners(polygon: shapely.Polygon) -> np.ndarray:
    """Return the corners (n, 2) counterclockwise without small steps, from the one farthest out: that is a true corner."""
    ring = shapely.get_coordinates(shapely.orient_polygons(polygon.normalize()).exterior)[:-1]
    out = np.hypot(*(ring - shapely.get_coordinates(polygon.centroid)).T)
    ring = np.roll(ring, -int(np.argmax(np.round(out, 3))), axis=0)
    return np.asarray(shapely.get_coordinates(shapely.LinearRing(ring).simplify(JOG_M))[:-1])


def _direction_deg(polygon: BaseGeometry) -> float:
    """Return the direction of most of an outline, modulo 90 [deg]."""
    step = np.diff(shapely.get_coordinates(polygon.exterior), axis=0)
    turned = (np.hypot(step[:, 0], step[:, 1]) ** 2 * np.exp(4j * np.arctan2(step[:, 1], step[:, 0]))).sum()
    return float(np.degrees(np.angle(turned)) / 4.0)


def _sides(ring: np.ndarray, angle_deg: float) -> Iterable[Side]:
    n = len(ring)
    step = np.roll(ring, -1, axis=0) - ring
    length = np.hypot(step[:, 0], step[:, 1])
    deg = np.degrees(np.arctan2(step[:, 1], step[:, 0]))
    turn = (deg - np.roll(deg, 1) + 180.0) % 360.0 - 180.0  # at the first corner of each
    for k in range(n):
        off = (deg[k] - angle_deg + 45.0) % 90.0 - 45.0
        snapped = np.radians(deg[k] - off if abs(off) <= SNAP_DEG else deg[k])
        # Turned about its middle, so that a step in the outline counts half on either side.
        half = 0.5 * length[k] * np.array([np.cos(snapped), np.sin(snapped)])
        middle = ring[k] + 0.5 * step[k]
        (x0, y0), (x1, y1) = middle - half, middle + half
        yield Side(
            x0_m=float(x0),
            y0_m=float(y0),
            x1_m=float(x1),
            y1_m=float(y1),
            turn_before_deg=float(turn[k]),
            turn_after_deg=float(turn[(k + 1) % n]),
            before_m=float(length[k - 1]),
            after_m=float(length[(k + 1) % n]),
        )
