"""Which points lie in the shadow of prisms: a ray towards the sun against every edge of their polygons at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from optopscan.feasibility.scheme import Prism
from optopscan.model.arrays import BoolArray, FloatArray, IntArray, freeze

GAP_M = 0.05  # a slit between two boxes lets no sun through that anyone would count
STRAIGHT_M = 1e-6  # corners that closing a slit leaves on a straight line


@dataclass(frozen=True, kw_only=True, eq=False)
class Edges:
    """Edges of the polygons of prisms: ends (n_edge, 2) [m], the prism of each edge (n_edge), levels (n_prism) [m]."""

    start_m: FloatArray
    end_m: FloatArray
    prism: IntArray
    z0_m: FloatArray
    z1_m: FloatArray

    def __post_init__(self) -> None:
        freeze(self)


def edges_of(prisms: Sequence[Prism]) -> Edges:
    """Return the edges of the prisms; those between the same levels become one, slits up to twice `GAP_M` closed."""
    groups: dict[tuple[float, float], list[BaseGeometry]] = {}
    for prism in prisms:
        if prism.z1_m > prism.z0_m and not prism.polygon.is_empty:
            groups.setdefault((round(prism.z0_m, 6), round(prism.z1_m, 6)), []).append(prism.polygon)
    starts, ends, owner = [np.zeros((0, 2))], [np.zeros((0, 2))], [np.zeros(0, dtype=np.int64)]
    levels = sorted(groups)
    for k, level in enumerate(levels):
        shape = shapely.union_all(groups[level])
        if len(groups[level]) > 1:
            shape = shapely.buffer(shapely.buffer(shape, GAP_M, join_style="mitre"), -GAP_M, join_style="mitre").simplify(STRAIGHT_M)
        for part in shapely.get_parts(shape):
            for ring in shapely.get_rings(part):
                corners = shapely.get_coordinates(ring)
                starts.append(corners[:-1])
                ends.append(corners[1:])
                owner.append(np.full(len(corners) - 1, k, dtype=np.int64))
    return Edges(
        start_m=np.concatenate(starts),
        end_m=np.concatenate(ends),
        prism=np.concatenate(owner),
        z0_m=np.array([level[0] for level in levels], dtype=np.float64),
        z1_m=np.array([level[1] for level in levels], dtype=np.float64),
    )


def shaded(points_m: FloatArray, edges: Edges, *, toward: tuple[float, float], tan_altitude: float) -> BoolArray:
    """Return whether a prism stands between each point and the sun.

    The ray of a point runs through the levels of a prism over one stretch in plan. It meets the prism when it crosses
    an edge there, or when the stretch begins inside: an odd number of crossings lie beyond its begin.

    Parameters
    ----------
    points_m
        Points x, y, z (n, 3) [m].
    toward
        Direction to the sun in plan, length 1.
    tan_altitude
        Tangent of its height above the horizon, more than zero.

    Returns
    -------
    BoolArray
        (n,).
    """
    n, n_prism = len(points_m), len(edges.z0_m)
    if n == 0 or n_prism == 0:
        return np.zeros(n, dtype=np.bool_)
    x, y = toward
    # across: distance from the line through the origin towards the sun; along: distance towards the sun
    across, along = points_m[:, 1] * x - points_m[:, 0] * y, points_m[:, 0] * x + points_m[:, 1] * y
    a0, a1 = edges.start_m[:, 1] * x - edges.start_m[:, 0] * y, edges.end_m[:, 1] * x - edges.end_m[:, 0] * y
    s0, s1 = edges.start_m @ np.array(toward), edges.end_m @ np.array(toward)
    # Most points lie beside, beyond, or too far before everything to be shaded at all.
    farthest = (edges.z1_m.max() - points_m[:, 2]) / tan_altitude
    beside = (across < min(a0.min(), a1.min())) | (across > max(a0.max(), a1.max()))
    out = beside | (along > max(s0.max(), s1.max())) | (along + farthest < min(s0.min(), s1.min()))
    rows = np.flatnonzero(~out)
    hit = np.zeros(n, dtype=np.bool_)
    hit[rows] = _crossed(across[rows], along[rows], points_m[rows, 2], (a0, a1, s0, s1), edges, tan_altitude)
    return hit


def _crossed(
    across: FloatArray,
    along: FloatArray,
    z_m: FloatArray,
    ends: tuple[FloatArray, FloatArray, FloatArray, FloatArray],
    edges: Edges,
    tan_altitude: float,
) -> BoolArray:
    """Return whether each ray meets a prism; ``ends`` are across and along of the ends of the edges."""
    a0, a1, s0, s1 = ends
    n, n_prism = len(across), len(edges.z0_m)
    order = np.argsort(across, kind="stable")
    lined = across[order]
    # Half-open, so that a ray through a corner meets one of its two edges and parity holds.
    first, last = np.searchsorted(lined, np.minimum(a0, a1)), np.searchsorted(lined, np.maximum(a0, a1))
    count = last - first
    edge = np.repeat(np.arange(len(count)), count)
    rank = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count) + first[edge]
    point = order[rank]
    reach = s0[edge] + (lined[rank] - a0[edge]) / (a1[edge] - a0[edge]) * (s1[edge] - s0[edge]) - along[point]
    prism = edges.prism[edge]
    rise = edges.z1_m[prism] - z_m[point]
    begin = np.maximum(edges.z0_m[prism] - z_m[point], 0.0) / tan_altitude
    key = prism * n + point
    # Crossings beyond the begin and beyond the end of the stretch; a point above the top of a prism has no stretch.
    counts = (rise > 0.0) & (reach > begin)
    beyond = np.bincount(key[counts], minlength=n_prism * n)
    after = np.bincount(key[counts & (reach > rise / tan_altitude)], minlength=n_prism * n)
    return np.asarray(((beyond % 2 == 1) | (beyond > after)).reshape(n_prism, n).any(axis=0), dtype=np.bool_)
