"""Plane curves as points: lines exactly, arcs so that their area is exact.

An arc of a circle becomes chords. The points between its ends are moved out so far that the chords
enclose the area of the arc itself, so a volume does not depend on the number of chords; the outline
stays within half a millimetre.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np

from optopscan.ifc.analytic.frames import Declined, Frames, coordinates
from optopscan.model.arrays import FloatArray

_OUTLINE_M = 0.0005
_STEP_MAX_RAD = math.pi / 8
_SAME_M = 1e-6
_JOINT_M = 1e-3
_TRIM_M = 1e-3
_TURN = 2.0 * math.pi


def step_rad(radius_m: float) -> float:
    """Return the angle of one chord [rad]: at most half a millimetre between chord and arc, and 22.5 degrees."""
    return min(_STEP_MAX_RAD, math.sqrt(8.0 * _OUTLINE_M / radius_m)) if radius_m > 0.0 else _STEP_MAX_RAD


def arc(centre: FloatArray, first: FloatArray, second: FloatArray, start_rad: float, turn_rad: float) -> FloatArray:
    """Return points (n, 2) of an arc of an ellipse with two half-axes as vectors [m]; both ends included, exact area.

    ``turn_rad`` is signed; a full turn repeats the first point.
    """
    radius = max(math.hypot(*first.tolist()), math.hypot(*second.tolist()))
    n = max(2, math.ceil(abs(turn_rad) / step_rad(radius) - 1e-9))
    full = abs(abs(turn_rad) - _TURN) < 1e-9
    n = max(n, 16) if full else n
    theta = abs(turn_rad) / n
    goal = n * theta / math.sin(theta)
    # 2 r sin(theta) + (n - 2) r^2 sin(theta) = n theta for the share r of the radius between the ends
    r = math.sqrt(theta / math.sin(theta)) if full else 0.5 * goal if n == 2 else (math.sqrt(1.0 + (n - 2) * goal) - 1.0) / (n - 2)
    end = r if full else 1.0
    step = math.copysign(theta, turn_rad)
    shares = [end, *[r] * (n - 1), end]
    angles = [start_rad + number * step for number in range(n + 1)]
    unit = np.array([(share * math.cos(angle), share * math.sin(angle)) for share, angle in zip(shares, angles, strict=True)])
    points: FloatArray = unit @ np.stack([first, second]) + centre
    return points


@lru_cache(maxsize=256)
def circle(radius_m: float, second_m: float | None = None) -> FloatArray:
    """Return a closed ring (n, 2) about the origin with the area of the circle or ellipse; read-only, for bars share their sizes."""
    if radius_m <= 0.0 or (second_m is not None and second_m <= 0.0):
        raise Declined("circle without a radius")
    other = radius_m if second_m is None else second_m
    found = arc(np.zeros(2), np.array((radius_m, 0.0)), np.array((0.0, other)), 0.0, _TURN)[:-1]
    found.setflags(write=False)
    return found


def ring(frames: Frames, curve: Any, angle_unit_rad: float) -> FloatArray:
    """Return the corners (n, 2) [m] of a closed plane curve, the first not repeated."""
    points = curve_points(frames, curve, angle_unit_rad)
    if len(points) > 1 and np.abs(points[0] - points[-1]).max() <= _SAME_M:
        points = points[:-1]
    elif curve.is_a() != "IfcPolyline" and not _closes(points):
        raise Declined("outline that does not close")
    keep = np.abs(points - np.concatenate([points[-1:], points[:-1]])).max(axis=1) > _SAME_M
    points = np.asarray(points[keep])
    if len(points) < 3:
        raise Declined("outline with fewer than three points")
    return points


def _closes(points: FloatArray) -> bool:
    return len(points) > 1 and float(np.abs(points[0] - points[-1]).max()) <= _JOINT_M


def curve_points(frames: Frames, curve: Any, angle_unit_rad: float) -> FloatArray:
    """Return the points (n, 2) [m] of a bounded plane curve, or a closed conic, ends included."""
    name = curve.is_a()
    if name == "IfcPolyline":
        numbers = [coordinates(point)[:2] for point in curve.get_argument(0)]
        return np.array(numbers, dtype=np.float64).reshape(-1, 2) * frames.unit_m
    if name == "IfcIndexedPolyCurve":
        return _indexed(frames, curve)
    if name == "IfcCompositeCurve":
        return _composite(frames, curve, angle_unit_rad)
    if name == "IfcTrimmedCurve":
        return _trimmed(frames, curve, angle_unit_rad)
    if name in ("IfcCircle", "IfcEllipse"):
        centre, first, second = _conic(frames, curve)
        return arc(centre, first, second, 0.0, _TURN)
    raise Declined(f"outline is {name}")


def _indexed(frames: Frames, curve: Any) -> FloatArray:
    points = np.array(curve.Points.get_argument(0), dtype=np.float64)
    if points.ndim != 2 or points.shape[1] < 2:
        raise Declined("outline in space")
    points = points[:, :2] * frames.unit_m
    segments = curve.Segments
    if not segments:
        return points
    found: list[FloatArray] = []
    for segment in segments:
        rows = np.array(segment.wrappedValue, dtype=np.int64) - 1
        corners = points[rows]
        found.append(through(*corners) if segment.is_a("IfcArcIndex") else corners)
    return _chained(found)


def through(start: FloatArray, middle: FloatArray, end: FloatArray) -> FloatArray:
    """Return the arc (n, 2) through three points; a line where they lie on one."""
    a, b = middle - start, end - start
    d = 2.0 * float(a[0] * b[1] - a[1] * b[0])
    size = float(np.abs(np.stack([a, b])).max())
    if abs(d) <= 1e-9 * size * size:
        return np.stack([start, middle, end])
    a2, b2 = float(a @ a), float(b @ b)
    offset = np.array((b[1] * a2 - a[1] * b2, a[0] * b2 - b[0] * a2)) / d
    centre, radius = start + offset, float(np.hypot(*offset))
    begin, via, finish = (math.atan2(*(point - centre)[::-1]) for point in (start, middle, end))
    turn = (finish - begin) % _TURN
    if (via - begin) % _TURN > turn:
        turn -= _TURN
    points = arc(centre, np.array((radius, 0.0)), np.array((0.0, radius)), begin, turn)
    points[0], points[-1] = start, end
    return points


def _composite(frames: Frames, curve: Any, angle_unit_rad: float) -> FloatArray:
    found = []
    for segment in curve.get_argument(0):
        if segment.is_a() != "IfcCompositeCurveSegment":
            raise Declined(f"outline with {segment.is_a()}")
        points = curve_points(frames, segment.get_argument(2), angle_unit_rad)
        found.append(points if segment.get_argument(1) else points[::-1])
    return _chained(found)


def _chained(found: list[FloatArray]) -> FloatArray:
    if len(found) > 1:
        gaps = np.array([one[-1] for one in found[:-1]]) - np.array([one[0] for one in found[1:]])
        if float(np.abs(gaps).max()) > _JOINT_M:
            raise Declined("outline with gaps")
    points = np.concatenate([found[0], *(one[1:] for one in found[1:])])
    if len(found) > 1 and _closes(points):
        points[-1] = points[0]
    return points


def _conic(frames: Frames, curve: Any) -> tuple[FloatArray, FloatArray, FloatArray]:
    axes, centre = frames.flat(curve.get_argument(0))
    first = float(curve.get_argument(1)) * frames.unit_m
    second = float(curve.get_argument(2)) * frames.unit_m if curve.is_a() == "IfcEllipse" else first
    if first <= 0.0 or second <= 0.0:
        raise Declined("circle without a radius")
    return centre, first * axes[0], second * axes[1]


def _trimmed(frames: Frames, curve: Any, angle_unit_rad: float) -> FloatArray:
    basis, *trims, forward, master = (curve.get_argument(place) for place in range(5))
    ends = [_trim(frames, trim) for trim in trims]
    if basis.is_a() == "IfcLine":
        return np.stack([_on_line(frames, basis, *end) for end in ends])
    if basis.is_a() not in ("IfcCircle", "IfcEllipse"):
        raise Declined(f"outline trimmed from {basis.is_a()}")
    centre, first, second = _conic(frames, basis)
    by_point = master == "CARTESIAN"
    angles = [_on_conic(centre, first, second, point, value, angle_unit_rad, by_point=by_point) for point, value in ends]
    turn = (angles[1] - angles[0]) % _TURN
    if turn < 1e-9:
        turn = _TURN
    if not forward:
        turn = turn - _TURN if turn < _TURN else -_TURN
    points = arc(centre, first, second, angles[0], turn)
    for row, (point, _) in zip((0, -1), ends, strict=True):
        if point is not None:
            points[row] = point
    return points


def _trim(frames: Frames, select: Any) -> tuple[FloatArray | None, float | None]:
    point, value = None, None
    for one in select:
        if one.is_a() == "IfcCartesianPoint":
            x, y = coordinates(one)[:2]
            point = np.array((x * frames.unit_m, y * frames.unit_m))
        else:
            value = float(one.get_argument(0))
    return point, value


def _on_line(frames: Frames, line: Any, point: FloatArray | None, value: float | None) -> FloatArray:
    if point is not None:
        return point
    if value is None:
        raise Declined("trimmed curve without an end")
    vector = line.get_argument(1)
    ratios = np.array(vector.get_argument(0).get_argument(0)[:2], dtype=np.float64)
    start = np.array(coordinates(line.get_argument(0))[:2])
    found: FloatArray = (start + value * float(vector.get_argument(1)) * ratios / np.hypot(*ratios)) * frames.unit_m
    return found


def _on_conic(
    centre: FloatArray,
    first: FloatArray,
    second: FloatArray,
    point: FloatArray | None,
    value: float | None,
    unit_rad: float,
    *,
    by_point: bool,
) -> float:
    """Return the angle of one end [rad]; where point and angle are both given they must agree."""
    by_value = value * unit_rad if value is not None else None
    if point is None:
        if by_value is None:
            raise Declined("trimmed curve without an end")
        return by_value
    away = point - centre
    angle = math.atan2(float(away @ second) / float(second @ second), float(away @ first) / float(first @ first))
    if math.hypot(*(math.cos(angle) * first + math.sin(angle) * second - away).tolist()) > _TRIM_M:
        raise Declined("end of an arc that is not on it")
    if by_value is not None:
        there = centre + math.cos(by_value) * first + math.sin(by_value) * second
        if float(np.hypot(*(there - point))) > _TRIM_M:
            raise Declined("arc whose ends are given twice, differently")
    return angle if by_point or by_value is None else by_value
