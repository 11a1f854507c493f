"""How a floor brings its load to what carries it.

The floor is cut in cells by a grid that follows its supports. From a load on the
floor two straight rows are drawn, along and across the supports; where a row
meets a support that carries the floor there is a *hit*. A load spans along the
row with supports on both sides, the shorter one; where the bay is nearly square
the two directions share it as an elastic plate on four sides does, most of it to the nearest
support. Planks span
along their length. Where no row finds two supports (flat slabs on columns) the
supports nearest around the load share it so that its resultant stays in place.
"""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import Delaunay, QhullError
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from optopscan.model.arrays import BoolArray, FloatArray, IntArray
from optopscan.model.structure import Distribution
from optopscan.structure.frame import Frame, Met, levers, strips
from optopscan.structure.groups import Groups
from optopscan.structure.plate import FloorPlate
from optopscan.structure.triangles import ON_EDGE, barycentric
from optopscan.structure.trim import Trims, sound_rows, trim

ONE_WAY_RATIO = 1.5
# Of the product of the distances to both supports: with this power the four sides of a simply supported
# plate take what they take in an elastic one, within 1 % for sides up to 1.5 (Marcus is 26 % off on the long ones).
TWO_WAY_POWER = 0.85
OVERHANG_M = 2.5
SINGLE_OVERHANG_M = 1.5
SAMPLE_M = 0.5
POINT_SLAB = 3  # three columns make a plane; one or two beside walls do not make a flat slab
ROUNDING_M2 = 1e-12  # smaller pieces of floor are rounding


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


@dataclass(frozen=True, kw_only=True, eq=False)
class _Path:
    """Loads that go one way: direction [deg], share of each load, their rows, and the supports they meet.

    ``own`` is 0 along and 1 across the floor's main direction, None in any other. ``one_way``:
    a load may come in several rows, all of them spanning this way. ``acts_v`` is the place across
    where the load acts if that is not on its row: the offset stays as a moment.
    """

    deg: float
    weight: FloatArray
    rows: IntArray
    frame: Frame
    own: int | None
    u: FloatArray
    v: FloatArray
    met: Met
    one_way: bool = False
    acts_v: FloatArray | None = None


_Key = tuple[bytes, bytes]


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
    plate
        Makes the plate of the floor in axes turned to an angle [deg], with the group of each of its
        supports; left out, a floor that runs through is taken as strips.
    """

    def __init__(
        self,
        *,
        polygon: BaseGeometry,
        supports: Sequence[int],
        groups: Groups,
        planks: Sequence[tuple[BaseGeometry, float]],
        runs_through: bool,
        plate: Callable[[float], tuple[FloorPlate, IntArray]] | None = None,
    ) -> None:
        self.polygon = polygon
        self.supports = np.array(sorted(supports), dtype=np.int64)
        self.groups = groups
        # One floor is asked about the same loads again: for spans and shares, in both distributions.
        self._paths: dict[_Key, list[_Path]] = {}
        self._hinged: dict[_Key, Hits] = {}
        self._regions: dict[_Key, IntArray] = {}
        self.direct(planks)
        self.runs_through = runs_through
        self._make_plate = plate
        self._plate: tuple[FloorPlate, IntArray] | None = None
        self.is_point = groups.length_m[self.supports] < 0.05
        self.angle_deg = self._main_angle()
        self._frames = [self._frame(self.angle_deg), self._frame(self.angle_deg + 90.0)]
        self._other: dict[float, Frame] = {}
        self._sound: dict[float, FloatArray] = {}
        self._mesh: tuple[IntArray, FloatArray, IntArray, FloatArray] | None = None

    def direct(self, planks: Sequence[tuple[BaseGeometry, float]]) -> None:
        """Set the (polygon, direction [deg]) of the regions with a known span direction; the first one at a place counts."""
        self.planks = tuple(planks)
        self._plank_tree = STRtree([shape for shape, _ in self.planks])
        self._paths, self._hinged, self._regions = {}, {}, {}

    # -- geometry -------------------------------------------------------------

    @property
    def on_points(self) -> bool:
        """True where columns carry the floor itself: loads go to the supports around them unless a direction is known."""
        return int(self.is_point.sum()) >= POINT_SLAB

    def spans(self, deg: float, x: FloatArray, y: FloatArray) -> FloatArray:
        """Return the distance between the supports on either side of places along a direction [m], inf where one is missing."""
        frame = self._frame_at(deg)
        return frame.spans(*frame.local(x, y))

    def trimmed(self, deg: float, x: FloatArray, y: FloatArray) -> Trims:
        """Return how places without support on both sides hang on the strips beside them."""
        frame = self._frame_at(deg)
        if frame.deg not in self._sound:
            self._sound[frame.deg] = sound_rows(frame, self.polygon, frame.deg)
        return trim(frame, frame.area, self._sound[frame.deg], *frame.local(x, y))

    def known_deg(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """Return the direction of the first region with a known one at each place [deg], nan where there is none."""
        return np.array([*(deg for _, deg in self.planks), np.nan])[self.region(x, y)]

    def region(self, x: FloatArray, y: FloatArray) -> IntArray:
        """Return the first region with a known direction at each place, -1 where there is none."""
        key = (x.tobytes(), y.tobytes())
        if key not in self._regions:
            first = np.full(len(x), len(self.planks), dtype=np.int64)
            if self.planks:
                load, plank = self._plank_tree.query(shapely.points(x, y), predicate="dwithin", distance=0.02)
                np.minimum.at(first, load, plank)
            self._regions[key] = np.where(first < len(self.planks), first, -1)
        return self._regions[key]

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

    def _frame(self, deg: float) -> Frame:
        return Frame(deg=deg, polygon=self.polygon, groups=self.groups, supports=self.supports)

    def _frame_at(self, deg: float) -> Frame:
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
        boxes = shapely.box(u[uu.ravel()], v[vv.ravel()], u[uu.ravel() + 1], v[vv.ravel() + 1], ccw=False)
        shapely.prepare(turned)
        # Boxes well inside the floor are cells as they are; only those on its edge need cutting.
        inside = shapely.contains_properly(turned, boxes)
        cut = ~inside & shapely.intersects(turned, boxes)
        boxes[cut] = shapely.intersection(turned, boxes[cut])
        pieces = boxes[inside | cut]
        return list(_turned(pieces[shapely.area(pieces) > ROUNDING_M2], self.angle_deg))

    # -- distribution ---------------------------------------------------------

    def cell_hits(self, cells: Sequence[BaseGeometry], x_m: FloatArray, y_m: FloatArray, distribution: Distribution) -> Hits:
        """Return where uniform loads on cells with centroids (x, y) arrive."""
        bounds = shapely.bounds(_turned(np.array(cells, dtype=object), -self.angle_deg))
        return self.hits(x_m, y_m, distribution, half_m=0.5 * (bounds[:, 2:] - bounds[:, :2]))

    def hits(self, x_m: FloatArray, y_m: FloatArray, distribution: Distribution, half_m: FloatArray | None = None) -> Hits:
        """Return where loads at (x, y) arrive; shares of each load sum to one, or it has no hit.

        ``half_m`` (n_load, 2): half the extent of the load along and across the
        floor's main direction; zero where left out (point loads).
        """
        n = len(x_m)
        if not n or not len(self.supports):
            return Hits.none(n)
        through = distribution == "continuous" and self.runs_through
        key = (x_m.tobytes(), y_m.tobytes())
        if through:
            half = np.zeros((n, 2)) if half_m is None else half_m
            return self._hits(key, x_m, y_m, half) if self._make_plate is None else self._plate_hits(x_m, y_m, half)
        if key not in self._hinged:
            self._hinged[key] = self._hits(key, x_m, y_m, None)
        return self._hinged[key]

    def _plate_hits(self, x: FloatArray, y: FloatArray, half: FloatArray) -> Hits:
        """Return the hits of loads on the floor as one plate; where its supports do not hold it, as strips."""
        if self._plate is None and self._make_plate is not None:
            self._plate = self._make_plate(self.angle_deg)
        if self._plate is None:
            return Hits.none(len(x))
        plate, group = self._plate
        frame = self._frames[0]
        found = plate.shares(*frame.local(x, y), half if half.any() else None)
        out = _Collector(len(x))
        rows = _Rows()
        hx, hy = found.u * frame.cos - found.v * frame.sin, found.u * frame.sin + found.v * frame.cos
        rows.add(found.load, group[found.support], found.s_m, hx, hy, found.share)
        out.add(rows, np.arange(len(x)))
        out.settle(np.flatnonzero(found.held), np.full(int(found.held.sum()), np.nan))
        left = np.flatnonzero(~found.held)
        if len(left):
            strips = self._hits((x[left].tobytes(), y[left].tobytes()), x[left], y[left], half[left])
            rows = _Rows()
            rows.add(strips.load, strips.group, strips.s_m, strips.x_m, strips.y_m, strips.share)
            out.add(rows, left)
            out.settle(left, strips.span_deg)
        return out.hits()

    def _hits(self, key: _Key, x: FloatArray, y: FloatArray, half: FloatArray | None) -> Hits:
        """Return the hits of loads on continuous strips, or hinged over every support where ``half`` is None."""
        if key not in self._paths:
            self._paths[key] = self._choose(x, y)
        out = _Collector(len(x))
        for path in self._paths[key]:
            self._row_hits(out, path, half)
        left = np.flatnonzero(~out.settled)
        if len(left):
            self._around(out, left, x[left], y[left])
        return out.hits()

    def _choose(self, x: FloatArray, y: FloatArray) -> list[_Path]:
        """Return the loads that go each way, with the share that goes there."""
        forced = self.known_deg(x, y)
        point_slab = self.on_points
        n = len(x)
        bays = [frame.bays(*frame.local(x, y)) for frame in self._frames]
        spans, reach = np.column_stack([span for span, _ in bays]), np.column_stack([near for _, near in bays])
        two_sided = np.isfinite(spans)
        weight = np.zeros((n, 2))
        both = two_sided.all(axis=1)
        u, v = spans[:, 0], spans[:, 1]
        with np.errstate(invalid="ignore"):
            square = both & (np.maximum(u, v) < ONE_WAY_RATIO * np.minimum(u, v)) & self.runs_through
            short_u = both & ~square & (u <= v)
        # Near a support along u little of the load goes along v, and the other way round.
        stiff = (reach[:, ::-1] + ON_EDGE) ** TWO_WAY_POWER
        share_u = np.where(square, stiff[:, 0] / stiff.sum(axis=1), 0.0)
        weight[:, 0] = np.where(square, share_u, np.where(short_u | (two_sided[:, 0] & ~both), 1.0, 0.0))
        weight[:, 1] = np.where(square, 1.0 - share_u, np.where((both & ~square & ~short_u) | (two_sided[:, 1] & ~both), 1.0, 0.0))
        if point_slab:
            weight[np.isnan(forced)] = 0.0
        chosen: list[tuple[float, FloatArray, IntArray]] = []
        paths: list[_Path] = []
        free = np.ones(n, dtype=bool)
        for deg in np.unique(forced[np.isfinite(forced)]).tolist():
            rows = np.flatnonzero(forced == deg)
            straight = np.isfinite(self.spans(deg, x[rows], y[rows]))
            hung, hanging = self._trimmed_path(deg, rows[~straight], x, y)
            paths.extend(hanging)
            rest = np.setdiff1d(rows[~straight], hung)
            # What the strips beside it cannot hold hands over to what does span there.
            across = rest[np.isfinite(self.spans(deg + 90.0, x[rest], y[rest]))] if len(rest) else rest
            for angle, use in ((deg, rows[straight]), (deg + 90.0, across)):
                if len(use):
                    chosen.append((angle, np.ones(len(use)), use))
            free[rows[straight]] = free[hung] = free[across] = False
            weight[rows] = 0.0
        for k, own in enumerate((self.angle_deg, self.angle_deg + 90.0)):
            rows = np.flatnonzero(free & (weight[:, k] > 0))
            if len(rows):
                chosen.append((own, weight[rows, k], rows))
        loose = np.flatnonzero(free & (weight.sum(axis=1) == 0) & (np.isfinite(forced) | (not point_slab)))
        if len(loose):
            chosen.extend(self._cantilevers(x, y, loose))
        return [*paths, *(self._path(deg, weights, rows, x[rows], y[rows]) for deg, weights, rows in chosen)]

    def _trimmed_path(self, deg: float, rows: IntArray, x: FloatArray, y: FloatArray) -> tuple[IntArray, list[_Path]]:
        """Return which of the loads hang on the strips beside them, and where they then act."""
        if not len(rows):
            return rows, []
        frame = self._frame_at(deg)
        trims = self.trimmed(deg, x[rows], y[rows])
        if not trims.found.any():
            return rows[:0], []
        px, py = trims.u * frame.cos - trims.v * frame.sin, trims.u * frame.sin + trims.v * frame.cos
        path = dataclasses.replace(self._path(deg, trims.share, rows[trims.load], px, py), one_way=True)
        held = trims.found.copy()
        held[trims.load[path.met.row < 0]] = False
        keep = held[trims.load]
        if not keep.any():
            return rows[:0], []
        kept = self._path(deg, trims.share[keep], rows[trims.load[keep]], px[keep], py[keep])
        return rows[held], [dataclasses.replace(kept, one_way=True, acts_v=trims.acts_v[keep])]

    def _cantilevers(self, x: FloatArray, y: FloatArray, rows: IntArray) -> list[tuple[float, FloatArray, IntArray]]:
        """Return loads that hang over the nearest support with a back span, or lie on a single one.

        An overhang longer than 2.5 m or than its back span is no cantilever: those
        loads are left for the supports around them.
        """
        overhang = np.column_stack([_overhangs(frame, x[rows], y[rows]) for frame in self._frames])
        nearest = overhang.argmin(axis=1)
        found = []
        for k, own in enumerate((self.angle_deg, self.angle_deg + 90.0)):
            mine = rows[(nearest == k) & np.isfinite(overhang[:, k])]
            if len(mine):
                found.append((own, np.ones(len(mine)), mine))
        return found

    def _path(self, deg: float, weight: FloatArray, rows: IntArray, x: FloatArray, y: FloatArray) -> _Path:
        frame = self._frame_at(deg)
        u, v = frame.local(x, y)
        own = next((k for k, known in enumerate(self._frames) if known is frame), None)
        return _Path(deg=deg, weight=weight, rows=rows, frame=frame, own=own, u=u, v=v, met=frame.meet(u, v))

    def _row_hits(self, out: _Collector, path: _Path, half: FloatArray | None) -> None:
        """Add the hits of the loads that go one way; ``half`` as in `_hits`."""
        u, v, met, frame = path.u, path.v, path.met, path.frame
        on = np.flatnonzero(met.row >= 0)
        strip = (met.count > 2)[met.row[on]] if half is not None else np.zeros(len(on), dtype=bool)
        shares = [levers(met, u, on[~strip])]
        if half is not None and strip.any():
            shares.append(strips(met, u, half[path.rows, path.own] if path.own is not None else np.zeros(len(u)), on[strip]))
        hits = _Rows()
        acts_v = v if path.acts_v is None else path.acts_v
        for load, j, share in shares:
            # On a single support the load keeps its place and leaves a moment.
            k = met.row[load]
            place = np.where(met.count[k] > 1, met.at_m[k, j], u[load])
            hx, hy = place * frame.cos - acts_v[load] * frame.sin, place * frame.sin + acts_v[load] * frame.cos
            hits.add(load, self.supports[met.support[k, j]], met.s_m[k, j], hx, hy, share * path.weight[load])
        out.add(hits, path.rows)
        out.settle(path.rows[on], np.where((path.weight[on] == 1.0) | path.one_way, path.deg, np.nan))

    def _around(self, out: _Collector, rows: IntArray, x: FloatArray, y: FloatArray) -> None:
        """Share loads among the supports around them: barycentric inside, lever rule on the rim."""
        triangles, points, group, s = self._support_points()
        simplex, share = barycentric(points, triangles, x, y)
        k = np.flatnonzero(simplex >= 0)
        corners = triangles[simplex[k]].ravel()
        hits = _Rows()
        hits.add(np.repeat(k, 3), group[corners], s[corners], points[corners, 0], points[corners, 1], share[k].ravel())
        k = np.flatnonzero(simplex < 0)
        nearest = np.array([int(np.hypot(points[:, 0] - x[i], points[:, 1] - y[i]).argmin()) for i in k], dtype=np.int64)
        # The offset stays as a moment on the support.
        hits.add(k, group[nearest], s[nearest], x[k], y[k], np.ones(len(k)))
        out.add(hits, rows)
        out.settle(rows, np.full(len(rows), np.nan))

    def _support_points(self) -> tuple[IntArray, FloatArray, IntArray, FloatArray]:
        """Return triangles, points, group and place along its axis of samples on the supports."""
        if self._mesh is None:
            group: list[IntArray] = []
            s: list[FloatArray] = []
            for g, length in zip(self.supports.tolist(), self.groups.length_m[self.supports].tolist(), strict=True):
                places = np.linspace(0.0, length, max(2, int(np.ceil(length / SAMPLE_M)) + 1)) if length > 0.05 else np.zeros(1)
                group.append(np.full(len(places), g, dtype=np.int64))
                s.append(places)
            groups, along = np.concatenate(group), np.concatenate(s)
            near = self.polygon.buffer(0.3)
            shapely.prepare(near)
            keep = shapely.intersects(near, shapely.points(*self.groups.at(groups, along)))
            groups, along = (groups[keep], along[keep]) if keep.any() else (self.supports[:1], np.zeros(1))
            points = np.column_stack(self.groups.at(groups, along))
            triangles = np.zeros((0, 3), dtype=np.int64)
            if len(points) >= 4:
                with contextlib.suppress(QhullError):  # all supports on one line
                    triangles = Delaunay(points).simplices.astype(np.int64)
            self._mesh = (triangles, points, groups, along)
        return self._mesh


class _Rows:
    """Hits of loads in any order."""

    def __init__(self) -> None:
        self.columns: list[tuple[IntArray, IntArray, FloatArray, FloatArray, FloatArray, FloatArray]] = []

    def add(self, load: IntArray, group: IntArray, s: FloatArray, x: FloatArray, y: FloatArray, share: FloatArray) -> None:
        """Add hits, one row each."""
        self.columns.append((load, group, s, x, y, share))


class _Collector:
    def __init__(self, n: int) -> None:
        self.rows = _Rows()
        self.span = np.full(n, np.nan)
        self.settled = np.zeros(n, dtype=bool)

    def add(self, hits: _Rows, loads: IntArray) -> None:
        """Add hits whose loads count ``loads``, in the order of the loads."""
        if not hits.columns:
            return
        load, *rest = (np.concatenate(column) for column in zip(*hits.columns, strict=True))
        order = np.argsort(load, kind="stable")
        group, s, x, y, share = (column[order] for column in rest)
        self.rows.add(loads[load[order]], group, s, x, y, share)

    def settle(self, loads: IntArray, deg: FloatArray) -> None:
        self.settled[loads] = True
        self.span[loads] = deg % 180.0

    def hits(self) -> Hits:
        if not self.rows.columns:
            return Hits.none(len(self.span))
        load, group, s, x, y, share = (np.concatenate(column) for column in zip(*self.rows.columns, strict=True))
        return Hits(load=load, group=group, s_m=s, x_m=x, y_m=y, share=share, span_deg=self.span, settled=self.settled)


def _turned(shapes: NDArray[Any], deg: float) -> NDArray[Any]:
    """Return shapes turned about the origin, counter-clockwise."""
    cos, sin = math.cos(deg * math.pi / 180.0), math.sin(deg * math.pi / 180.0)

    def turn(xy: FloatArray) -> FloatArray:
        x, y = xy.T
        return np.column_stack([cos * x - sin * y, sin * x + cos * y])

    return np.asarray(shapely.transform(shapes, turn))


def _overhangs(frame: Frame, x: FloatArray, y: FloatArray) -> FloatArray:
    """Return how far each load hangs over its nearest support [m], inf where that is no cantilever."""
    u, v = frame.local(x, y)
    met = frame.meet(u, v)
    at = np.column_stack([met.at_m, np.full(len(met.at_m), np.inf)])[met.row]
    apart = np.abs(at - u[:, None])
    order = np.argsort(apart, axis=1, kind="stable")
    nearest, next_one = (np.take_along_axis(at, order[:, [k]], axis=1)[:, 0] for k in (0, 1))
    with np.errstate(invalid="ignore"):  # where nothing is met
        back = np.where(met.count[met.row] > 1, np.abs(next_one - nearest), SINGLE_OVERHANG_M)
    overhang = np.abs(nearest - u)
    return np.where((met.row >= 0) & (overhang <= np.minimum(OVERHANG_M, back)), overhang, np.inf)


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
