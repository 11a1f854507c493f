"""One floor seen along one direction: the supports that straight rows over the floor meet.

A *row* is a straight line across the floor at one v; it runs along u. A *stretch* is a
piece of a row that lies on the floor. Loads on one stretch meet the same supports, so
everything about them is worked out once per stretch and then for all its loads together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from optopscan.model.arrays import BoolArray, FloatArray, IntArray
from optopscan.structure.groups import Groups

END_SLACK_M = 0.16  # a row just past the end of a support still meets it (corners)
SAME_SUPPORT_M = 0.05  # hits closer than this are one support
BRIDGE_M = 0.05
BESIDE_M = 0.3  # a load this far past the end of a stretch still belongs to it
ROW_PER_M = 1e3  # rows closer than a millimetre are cut out of the floor as one
MEET_PER_M = 1e5  # and closer than a hundredth of it they meet their supports at the same places


@dataclass(frozen=True, kw_only=True, eq=False)
class Met:
    """Supports on one stretch in order: place on the row [m], support index, place along its axis [m]."""

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
        self.met: list[Met] = []
        self._area = shapely.affinity.rotate(polygon.buffer(BRIDGE_M, join_style="mitre"), -deg, origin=(0, 0))
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

    def meet(self, u: FloatArray, v: FloatArray) -> IntArray:
        """Return for each load the index in ``met`` of the stretch under it, -1 where there is none."""
        found = np.full(len(u), -1, dtype=np.int64)
        row = np.round(v * ROW_PER_M).astype(np.int64)
        fine = np.round(v * MEET_PER_M).astype(np.int64)
        self._cut_rows(row, v)
        # One number per pair: the two roundings never lie more than one apart.
        for _, loads in runs(4 * fine + row - fine // round(MEET_PER_M / ROW_PER_M)):
            first = loads[0]
            ends = self._stretches[int(row[first])]
            if len(ends):
                found[loads] = self._meet_row(int(fine[first]), ends, u[loads], v[loads])
        return found

    def spans(self, u: FloatArray, v: FloatArray) -> FloatArray:
        """Return the distance between the supports on either side of each load [m], inf where one side is open."""
        spans = np.full(len(u), np.inf)
        _, first, row = np.unique(np.round(v * ROW_PER_M).astype(np.int64), return_index=True, return_inverse=True)
        for k, loads in runs(self.meet(u, v[first][row])):
            if k >= 0 and len(self.met[k].at_m) > 1:
                spans[loads] = _bay(self.met[k].at_m, u[loads])
        return spans

    def _cut_rows(self, row: IntArray, v: FloatArray) -> None:
        """Cut the rows that are new out of the floor, each at the v of its first load."""
        keys, first = np.unique(row, return_index=True)
        new = [(key, v[k]) for key, k in zip(keys.tolist(), first.tolist(), strict=True) if key not in self._stretches]
        if not new:
            return
        low, _, high, _ = self._area.bounds
        ends = np.array([[(low - 1, at), (high + 1, at)] for _, at in new])
        for (key, _), cut in zip(new, shapely.intersection(self._area, shapely.linestrings(ends)), strict=True):
            pieces = shapely.get_parts(cut)
            bounds = shapely.bounds(pieces[shapely.length(pieces) > 0])[:, [0, 2]]
            self._stretches[key] = bounds[np.lexsort((bounds[:, 1], bounds[:, 0]))]

    def _meet_row(self, fine: int, ends: FloatArray, u: FloatArray, v: FloatArray) -> IntArray:
        """Return the index in ``met`` for loads on one row: the stretch they lie on, or just beside."""
        a, b = ends[:, 0], ends[:, 1]
        along = u[:, None]
        beside = (a - BESIDE_M <= along) & (along <= b + BESIDE_M)
        apart = np.where(beside, np.maximum(np.maximum(a - along, along - b), 0.0), np.inf)
        nearest = np.where(beside.any(axis=1), apart.argmin(axis=1), -1)
        found = np.full(len(u), -1, dtype=np.int64)
        for k, loads in runs(nearest):
            if k < 0:
                continue
            key = (fine, float(a[k]))
            if key not in self._known:
                self._known[key] = len(self.met)
                self.met.append(self._meet_stretch(float(v[loads[0]]), float(a[k]), float(b[k])))
            found[loads] = self._known[key]
        return found

    def _meet_stretch(self, v: float, a: float, b: float) -> Met:
        met = self._can_meet & (v >= self._low - self._reach) & (v <= self._high + self._reach)
        sloped = np.abs(self._dv) > 1e-9
        t = np.clip(np.where(sloped, (v - self.v0) / np.where(sloped, self._dv, 1.0), 0.0), 0.0, 1.0)
        at = self.u0 + t * self._du
        slack = self._half + BRIDGE_M + 0.02
        index = np.flatnonzero(met & (at >= a - slack) & (at <= b + slack))
        past = np.maximum(np.maximum(self._low[index] - v, v - self._high[index]), 0.0)
        order = np.lexsort((index, past, at[index]))
        index, past = index[order], past[order]
        index = index[_apart(at[index], past)]
        return Met(at_m=at[index], support=index, s_m=t[index] * self._length[index])


def runs(key: IntArray) -> Iterator[tuple[int, IntArray]]:
    """Return each distinct key with the positions where it stands, both ascending."""
    if len(key) == 1:
        yield int(key[0]), np.zeros(1, dtype=np.int64)
        return
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])) if len(key) else order
    for start, end in zip(starts.tolist(), [*starts[1:].tolist(), len(key)], strict=True):
        yield int(ordered[start]), order[start:end]


def _apart(at: FloatArray, past: FloatArray) -> list[int]:
    """Return which of the ascending places to keep: of supports at one place the one least past its end."""
    keep: list[int] = []
    for k in range(len(at)):
        if keep and at[k] - at[keep[-1]] < SAME_SUPPORT_M:
            if past[k] < past[keep[-1]] - 1e-9:
                keep[-1] = k
            continue
        keep.append(k)
    return keep


def _bay(at: FloatArray, u: FloatArray) -> FloatArray:
    """Return the bay around each load; on an outer support the smallest bay of the row."""
    right = np.searchsorted(at, u - 1e-6)
    inside: BoolArray = (right > 0) & (right < len(at))
    bay = np.diff(at)
    on_support = np.abs(at[None, :] - u[:, None]).min(axis=1) < SAME_SUPPORT_M
    return np.where(inside, bay[np.clip(right - 1, 0, len(bay) - 1)], np.where(on_support, bay.min(), np.inf))
