"""Share matrices from landings: loads to parts, with what the resultant leaves behind as arms."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components

from optopscan.errors import EquilibriumError
from optopscan.model.arrays import FloatArray, IntArray
from optopscan.structure.groups import Groups
from optopscan.structure.spread import Hits
from optopscan.structure.support import GROUND, Landing

TOLERANCE = 1e-9
PLACE_TOLERANCE_M = 1e-6


@dataclass
class ShareRows:
    """Collects the shares of ``n_load`` loads at (x, y) over parts, ground and nothing."""

    groups: Groups
    x_m: FloatArray
    y_m: FloatArray
    _row: list[IntArray] = field(default_factory=list)
    _col: list[IntArray] = field(default_factory=list)
    _share: list[FloatArray] = field(default_factory=list)
    _hx: list[FloatArray] = field(default_factory=list)
    _hy: list[FloatArray] = field(default_factory=list)
    _landed: list[tuple[int, Landing, float]] = field(default_factory=list)

    def add_hits_of(self, rows: IntArray, hits: Hits) -> None:
        """Add floor hits whose loads are ``rows`` here; loads without any hit are unsupported."""
        if len(hits.load):
            self._add_groups(rows[hits.load], hits.group, hits.s_m, hits.x_m, hits.y_m, hits.share)
        self.add_nothing(np.setdiff1d(rows, rows[np.unique(hits.load)]))

    def cut(self, rows: IntArray) -> None:
        """Take the supports of these loads away: they become unsupported."""
        self._settle()
        for k, own in enumerate(self._row):
            keep = ~np.isin(own, rows)
            self._row[k], self._col[k] = own[keep], self._col[k][keep]
            self._share[k], self._hx[k], self._hy[k] = self._share[k][keep], self._hx[k][keep], self._hy[k][keep]
        self.add_nothing(rows)

    def add_nothing(self, rows: IntArray) -> None:
        """Mark loads as unsupported."""
        self._add_column(rows, self.groups.n_total_part + 1)

    def add_ground(self, rows: IntArray) -> None:
        """Let loads go straight into the ground."""
        self._add_column(rows, self.groups.n_total_part)

    def add_landings(self, row: int, landings: Iterable[Landing], factor: float = 1.0) -> None:
        """Add the landings of one load, each share times ``factor``."""
        self._landed.extend((row, landing, landing.share * factor) for landing in landings)

    def _settle(self) -> None:
        """Turn the landings added so far into rows, all at once."""
        on_parts = [landed for landed in self._landed if landed[1].group >= 0]
        beside = [landed for landed in self._landed if landed[1].group < 0]
        self._landed = []
        if beside:
            n = self.groups.n_total_part
            row, hx, hy, share = _columns(beside)
            self._row.append(row)
            self._col.append(np.array([n if landing.group == GROUND else n + 1 for _, landing, _ in beside], dtype=np.int64))
            self._share.append(share)
            self._hx.append(hx)
            self._hy.append(hy)
        if on_parts:
            row, hx, hy, share = _columns(on_parts)
            group = np.array([landing.group for _, landing, _ in on_parts], dtype=np.int64)
            self._add_groups(row, group, np.array([landing.s_m for _, landing, _ in on_parts]), hx, hy, share)

    def _add_column(self, rows: IntArray, column: int) -> None:
        self._row.append(rows)
        self._col.append(np.full(len(rows), column, dtype=np.int64))
        self._share.append(np.ones(len(rows)))
        self._hx.append(self.x_m[rows])
        self._hy.append(self.y_m[rows])

    def _add_groups(self, row: IntArray, group: IntArray, s: FloatArray, hx: FloatArray, hy: FloatArray, share: FloatArray) -> None:
        first, w1, second, w2 = self.groups.hat(group, s)
        group_of, centre = self.groups.part_centres()
        x1, y1 = self.groups.at(group_of[first], centre[first])
        x2, y2 = self.groups.at(group_of[second], centre[second])
        # Both parts take their fraction at their own place, shifted by what the lever rule leaves over.
        dx, dy = hx - (w1 * x1 + w2 * x2), hy - (w1 * y1 + w2 * y2)
        for part, weight, cx, cy in ((first, w1, x1, y1), (second, w2, x2, y2)):
            self._row.append(row)
            self._col.append(part)
            self._share.append(share * weight)
            self._hx.append(cx + dx)
            self._hy.append(cy + dy)

    def matrices(self, order: IntArray | None = None) -> tuple[sp.csr_array, sp.csr_array, sp.csr_array]:
        """Return (share, share * arm_x, share * arm_y), each (n_load, n_part + 2).

        Parameters
        ----------
        order
            New column of each part; rows keep their order.

        Raises
        ------
        EquilibriumError
            If the shares of a load do not sum to one or its resultant moved.
        """
        self._settle()
        n_load, n = len(self.x_m), self.groups.n_total_part
        empty = np.zeros(0)
        row, col = (np.concatenate([empty, *c]).astype(np.int64) for c in (self._row, self._col))
        share, hx, hy = (np.concatenate([empty, *c]) for c in (self._share, self._hx, self._hy))
        self._check(row, share, hx, hy)
        group, centre = self.groups.part_centres()
        px, py = self.groups.at(group, centre)
        on_part = col < n
        arm_x, arm_y = np.zeros(len(col)), np.zeros(len(col))
        arm_x[on_part] = hx[on_part] - px[col[on_part]]
        arm_y[on_part] = hy[on_part] - py[col[on_part]]
        if order is not None:
            col = np.where(on_part, np.append(order, [0, 0])[np.minimum(col, n)], col)
        shape = (n_load, n + 2)

        def matrix(values: FloatArray) -> sp.csr_array:
            built = sp.csr_array(sp.coo_array((values, (row, col)), shape=shape))
            built.sum_duplicates()
            return built

        return matrix(share), matrix(share * arm_x), matrix(share * arm_y)

    def _check(self, row: IntArray, share: FloatArray, hx: FloatArray, hy: FloatArray) -> None:
        n_load = len(self.x_m)
        total = np.bincount(row, weights=share, minlength=n_load)
        at_x = np.bincount(row, weights=share * hx, minlength=n_load)
        at_y = np.bincount(row, weights=share * hy, minlength=n_load)
        worst = np.abs(total - 1.0).max(initial=0.0)
        if worst > TOLERANCE:
            k = int(np.abs(total - 1.0).argmax())
            raise EquilibriumError(f"shares of load {k} sum to {total[k]:.12f}; report this model")
        moved = np.hypot(at_x - self.x_m, at_y - self.y_m).max(initial=0.0)
        if moved > PLACE_TOLERANCE_M:
            k = int(np.hypot(at_x - self.x_m, at_y - self.y_m).argmax())
            raise EquilibriumError(
                f"resultant of load {k} at ({self.x_m[k]:.3f}, {self.y_m[k]:.3f}) moved {moved:.6f} m; report this model"
            )


def point_hits(group: IntArray, s_m: FloatArray, x_m: FloatArray, y_m: FloatArray) -> Hits:
    """Return the hits of loads that stand right on a group, at ``s_m`` along its axis."""
    n = len(group)
    return Hits(
        load=np.arange(n),
        group=group,
        s_m=s_m,
        x_m=x_m,
        y_m=y_m,
        share=np.ones(n),
        span_deg=np.full(n, np.nan),
        settled=np.ones(n, dtype=bool),
    )


def _columns(landed: list[tuple[int, Landing, float]]) -> tuple[IntArray, FloatArray, FloatArray, FloatArray]:
    row = np.array([row for row, _, _ in landed], dtype=np.int64)
    place = np.array([(landing.x_m, landing.y_m, share) for _, landing, share in landed])
    return row, place[:, 0], place[:, 1], place[:, 2]


def carry_order(share: sp.csr_array, z0_m: FloatArray) -> tuple[IntArray, list[int]]:
    """Return an order in which every part comes before its supports, and the parts on a cycle.

    Kahn's algorithm, highest foot first; rows of parts on a cycle come last.
    """
    n = share.shape[0]
    inner = share[:, :n].tocsr()
    waiting = np.asarray((inner != 0).sum(axis=0)).ravel().astype(np.int64)
    heap: list[tuple[float, int]] = [(-float(z0_m[i]), i) for i in range(n) if waiting[i] == 0]
    heapq.heapify(heap)
    order: list[int] = []
    while heap:
        _, i = heapq.heappop(heap)
        order.append(i)
        for j in inner.indices[inner.indptr[i] : inner.indptr[i + 1]].tolist():
            waiting[j] -= 1
            if waiting[j] == 0:
                heapq.heappush(heap, (-float(z0_m[j]), j))
    stuck = sorted(set(range(n)) - set(order))
    return np.array([*order, *stuck], dtype=np.int64), stuck


def on_cycles(share: sp.csr_array) -> list[list[int]]:
    """Return the rows of the parts that carry each other, a list per cycle, in order of their first row."""
    n = share.shape[0]
    inner = share[:, :n].tocsr()
    inner.eliminate_zeros()
    _, label = connected_components(inner, directed=True, connection="strong")
    size = np.bincount(label, minlength=1)
    itself = inner.diagonal() != 0
    rings: dict[int, list[int]] = {}
    for i in np.flatnonzero((size[label] > 1) | itself).tolist():
        rings.setdefault(int(label[i]), []).append(i)
    return sorted(rings.values())
