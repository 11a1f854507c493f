"""Pieces of a walkway: rectangles of at most 3 m along a long side, cut where something stands on the roof.

Terminology. *Strip*: the walkway along one edge, as long as the edge, as wide as the
data say. Along it the coordinate is s, across it, into the roof, o. *Piece*: part of a
strip of one width, free over its whole area.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from optopscan.geometry import plane
from optopscan.model.arrays import FloatArray, freeze
from optopscan.placement.access.outline import LongSide
from optopscan.placement.lines import Frame

PIECE_M = 3.0
STEP_M = 0.25
EDGE_M = 1e-3
SQUARE = math.sin(math.radians(1.0))
PARALLEL = math.sin(math.radians(8.0))
SPUR_MAX_M = 15.0


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A rectangle of one strip in the frame turned by ``angle_deg`` (0 up to 90): low corner and sides [m].

    ``along_u``: one walks along u, else along v.
    """

    strip: int
    angle_deg: float
    u_m: float
    v_m: float
    du_m: float
    dv_m: float
    along_u: bool

    @property
    def frame(self) -> Frame:
        """The frame without bearing lines."""
        return Frame(angle_deg=self.angle_deg, lines=())

    @property
    def polygon(self) -> shapely.Polygon:
        """Plan in building coordinates."""
        u = np.array([self.u_m, self.u_m + self.du_m, self.u_m + self.du_m, self.u_m])
        v = np.array([self.v_m, self.v_m, self.v_m + self.dv_m, self.v_m + self.dv_m])
        return shapely.Polygon(np.column_stack(self.frame.to_building(u, v)))

    def walk(self, x_m: float, y_m: float) -> tuple[float, float]:
        """Return the place of a point along the centre line and its distance from that line [m]."""
        u, v = (float(value) for value in self.frame.to_frame(x_m, y_m))
        return (u, abs(v - self.v_m - 0.5 * self.dv_m)) if self.along_u else (v, abs(u - self.u_m - 0.5 * self.du_m))


@dataclass(frozen=True, kw_only=True, eq=False)
class Strip:
    """Line along the outer edge of a walkway: start (2), direction (2), length and width [m]; the walkway lies to its left."""

    start_m: FloatArray
    along: FloatArray
    length_m: float
    width_m: float

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def inward(self) -> FloatArray:
        """Direction across the strip."""
        return np.array([-self.along[1], self.along[0]])

    def to_strip(self, shape: BaseGeometry) -> BaseGeometry:
        """Return a shape in (s, o)."""
        return shapely.transform(shape, lambda xy: (xy - self.start_m) @ np.column_stack([self.along, self.inward]))

    def to_building(self, shape: BaseGeometry) -> BaseGeometry:
        """Return a shape given in (s, o) in building coordinates."""
        return shapely.transform(shape, lambda so: self.start_m + so @ np.vstack([self.along, self.inward]))

    def piece(self, number: int, s: tuple[float, float], o: tuple[float, float], *, across: bool = False) -> Piece:
        """Return the piece between two places along and across; ``across``: one walks across the strip, as in a spur."""
        angle = math.degrees(math.atan2(self.along[1], self.along[0])) % 90.0
        if angle > 90.0 - 1e-9:
            angle = 0.0
        corners = np.array([(s[0], o[0]), (s[1], o[0]), (s[1], o[1]), (s[0], o[1])]) @ np.vstack([self.along, self.inward]) + self.start_m
        u, v = Frame(angle_deg=angle, lines=()).to_frame(*corners.T)
        along_u = abs(u[1] - u[0]) > abs(v[1] - v[0])
        return Piece(
            strip=number,
            angle_deg=angle,
            u_m=float(u.min()),
            v_m=float(v.min()),
            du_m=float(np.ptp(u)),
            dv_m=float(np.ptp(v)),
            along_u=bool(along_u) != across,
        )


def strips(side: LongSide, offset_m: FloatArray, width_m: float) -> tuple[Strip, ...]:
    """Return the strips along a long side, each ``offset_m`` (n_edge) away from its edge; corners belong to the strip that ends there."""
    n, along, inward = len(side.length_m), side.along, side.inward
    base = side.points_m[:-1] + offset_m[:, None] * inward
    low = np.einsum("ij,ij->i", side.points_m[:-1] - base, along)
    high = np.einsum("ij,ij->i", side.points_m[1:] - base, along)
    for k in range(n if side.closed else n - 1):
        after = (k + 1) % n
        corner = _corner(base[k], along[k], base[after], along[after], width_m)
        if corner is None:
            continue
        high[k] = float(((corner - base[k]) @ along[k]).max())
        square = abs(float(along[k] @ along[after])) < SQUARE
        reach = (corner - base[after]) @ along[after]
        low[after] = float(reach.max() if square else reach.min())
    return tuple(
        Strip(start_m=base[k] + low[k] * along[k], along=along[k], length_m=float(high[k] - low[k]), width_m=width_m)
        for k in range(n)
        if high[k] - low[k] > EDGE_M
    )


def _corner(base: FloatArray, along: FloatArray, base_after: FloatArray, along_after: FloatArray, width_m: float) -> FloatArray | None:
    """Return where the outer and the inner lines of two strips meet (2, 2); None where they run on almost straight."""
    slope = along[0] * along_after[1] - along[1] * along_after[0]
    if abs(slope) < PARALLEL:
        return None
    points = []
    for across_m in (0.0, width_m):
        start = base + across_m * np.array([-along[1], along[0]])
        gap = base_after + across_m * np.array([-along_after[1], along_after[0]]) - start
        points.append(start + along * ((gap[0] * along_after[1] - gap[1] * along_after[0]) / slope))
    return np.array(points)


def cut(strip: Strip, number: int, roof: BaseGeometry, width_min_m: float) -> tuple[Piece, ...]:
    """Return the pieces of a strip that lie on the roof and are wide enough, in order along it."""
    whole = shapely.box(0.0, EDGE_M, strip.length_m, strip.width_m - EDGE_M)
    blocked = plane.difference(whole, strip.to_strip(roof))
    parts = [part for part in shapely.get_parts(blocked) if _matters(part)]
    runs: list[tuple[float, float, float, float]] = []
    for s0, s1 in _slabs(parts, strip.length_m):
        o0, o1 = _widest(parts, s0, s1, strip.width_m)
        if o1 - o0 < width_min_m - EDGE_M:
            continue
        if runs and runs[-1][1] == s0 and abs(runs[-1][2] - o0) < EDGE_M and abs(runs[-1][3] - o1) < EDGE_M:
            s0, o0, o1 = runs[-1][0], runs[-1][2], runs[-1][3]
            runs.pop()
        runs.append((s0, s1, o0, o1))
    return tuple(strip.piece(number, s, (o0, o1)) for s0, s1, o0, o1 in runs for s in _equal(s0, s1))


def _matters(part: BaseGeometry) -> bool:
    s0, o0, s1, o1 = part.bounds if not part.is_empty else (0.0, 0.0, 0.0, 0.0)
    return bool(min(s1 - s0, o1 - o0) > EDGE_M)


def _slabs(parts: Sequence[BaseGeometry], length_m: float) -> Iterator[tuple[float, float]]:
    """Yield stretches of a strip, cut at every corner of what stands in it and finely along its slanting edges."""
    at = {0.0, length_m}
    for part in parts:
        s, o = shapely.get_coordinates(part).T
        at.update(np.clip(s, 0.0, length_m).tolist())
        slanting = (np.abs(np.diff(s)) > EDGE_M) & (np.abs(np.diff(o)) > EDGE_M)
        for start, end in zip(s[:-1][slanting].tolist(), s[1:][slanting].tolist(), strict=True):
            at.update(np.clip(np.linspace(start, end, math.ceil(abs(end - start) / STEP_M) + 1), 0.0, length_m).tolist())
    line = sorted(at)
    kept = [line[0]]
    for place in line[1:]:
        if place - kept[-1] > EDGE_M:
            kept.append(place)
    kept[-1] = length_m
    yield from itertools.pairwise(kept)


def _widest(parts: Sequence[BaseGeometry], s0: float, s1: float, width_m: float) -> tuple[float, float]:
    """Return the widest band (o0, o1) that nothing enters between two places."""
    taken = [(0.0, 0.0), (width_m, width_m)]
    for part in parts:
        inside = plane.clip(part, (s0 + 0.1 * EDGE_M, -1.0, s1 - 0.1 * EDGE_M, width_m + 1.0))
        taken += [item.bounds[1::2] for item in shapely.get_parts(inside) if not item.is_empty and item.area > 0]
    best, top = (0.0, 0.0), 0.0
    for low, high in sorted(taken):
        if low - top > best[1] - best[0] + EDGE_M:
            best = (top, low)
        top = max(top, high)
    return tuple(0.0 if o <= 2 * EDGE_M else width_m if o >= width_m - 2 * EDGE_M else o for o in best)  # type: ignore[return-value]


def _equal(low: float, high: float) -> Iterator[tuple[float, float]]:
    edges = np.linspace(low, high, math.ceil((high - low) / PIECE_M - 1e-9) + 1).tolist()
    yield from itertools.pairwise(edges)


def spur(
    strip: Strip, number: int, goal: BaseGeometry, roof: BaseGeometry, *, from_m: tuple[float, float], gap_m: float
) -> tuple[Piece, ...]:
    """Return the pieces straight across from a strip to a core beside it; none where the way is not free.

    ``from_m``: the band (o0, o1) that the walkway takes where the spur leaves it; ``gap_m``: how near the spur must come.
    """
    s0, o0, s1, o1 = strip.to_strip(goal).bounds
    place = 0.5 * (max(s0, 0.0) + min(s1, strip.length_m)) - 0.5 * strip.width_m
    place = min(max(place, 0.0), strip.length_m - strip.width_m)
    if place < 0 or s1 < place + 0.5 * strip.width_m or s0 > place + 0.5 * strip.width_m:
        return ()
    inside = strip.to_strip(roof).buffer(EDGE_M, join_style="mitre")
    for gap in (0.0, 0.5 * gap_m, gap_m):
        low, high = (from_m[1], o0 - gap) if o0 > from_m[1] else (o1 + gap, from_m[0])
        if not EDGE_M < high - low <= SPUR_MAX_M:
            continue
        if inside.covers(shapely.box(place, low, place + strip.width_m, high)):
            s = (place, place + strip.width_m)
            return tuple(strip.piece(number, s, o, across=True) for o in _equal(low, high))
    return ()
