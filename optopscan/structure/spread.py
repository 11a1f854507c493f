"""How a floor brings its load to what carries it.

The floor is cut in cells by a grid that follows its supports. From a load on the
floor two straight rows are drawn, along and across the supports; where a row
meets a support that carries the floor there is a *hit*. A load spans along the
row with supports on both sides, the shorter one; where the bay is nearly square
the two directions share it by the fourth power of the spans (Marcus). Planks span
along their length. Where no row finds two supports (flat slabs on columns) the
supports nearest around the load share it so that its resultant stays in place.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from scipy.spatial import Delaunay, QhullError
from shapely.geometry.base import BaseGeometry

from optopscan.model.arrays import BoolArray, FloatArray, IntArray
from optopscan.model.structure import Distribution
from optopscan.structure.groups import Groups
from optopscan.structure.statics import continuous, lever

END_SLACK_M = 0.16  # a row just past the end of a support still meets it (corners)
SAME_SUPPORT_M = 0.05  # hits closer than this are one support
PAIR_M = 0.45  # supports closer than this share one bearing in a continuous strip (cavity walls)
ONE_WAY_RATIO = 1.5
OVERHANG_M = 2.5
SINGLE_OVERHANG_M = 1.5
GAUSS = np.array([-1.0, 1.0]) / np.sqrt(3.0)
SAMPLE_M = 0.5
BRIDGE_M = 0.05


@dataclass(frozen=True, kw_only=True, eq=False)
class Hits:
    """Loads arriving on groups, one row each.

    ``load`` and ``group`` are rows, ``s_m`` the place along the group's axis, ``x_m``
    and ``y_m`` the point where the share acts, ``share`` its fraction. ``span_deg`` and
    ``settled`` are per load: span direction (nan: two ways), and whether a path exists.
    """

    load: IntArray
    group: IntArray
    s_m: FloatArray
    x_m: FloatArray
    y_m: FloatArray
    share: FloatArray
    span_deg: FloatArray
    settled: BoolArray

    @staticmethod
    def none(n_load: int) -> Hits:
        """Return no hits for ``n_load`` loads."""
        empty = np.zeros(0)
        return Hits(
            load=empty.astype(np.int64),
            group=empty.astype(np.int64),
            s_m=empty,
            x_m=empty,
            y_m=empty,
            share=empty,
            span_deg=np.full(n_load, np.nan),
            settled=np.zeros(n_load, dtype=bool),
        )


@dataclass
class _Frame:
    """Supports of one floor seen along one direction: u along, v across."""

    cos: float
    sin: float
    u0: FloatArray
    v0: FloatArray
    u1: FloatArray
    v1: FloatArray
    area: BaseGeometry
    intervals: dict[int, list[tuple[float, float]]] = field(default_factory=dict)
    met: dict[tuple[int, float], tuple[FloatArray, IntArray, FloatArray]] = field(default_factory=dict)

    def local(self, x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
        return np.asarray(x) * self.cos + np.asarray(y) * self.sin, -np.asarray(x) * self.sin + np.asarray(y) * self.cos

    def row(self, v: float) -> list[tuple[float, float]]:
        """Return the stretches of floor on the row at v, in u."""
        key = round(v * 1000)
        if key not in self.intervals:
            low, _, high, _ = self.area.bounds
            line = shapely.LineString([(low - 1, v), (high + 1, v)])
            cut = shapely.get_parts(shapely.intersection(self.area, line))
            self.intervals[key] = sorted((p.bounds[0], p.bounds[2]) for p in cut if p.length > 0)
        return self.intervals[key]


class FloorSpread:
    """The load distribution of one floor field onto the groups that carry it.

    Parameters
    ----------
    polygon
        Plan of the floor.
    supports
        Rows of the groups that carry it.
    groups
        All groups.
    planks
        (polygon, direction [deg]) of pieces with a known span direction.
    runs_through
        True when the floor can act as a continuous strip.
    """

    def __init__(
        self,
        *,
        polygon: BaseGeometry,
        supports: Sequence[int],
        groups: Groups,
        planks: Sequence[tuple[BaseGeometry, float]],
        runs_through: bool,
    ) -> None:
        self.polygon = polygon
        self.supports = np.array(sorted(supports), dtype=np.int64)
        self.groups = groups
        self.planks = tuple(planks)
        self.runs_through = runs_through
        self.is_point = groups.length_m[self.supports] < 0.05
        self.angle_deg = self._main_angle()
        self._frames = [self._frame(self.angle_deg), self._frame(self.angle_deg + 90.0)]
        self._other: dict[float, _Frame] = {}
        self._mesh: tuple[Delaunay | None, FloatArray, IntArray, FloatArray] | None = None

    # -- geometry -------------------------------------------------------------

    def _main_angle(self) -> float:
        g, rows = self.groups, self.supports[~self.is_point]
        if not len(rows):
            corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(self.polygon))
            dx, dy = corners[1] - corners[0]
            return float(np.degrees(np.arctan2(dy, dx)) % 90.0)
        dx, dy = (g.x1_m - g.x0_m)[rows], (g.y1_m - g.y0_m)[rows]
        # Directions modulo 90 degrees are averaged on the fourfold circle, weighted by length.
        phase = np.exp(4j * np.arctan2(dy, dx)) * np.hypot(dx, dy)
        angle = float(np.degrees(np.angle(phase.sum())) / 4.0 % 90.0)
        return 0.0 if angle > 90.0 - 1e-6 else angle

    def _frame(self, deg: float) -> _Frame:
        cos, sin = float(np.cos(np.radians(deg))), float(np.sin(np.radians(deg)))
        g, rows = self.groups, self.supports
        turned = shapely.affinity.rotate(self.polygon.buffer(BRIDGE_M, join_style="mitre"), -deg, origin=(0, 0))
        frame = _Frame(cos, sin, np.zeros(0), np.zeros(0), np.zeros(0), np.zeros(0), turned)
        frame.u0, frame.v0 = frame.local(g.x0_m[rows], g.y0_m[rows])
        frame.u1, frame.v1 = frame.local(g.x1_m[rows], g.y1_m[rows])
        return frame

    def _frame_at(self, deg: float) -> _Frame:
        for k, own in enumerate((self.angle_deg, self.angle_deg + 90.0)):
            if abs((deg - own + 90.0) % 180.0 - 90.0) < 0.5:
                return self._frames[k]
        key = round(deg, 1)
        if key not in self._other:
            self._other[key] = self._frame(key)
        return self._other[key]

    def cells(self, size_m: float) -> list[BaseGeometry]:
        """Return pieces of floor no larger than ``size_m``, cut along the supports; they partition the floor."""
        frame = self._frames[0]
        turned = shapely.affinity.rotate(self.polygon, -self.angle_deg, origin=(0, 0))
        u = _grid(np.concatenate([frame.u0, frame.u1]), turned.bounds[0], turned.bounds[2], size_m)
        v = _grid(np.concatenate([frame.v0, frame.v1]), turned.bounds[1], turned.bounds[3], size_m)
        uu, vv = np.meshgrid(np.arange(len(u) - 1), np.arange(len(v) - 1), indexing="ij")
        boxes = shapely.box(u[uu.ravel()], v[vv.ravel()], u[uu.ravel() + 1], v[vv.ravel() + 1])
        shapely.prepare(turned)
        near = shapely.intersects(turned, boxes)
        pieces = shapely.intersection(turned, boxes[near])
        pieces = pieces[shapely.area(pieces) > 1e-9]
        return [shapely.affinity.rotate(p, self.angle_deg, origin=(0, 0)) for p in pieces]

    # -- distribution ---------------------------------------------------------

    def cell_hits(self, cells: Sequence[BaseGeometry], x_m: FloatArray, y_m: FloatArray, distribution: Distribution) -> Hits:
        """Return where uniform loads on cells with centroids (x, y) arrive."""
        turned = shapely.affinity.rotate(shapely.GeometryCollection(list(cells)), -self.angle_deg, origin=(0, 0))
        bounds = shapely.bounds(np.array(turned.geoms, dtype=object))
        return self.hits(x_m, y_m, distribution, half_m=0.5 * (bounds[:, 2:] - bounds[:, :2]))

    def hits(self, x_m: FloatArray, y_m: FloatArray, distribution: Distribution, half_m: FloatArray | None = None) -> Hits:
        """Return where loads at (x, y) arrive; shares of each load sum to one, or it has no hit.

        ``half_m`` (n_load, 2): half the extent of the load along and across the
        floor's main direction; zero where left out (point loads).
        """
        n = len(x_m)
        half = np.zeros((n, 2)) if half_m is None else half_m
        if not len(self.supports):
            return Hits.none(n)
        forced = self._plank_angles(x_m, y_m)
        out = _Collector(n)
        point_slab = int(self.is_point.sum()) >= 3
        for direction, weight, rows in self._choose(x_m, y_m, forced, point_slab):
            self._row_hits(out, direction, weight, rows, np.column_stack([x_m, y_m, half]), distribution)
        left = np.flatnonzero(~out.settled)
        if len(left):
            self._around(out, left, x_m[left], y_m[left])
        return out.hits()

    def _plank_angles(self, x: FloatArray, y: FloatArray) -> FloatArray:
        angles = np.full(len(x), np.nan)
        points = shapely.points(x, y)
        for shape, deg in self.planks:
            inside = shapely.dwithin(points, shape, 0.02) & np.isnan(angles)
            angles[inside] = deg
        return angles

    def _choose(self, x: FloatArray, y: FloatArray, forced: FloatArray, point_slab: bool) -> list[tuple[float, FloatArray, IntArray]]:
        """Return (direction [deg], weight per load, load rows) for each direction in use."""
        n = len(x)
        spans = np.column_stack([self._span(frame, x, y) for frame in self._frames])
        two_sided = np.isfinite(spans)
        weight = np.zeros((n, 2))
        both = two_sided.all(axis=1)
        u, v = spans[:, 0], spans[:, 1]
        with np.errstate(invalid="ignore"):
            square = both & (np.maximum(u, v) < ONE_WAY_RATIO * np.minimum(u, v)) & self.runs_through
            short_u = both & ~square & (u <= v)
        # Sides up to four times apart never reach here squared; the fourth powers stay finite.
        share_u = np.where(square, v**4 / np.where(square, u**4 + v**4, 1.0), 0.0)
        weight[:, 0] = np.where(square, share_u, np.where(short_u | (two_sided[:, 0] & ~both), 1.0, 0.0))
        weight[:, 1] = np.where(square, 1.0 - share_u, np.where((both & ~square & ~short_u) | (two_sided[:, 1] & ~both), 1.0, 0.0))
        if point_slab:
            weight[np.isnan(forced)] = 0.0
        chosen: list[tuple[float, FloatArray, IntArray]] = []
        free = np.ones(n, dtype=bool)
        for deg in np.unique(forced[np.isfinite(forced)]):
            rows = np.flatnonzero(forced == deg)
            span = self._span(self._frame_at(float(deg)), x[rows], y[rows])
            across = self._span(self._frame_at(float(deg) + 90.0), x[rows], y[rows])
            # A trimmed plank without support at one end hands over to what does span there.
            for angle, use in ((float(deg), np.isfinite(span)), (float(deg) + 90.0, ~np.isfinite(span) & np.isfinite(across))):
                if use.any():
                    chosen.append((angle, np.ones(int(use.sum())), rows[use]))
                    free[rows[use]] = False
            weight[rows] = 0.0
        for k, own in enumerate((self.angle_deg, self.angle_deg + 90.0)):
            rows = np.flatnonzero(free & (weight[:, k] > 0))
            if len(rows):
                chosen.append((own, weight[rows, k], rows))
        loose = np.flatnonzero(free & (weight.sum(axis=1) == 0))
        if len(loose) and not point_slab:
            chosen.extend(self._cantilevers(x, y, loose))
        return chosen

    def _cantilevers(self, x: FloatArray, y: FloatArray, rows: IntArray) -> list[tuple[float, FloatArray, IntArray]]:
        """Return loads that hang over the nearest support with a back span, or lie on a single one.

        An overhang longer than 2.5 m or than its back span is no cantilever: those
        loads are left for the supports around them.
        """
        found: dict[int, list[int]] = {0: [], 1: []}
        for i in rows.tolist():
            best: tuple[float, int] | None = None
            for k, frame in enumerate(self._frames):
                u, v = frame.local(x[i], y[i])
                at, _, _ = self._meet(frame, float(v), float(u))
                if not len(at):
                    continue
                order = np.argsort(np.abs(at - u), kind="stable")
                overhang = float(abs(at[order[0]] - u))
                back = float(abs(at[order[1]] - at[order[0]])) if len(at) > 1 else SINGLE_OVERHANG_M
                if overhang <= min(OVERHANG_M, back) and (best is None or (overhang, k) < best):
                    best = (overhang, k)
            if best is not None:
                found[best[1]].append(i)
        own = (self.angle_deg, self.angle_deg + 90.0)
        return [(own[k], np.ones(len(found[k])), np.array(found[k], dtype=np.int64)) for k in (0, 1) if found[k]]

    def _meet(self, frame: _Frame, v: float, u: float) -> tuple[FloatArray, IntArray, FloatArray]:
        """Return (u, support index, place along its axis) of the supports met by the row through (u, v)."""
        stretch = [(a, b) for a, b in frame.row(v) if a - 0.3 <= u <= b + 0.3]
        if not stretch:
            return np.zeros(0), np.zeros(0, np.int64), np.zeros(0)
        a, b = min(stretch, key=lambda s: max(s[0] - u, u - s[1], 0.0))
        key = (round(v * 1e5), a)
        if key not in frame.met:
            frame.met[key] = self._meet_stretch(frame, v, a, b)
        return frame.met[key]

    def _meet_stretch(self, frame: _Frame, v: float, a: float, b: float) -> tuple[FloatArray, IntArray, FloatArray]:
        dv = frame.v1 - frame.v0
        length = self.groups.length_m[self.supports]
        half = 0.5 * self.groups.thickness_m[self.supports]
        crossing = np.abs(dv) > 0.2 * np.maximum(length, 1e-9)
        reach = np.where(self.is_point, half + END_SLACK_M, END_SLACK_M)
        low, high = np.minimum(frame.v0, frame.v1), np.maximum(frame.v0, frame.v1)
        met = (crossing | self.is_point) & (v >= low - reach) & (v <= high + reach)
        t = np.clip(np.where(np.abs(dv) > 1e-9, (v - frame.v0) / np.where(np.abs(dv) > 1e-9, dv, 1.0), 0.0), 0.0, 1.0)
        at = frame.u0 + t * (frame.u1 - frame.u0)
        slack = half + BRIDGE_M + 0.02
        met &= (at >= a - slack) & (at <= b + slack)
        index = np.flatnonzero(met)
        past = np.maximum(np.maximum(low[index] - v, v - high[index]), 0.0)
        order = np.lexsort((index, past, at[index]))
        index, past = index[order], past[order]
        keep: list[int] = []
        for k in range(len(index)):
            if keep and at[index[k]] - at[index[keep[-1]]] < SAME_SUPPORT_M:
                if past[k] < past[keep[-1]] - 1e-9:
                    keep[-1] = k
                continue
            keep.append(k)
        index = index[keep]
        return at[index], index, t[index] * length[index]

    def _span(self, frame: _Frame, x: FloatArray, y: FloatArray) -> FloatArray:
        """Return the distance between the supports on either side of each load [m], inf where one side is open."""
        u, v = frame.local(x, y)
        spans = np.full(len(x), np.inf)
        keys = np.round(v * 1000).astype(np.int64)
        for key in np.unique(keys):
            rows = np.flatnonzero(keys == key)
            for i in rows.tolist():
                at, _, _ = self._meet(frame, float(v[rows[0]]), float(u[i]))
                right = int(np.searchsorted(at, u[i] - 1e-6))
                if 0 < right < len(at):
                    spans[i] = at[right] - at[right - 1]
                elif len(at) and np.abs(at - u[i]).min() < SAME_SUPPORT_M and len(at) > 1:
                    spans[i] = np.diff(at).min()
        return spans

    def _row_hits(
        self, out: _Collector, deg: float, weight: FloatArray, rows: IntArray, loads: FloatArray, distribution: Distribution
    ) -> None:
        """Add the hits of ``rows`` in one direction; ``loads`` holds x, y and the half extents."""
        frame = self._frame_at(deg)
        u, v = frame.local(loads[rows, 0], loads[rows, 1])
        own = next((k for k, known in enumerate(self._frames) if known is frame), None)
        half = loads[rows, 2 + own] if own is not None else np.zeros(len(rows))
        through = distribution == "continuous" and self.runs_through
        for k, i in enumerate(rows.tolist()):
            at, index, s = self._meet(frame, float(v[k]), float(u[k]))
            if not len(at):
                continue
            # Two Gauss points integrate the cubic influence line over the load exactly.
            strip = through and len(at) > 2
            share = _continuous_pairs(at, u[k] + half[k] * GAUSS).mean(axis=0) if strip else lever(at, u[[k]])[0]
            used = np.abs(share) > 1e-12
            # On a single support the load keeps its place and leaves a moment.
            place = at[used] if len(at) > 1 else u[[k]]
            hx, hy = place * frame.cos - v[k] * frame.sin, place * frame.sin + v[k] * frame.cos
            out.add(i, self.supports[index[used]], s[used], hx, hy, share[used] * weight[k])
            out.settle(i, deg if weight[k] == 1.0 else float("nan"))

    def _around(self, out: _Collector, rows: IntArray, x: FloatArray, y: FloatArray) -> None:
        """Share loads among the supports around them: barycentric inside, lever rule on the rim."""
        mesh, points, group, s = self._support_points()
        xy = np.column_stack([x, y])
        simplex = mesh.find_simplex(xy) if mesh is not None else np.full(len(x), -1)
        for k, i in enumerate(rows.tolist()):
            if simplex[k] >= 0 and mesh is not None:
                corners = mesh.simplices[simplex[k]]
                transform = mesh.transform[simplex[k]]
                part = transform[:2] @ (xy[k] - transform[2])
                share = np.append(part, 1.0 - part.sum())
                out.add(i, group[corners], s[corners], points[corners, 0], points[corners, 1], share)
            else:
                nearest = int(np.hypot(points[:, 0] - x[k], points[:, 1] - y[k]).argmin())
                # The offset stays as a moment on the support.
                out.add(i, group[[nearest]], s[[nearest]], x[[k]], y[[k]], np.ones(1))
            out.settle(i, float("nan"))

    def _support_points(self) -> tuple[Delaunay | None, FloatArray, IntArray, FloatArray]:
        if self._mesh is None:
            group: list[int] = []
            s: list[float] = []
            near = self.polygon.buffer(0.3)
            for g in self.supports.tolist():
                length = float(self.groups.length_m[g])
                for place in np.linspace(0.0, length, max(2, int(np.ceil(length / SAMPLE_M)) + 1)) if length > 0.05 else (0.0,):
                    px, py = self.groups.at(np.array([g]), np.array([place]))
                    if near.intersects(shapely.Point(px[0], py[0])):
                        group.append(g)
                        s.append(float(place))
            if not group:
                group, s = [int(self.supports[0])], [0.0]
            g_array, s_array = np.array(group, dtype=np.int64), np.array(s)
            px, py = self.groups.at(g_array, s_array)
            points = np.column_stack([px, py])
            mesh: Delaunay | None = None
            if len(points) >= 4:
                try:
                    mesh = Delaunay(points)
                except QhullError:  # all supports on one line
                    mesh = None
            self._mesh = (mesh, points, g_array, s_array)
        return self._mesh


class _Collector:
    def __init__(self, n: int) -> None:
        self.rows: list[tuple[int, IntArray, FloatArray, FloatArray, FloatArray, FloatArray]] = []
        self.span = np.full(n, np.nan)
        self.settled = np.zeros(n, dtype=bool)

    def add(self, load: int, group: IntArray, s: FloatArray, x: FloatArray, y: FloatArray, share: FloatArray) -> None:
        self.rows.append((load, group, s, x, y, share))

    def settle(self, load: int, deg: float) -> None:
        self.settled[load] = True
        self.span[load] = deg % 180.0

    def hits(self) -> Hits:
        if not self.rows:
            return Hits.none(len(self.span))
        return Hits(
            load=np.concatenate([np.full(len(row[1]), row[0], dtype=np.int64) for row in self.rows]),
            group=np.concatenate([row[1] for row in self.rows]).astype(np.int64),
            s_m=np.concatenate([row[2] for row in self.rows]),
            x_m=np.concatenate([row[3] for row in self.rows]),
            y_m=np.concatenate([row[4] for row in self.rows]),
            share=np.concatenate([row[5] for row in self.rows]),
            span_deg=self.span,
            settled=self.settled,
        )


def _continuous_pairs(at: FloatArray, load: FloatArray) -> FloatArray:
    """Continuous strip in which supports close together (cavity leaves) act as one bearing at their mean."""
    cluster = np.concatenate([[0], np.cumsum(np.diff(at) > PAIR_M)])
    n = int(cluster[-1]) + 1
    size = np.bincount(cluster, minlength=n)
    if n < 2:
        return lever(at, load)
    centre = np.bincount(cluster, weights=at, minlength=n) / size
    return np.asarray(continuous(centre, load)[:, cluster] / size[cluster])


def _grid(marks: FloatArray, low: float, high: float, size: float) -> FloatArray:
    """Return grid lines from low to high through the marks, no further apart than size."""
    inner = marks[(marks > low + 0.02) & (marks < high - 0.02)]
    lines = np.unique(np.round(np.concatenate([[low, high], inner]), 4))
    keep = [0]
    for k in range(1, len(lines)):
        if lines[k] - lines[keep[-1]] > 0.02:
            keep.append(k)
    lines = lines[keep]
    lines[0], lines[-1] = low, max(lines[-1], high)
    pieces = [np.linspace(a, b, max(1, int(np.ceil((b - a) / size - 1e-4))) + 1)[:-1] for a, b in itertools.pairwise(lines)]
    return np.concatenate([*pieces, [lines[-1]]])
