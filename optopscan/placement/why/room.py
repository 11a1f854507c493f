"""Whether a dwelling of a product fits on a roof at all, and how much it lacks.

The size lacking is closed form: with the width of the smallest dwelling given, the longest rectangle of that width in the roof;
or with its shortest length given, the widest one. The smaller shortage is told.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from optopscan.catalog.concept import Concept
from optopscan.geometry import plane
from optopscan.model.arrays import FloatArray
from optopscan.model.structure import Structure
from optopscan.model.variant import Constraint, WhyNot
from optopscan.placement.candidates import dwelling_sizes, rectangle_polygons, roof_frames, snapped
from optopscan.placement.lines import Frame, bearing_frames, roof_angle_deg
from optopscan.placement.programme import Programme
from optopscan.placement.reactions import Rectangles
from optopscan.placement.roof import CLEARANCE_M, UsableRoof, usable_roofs
from optopscan.placement.support import roof_with_overhang
from optopscan.placement.why.words import above, bare

SEAM_M = 1e-6
FREE_M = 1e3
"""Longer than any gap in a bearing line."""

Plans = tuple[UsableRoof, Frame, Rectangles]


def plans_on(structure: Structure, roofs: Sequence[UsableRoof], programme: Programme, *, served: bool = True) -> tuple[Plans, ...]:
    """Return the plans that lie on usable roofs, whatever is underneath; ``served``: only those with a door on the walkway asked."""
    concept = programme.concept
    serves = programme.walkway.serves if served and programme.walkway is not None else None
    found = []
    for given in roofs:
        roof = roof_with_overhang(structure, given, concept) if concept.own_support else given
        for frame in frames_on(structure, roof, concept):
            plans, _ = snapped(frame, roof, concept)
            if serves is not None and len(plans):
                plans = plans.take(np.flatnonzero(serves(rectangle_polygons(frame, plans), plans.long_u)))
            if len(plans):
                found.append((roof, frame, plans))
    return tuple(found)


def frames_on(structure: Structure, roof: UsableRoof, concept: Concept) -> tuple[Frame, ...]:
    """Return the frames of the bearing lines under a roof, of the heads where none makes a line, else one along its sides."""
    found = roof_frames(structure.heads, roof, concept)
    if not found:
        heads = structure.heads
        found = bearing_frames(heads, np.flatnonzero(np.isin(heads.face, roof.faces)), roof.polygon, gap_max_m=FREE_M)
    return found or (Frame(angle_deg=roof_angle_deg(roof.polygon), lines=()),)


def room_reasons(structure: Structure, roofs: Sequence[UsableRoof], programme: Programme) -> tuple[WhyNot, ...]:
    """Return why no dwelling lies within the usable roofs: the roof itself, the setback or obstacles; none where one does."""
    if plans_on(structure, roofs, programme, served=False):
        return ()
    bare = usable_roofs(dataclasses.replace(structure, roof_obstacles=()))
    if not plans_on(structure, bare, programme, served=False):
        return (shortage(structure, bare, programme.concept, "roof-size", "dak", "roof"),)
    relaxed = larger_roofs(structure, roofs)
    alone = [row for row in relaxed if plans_on(structure, row[1], programme, served=False)]
    return tuple(shortage(structure, roofs, programme.concept, name, nl_of, en_of) for name, _, nl_of, en_of in alone or relaxed)


def larger_roofs(structure: Structure, roofs: Sequence[UsableRoof]) -> list[tuple[Constraint, Sequence[UsableRoof], str, str]]:
    """Return the usable roofs without what setbacks take, and without what obstacles take, with the words for what is left now."""
    return [
        ("setback", usable_roofs(structure), "dak na terugligging", "roof after setback"),
        ("obstacle", _without_obstacles(structure, roofs), "dak tussen obstakels", "roof between obstacles"),
    ]


def shortage(structure: Structure, roofs: Sequence[UsableRoof], concept: Concept, constraint: Constraint, nl_of: str, en_of: str) -> WhyNot:
    """Return the reason with the smallest size that is lacking for one dwelling on any of the roofs."""
    best: tuple[float, float, float, str, str] | None = None
    for roof in roofs:
        for frame in frames_on(structure, roof, concept):
            body = shapely.transform(roof.polygon, lambda xy, frame=frame: np.column_stack(frame.to_frame(xy[:, 0], xy[:, 1])))
            for axis in (0, 1):
                for row in _lacking(body, axis, concept):
                    best = row if best is None or row[0] < best[0] - SEAM_M else best
    if best is None:
        return above(constraint, concept.length_lo_m, 0.0, part="dak", nl_of=f"lengte ({nl_of})", en_of=f"length ({en_of})", least=1)
    lack_m, need_m, room_m, nl_size, en_size = best
    if lack_m <= 0.0:
        # the shape holds one, but not at any place that the search looks at
        return bare(constraint, f"geen onderzochte plaats op het {nl_of}", f"no place that was looked at on the {en_of}")
    return above(constraint, need_m, room_m, part="dak", nl_of=f"{nl_size} ({nl_of})", en_of=f"{en_size} ({en_of})", least=1)


def _lacking(body: BaseGeometry, axis: int, concept: Concept) -> list[tuple[float, float, float, str, str]]:
    """Return (shortage, needed, there) in metres with a name, for dwellings whose modules stand side by side along an axis."""
    widths = {concept.width_m, *concept.width_options_m}
    width_m = min(widths) * min(dwelling_sizes(concept))
    length_m = longest_m(body, width_m, axis)
    across_m = longest_m(body, concept.length_lo_m, 1 - axis)
    found = [(concept.length_lo_m - length_m, concept.length_lo_m, length_m, "lengte", "length")] if length_m > 0 else []
    return found + ([(width_m - across_m, width_m, across_m, "breedte", "width")] if across_m > 0 else [])


def longest_m(body: BaseGeometry, width_m: float, axis: int) -> float:
    """Return the length of the longest rectangle in a shape that is so wide along an axis (0: x, 1: y) [m]; 0 where none is.

    Exact where the sides of the shape run along the axes, for then the longest one touches a corner with one of its sides.
    """
    corners = shapely.get_coordinates(body)[:, axis]
    low, high = body.bounds[1 - axis], body.bounds[3 - axis]
    starts = np.unique(np.round(np.concatenate([corners, corners - width_m]), 6))
    starts = starts[(starts >= corners.min() - SEAM_M) & (starts + width_m <= corners.max() + SEAM_M)]
    best = 0.0
    for start in starts.tolist():
        ends = start + SEAM_M, start + width_m - SEAM_M
        strip = shapely.box(ends[0], low, ends[1], high) if axis == 0 else shapely.box(low, ends[0], high, ends[1])
        taken = [piece for piece in shapely.get_parts(plane.difference(strip, body)) if not piece.is_empty]
        spans = shapely.bounds(taken)[:, [1 - axis, 3 - axis]] if len(taken) else np.zeros((0, 2))
        best = max(best, _widest_gap(spans, low, high))
    return best


def _widest_gap(spans: FloatArray, low: float, high: float) -> float:
    """Return the widest interval between low and high that no span covers."""
    order = spans[np.argsort(spans[:, 0], kind="stable")]
    ends = np.maximum.accumulate(np.append(low, order[:, 1]))
    return float(max(0.0, np.max(np.append(order[:, 0], high) - ends)))


def _without_obstacles(structure: Structure, roofs: Sequence[UsableRoof]) -> tuple[UsableRoof, ...]:
    """Return the usable roofs with their obstacles taken away, as far from the edge as they are now."""
    found = []
    for roof in roofs:
        building = plane.union([structure.roof_faces[face].polygon for face in roof.faces])
        inside = building.buffer(-float(building.boundary.distance(roof.polygon)), join_style="mitre")
        things = [structure.roof_obstacles[row].polygon.buffer(CLEARANCE_M + SEAM_M, join_style="mitre") for row in roof.obstacles]
        opened = plane.union([roof.polygon, plane.intersection(plane.union(things), inside)]) if things else roof.polygon
        found.append(dataclasses.replace(roof, polygon=opened))
    return tuple(found)
