"""Groups: chains of parts on one straight axis, the things that carry.

A *group* is one pier, one lintel, one beam, one footing, one column or one pile.
It is divided into equal parts no longer than a set length; a load that arrives
between two part centres is shared by the lever rule, so its resultant stays in
place, and a load beyond the outer centres leaves a recorded moment arm.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from optopscan.geometry import plane
from optopscan.geometry.legs import leg_face, straight_legs
from optopscan.model.arrays import BoolArray, FloatArray, IntArray, check_lengths, freeze
from optopscan.model.building import Elements
from optopscan.model.structure import Bearing, Materials, PartKind
from optopscan.structure.walls import WallPiece, cut_wall

PAD_ASPECT = 1.6  # a footing less elongated than this is a pad, carried at one point
MIN_LINE_M = 0.05
SEAT_M = 0.2  # length of a bearing
SEAT_GAP_M = 0.35  # felt, plate, or the floor between a wall head and a post
BESIDE_M = 0.02  # plaster, a step in thickness
BESIDE_M2 = 0.03  # less plan beside the axis than this, or than a twentieth, is a nib: one wall
BESIDE_SHARE = 0.05
MIN_PIER_M2 = 0.04  # EN 1996-1-1 8.1.3
MIN_PIER_M = 0.2  # a brick length: shorter stubs beside an opening hold no lintel


@dataclass(frozen=True, kw_only=True, eq=False)
class Groups:
    """Groups (n_group); ``first_part`` is the row of the first part of each group."""

    kind: tuple[PartKind, ...]
    element: IntArray
    x0_m: FloatArray
    y0_m: FloatArray
    x1_m: FloatArray
    y1_m: FloatArray
    z0_m: FloatArray
    z1_m: FloatArray
    thickness_m: FloatArray
    weight_kn: FloatArray
    n_part: IntArray
    first_part: IntArray
    bearing_known: BoolArray

    def __post_init__(self) -> None:
        freeze(self)
        check_lengths(self, len(self.kind))

    def __len__(self) -> int:
        return len(self.kind)

    @cached_property
    def length_m(self) -> FloatArray:
        """Length along the axis [m]; zero for columns, piles and pads."""
        return np.asarray(np.hypot(self.x1_m - self.x0_m, self.y1_m - self.y0_m))

    @cached_property
    def is_bar(self) -> BoolArray:
        """True for beams and footings, which bring loads to supports along their axis."""
        return np.array([kind in ("beam", "footing") for kind in self.kind], dtype=bool)

    @property
    def n_total_part(self) -> int:
        """Number of parts of all groups."""
        return int(self.n_part.sum())

    def at(self, group: IntArray, s_m: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return x, y [m] at ``s_m`` along the axis of each ``group``."""
        length = np.maximum(self.length_m[group], 1e-12)
        t = np.where(self.length_m[group] > 0, s_m / length, 0.0)
        x = self.x0_m[group] + t * (self.x1_m - self.x0_m)[group]
        y = self.y0_m[group] + t * (self.y1_m - self.y0_m)[group]
        return x, y

    def part_bounds(self) -> tuple[IntArray, FloatArray, FloatArray]:
        """Return the group of every part and where it begins and ends along the axis [m]."""
        group = np.repeat(np.arange(len(self)), self.n_part)
        index = np.arange(self.n_total_part) - self.first_part[group]
        length, n = self.length_m[group], self.n_part[group]
        bar = self.is_bar[group] & (n > 1)
        step = length / np.where(bar, n - 1, n)
        start = np.where(bar, (index - 0.5) * step, index * step)
        return group, np.clip(start, 0.0, length), np.clip(start + step, 0.0, length)

    def part_centres(self) -> tuple[IntArray, FloatArray]:
        """Return the group of every part and the place along its axis where it takes its load [m].

        Wall parts take it at their centre. The parts of a bar take it at points from
        end to end, so that every load on the bar lies between two of them.
        """
        group, start, end = self.part_bounds()
        index = np.arange(self.n_total_part) - self.first_part[group]
        n = self.n_part[group]
        bar = self.is_bar[group] & (n > 1)
        along = index * self.length_m[group] / np.where(bar, n - 1, 1)
        return group, np.where(bar, along, 0.5 * (start + end))

    def hat(self, group: IntArray, s_m: FloatArray) -> tuple[IntArray, FloatArray, IntArray, FloatArray]:
        """Return the two parts that share a load at ``s_m`` and their fractions.

        Between the places where two parts take their load the lever rule; beyond the
        outer centres of a wall all goes to the end part.
        """
        n = self.n_part[group]
        bar = self.is_bar[group] & (n > 1)
        step = self.length_m[group] / np.where(bar, n - 1, n)
        t = np.where(step > 0, s_m / np.maximum(step, 1e-12) - np.where(bar, 0.0, 0.5), 0.0)
        t = np.clip(t, 0.0, np.maximum(n - 1, 0))
        low = np.clip(np.floor(t).astype(np.int64), 0, np.maximum(n - 2, 0))
        upper = np.where(n > 1, t - low, 0.0)
        first = self.first_part[group] + low
        second = self.first_part[group] + np.minimum(low + 1, n - 1)
        return first, 1.0 - upper, second, upper


@dataclass
class _Row:
    kind: PartKind
    element: int
    axis: tuple[float, float, float, float]
    z0: float
    z1: float
    thickness: float
    weight: float
    n: int
    known: bool


def build_groups(
    *,
    elements: Elements,
    materials: Materials,
    bearing: Bearing,
    cuts_m: dict[int, list[float]],
    part_length_max_m: float,
) -> tuple[Groups, tuple[int, ...]]:
    """Return the groups of every element that bears or may well bear, and the walls whose shape was not understood.

    Elements with a bearing probability of at least one half take part; those whose
    verdict is unknown are marked, and no check of theirs can become ok.

    Parameters
    ----------
    cuts_m
        Heights at which floors end in a wall [m], by element row.
    part_length_max_m
        Longest part [m].
    """
    rows: list[_Row] = []
    odd: list[int] = []
    for i, kind in enumerate(elements.kind):
        if bearing.probability[i] < 0.5:
            continue
        known = bearing.state[i] == "yes"
        weight = float(materials.self_weight_kn[i])
        if kind == "wall":
            wall, sound = _wall_rows(elements, i, weight, cuts_m.get(i, []), part_length_max_m, known)
            rows.extend(wall)
            odd.extend([] if sound else [i])
        elif kind in ("column", "pile", "beam", "member", "footing"):
            rows.append(_bar_row(elements, i, weight, part_length_max_m, known))
    _refine_under_points(rows)
    return _pack(rows), tuple(odd)


def _refine_under_points(rows: list[_Row]) -> None:
    """Divide piers that carry beams or columns in parts no longer than such a load spreads.

    EN 1996-1-1 6.1.3: a concentrated load spreads at 60 degrees to the horizontal and counts over the length
    it has at mid-height; at the end of a wall to one side only.
    """
    points = [p for row in rows for p in _points(row)]
    tree = STRtree([shapely.Point(x, y) for x, y, _ in points])
    for row in rows:
        if row.kind != "pier" or (row.n == 1 and _length(row.axis) <= MIN_PIER_M):
            continue
        line = shapely.LineString([row.axis[:2], row.axis[2:]])
        near = tree.query(line, predicate="dwithin", distance=0.5 * row.thickness + SEAT_M)
        height = row.z1 - row.z0
        if any(row.z0 + 0.5 * height < points[int(k)][2] < row.z1 + SEAT_GAP_M for k in near):
            spread = 0.5 * height / np.tan(np.radians(60.0)) + SEAT_M
            row.n = max(row.n, int(np.ceil(_length(row.axis) / spread - 1e-4)))


def _points(row: _Row) -> list[tuple[float, float, float]]:
    """Return where a bar may put a concentrated load, and the height of its underside."""
    x0, y0, x1, y1 = row.axis
    if row.kind == "column":
        return [(x0, y0, row.z0)]
    return [(x0, y0, row.z0), (x1, y1, row.z0)] if row.kind == "beam" else []


def _length(axis: tuple[float, float, float, float]) -> float:
    return float(np.hypot(axis[2] - axis[0], axis[3] - axis[1]))


@dataclass(frozen=True, kw_only=True, eq=False)
class _Strip:
    """A straight piece of wall: axis, thickness, solid face in (s, z)."""

    axis: tuple[float, float, float, float]
    thickness: float
    face: BaseGeometry


def _wall_rows(elements: Elements, i: int, weight: float, cuts: list[float], longest: float, known: bool) -> tuple[list[_Row], bool]:
    """Return the rows of a wall, and whether its shape was understood."""
    strips, sound = _strips(elements, i)
    cut: list[tuple[_Strip, float, WallPiece]] = []
    for strip in strips:
        length = float(np.hypot(strip.axis[2] - strip.axis[0], strip.axis[3] - strip.axis[1]))
        # Wall material below 0.04 m2 does not count as a bearing pier.
        shortest = min(max(MIN_PIER_M2 / max(strip.thickness, 0.05), MIN_PIER_M), 0.25 * length)
        cut.extend((strip, length, p) for p in cut_wall(strip.face, cuts, shortest_m=shortest))
    total = sum(p.face_area_m2 * strip.thickness for strip, _, p in cut)
    rows = []
    for strip, length, p in cut:
        x0, y0, x1, y1 = strip.axis
        ux, uy = (x1 - x0) / length, (y1 - y0) / length
        axis = (x0 + p.s0_m * ux, y0 + p.s0_m * uy, x0 + p.s1_m * ux, y0 + p.s1_m * uy)
        n = max(1, int(np.ceil((p.s1_m - p.s0_m) / longest - 1e-4))) if p.kind == "pier" else 1
        part = weight * p.face_area_m2 * strip.thickness / total
        rows.append(_Row(p.kind, i, axis, p.z0_m, p.z1_m, strip.thickness, part, n, known and sound))
    return rows, sound


def _strips(elements: Elements, i: int) -> tuple[list[_Strip], bool]:
    """Return the straight pieces of a wall: one as measured, or its legs where much of its plan lies beside that."""
    x0, y0, x1, y1 = (float(c) for c in elements.axis_m[i])
    length, thickness, plan = float(np.hypot(x1 - x0, y1 - y0)), float(elements.thickness_m[i]), elements.footprint[i]
    z0, z1 = float(elements.z0_m[i]), float(elements.z1_m[i])
    if not length >= MIN_LINE_M:
        return [], True
    face = elements.elevation[i]
    if face is None or face.is_empty:
        face = shapely.box(0.0, z0, length, z1)
    one = _Strip(axis=(x0, y0, x1, y1), thickness=thickness, face=face)
    if not np.isfinite(thickness):
        return [one], True
    line = shapely.LineString([(x0, y0), (x1, y1)]).buffer(0.5 * thickness + BESIDE_M, cap_style="flat")
    beside = plane.difference(plan, line).area
    if beside <= max(BESIDE_M2, BESIDE_SHARE * plan.area):
        return [one], True
    legs = straight_legs(plan)
    if len(legs) < 2:
        return [one], False
    mesh = elements.mesh[i]
    corners = np.asarray(mesh.vertices_m)[np.asarray(mesh.faces)]
    axes = [(leg.x0_m, leg.y0_m, leg.x1_m, leg.y1_m) for leg in legs]
    found = [_Strip(axis=a, thickness=leg.thickness_m, face=leg_face(corners, leg, z0, z1)) for a, leg in zip(axes, legs, strict=True)]
    return found, True


def _bar_row(elements: Elements, i: int, weight: float, longest: float, known: bool) -> _Row:
    kind = elements.kind[i]
    z0, z1 = float(elements.z0_m[i]), float(elements.z1_m[i])
    footprint = elements.footprint[i]
    axis = tuple(float(c) for c in elements.axis_m[i])
    length = float(np.hypot(axis[2] - axis[0], axis[3] - axis[1])) if np.isfinite(axis).all() else 0.0
    thickness = float(elements.thickness_m[i])
    upright = kind in ("column", "pile") or (kind == "member" and z1 - z0 > 2.0 * length)
    pad = kind == "footing" and (length < MIN_LINE_M or length < PAD_ASPECT * max(thickness, 1e-6) or footprint.area > 60.0)
    if upright or pad or length < MIN_LINE_M:
        x, y = footprint.centroid.x, footprint.centroid.y
        part: PartKind = "footing" if pad else ("pile" if kind == "pile" else "column")
        thickness = min(plan_sides_m(footprint)) if pad else thickness
        return _Row(part, i, (x, y, x, y), z0, z1, thickness, weight, 1, known)
    part = "footing" if kind == "footing" else "beam"
    n = 1 + max(1, int(np.ceil(length / longest - 1e-4)))
    return _Row(part, i, (axis[0], axis[1], axis[2], axis[3]), z0, z1, thickness, weight, n, known)


def plan_sides_m(shape: BaseGeometry) -> tuple[float, float]:
    """Return the two sides of the smallest rectangle around a plan [m]."""
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(shape))
    if len(corners) < 4:
        return 0.0, 0.0
    first, second = np.diff(corners[:3], axis=0)
    return float(np.hypot(*first)), float(np.hypot(*second))


def _pack(rows: list[_Row]) -> Groups:
    rows = sorted(rows, key=lambda r: (-round(r.z0, 3), r.kind, r.element, r.axis))
    n_part = np.array([r.n for r in rows], dtype=np.int64)
    axes = np.array([r.axis for r in rows], dtype=float).reshape(-1, 4)
    return Groups(
        kind=tuple(r.kind for r in rows),
        element=np.array([r.element for r in rows], dtype=np.int64),
        x0_m=axes[:, 0],
        y0_m=axes[:, 1],
        x1_m=axes[:, 2],
        y1_m=axes[:, 3],
        z0_m=np.array([r.z0 for r in rows], dtype=float),
        z1_m=np.array([r.z1 for r in rows], dtype=float),
        thickness_m=np.array([r.thickness for r in rows], dtype=float),
        weight_kn=np.array([r.weight for r in rows], dtype=float),
        n_part=n_part,
        first_part=np.concatenate([[0], np.cumsum(n_part)[:-1]]).astype(np.int64) if len(rows) else np.zeros(0, np.int64),
        bearing_known=np.array([r.known for r in rows], dtype=bool),
    )


def plan_shapes(groups: Groups, elements: Elements) -> tuple[BaseGeometry, ...]:
    """Return the plan area of each group: axis times thickness, or the element's footprint for points and where no thickness is known."""
    shapes = []
    for g in range(len(groups)):
        if groups.length_m[g] < MIN_LINE_M or not np.isfinite(groups.thickness_m[g]):
            shapes.append(elements.footprint[int(groups.element[g])])
            continue
        line = shapely.LineString([(groups.x0_m[g], groups.y0_m[g]), (groups.x1_m[g], groups.y1_m[g])])
        half = max(0.5 * float(groups.thickness_m[g]), 0.01)
        shapes.append(line.buffer(half, cap_style="flat"))
    return tuple(shapes)
