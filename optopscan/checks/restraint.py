"""What holds and loads a part from its sides: concrete floors at the ends of a wall (EN 1996-1-1 5.5.1.2), load on columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from optopscan.model.arrays import BoolArray, FloatArray, IntArray
from optopscan.model.structure import Cells, Fields, Materials, Parts, Shares

BESIDE_M = 0.05
HEIGHT_M = 0.2
ACROSS = 0.5
"""Cosine of the angle from which a wall stands across another."""
OVER_HEIGHT = 0.8
"""Share of the height over which a cross wall must stand."""
ONE_SIDED = 0.5
"""Resultant over sum of the loads times their distance: 0 where two equal spans meet, 0.38 at 4 and 6 m, 0.71 in a corner, 1 at an end."""


def concrete_floors(parts: Parts, fields: Fields, materials: Materials) -> tuple[BoolArray, BoolArray]:
    """Return whether a concrete floor lies on both sides of each part at its head and at its foot.

    Both sides, because a floor from one side must bear on two thirds of the
    thickness and models rarely show the bearing length; one-sided floors are
    therefore not counted, on the safe side.

    Returns
    -------
    tuple of BoolArray
        (n_part,) for the head and for the foot.
    """
    concrete = [f for f in range(len(fields)) if any(materials.group[i] == "concrete" for i in fields.elements[f])]
    sides = _beside(parts)
    head = np.zeros(len(parts), dtype=bool)
    foot = np.zeros(len(parts), dtype=bool)
    for f in concrete:
        touch_head = np.abs(fields.z0_m[f] - parts.z1_m) <= HEIGHT_M
        touch_head |= (fields.z0_m[f] <= parts.z1_m) & (fields.z1_m[f] >= parts.z1_m - HEIGHT_M)
        touch_foot = np.abs(fields.z1_m[f] - parts.z0_m) <= HEIGHT_M
        rows = np.flatnonzero(touch_head | touch_foot)
        if not len(rows):
            continue
        both = np.ones(len(rows), dtype=bool)
        for x, y in sides:
            both &= shapely.dwithin(shapely.points(x[rows], y[rows]), fields.polygon[f], 0.01)
        head[rows] |= both & touch_head[rows]
        foot[rows] |= both & touch_foot[rows]
    return head, foot


def loaded_from_one_side(parts: Parts, cells: Cells, shares: Shares, permanent_foot_kn: FloatArray) -> BoolArray:
    """Return whether the load of each part comes from one side, (n_part,); True where nothing shows that it does not.

    Loads times the vector to where they come from: what lies on both sides cancels.

    Parameters
    ----------
    parts, cells, shares
        The structure.
    permanent_foot_kn
        Permanent load at the foot of every part [kN].
    """
    n = len(parts)
    vector, total = np.zeros((n, 2)), np.zeros(n)
    sources = (
        (shares.cells, cells.x_m, cells.y_m, np.asarray(cells.weight_kn)),
        (shares.parts, parts.x_m, parts.y_m, np.asarray(permanent_foot_kn)),
    )
    for table, x, y, weight in sources:
        rows = table.tocoo()
        on = rows.col < n
        source, part = rows.row[on], rows.col[on]
        load = np.abs(rows.data[on]) * np.nan_to_num(weight[source])
        away = np.column_stack([x[source] - parts.x_m[part], y[source] - parts.y_m[part]])
        for k in (0, 1):
            vector[:, k] += np.bincount(part, weights=load * away[:, k], minlength=n)
        total += np.bincount(part, weights=load * np.hypot(away[:, 0], away[:, 1]), minlength=n)
    resultant = np.hypot(vector[:, 0], vector[:, 1])
    return np.asarray(~((total > 0.0) & (resultant <= ONE_SIDED * total)))


def held_edges(parts: Parts, group: Sequence[str]) -> IntArray:
    """Return how many vertical edges of each pier stand against a cross wall that could hold them, 0, 1 or 2 (n_part,).

    EN 1996-1-1 5.5.1.2(4) and (5): a wall of the same material across the end, as long as a fifth of the height and
    0.3 of the thickness or more, over most of the height. Whether it is bonded or tied no model shows, so this is
    an alternative, not what a check may count on.

    Parameters
    ----------
    parts
        The parts.
    group
        Material group of every part.
    """
    n = len(parts)
    found = np.zeros(n, dtype=np.int64)
    piers = np.array([k for k in range(n) if parts.kind[k] == "pier"], dtype=np.int64)
    if not piers.size:
        return found
    p = parts
    start, end = (np.column_stack([x[piers], y[piers]]) for x, y in ((p.x0_m, p.y0_m), (p.x1_m, p.y1_m)))
    along = end - start
    length = np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)
    unit = along / length[:, None]
    height = p.z1_m[piers] - p.z0_m[piers]
    kind = np.array([group[k] for k in piers.tolist()], dtype=object)
    across = np.abs(unit @ unit.T) < ACROSS
    beside = np.minimum(p.z1_m[piers][:, None], p.z1_m[piers]) - np.maximum(p.z0_m[piers][:, None], p.z0_m[piers])
    fit = across & (kind[:, None] == kind) & (beside > OVER_HEIGHT * height[:, None])
    fit &= (length >= 0.2 * height[:, None]) & (p.thickness_m[piers] >= 0.3 * p.thickness_m[piers][:, None])
    for point in (start, end):
        place = np.clip(((point[:, None] - start) * unit).sum(axis=2), 0.0, length)
        apart = np.linalg.norm(point[:, None] - (start + place[..., None] * unit), axis=2)
        touch = fit & (apart <= 0.5 * (p.thickness_m[piers][:, None] + p.thickness_m[piers]) + BESIDE_M)
        found[piers] += touch.any(axis=1)
    return found


def _beside(parts: Parts) -> list[tuple[FloatArray, FloatArray]]:
    """Return a point just outside each face of every part."""
    dx, dy = parts.x1_m - parts.x0_m, parts.y1_m - parts.y0_m
    length = np.maximum(np.hypot(dx, dy), 1e-9)
    reach = 0.5 * np.nan_to_num(parts.thickness_m) + BESIDE_M
    nx, ny = -dy / length * reach, dx / length * reach
    return [(parts.x_m + nx, parts.y_m + ny), (parts.x_m - nx, parts.y_m - ny)]
