"""Where a concrete floor is shown to hold the head and foot of a wall (EN 1996-1-1 5.5.1.2)."""

from __future__ import annotations

import numpy as np
import shapely

from optopscan.model.arrays import BoolArray, FloatArray
from optopscan.model.structure import Fields, Materials, Parts

BESIDE_M = 0.05
HEIGHT_M = 0.2


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


def _beside(parts: Parts) -> list[tuple[FloatArray, FloatArray]]:
    """Return a point just outside each face of every part."""
    dx, dy = parts.x1_m - parts.x0_m, parts.y1_m - parts.y0_m
    length = np.maximum(np.hypot(dx, dy), 1e-9)
    reach = 0.5 * np.nan_to_num(parts.thickness_m) + BESIDE_M
    nx, ny = -dy / length * reach, dx / length * reach
    return [(parts.x_m + nx, parts.y_m + ny), (parts.x_m - nx, parts.y_m - ny)]
