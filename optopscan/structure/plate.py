"""One floor as an elastic plate over its walls, columns and beams: where it brings its load when it runs through.

The plate lies on a grid of rectangular elements that follows the walls; elements on the
edge of the floor count for the part of them that is floor. Walls and columns are
springs of stiffness E A / h, beams are ribs that bend with the plate and rest on springs
where something holds them. Supports need not lie on grid lines.

A unit load gives reactions; by Maxwell's rule the reaction at one place of a support, for
loads anywhere, is the deflection under the load of that spring. One factorisation and as
many solutions as there are places give the shares of every load. Shares keep sum and
resultant exactly, because the elements carry rigid motion exactly.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
import shapely
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import splu
from shapely.geometry.base import BaseGeometry

from optopscan.model.arrays import BoolArray, FloatArray, IntArray, freeze
from optopscan.structure.plate_element import per_metre, shapes, stiffness

MESH_M = 0.75  # a bay of 4 m in five elements; half of it changes reactions by less than 1 %
ELEMENTS_ACROSS = 8  # a small floor gets smaller elements
LINE_APART_M = 0.29  # grid lines closer than this are one; no usual distance of two walls, which rounding would tip over
EDGE_FLOOR = 0.1  # an element with less floor than this is left out
SAMPLE_M = 0.15  # springs under a wall this far apart
BESIDE_M = 0.07  # a wall this far beside the edge of a floor still carries it
PAIR_M = 0.45  # parallel walls closer than this bear as one (cavity leaves): no couple between them
COLLINEAR_M = 0.25  # supports in a narrower band than this do not hold a floor upright
POISSON = 0.2
NARROW_M2 = 0.01  # shares in a band narrower than a decimetre cannot be shifted sideways
KEEP = 5e-4  # shares fade out from here to half of it (no jump); what they had goes to the larger ones of the same load
TIE = 1e-3  # of an element: a length that is a round number of elements gets that number
BATCH = 8  # right-hand sides at once: with more, the threads of BLAS cost many times what they save
GAUSS = np.array([(a, b) for a in (-1.0, 1.0) for b in (-1.0, 1.0)]) / np.sqrt(3.0)


@dataclass(frozen=True, kw_only=True, eq=False)
class PlateSupports:
    """Supports of one plate in its own axes, one row each (n_support).

    Ends of the axis [m]; ``n_part`` parts along it; ``spring`` [kN/m2 of a line, kN/m of a
    point]; ``rib_knm2`` bending stiffness of beams, 0 for all else. ``rests`` lists for
    beams that bend (place along the axis [m], spring [kN/m]) of what holds them, None for all else.
    """

    u0: FloatArray
    v0: FloatArray
    u1: FloatArray
    v1: FloatArray
    thickness_m: FloatArray
    n_part: IntArray
    spring: FloatArray
    rib_knm2: FloatArray
    rests: tuple[tuple[tuple[float, float], ...] | None, ...]

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def length_m(self) -> FloatArray:
        """Length of the axes [m]."""
        return np.asarray(np.hypot(self.u1 - self.u0, self.v1 - self.v0))


@dataclass(frozen=True, kw_only=True, eq=False)
class PlateShares:
    """Shares of loads, one row each: load, row of the support, place along it [m], where it acts [m], share.

    ``held`` tells which loads lie on a piece of floor that its supports hold.
    """

    load: IntArray
    support: IntArray
    s_m: FloatArray
    u: FloatArray
    v: FloatArray
    share: FloatArray
    held: BoolArray


class FloorPlate:
    """A floor that runs through over its supports, solved once.

    Parameters
    ----------
    polygon
        Plan of the floor in its own axes u, v.
    supports
        What carries it.
    d_u_knm, d_v_knm
        Bending stiffness per metre width of strips along u and along v [kNm].
    """

    def __init__(self, polygon: BaseGeometry, supports: PlateSupports, d_u_knm: float, d_v_knm: float) -> None:
        self._polygon, self._on = polygon, supports
        self._grid(polygon, supports)
        nodes = _Places(supports, polygon)
        self._node_support, self._node_s, self._node_u, self._node_v = nodes.support, nodes.s, nodes.u, nodes.v
        self._held = self._held_elements(nodes)
        keep = self._held[self._piece]
        self._influence = np.zeros((self._n_free, len(nodes.support)))
        if not keep.any():
            return
        points, _ = self._shapes(nodes.at_u, nodes.at_v)
        points = sp.csr_array(nodes.mean @ points)
        force = sp.csr_array(points.T @ sp.diags_array(nodes.spring)) @ nodes.share
        system = self._plate(d_u_knm, d_v_knm) + points.T @ sp.diags_array(nodes.spring) @ points + self._ribs()
        free = np.unique(self._dof[keep])
        used = np.flatnonzero(np.abs(force[free]).sum(axis=0) > 0)
        solved = splu(
            sp.csc_array(system[free][:, free]), permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options={"SymmetricMode": True}
        )
        right = force[free][:, used].toarray()
        for start in range(0, len(used), BATCH):
            part = slice(start, start + BATCH)
            self._influence[np.ix_(free, used[part])] = solved.solve(np.asfortranarray(right[:, part]))

    # -- grid -----------------------------------------------------------------

    def _grid(self, polygon: BaseGeometry, on: PlateSupports) -> None:
        low_u, low_v, high_u, high_v = polygon.bounds
        size = min(MESH_M, max(0.2, float(np.sqrt(polygon.area)) / ELEMENTS_ACROSS))
        length = on.length_m
        line = length > 2.0 * LINE_APART_M
        lines = []
        for a, b, low, high in ((on.u0, on.u1, low_u, high_u), (on.v0, on.v1, low_v, high_v)):
            level = line & (np.abs(b - a) < 0.05 * length)
            marks = np.concatenate([0.5 * (a + b)[level], 0.5 * (a + b)[length < 0.05], [low, high], _corners(polygon, a is on.v0)])
            # Walls of one length come in order of place, whatever their last digits.
            rank = np.concatenate([-np.round(length[level], 2), np.zeros(int((length < 0.05).sum())), [1.0, 1.0], np.full(len(marks), 2.0)])
            lines.append(_lines(marks, rank[: len(marks)], low, high, size))
        self._u, self._v = lines
        iu, iv = (k.ravel() for k in np.meshgrid(np.arange(len(self._u) - 1), np.arange(len(self._v) - 1), indexing="ij"))
        boxes = shapely.box(self._u[iu], self._v[iv], self._u[iu + 1], self._v[iv + 1])
        shapely.prepare(polygon)
        part = shapely.contains_properly(polygon, boxes).astype(float)
        edge = (part == 0.0) & shapely.intersects(polygon, boxes)
        part[edge] = shapely.area(shapely.intersection(polygon, boxes[edge])) / shapely.area(boxes[edge])
        on_floor = part > EDGE_FLOOR
        if not on_floor.any():
            on_floor = part == part.max()
        self._part, self._iu, self._iv = part[on_floor], iu[on_floor], iv[on_floor]
        corner = np.column_stack([(self._iu + du) * len(self._v) + self._iv + dv for du, dv in ((0, 0), (1, 0), (1, 1), (0, 1))])
        _, place = np.unique(corner, return_inverse=True)
        corner = place.reshape(corner.shape)
        self._n_free = 3 * (int(corner.max()) + 1)
        self._dof = (3 * corner[:, :, None] + np.arange(3)).reshape(len(corner), 12)
        self._a, self._b = np.diff(self._u)[self._iu], np.diff(self._v)[self._iv]
        ring = np.roll(corner, 1, axis=1)
        n = int(corner.max()) + 1
        _, label = connected_components(sp.coo_array((np.ones(corner.size), (corner.ravel(), ring.ravel())), shape=(n, n)), directed=False)
        self._piece = label[corner[:, 0]]
        self._element = np.full((len(self._u) - 1, len(self._v) - 1), -1, dtype=np.int64)
        self._element[self._iu, self._iv] = np.arange(len(corner))

    def _under(self, u: FloatArray, v: FloatArray) -> IntArray:
        """Return the element on or nearest to each point."""
        iu = np.clip(np.searchsorted(self._u, u, side="right") - 1, 0, len(self._u) - 2)
        iv = np.clip(np.searchsorted(self._v, v, side="right") - 1, 0, len(self._v) - 2)
        found = self._element[iu, iv]
        lost = np.flatnonzero(found < 0)
        if len(lost):
            low_u, low_v = self._u[self._iu], self._v[self._iv]
            pu, pv = u[lost, None], v[lost, None]
            du = np.maximum(np.maximum(low_u - pu, pu - low_u - self._a), 0.0)
            dv = np.maximum(np.maximum(low_v - pv, pv - low_v - self._b), 0.0)
            found[lost] = np.argmin(np.round(du**2 + dv**2, 9), axis=1)
        return found

    def _shapes(self, u: FloatArray, v: FloatArray, along: tuple[FloatArray, FloatArray] | None = None) -> tuple[sp.csr_array, IntArray]:
        """Return the deflection at points, or its curvature in a direction, per degree of freedom; and the element of each."""
        k = self._under(u, v)
        a, b = self._a[k], self._b[k]
        xi = 2.0 * (u - self._u[self._iu[k]]) / a - 1.0
        eta = 2.0 * (v - self._v[self._iv[k]]) / b - 1.0
        if along is None:
            value = shapes(xi, eta)
        else:
            cu, cv = (2.0 * along[0] / a)[:, None], (2.0 * along[1] / b)[:, None]
            value = cu**2 * shapes(xi, eta, (2, 0)) + 2.0 * cu * cv * shapes(xi, eta, (1, 1)) + cv**2 * shapes(xi, eta, (0, 2))
        value = value * per_metre(a, b)
        start = 12 * np.arange(len(u) + 1)
        return sp.csr_array((value.ravel(), self._dof[k].ravel(), start), shape=(len(u), self._n_free)), k

    # -- stiffness --------------------------------------------------------------

    def _plate(self, d_u: float, d_v: float) -> sp.csc_array:
        k = stiffness(self._a, self._b, d_u, d_v, POISSON) * self._part[:, None, None]
        rows = np.repeat(self._dof, 12, axis=1)
        columns = np.tile(self._dof, (1, 12))
        return sp.csc_array(sp.coo_array((k.ravel(), (rows.ravel(), columns.ravel())), shape=(self._n_free, self._n_free)))

    def _ribs(self) -> sp.csc_array:
        """Return what beams that bend with the plate add."""
        on = self._on
        rows = [g for g, rests in enumerate(on.rests) if rests is not None]
        total = sp.csc_array((self._n_free, self._n_free))
        for g in rows:
            length = float(on.length_m[g])
            n = max(4, int(np.ceil(length / SAMPLE_M - TIE)))
            t = (np.arange(n) + 0.5) / n
            u, v = on.u0[g] + t * (on.u1 - on.u0)[g], on.v0[g] + t * (on.v1 - on.v0)[g]
            near = shapely.dwithin(self._polygon, shapely.points(u, v), BESIDE_M + 0.5 * float(on.thickness_m[g]))
            du, dv = np.full(n, (on.u1 - on.u0)[g] / length), np.full(n, (on.v1 - on.v0)[g] / length)
            bent, _ = self._shapes(u[near], v[near], (du[near], dv[near]))
            total = total + bent.T @ bent * (on.rib_knm2[g] * length / n)
        return sp.csc_array(total)

    def _held_elements(self, nodes: _Places) -> BoolArray:
        """Return per connected piece of floor whether its supports hold it: not all on one line."""
        n = int(self._piece.max()) + 1
        held = np.zeros(n, dtype=bool)
        if not len(nodes.at_u):
            return held
        piece = self._piece[self._under(nodes.at_u, nodes.at_v)]
        for k in range(n):
            own = np.column_stack([nodes.at_u, nodes.at_v])[piece == k]
            if len(own) >= 3:
                own = own - own.mean(axis=0)
                # Width of the band that holds all supports, across its best line.
                _, axes = np.linalg.eigh(own.T @ own)
                held[k] = np.ptp(own @ axes[:, 0]) > COLLINEAR_M
        return held

    # -- loads ------------------------------------------------------------------

    def shares(self, u: FloatArray, v: FloatArray, half_m: FloatArray | None = None) -> PlateShares:
        """Return the shares of loads at (u, v), spread over -/+ ``half_m`` (n_load, 2), or points where left out."""
        if half_m is None:
            rows, element = self._shapes(u, v)
        else:
            _, element = self._shapes(u, v)
            pu, pv = ((at[:, None] + half_m[:, [k]] * GAUSS[:, k]).ravel() for k, at in enumerate((u, v)))
            rows, _ = self._shapes(pu, pv)
            mean = sp.csr_array((np.full(len(pu), 0.25), np.arange(len(pu)), 4 * np.arange(len(u) + 1)), shape=(len(u), len(pu)))
            rows = mean @ rows
        held = self._held[self._piece[element]]
        load = np.flatnonzero(held)
        full = rows[load] @ self._influence
        share = _pruned(full, u[load], v[load], self._node_u, self._node_v)
        k, node = np.nonzero(share)
        return PlateShares(
            load=load[k],
            support=self._node_support[node],
            s_m=self._node_s[node],
            u=self._node_u[node],
            v=self._node_v[node],
            share=share[k, node],
            held=held,
        )


class _Places:
    """Springs under a plate and the places of the supports to which they bring their reaction.

    Springs: ``at_u``, ``at_v``, ``spring`` [kN/m]; ``share`` (n_spring, n_place) of each that
    goes to a place; ``mean`` (n_spring, n_spring) is what a spring feels: its own deflection,
    or that half way to the other leaf of a cavity wall. Places: ``support``, ``s``, ``u``, ``v``.
    """

    def __init__(self, on: PlateSupports, polygon: BaseGeometry) -> None:
        self._on, self._polygon = on, polygon
        self._is_rib = np.array([rests is not None for rests in on.rests], dtype=bool)
        length = on.length_m
        places: list[tuple[int, float]] = []
        springs: list[tuple[int, float, float]] = []  # support, place along it, spring
        first = np.zeros(len(length), dtype=np.int64)
        for g in range(len(length)):
            first[g] = len(places)
            rests = on.rests[g]
            if rests is not None:
                places.extend((g, s) for s, _ in rests)
                springs.extend((g, s, k) for s, k in rests)
            elif length[g] < 0.05:
                places.append((g, 0.0))
                springs.append((g, 0.0, float(on.spring[g])))
            else:
                n = int(on.n_part[g])
                places.extend((g, float(length[g]) * k / n) for k in range(n + 1))
                m = 2 * n if length[g] / n < SAMPLE_M else n * int(np.ceil(length[g] / n / SAMPLE_M - TIE))
                step = float(length[g]) / m
                springs.extend((g, (k + 0.5) * step, float(on.spring[g]) * step) for k in range(m))
        self.support = np.array([g for g, _ in places], dtype=np.int64)
        self.s = np.array([s for _, s in places])
        self.u, self.v = self._at(self.support, self.s)
        self._g = np.array([g for g, _, _ in springs], dtype=np.int64)
        self._s = np.array([s for _, s, _ in springs])
        self.spring = np.array([k for _, _, k in springs])
        self.at_u, self.at_v = self._at(self._g, self._s)
        self._drop_beside()
        self._share(first)

    def _at(self, g: IntArray, s: FloatArray) -> tuple[FloatArray, FloatArray]:
        on = self._on
        t = s / np.maximum(on.length_m[g], 1e-12)
        return on.u0[g] + t * (on.u1 - on.u0)[g], on.v0[g] + t * (on.v1 - on.v0)[g]

    def _drop_beside(self) -> None:
        """Leave out springs that have no floor above them, looking across the wall only: a wall that ends at a floor does not carry it."""
        on, g = self._on, self._g
        length = np.maximum(on.length_m, 1e-12)
        reach = 0.5 * on.thickness_m[g] + BESIDE_M
        nu, nv = -(on.v1 - on.v0)[g] / length[g] * reach, (on.u1 - on.u0)[g] / length[g] * reach
        across = np.stack([np.column_stack([self.at_u - nu, self.at_v - nv]), np.column_stack([self.at_u + nu, self.at_v + nv])], axis=1)
        over = shapely.intersects(self._polygon, shapely.linestrings(across))
        point = self._is_rib[g] | (on.length_m[g] < 0.05)
        near = shapely.dwithin(self._polygon, shapely.points(self.at_u, self.at_v), reach + 0.3)
        keep = np.where(point, near, over)
        self._g, self._s, self.spring = self._g[keep], self._s[keep], self.spring[keep]
        self.at_u, self.at_v = self.at_u[keep], self.at_v[keep]

    def _share(self, first: IntArray) -> None:
        n, g = len(self._g), self._g
        rows, columns, values = self._hats(g, self._s, first)
        table = sp.csr_array(sp.coo_array((values, (np.tile(np.arange(n), 2), np.concatenate([rows, columns]))), shape=(n, len(self.s))))
        mean = sp.eye_array(n, format="csr")
        a, b, place = self._pairs()
        if len(a):
            # The leaf feels the deflection half way and each takes half of the reaction.
            rows, columns, values = self._hats(g[b], place, first)
            m = len(a)
            other = sp.csr_array(sp.coo_array((values, (np.tile(a, 2), np.concatenate([rows, columns]))), shape=table.shape))
            half = np.ones(n)
            half[a] = 0.5
            table = sp.diags_array(half) @ table + 0.5 * other
            mean = sp.hstack([sp.diags_array(half), sp.coo_array((np.full(m, 0.5), (a, np.arange(m))), shape=(n, m))])
            pu, pv = self._at(g[b], place)
            self.at_u, self.at_v = np.concatenate([self.at_u, pu]), np.concatenate([self.at_v, pv])
        self.share, self.mean = sp.csr_array(table), sp.csr_array(mean)

    def _hats(self, g: IntArray, s: FloatArray, first: IntArray) -> tuple[IntArray, IntArray, FloatArray]:
        """Return the two places that share a reaction at ``s`` on support ``g``, and the shares of the first and then of the second."""
        on = self._on
        single = (on.length_m[g] < 0.05) | self._is_rib[g]
        step = on.length_m[g] / on.n_part[g]
        t = np.where(single, 0.0, s / np.maximum(step, 1e-12))
        low = np.clip(np.floor(t).astype(np.int64), 0, np.maximum(on.n_part[g] - 1, 0))
        upper = np.where(single, 0.0, t - low)
        low = first[g] + low
        high = np.where(single, low, low + 1)
        for k in np.flatnonzero(single & (on.length_m[g] >= 0.05)).tolist():
            rests = on.rests[int(g[k])] or ()
            low[k] = high[k] = first[g[k]] + int(np.argmin([abs(p - s[k]) for p, _ in rests]))
        return low, high, np.concatenate([1.0 - upper, upper])

    def _pairs(self) -> tuple[IntArray, IntArray, FloatArray]:
        """Return springs with another leaf beside them: spring, a spring of the other leaf, and the place along that leaf."""
        on, g, none = self._on, self._g, np.zeros(0, dtype=np.int64)
        length = on.length_m
        wall = ~self._is_rib & (length > 2.0 * PAIR_M)
        du, dv = (on.u1 - on.u0) / np.maximum(length, 1e-12), (on.v1 - on.v0) / np.maximum(length, 1e-12)
        found: list[tuple[int, int, float]] = []
        spring_of = {int(h): int(np.flatnonzero(g == h)[0]) for h in np.unique(g)}
        for h in np.unique(g).tolist():
            if not wall[h]:
                continue
            mine = np.flatnonzero(wall[g] & (g != h) & (np.abs(du[g] * du[h] + dv[g] * dv[h]) > 0.99))
            ru, rv = self.at_u[mine] - on.u0[h], self.at_v[mine] - on.v0[h]
            along, across = ru * du[h] + rv * dv[h], -ru * dv[h] + rv * du[h]
            beside = (np.abs(across) > 0.05) & (np.abs(across) < PAIR_M) & (along >= 0) & (along <= length[h])
            found.extend((int(k), spring_of[h], float(s)) for k, s in zip(mine[beside], along[beside], strict=True))
        if not found:
            return none, none, np.zeros(0)
        one = {a: (b, s) for a, b, s in reversed(found)}  # the first leaf found
        a = np.array(sorted(one), dtype=np.int64)
        return a, np.array([one[k][0] for k in a.tolist()], dtype=np.int64), np.array([one[k][1] for k in a.tolist()])


def _corners(polygon: BaseGeometry, across: bool) -> FloatArray:
    return np.unique(np.round(shapely.get_coordinates(polygon)[:, int(across)], 3))


def _lines(marks: FloatArray, rank: FloatArray, low: float, high: float, size: float) -> FloatArray:
    """Return grid lines through the marks that lie apart, the lowest rank first, no further apart than ``size``."""
    kept: list[float] = []
    for k in np.lexsort((np.round(marks, 2), rank)).tolist():
        at = float(np.clip(marks[k], low, high))
        if all(abs(at - other) > LINE_APART_M for other in kept):
            kept.append(at)
    if len(kept) < 2:
        kept = [low, high]
    kept.sort()
    fine = [np.linspace(a, b, max(1, int(np.ceil((b - a) / size - TIE))) + 1)[:-1] for a, b in itertools.pairwise(kept)]
    return np.concatenate([*fine, [kept[-1]]])


def _pruned(share: FloatArray, u: FloatArray, v: FloatArray, node_u: FloatArray, node_v: FloatArray) -> FloatArray:
    """Return shares without the smallest, sum one and resultant at (u, v) restored by the least weighted change of the rest."""
    kept = share * np.clip(2.0 * np.abs(share) / KEEP - 1.0, 0.0, 1.0)
    weight = np.abs(kept)
    place = np.column_stack([np.ones_like(node_u), node_u, node_v])
    at = np.column_stack([np.ones_like(u), u, v])
    products = (place[:, :, None] * place[:, None, :]).reshape(len(place), 9)
    gram = (weight @ products).reshape(-1, 3, 3)
    off = at - kept @ place
    # Kept shares all on one line cannot put the resultant back in its place: those loads keep all.
    centre = gram[:, 0, 1:] / gram[:, :1, 0]
    spread = gram[:, 1:, 1:] / gram[:, :1, :1] - centre[:, :, None] * centre[:, None, :]
    half, apart = 0.5 * (spread[:, 0, 0] + spread[:, 1, 1]), 0.5 * (spread[:, 0, 0] - spread[:, 1, 1])
    poor = half - np.hypot(apart, spread[:, 0, 1]) < NARROW_M2
    kept[poor] = share[poor] / share[poor].sum(axis=1, keepdims=True)
    good = np.flatnonzero(~poor)
    change = np.linalg.solve(gram[good], off[good, :, None])[:, :, 0]
    kept[good] += weight[good] * (change @ place.T)
    return kept
