"""Gable ends of a building: where they are, how blind, and what stands in front.

A gable end is the short side of a wing: a side of the outline with an outer corner and
a clearly longer side round it, and a plan that is deeper behind it than wide. A side between a
corner and a projecting part (a stair tower) counts as far as it is free.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from optopscan.geometry import plane
from optopscan.model.beyond import Gable
from optopscan.model.building import Building
from optopscan.model.structure import Structure
from optopscan.model.surroundings import Surroundings
from optopscan.placement.beyond.limits import Limits
from optopscan.placement.beyond.sides import Face, Side, face_of, floor_rows, outline, sides, wall_holes, walls_in
from optopscan.structure.fields import is_gallery

LONGER = 1.2  # the side round the corner is this much longer at least
CORNER_DEG = 45.0
INSIDE_M = 1.0  # the width of a wing is taken this far behind its end
ON_LINE_M = 1e-6
AT_SIDE_M = 1.0  # floors that come this near to the side end at it
ALONG = 0.3  # over this share of its length
SAME_LEVEL_M = 0.5
STOREY_M = 1.2  # floors further apart are two levels of a building
AWAY_M = 0.05  # what stands nearer is the gable end itself
STANDS_M = 0.3  # lower things are paving
DRAWN_M2 = 0.01


def find_gables(building: Building, structure: Structure, limits: Limits, surroundings: Surroundings | None = None) -> tuple[Gable, ...]:
    """Return the gable ends of a building, numbered round the outline.

    Parameters
    ----------
    building, structure
        What was read, and its floors.
    limits
        Widths and depths that count.
    surroundings
        Plot and neighbours; None or without a plot: the free depth is not known.
    """
    elements = building.elements
    rows = [f for f in floor_rows(structure, elements) if structure.fields.kind[f] != "ground"]
    plan = outline(structure.fields.polygon[f] for f in rows)
    ends = [side for side in sides(plan) if is_end(side, plan) and side.length_m >= limits.gable_width_least_m]
    return tuple(_gable(f"K{k}", side, building, structure, limits, surroundings) for k, side in enumerate(ends, start=1))


def is_end(side: Side, plan: BaseGeometry) -> bool:
    """Return True for the short side of a wing: a longer side round an outer corner, and more building behind it than beside it."""
    corners = ((side.turn_before_deg, side.before_m), (side.turn_after_deg, side.after_m))
    if not any(turn > CORNER_DEG and beside >= LONGER * side.length_m for turn, beside in corners):
        return False
    seen = side.to_side(plan)
    t0, u0, t1, _ = seen.bounds
    middle = 0.5 * side.length_m
    across = _piece(seen, shapely.LineString([(t0 - 1.0, -INSIDE_M), (t1 + 1.0, -INSIDE_M)]), (middle, -INSIDE_M))
    depths = [
        _piece(seen, shapely.LineString([(t, u0 - 1.0), (t, -INSIDE_M)]), (t, -INSIDE_M)) for t in (0.5 * middle, middle, 1.5 * middle)
    ]
    return INSIDE_M + min(depths) >= LONGER * across


def _piece(plan: BaseGeometry, line: shapely.LineString, at: tuple[float, float]) -> float:
    """Return the length of the piece of a line inside a plan that holds a point on it [m]; 0 where the point lies outside."""
    parts = shapely.get_parts(plane.intersection(plan, line))
    return float(sum(part.length for part in parts if part.distance(shapely.Point(at)) < ON_LINE_M))


def _gable(name: str, side: Side, building: Building, structure: Structure, limits: Limits, surroundings: Surroundings | None) -> Gable:
    elements = building.elements
    levels, roof_m = _levels(side, building, structure)
    ground_m = levels[0]
    face = face_of(side, elements, z0_m=ground_m, z1_m=_highest_m(side, building, roof_m))
    eaves_m = roof_m if np.isfinite(roof_m) else _eaves_m(face, levels)
    whole = shapely.box(0.0, ground_m, side.length_m, eaves_m)
    openings = plane.intersection(face.openings, whole)
    front = side.to_building(shapely.LineString([(0.0, face.front_m), (side.length_m, face.front_m)]))
    (x0, y0), (x1, y1) = front.coords
    most_m = _obstacle_m(side, face, building, surroundings, ground_m, limits)
    told = surroundings is not None and surroundings.plot is not None
    reach = shapely.box(0.0, face.front_m, side.length_m, face.front_m + limits.depth_most_m)
    return Gable(
        id=name,
        walls=tuple(sorted(elements.id[i] for i in face.walls)),
        x0_m=x0,
        y0_m=y0,
        x1_m=x1,
        y1_m=y1,
        width_m=side.length_m,
        ground_m=ground_m,
        eaves_m=eaves_m,
        levels_m=levels,
        holes=wall_holes(openings),
        opening_share=float(openings.area / whole.area),
        seen_share=float(plane.intersection(plane.union([face.covered, face.openings]), whole).area / whole.area),
        free_depth_m=min(most_m, limits.depth_most_m) if told else float("nan"),
        free_at_most_m=most_m,
        gallery_m=_touching(side, reach, building, limits, "gallery"),
        stair_m=_touching(side, reach, building, limits, "stair"),
    )


def _levels(side: Side, building: Building, structure: Structure) -> tuple[tuple[float, ...], float]:
    """Return the floors that end at a side, lowest first, and the top of the roof there (nan: no flat roof).

    The lowest level of the building is the ground, also where no floor is drawn on it.
    """
    fields = structure.fields
    near = shapely.box(0.0, -AT_SIDE_M, side.length_m, AT_SIDE_M)
    tops: list[tuple[float, bool]] = []
    for f in floor_rows(structure, building.elements):
        meets = plane.intersection(side.to_side(fields.polygon[f]), near)
        if not meets.is_empty and meets.bounds[2] - meets.bounds[0] >= ALONG * side.length_m:
            tops.append((float(fields.z1_m[f]), fields.kind[f] == "roof"))
    tops.sort()
    levels: list[float] = []
    for z, roof in tops:
        if not roof and (not levels or z - levels[-1] > SAME_LEVEL_M):
            levels.append(z)
    roof_m = max((z for z, roof in tops if roof), default=float("nan"))
    ground_m = float(structure.level_z_m[0])
    if not levels or levels[0] - ground_m > STOREY_M:
        levels.insert(0, ground_m)
    return tuple(levels), roof_m


def _highest_m(side: Side, building: Building, roof_m: float) -> float:
    """Return the roof, or without a flat roof the top of the highest wall in the side [m]."""
    if np.isfinite(roof_m):
        return roof_m
    elements = building.elements
    rows = walls_in(side, elements, z0_m=float(elements.z0_m.min()), z1_m=float(elements.z1_m.max()))
    return float(elements.z1_m[rows].max()) if rows else float("nan")


def _eaves_m(face: Face, levels: Sequence[float]) -> float:
    """Return the height of the gable wall at its lower end [m]; one storey above the last floor where no wall shows it."""
    if face.covered.is_empty:
        return levels[-1]
    t0, z0, t1, z1 = face.covered.bounds
    tops = []
    for t in (t0 + 0.05 * (t1 - t0), t1 - 0.05 * (t1 - t0)):
        line = plane.intersection(face.covered, shapely.LineString([(t, z0), (t, z1)]))
        tops.append(line.bounds[3] if not line.is_empty else z0)
    return float(min(tops))


def _obstacle_m(side: Side, face: Face, building: Building, surroundings: Surroundings | None, ground_m: float, limits: Limits) -> float:
    """Return the distance to the first thing known to stand in front of a side, or to the edge of the plot [m]; inf for nothing."""
    start = face.front_m
    strip = shapely.box(0.0, start + AWAY_M, side.length_m, start + limits.depth_most_m + AWAY_M)
    elements = building.elements
    shapes: list[BaseGeometry] = [
        elements.footprint[i]
        for i in np.flatnonzero(elements.z1_m > ground_m + STANDS_M).tolist()
        if elements.kind[i] not in ("footing", "pile")
    ]
    if surroundings is not None:
        shapes.extend(neighbour.polygon for neighbour in surroundings.neighbours)
    seen = [plane.intersection(side.to_side(shape), strip) for shape in shapes]
    if surroundings is not None and surroundings.plot is not None:
        seen.append(plane.difference(strip, side.to_side(surroundings.plot)))
    return min((float(part.bounds[1]) - start for part in seen if part.area > DRAWN_M2), default=float("inf"))


def _touching(side: Side, reach: BaseGeometry, building: Building, limits: Limits, what: str) -> tuple[float, ...]:
    """Return the levels on which a gallery or a stair comes within reach of the place in front of a side, lowest first."""
    elements = building.elements
    found = set()
    for i, kind in enumerate(elements.kind):
        wanted = kind == "stair" if what == "stair" else kind == "slab" and is_gallery(elements, [i])
        if wanted and side.to_side(elements.footprint[i]).distance(reach) <= limits.access_reach_m:
            found.add(round(float(elements.z1_m[i]), 3))
    return tuple(sorted(found))
