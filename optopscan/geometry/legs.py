"""Take a wall that is not straight apart in straight legs: L, T, U, ring, curve.

Terminology. *Leg*: a straight strip of constant thickness between two parallel edges of
the plan, as long as the full width of the strip stays inside the plan. *Chord*: a leg
that replaces a run of short facets of a curve.

The legs partition the plan: where two meet, the corner belongs to the longer one.
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
from optopscan.geometry.mesh import face_vectors
from optopscan.geometry.plan import projected
from optopscan.model.arrays import FloatArray

THICKEST_M = 1.2  # two faces further apart are not the two sides of one wall
THINNEST_M = 0.03
PARALLEL_COS = np.cos(np.radians(8.0))  # facets of a curve drawn with different steps on its two sides
FACING_COS = np.cos(np.radians(25.0))  # a facet and the chord it belongs to, half a chord's turn and some play
CHORD_DEG = 20.0  # a chord of a curve turns no more: its sagitta stays under 5 % of its length
CHORD_M = 2.0
STRAIGHT_DEG = 0.5
SLIVER = 0.02  # of the plan left over
COVERED = 0.9  # of the plan must become legs
LEAST_M2 = 1e-3
PLAY_M = 0.002


@dataclass(frozen=True, kw_only=True, eq=False)
class Leg:
    """Axis ends [m], thickness [m] and plan area [m2] of one straight leg."""

    x0_m: float
    y0_m: float
    x1_m: float
    y1_m: float
    thickness_m: float
    area_m2: float

    @property
    def length_m(self) -> float:
        """Length of the axis [m]."""
        return math.hypot(self.x1_m - self.x0_m, self.y1_m - self.y0_m)

    @property
    def heading_deg(self) -> float:
        """Direction from start to end [deg]."""
        return math.degrees(math.atan2(self.y1_m - self.y0_m, self.x1_m - self.x0_m))


def straight_legs(plan: BaseGeometry) -> list[Leg]:
    """Return the legs of a wall plan, longest first; none when it is not made of straight strips.

    Parameters
    ----------
    plan
        Plan of the wall [m], polygon or multipolygon.
    """
    edges, grown = _edges(plan), plan.buffer(PLAY_M, join_style="mitre")
    shapely.prepare(grown)
    strips = sorted(
        {s for a, b in itertools.combinations(edges, 2) if (s := _strip(grown, a, b)) is not None},
        key=lambda s: (-round(s[3] - s[2], 3), s),
    )
    left, legs = plan, list[Leg]()
    for strip in strips:
        if left.area <= SLIVER * plan.area:
            break
        found = _take(left, strip)
        if found:
            legs.extend(found)
            left = plane.difference(left, _rectangle(strip, PLAY_M))
    if sum(leg.area_m2 for leg in legs) < COVERED * plan.area:
        return []
    return sorted(_chords(legs), key=lambda leg: (-round(leg.length_m, 3), leg.x0_m, leg.y0_m))


def leg_face(corners: FloatArray, leg: Leg, z0_m: float, z1_m: float) -> BaseGeometry:
    """Return the solid face of a leg in (s, z) [m]: the faces of the body along it, holes are openings.

    Parameters
    ----------
    corners
        Triangles of the whole wall [m], (n_face, 3, 3).
    """
    along = np.array([leg.x1_m - leg.x0_m, leg.y1_m - leg.y0_m]) / max(leg.length_m, 1e-9)
    normal = np.array([-along[1], along[0]])
    vectors = face_vectors(corners)
    flat = corners[:, :, :2] - np.array([leg.x0_m, leg.y0_m])
    beside = np.abs((flat @ normal).mean(axis=1))
    sagitta = 0.5 * leg.length_m * np.tan(np.radians(0.25 * CHORD_DEG))
    facing = np.abs(vectors[:, :2] @ normal) >= FACING_COS * np.linalg.norm(vectors, axis=1)
    on = facing & (beside <= 0.5 * leg.thickness_m + 0.02 + sagitta)
    box = shapely.box(0.0, z0_m, leg.length_m, z1_m)
    if not on.any():
        return box
    face = plane.intersection(projected(np.stack([flat[on] @ along, corners[on][:, :, 2]], axis=-1)), box)
    return face if face.area >= 0.3 * box.area else box


_Edge = tuple[float, float, float, float]
_Strip = tuple[float, float, float, float, float]  # angle, offset of the middle, start, end along the axis, thickness


def _edges(plan: BaseGeometry) -> list[_Edge]:
    found: list[_Edge] = []
    for part in shapely.get_parts(plan):
        for ring in (part.exterior, *part.interiors):
            xy = np.round(shapely.get_coordinates(shapely.simplify(ring, PLAY_M)), 5)
            found.extend((*a, *b) for a, b in itertools.pairwise(map(tuple, xy.tolist())) if np.hypot(a[0] - b[0], a[1] - b[1]) > 0.01)
    return found


def _strip(grown: BaseGeometry, a: _Edge, b: _Edge) -> _Strip | None:
    """Return the strip between two facing edges, as far as it stays inside the plan; None when they are no two sides."""
    da, db = np.array(a[2:]) - np.array(a[:2]), np.array(b[2:]) - np.array(b[:2])
    la, lb = float(np.hypot(*da)), float(np.hypot(*db))
    if float(da @ db) > -PARALLEL_COS * la * lb:
        return None
    u = da / la - db / lb
    u = u / np.hypot(*u)
    normal = np.array([-u[1], u[0]])
    offsets = [0.5 * float((np.array(e[:2]) + np.array(e[2:])) @ normal) for e in (a, b)]
    thickness = abs(offsets[0] - offsets[1])
    spans = [sorted((float(np.array(e[:2]) @ u), float(np.array(e[2:]) @ u))) for e in (a, b)]
    low, high = max(s[0] for s in spans), min(s[1] for s in spans)
    if not THINNEST_M <= thickness <= THICKEST_M or high - low < 0.02:
        return None
    angle, offset = float(np.arctan2(u[1], u[0])), 0.5 * sum(offsets)
    return _extended(grown, (angle, offset, low, high, thickness))


def _rectangle(strip: _Strip, wider_m: float = 0.0) -> BaseGeometry:
    angle, offset, low, high, thickness = strip
    u, v = np.array([np.cos(angle), np.sin(angle)]), np.array([-np.sin(angle), np.cos(angle)])
    half = 0.5 * thickness + wider_m
    ends = [(low, offset - half), (high, offset - half), (high, offset + half), (low, offset + half)]
    return shapely.Polygon([tuple(s * u + w * v) for s, w in ends])


def _extended(grown: BaseGeometry, strip: _Strip) -> _Strip | None:
    """Return the strip made as long as its full width stays in the plan; None when its middle is not in it."""
    angle, offset, low, high, thickness = strip
    u = np.array([np.cos(angle), np.sin(angle)])
    reach = shapely.get_coordinates(grown) @ u
    long = (angle, offset, float(reach.min()) - 1.0, float(reach.max()) + 1.0, thickness - 2 * PLAY_M)
    blocked = plane.difference(_rectangle(long), grown)
    middle = 0.5 * (low + high)
    start, end = long[2], long[3]
    for part in shapely.get_parts(blocked):
        s = shapely.get_coordinates(part) @ u
        if s.min() - PLAY_M < middle < s.max() + PLAY_M:
            return None
        if s.max() <= middle:
            start = max(start, float(s.max()))
        else:
            end = min(end, float(s.min()))
    return (round(angle, 6), round(offset, 4), round(start, 3), round(end, 3), round(thickness, 4)) if end - start > THINNEST_M else None


def _take(left: BaseGeometry, strip: _Strip) -> list[Leg]:
    """Return what of a strip is still there as legs, their axes as long as that; none for next to nothing."""
    angle, offset, *_, thickness = strip
    u, v = np.array([np.cos(angle), np.sin(angle)]), np.array([-np.sin(angle), np.cos(angle)])
    legs = []
    for part in shapely.get_parts(plane.intersection(left, _rectangle(strip, PLAY_M))):
        s = shapely.get_coordinates(part) @ u
        if part.area < LEAST_M2 or part.area < 0.5 * thickness * float(np.ptp(s)):
            continue
        a, b = float(s.min()) * u + offset * v, float(s.max()) * u + offset * v
        legs.append(
            Leg(x0_m=float(a[0]), y0_m=float(a[1]), x1_m=float(b[0]), y1_m=float(b[1]), thickness_m=thickness, area_m2=float(part.area))
        )
    return legs


def _chords(legs: Sequence[Leg]) -> list[Leg]:
    """Join facets that follow each other with little turn into chords."""
    waiting = [[leg] for leg in legs]
    runs: list[list[Leg]] = []
    while waiting:
        run = waiting.pop(0)
        k = 0
        while k < len(waiting):
            both = _joined(run, waiting[k])
            if both is None:
                k += 1
                continue
            del waiting[k]
            run, k = both, 0
        runs.append(run)
    return [run[0] if len(run) == 1 else _chord(run) for run in runs]


def _joined(one: list[Leg], other: list[Leg]) -> list[Leg] | None:
    """Return two runs as one when they meet end to end and stay a chord."""
    for a in (one, _turned(one)):
        for b in (other, _turned(other)):
            if math.hypot(a[-1].x1_m - b[0].x0_m, a[-1].y1_m - b[0].y0_m) > 0.5 * a[0].thickness_m:
                continue
            turn = abs((b[-1].heading_deg - a[0].heading_deg + 180.0) % 360.0 - 180.0)
            if turn <= CHORD_DEG and (turn < STRAIGHT_DEG or sum(leg.length_m for leg in (*a, *b)) <= CHORD_M):
                return [*a, *b]
    return None


def _turned(run: Sequence[Leg]) -> list[Leg]:
    return [
        Leg(x0_m=leg.x1_m, y0_m=leg.y1_m, x1_m=leg.x0_m, y1_m=leg.y0_m, thickness_m=leg.thickness_m, area_m2=leg.area_m2)
        for leg in reversed(run)
    ]


def _chord(run: Sequence[Leg]) -> Leg:
    area = sum(leg.area_m2 for leg in run)
    thickness = sum(leg.thickness_m * leg.area_m2 for leg in run) / area
    return Leg(x0_m=run[0].x0_m, y0_m=run[0].y0_m, x1_m=run[-1].x1_m, y1_m=run[-1].y1_m, thickness_m=thickness, area_m2=area)
