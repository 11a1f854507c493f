"""One floor seen along one direction: the supports that straight rows over the floor meet.

A *row* is a straight line across the floor at one v; it runs along u. A *stretch* is a
piece of a row that lies on the floor. Loads on one stretch meet the same supports, so
everything about them is worked out once per stretch and then for all its loads together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from optopscan.model.arrays import FloatArray, IntArray
from optopscan.structure.groups import Groups
from optopscan.structure.statics import continuous, lever

END_SLACK_M = 0.16  # a row just past the end of a support still meets it (corners)
SAME_SUPPORT_M = 0.05  # hits closer than this are one support
IN_LINE_M = 0.15  # walls on one line, one going on where the other ends, lie no further beside each other
BRIDGE_M = 0.05
BESIDE_M = 0.3  # a load this far past the end of a stretch still belongs to it
ROW_PER_M = 1e3  # rows closer than a millimetre are cut out of the floor as one
MEET_PER_M = 1e5  # and closer than a hundredth of it they meet their supports at the same places
PAIR_M = 0.45  # supports closer than this share one bearing in a continuous strip (cavity walls)
GAUSS = np.array([-1.0, 1.0]) / np.sqrt(3.0)
FIRST = np.zeros(1, dtype=np.int64)
FIRST.setflags(write=False)


@dataclass(frozen=True, kw_only=True, eq=False)
class Met:
    """Supports on the stretches under loads: a row per stretch, in order along it, filled up to one length.

    ``row`` is per load (-1: no support); ``count`` per stretch; ``at_m`` place on the row (inf where
    filled up), ``support`` its index and ``s_m`` the place along its axis, (n_stretch, n_most).
    """

    row: IntArray
    count: IntArray
    at_m: FloatArray
    support: IntArray
    s_m: FloatArray


class Frame:
    """Supports of one floor seen along one direction: u along, v across.

    Parameters
    ----------
    deg
        Direction of u [deg].
    polygon
        Plan of the floor.
    groups, supports
        All groups, and the rows of those that carry the floor.
    """

    def __init__(self, *, deg: float, polygon: BaseGeometry, groups: Groups, supports: IntArray) -> None:
        self.cos, self.sin = float(np.cos(np.radians(deg))), float(np.sin(np.radians(deg)))
        self.u0, self.v0 = self.local(groups.x0_m[supports], groups.y0_m[supports])
        self.u1, self.v1 = self.local(groups.x1_m[supports], groups.y1_m[supports])
        # The first one is for loads beside every stretch.
        self._met: list[tuple[FloatArray, IntArray, FloatArray]] = [(np.zeros(0), np.zeros(0, np.int64), np.zeros(0))]
        self.deg = deg
        self.area = shapely.affinity.rotate(polygon.buffer(BRIDGE_M, join_style="mitre"), -deg, origin=(0, 0))
        self._length = groups.length_m[supports]
        self._half = 0.5 * groups.thickness_m[supports]
        is_point = self._length < 0.05
        self._du, self._dv = self.u1 - self.u0, self.v1 - self.v0
        self._can_meet = (np.abs(self._dv) > 0.2 * np.maximum(self._length, 1e-9)) | is_point
        self._low, self._high = np.minimum(self.v0, self.v1), np.maximum(self.v0, self.v1)
        self._reach = np.where(is_point, self._half + END_SLACK_M, END_SLACK_M)
        self._stretches: dict[int, FloatArray] = {}
        self._known: dict[tuple[int, float], int] = {}

    def local(self, x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return u, v of points."""
        return np.asarray(x) * self.cos + np.asarray(y) * self.sin, -np.asarray(x) * self.sin + np.asarray(y) * self.cos

    def meet(self, u: FloatArray, v: FloatArray) -> Met:
        """Return the supports on the stretch under each load."""
        stretch = self._stretch_of(u, v)
        if len(u) == 1:
            at_one, support_one, s_one = self._met[int(stretch[0])]
            if len(at_one):
                return Met(row=FIRST, count=np.array([len(at_one)]), at_m=at_one[None], support=support_one[None], s_m=s_one[None])
        first, row = _distinct(stretch)
        rows = [self._met[k] for k in stretch[first].tolist()]
        count = np.array([len(at) for at, _, _ in rows])
        at = np.full((len(rows), max(1, count.max())), np.inf)
        support, s = np.zeros(at.shape, dtype=np.int64), np.zeros(at.shape)
        filled = np.arange(at.shape[1]) < count[:, None]
        for table, column in ((at, 0), (support, 1), (s, 2)):
            table[filled] = np.concatenate([met[column] for met in rows])
        return Met(row=np.where(count[row] > 0, row, -1), count=count, at_m=at, support=support, s_m=s)

    def spans(self, u: FloatArray, v: FloatArray) -> FloatArray:
        """Return the distance between the supports on either side of each load [m], as in `bays`."""
        return self.bays(u, v)[0]

    def bays(self, u: FloatArray, v: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the distance between the supports on either side of each load [m], inf where one side is open; and their product [m2].

        The product is that of the distances from the load to both supports, 0 right above one.
        Right above a support it is the wider of the bays beside it: what lies on a wall does not span to the next.
        """
        first, row = _distinct(np.round(v * ROW_PER_M).astype(np.int64))
        met = self.meet(u, v[first][row])
        at, count = met.at_m[met.row], met.count[met.row]
        right = (at < u[:, None] - 1e-6).sum(axis=1)
        with np.errstate(invalid="ignore"):  # between two fillings
            bays = np.diff(met.at_m, axis=1, append=np.inf)
        inside = np.where((right > 0) & (right < count), bays[met.row, np.maximum(right - 1, 0)], np.inf)
        nearest = np.abs(at - u[:, None]).argmin(axis=1)
        half = np.maximum(self._half[met.support[met.row, nearest]], SAME_SUPPORT_M)
        above = (np.abs(at[np.arange(len(u)), nearest] - u) < half) & (count > 1)
        # The gap between the leaves of a cavity wall is no bay.
        beside = np.where(np.isfinite(bays) & (bays > PAIR_M), bays, -np.inf)
        left, own = beside[met.row, np.maximum(nearest - 1, 0)], beside[met.row, nearest]
        widest = np.maximum(np.where(nearest > 0, left, -np.inf), own)
        spans = np.where(above & np.isfinite(widest), widest, inside)
        between = np.isfinite(inside) & ~above
        to_left = np.where(between, u - at[np.arange(len(u)), np.maximum(right - 1, 0)], 0.0)
        reach = to_left * (np.where(between, inside, 0.0) - to_left)
        return np.where(met.row >= 0, spans, np.inf), reach

    def stretch(self, u: FloatArray, v: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return where the stretch under each load starts and ends [m]; beside every stretch both are its own place."""
        first, row = _distinct(np.round(v * ROW_PER_M).astype(np.int64))
        ends = self._rows(np.round(v * ROW_PER_M).astype(np.int64), v, first)[row]
        apart = np.maximum(np.maximum(ends[:, :, 0] - u[:, None], u[:, None] - ends[:, :, 1]), 0.0)
        apart = np.where(apart <= BESIDE_M, apart, np.inf)
        nearest = ends[np.arange(len(u)), apart.argmin(axis=1)]
        beside = ~np.isfinite(apart.min(axis=1))
        return np.where(beside, u, nearest[:, 0]), np.where(beside, u, nearest[:, 1])

    def _stretch_of(self, u: FloatArray, v: FloatArray) -> IntArray:
        """Return the index in ``_met`` of the stretch that each load lies on, or just beside; 0 where there is none."""
        fine = np.round(v * MEET_PER_M).astype(np.int64)
        row = np.round(v * ROW_PER_M).astype(np.int64)
        # One number per pair: the two roundings never lie more than one apart.
        first, group = _distinct(4 * fine + row - fine // round(MEET_PER_M / ROW_PER_M))
        ends = self._rows(row, v, first)
        along, a, b = u[:, None], ends[group, :, 0], ends[group, :, 1]
        beside = (a - BESIDE_M <= along) & (along <= b + BESIDE_M)
        apart = np.where(beside, np.maximum(np.maximum(a - along, along - b), 0.0), np.inf)
        nearest = apart.argmin(axis=1)
        loads = np.flatnonzero(beside.any(axis=1))
        first, same = _distinct(group[loads] * ends.shape[1] + nearest[loads])
        some = loads[first]
        a, b = a[some, nearest[some]], b[some, nearest[some]]
        keys = list(zip(fine[some].tolist(), a.tolist(), strict=True))
        new = []
        for k in np.argsort(some).tolist():
            if keys[k] not in self._known:
                self._known[keys[k]] = len(self._known) + 1
                new.append(k)
        if new:
            self._met.extend(self._meet_stretches(v[some[new]], a[new], b[new]))
        found = np.zeros(len(u), dtype=np.int64)
        found[loads] = np.array([self._known[key] for key in keys], dtype=np.int64)[same]
        return found

    def _rows(self, row: IntArray, v: FloatArray, some: IntArray) -> FloatArray:
        """Return the ends of the stretches on the rows of some loads (n_some, n_most, 2), nan where filled up.

        A new row is cut out of the floor at the v of its first load.
        """
        keys = row[some].tolist()
        missing = [key not in self._stretches for key in keys]
        if any(missing):
            first = np.sort(some[missing])
            order, _ = _distinct(row[first])
            low, _, high, _ = self.area.bounds
            lines = shapely.linestrings(np.array([[(low - 1, at), (high + 1, at)] for at in v[first[order]].tolist()]))
            for key, cut in zip(row[first[order]].tolist(), shapely.intersection(self.area, lines), strict=True):
                pieces = shapely.get_parts(cut)
                bounds = shapely.bounds(pieces[shapely.length(pieces) > 0])[:, [0, 2]]
                self._stretches[key] = bounds[np.lexsort((bounds[:, 1], bounds[:, 0]))]
        found = [self._stretches[key] for key in keys]
        if len(found) == 1 and len(found[0]):
            return found[0][None]
        ends = np.full((len(found), max([1, *map(len, found)]), 2), np.nan)
        for k, own in enumerate(found):
            ends[k, : len(own)] = own
        return ends

    def _meet_stretches(self, v: FloatArray, a: FloatArray, b: FloatArray) -> list[tuple[FloatArray, IntArray, FloatArray]]:
        """Return (place on the row, support, place along its axis) of the supports on the stretches from a to b at v."""
        v = v[:, None]
        met = self._can_meet & (v >= self._low - self._reach) & (v <= self._high + self._reach)
        sloped = np.abs(self._dv) > 1e-9
        t = np.clip(np.where(sloped, (v - self.v0) / np.where(sloped, self._dv, 1.0), 0.0), 0.0, 1.0)
        at = self.u0 + t * self._du
        slack = self._half + BRIDGE_M + 0.02
        met &= (at >= a[:, None] - slack) & (at <= b[:, None] + slack)
        past = np.maximum(np.maximum(self._low - v, v - self._high), 0.0)
        found = []
        for k in range(len(v)):
            index = np.flatnonzero(met[k])
            index = index[np.lexsort((past[k, index], at[k, index]))]
            index = index[_apart(at[k, index], past[k, index])]
            found.append((at[k, index], index, t[k, index] * self._length[index]))
        return found


def levers(met: Met, u: FloatArray, loads: IntArray) -> tuple[IntArray, IntArray, FloatArray]:
    """Return (load, place in its row, share) of loads that are hinged over their supports: `lever` for many rows at once."""
    row, at = met.row[loads], u[loads]
    last = met.count[row] - 1
    left = np.clip((met.at_m[row] <= at[:, None]).sum(axis=1) - 1, 0, np.maximum(last - 1, 0))
    right = np.minimum(left + 1, last)
    alone = last == 0
    span = np.where(alone, 1.0, met.at_m[row, right] - met.at_m[row, left])
    share = np.where(alone, 0.0, (at - met.at_m[row, left]) / span)
    return _used(loads, np.column_stack([left, right]), np.column_stack([1.0 - share, share]))


def strips(met: Met, u: FloatArray, half: FloatArray, loads: IntArray) -> tuple[IntArray, IntArray, FloatArray]:
    """Return (load, place in its row, share) of loads spread over u -/+ half on continuous strips.

    Two Gauss points integrate the cubic influence line over the load exactly.
    """
    found = []
    by_row = loads[np.argsort(met.row[loads], kind="stable")]
    for mine in np.split(by_row, np.flatnonzero(np.diff(met.row[by_row])) + 1):
        at = met.at_m[met.row[mine[0]], : met.count[met.row[mine[0]]]]
        points = (u[mine, None] + half[mine, None] * GAUSS).ravel()
        share = _continuous_pairs(at, points).reshape(len(mine), 2, len(at)).mean(axis=1)
        found.append(_used(mine, np.broadcast_to(np.arange(len(at)), share.shape), share))
    load, place, shares = (np.concatenate(column) for column in zip(*found, strict=True))
    return load, place, shares


def _used(loads: IntArray, place: IntArray, share: FloatArray) -> tuple[IntArray, IntArray, FloatArray]:
    k, j = np.nonzero(np.abs(share) > 1e-12)
    return loads[k], place[k, j], share[k, j]


def _continuous_pairs(at: FloatArray, load: FloatArray) -> FloatArray:
    """Continuous strip in which supports close together (cavity leaves) act as one bearing at their mean."""
    cluster = np.concatenate([[0], np.cumsum(np.diff(at) > PAIR_M)])
    n = int(cluster[-1]) + 1
    size = np.bincount(cluster, minlength=n)
    if n < 2:
        return lever(at, load)
    centre = np.bincount(cluster, weights=at, minlength=n) / size
    return np.asarray(continuous(centre, load)[:, cluster] / size[cluster])


def _distinct(key: IntArray) -> tuple[IntArray, IntArray]:
    """Return where each distinct key stands first, keys ascending, and which of them stands at each place."""
    if len(key) == 1:
        return FIRST, FIRST
    _, first, same = np.unique(key, return_index=True, return_inverse=True)
    return first, same


def _apart(at: FloatArray, past: FloatArray) -> list[int]:
    """Return which of the ascending places to keep: of supports at one place the one least past its end.

    A support that the row only just misses gives way to one in line with it that the row meets.
    """
    if len(at) < 2 or (np.diff(at).min() >= SAME_SUPPORT_M and (past.max() <= 0.0 or np.diff(at).min() >= IN_LINE_M)):
        return list(range(len(at)))
    keep: list[int] = []
    for k in range(len(at)):
        same = bool(keep) and at[k] - at[keep[-1]] < SAME_SUPPORT_M
        in_line = bool(keep) and at[k] - at[keep[-1]] < IN_LINE_M and (past[k] > 0.0) != (past[keep[-1]] > 0.0)
        if same or in_line:
            if past[k] < past[keep[-1]] - 1e-9:
                keep[-1] = k
            continue
        keep.append(k)
    return keep
