"""Elements that carry nothing: partitions, outer leaves, stairs, finishes. They weigh, so they must stand somewhere."""

from __future__ import annotations

import numpy as np
import shapely

from optopscan.model.arrays import IntArray
from optopscan.model.building import Elements
from optopscan.model.structure import Distribution, Loose, Materials
from optopscan.structure.support import GROUND, NOTHING, Landing, SupportSearch

LINE_SAMPLES = 5
SIDE_REACH_M = 0.6
STAIR_REACH_M = 2.0


def loose_rows(elements: Elements, materials: Materials, floors: set[int], carried: set[int]) -> Loose:
    """Return the elements kept as load only: everything that weighs and is neither floor nor part."""
    rows = [i for i in range(len(elements)) if i not in floors and i not in carried and materials.self_weight_kn[i] > 0]
    centre = [elements.footprint[i].centroid for i in rows]
    return Loose(
        element=np.array(rows, dtype=np.int64),
        weight_kn=materials.self_weight_kn[rows] if rows else np.zeros(0),
        x_m=np.array([c.x for c in centre]),
        y_m=np.array([c.y for c in centre]),
    )


def place_loose(
    elements: Elements, i: int, search: SupportSearch, distribution: Distribution, base_m: float
) -> list[tuple[float, list[Landing]]]:
    """Return (fraction, landings) of one loose element, symmetric about its centroid.

    Long walls are put down at five points on their axis; the rest at the centroid.
    What finds no floor or ground below leans on the nearest bearing part beside it.
    """
    centre = elements.footprint[i].centroid
    offsets = _offsets(elements, i)
    placed = []
    for dx, dy in offsets:
        x, y = centre.x + dx, centre.y + dy
        landings = search.stand(x, y, float(elements.z0_m[i]), distribution)
        if landings[0].group == NOTHING:
            landings = _lean(elements, i, x, y, search, base_m)
        placed.append((1.0 / len(offsets), landings))
    return placed


def _offsets(elements: Elements, i: int) -> list[tuple[float, float]]:
    axis = elements.axis_m[i]
    if elements.kind[i] != "wall" or not np.isfinite(axis).all():
        return [(0.0, 0.0)]
    t = (np.arange(LINE_SAMPLES) + 0.5) / LINE_SAMPLES - 0.5
    return [(float(k * (axis[2] - axis[0])), float(k * (axis[3] - axis[1]))) for k in t]


def _lean(elements: Elements, i: int, x: float, y: float, search: SupportSearch, base_m: float) -> list[Landing]:
    reach = STAIR_REACH_M if elements.kind[i] == "stair" else SIDE_REACH_M
    groups = search.groups
    shape = elements.footprint[i]
    near: IntArray = np.sort(search.tree.query(shape, predicate="dwithin", distance=reach))
    beside = [
        int(j)
        for j in near
        if groups.z0_m[j] < elements.z1_m[i] - 0.05 and groups.z1_m[j] > elements.z0_m[i] - 0.6 and groups.kind[int(j)] != "lintel"
    ]
    if beside:
        point = shapely.Point(x, y)
        j = min(beside, key=lambda k: (round(search.shapes[k].distance(point), 2), -groups.z1_m[k], k))
        return [search.land(j, x, y, 1.0)]
    low = float(elements.z0_m[i]) <= base_m + 1.0
    return [Landing(group=GROUND if low else NOTHING, s_m=0.0, x_m=x, y_m=y, share=1.0)]
