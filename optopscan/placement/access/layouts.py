"""Layouts: the pieces of a walkway on every part of a roof and the stairs they reach."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from optopscan.geometry import plane
from optopscan.model.arrays import FloatArray
from optopscan.placement.access.outline import LongSide, long_sides
from optopscan.placement.access.pieces import PIECE_M, Piece, Strip, cut, spur, strips
from optopscan.placement.access.rules import AccessRules, Core, Side
from optopscan.placement.access.walk import Meeting, contacts, groups, portals

SIDES_DEG: Mapping[str, float] = {"noord": 0.0, "oost": 90.0, "zuid": 180.0, "west": 270.0}
EXISTING_REACH_M = 2.5  # a gallery hangs at most this far outside the facade
EXISTING_SHARE = 0.3
LOOKS_THAT_WAY = 0.7
SAME_M = 0.01
SPARE_M2 = 0.01

Used = tuple[int, BaseGeometry, tuple[Meeting, ...]]  # row of the core or -1, its plan, its contacts


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Pieces over all parts of a roof, the stairs they reach, and what is left out; ``side_met``: the asked side has a long side."""

    pieces: tuple[Piece, ...]
    stairs: tuple[Used, ...]
    sides: tuple[LongSide, ...] = ()
    lost_m: float = 0.0
    unserved_m2: float = 0.0
    side_met: bool = True
    one_sided: bool = False


@dataclass(frozen=True, kw_only=True)
class _Site:
    """What every part of one roof shares."""

    roof: BaseGeometry
    parts: tuple[shapely.Polygon, ...]
    cores: Sequence[Core]
    rules: AccessRules
    gap_m: float


def gallery_layouts(
    roof: BaseGeometry,
    parts: tuple[shapely.Polygon, ...],
    cores: Sequence[Core],
    rules: AccessRules,
    gap_m: float,
    *,
    side: Side,
    north_deg: float,
    existing: BaseGeometry | None,
) -> tuple[Layout, ...]:
    """Return a layout per long side of the largest part; other parts take their long side that looks most the same way."""
    site = _Site(roof=roof, parts=parts, cores=cores, rules=rules, gap_m=gap_m)
    options = [tuple(option for choice in long_sides(part) for option in choice) for part in parts]
    options = [choice for choice in options if choice]
    if not options:
        return ()
    wanted = [option for option in options[0] if _wanted(option, side, north_deg, existing)]
    layouts = []
    for option in wanted or options[0]:
        chosen = (option, *(max(other, key=lambda item: round(float(item.facing @ option.facing), 6)) for other in options[1:]))
        layouts.append(_layout(site, chosen, [np.zeros(len(item.depth_m)) for item in chosen], side_met=bool(wanted)))
    return tuple(layouts)


def corridor_layouts(
    roof: BaseGeometry, parts: tuple[shapely.Polygon, ...], cores: Sequence[Core], rules: AccessRules, gap_m: float, depth_m: float
) -> tuple[Layout, ...]:
    """Return a layout in the middle of the wings; where one row of dwellings fits it lies along an edge, a layout per long side."""
    site = _Site(roof=roof, parts=parts, cores=cores, rules=rules, gap_m=gap_m)
    options = [tuple(option for choice in long_sides(part) for option in choice) for part in parts]
    options = [choice for choice in options if choice]
    if not options:
        return ()
    longest = [max(choice, key=lambda item: round(float(item.length_m.sum()), 3)) for choice in options]
    middle = (longest[0].depth_m >= 2 * depth_m + rules.width_m - SAME_M).all()
    layouts = []
    for option in longest[:1] if middle else options[0]:
        chosen = (option, *(max(other, key=lambda item: _like(item, option)) for other in options[1:]))
        both = [item.depth_m >= 2 * depth_m + rules.width_m - SAME_M for item in chosen]
        offsets: list[FloatArray] = [
            np.where(fits, 0.5 * (item.depth_m - rules.width_m), 0.0) for item, fits in zip(chosen, both, strict=True)
        ]
        layouts.append(_layout(site, chosen, offsets, one_sided=not all(fits.all() for fits in both)))
    return tuple(layouts)


def landings(roof: BaseGeometry, parts: tuple[shapely.Polygon, ...], cores: Sequence[Core], rules: AccessRules, gap_m: float) -> Layout:
    """Return a landing at every stair, on the side that lies furthest inside the roof; on several sides where these are equal."""
    edges = plane.union([part.boundary for part in parts])
    inside = roof.buffer(1e-3, join_style="mitre")
    pieces: list[Piece] = []
    for number, core in enumerate(cores):
        if "stair" not in core.kind:
            continue
        fitting = []
        ring = shapely.get_coordinates(shapely.minimum_rotated_rectangle(core.polygon))
        if not shapely.is_ccw(shapely.LinearRing(ring)):
            ring = ring[::-1]
        for start, end in zip(ring[1:], ring[:-1], strict=True):  # backwards: the core lies to the right
            length_m = float(np.hypot(*(end - start)))
            strip = Strip(start_m=start, along=(end - start) / length_m, length_m=length_m, width_m=rules.width_m)
            for gap in np.linspace(0.0, gap_m, 4).tolist():
                plan = strip.to_building(shapely.box(0.0, gap, length_m, gap + rules.width_m))
                if length_m >= rules.width_min_m and inside.covers(plan):
                    fitting.append((edges.distance(plan.centroid), strip, gap))
                    break
        best = max((distance for distance, _, _ in fitting), default=0.0)
        for distance, strip, gap in fitting:
            if distance > best - SAME_M:
                bounds = np.linspace(0.0, strip.length_m, int(np.ceil(strip.length_m / PIECE_M - 1e-9)) + 1).tolist()
                band = (gap, gap + rules.width_m)
                pieces += [strip.piece(number, s, band) for s in itertools.pairwise(bounds)]
    used = _used(pieces, cores, rules, gap_m)
    return Layout(pieces=tuple(pieces), stairs=used, unserved_m2=0.0)


def _wanted(option: LongSide, side: Side, north_deg: float, existing: BaseGeometry | None) -> bool:
    """Return whether a long side looks the way that is asked, or carries the galleries that are there."""
    if side == "auto":
        if existing is None or existing.is_empty:
            return True
        line = shapely.LineString(option.points_m)
        return bool(plane.intersection(line, existing.buffer(EXISTING_REACH_M)).length > EXISTING_SHARE * line.length)
    bearing = np.radians(SIDES_DEG[side] + north_deg)
    looks = -(option.inward @ np.array([np.sin(bearing), np.cos(bearing)]))
    that_way, other_way = (float(option.length_m[sign * looks > LOOKS_THAT_WAY].sum()) for sign in (1, -1))
    return that_way > 0 and that_way >= other_way - SAME_M


def _like(item: LongSide, option: LongSide) -> tuple[float, float]:
    """Return how well a long side of another part goes with one: the longest, of equals the one that looks the same way."""
    return round(float(item.length_m.sum()), 3), round(float(item.facing @ option.facing), 6)


def _layout(
    site: _Site, chosen: Sequence[LongSide], offsets: Sequence[FloatArray], *, side_met: bool = True, one_sided: bool = False
) -> Layout:
    pieces: list[Piece] = []
    stairs: list[Used] = []
    lost_m, unserved_m2 = 0.0, 0.0
    number = 0
    for option, offset in zip(chosen, offsets, strict=True):
        lines = strips(option, offset, site.rules.width_m)
        found, used, lost = _walkway(site, option, lines, offset, number)
        number += len(lines) + len(site.cores) + 1
        lost_m += lost
        if not used:
            unserved_m2 += float(min((part for part in site.parts), key=lambda part: part.distance(shapely.Point(option.points_m[0]))).area)
            continue
        for core, plan, met in used:
            shifted = tuple(Meeting(piece=item.piece + len(pieces), point=item.point) for item in met)
            at = next((k for k, item in enumerate(stairs) if item[0] == core >= 0), None)
            if at is None:
                stairs.append((core, plan, shifted))
            else:
                stairs[at] = (core, plan, stairs[at][2] + shifted)
        pieces += found
    return Layout(
        pieces=tuple(pieces),
        stairs=tuple(sorted(stairs, key=lambda item: (item[0] < 0, item[0]))),
        sides=tuple(chosen),
        lost_m=lost_m,
        unserved_m2=unserved_m2,
        side_met=side_met,
        one_sided=one_sided,
    )


def _walkway(
    site: _Site, option: LongSide, lines: Sequence[Strip], offset: FloatArray, first: int
) -> tuple[list[Piece], tuple[Used, ...], float]:
    """Return the pieces along one long side from which a stair is reached, the stairs, and the length left out [m]."""
    rules = site.rules
    pieces = [piece for k, line in enumerate(lines) for piece in cut(line, first + k, site.roof, rules.width_min_m)]
    if not pieces:
        return [], (), 0.0
    for row, core in enumerate(site.cores):
        if not contacts(pieces, core.polygon, gap_m=site.gap_m, pass_m=rules.door_m):
            pieces = _with_spur(site, lines, pieces, core.polygon, first + len(lines) + row)
    stairs = _used(pieces, site.cores, rules, site.gap_m)
    new: tuple[BaseGeometry, ...] = ()
    if not any(core < 0 or "stair" in site.cores[core].kind for core, _, _ in stairs):
        pieces, new = _new_stair(site, option, lines, pieces, offset, first + len(lines) + len(site.cores))
    plans: list[tuple[int, BaseGeometry]] = [(row, core.polygon) for row, core in enumerate(site.cores)]
    plans += [(-1, plan) for plan in new]
    group = groups(len(pieces), portals(pieces, pass_m=rules.width_min_m))
    reached = {
        int(group[item.piece])
        for row, plan in plans
        if row < 0 or "stair" in site.cores[row].kind
        for item in contacts(pieces, plan, gap_m=site.gap_m, pass_m=rules.door_m)
    }
    kept = [piece for piece, number in zip(pieces, group.tolist(), strict=True) if number in reached]
    lost_m = sum(
        piece.du_m if piece.along_u else piece.dv_m for piece, number in zip(pieces, group.tolist(), strict=True) if number not in reached
    )
    used = tuple((row, plan, met) for row, plan in plans if (met := contacts(kept, plan, gap_m=site.gap_m, pass_m=rules.door_m)))
    return kept, used, float(lost_m)


def _used(pieces: Sequence[Piece], cores: Sequence[Core], rules: AccessRules, gap_m: float) -> tuple[Used, ...]:
    met = [contacts(pieces, core.polygon, gap_m=gap_m, pass_m=rules.door_m) for core in cores]
    return tuple((row, core.polygon, found) for row, (core, found) in enumerate(zip(cores, met, strict=True)) if found)


def _with_spur(site: _Site, lines: Sequence[Strip], pieces: list[Piece], goal: BaseGeometry, number: int) -> list[Piece]:
    """Return the pieces with the shortest way straight across to a core that no piece touches, as far as there is one."""
    band = (0.0, site.rules.width_m)
    ways = [spur(line, number, goal, site.roof, from_m=band, gap_m=site.gap_m) for line in lines]
    for way in sorted((way for way in ways if way), key=lambda way: round(sum(piece.polygon.area for piece in way), 6)):
        longer = [*pieces, *way]
        group = groups(len(longer), portals(longer, pass_m=site.rules.width_min_m))
        if (group[: len(pieces)] == group[len(pieces)]).any():
            return longer
    return pieces


def _new_stair(
    site: _Site, option: LongSide, lines: Sequence[Strip], pieces: list[Piece], offset: FloatArray, number: int
) -> tuple[list[Piece], tuple[BaseGeometry, ...]]:
    """Return the pieces and a new stair outside the roof: at an end, or in the middle of the longest edge of a ring."""
    wide, long = site.rules.new_stair_width_m, site.rules.new_stair_length_m
    if option.closed:
        row = int(np.argmax(np.round(option.length_m, 3)))
        edge = Strip(
            start_m=option.points_m[row], along=option.along[row], length_m=float(option.length_m[row]), width_m=site.rules.width_m
        )
        middle = 0.5 * edge.length_m
        plans = [edge.to_building(shapely.box(middle - 0.5 * long, -wide, middle + 0.5 * long, 0.0))]
    else:
        start, end = lines[0], lines[-1]
        plans = [
            start.to_building(shapely.box(-wide, 0.0, 0.0, long)),
            end.to_building(shapely.box(end.length_m, 0.0, end.length_m + wide, long)),
        ]
    taken = plane.union([*site.parts, *(core.polygon for core in site.cores)])
    group = groups(len(pieces), portals(pieces, pass_m=site.rules.width_min_m))
    size = np.bincount(group, weights=[piece.polygon.area for piece in pieces])
    found = []
    for order, plan in enumerate(plans):
        if plane.intersection(plan, taken).area > SPARE_M2 * plan.area:
            continue
        longer = pieces
        if option.closed and offset.max() > 0:
            longer = _with_spur(site, lines, pieces, plan, number)
        met = contacts(longer, plan, gap_m=site.gap_m, pass_m=site.rules.door_m)
        if met:
            reach = groups(len(longer), portals(longer, pass_m=site.rules.width_min_m))
            served = max(float(size[group[:][reach[: len(pieces)] == reach[item.piece]]].max(initial=0.0)) for item in met)
            found.append((-round(served, 3), order, longer, plan))
    if not found:
        return pieces, ()
    _, _, longer, plan = min(found, key=lambda item: item[:2])
    return longer, (plan,)
