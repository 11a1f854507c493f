"""The span of a floor from what carries it: bearing lines divide it in rooms, and each room spans one way.

In a room every sample point knows how far it is from support to support along and across.
The shorter way is the likelier one, the more so the greater the difference; the points of a
room vote, so that a door or a window does not turn a strip of floor by itself.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from optopscan.geometry import plane
from optopscan.model.arrays import FloatArray, IntArray
from optopscan.structure.groups import Groups
from optopscan.structure.span import SpanEvidence, apart_deg
from optopscan.structure.spread import ONE_WAY_RATIO, FloorSpread

SAMPLE_M = 0.6
CUT_M = 0.01  # half the line along which a floor is divided; the spread finds regions within twice that
REACH_M = 0.3  # bearing lines that stop this short of another still divide the floor
OPENING_M = 2.5  # widest opening, between two walls in line, through which rooms do not run on
MIN_ROOM_M2 = 0.5
# A way 1.5 times as long as the other is wrong four times out of five: log(4) = STEEP * log(1.5).
STEEP = float(np.log(4.0) / np.log(ONE_WAY_RATIO))
ONLY_WAY = 3.0  # log-odds where only one way finds supports (0.95)
TRIMMED = 1.2  # a trimmed strip is taken for a way this much longer: straight bearing is preferred
MOST_ODDS = 4.0
EVEN = 0.05  # log-odds: a square room has no shorter way, and rounding must not choose one
SPLIT = 0.25  # a room where more than this disagrees strongly is left to its points
HELD = 0.5  # between columns only some strips of a flat slab find supports; a room between walls has them everywhere
TWO_WAY_P = 0.7  # in-situ on four sides near the square: usually reinforced both ways


def room_spans(spread: FloorSpread, rest: BaseGeometry, *, one_way: bool) -> list[SpanEvidence]:
    """Return the span of the rooms of a floor; ``rest`` is the plan not settled by other evidence."""
    if not len(spread.supports) or rest.area < MIN_ROOM_M2:
        return []
    found = []
    for room in rooms(rest, spread.groups, spread.supports):
        if room.area >= MIN_ROOM_M2 and (evidence := _vote(spread, room, one_way=one_way)) is not None:
            found.append(evidence)
    return found


def rooms(polygon: BaseGeometry, groups: Groups, supports: IntArray) -> list[BaseGeometry]:
    """Return the pieces into which bearing lines divide a floor."""
    lines = [_line(groups, g) for g in supports.tolist() if groups.length_m[g] > 0.05]
    if not lines:
        return list(shapely.get_parts(polygon))
    longer = [_extended(line, REACH_M) for line in lines]
    cut = shapely.union_all([*longer, *_bridges(lines)]).buffer(CUT_M, cap_style="flat")
    return list(shapely.get_parts(plane.difference(polygon, cut)))


def _line(groups: Groups, g: int) -> FloatArray:
    return np.array([[groups.x0_m[g], groups.y0_m[g]], [groups.x1_m[g], groups.y1_m[g]]])


def _extended(line: FloatArray, by_m: float) -> shapely.LineString:
    along = (line[1] - line[0]) / np.hypot(*(line[1] - line[0]))
    return shapely.LineString([line[0] - by_m * along, line[1] + by_m * along])


def _bridges(lines: Sequence[FloatArray]) -> list[shapely.LineString]:
    """Return lines across openings between two bearing lines on one axis."""
    ends = np.array(lines)
    along = ends[:, 1] - ends[:, 0]
    length = np.hypot(along[:, 0], along[:, 1])
    deg = np.degrees(np.arctan2(along[:, 1], along[:, 0]))
    found = []
    for i, j in itertools.combinations(range(len(lines)), 2):
        if apart_deg(float(deg[i]), float(deg[j])) > 2.0:
            continue
        ux, uy = along[i] / length[i]
        offset = (ends[j] - ends[i, 0]) @ np.array([-uy, ux])
        if np.abs(offset).max() > REACH_M:
            continue
        gaps = np.hypot(*(ends[i][:, None] - ends[j][None]).transpose(2, 0, 1))
        a, b = np.unravel_index(int(gaps.argmin()), gaps.shape)
        if 1e-6 < gaps[a, b] <= OPENING_M:
            found.append(shapely.LineString([ends[i, a], ends[j, b]]))
    return found


def _vote(spread: FloorSpread, room: BaseGeometry, *, one_way: bool) -> SpanEvidence | None:
    """Return the span of one room; None where nothing spans it or its corners go different ways."""
    angle = _room_angle(spread, room)
    x, y = _samples(room, angle)
    straight_u, u = _ways(spread, angle, x, y)
    straight_v, v = _ways(spread, angle + 90.0, x, y)
    odds = np.zeros(len(x))
    both = np.isfinite(u) & np.isfinite(v)
    odds[both] = np.clip(STEEP * np.log(v[both] / u[both]), -MOST_ODDS, MOST_ODDS)
    odds[np.isfinite(u) & ~both] = ONLY_WAY
    odds[np.isfinite(v) & ~both] = -ONLY_WAY
    spans = np.isfinite(u) | np.isfinite(v)
    if not spans.any():
        return None
    mean = float(odds[spans].mean())
    limit = STEEP * np.log(ONE_WAY_RATIO)
    four_sided = (straight_u & straight_v)[spans].mean() > 0.5
    if not one_way and four_sided and abs(mean) < limit:
        return SpanEvidence(polygon=room, deg=float("nan"), source="supports", probability=TWO_WAY_P)
    if abs(mean) < EVEN:
        return None
    against = (np.sign(odds[spans]) != np.sign(mean)) & (np.abs(odds[spans]) >= limit)
    if against.mean() > SPLIT:
        return None
    if spread.on_points and (straight_u if mean >= 0 else straight_v).mean() < HELD:
        return None
    deg = (angle if mean >= 0 else angle + 90.0) % 180.0
    return SpanEvidence(polygon=room, deg=deg, source="supports", probability=float(1.0 / (1.0 + np.exp(-abs(mean)))))


def _room_angle(spread: FloorSpread, room: BaseGeometry) -> float:
    """Return the direction of the bearing lines around a room, modulo 90 [deg]; the floor's own where they agree."""
    groups, near = spread.groups, room.buffer(REACH_M)
    phase = 0j
    for g in spread.supports.tolist():
        if groups.length_m[g] > 0.05:
            (x0, y0), (x1, y1) = _line(groups, g)
            inside = shapely.LineString([(x0, y0), (x1, y1)]).intersection(near).length
            phase += inside * np.exp(4j * np.arctan2(y1 - y0, x1 - x0))
    own = float(np.degrees(np.angle(phase)) / 4.0 % 90.0) if abs(phase) > 1e-9 else spread.angle_deg
    same = abs((own - spread.angle_deg + 45.0) % 90.0 - 45.0) < 0.5
    return spread.angle_deg if same else own


def _samples(room: BaseGeometry, deg: float) -> tuple[FloatArray, FloatArray]:
    """Return points on a grid along ``deg`` inside the room, the same whichever corner it is counted from."""
    turned = shapely.affinity.rotate(room, -deg, origin=(0, 0))
    x0, y0, x1, y1 = turned.bounds
    nx, ny = max(1, int(np.ceil((x1 - x0) / SAMPLE_M - 1e-4))), max(1, int(np.ceil((y1 - y0) / SAMPLE_M - 1e-4)))
    px, py = np.meshgrid(x0 + (np.arange(nx) + 0.5) * (x1 - x0) / nx, y0 + (np.arange(ny) + 0.5) * (y1 - y0) / ny)
    inside = shapely.contains_xy(turned, px.ravel(), py.ravel())
    if not inside.any():
        middle = turned.representative_point()
        px, py, inside = np.array([middle.x]), np.array([middle.y]), np.array([True])
    u, v = px.ravel()[inside], py.ravel()[inside]
    cos, sin = np.cos(np.radians(deg)), np.sin(np.radians(deg))
    return u * cos - v * sin, u * sin + v * cos


def _ways(spread: FloorSpread, deg: float, x: FloatArray, y: FloatArray) -> tuple[np.ndarray, FloatArray]:
    """Return whether each point has supports on both sides, and its span [m]: nan where no way is found."""
    span = spread.spans(deg, x, y)
    straight = np.isfinite(span)
    way = np.where(straight, span, np.nan)
    open_ = np.flatnonzero(~straight)
    if len(open_):
        way[open_] = TRIMMED * spread.trimmed(deg, x[open_], y[open_]).span_m
    return straight, way
