"""Axis, thickness and elevation of a wall from its faces.

Terminology. *Side faces*: upright faces (within 10 degrees). *Main normal*: the
horizontal direction, mod 180 degrees, to which most side-face area is
perpendicular. *Main faces*: side faces on that normal. The wall runs across it.

Assumptions. A wall is longer than thick over most of its face area; a wall
in the shape of an L is measured on its longer leg (its volume stays complete, and
`irregular` says so); a wall whose side faces have no common direction (curved)
gets the long side of its enclosing rectangle and thickness = volume / face area.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from shapely.geometry.base import BaseGeometry

from optopscan.geometry.mesh import Faces
from optopscan.geometry.plan import forward, projected, rectangle
from optopscan.model.arrays import FloatArray

_UPRIGHT = 0.1736  # sin 10 deg
_PARALLEL = 0.9848  # cos 10 deg
_PLANE_GAP_M = 0.002
_PLANE_SHARE = 0.5
_MAIN_SHARE = 0.35
_IRREGULAR = 0.1
_LAYER_TOLERANCE_M = 0.005


@dataclass(frozen=True, kw_only=True, eq=False)
class WallShape:
    """Axis ends x0, y0, x1, y1 [m], thickness and length [m], solid face in (s, z) [m]."""

    axis_m: FloatArray
    thickness_m: float
    length_m: float
    elevation: BaseGeometry
    irregular: bool


def main_angle(vectors: FloatArray, period_rad: float) -> tuple[float, float]:
    """Return the angle [rad] on which most upright face area looks, and its share of that area.

    Angles repeat after ``period_rad`` (pi: one wall; pi/2: a rectangular building).
    A peak of a 1-degree histogram, then the area-weighted mean within 1.5 degrees.
    nan and 0 without upright faces.
    """
    area = np.linalg.norm(vectors, axis=1)
    side = (np.abs(vectors[:, 2]) <= _UPRIGHT * area) & (area > 0.0)
    if not side.any():
        return float("nan"), 0.0
    weight = area[side]
    angle = np.mod(np.arctan2(vectors[side, 1], vectors[side, 0]), period_rad)
    n_bin = round(np.degrees(period_rad))
    step = period_rad / n_bin
    bins = np.floor(angle / step + 0.5).astype(np.int64) % n_bin
    histogram = np.bincount(bins, weights=weight, minlength=n_bin)
    smooth = histogram + np.roll(histogram, 1) + np.roll(histogram, -1)
    peak = int(np.argmax(np.round(smooth / weight.sum(), 6) * 2.0 + np.round(histogram / weight.sum(), 6)))
    away = np.mod(angle - peak * step + 0.5 * period_rad, period_rad) - 0.5 * period_rad
    near = np.abs(away) <= 1.5 * step
    share = float(weight[near].sum() / weight.sum())
    mean = peak * step + float((weight[near] * away[near]).sum() / weight[near].sum())
    return float(np.mod(mean, period_rad)), share


def wall_shape(body: Faces, volume_m3: float, *, expected_thickness_m: float = float("nan")) -> WallShape:
    """Return axis, thickness and elevation of a wall.

    Parameters
    ----------
    body
        Its faces, outward.
    volume_m3
        Volume of the body [m3], for the check on shape and for curved walls.
    expected_thickness_m
        Sum of the material layers [m] or nan. When only the direction across the main
        normal gives this thickness (within 5 mm), the wall is a stub, shorter than thick.

    Returns
    -------
    WallShape
        Thickness between the outermost planes that hold at least half the area
        of the largest main plane on their side; ``irregular`` when that thickness
        times the elevation misses the volume by more than 10 %.
    """
    angle, share = main_angle(body.vectors, np.pi)
    if share < _MAIN_SHARE:
        return _curved(body, volume_m3)
    straight = _straight(body, volume_m3, angle)
    if abs(straight.thickness_m - expected_thickness_m) > _LAYER_TOLERANCE_M:
        stub = _straight(body, volume_m3, angle + 0.5 * np.pi)
        if abs(stub.thickness_m - expected_thickness_m) <= _LAYER_TOLERANCE_M and not stub.irregular:
            return stub
    return straight


def _straight(body: Faces, volume_m3: float, angle: float) -> WallShape:
    points = body.corners.reshape(-1, 3)
    along = forward(np.array([-np.sin(angle), np.cos(angle)]))
    normal = np.array([-along[1], along[0]])
    planes = _outer_planes(body, normal)
    offsets = points[:, :2] @ normal
    low, high = planes if planes is not None else (float(offsets.min()), float(offsets.max()))
    s = points[:, :2] @ along
    middle = 0.5 * (low + high) * normal
    face = _elevation(body, normal, along, float(s.min()))
    thickness = high - low
    irregular = abs(face.area * thickness - volume_m3) > _IRREGULAR * volume_m3
    axis = np.concatenate([middle + s.min() * along, middle + s.max() * along])
    return WallShape(axis_m=axis, thickness_m=thickness, length_m=float(np.ptp(s)), elevation=face, irregular=bool(irregular))


def _outer_planes(body: Faces, normal: FloatArray) -> tuple[float, float] | None:
    area = body.area
    cosine = body.vectors[:, :2] @ normal / np.maximum(area, 1e-30)
    offset = body.corners.mean(axis=1)[:, :2] @ normal
    found: list[float] = []
    for sign in (-1.0, 1.0):
        on = cosine * sign >= _PARALLEL
        if not on.any():
            return None
        place, total = _planes(offset[on] * sign, area[on])
        found.append(sign * float(place[total >= _PLANE_SHARE * total.max()].max()))
    low, high = found
    return (low, high) if high > low else None


def _planes(offset: FloatArray, area: FloatArray) -> tuple[FloatArray, FloatArray]:
    order = np.argsort(offset, kind="stable")
    offset, area = offset[order], area[order]
    group = np.concatenate([[0], np.cumsum(np.diff(offset) > _PLANE_GAP_M)])
    total = np.bincount(group, weights=area)
    return np.bincount(group, weights=area * offset) / total, total.astype(np.float64)


def _elevation(body: Faces, normal: FloatArray, along: FloatArray, start: float) -> BaseGeometry:
    on = np.abs(body.vectors[:, :2] @ normal) >= _PARALLEL * body.area
    return projected(_turned_to_face(body.corners[on], along, start))


def _turned_to_face(corners: FloatArray, along: FloatArray, start: float) -> FloatArray:
    flat: FloatArray = np.stack([corners[:, :, :2] @ along - start, corners[:, :, 2]], axis=-1)
    return flat


def _curved(body: Faces, volume_m3: float) -> WallShape:
    corners, area = body.corners, body.area
    middle, along, length, _ = rectangle(corners.reshape(-1, 3)[:, :2])
    start = float((corners.reshape(-1, 3)[:, :2] @ along).min())
    side = np.abs(body.vectors[:, 2]) <= _UPRIGHT * area
    face = projected(_turned_to_face(corners[side], along, start))
    surface = 0.5 * float(area[side].sum())
    thickness = volume_m3 / surface if surface > 0.0 else float("nan")
    axis = np.concatenate([middle - 0.5 * length * along, middle + 0.5 * length * along])
    return WallShape(axis_m=axis, thickness_m=thickness, length_m=length, elevation=face, irregular=True)
