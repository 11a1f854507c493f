"""Floor fields of a building: which slabs form one floor, where floors cut walls, and which groups carry them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from optopscan.geometry import plane
from optopscan.model.building import Elements
from optopscan.model.structure import Bearing, Fields, Materials, RoofFace
from optopscan.structure.contacts import BRACKET_M, ContactSearch
from optopscan.structure.fields import field_levels, group_slabs, nearest_level, slab_rows, storey_levels
from optopscan.structure.groups import MIN_PIER_M2
from optopscan.structure.spread import OVERHANG_M

EDGE_M = 0.35  # depth of the floor edge to which a balcony is fixed, above the wall below
REACHED_SHARE = 0.5
CLOSE_M = 0.015  # joints between planks are closed in the plan of the floor


@dataclass(frozen=True, kw_only=True)
class Floor:
    """One floor field: element rows, closed plan, soffit and top [m]."""

    members: tuple[int, ...]
    polygon: BaseGeometry
    z0_m: float
    z1_m: float


def find_floors(elements: Elements, materials: Materials, bearing: Bearing) -> list[Floor]:
    """Return the floors of a building, lowest first."""
    rows = np.array([i for i in slab_rows(elements, materials) if bearing.probability[i] >= 0.5], dtype=np.int64)
    floors = []
    for members in group_slabs(elements, rows):
        merged = plane.union([elements.footprint[i] for i in members])
        closed = merged.buffer(CLOSE_M, join_style="mitre").buffer(-CLOSE_M, join_style="mitre")
        z0, z1 = field_levels(elements, members)
        floors.append(Floor(members=tuple(members), polygon=shapely.make_valid(plane.union([closed, merged])), z0_m=z0, z1_m=z1))
    return sorted(floors, key=lambda f: (round(f.z1_m, 3), f.members))


def wall_cuts_m(elements: Elements, floors: Sequence[Floor], walls: Sequence[int]) -> dict[int, list[float]]:
    """Return the heights at which floors that end in a wall cut it in storeys."""
    tree = STRtree([elements.footprint[i] for i in walls])
    cuts: dict[int, list[float]] = {}
    for f in floors:
        for k in tree.query(f.polygon, predicate="dwithin", distance=0.06):
            i = walls[int(k)]
            if elements.kind[i] == "wall" and elements.z0_m[i] + 1.5 < f.z1_m < elements.z1_m[i] - 0.3:
                cuts.setdefault(i, []).append(f.z1_m)
    for i, heights in cuts.items():
        kept: list[float] = []
        for z in sorted(set(heights)):
            if kept and z - kept[-1] < 0.5:
                kept[-1] = z
            else:
                kept.append(z)
        cuts[i] = kept
    return cuts


def floor_carriers(touch: ContactSearch, floors: Sequence[Floor], tolerance_m: float, low: Sequence[bool]) -> list[list[int]]:
    """Return for each floor the groups that carry it: in touch in plan, their top at or above the soffit."""
    groups = touch.groups
    held: dict[int, bool] = {}

    def beam_is_held(g: int) -> bool:
        if g not in held:
            contacts = touch.contacts(g)
            places = [p for c in contacts for p in (c.a_m, c.b_m)]
            held[g] = bool(places) and (max(places) - min(places) > 0.3 * float(groups.length_m[g]) or groups.length_m[g] < 0.6)
        return held[g]

    found = []
    for f, on_soil in zip(floors, low, strict=True):
        rows = []
        for g in sorted(int(k) for k in touch.tree.query(f.polygon, predicate="dwithin", distance=tolerance_m)):
            kind = groups.kind[g]
            z0, z1 = groups.z0_m[g], groups.z1_m[g]
            if kind == "beam":
                carries = z1 >= f.z0_m - 0.1 and z0 <= f.z1_m - 0.02 and z1 <= f.z1_m + 0.6 and beam_is_held(g)
            else:
                carries = z0 < f.z0_m - 0.25 and z1 >= f.z0_m - 0.1
                # A low slab between walls lies on the soil, unless it rests on what ends below it.
                carries = carries and (not on_soil or z1 <= f.z0_m + 0.12)
                # A stub is no bearing for a floor (EN 1996-1-1 8.1.3).
                carries = carries and (kind != "pier" or groups.length_m[g] * groups.thickness_m[g] >= MIN_PIER_M2)
            if carries:
                rows.append(g)
        found.append(rows)
    return found


def brackets(touch: ContactSearch, floor: Floor) -> list[int]:
    """Return the groups beside a floor without supports that may hold it by brackets: a prefab balcony before its wall.

    None where most of the floor lies too far from them: a terrace on the soil beside a cellar hangs on nothing.
    """
    groups = touch.groups
    found = [
        g
        for g in sorted(int(k) for k in touch.tree.query(floor.polygon, predicate="dwithin", distance=BRACKET_M))
        if groups.kind[g] in ("pier", "column", "lintel")
        and groups.z0_m[g] < floor.z0_m - 0.25
        and groups.z1_m[g] >= floor.z0_m - EDGE_M
        and (groups.kind[g] == "lintel" or max(groups.length_m[g], groups.thickness_m[g]) * groups.thickness_m[g] >= MIN_PIER_M2)
    ]
    return found if within_reach(touch, floor.polygon, found) >= REACHED_SHARE else []


def within_reach(touch: ContactSearch, polygon: BaseGeometry, carriers: Sequence[int]) -> float:
    """Return the share of a floor between its carriers or no further beside them than a cantilever."""
    if not carriers:
        return 0.0
    hull = shapely.union_all([touch.shapes[g] for g in carriers]).convex_hull
    return float(shapely.intersection(hull.buffer(OVERHANG_M), polygon).area / polygon.area)


def floor_levels(floors: Sequence[Floor], base_m: float) -> tuple[float, ...]:
    """Return the floor levels of the building [m], lowest first; ``base_m`` is the foot of its lowest walls."""
    top = np.array([f.z1_m for f in floors])
    area = np.array([f.polygon.area for f in floors])
    return storey_levels(top, area, base_m)


def floor_fields(floors: Sequence[Floor], kinds: Sequence[str], levels: Sequence[float], materials: Materials) -> Fields:
    """Return the floors as arrays, every one a floor or ground; roofs are told apart later."""
    return Fields(
        elements=tuple(f.members for f in floors),
        polygon=tuple(f.polygon for f in floors),
        z0_m=np.array([f.z0_m for f in floors]),
        z1_m=np.array([f.z1_m for f in floors]),
        storey=nearest_level(np.array([f.z1_m for f in floors]), levels),
        kind=tuple("ground" if k == "ground" else "floor" for k in kinds),
        weight_kn=np.array([materials.self_weight_kn[list(f.members)].sum() for f in floors]),
    )


def with_roofs(fields: Fields, faces: Sequence[RoofFace]) -> Fields:
    """Call a field a roof when at least half of it lies under the sky; a terrace leaves a floor a floor."""
    sky = np.zeros(len(fields))
    for face in faces:
        sky[face.field] += face.polygon.area
    roofs = {f for f in range(len(fields)) if sky[f] >= 0.5 * fields.polygon[f].area}
    return dataclasses.replace(fields, kind=tuple("roof" if f in roofs else k for f, k in enumerate(fields.kind)))


def other_covers(elements: Elements, floors: Sequence[Floor]) -> list[tuple[BaseGeometry, float]]:
    """Return pitched roofs and other large lids that are no floor but close the sky."""
    used = {i for f in floors for i in f.members}
    return [
        (elements.footprint[i], float(elements.z1_m[i]))
        for i, kind in enumerate(elements.kind)
        if kind in ("roof", "slab") and i not in used and elements.footprint[i].area > 4.0 and elements.thickness_m[i] > 0.045
    ]
