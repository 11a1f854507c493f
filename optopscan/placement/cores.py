"""Where stairs and lifts stand: what a new storey must leave open and connect to.

Five kinds of signs count: stairs and ramps, spaces and lifts that the file names, wells in the floors,
and walls named after a stair or lift. What lies in one place is one core. Nothing found means that
nothing was found: an aspect model has no stairs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from optopscan.geometry import plane
from optopscan.model.building import Elements
from optopscan.model.cores import Core, CoreKind, Room, core_words
from optopscan.model.structure import Structure

WELL_M2 = (1.2, 40.0)  # smaller are ducts, larger are courts
WELL_WIDTH_M = 0.9
STAIR_WELL_M2 = 5.0  # a well without any other sign: a lift below this, a stair above it
SIDE_BY_SIDE_M = 0.35  # a wall between stair and lift
WALLS_M = 0.6  # walls of a core around its clear plan
ACROSS_M = 3.5  # opposite walls of one core that nothing else tells of
LOW_M = 1.8  # lower stairs go up to a door, not to a storey
LEVEL_M = 0.6
MOST_NAMED = 3


@dataclass(frozen=True, kw_only=True)
class _Sign:
    """One sign of a core: plan, heights [m], what it tells of, and its name."""

    polygon: BaseGeometry
    z0_m: float
    z1_m: float
    source: str  # "trap", "ruimte", "lift", "sparing", "wand"
    stair: bool
    lift: bool
    name: str = ""


def find_cores(elements: Elements, structure: Structure, rooms: Sequence[Room] = ()) -> tuple[Core, ...]:
    """Return the stairs and lifts of a building, sorted by place (x, then y).

    Parameters
    ----------
    elements
        Supplies stairs, ramps, and walls by name.
    structure
        Supplies the floors with their wells, the levels and the roof faces.
    rooms
        Spaces and lifts that the file names, from `optopscan.model.building.Building`.
    """
    stairs = _stairs(elements)
    spaces = [_room(room) for room in rooms if room.stair or room.lift]
    wells = _wells(structure)
    walls = _walls(elements)
    cores = []
    for group in _together([*stairs, *spaces, *wells], SIDE_BY_SIDE_M):
        plan = _plan(group)
        near = [wall for wall in walls if wall.polygon.distance(plan) <= WALLS_M]
        walls = [wall for wall in walls if wall not in near]
        if _height_m(group) >= LOW_M and _is_core(group, near):
            cores.append(_core(structure, plan, [*group, *near]))
    for group in _together(walls, ACROSS_M):
        if _levels(group) > 1:
            cores.append(_core(structure, _plan(group), group))
    return tuple(sorted(cores, key=lambda core: core.polygon.bounds))


def _stairs(elements: Elements) -> list[_Sign]:
    rows = [i for i, kind in enumerate(elements.kind) if kind == "stair"]
    return [_element(elements, i, "trap", stair=True, lift=False) for i in rows]


def _walls(elements: Elements) -> list[_Sign]:
    found = []
    for i, kind in enumerate(elements.kind):
        stair, lift = core_words(f"{elements.name[i]} {elements.type_name[i]}")
        if kind == "wall" and (stair or lift):
            found.append(_element(elements, i, "wand", stair=stair, lift=lift))
    return found


def _element(elements: Elements, row: int, source: str, *, stair: bool, lift: bool) -> _Sign:
    return _Sign(
        polygon=elements.footprint[row],
        z0_m=float(elements.z0_m[row]),
        z1_m=float(elements.z1_m[row]),
        source=source,
        stair=stair,
        lift=lift,
        name=elements.name[row] or elements.ifc_class[row],
    )


def _room(room: Room) -> _Sign:
    source = "ruimte" if room.ifc_class == "IfcSpace" else "lift"
    return _Sign(
        polygon=room.polygon, z0_m=room.z0_m, z1_m=room.z1_m, source=source, stair=room.stair, lift=room.lift, name=room.name or room.id
    )


def _wells(structure: Structure) -> list[_Sign]:
    """Return the holes that a stair or lift fits through, in floors above the ground: pits and entrances are larger."""
    fields = structure.fields
    found = []
    for f in (f for f, kind in enumerate(fields.kind) if kind != "ground"):
        for part in shapely.get_parts(fields.polygon[f]):
            for ring in getattr(part, "interiors", ()):
                hole = shapely.Polygon(ring)
                if WELL_M2[0] <= hole.area <= WELL_M2[1] and not hole.buffer(-0.5 * WELL_WIDTH_M + 1e-6).is_empty:
                    z0, z1 = float(fields.z0_m[f]), float(fields.z1_m[f])
                    found.append(_Sign(polygon=hole, z0_m=z0, z1_m=z1, source="sparing", stair=False, lift=False))
    return found


def _together(signs: Sequence[_Sign], near_m: float) -> list[list[_Sign]]:
    """Group signs whose plans lie over or beside each other."""
    groups: list[list[_Sign]] = []
    for sign in signs:
        touching = [group for group in groups if any(other.polygon.distance(sign.polygon) <= near_m for other in group)]
        groups = [group for group in groups if all(group is not other for other in touching)]
        groups.append([*(other for group in touching for other in group), sign])
    return groups


def _plan(group: Sequence[_Sign]) -> BaseGeometry:
    """Return the plan of a core: stairs and wells without their gaps, side by side with the wall between them."""
    pieces = _apart([sign.polygon for sign in group])
    closed = plane.union([piece.convex_hull for piece in pieces]).buffer(0.5 * SIDE_BY_SIDE_M, join_style="mitre")
    closed = closed.buffer(-0.5 * SIDE_BY_SIDE_M, join_style="mitre")
    whole = plane.union([shapely.Polygon(part.exterior) for part in shapely.get_parts(closed)])
    return whole if whole.geom_type == "Polygon" else whole.convex_hull


def _apart(shapes: Iterable[BaseGeometry]) -> list[BaseGeometry]:
    """Return shapes joined where they overlap; flights and wells of one stair do, those of two do not."""
    groups: list[BaseGeometry] = []
    for shape in shapes:
        hits = [other for other in groups if other.intersection(shape).area > 0.05 * min(other.area, shape.area)]
        groups = [other for other in groups if all(other is not hit for hit in hits)]
        groups.append(plane.union([*hits, shape]))
    return groups


def _height_m(group: Sequence[_Sign]) -> float:
    return max(sign.z1_m for sign in group) - min(sign.z0_m for sign in group)


def _levels(group: Iterable[_Sign]) -> int:
    """Return at how many heights the signs begin."""
    found: list[float] = []
    for z in sorted(sign.z0_m for sign in group):
        if not found or z - found[-1] > LOW_M:
            found.append(z)
    return len(found)


def _is_core(group: Sequence[_Sign], walls: Sequence[_Sign]) -> bool:
    """Wells alone are a core where they lie above each other, or where the walls around are named so."""
    return any(sign.source != "sparing" for sign in group) or bool(walls) or _levels(group) > 1


def _core(structure: Structure, plan: BaseGeometry, signs: Sequence[_Sign]) -> Core:
    # A roof slab with a well has the core in it, not under it: holes in faces count as roof.
    under = plan.buffer(WALLS_M)
    faces = [
        k
        for k, face in enumerate(structure.roof_faces)
        if shapely.Polygon(face.polygon.exterior).intersection(under).area > 0.2 * plan.area
    ]
    top_m = max(sign.z1_m for sign in signs)
    stair, lift = any(sign.stair for sign in signs), any(sign.lift for sign in signs)
    if not (stair or lift):
        stair = plan.area > STAIR_WELL_M2
        lift = not stair
    kind: CoreKind = "stair+lift" if stair and lift else "stair" if stair else "lift"
    reaches = top_m >= _highest_floor_m(structure, faces) - LEVEL_M
    return Core(polygon=plan, kind=kind, z_top_m=top_m, faces=tuple(faces), source=_text(signs), certain=reaches and _proven(signs))


def _highest_floor_m(structure: Structure, faces: Sequence[int]) -> float:
    """Return the top of the highest floor under the roofs over a core, of the whole building where no roof is over it [m]."""
    roof_m = max((structure.roof_faces[k].z_m for k in faces), default=max(structure.level_z_m))
    return max((z for z in structure.level_z_m if z < roof_m - LOW_M), default=min(structure.level_z_m))


def _proven(signs: Sequence[_Sign]) -> bool:
    """Stairs or named spaces above each other, a lift, or wells with walls named so; one flight may be inside a dwelling."""
    by_source = {source: [sign for sign in signs if sign.source == source] for source in ("trap", "ruimte", "lift", "sparing", "wand")}
    if by_source["lift"] or _levels(by_source["trap"]) > 1 or _levels(by_source["ruimte"]) > 1:
        return True
    return _levels(by_source["sparing"]) > 1 and bool(by_source["wand"] or by_source["ruimte"])


def _text(signs: Sequence[_Sign]) -> str:
    """Return in Dutch what was found, each kind with its number and a few names."""
    words = {"trap": ("trap", "trappen"), "ruimte": ("ruimte", "ruimten"), "lift": ("lift", "liften"), "wand": ("wand", "wanden")}
    found = []
    for source, (one, more) in words.items():
        names = [sign.name for sign in signs if sign.source == source]
        if names:
            shown = list(dict.fromkeys(names))
            told = ", ".join(shown[:MOST_NAMED]) + (" ..." if len(shown) > MOST_NAMED else "")
            found.append(f"{len(names)} {one if len(names) == 1 else more} ({told})")
    wells = [sign for sign in signs if sign.source == "sparing"]
    if wells:
        levels = ", ".join(dict.fromkeys(f"{sign.z1_m:.2f}".replace(".", ",") for sign in wells))
        found.append(f"sparing in vloer op z {levels} m")
    return "; ".join(found)
