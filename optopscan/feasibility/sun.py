"""Overshadowing: hours of possible sun that neighbours, or the ground around, lose by what is put on the roof.

The state before is the same for every variant and is worked out once (`sun_field`); a variant then only asks which
lit points its own boxes shade (`sun_loss`). Ground is level at the ground of the building; trees, slopes and what
stands beyond the neighbours told are not seen. North that nobody tells makes the answer unknown, never zero.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from optopscan.catalog.worth_rows import SUN_YEAR, SunNorm
from optopscan.feasibility.scheme import Prism
from optopscan.feasibility.shadow import edges_of, shaded
from optopscan.feasibility.sun_position import sun_position
from optopscan.model.arrays import BoolArray, FloatArray, IntArray, freeze
from optopscan.model.surroundings import Surroundings

# Why nothing is known of the sun, in Dutch and English
WHY = {
    "north": ("noord niet opgegeven", "north not told"),
    "building": ("geen gebouw", "no building"),
    "points": ("geen punten om het gebouw", "no points around the building"),
}
OFF_FACADE_M = 0.02  # points stand this far before a facade, so that its own building shades it from one side only
TINY_H = 1e-9


@dataclass(frozen=True, kw_only=True, eq=False)
class SunField:
    """Points around the building and their sun as it stands.

    ``points_m`` (n, 3); ``on_facade`` (n): on a facade of a neighbour, else on the ground. Per moment (n_time):
    direction to the sun in plan (n_time, 2), tangent of its altitude, row of its date. ``lit`` (n_time, n).
    ``why``: empty, or a key of `WHY` for why there are no points.
    """

    norm: SunNorm
    points_m: FloatArray
    on_facade: BoolArray
    toward: FloatArray
    tan_altitude: FloatArray
    date: IntArray
    lit: BoolArray
    why: str = ""

    def __post_init__(self) -> None:
        freeze(self)


@dataclass(frozen=True, kw_only=True, eq=False)
class SunLoss:
    """What one variant takes away; all nan, and ``below`` -1, where it is not known (``why``, a key of `WHY`).

    ``lost_h`` (n_date, n_point) hours a day. Mean, highest and ``below`` (points that had the hours of the norm and
    lose them on some date) are those of the facades where neighbours are told, else of the ground.
    ``ground_m2``: ground that loses more than the norm's ``ground_loss_h`` on some date.
    """

    on: Literal["facade", "ground", ""]
    points: int
    lost_mean_h: float
    lost_max_h: float
    below: int
    ground_m2: float
    lost_h: FloatArray
    why: str = ""

    def __post_init__(self) -> None:
        freeze(self)


def sun_field(
    existing: Sequence[Prism],
    norm: SunNorm,
    surroundings: Surroundings | None = None,
    *,
    north_deg: float = math.nan,
    ground_m: float = 0.0,
    latitude_deg: float | None = None,
) -> SunField:
    """Return points around a building and when they have sun now.

    Parameters
    ----------
    existing
        The building as it stands, levels in model metres.
    surroundings
        Neighbours and north; None: not told.
    north_deg
        From the y axis to north, clockwise; used where no surroundings are told, nan: not known.
    ground_m
        Level of the ground in the model.
    latitude_deg
        None: that of the norm.
    """
    north = surroundings.north_deg if surroundings is not None else north_deg
    neighbours = surroundings.neighbours if surroundings is not None else ()
    around = [Prism(polygon=row.polygon, z0_m=ground_m, z1_m=ground_m + row.height_m) for row in neighbours]
    if math.isnan(north) or not existing:
        return _nothing(norm, "north" if math.isnan(north) else "building")
    facade = [_facade_points(prism, norm, ground_m) for prism in around]
    solids = [*existing, *around]
    faces = np.concatenate([np.zeros((0, 3)), *facade])
    faces = faces[~_inside(faces, solids)]
    ground = _ground_points([prism.polygon for prism in existing], [prism.polygon for prism in around], norm, ground_m)
    points = np.concatenate([faces, ground])
    toward, tangent, date = _moments(norm, north, norm.latitude_deg if latitude_deg is None else latitude_deg)
    edges = edges_of(solids)
    lit = np.array([~shaded(points, edges, toward=(x, y), tan_altitude=tan) for (x, y), tan in zip(toward, tangent, strict=True)])
    return SunField(
        norm=norm,
        points_m=points,
        on_facade=np.arange(len(points)) < len(faces),
        toward=toward,
        tan_altitude=tangent,
        date=date,
        lit=lit.reshape(len(tangent), len(points)).astype(np.bool_),
    )


def sun_loss(field: SunField, boxes: Sequence[Prism]) -> SunLoss:
    """Return what the boxes of a variant take away from the points of the field."""
    if field.why:
        return SunLoss(
            on="", points=0, lost_mean_h=math.nan, lost_max_h=math.nan, below=-1, ground_m2=math.nan, lost_h=np.zeros((0, 0)), why=field.why
        )
    edges = edges_of(boxes)
    n_date, step_h = len(field.norm.dates), field.norm.step_min / 60.0
    before, lost = np.zeros((n_date, len(field.points_m))), np.zeros((n_date, len(field.points_m)))
    for k in range(len(field.date)):
        rows = np.flatnonzero(field.lit[k])
        before[field.date[k], rows] += step_h
        x, y = field.toward[k]
        gone = shaded(field.points_m[rows], edges, toward=(float(x), float(y)), tan_altitude=float(field.tan_altitude[k]))
        lost[field.date[k], rows[gone]] += step_h
    faces = bool(field.on_facade.any())
    chosen = field.on_facade if faces else ~field.on_facade
    least = field.norm.hours_min - TINY_H
    falls: BoolArray = np.any((before >= least) & (before - lost < least), axis=0)
    ground: BoolArray = np.any(lost[:, ~field.on_facade] > field.norm.ground_loss_h + TINY_H, axis=0)
    return SunLoss(
        on="facade" if faces else "ground",
        points=int(chosen.sum()),
        lost_mean_h=float(lost[:, chosen].mean()) if chosen.any() else math.nan,
        lost_max_h=float(lost[:, chosen].max()) if chosen.any() else math.nan,
        below=int(falls[chosen].sum()),
        ground_m2=float(ground.sum()) * field.norm.grid_m**2,
        lost_h=lost,
        why="" if chosen.any() else "points",
    )


def _nothing(norm: SunNorm, why: str) -> SunField:
    return SunField(
        norm=norm,
        points_m=np.zeros((0, 3)),
        on_facade=np.zeros(0, dtype=np.bool_),
        toward=np.zeros((0, 2)),
        tan_altitude=np.zeros(0),
        date=np.zeros(0, dtype=np.int64),
        lit=np.zeros((0, 0), dtype=np.bool_),
        why=why,
    )


def _moments(norm: SunNorm, north_deg: float, latitude_deg: float) -> tuple[FloatArray, FloatArray, IntArray]:
    """Return direction to the sun in plan, tangent of its altitude and row of the date, in the middle of every time step."""
    # Hours of sun do not depend on the clock, so the longitude is zero.
    hours = (np.arange(1440 // norm.step_min, dtype=np.float64) + 0.5) * (norm.step_min / 60.0)
    toward, tangent, date = [], [], []
    for k, (month, day) in enumerate(norm.days()):
        altitude, azimuth = sun_position(SUN_YEAR, month, day, hours, latitude_deg=latitude_deg, longitude_deg=0.0)
        up = altitude > norm.altitude_min_deg
        turned = np.radians(azimuth[up] + north_deg)
        toward.append(np.column_stack([np.sin(turned), np.cos(turned)]))
        tangent.append(np.tan(np.radians(altitude[up])))
        date.append(np.full(int(up.sum()), k, dtype=np.int64))
    return np.concatenate(toward), np.concatenate(tangent), np.concatenate(date)


def _facade_points(prism: Prism, norm: SunNorm, ground_m: float) -> FloatArray:
    """Return points in the middle of stretches of the outer walls, at the window sill of every storey (n, 3)."""
    heights = np.arange(ground_m + norm.sill_m, prism.z1_m, norm.storey_m)
    found = [np.zeros((0, 2))]
    for part in shapely.get_parts(prism.polygon):
        corners = shapely.get_coordinates(shapely.get_exterior_ring(shapely.orient_polygons(part)))
        for start, end in itertools.pairwise(corners):
            length = float(np.hypot(*(end - start)))
            if length == 0.0:
                continue
            n = max(1, round(length / norm.grid_m))
            out = np.array([end[1] - start[1], start[0] - end[0]]) / length * OFF_FACADE_M
            found.append(start + (np.arange(n)[:, None] + 0.5) / n * (end - start) + out)
    plan = np.concatenate(found)
    return np.column_stack([np.tile(plan, (len(heights), 1)), np.repeat(heights, len(plan))])


def _inside(points_m: FloatArray, solids: Sequence[Prism]) -> BoolArray:
    """Return which points lie inside a solid: on a wall that two buildings share."""
    inside = np.zeros(len(points_m), dtype=np.bool_)
    for solid in solids:
        between = (points_m[:, 2] >= solid.z0_m) & (points_m[:, 2] < solid.z1_m)
        inside |= between & shapely.contains_xy(solid.polygon, points_m[:, 0], points_m[:, 1])
    return inside


def _ground_points(own: Sequence[BaseGeometry], others: Sequence[BaseGeometry], norm: SunNorm, ground_m: float) -> FloatArray:
    """Return points of a grid on the ground around the building, beside every building (n, 3)."""
    footprint = shapely.union_all(list(own))
    ring = shapely.difference(shapely.buffer(footprint, norm.ring_m), shapely.union_all([footprint, *others]))
    x0, y0, x1, y1 = ring.bounds
    grid = norm.grid_m
    x, y = np.meshgrid(np.arange(x0 + grid / 2, x1, grid), np.arange(y0 + grid / 2, y1, grid))
    inside = shapely.contains_xy(ring, x, y)
    return np.column_stack([x[inside], y[inside], np.full(int(inside.sum()), ground_m)])
