"""Which element stands on which plan: sections through the building, floors and beams with what carries them.

A plan shows what stands on a level together with the floors and beams above it that
rest on it, cut about 1.2 m above the level, as structural plans do. Levels are the
floor levels of the structure; where it has too few of them (steel without floors, one aspect model), levels of
beams and wall feet are added.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely
from shapely.geometry import LineString, box
from shapely.geometry.base import BaseGeometry

from optopscan.geometry import plane
from optopscan.model.arrays import FloatArray, IntArray
from optopscan.model.building import Elements
from optopscan.model.structure import Structure
from optopscan.pipeline.inspecting import Inspection

CUT_M = 1.2  # usual height of a horizontal section above the floor
CARRIED_FROM_M = 0.8  # what lies this high above a level rests on it, lower is part of it
SAME_LEVEL_M = 1.2
LEAST_STOREY_M = 2.0
TALL_M = 4.5  # a storey higher than this may hide a level
LEVEL_BEAM_M = 6.0  # least length of beams that make a level
UPRIGHT = frozenset({"wall", "column", "member", "proxy"})
BARS = frozenset({"beam", "member"})
FLAT = frozenset({"slab", "roof"})
FOUNDATION = frozenset({"footing", "pile"})
STEEP = 0.5  # height over length from which a bar is upright

Role = Literal["cut", "above", "low"]


@dataclass(frozen=True, kw_only=True)
class Level:
    """One plan: number from 1 (0: the foundation), name in the model, bottom, top and height of the section [m]."""

    number: int
    name: str
    z0_m: float
    z1_m: float
    cut_m: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Shown:
    """An element on a plan: ``solid`` is what the section meets, ``opening`` the rest of its plan.

    ``role``: cut (the section goes through it), above (a beam), low (it ends under the section).
    """

    element: int
    role: Role
    solid: BaseGeometry
    opening: BaseGeometry


def levels(inspection: Inspection) -> tuple[Level, ...]:
    """Return the plans from the lowest up; the foundation is not among them."""
    elements, structure = inspection.building.elements, inspection.structure
    rows = np.array([i for i, k in enumerate(elements.kind) if k in UPRIGHT | BARS | FLAT], dtype=np.int64)
    if not len(rows):
        return ()
    low, high = float(elements.z0_m[rows].min()), float(elements.z1_m[rows].max())
    known = list(structure.level_z_m) if structure is not None else []
    heights = _with_hidden(known or _feet(elements), elements, high) or [low]
    if all(elements.kind[i] in FLAT for i in rows):
        heights = [low - 3.0]  # floors alone: seen from the storey below them
    ends = [*heights[1:], max(high, heights[-1] + CARRIED_FROM_M)]
    found: list[Level] = []
    for z0, z1 in zip(heights, ends, strict=True):
        cut = z0 + min(CUT_M, 0.6 * (z1 - z0))
        found.append(Level(number=len(found) + 1, name=_name(inspection, z0), z0_m=z0, z1_m=z1, cut_m=cut))
    every = tuple(found)
    upright = [i for i in range(len(elements)) if elements.kind[i] in UPRIGHT and not under_all(elements, i, every)]
    used = {level_of_upright(elements, i, every) for i in upright}
    used |= {level_of_flat(elements, i, every) for i in range(len(elements)) if elements.kind[i] in FLAT | {"beam"}}
    return tuple(level for row, level in enumerate(every) if row in used)


def _feet(elements: Elements) -> list[float]:
    """Return the levels at which walls and columns begin: feet within 2 m over the lowest of them are one."""
    feet = sorted(float(elements.z0_m[i]) for i, k in enumerate(elements.kind) if k in ("wall", "column"))
    found: list[float] = []
    for z in feet:
        if not found or z - found[-1] > LEAST_STOREY_M:
            found.append(z)
    return found


def _with_hidden(known: Sequence[float], elements: Elements, high: float) -> list[float]:
    """Add levels of level beams inside storeys that are too tall to be one."""
    beams = sorted(
        (float(elements.z1_m[i]), float(elements.length_m[i]))
        for i, k in enumerate(elements.kind)
        if k == "beam" and elements.z1_m[i] - elements.z0_m[i] < STEEP * elements.length_m[i]
    )
    found = sorted(known)
    for z0, z1 in itertools.pairwise([*sorted(known), max(high, max(known, default=high)) + SAME_LEVEL_M]):
        if z1 - z0 <= TALL_M:
            continue
        inside = [(z, length) for z, length in beams if z0 + 2.0 < z < z1 - 2.0]
        groups: list[list[tuple[float, float]]] = []
        for row in inside:
            if groups and row[0] - groups[-1][0][0] <= SAME_LEVEL_M:
                groups[-1].append(row)
            else:
                groups.append([row])
        found += [g[-1][0] for g in groups if sum(length for _, length in g) >= LEVEL_BEAM_M]
    return sorted(found)


def _name(inspection: Inspection, z_m: float) -> str:
    """Return the name of the storey in the file that lies at a level, "" without one within 0.6 m."""
    storeys = inspection.building.storeys
    near = [(abs(float(z) - z_m), row) for row, z in enumerate(storeys.elevation_m) if np.isfinite(z) and abs(float(z) - z_m) <= 0.6]
    return storeys.name[min(near)[1]] if near else ""


def level_of_flat(elements: Elements, i: int, every: Sequence[Level]) -> int:
    """Return the row of the level that a floor or beam rests on; -1: it lies at the lowest level or under it."""
    z = float(elements.z1_m[i] if elements.kind[i] in BARS else elements.z0_m[i])
    return resting_on(z, every)


def resting_on(z_m: float, every: Sequence[Level]) -> int:
    """Return the row of the highest level at least 0.8 m under this height; -1 without one."""
    return max((row for row, level in enumerate(every) if level.z0_m + CARRIED_FROM_M <= z_m), default=-1)


def level_of_upright(elements: Elements, i: int, every: Sequence[Level]) -> int:
    """Return the row of the level that an upright element stands on: the highest up to 0.8 m over its foot."""
    z = float(elements.z0_m[i]) + CARRIED_FROM_M
    return max((row for row, level in enumerate(every) if level.z0_m <= z), default=0)


def under_all(elements: Elements, i: int, every: Sequence[Level]) -> bool:
    """Return whether an upright element ends at or under the lowest level: a wall in the crawl space."""
    return bool(every) and float(elements.z1_m[i]) <= every[0].z0_m + 0.3


def shown(inspection: Inspection, row: int, every: Sequence[Level]) -> tuple[Shown, ...]:
    """Return what a plan shows of walls, columns and bars; every such element stands on at least one plan."""
    elements, level = inspection.building.elements, every[row]
    found = []
    for i, kind in enumerate(elements.kind):
        if kind not in UPRIGHT | BARS or elements.footprint[i].is_empty:
            continue
        if kind == "proxy" and inspection.bearing.state[i] == "no":
            continue
        z0, z1 = float(elements.z0_m[i]), float(elements.z1_m[i])
        if kind in BARS and z1 - z0 < STEEP * float(elements.length_m[i]):
            if max(level_of_flat(elements, i, every), 0) == row:
                found.append(Shown(element=i, role="above", solid=elements.footprint[i], opening=shapely.Polygon()))
        elif z0 < level.cut_m < z1:
            solid, opening = _cut(elements, i, level.cut_m)
            found.append(Shown(element=i, role="cut", solid=solid, opening=opening))
        elif (
            not under_all(elements, i, every) and not any(z0 < o.cut_m < z1 for o in every) and level_of_upright(elements, i, every) == row
        ):
            found.append(Shown(element=i, role="low", solid=elements.footprint[i], opening=shapely.Polygon()))
    return tuple(found)


def buried(inspection: Inspection, every: Sequence[Level]) -> tuple[Shown, ...]:
    """Return the walls and columns that stand under the lowest level."""
    elements = inspection.building.elements
    return tuple(
        Shown(element=i, role="low", solid=elements.footprint[i], opening=shapely.Polygon())
        for i, kind in enumerate(elements.kind)
        if kind in ("wall", "column") and under_all(elements, i, every) and not elements.footprint[i].is_empty
    )


def _cut(elements: Elements, i: int, z_m: float) -> tuple[BaseGeometry, BaseGeometry]:
    """Return what a section at z meets of an element, and the rest of its plan: its openings."""
    plan, face = elements.footprint[i], elements.elevation[i]
    x0, y0, x1, y1 = elements.axis_m[i]
    length = float(np.hypot(x1 - x0, y1 - y0))
    if face is None or face.is_empty or not length > 0:
        return plan, shapely.Polygon()
    s0, _, s1, _ = face.bounds
    met = face.intersection(LineString([(s0 - 1.0, z_m), (s1 + 1.0, z_m)]))
    spans = [g.bounds for g in getattr(met, "geoms", [met]) if not g.is_empty and g.length > 0]
    if not spans:
        return plan, shapely.Polygon()
    ux, uy = (x1 - x0) / length, (y1 - y0) / length
    reach = 2.0 * float(elements.thickness_m[i]) if np.isfinite(elements.thickness_m[i]) else 1.0
    # The ends of a wall may stick out of its axis at corners: the outermost pieces keep them.
    starts = [s0 - 5.0 if a - s0 < 0.02 else a for a, *_ in spans]
    ends = [s1 + 5.0 if s1 - b < 0.02 else b for _, _, b, _ in spans]
    strips = [
        shapely.transform(
            box(a, -reach, b, reach), lambda p: np.column_stack([x0 + p[:, 0] * ux - p[:, 1] * uy, y0 + p[:, 0] * uy + p[:, 1] * ux])
        )
        for a, b in zip(starts, ends, strict=True)
    ]
    solid = plane.intersection(plan, plane.union(strips))
    return (solid, plane.difference(plan, solid)) if not solid.is_empty else (plan, shapely.Polygon())


def fields_on(structure: Structure, row: int, every: Sequence[Level]) -> IntArray:
    """Return the floor fields that rest on a level; -1 gives those on the foundation or the soil."""
    at = [resting_on(float(z), every) for z in structure.fields.z0_m]
    return np.flatnonzero(np.array(at, dtype=np.int64) == row)


def bounds(elements: Elements) -> tuple[float, float, float, float]:
    """Return x0, y0, x1, y1 [m] around everything that a plan may show."""
    known = UPRIGHT | BARS | FLAT | FOUNDATION
    boxes: FloatArray = np.array(
        [elements.footprint[i].bounds for i, k in enumerate(elements.kind) if k in known and not elements.footprint[i].is_empty]
    ).reshape(-1, 4)
    if not len(boxes):
        return 0.0, 0.0, 1.0, 1.0
    return float(boxes[:, 0].min()), float(boxes[:, 1].min()), float(boxes[:, 2].max()), float(boxes[:, 3].max())
