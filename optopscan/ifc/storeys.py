"""Storeys from floor levels, where the file states none or nonsense.

What counts as nonsense: no storey with an elevation, or a single one for three floors
and more (two where it is called "Undefined"). Storeys that are stated are kept, also
when they are levels rather than storeys: the structure counts its own floors.
"""

from __future__ import annotations

import dataclasses
import re

import numpy as np

from optopscan.issues import Issue, issue
from optopscan.model.arrays import FloatArray, IntArray
from optopscan.model.building import Elements, Storeys

NEW_LEVEL_M = 1.2  # steps, landings and split roofs stay one level
SMALL_SHARE = 0.1  # of the largest floor; smaller ones are landings and hatches
THINNEST_M = 0.045  # thinner is a finish
SLACK_M = 0.7  # a wall may start this far under the top of its floor
GROUND_GAP_M = 1.5  # walls that start this far under the lowest floor have a level of their own
_UNDEFINED = re.compile(r"undefined|undefiniert|onbepaald|default|unset|^$|^-$", re.IGNORECASE)


def with_levels(storeys: Storeys, elements: Elements, where: str) -> tuple[Storeys, Elements, list[Issue]]:
    """Return storeys and elements as they are or, where the stated storeys say nothing, by floor level.

    Names read "verdieping 1 (afgeleid)"; the elevation is the top of the floor [m]. The
    issue OPT-122 says what was stated instead.
    """
    levels = floor_levels(elements)
    known = sorted({round(float(z), 2) for z in storeys.elevation_m if np.isfinite(z)})
    if not _says_nothing(storeys, known, len(levels)):
        return storeys, elements, []
    names = tuple(f"verdieping {k} (afgeleid)" if k else "begane grond (afgeleid)" for k in range(len(levels)))
    stated = ", ".join(repr(name) for name in storeys.name) or "none"
    text = f"{len(levels)} storeys derived from floor tops at {', '.join(f'{z:.2f}' for z in levels)} m; stated: {stated}"
    derived = Storeys(name=names, elevation_m=np.array(levels, dtype=np.float64))
    return derived, dataclasses.replace(elements, storey=_storey_of(elements, np.array(levels))), [issue("OPT-122", where, text)]


def _says_nothing(storeys: Storeys, known: list[float], n_level: int) -> bool:
    if len(known) > 1 or n_level < 2:
        return False
    undefined = all(_UNDEFINED.search(name) for name in storeys.name)
    return not known or undefined or n_level > 2


def floor_levels(elements: Elements) -> tuple[float, ...]:
    """Return the tops of the floors [m], lowest first, with the foot of the walls where no floor lies near it."""
    flat = [i for i, kind in enumerate(elements.kind) if kind in ("slab", "roof") and elements.thickness_m[i] >= THINNEST_M]
    flat = [i for i in sorted(flat, key=lambda i: float(elements.z1_m[i])) if elements.slope_deg[i] < 10.0]
    clusters: list[list[int]] = []
    for i in flat:
        if clusters and elements.z1_m[i] - elements.z1_m[clusters[-1][-1]] <= NEW_LEVEL_M:
            clusters[-1].append(i)
        else:
            clusters.append([i])
    area = [sum(elements.footprint[i].area for i in rows) for rows in clusters]
    main = [rows for rows, size in zip(clusters, area, strict=True) if size >= SMALL_SHARE * max(area)]
    levels = [max(float(elements.z1_m[i]) for i in rows if elements.footprint[i].area >= 0.2 * _largest(elements, rows)) for rows in main]
    feet = [float(elements.z0_m[i]) for i, kind in enumerate(elements.kind) if kind in ("wall", "column")]
    if levels and feet and min(feet) < levels[0] - GROUND_GAP_M:
        levels.insert(0, min(feet))
    return tuple(round(z, 3) for z in levels)


def _largest(elements: Elements, rows: list[int]) -> float:
    return float(max(elements.footprint[i].area for i in rows))


def _storey_of(elements: Elements, levels: FloatArray) -> IntArray:
    """Return the storey of each element: a floor the one it is the floor of, the rest the one they stand on."""
    flat = np.array([kind in ("slab", "roof", "covering") for kind in elements.kind])
    height = np.where(flat, elements.z1_m, elements.z0_m)
    below = np.searchsorted(levels, height + SLACK_M, side="right") - 1
    return np.clip(below, 0, None).astype(np.int64)
