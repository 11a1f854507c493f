"""Bays of the lowest storey: rooms between bearing and outer walls, with what a dwelling needs to know of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from optopscan.geometry import plane
from optopscan.model.beyond import Bay
from optopscan.model.building import Building, Elements
from optopscan.model.structure import Bearing, Fields, Structure
from optopscan.placement.beyond.limits import Limits
from optopscan.placement.beyond.sides import JOINT_M, Side, face_of, floor_rows, outline, sides
from optopscan.placement.beyond.use import Named, use_of

CUT_M = 1.0  # walls are cut this far above the floor
WELL_M2 = 20.0
CLOSE_M = 0.03  # half the width of a joint between walls
NARROW_M = 0.4  # half the width of what is a cavity or a duct, not a room
ROOM_M2 = 4.0
OUTER_M = 0.8  # rooms and walls this near to the outline lie at the facade
FACADE_M = 0.5  # a shorter piece of facade is a corner
COVERED = 0.5  # share of a room that needs a floor below and a ceiling above
STAIR_SHARE = 0.15  # a room that is a stair for this part serves the stair; a larger room has one
BESIDE_M = 0.3  # a door opens to the rooms this far from the faces of its wall
SILL_M = 0.1


@dataclass(frozen=True, kw_only=True, eq=False)
class _Level:
    """The lowest storey: floor and ceiling fields, plan, sides, height of the floor and of the ceiling [m]."""

    floors: tuple[int, ...]
    ceilings: tuple[int, ...]
    plan: BaseGeometry
    sides: tuple[Side, ...]
    floor_m: float
    ceiling_m: float


def find_bays(
    building: Building, structure: Structure, bearing: Bearing, limits: Limits, *, spaces: Sequence[Named] = ()
) -> tuple[Bay, ...]:
    """Return the bays of the lowest storey, from left to right and front to back; none where nothing lies above it.

    Parameters
    ----------
    bearing
        Walls that bear or may bear divide the storey; partitions do not.
    spaces
        Named rooms of the model, the best evidence of use.
    """
    elements = building.elements
    level = _level(building, structure)
    if level is None:
        return ()
    cut = _walls(elements, level)
    bears = [bearing.state[i] != "no" for i in cut]
    outer = [_outer(level, elements, i) for i in cut]
    divide = plane.union([elements.footprint[i] for i, b, o in zip(cut, bears, outer, strict=True) if b or o])
    rooms = _rooms(level.plan, divide)
    doors = _doors(elements, [i for i, b in zip(cut, bears, strict=True) if b], level, limits, rooms)
    names = [f"B{k}" for k in range(1, len(rooms) + 1)]
    standing = [i for i, b in zip(cut, bears, strict=True) if b]
    loose = [i for i, b, o in zip(cut, bears, outer, strict=True) if not b and not o]
    return tuple(
        _bay(names[k], room, building, structure.fields, level, standing, loose, limits, spaces, tuple(names[j] for j in doors[k]))
        for k, room in enumerate(rooms)
    )


def _level(building: Building, structure: Structure) -> _Level | None:
    fields = structure.fields
    own = floor_rows(structure, building.elements)
    floors = tuple(f for f in own if fields.storey[f] == 0)
    ceilings = tuple(f for f in own if fields.storey[f] == 1)
    if not ceilings:
        return None
    plan = _without_wells(plane.union([fields.polygon[f] for f in ceilings]))
    area = np.array([fields.polygon[f].area for f in ceilings])
    return _Level(
        floors=floors,
        ceilings=ceilings,
        plan=plan,
        sides=sides(outline([plan])),
        floor_m=float(structure.level_z_m[0]),
        ceiling_m=float(np.average(fields.z0_m[list(ceilings)], weights=area)),
    )


def _without_wells(plan: BaseGeometry) -> BaseGeometry:
    """Return the plan with joints and the wells of stairs and lifts closed; a courtyard stays open."""
    closed = plan.buffer(JOINT_M, join_style="mitre").buffer(-JOINT_M, join_style="mitre")
    parts = [part for part in shapely.get_parts(closed) if part.geom_type == "Polygon"]
    courts = [[ring for ring in part.interiors if shapely.Polygon(ring).area > WELL_M2] for part in parts]
    return shapely.union_all([shapely.Polygon(part.exterior, rings) for part, rings in zip(parts, courts, strict=True)])


def _walls(elements: Elements, level: _Level) -> list[int]:
    """Return the walls that stand at the height of the cut."""
    z = level.floor_m + CUT_M
    rows = np.flatnonzero((elements.z0_m < z) & (elements.z1_m > z)).tolist()
    return [i for i in rows if elements.kind[i] == "wall"]


def _outer(level: _Level, elements: Elements, row: int) -> bool:
    """Return whether a wall stands in the outline of the storey."""
    for side in level.sides:
        t0, u0, t1, u1 = side.to_side(elements.footprint[row]).bounds
        if u0 >= -OUTER_M and t1 - t0 > u1 - u0 and t1 > 0 and t0 < side.length_m:
            return True
    return False


def _rooms(plan: BaseGeometry, walls: BaseGeometry) -> list[shapely.Polygon]:
    closed = walls.buffer(CLOSE_M, join_style="mitre")
    left = plane.difference(plan, closed)
    whole = left.buffer(-NARROW_M, join_style="mitre").buffer(NARROW_M + CLOSE_M, join_style="mitre")
    inside = plane.difference(plane.intersection(whole, plan), walls)
    parts = [part for part in shapely.get_parts(inside) if part.geom_type == "Polygon" and part.area >= ROOM_M2]
    return sorted(parts, key=lambda p: tuple(round(v, 2) for v in p.bounds))


def _doors(
    elements: Elements, bearing_walls: Sequence[int], level: _Level, limits: Limits, rooms: Sequence[BaseGeometry]
) -> list[list[int]]:
    """Return for each room the rooms behind an opening in a bearing wall that a person walks through."""
    joined: list[set[int]] = [set() for _ in rooms]
    for i in bearing_walls:
        shown, axis = elements.elevation[i], np.asarray(elements.axis_m[i])
        if shown is None or not np.isfinite(axis).all():
            continue
        along = (axis[2:] - axis[:2]) / np.hypot(*(axis[2:] - axis[:2]))
        across = np.array([-along[1], along[0]])
        for hole in shapely.get_parts(plane.difference(shown.convex_hull, shown)):
            s0, z0, s1, z1 = hole.bounds
            high = min(z1, level.ceiling_m) - max(z0, level.floor_m)
            if z0 > level.floor_m + SILL_M or s1 - s0 < limits.passage_width_m - 1e-6 or high < limits.passage_height_m:
                continue
            middle = axis[:2] + 0.5 * (s0 + s1) * along
            off = (0.5 * float(elements.thickness_m[i]) + BESIDE_M) * across
            ends = [next((k for k, room in enumerate(rooms) if room.covers(shapely.Point(p))), -1) for p in (middle - off, middle + off)]
            if min(ends) >= 0 and ends[0] != ends[1]:
                joined[ends[0]].add(ends[1])
                joined[ends[1]].add(ends[0])
    return [sorted(found) for found in joined]


def _bay(
    name: str,
    room: shapely.Polygon,
    building: Building,
    fields: Fields,
    level: _Level,
    bearing_walls: Sequence[int],
    loose_walls: Sequence[int],
    limits: Limits,
    spaces: Sequence[Named],
    doors_to: tuple[str, ...],
) -> Bay:
    elements = building.elements
    floors, floor_m, floored = _over(room, fields, level.floors, np.asarray(fields.z1_m), lowest=False)
    _, soffit_m, covered = _over(room, fields, level.ceilings, np.asarray(fields.z0_m), lowest=True)
    floor_m = floor_m if floored >= COVERED else float("nan")
    soffit_m = soffit_m if covered >= COVERED else float("nan")
    main, facade_m, infill_m, daylight_m2, n_sides = None, 0.0, 0.0, 0.0, 0
    best = (0.0, 0.0, 0.0)
    for side in level.sides:
        spans = _at_side(room, side)
        length = sum(t1 - t0 for t0, t1 in spans)
        if length <= 0:
            continue
        infill, light = _infill_m(side, elements, bearing_walls, spans), _daylight_m2(side, elements, spans, level, limits)
        n_sides += light > 0 or infill > FACADE_M
        facade_m, infill_m, daylight_m2 = facade_m + length, infill_m + infill, daylight_m2 + light
        if main is None or (round(light, 3), round(infill, 3), length) > best:
            main, best = side, (round(light, 3), round(infill, 3), length)
    width_m, depth_m = _size_m(room, main)
    stair = _has_stair(room, elements, level)
    use, source = use_of(room, building, fields, floors, loose_walls, spaces, at_m=level.floor_m + CUT_M, has_stair=stair)
    return Bay(
        id=name,
        polygon=room,
        floor_m=floor_m,
        soffit_m=soffit_m,
        area_m2=float(room.area),
        width_m=width_m,
        depth_m=depth_m,
        clear_m=soffit_m - floor_m,
        on_soil=bool(floors) and all(fields.kind[f] == "ground" for f in floors),
        facade_m=facade_m,
        sides=n_sides,
        infill_m=infill_m,
        daylight_m2=daylight_m2,
        use=use,
        use_source=source,
        doors_to=doors_to,
    )


def _over(
    room: BaseGeometry, fields: Fields, rows: Sequence[int], z_m: np.ndarray, *, lowest: bool
) -> tuple[tuple[int, ...], float, float]:
    """Return the fields over or under a room, the height that leaves the least room [m], and the share they cover."""
    shared = {f: float(plane.intersection(fields.polygon[f], room).area) / room.area for f in rows}
    met = tuple(f for f, share in shared.items() if share > 0.05)
    heights = [float(z_m[f]) for f in met]
    return met, (min(heights) if lowest else max(heights)) if heights else float("nan"), sum(shared.values())


def _at_side(room: BaseGeometry, side: Side) -> list[tuple[float, float]]:
    """Return the stretches of a side (t0, t1) behind which a room lies [m]."""
    strip = shapely.box(0.0, -OUTER_M, side.length_m, OUTER_M)
    parts = shapely.get_parts(plane.intersection(side.to_side(room), strip))
    spans = [(float(p.bounds[0]), float(p.bounds[2])) for p in parts if p.area > 0]
    return [(t0, t1) for t0, t1 in sorted(spans) if t1 - t0 > FACADE_M]


def _infill_m(side: Side, elements: Elements, bearing_walls: Sequence[int], spans: Sequence[tuple[float, float]]) -> float:
    """Return the length of the stretches without a wall that bears or may bear."""
    open_ = shapely.union_all([shapely.LineString([(t0, 0.0), (t1, 0.0)]) for t0, t1 in spans])
    for i in bearing_walls:
        t0, u0, t1, u1 = side.to_side(elements.footprint[i]).bounds
        if u0 >= -OUTER_M and u1 <= OUTER_M and t1 - t0 > u1 - u0:
            open_ = open_.difference(shapely.LineString([(t0, 0.0), (t1, 0.0)]))
    return float(open_.length)


def _daylight_m2(side: Side, elements: Elements, spans: Sequence[tuple[float, float]], level: _Level, limits: Limits) -> float:
    openings = face_of(side, elements, z0_m=level.floor_m + limits.daylight_sill_m, z1_m=level.ceiling_m).openings
    return float(sum(plane.intersection(openings, shapely.box(t0, level.floor_m, t1, level.ceiling_m)).area for t0, t1 in spans))


def _size_m(room: shapely.Polygon, main: Side | None) -> tuple[float, float]:
    """Return width along and depth away from the main facade [m]; shorter and longer side without a facade."""
    if main is not None:
        t0, u0, t1, u1 = main.to_side(room).bounds
        return float(t1 - t0), float(u1 - u0)
    corners = shapely.get_coordinates(room.minimum_rotated_rectangle)
    lengths = sorted(float(np.hypot(*(corners[k + 1] - corners[k]))) for k in (0, 1))
    return lengths[0], lengths[1]


def _has_stair(room: BaseGeometry, elements: Elements, level: _Level) -> bool:
    """Return whether a room is there for a stair."""
    stairs = [
        elements.footprint[i]
        for i, kind in enumerate(elements.kind)
        if kind == "stair" and elements.z0_m[i] < level.ceiling_m and elements.z1_m[i] > level.floor_m + CUT_M
    ]
    return bool(plane.intersection(plane.union(stairs), room).area >= STAIR_SHARE * room.area)
