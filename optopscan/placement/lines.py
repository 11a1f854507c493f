"""Bearing lines: heads in one line, seen in frames turned with the building.

Terminology. *Frame*: axes (u, v) turned by an angle in [0, 90) degrees, one per
pair of perpendicular wall directions. *Bearing line*: heads with the same offset
in one direction of a frame, near enough to each other for the transfer layer to
bridge the gaps. Along a line the coordinate is s, across it the offset o: on
axis 0 (s, o) = (u, v), on axis 1 (s, o) = (v, u).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from optopscan.model.arrays import FloatArray, IntArray, freeze
from optopscan.model.structure import Heads

ANGLE_TOLERANCE_DEG = 0.5
OFFSET_TOLERANCE_M = 0.02
POINT_LENGTH_M = 1e-3


@dataclass(frozen=True, kw_only=True, eq=False)
class BearingLine:
    """One run of heads (n), sorted along s; ``thickness_m`` is that of the thinnest."""

    axis: int
    head: IntArray
    mid_m: FloatArray
    start_m: FloatArray
    end_m: FloatArray
    offset_m: FloatArray
    thickness_m: float

    def __post_init__(self) -> None:
        freeze(self)


@dataclass(frozen=True, kw_only=True)
class Frame:
    """A frame and the bearing lines along its two axes."""

    angle_deg: float
    lines: tuple[BearingLine, ...]

    def to_frame(self, x_m: npt.ArrayLike, y_m: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Return (u, v) [m] of points in building coordinates."""
        return _turn(x_m, y_m, -self.angle_deg)

    def to_building(self, u_m: npt.ArrayLike, v_m: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Return (x, y) [m] of points in the frame."""
        return _turn(u_m, v_m, self.angle_deg)


def head_points(heads: Heads) -> tuple[FloatArray, FloatArray]:
    """Return the middle (x, y) [m] of every head, where a load on it acts."""
    return 0.5 * (heads.x0_m + heads.x1_m), 0.5 * (heads.y0_m + heads.y1_m)


def bearing_frames(heads: Heads, rows: IntArray, roof: BaseGeometry, *, gap_max_m: float) -> tuple[Frame, ...]:
    """Return the frames with their bearing lines, longest total wall first.

    Parameters
    ----------
    heads
        All heads; ``rows`` selects those under one roof.
    roof
        Its sides give the direction where all heads are columns.
    gap_max_m
        A wider gap between neighbouring heads [m] ends a line.

    Returns
    -------
    tuple[Frame, ...]
        Lines with fewer than two heads are left out: a load beside one head has no lever.
    """
    frames = []
    for angle_deg in _frame_angles(heads, rows, roof):
        lines = tuple(line for axis in (0, 1) for line in _lines(heads, rows, angle_deg, axis, gap_max_m))
        if lines:
            frames.append(Frame(angle_deg=angle_deg, lines=lines))
    return tuple(frames)


def _turn(x_m: npt.ArrayLike, y_m: npt.ArrayLike, angle_deg: float) -> tuple[FloatArray, FloatArray]:
    x, y = np.asarray(x_m, dtype=np.float64), np.asarray(y_m, dtype=np.float64)
    cos, sin = math.cos(math.radians(angle_deg)), math.sin(math.radians(angle_deg))
    return x * cos - y * sin, x * sin + y * cos


def _lengths_angles(heads: Heads, rows: IntArray) -> tuple[FloatArray, FloatArray]:
    dx, dy = (heads.x1_m - heads.x0_m)[rows], (heads.y1_m - heads.y0_m)[rows]
    return np.hypot(dx, dy), np.degrees(np.arctan2(dy, dx)) % 180.0


def _frame_angles(heads: Heads, rows: IntArray, roof: BaseGeometry) -> list[float]:
    length_m, angle_deg = _lengths_angles(heads, rows)
    straight = length_m > POINT_LENGTH_M
    if not straight.any():
        return [roof_angle_deg(roof)] if rows.size else []
    sums: list[complex] = []
    for one_m, one_deg in zip(length_m[straight], angle_deg[straight], strict=True):
        # fourfold angle: walls at right angles share a frame
        turned = one_m * np.exp(4j * math.radians(one_deg))
        near = [k for k, total in enumerate(sums) if abs(np.angle(turned / total, deg=True)) < 4.0 * ANGLE_TOLERANCE_DEG]
        if near:
            sums[near[0]] += turned
        else:
            sums.append(turned)
    sums.sort(key=lambda total: (-round(abs(total), 6), float(np.angle(total)) % (2 * math.pi)))
    return [round(float(np.angle(total, deg=True)) / 4.0 % 90.0, 7) % 90.0 for total in sums]


def roof_angle_deg(roof: BaseGeometry) -> float:
    """Return the direction of the sides of a roof [deg], in [0, 90)."""
    corners = shapely.get_coordinates(roof.minimum_rotated_rectangle)
    return round(math.degrees(math.atan2(corners[1, 1] - corners[0, 1], corners[1, 0] - corners[0, 0])) % 90.0, 7) % 90.0


def _lines(heads: Heads, rows: IntArray, angle_deg: float, axis: int, gap_max_m: float) -> list[BearingLine]:
    length_m, head_deg = _lengths_angles(heads, rows)
    turn_deg = np.abs((head_deg - angle_deg - 90.0 * axis + 90.0) % 180.0 - 90.0)
    rows = rows[(length_m <= POINT_LENGTH_M) | (turn_deg < ANGLE_TOLERANCE_DEG)]
    ends = [_turn(x[rows], y[rows], -angle_deg) for x, y in ((heads.x0_m, heads.y0_m), (heads.x1_m, heads.y1_m))]
    along = np.stack([end[axis] for end in ends])
    offset = 0.5 * (ends[0][1 - axis] + ends[1][1 - axis])
    order = np.lexsort((rows, offset))
    breaks = np.flatnonzero(np.diff(offset[order]) > OFFSET_TOLERANCE_M) + 1
    found = []
    for group in np.split(order, breaks):
        group = group[np.lexsort((rows[group], along[:, group].mean(axis=0)))]
        mid = along[:, group].mean(axis=0)
        group = group[np.diff(mid, prepend=-np.inf) > 1e-6]
        start, end = along[:, group].min(axis=0), along[:, group].max(axis=0)
        gaps = np.flatnonzero(start[1:] - np.maximum.accumulate(end)[:-1] > gap_max_m) + 1
        found += [
            BearingLine(
                axis=axis,
                head=rows[run],
                mid_m=along[:, run].mean(axis=0),
                start_m=along[:, run].min(axis=0),
                end_m=along[:, run].max(axis=0),
                offset_m=offset[run],
                thickness_m=float(heads.thickness_m[rows[run]].min()),
            )
            for run in np.split(group, gaps)
            if run.size > 1
        ]
    return found
